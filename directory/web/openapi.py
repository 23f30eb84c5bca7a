"""The API's own description, made from the same types that read and answer."""

from dataclasses import dataclass
from typing import Any

import msgspec
from litestar import Litestar, Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import (
    Contact,
    Example,
    License,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Parameter,
    RequestBody,
    Schema,
)

from .. import __version__
from ..language import served
from ..plan.situation import Situation
from ..search.question import SEVERAL, Question
from .problem import MEDIA_TYPE

_CONFIG = OpenAPIConfig(
    title="Handrail",
    version=__version__,
    description=(
        "Hotlines, reporting channels and support for people touched by sexual abuse "
        "of children, with the source and date of every fact. Free, without a key. "
        "What is not known is left out, never guessed."
    ),
    contact=Contact(name="Handrail"),
    license=License(name="CC BY 4.0 (data)", identifier="CC-BY-4.0"),
    use_handler_docstrings=True,
)

_SPARSE = {"Shown", "Item"}
_NEEDED = ("id", "show_until", "display")
"""What a record has even where `fields` names few; whole, it also has those that the
format of a record asks for."""

_KEPT = {
    "type",
    "minimum",
    "maximum",
    "maxLength",
    "maxItems",
    "enum",
}
_RENAMED = {"maxLength": "max_length", "maxItems": "max_items"}


def _schema(described: dict[str, Any]) -> Schema:
    """One field's part of msgspec's JSON Schema, as Litestar's own type."""
    options = described.get("anyOf", [described])
    chosen = next(one for one in options if one.get("type") != "null")
    known = {name: chosen[name] for name in _KEPT if name in chosen}
    if chosen.get("type") == "array":
        known["items"] = _schema(chosen["items"])
    return Schema(**{_RENAMED.get(name, name): value for name, value in known.items()})


def _field(name: str, described: dict[str, Any]) -> Schema:
    """A field by its name: `lang` takes the languages that are served, or nothing."""
    found = _schema(described)
    if name == "lang":
        found.enum = ["", *served()]
    return found


def _in_body(name: str, described: dict[str, Any], *, needed: bool) -> Schema:
    """A field of a body: null is the same as leaving it out, and several values may
    also come as an array."""
    found = _field(name, described)
    shapes = [found]
    if name in SEVERAL:
        text = Schema(type="string")  # type: ignore[arg-type]
        shapes.append(Schema(type="array", items=text))  # type: ignore[arg-type]
    if not needed:
        shapes.append(Schema(type="null"))  # type: ignore[arg-type]
    return found if len(shapes) == 1 else Schema(any_of=shapes)


def question_parameters() -> list[Parameter]:
    """Every field of `Question`, as a parameter of an address."""
    described = msgspec.json.schema(Question)["$defs"]["Question"]["properties"]
    found = []
    for name, part in described.items():
        options = part.get("anyOf", [part])
        chosen = next(one for one in options if one.get("type") != "null")
        examples = chosen.get("examples") or part.get("examples") or []
        found.append(
            Parameter(
                name=name,
                param_in="query",
                description=chosen.get("description") or part.get("description"),
                schema=_field(name, part),
                examples={
                    str(number): Example(value=value)
                    for number, value in enumerate(examples)
                }
                or None,
            )
        )
    return found


def parameter(name: str) -> Parameter:
    """One of them, for an operation that takes no others."""
    return next(one for one in question_parameters() if one.name == name)


def _problem(description: str) -> OpenAPIResponse:
    text = Schema(type="string")  # type: ignore[arg-type]
    number = Schema(type="integer")  # type: ignore[arg-type]
    return OpenAPIResponse(
        description=description,
        content={
            MEDIA_TYPE: OpenAPIMediaType(
                schema=Schema(
                    type="object",  # type: ignore[arg-type]
                    required=["title", "status", "detail"],
                    properties={
                        "type": text,
                        "title": text,
                        "status": number,
                        "detail": text,
                        "parameter": text,
                        "remedy": text,
                        "successor": text,
                    },
                )
            )
        },
    )


_ALWAYS = {
    "414": "The address is too long.",
    "415": "The body is compressed.",
    "429": "Too many requests in a minute; `Retry-After` says how long to wait.",
}
_OF_BODY = {
    "400": "A field can't be understood, or contradicts another.",
    "408": "The body didn't come in time.",
    "413": "The body is too long.",
}


@dataclass
class Described(Operation):
    """An operation that takes `lang`, and says what a wrong request gets."""

    def __post_init__(self) -> None:
        self.parameters = [*(self.parameters or []), parameter("lang")]
        self._refusals({"400": "A parameter can't be understood."})

    def _refusals(self, more: dict[str, str]) -> None:
        self.responses = {
            **(self.responses or {}),
            **{code: _problem(text) for code, text in (_ALWAYS | more).items()},
        }


@dataclass
class Asked(Described):
    """An operation that takes every field of a question, and also answers a table."""

    def __post_init__(self) -> None:
        self.parameters = [*(self.parameters or []), *question_parameters()]
        self._refusals({"400": "A parameter can't be understood."})
        _also_a_table(self)


@dataclass
class AskedTable(Described):
    """An operation that takes every field of a question but those of JSON."""

    def __post_init__(self) -> None:
        taken = [one for one in question_parameters() if one.name != "fields"]
        self.parameters = [*(self.parameters or []), *taken]
        self._refusals({"400": "A parameter can't be understood."})


def _also_a_table(operation: Operation) -> None:
    """Of what answers JSON, or a table where `Accept` prefers text/csv."""
    answer = (operation.responses or {})["200"]
    if isinstance(answer, OpenAPIResponse) and answer.content is not None:
        text = Schema(type="string")  # type: ignore[arg-type]
        answer.content["text/csv"] = OpenAPIMediaType(schema=text)


def _body(kind: type[msgspec.Struct]) -> RequestBody:
    """A body with the fields of a Struct, none but these."""
    described = msgspec.json.schema(kind)["$defs"][kind.__name__]
    needed = described.get("required", [])
    return RequestBody(
        required=True,
        content={
            "application/json": OpenAPIMediaType(
                schema=Schema(
                    type="object",  # type: ignore[arg-type]
                    properties={
                        name: _in_body(name, part, needed=name in needed)
                        for name, part in described["properties"].items()
                    },
                    required=needed or None,
                    additional_properties=False,
                )
            )
        },
    )


@dataclass
class Sent(Described):
    """The same fields in a body."""

    def __post_init__(self) -> None:
        self.request_body = _body(Question)
        self._refusals(_OF_BODY)
        _also_a_table(self)


@dataclass
class SentSituation(Described):
    """A situation in a body."""

    def __post_init__(self) -> None:
        self.request_body = _body(Situation)
        self._refusals(_OF_BODY)


@dataclass
class Single(Described):
    """One thing by its name."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refusals({"404": "There is none.", "410": "It was retired."})


@dataclass
class SingleSparse(Single):
    """One record, of which some fields may be asked for."""

    def __post_init__(self) -> None:
        self.parameters = [*(self.parameters or []), parameter("fields")]
        super().__post_init__()


def document(api: Router) -> bytes:
    """The OpenAPI 3.1 document of the API, as JSON.

    Litestar makes it in an application of its own that is never served: beside the
    document it would serve pages that load scripts from other sites.
    """
    described = Litestar([api], openapi_config=_CONFIG)
    found: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode(described.openapi_schema.to_schema())
    )
    for name, schema in found["components"]["schemas"].items():
        if name.rpartition("_")[2] in _SPARSE:
            schema["required"] = list(_NEEDED)
    return msgspec.json.encode(found)
