"""All records together, read from the files under `resources/`."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from . import faults
from .atlas import with_every_subdivision
from .concept import Concept, Words
from .errors import Problem
from .guidance import Guidance
from .jurisdiction import Jurisdiction
from .law import Law
from .record import Record
from .resource import Resource

JURISDICTIONS = "jurisdictions.json"
SUBDIVISIONS = "subdivisions.json"
WORDS = "words.json"
LEGAL = "law"
GUIDANCE = "guidance.json"

T = TypeVar("T")


class Catalogue(msgspec.Struct, frozen=True, kw_only=True):
    """`files` gives each resource's file, relative to the folder read, by its id.
    `subdivision_names` are CLDR's, by ISO 3166-2 code and language."""

    resources: dict[str, Resource]
    jurisdictions: dict[str, Jurisdiction]
    words: tuple[Concept, ...]
    subdivision_names: dict[str, dict[str, str]]
    files: dict[str, str]
    laws: dict[str, Law] = {}
    guidance: tuple[Guidance, ...] = ()


def read(folder: Path) -> tuple[Catalogue, list[Problem]]:
    """Read every file; what can't be read comes back as problems, all of them.

    The catalogue holds whatever could be read. Raises `OSError` only when the folder
    itself is missing.
    """
    problems: list[Problem] = []
    resources: dict[str, Resource] = {}
    files: dict[str, str] = {}
    for path in record_files(folder):
        name = path.relative_to(folder).as_posix()
        record = _decode(path, name, Resource, problems)
        if record is None:
            continue
        if record.id in files:
            problems.append(
                Problem(
                    name,
                    "id",
                    f"{record.id} is also the id of {files[record.id]}",
                    "give one of them another id, or merge them",
                )
            )
            continue
        resources[record.id] = record
        files[record.id] = name
    places = _decode(
        folder / JURISDICTIONS, JURISDICTIONS, list[Jurisdiction], problems
    )
    words = _decode(folder / WORDS, WORDS, Words, problems)
    names = _decode(
        folder / SUBDIVISIONS, SUBDIVISIONS, dict[str, dict[str, str]], problems
    )
    laws: dict[str, Law] = {}
    for path in sorted((folder / LEGAL).glob("*.json")):
        law = _decode(path, f"{LEGAL}/{path.name}", Law, problems)
        if law is None:
            continue
        laws[law.jurisdiction] = law
        if path.stem != law.jurisdiction.lower():
            problems.append(
                Problem(
                    f"{LEGAL}/{path.name}",
                    "jurisdiction",
                    f"is {law.jurisdiction}, unlike the file's name",
                    "rename the file",
                )
            )
    guidance = _decode(folder / GUIDANCE, GUIDANCE, tuple[Guidance, ...], problems)
    catalogue = Catalogue(
        resources=dict(sorted(resources.items())),
        jurisdictions=with_every_subdivision(
            {place.code: place for place in places or ()}
        ),
        words=words.concepts if words else (),
        subdivision_names=names or {},
        files=files,
        laws=laws,
        guidance=guidance or (),
    )
    return catalogue, problems


def record_files(folder: Path) -> Iterator[Path]:
    """The files of resources: those in a sub-folder that isn't the law's."""
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder}: no such folder of records")
    for sub in sorted(folder.iterdir()):
        if sub.is_dir() and sub.name != LEGAL:
            yield from sorted(sub.glob("*.json"))


def encode(record: Record) -> bytes:
    """A record as its file holds it: two spaces, no escapes, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


def record_schema() -> bytes:
    """The JSON Schema of a record's file, as `schema.json` holds it."""
    return (
        msgspec.json.format(
            msgspec.json.encode(msgspec.json.schema(Resource), order="sorted"), indent=2
        )
        + b"\n"
    )


def _decode(path: Path, name: str, kind: type[T], problems: list[Problem]) -> T | None:
    """The file as `kind`, or nothing and a problem for each fault in it."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        problems.append(
            Problem(name, "", f"can't be read ({fault.strerror})", "put the file back")
        )
        return None
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.ValidationError:
        problems.extend(faults.every_fault(name, raw, kind))
    except msgspec.DecodeError as fault:
        problems.append(
            Problem(name, "", f"is not JSON: {fault}", "mend the comma, quote or brace")
        )
    return None
