"""What several channels have in common that a search can ask for.

Few distinct profiles cover all channels, so a search for "open now, in Swahili, by
text, anonymous" weighs each profile once and asks the index for the ones that fit. All
conditions then hold for one and the same channel.
"""

import datetime
from collections.abc import Mapping

from ..channel import Channel, ChannelType
from ..hours import UNKNOWN, Opening, opening
from ..jurisdiction import Jurisdiction
from ..record import Record
from ..resource import Resource


class Profile(Record, frozen=True):
    """`place` is the code whose zones and holidays the hours follow. An age that is
    left out is no limit, as far as anybody knows."""

    type: ChannelType
    place: str
    languages: tuple[str, ...] = ()
    hours: str | None = None
    time_zone: str | None = None
    anonymous: bool | None = None
    min_age: int | None = None
    max_age: int | None = None


def profile_of(channel: Channel, resource: Resource) -> Profile:
    """What is not said of the channel holds as it is said of the resource."""
    anonymous = channel.anonymous
    return Profile(
        type=channel.type,
        place=resource.jurisdictions[0],
        languages=channel.languages or resource.languages,
        hours=channel.hours,
        time_zone=channel.time_zone,
        anonymous=resource.anonymous if anonymous is None else anonymous,
        min_age=resource.min_age if channel.min_age is None else channel.min_age,
        max_age=resource.max_age if channel.max_age is None else channel.max_age,
    )


def opening_of(
    profile: Profile, places: Mapping[str, Jurisdiction], at: datetime.datetime | None
) -> Opening:
    """Open, closed or unknown at the moment `at`, or at none (see `opening`)."""
    if profile.hours is None:
        return UNKNOWN
    channel = Channel(
        type=profile.type, value="", hours=profile.hours, time_zone=profile.time_zone
    )
    return opening(channel, places[profile.place], at)


def speaks(profile: Profile, language: str) -> bool:
    """Whether a language is spoken: `zh` finds `zh-Hans`, and `fa-AF` finds `fa`."""
    base = language.split("-", maxsplit=1)[0]
    return any(
        tag in {language, base} or tag.split("-")[0] == language
        for tag in profile.languages
    )
