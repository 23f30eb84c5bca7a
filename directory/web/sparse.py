"""Records with some of their fields only."""

from collections.abc import Sequence

import msgspec

from ..errors import BadQuery
from ..resource import Resource
from ..shown import Shown
from .answers import Item

ALWAYS = frozenset({"id", "show_until", "display", "test"})
"""What comes along whichever fields are asked for: no number goes without its day."""

_NEVER = {"notes", "unpublished", "retired"} & set(Resource.__struct_fields__)
OF_RECORD = tuple(one for one in Shown.__struct_fields__ if one not in _NEVER)
OF_ITEM = tuple(one for one in Item.__struct_fields__ if one not in _NEVER)


def chosen(fields: str, known: Sequence[str]) -> frozenset[str] | None:
    """The names between the commas; none for all fields. Raises `BadQuery` for a name
    that isn't known."""
    names = {part.strip() for part in fields.split(",")} - {""}
    if not names <= set(known):
        raise BadQuery(
            "fields", "holds a name that isn't known", f"use any of {', '.join(known)}"
        )
    return frozenset(names) | ALWAYS if names else None


def pruned(raw: bytes, wanted: frozenset[str] | None) -> bytes:
    """The JSON of a record without the fields that aren't wanted."""
    if wanted is None:
        return raw
    whole = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    return msgspec.json.encode({k: v for k, v in whole.items() if k in wanted})
