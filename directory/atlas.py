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
    listed = {one.code: one for one in pycountry.subdivisions}

    def add(code: str) -> None:
        """Put a subdivision in, after the one that it lies in."""
        one = listed[code]
        alias = _ALSO_A_COUNTRY.get(code)
        parent = None if alias else one.parent_code
        if parent and parent in listed and parent not in found:
            add(parent)
        above = found[alias or (parent if parent in found else one.country_code)]
        found[code] = Jurisdiction(
            code=code,
            level="subdivision",
            ladder=(code, *above.ladder),
            languages=above.languages,
            time_zones=above.time_zones,
            own_numbers=False,
        )

    for code, one in listed.items():
        if code not in found and one.country_code in places:
            add(code)
    return found
