"""From a code or a name, as people write it, to a jurisdiction."""

from collections.abc import Mapping

from ..errors import BadQuery
from ..jurisdiction import Jurisdiction
from ..language import place_name, served
from ..textforms import folded


def code_of(text: str, places: Mapping[str, Jurisdiction], parameter: str) -> str:
    """The code of a place given as alpha-2, alpha-3 or ISO 3166-2, in any case.

    Raises `BadQuery` for `parameter` when there is no such place.
    """
    code = text.strip().upper()
    if code in places:
        return code
    if len(code) == 3:
        for place in places.values():
            if place.alpha_3 == code:
                return place.code
    raise BadQuery(
        parameter,
        "is no place known here",
        "use a code such as KE, GB-WLS, EU or 001",
    )


class Names:
    """Places by name, in every served language."""

    def __init__(
        self,
        places: Mapping[str, Jurisdiction],
        subdivisions: Mapping[str, Mapping[str, str]],
    ) -> None:
        self._codes: dict[str, str] = {}
        for wanted in (False, True):
            for code, place in places.items():
                if (place.level == "subdivision") is wanted:
                    names = {
                        place_name(code, lang, subdivisions) for lang in served()
                    } | set(subdivisions.get(code, {}).values())
                    for name in names:
                        self._codes.setdefault(folded(name), code)

    def code(self, name: str) -> str | None:
        """The country of that name, else the subdivision; nothing when unknown."""
        return self._codes.get(folded(name))
