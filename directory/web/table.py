"""What was found as a table for spreadsheets: one row for each way to reach a service.

UTF-8 with a byte order mark, without which Excel reads another encoding. A cell that a
spreadsheet would take for a formula gets an apostrophe before it (ASVS 5, 1.2.10).
"""

import csv
import io
from collections.abc import Iterable

import msgspec

from .. import dialling
from ..channel import Channel
from ..record import in_language
from ..search.engine import Answer
from ..shown import Shown
from .answers import label
from .current import Served

HEADER = (
    *("id", "name", "kind", "jurisdictions", "channel", "value", "link", "from_abroad"),
    *("not_yet_confirmed", "as_of", "show_until", "hours", "time_zone", "languages"),
    *("cost", "min_age", "max_age", "anonymous", "needs", "note", "summary", "source"),
)
_DANGEROUS = frozenset("=+-@\t\r\n\0'＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula, or drops; and the
apostrophe, so that the one put before a cell can always be told."""


def safe(text: str) -> str:
    """A cell that no spreadsheet calculates. Take one apostrophe from the beginning, if
    there is one, to have what it was."""
    text = text.replace("\0", "")
    return f"'{text}" if text[:1] in _DANGEROUS and text else text


def written(answer: Answer, lang: str, served: Served) -> bytes:
    found = io.StringIO(newline="")
    rows = csv.writer(found, lineterminator="\r\n")
    rows.writerow(HEADER)
    for hit in answer.hits:
        record = msgspec.json.decode(hit.row.shown, type=Shown)
        rows.writerows(_rows(record, lang, served))
    return found.getvalue().encode("utf-8-sig", "replace")


def _rows(record: Shown, lang: str, served: Served) -> Iterable[list[str]]:
    for position, channel in enumerate(record.channels):
        cells = _cells(record, channel, position, lang, served)
        yield [safe(cell) for cell in cells]


def _cells(
    record: Shown, channel: Channel, position: int, lang: str, served: Served
) -> tuple[str, ...]:
    country = record.jurisdictions[0].split("-")[0]
    return (
        record.id,
        in_language(record.name, lang)[0],
        label("kind", record.kind, lang, served),
        " ".join(record.jurisdictions),
        channel.type,
        channel.value,
        dialling.link(channel) or "",
        dialling.from_abroad(channel, country) or "",
        "yes" if position in record.display.not_yet_confirmed else "",
        record.display.as_of.isoformat(),
        record.show_until.isoformat(),
        channel.hours or "",
        channel.time_zone or "",
        " ".join(channel.languages or record.languages),
        channel.cost or "",
        _number(_first(channel.min_age, record.min_age)),
        _number(_first(channel.max_age, record.max_age)),
        _answer(_first(channel.anonymous, record.anonymous)),
        " ".join(record.needs),
        in_language(channel.note, lang)[0] if channel.note else "",
        in_language(record.summary, lang)[0],
        channel.sources[0],
    )


def _first(own: int | None, of_record: int | None) -> int | None:
    return of_record if own is None else own


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _answer(value: int | None) -> str:
    return "" if value is None else ("yes" if value else "no")
