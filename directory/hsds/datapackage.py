"""A release as the standard's tabular data package: CSV files and their description.

Cells hold what the objects hold, to the letter. A number that begins with `+` stays so:
the standard wants it exact, and a mark put before it for the sake of spreadsheets would
be dialled or compared with. So import the columns as text; don't double-click a file.
"""

import csv
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from ..release.reader import Release
from .dataset import trees, with_countries
from .model_parts import TaxonomyTerm
from .profile import HSDS
from .tables import FILES, TABLE_OF, fields_of, keys_of
from .terms import TAXONOMIES, taxonomy

DESCRIPTION = "datapackage.json"
_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}

Row = dict[str, Any]


def write_datapackage(release: Release, folder: Path) -> dict[str, int]:
    """Write the package into a new folder; give the number of rows of each table.

    Raises `FileExistsError` where there is something already, and `OSError` where
    nothing can be written; then the folder isn't there at all.
    """
    if folder.exists():
        raise FileExistsError(f"{folder} is there already; name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".unfinished-{folder.name}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        tables = _tables(release)
        for table, rows in tables.items():
            _write(beside / FILES[table], table, rows)
        described = msgspec.json.format(msgspec.json.encode(_description(release)))
        (beside / DESCRIPTION).write_bytes(described + b"\n")
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return {table: len(rows) for table, rows in tables.items()}


def zipped(release: Release) -> bytes:
    """The package as one file; of the same release always the same bytes."""
    packed = io.BytesIO()
    with TemporaryDirectory() as beside, zipfile.ZipFile(packed, "w") as archive:
        folder = Path(beside) / "hsds"
        write_datapackage(release, folder)
        for path in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(f"hsds/{path.name}")  # dated 1980, as all of them
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _tables(release: Release) -> dict[str, dict[str, Row]]:
    """The rows of every table by their id, each once."""
    found: dict[str, dict[str, Row]] = {table: {} for table in FILES}
    terms: dict[str, TaxonomyTerm] = {}
    for service in trees(release):
        for part in _parts(service):
            if isinstance(part, TaxonomyTerm):
                terms[part.id] = part
            else:
                found[TABLE_OF[type(part)]][_id(part)] = msgspec.structs.asdict(part)
    for term in with_countries(terms.values(), release):
        found["taxonomy_term"][term.id] = msgspec.structs.asdict(term)
    for code in TAXONOMIES:
        one = taxonomy(code)
        found["taxonomy"][one.id] = msgspec.structs.asdict(one)
    return found


def _parts(part: object) -> Iterator[msgspec.Struct]:
    """An object and all that is in it."""
    if isinstance(part, tuple):
        for one in part:
            yield from _parts(one)
    elif isinstance(part, msgspec.Struct):
        yield part
        for name in part.__struct_fields__:
            yield from _parts(getattr(part, name))


def _id(part: msgspec.Struct) -> str:
    return str(getattr(part, "id"))  # noqa: B009 — every HSDS object has one


def _write(path: Path, table: str, rows: dict[str, Row]) -> None:
    types = {field["name"]: field["type"] for field in fields_of(table)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(types)
        for row in rows.values():
            cells = (_cell(row.get(name), kind) for name, kind in types.items())
            writer.writerow(cells)


def _cell(value: Any, kind: str) -> object:
    """Table Schema's times have seconds: 09:00+03:00 is 09:00:00+03:00 there."""
    if value is None or value is msgspec.UNSET:
        return ""
    return f"{value[:5]}:00{value[5:]}" if kind == "time" else value


def _description(release: Release) -> dict[str, Any]:
    manifest = release.manifest
    return {
        "name": "handrail-hsds",
        "title": "Handrail in HSDS",
        "description": (
            f"Release {manifest.release}, sequence {manifest.sequence}, facts as of "
            f"{manifest.facts_as_of}."
        ),
        "profile": "tabular-data-package",
        "version": HSDS,
        "homepage": "https://docs.openreferral.org/en/latest/hsds/",
        "licenses": [_LICENCE],
        "resources": [
            {
                "name": table,
                "path": path,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": fields_of(table),
                    "primaryKey": "id",
                    "foreignKeys": keys_of(table),
                },
            }
            for table, path in FILES.items()
        ],
    }
