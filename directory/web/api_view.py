"""The API's own description as a page shows it: operations, fields and answers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from .api_plan import document

_BODIES = {
    "/api/v1/search": '{"q": "child helpline", "jurisdiction": "KE"}',
    "/api/v1/plan": '{"located_in": "KE", "role": "young-person", "age": 15}',
}


@dataclass(frozen=True)
class FieldView:
    """`options` are the values of a closed list that is short enough to choose from."""

    name: str
    type: str
    about: str
    needed: bool
    example: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class OperationView:
    """`action` is where the form is sent, or where an example leads when a part of the
    path must be filled in; `body` an example of what is sent."""

    key: str
    method: str
    path: str
    about: str
    fields: tuple[FieldView, ...]
    action: str | None
    example: str | None
    body: str | None
    answers: tuple[tuple[str, str], ...]
    shape: str | None


@dataclass(frozen=True)
class ShapeView:
    name: str
    fields: tuple[FieldView, ...]


@cache
def described() -> tuple[tuple[OperationView, ...], tuple[ShapeView, ...]]:
    """Every operation, and every shape that answers consist of."""
    found = msgspec.json.decode(document())
    operations = tuple(
        _operation(path, method, one)
        for path, methods in found["paths"].items()
        for method, one in methods.items()
    )
    shapes = tuple(
        ShapeView(name, tuple(_properties(schema)))
        for name, schema in sorted(found["components"]["schemas"].items())
        if "properties" in schema
    )
    return operations, shapes


def _operation(path: str, method: str, one: Mapping[str, Any]) -> OperationView:
    parameters = one.get("parameters", [])
    filled = path
    for each in parameters:
        if each["in"] == "path":
            filled = filled.replace(f"{{{each['name']}}}", _example(each))
    answers = one["responses"]
    content = answers["200"].get("content", {})
    fields = tuple(_parameter(each) for each in parameters)
    body: tuple[FieldView, ...] = ()
    if "requestBody" in one:
        sent = one["requestBody"]["content"]["application/json"]["schema"]
        body = tuple(_properties(sent))
    return OperationView(
        key=re.sub(r"[^a-z0-9]+", "-", f"{method}{path}").strip("-"),
        method=method.upper(),
        path=path,
        about=one.get("description", ""),
        fields=fields or body,
        action=path if method == "get" and filled == path else None,
        example=filled if method == "get" and filled != path else None,
        body=_BODIES.get(path),
        answers=tuple((code, each["description"]) for code, each in answers.items()),
        shape=_type(content.get("application/json", {}).get("schema", {})) or None,
    )


def _parameter(one: Mapping[str, Any]) -> FieldView:
    schema = one["schema"]
    options = schema.get("enum", ())
    return FieldView(
        name=one["name"],
        type=_type(schema),
        about=one.get("description", ""),
        needed=one.get("required", False),
        example=_example(one),
        options=tuple(str(each) for each in options if each),
    )


def _example(one: Mapping[str, Any]) -> str:
    """The last one, which for a record is made up for tests."""
    values = [each["value"] for each in one.get("examples", {}).values()]
    return str(values[-1]) if values else ""


def _properties(schema: Mapping[str, Any]) -> Iterator[FieldView]:
    needed = schema.get("required", [])
    for name, one in schema.get("properties", {}).items():
        yield FieldView(
            name, _type(one), one.get("description", ""), name in needed, ""
        )


def _type(schema: Mapping[str, Any]) -> str:
    """In few words, such as `list of Channel` or `text or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for several in ("oneOf", "anyOf"):
        if several in schema:
            return " or ".join(_type(one) for one in schema[several])
    if "items" in schema:
        return f"list of {_type(schema['items'])}"
    if isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])}"
    return " | ".join(str(one) for one in schema.get("enum", ()) if one) or _plain(
        schema
    )


def _plain(schema: Mapping[str, Any]) -> str:
    kind = str(schema.get("format") or schema.get("type") or "")
    return {"string": "text", "integer": "whole number"}.get(kind, kind)
