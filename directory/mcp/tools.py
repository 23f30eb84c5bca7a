"""The tools: what each takes, and how it answers. Nothing asked is kept or logged."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ..errors import BadQuery, NotFound
from ..language import DEFAULT, served
from ..plan.plan import plan
from ..plan.situation import Situation
from ..plan.situation import from_fields as situation_from
from ..resource import Published
from ..search.question import HOLDS_ADDRESS, Question, holds_address
from ..search.question import from_fields as question_from
from ..search.resolve import code_of
from ..textforms import folded
from ..web.current import Served
from ..web.plain import Line
from ..web.views import Viewer
from . import words
from .rules import LANG, PLACE, SHOW, SITUATION

_LONGEST = 300
_MOST = 10
_FEW = 5
_ASKED = (
    *("q", "jurisdiction", "need", "kind", "audience", "age", "language", "channel"),
    *("open_now", "anonymous", "place", "limit", "lang"),
)


@dataclass(frozen=True)
class Asking:
    """Who answers: one release, at a moment; `site` is where its pages are, or ""."""

    served: Served
    at: datetime.datetime
    site: str

    def viewer(self, lang: object) -> Viewer:
        """Raises `BadQuery` for a language that isn't ours."""
        if lang in {None, ""}:
            lang = DEFAULT
        if not isinstance(lang, str) or lang not in served():
            raise BadQuery(
                "lang", "is not a language of ours", f"use any of {', '.join(served())}"
            )
        return Viewer(self.served, lang, self.at)

    def code(self, text: object, parameter: str) -> str:
        """A place by its code or its name. Raises `BadQuery`."""
        if not isinstance(text, str) or not text.strip():
            raise BadQuery(parameter, "is missing or no text", "send a code or a name")
        known = self.served.release.jurisdictions
        named = self.served.names.code(text)
        try:
            return code_of(text, known, parameter)
        except BadQuery:
            if named is None:
                raise
            return named

    def written(self, lines: Iterable[Line], viewer: Viewer) -> str:
        return words.written(lines, viewer, self.at)


Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Tool:
    """`properties` are JSON Schemas of its arguments."""

    name: str
    title: str
    description: str
    properties: Mapping[str, Any]
    required: tuple[str, ...]
    answer: Callable[[Fields, Asking], str]

    @property
    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.required),
            "additionalProperties": False,
        }

    def call(self, sent: Fields, asking: Asking) -> str:
        """Raises `BadQuery`, which names the argument and never repeats what was sent,
        and `NotFound`."""
        if not set(sent) <= set(self.properties):
            raise BadQuery(
                "arguments",
                "hold one that isn't known here",
                f"use only {', '.join(self.properties)}",
            )
        for name in self.required:
            if sent.get(name) in (None, ""):
                raise BadQuery(name, "is missing", "send it")
        for name, value in sent.items():
            _refuse(name, value)
        return self.answer(sent, asking)


def _refuse(name: str, value: object) -> None:
    """Nobody shall hand an address of a picture to anybody by this way."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and holds_address(one):
            raise BadQuery(name, HOLDS_ADDRESS, "report it on a hotline's own form")
        if isinstance(one, str) and len(one) > _LONGEST:
            raise BadQuery(name, "is too long", f"send at most {_LONGEST} characters")


def find_resources(sent: Fields, asking: Asking) -> str:
    viewer = asking.viewer(sent.get("lang"))
    fields = {"limit": _FEW, **{k: v for k, v in sent.items() if v is not None}}
    where = fields.get("jurisdiction") or []
    several = where.split(",") if isinstance(where, str) else where
    if not isinstance(several, list):
        raise BadQuery("jurisdiction", "can't be understood", "send a code or a name")
    fields["jurisdiction"] = ",".join(
        asking.code(one, "jurisdiction") for one in several
    )
    question = question_from(fields)
    if question.limit > _MOST:
        raise BadQuery("limit", "is too high", f"send a number from 1 to {_MOST}")
    answer = asking.served.engine.answer(question, asking.at)
    records = [msgspec.json.decode(hit.row.json, type=Published) for hit in answer.hits]
    return asking.written(words.found(answer, records, viewer), viewer)


def make_plan(sent: Fields, asking: Asking) -> str:
    viewer = asking.viewer(sent.get("lang"))
    fields = {
        name: asking.code(value, name)
        if name in {"located_in", "happened_in", "hosted_in", "lives_in"} and value
        else value
        for name, value in sent.items()
    }
    release = asking.served.release
    situation = situation_from(fields, release.jurisdictions)
    made = plan(situation, release, asking.at)
    return asking.written(words.steps(made, situation, viewer, asking.site), viewer)


def get_resource(sent: Fields, asking: Asking) -> str:
    viewer = asking.viewer(sent.get("lang"))
    if not isinstance(sent["id"], str):
        raise NotFound("There is no record with that id")
    record = asking.served.release.resource(sent["id"])
    return asking.written(words.service(record, viewer), viewer)


def emergency_numbers(sent: Fields, asking: Asking) -> str:
    viewer = asking.viewer(sent.get("lang"))
    code = asking.code(sent["jurisdiction"], "jurisdiction")
    place = asking.served.release.jurisdictions[code]
    return asking.written(words.numbers(place, viewer), viewer)


def list_places(sent: Fields, asking: Asking) -> str:
    viewer = asking.viewer(sent.get("lang"))
    part = sent.get("name") or ""
    if not isinstance(part, str):
        raise BadQuery("name", "is no text", "send a part of a name")
    release = asking.served.release
    codes = [
        code
        for code, place in release.jurisdictions.items()
        if (place.level != "subdivision" or code in asking.served.counts)
        and (not part or folded(part) in folded(viewer.place(code)))
    ]
    return asking.written(words.places(codes, viewer), viewer)


def _properties(shape: type[msgspec.Struct], names: Iterable[str]) -> dict[str, Any]:
    _, parts = msgspec.json.schema_components((shape,), ref_template="{name}")
    every: dict[str, Any] = parts[shape.__name__]["properties"]
    return {name: every[name] for name in names}


_CODE = {"type": "string", "description": PLACE, "maxLength": _LONGEST}
_SAID_IN = {"type": "string", "description": LANG, "enum": list(served())}

TOOLS = (
    Tool(
        "find_resources",
        "Find services",
        "Find help lines, hotlines and support by place, need, language, age or words. "
        "A place brings its own services and the wider ones above it." + SHOW,
        _properties(Question, _ASKED)
        | {
            "jurisdiction": _CODE,
            "lang": _SAID_IN,
            "limit": {
                "type": "integer",
                "minimum": 1,
                "maximum": _MOST,
                "default": _FEW,
                "description": "Services in the answer.",
            },
        },
        (),
        find_resources,
    ),
    Tool(
        "make_plan",
        "Make a plan",
        "Ordered steps for somebody's situation: whom to contact first, how, and why "
        "them, over all places that have a part in it. Only located_in is needed; "
        "leave out what isn't known, and don't press anybody for it." + SHOW,
        {
            name: {**schema, "description": SITUATION[name]}
            for name, schema in _properties(Situation, SITUATION).items()
        }
        | {"lang": _SAID_IN},
        ("located_in",),
        make_plan,
    ),
    Tool(
        "get_resource",
        "Show one service",
        "All that is known of one service, by its id from another answer." + SHOW,
        {
            "id": {
                "type": "string",
                "description": "Such as int-take-it-down.",
                "maxLength": _LONGEST,
            },
            "lang": _SAID_IN,
        },
        ("id",),
        get_resource,
    ),
    Tool(
        "emergency_numbers",
        "Emergency numbers",
        "The emergency numbers of a place with the service that answers, and whom to "
        "turn to first there." + SHOW,
        {"jurisdiction": _CODE, "lang": _SAID_IN},
        ("jurisdiction",),
        emergency_numbers,
    ),
    Tool(
        "list_places",
        "List places",
        "Every country, and regions with services of their own: code, name, and how "
        "many services are the place's own.",
        {
            "name": {
                "type": "string",
                "description": "Only places whose name holds this.",
                "maxLength": _LONGEST,
            },
            "lang": _SAID_IN,
        },
        (),
        list_places,
    ),
)
