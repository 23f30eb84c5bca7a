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
from ..plan.situation import Situation
from ..search.question import Question
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

_KEPT = {
    "type",
    "minimum",
    "maximum",
    "maxLength",
    "enum",
}


def _schema(described: dict[str, Any]) -> Schema:
    """One field's part of msgspec's JSON Schema, as Litestar's own type."""
    options = described.get("anyOf", [described])
    chosen = next(one for one in options if one.get("type") != "null")
    known = {name: chosen[name] for name in _KEPT if name in chosen}
    if chosen.get("type") == "array":
        known["items"] = _schema(chosen["items"])
    renamed = {"maxLength": "max_length"}
    return Schema(**{renamed.get(name, name): value for name, value in known.items()})


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
                schema=_schema(part),
                examples={
                    str(number): Example(value=value)
                    for number, value in enumerate(examples)
                }
                or None,
            )
        )
    return found


def _lang() -> Parameter:
    return next(one for one in question_parameters() if one.name == "lang")


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


@dataclass
class Described(Operation):
    """An operation that takes `lang`, and says what a wrong request gets."""

    def __post_init__(self) -> None:
        self.parameters = [*(self.parameters or []), _lang()]
        self._refusals({"400": "A parameter can't be understood."})

    def _refusals(self, more: dict[str, str]) -> None:
        self.responses = {
            **(self.responses or {}),
            **{code: _problem(text) for code, text in more.items()},
        }


@dataclass
class Asked(Described):
    """An operation that takes every field of a question."""

    def __post_init__(self) -> None:
        self.parameters = [*(self.parameters or []), *question_parameters()]
        self._refusals({"400": "A parameter can't be understood."})


def _body(kind: type[msgspec.Struct]) -> RequestBody:
    """A body with the fields of a Struct, none but these."""
    described = msgspec.json.schema(kind)["$defs"][kind.__name__]
    return RequestBody(
        required=True,
        content={
            "application/json": OpenAPIMediaType(
                schema=Schema(
                    type="object",  # type: ignore[arg-type]
                    properties={
                        name: _schema(part)
                        for name, part in described["properties"].items()
                    },
                    required=described.get("required"),
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
        self._refusals({"400": "A field can't be understood."})


@dataclass
class SentSituation(Described):
    """A situation in a body."""

    def __post_init__(self) -> None:
        self.request_body = _body(Situation)
        self._refusals({"400": "A field can't be understood, or contradicts another."})


@dataclass
class Single(Described):
    """One thing by its name."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._refusals({"404": "There is none.", "410": "It was retired."})


def document(api: Router) -> bytes:
    """The OpenAPI 3.1 document of the API, as JSON.

    Litestar makes it in an application of its own that is never served: beside the
    document it would serve pages that load scripts from other sites.
    """
    described = Litestar([api], openapi_config=_CONFIG)
    return msgspec.json.encode(described.openapi_schema.to_schema())
