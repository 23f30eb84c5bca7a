"""What people type, and what they mean by it."""

from .record import Record
from .resource import Audience, Kind, Need, Topic


class Concept(Record, frozen=True):
    """What people type, and the values of the closed lists that they mean by it."""

    id: str
    phrases: dict[str, tuple[str, ...]]
    kinds: tuple[Kind, ...] = ()
    topics: tuple[Topic, ...] = ()
    needs: tuple[Need, ...] = ()
    audiences: tuple[Audience, ...] = ()


class Words(Record, frozen=True):
    """The file `words.json`: search understands these and never prints them."""

    about: str
    concepts: tuple[Concept, ...]
