"""Every fault of one file. The decoder stops at the first, an editor wants them all."""

from typing import Any

import jsonschema
import msgspec

from .errors import Problem

_REMEDIES = {
    "additionalProperties": "mend the spelling, or take it out",
    "enum": "use one of the values of the closed list",
    "required": "add it",
    "type": "write a value of that type",
    "format": "write the date as YYYY-MM-DD",
}


def every_fault(file: str, raw: bytes, kind: Any) -> list[Problem]:
    """What keeps `raw`, which is JSON, from being a `kind`: each field and its remedy.

    Never empty for a file that the decoder refused: where the schema is content and
    the decoder isn't, the decoder's own words are given.
    """
    try:
        data = msgspec.json.decode(raw)
    except msgspec.DecodeError as fault:
        return [not_json(file, fault)]
    validator = jsonschema.Draft202012Validator(
        msgspec.json.schema(kind),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    found = [
        Problem(
            file,
            leaf.json_path.removeprefix("$").removeprefix("."),
            leaf.message[:300],
            _REMEDIES.get(str(leaf.validator), "see docs/data-format.md"),
        )
        for fault in validator.iter_errors(data)
        for leaf in _leaves(fault)
    ]
    if found:
        return found
    try:
        msgspec.convert(data, type=kind)
    except msgspec.ValidationError as fault:
        return [Problem(file, "", str(fault), "see docs/data-format.md")]
    return []


def not_json(file: str, fault: msgspec.DecodeError) -> Problem:
    return Problem(file, "", f"is not JSON: {fault}", "mend the comma, quote or brace")


def _leaves(
    fault: jsonschema.ValidationError,
) -> list[jsonschema.ValidationError]:
    """A value that may also be null fails as "not valid under any": say which part."""
    inner = [
        leaf
        for part in fault.context or ()
        if part.validator != "type" or part.path or part.validator_value != "null"
        for leaf in _leaves(part)
    ]
    return inner or [fault]
