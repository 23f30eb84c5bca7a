"""Every ISO 3166-2 subdivision, so that any can be asked for.

The file `jurisdictions.json` holds those that have services or zones of their own; the
rest follow from ISO's own tree (pycountry) and from their country.
"""

from collections.abc import Mapping

import pycountry

from .jurisdiction import Jurisdiction

_ALSO_A_COUNTRY = {
    "FI-01": "AX",
    "FR-971": "GP",
    "FR-972": "MQ",
    "FR-973": "GF",
    "FR-974": "RE",
    "FR-976": "YT",
    "NL-BQ1": "BQ",
    "NL-BQ2": "BQ",
    "NL-BQ3": "BQ",
    "NO-21": "SJ",
    "NO-22": "SJ",
    **{f"CN-{code}": code for code in ("HK", "MO", "TW")},
    **{f"FR-{code}": code for code in ("BL", "MF", "NC", "PF", "PM", "TF", "WF")},
    **{f"NL-{code}": code for code in ("AW", "CW", "SX")},
    **{f"US-{code}": code for code in ("AS", "GU", "MP", "PR", "UM", "VI")},
}
"""Subdivisions that ISO 3166-1 lists as countries too: their ladder is that one's."""


def with_every_subdivision(
    places: Mapping[str, Jurisdiction],
) -> dict[str, Jurisdiction]:
    """The places given, and each subdivision that is missing among them."""
    found = dict(places)
    parents = {one.code: one.parent_code for one in pycountry.subdivisions}
    for one in pycountry.subdivisions:
        if one.code in found or one.country_code not in places:
            continue
        alias = _ALSO_A_COUNTRY.get(one.code)
        country = places[alias or one.country_code]
        above = []
        rung = None if alias else parents.get(one.code)
        while rung and rung not in above:
            above.append(rung)
            rung = parents.get(rung)
        found[one.code] = Jurisdiction(
            code=one.code,
            level="subdivision",
            ladder=(one.code, *above, *country.ladder),
            languages=country.languages,
            time_zones=country.time_zones,
            own_numbers=False,
        )
    return found
