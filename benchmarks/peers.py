"""The two services that Handrail's search is measured beside, over the same rows.

Both read one SQLite file: a row for each record with the fields that a reader sees
(lists and channels as JSON text), an index on the country, and FTS5 over name, summary
and organisation. Both find rows that hold every word, in one country if one is given,
and give 20 of them.

Datasette: its own JSON of the table. It counts the hits and gives the rows in the order
of their key; it ranks nothing. It runs as one process, with its SQL in threads.

FastAPI with SQLAlchemy Core: ranks by bm25 and counts the hits. With `facets=true` it
also counts the hits by kind, which is one of the seven facets that Handrail gives.

Neither does what Handrail does besides: six more facets, rank by how a service reaches
the place, wider places as well (EU, worldwide), words by their beginning, typing errors
and synonyms, what matched, and whether each channel is open now. So a peer's answer is
the cheaper one, and its figure the harder one to beat.
"""

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Annotated

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

from directory.resource import Resource

DATABASE = "HANDRAIL_BENCH_DATABASE"

_SCHEMA = """
CREATE TABLE resources (
    number INTEGER PRIMARY KEY, id TEXT, name TEXT, kind TEXT, country TEXT,
    summary TEXT, organization TEXT, languages TEXT, audiences TEXT, topics TEXT,
    confidence TEXT, channels TEXT, sources TEXT);
CREATE INDEX resources_country ON resources (country);
CREATE VIRTUAL TABLE resources_fts USING FTS5 (
    name, summary, organization, content="resources", content_rowid="number");
"""


def write_rows(path: Path, records: Iterable[Resource]) -> None:
    """The SQLite file that both services read."""

    def json(value: object) -> str:
        return msgspec.json.encode(value).decode()

    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(_SCHEMA)
        db.executemany(
            f"INSERT INTO resources VALUES ({','.join('?' * 13)})",
            (
                (
                    number,
                    record.id,
                    " / ".join(record.name.values()),
                    record.kind,
                    record.jurisdictions[0],
                    record.summary["en"],
                    record.organization,
                    json(record.languages),
                    json(record.audiences),
                    json(record.topics),
                    record.confidence,
                    json(record.channels),
                    json(record.sources),
                )
                for number, record in enumerate(records)
            ),
        )
        db.execute("INSERT INTO resources_fts(resources_fts) VALUES ('rebuild')")
        db.execute("INSERT INTO resources_fts(resources_fts) VALUES ('optimize')")
        db.execute("ANALYZE")


_ROWS = Table(
    "resources",
    MetaData(),
    Column("number", Integer, primary_key=True),
    *(
        Column(name, String)
        for name in (
            "id",
            "name",
            "kind",
            "country",
            "summary",
            "organization",
            "languages",
            "audiences",
            "topics",
            "confidence",
            "channels",
            "sources",
        )
    ),
)
_TEXT = table("resources_fts", column("resources_fts"), column("rowid"), column("rank"))


class Row(BaseModel):
    id: str
    name: str
    kind: str
    country: str
    summary: str
    organization: str
    languages: str
    audiences: str
    topics: str
    confidence: str
    channels: str
    sources: str


class Found(BaseModel):
    total: int
    items: list[Row]
    kinds: dict[str, int] | None = None


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
                kind = _ROWS.c.kind
                kinds = select(kind, func.count()).select_from(joined).group_by(kind)
                found.kinds = dict(db.execute(asked(kinds)).tuples().all())
        return found

    return app
