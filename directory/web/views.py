"""What the templates show: records and places turned into the reader's words.

A page shows nothing that isn't in its view, so that the views are the contract.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from .. import dialling, labels
from ..channel import NUMBERED, Channel
from ..hours import ALWAYS, Opening, next_change
from ..jurisdiction import WORLD
from ..language import (
    catalogue,
    direction,
    language_name,
    place_name,
    written_date,
)
from ..record import Text, in_language
from ..resource import Published
from ..search.profile import opening_of, profile_of
from ..source import Source
from .current import Served
from .wording import (
    hours_in_words,
    listed,
    next_midnight,
    source_in_words,
    state_in_words,
)

_SOURCES_SHOWN = 3
_ICON = {
    "phone": "call",
    "ussd": "call",
    "text-relay": "call",
    "email": "mail",
    "in-person": "visit",
} | dict.fromkeys(("sms", "whatsapp", "telegram", "signal", "chat"), "text")
_DAY = datetime.timedelta(days=1)
_ANSWERED = frozenset({"phone", "sms", "whatsapp", "telegram", "signal", "chat"}) | {
    "text-relay",
    "in-person",
}
"""Ways where somebody must be there: only of these are unknown hours worth a word."""


@dataclass(frozen=True)
class Words:
    """A text with the language that it is written in."""

    text: str
    lang: str
    dir: str

    @property
    def undetermined(self) -> bool:
        return self.lang == "und"


@dataclass(frozen=True)
class ChannelView:
    """`shown` is the publisher's own spelling; `is_number` asks for left to right;
    `icon` is the end of a symbol's id in `parts/icons.svg`.
    `about` are short facts (cost, languages, ages), `unsure` those not confirmed;
    `relay` is the number of a text relay that leads to the same line.
    `state` is open, closed or unknown; "timed" where `state_label` tells the hours."""

    type: str
    icon: str
    label: str
    shown: str
    href: str | None
    is_number: bool
    state: str
    state_label: str | None
    hours: str | None
    zone: str | None
    about: tuple[str, ...]
    unsure: tuple[str, ...]
    relay: str | None
    abroad: str | None
    note: Words | None
    is_low: bool


@dataclass(frozen=True)
class ProofView:
    publisher: str
    title: str
    url: str
    when: str


@dataclass(frozen=True)
class ResourceView:
    """`other_name` is the name in the reader's language, where it differs; `confirmed`
    says on which day the service itself confirmed the record, if it did."""

    id: str
    page: str
    kind: str
    kind_label: str
    name: Words
    other_name: Words | None
    organization: str | None
    summary: Words
    catchment: Words | None
    referral: Words | None
    is_low: bool
    professionals_only: bool
    anonymous: bool | None
    channels: tuple[ChannelView, ...]
    proofs: tuple[ProofView, ...]
    confirmed: str | None
    places: tuple[str, ...]


def words(text: Text, lang: str) -> Words:
    wording, tag = in_language(text, lang)
    return Words(wording, tag, direction(tag))


def original(text: Text) -> Words:
    """The wording that the record names first: what people there call it."""
    tag, wording = next(iter(text.items()))
    return Words(wording, tag, direction(tag))


def proof_view(source: Source, lang: str) -> ProofView:
    return ProofView(
        source.publisher, source.title, source.url, source_in_words(source, lang)
    )


class Viewer:
    """Makes views of one release in one language at one moment.

    `until` is the moment from which one of the views made so far would say something
    else; none while all of them hold for ever.

    Without a moment, for paper and static copies, channels show their hours in words
    instead of whether they are open.
    """

    def __init__(self, served: Served, lang: str, at: datetime.datetime | None) -> None:
        self.served = served
        self.lang = lang
        self.at = at
        self.until: datetime.datetime | None = None
        self._texts = catalogue(lang)
        self._resources: dict[str, tuple[Published, ResourceView]] = {}

    def say(self, text: str) -> str:
        """A text of our own in the reader's language."""
        return self._texts.gettext(text)

    def place(self, code: str) -> str:
        """A place's name; for the world, that the help is worldwide."""
        if code == WORLD:
            return self.say(labels.LEVEL["world"])
        return place_name(code, self.lang, self.served.release.subdivision_names)

    def title(self, code: str) -> str:
        """The title of a place's page, which names no topic."""
        if code == WORLD:
            return self.say(labels.HELP_ANYWHERE)
        return self.say(labels.HELP_IN) % {"place": self.place(code)}

    def resource(self, record: Published) -> ResourceView:
        """Made once: a page may show a service several times, a copy many times."""
        kept, view = self._resources.get(record.id, (None, None))
        if view is None or kept != record:
            view = self._resource(record)
            self._resources[record.id] = record, view
        return view

    def _resource(self, record: Published) -> ResourceView:
        first = original(record.name)
        own = words(record.name, self.lang)
        return ResourceView(
            id=record.id,
            page=f"/{self.lang}/r/{record.page}",
            kind=record.kind,
            kind_label=self._texts.gettext(labels.KIND[record.kind]),
            name=first,
            other_name=own if own.text != first.text else None,
            organization=record.organization
            if record.organization not in record.name.values()
            else None,
            summary=words(record.summary, self.lang),
            catchment=words(record.catchment, self.lang) if record.catchment else None,
            referral=words(record.referral, self.lang) if record.referral else None,
            is_low=record.confidence == "low",
            professionals_only=record.professionals_only,
            anonymous=record.anonymous,
            channels=tuple(self.channel(one, record) for one in record.channels),
            proofs=tuple(
                proof_view(source, self.lang)
                for source in sorted(record.sources, key=_standing)[:_SOURCES_SHOWN]
                if source.url.startswith(("https://", "http://"))
            ),
            confirmed=self._confirmed(record),
            places=tuple(self.place(code) for code in record.jurisdictions),
        )

    def _confirmed(self, record: Published) -> str | None:
        """Said only of the day on which the service or its publisher said so."""
        days = [
            check.on
            for check in record.verifications
            if check.method == "publisher-confirmed" and check.outcome == "matches"
        ]
        if not days:
            return None
        return self.say(labels.CONFIRMED_ON) % {
            "day": written_date(max(days), self.lang)
        }

    def channel(self, channel: Channel, record: Published) -> ChannelView:
        profile = profile_of(channel, record)
        state = opening_of(profile, self.served.release.jurisdictions, self.at)
        self._note(channel, profile.place, state)
        country = record.jurisdictions[0].split("-")[0]
        return ChannelView(
            type=channel.type,
            icon=_ICON.get(channel.type, "web"),
            label=self._texts.gettext(labels.CHANNEL[channel.type]),
            shown=_shown(channel),
            href=dialling.link(channel),
            is_number=channel.type in NUMBERED | {"ussd", "text-relay"},
            state=state.state if self.at else ("timed" if channel.hours else "unknown"),
            state_label=self._state(channel, state),
            hours=hours_in_words(channel.hours, self.lang)
            if channel.hours and self.at
            else None,
            zone=_zone(state.zone),
            about=tuple(self._about(channel, record)),
            unsure=tuple(self._unsure(channel)),
            relay=channel.text_relay,
            abroad=dialling.from_abroad(channel, country),
            note=words(channel.note, self.lang) if channel.note else None,
            is_low=(channel.confidence or record.confidence) == "low",
        )

    def _note(self, channel: Channel, code: str, state: Opening) -> None:
        """When the words for the state of a channel are no longer right: at the next
        change, at midnight there, for they may name a day, and after a day at most."""
        if self.at is None or channel.hours in {None, ALWAYS}:
            return
        moments = [self.until, self.at + _DAY, state.until]
        if state.until:
            moments.append(next_midnight(self.at, state.until.tzinfo))
        else:
            place = self.served.release.jurisdictions[code]
            moments.append(next_change(channel, place, self.at))
        self.until = min(one.astimezone(datetime.UTC) for one in moments if one)

    def _state(self, channel: Channel, state: Opening) -> str | None:
        confirmed = "hours" not in channel.unconfirmed
        if self.at and (state.state != "unknown" or channel.type in _ANSWERED):
            return state_in_words(state, self.at, self.lang, confirmed=confirmed)
        if self.at is None and channel.hours:
            hours = hours_in_words(channel.hours, self.lang)
            template = "%(hours)s" if confirmed else self.say(labels.PROBABLE_HOURS)
            return template % {"hours": hours}
        return self.say(labels.HOURS_UNKNOWN) if channel.type in _ANSWERED else None

    def _about(self, channel: Channel, record: Published) -> Iterable[str]:
        say = self._texts.gettext
        if channel.cost:
            yield say(labels.COST[channel.cost])
        if languages := channel.languages or record.languages:
            yield listed(
                (language_name(tag, self.lang) for tag in languages), self.lang
            )
        if ages := _ages(channel):
            template, values = ages
            yield say(template) % values
        if channel.anonymous:
            yield say(labels.NO_NAME_NEEDED)
        elif channel.anonymous is False:
            yield say(labels.NAME_ASKED)
        if channel.police_told:
            yield say(labels.POLICE_TOLD[channel.police_told])
        if channel.works_without_credit:
            yield say(labels.WITHOUT_CREDIT)
        yield from self._left_by(channel)

    def _left_by(self, channel: Channel) -> Iterable[str]:
        """What a call leaves on the bill and in the phone, where that is known."""
        say, bill, log = self.say, channel.shows_on_bill, channel.shows_in_call_log
        if bill is not None:
            yield say(labels.ON_BILL if bill else labels.NOT_ON_BILL)
        if log is not None:
            yield say(labels.IN_CALL_LOG if log else labels.NOT_IN_CALL_LOG)

    def _unsure(self, channel: Channel) -> Iterable[str]:
        for claim in channel.unconfirmed:
            yield self._texts.gettext(labels.CLAIM[claim])


def _ages(channel: Channel) -> tuple[str, dict[str, int]] | None:
    least, most = channel.min_age, channel.max_age
    if least is not None and most is not None:
        return labels.AGES, {"least": least, "most": most}
    if least is not None:
        return labels.AGES_FROM, {"least": least}
    if most is not None:
        return labels.AGES_TO, {"most": most}
    return None


def _standing(source: Source) -> tuple[bool, int]:
    """Pages before lists in public repositories, and of each the newest first."""
    year = int((source.dated or "0")[:4])
    return "github.com/" in source.url, -year


def _zone(zone: str | None) -> str | None:
    """The town that an IANA zone is named for."""
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ") if zone else None


def _shown(channel: Channel) -> str:
    """A site's name rather than its whole address; everything else as published."""
    if channel.type not in {"chat", "web-form", "website"}:
        return channel.value
    shown = channel.value.removeprefix("https://").removeprefix("http://")
    shown = shown.removeprefix("www.").rstrip("/")
    return shown if len(shown) <= 40 else shown.split("/")[0]
