"""Questions, asked in one line."""

import msgspec
import pytest

from directory.resource import Published, published
from directory.search.question import from_fields


@pytest.fixture(scope="session")
def ask(engine, noon):
    """A function that asks the real records, or another engine, at noon."""

    def asked(*, of=engine, now=noon, **fields):
        return of.answer(from_fields(fields), now)

    return asked


@pytest.fixture(scope="session")
def walk(ask):
    """A function that goes through all pages, and gives the hit of every record."""

    def walked(**fields):
        answer = ask(**fields)
        hits = list(answer.hits)
        while answer.next:
            answer = ask(**fields, cursor=answer.next)
            hits += answer.hits
        return hits

    return walked


@pytest.fixture(scope="session")
def seen(records):
    """Every real record that readers may see, by its id."""
    found = (published(record) for record in records.resources.values())
    return {record.id: record for record in found if record}


@pytest.fixture(scope="session")
def first(ask):
    """A function that gives the first five records for some words."""

    def found(words, **fields):
        hits = ask(q=words, limit=5, **fields).hits
        return [msgspec.json.decode(hit.row.json, type=Published) for hit in hits]

    return found
