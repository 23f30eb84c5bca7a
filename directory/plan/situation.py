"""What is known of somebody's situation. Never stored, never logged."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from ..errors import BadQuery
from ..jurisdiction import Jurisdiction
from ..language import served
from ..record import Record
from ..resource import NEEDS, Audience, Need
from ..rules_text import tag_fault
from ..search.resolve import code_of

Role = Literal[
    "child", "young-person", "parent", "friend", "survivor", "professional", "witness"
]
ROLES: tuple[str, ...] = get_args(Role)
Subject = Literal["me", "child-i-know", "child-online", "my-past", "my-own-thoughts"]
SUBJECTS: tuple[str, ...] = get_args(Subject)

ADULT = 18

AUDIENCES_OF_ROLE: Mapping[Role, tuple[Audience, ...]] = {
    "child": ("child", "young-person"),
    "young-person": ("young-person", "child"),
    "parent": ("parent", "public"),
    "friend": ("public", "young-person", "parent"),
    "survivor": ("adult-survivor", "public"),
    "professional": ("professional", "public"),
    "witness": ("public",),
}
"""Whom a service must be meant for to help somebody in that role, best first."""

_PLACES = ("located_in", "happened_in", "hosted_in", "lives_in")
_FREE = frozenset({*_PLACES, "platform", "lang"})
"""Fields of free text; an empty one is the same as one left out."""

_MINORS = frozenset({"child", "young-person"})
_ADULTS = frozenset({"parent", "professional", "survivor"})


class Situation(Record, frozen=True):
    """Only `located_in` is needed; whatever is left out is not known.

    `age` is of the person whom it is about, now; `age_in_image` when the picture was
    made. `silent`: speaking aloud won't do. `platform` is where an account or picture
    is, by the name of one of the platforms that the directory knows.
    """

    located_in: str
    happened_in: str | None = None
    hosted_in: str | None = None
    platform: Annotated[str, Meta(max_length=60)] | None = None
    lives_in: str | None = None
    subject: Subject | None = None
    role: Role | None = None
    age: Annotated[int, Meta(ge=0, le=120)] | None = None
    age_in_image: Annotated[int, Meta(ge=0, le=120)] | None = None
    needs: Annotated[tuple[Need, ...], Meta(max_length=len(NEEDS))] = ()
    languages: Annotated[tuple[str, ...], Meta(max_length=10)] = ()
    silent: bool = False
    anonymous: bool = False
    in_danger: bool = False
    lang: str | None = None

    @property
    def danger(self) -> bool:
        return self.in_danger or "in-danger" in self.needs

    @property
    def reader_is_minor(self) -> bool | None:
        """Whether the one who reads the plan is under 18; nothing when not known."""
        if self.role in _MINORS:
            return True
        if self.role in _ADULTS or self.subject == "my-past":
            return False
        about_reader = self.subject in {None, "me", "my-own-thoughts"}
        if self.role in {None, "survivor"} and about_reader and self.age is not None:
            return self.age < ADULT
        return None

    @property
    def about_images(self) -> bool:
        """Whether pictures have a part in it."""
        return bool(
            {"remove", "blackmail"} & set(self.needs)
            or self.hosted_in
            or self.platform
            or self.age_in_image is not None
            or self.subject == "child-online"
        )

    @property
    def touches_images(self) -> bool:
        """The same, or somebody came across something: pictures, as a rule."""
        return self.about_images or self.role == "witness"


def from_fields(
    raw: Any, places: Mapping[str, Jurisdiction], *, strict: bool = False
) -> Situation:
    """A situation from decoded fields, its places as codes.

    Unless `strict`, numbers and true or false may come as text, and lists as text with
    commas. Raises `BadQuery`, which names the field, for what can't be understood or
    can't be.
    """
    if not isinstance(raw, dict):
        raise BadQuery(
            "body", "is no JSON object", 'send one, such as {"located_in": "KE"}'
        )
    fields = {
        name: value
        for name, value in raw.items()
        if value is not None and not (name in _FREE and value == "")
    }
    for name in ("needs", "languages"):
        if not strict and isinstance(fields.get(name), str):
            fields[name] = [part for part in fields[name].split(",") if part]
    try:
        situation = msgspec.convert(fields, type=Situation, strict=strict)
    except msgspec.ValidationError as fault:
        raise _refusal(str(fault)) from None
    codes = {
        name: code_of(value, places, name)
        for name in _PLACES
        if (value := getattr(situation, name))
    }
    return checked(msgspec.structs.replace(situation, **codes))


def checked(situation: Situation) -> Situation:
    """The situation itself. Raises `BadQuery` where its parts contradict each other."""
    for name, detail, remedy in _contradictions(situation):
        raise BadQuery(name, detail, remedy)
    return situation


def _contradictions(one: Situation) -> Iterable[tuple[str, str, str]]:
    if one.age is not None and (one.age_in_image or 0) > one.age:
        yield (
            "age_in_image",
            "is higher than the age now",
            "send the age when the picture was made, or leave it out",
        )
    is_reader = one.subject in {None, "me"}
    if one.role in _MINORS and is_reader and (one.age or 0) >= ADULT:
        yield "role", "is a child's, and the age is 18 or more", "mend one of them"
    if one.role == "survivor" and (one.age or ADULT) < ADULT:
        yield (
            "role",
            "is an adult survivor's, and the age is under 18",
            "send child or young-person",
        )
    if one.subject == "my-own-thoughts" and "remove" in one.needs:
        yield (
            "needs",
            "asks to remove pictures of somebody with thoughts of their own",
            "choose the subject that fits, or ask for one after the other",
        )
    if any(tag_fault(tag) for tag in one.languages):
        yield "languages", "holds no language tag", "write BCP 47 tags: sw, zh-Hans"
    if one.lang is not None and one.lang not in served():
        yield "lang", "is not a language of ours", f"use any of {', '.join(served())}"


def _refusal(message: str) -> BadQuery:
    """msgspec's refusal as the field and its remedy, without what was sent."""
    fields = Situation.__struct_fields__
    if "unknown field" in message:
        return BadQuery(
            "body", "holds a field that isn't known here", f"use {', '.join(fields)}"
        )
    if "missing required field" in message:
        return BadQuery("located_in", "is missing", "send where the person is now")
    name = next(
        (f for f in sorted(fields, key=len)[::-1] if f"$.{f}" in message), "body"
    )
    remedies = {
        "needs": f"use any of {', '.join(NEEDS)}",
        "role": f"use one of {', '.join(ROLES)}",
        "subject": f"use one of {', '.join(SUBJECTS)}",
        "age": "send whole years from 0 to 120",
        "age_in_image": "send whole years from 0 to 120",
    }
    return BadQuery(
        name, "can't be understood", remedies.get(name, "see the description")
    )
