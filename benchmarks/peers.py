"""The two services that Handrail's search is measured beside, over the same rows.

Both read one SQLite file: a row for each record with the fields that a reader sees
(lists, channels and sources as JSON text), an index on the country, FTS5 over name,
summary and organisation, and a narrow table of every value that a facet counts. Both
find rows that hold every word, in one country if one is given, count them, and give 20.

Datasette gives its own JSON of the table, in the order of the key: it ranks nothing. It
runs as it is made to, in one process with its SQL in threads. As it comes it also looks
for facets to suggest; "bare" forbids that; "same facets" asks for our seven instead.

FastAPI with SQLAlchemy Core ranks by bm25, in two processes. "Bare" is that and the
count; "same facets" counts our seven over all hits as well, by one grouping query.

Neither does what Handrail does besides: rank by proof and by how a service reaches the
place, find wider places too (EU, worldwide), words by their beginning, synonyms and
typing errors, and say what matched and whether each channel is open now.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import msgspec
from fastapi import FastAPI, Query
from pydantic import BaseModel
from sqlalchemy import (
    Column,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    column,
    create_engine,
    func,
    select,
    table,
)

from directory.resource import Resource, needs_of

DATABASE = "HANDRAIL_BENCH_DATABASE"

_SCHEMA = """
CREATE TABLE resources (
    number INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, country TEXT,
    summary TEXT, organization TEXT, needs TEXT, topics TEXT, audiences TEXT, ways TEXT,
    languages TEXT, confidence TEXT, channels TEXT, sources TEXT);
CREATE TABLE facets (number INTEGER, name TEXT, value TEXT,
    PRIMARY KEY (number, name, value)) WITHOUT ROWID;
CREATE INDEX resources_country ON resources (country);
CREATE VIRTUAL TABLE resources_fts USING FTS5 (
    name, summary, organization, content="resources", content_rowid="number");
"""


_COLUMNS = (
    "id",
    "name",
    "kind",
    "country",
    "summary",
    "organization",
    "needs",
    "topics",
    "audiences",
    "ways",
    "languages",
    "confidence",
    "channels",
    "sources",
)
SINGLE = ("kind", "country")
LISTS = ("needs", "topics", "audiences", "ways", "languages")


def write_rows(path: Path, records: Iterable[Resource]) -> None:
    """The SQLite file that both services read."""
    marks = ",".join("?" * (1 + len(_COLUMNS)))
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(_SCHEMA)
        for number, record in enumerate(records):
            row = _row(record)
            db.execute(
                f"INSERT INTO resources VALUES ({marks})",
                (number, *(_text(row[name]) for name in _COLUMNS)),
            )
            values = [(name, row[name]) for name in SINGLE]
            values += [(name, value) for name in LISTS for value in row[name]]
            db.executemany(
                "INSERT INTO facets VALUES (?, ?, ?)",
                ((number, *value) for value in values),
            )
        db.execute("INSERT INTO resources_fts(resources_fts) VALUES ('rebuild')")
        db.execute("INSERT INTO resources_fts(resources_fts) VALUES ('optimize')")
        db.execute("ANALYZE")


def _row(record: Resource) -> dict[str, Any]:
    same = ("id", "kind", "organization", "confidence", "topics", "audiences")
    return {name: getattr(record, name) for name in same} | {
        "name": " / ".join(record.name.values()),
        "country": record.jurisdictions[0],
        "summary": record.summary["en"],
        "needs": needs_of(record),
        "ways": sorted({channel.type for channel in record.channels}),
        "languages": record.languages,
        "channels": record.channels,
        "sources": record.sources,
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


_ROWS = Table(
    "resources",
    MetaData(),
    Column("number", Integer, primary_key=True),
    *(Column(name, String) for name in _COLUMNS),
)
_TEXT = table("resources_fts", column("resources_fts"), column("rowid"), column("rank"))
_FACETS = table("facets", column("number"), column("name"), column("value"))


class Row(BaseModel):
    id: str
    name: str
    kind: str
    country: str
    summary: str
    organization: str
    needs: str
    topics: str
    audiences: str
    ways: str
    languages: str
    confidence: str
    channels: str
    sources: str


class Found(BaseModel):
    total: int
    items: list[Row]
    facets: dict[str, dict[str, int]] | None = None


def create_app() -> FastAPI:
    """The plain service. Its handler is no coroutine, so that FastAPI runs it in its
    threads: the usual way with a database that blocks."""
    app = FastAPI()
    engine = create_engine(
        f"sqlite:///file:{os.environ[DATABASE]}?mode=ro&immutable=1&uri=true",
        pool_size=16,
    )

    @app.get("/search")
    def search(
        q: Annotated[str, Query(max_length=300)],
        country: str | None = None,
        *,
        facets: bool = False,
    ) -> Found:
        phrase = " ".join(f'"{word}"' for word in q.replace('"', " ").split())

        def asked(what: Select) -> Select:
            what = what.where(_TEXT.c.resources_fts.match(phrase))
            return what.where(_ROWS.c.country == country) if country else what

        joined = _TEXT.join(_ROWS, _ROWS.c.number == _TEXT.c.rowid)
        counted = joined if country else _TEXT
        with engine.connect() as db:
            rows = db.execute(
                asked(select(_ROWS).select_from(joined))
                .order_by(_TEXT.c.rank)
                .limit(20)
            )
            items = [Row.model_validate(row._mapping) for row in rows]  # noqa: SLF001
            total = db.execute(asked(select(func.count()).select_from(counted)))
            found = Found(total=total.scalar_one(), items=items)
            if facets:
                found.facets = {}
                group = (_FACETS.c.name, _FACETS.c.value)
                within = counted.join(_FACETS, _FACETS.c.number == _TEXT.c.rowid)
                values = select(*group, func.count()).select_from(within)
                for name, value, count in db.execute(asked(values).group_by(*group)):
                    found.facets.setdefault(name, {})[value] = count
        return found

    return app
