"""The Tantivy index: its fields, and how entries get into it.

Text reaches Tantivy as tokens that `textforms` made, so its own analysis only splits at
spaces. Documents are sorted by `position`, the standing order of the records: equal
scores then come in that order.
"""

from collections.abc import Collection, Iterable
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from .entry import Entry

RAW_FIELDS = ("tag", "place", "within", "language", "channel")
"""Fields whose values are matched whole and counted as facets."""

_HEAP_BYTES = 512_000_000


_MOST_TERMS = 64


def any_of(schema: tantivy.Schema, name: str, values: Collection[str]) -> Query:
    """Documents with any of these values of a text field. For a few, a union of terms
    costs a tenth of a term set, which walks bits for the whole index."""
    if len(values) > _MOST_TERMS:
        return Query.term_set_query(schema, name, list(values))
    return Query.boolean_query(
        [
            (Occur.Should, Query.term_query(schema, name, value, "basic"))
            for value in values
        ]
    )


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("position", indexed=True, fast=True)
    for name in ("name", "text"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    for name in RAW_FIELDS:
        builder.add_text_field(
            name, tokenizer_name="raw", fast=True, index_option="basic"
        )
    builder.add_text_field("number", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("profile", indexed=True, fast=True)
    builder.add_boolean_field("low", indexed=True, fast=True)
    builder.add_boolean_field("placed", indexed=True, fast=True)
    return builder.build()


def write_index(
    folder: Path, entries: Iterable[tuple[int, Entry, tuple[int, ...]]]
) -> None:
    """Write (position, entry, numbers of its channels' profiles) into `folder`.

    Raises `OSError` when they can't be written; Tantivy's own is a `ValueError`.
    """
    folder.mkdir()
    try:
        _write(folder, entries)
    except ValueError as fault:
        raise OSError(str(fault)) from fault


def _write(folder: Path, entries: Iterable[tuple[int, Entry, tuple[int, ...]]]) -> None:
    index = tantivy.Index(schema(), path=str(folder), sort_by_field="position")
    writer = index.writer(_HEAP_BYTES, 1)
    try:
        for position, entry, profiles in entries:
            doc = tantivy.Document()
            doc.add_unsigned("position", position)
            doc.add_text("name", entry.name)
            doc.add_text("text", entry.text)
            for field, values in (
                ("tag", entry.tags),
                ("place", entry.places),
                ("within", entry.within),
                ("language", entry.languages),
                ("channel", entry.channels),
                ("number", entry.numbers),
            ):
                for value in values:
                    doc.add_text(field, value)
            for number in sorted(set(profiles)):
                doc.add_unsigned("profile", number)
            doc.add_boolean("low", entry.is_low)
            doc.add_boolean("placed", bool(entry.points))
            writer.add_document(doc)
        writer.commit()
    finally:  # its threads write on until they are waited for
        writer.wait_merging_threads()
