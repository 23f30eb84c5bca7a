"""Which service answers a step best, here and now, for this reader."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ..channel import LINKED, SILENT, Channel
from ..dialling import digits
from ..hours import Opening
from ..jurisdiction import Level
from ..release.reader import Release
from ..resource import KINDS, Kind, Need, Published, takes_age
from ..search.profile import opening_of, profile_of, speaks
from .situation import AUDIENCES_OF_ROLE, Situation

_UNANSWERED = frozenset({"website", "web-form", "app"})
CONVERSING = SILENT - _UNANSWERED
"""Ways to talk with somebody without speaking aloud."""

_STATE = {"open": 0, "unknown": 1, "closed": 2}
_FOR_MINORS = frozenset({"child", "young-person", "public"})
_FOR_ADULTS = frozenset(
    {
        "adult-survivor",
        "parent",
        "public",
        "professional",
        "person-worried-about-own-thoughts",
    }
)


@dataclass(frozen=True)
class Offer:
    """A service with its best channel now. `rung` and `jurisdiction` say how it reaches
    the place that the step is about."""

    record: Published
    channel: Channel
    opening: Opening
    rung: Level
    jurisdiction: str


Fits = Callable[[Published], bool]


@dataclass
class Chooser:
    """Chooses for one situation at one moment, or for any moment where there is none;
    no service is chosen twice."""

    release: Release
    situation: Situation
    at: datetime.datetime | None
    used: set[str] = field(default_factory=set)

    def offers(
        self,
        place: str,
        *,
        need: Need | None = None,
        kinds: tuple[Kind, ...] = (),
        prefer: tuple[Kind, ...] = (),
        fits: Fits = lambda _record: True,
        ladder: bool = True,
        conversing: bool = False,
    ) -> list[Offer]:
        """What fits, best first: of `need` or of `kinds`, from the ladder of `place` or
        its rungs up to the country, where only an own service will do."""
        codes = self.release.jurisdictions[place].ladder
        if not ladder:
            codes = tuple(
                code
                for code in codes
                if self.release.jurisdictions[code].level in {"subdivision", "country"}
            )
        found = []
        for distance, code in enumerate(codes):
            for record in self.release.of(code):
                if self._is_used(record) or not self._may(record) or not fits(record):
                    continue
                if (need and need in record.needs) or record.kind in kinds:
                    found.append(
                        self._weighed(record, distance, code, prefer, conversing)
                    )
        found.sort(key=lambda pair: pair[0])
        return [offer for _, offer in found]

    def _may(self, record: Published) -> bool:
        """Age, role and profession let this reader use it at all."""
        situation = self.situation
        if record.professionals_only and situation.role != "professional":
            return False
        minor = situation.reader_is_minor
        audiences = set(record.audiences)
        if minor is True and (
            not audiences & _FOR_MINORS or (record.min_age or 0) >= 18
        ):
            return False
        if minor is False and (
            not audiences & _FOR_ADULTS
            or (record.max_age is not None and record.max_age < 18)
        ):
            return False
        age = (
            situation.age if minor is not None and situation.role != "parent" else None
        )
        if age is not None and situation.subject in {None, "me", "my-own-thoughts"}:
            return takes_age(age, record.min_age, record.max_age)
        return True

    def _weighed(
        self,
        record: Published,
        distance: int,
        code: str,
        prefer: tuple[Kind, ...],
        conversing: bool,  # noqa: FBT001
    ) -> tuple[tuple[object, ...], Offer]:
        """The order of `docs/plan.md`: proof, silence, rung, somebody to talk to,
        language, kind, role, hours, name; then the standing order."""
        channel, opening, speechless, speaking = self._best(record, conversing)
        situation = self.situation
        wanted = AUDIENCES_OF_ROLE[situation.role] if situation.role else ()
        meant = next(
            (n for n, one in enumerate(wanted) if one in record.audiences), len(wanted)
        )
        low = (channel.confidence or record.confidence) == "low"
        weight = (
            low,
            situation.silent and not speechless,
            distance,
            conversing and channel.type in _UNANSWERED,
            bool(situation.languages) and not speaking,
            prefer.index(record.kind) if record.kind in prefer else len(prefer),
            meant,
            _STATE[opening.state],
            situation.anonymous and record.anonymous is not True,
            record.confidence != "high",
            KINDS.index(record.kind),
            record.id,
        )
        level = self.release.jurisdictions[code].level
        return weight, Offer(record, channel, opening, level, code)

    def _best(
        self,
        record: Published,
        conversing: bool,  # noqa: FBT001
    ) -> tuple[Channel, Opening, bool, bool]:
        """The best channel: without speech if wanted, in a language asked for, open."""
        silent_types = CONVERSING if conversing else SILENT
        found = []
        for number, channel in enumerate(record.channels):
            profile = profile_of(channel, record)
            opening = opening_of(profile, self.release.jurisdictions, self.at)
            speechless = channel.type in silent_types
            speaking = any(speaks(profile, tag) for tag in self.situation.languages)
            weight = (
                (channel.confidence or record.confidence) == "low",
                self.situation.silent and not speechless,
                bool(self.situation.languages) and not speaking,
                conversing and channel.type in _UNANSWERED,
                _STATE[opening.state],
                number,
            )
            found.append((weight, channel, opening, speechless, speaking))
        _, channel, opening, speechless, speaking = min(found, key=lambda one: one[0])
        return channel, opening, speechless, speaking

    def take(self, offers: Sequence[Offer]) -> tuple[Offer, Offer | None] | None:
        """The best offer and the next, both marked as used; nothing where there is
        none. The next is taken for good too, so that no service stands twice."""
        first = next((one for one in offers if not self._is_used(one.record)), None)
        if first is None:
            return None
        self.used |= ways(first.record)
        then = next((one for one in offers if not self._is_used(one.record)), None)
        if then:
            self.used |= ways(then.record)
        return first, then

    def _is_used(self, record: Published) -> bool:
        return bool(self.used & ways(record))


def ways(record: Published) -> set[str]:
    """What a record is known by: its id, and with its kind each number and address. Two
    records of a kind with one number or form are one service to whoever needs it."""
    return {record.id} | {f"{record.kind} {_plain(one)}" for one in record.channels}


def _plain(channel: Channel) -> str:
    if channel.type in LINKED:
        value = channel.value.split("://")[-1].removeprefix("www.").rstrip("/")
        return value.lower()
    return digits(channel.value) or channel.value.lower()
