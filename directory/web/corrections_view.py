"""What was corrected, in the reader's words: for a page and for feeds."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from .. import labels
from ..errors import NotFound
from ..language import catalogue, written_date
from ..record import in_language
from ..release.corrections import Correction, Issue, issues
from . import answers
from .current import Served
from .wording import listed


@dataclass(frozen=True)
class CorrectionView:
    """`key` names it without naming the service; `path` is that of the page, without
    language, where what it is about is shown, `data` that of the record's data. Of what
    is gone there is no page."""

    key: str
    title: str
    path: str | None
    data: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class IssueView:
    on: str
    day: str
    sequence: int
    added: str | None
    corrections: tuple[CorrectionView, ...]


def issue_views(lang: str, served: Served) -> tuple[IssueView, ...]:
    """Every correction that is told, by release, the newest first."""
    return tuple(_issue(one, lang, served) for one in issues(served.release.folder))


def _issue(one: Issue, lang: str, served: Served) -> IssueView:
    say = catalogue(lang).gettext
    return IssueView(
        on=one.on.isoformat(),
        day=written_date(one.on, lang),
        sequence=one.sequence,
        added=say(labels.ADDED) % {"count": one.added} if one.added else None,
        corrections=tuple(_view(each, lang, served) for each in one.corrections),
    )


def _view(one: Correction, lang: str, served: Served) -> CorrectionView:
    title, path = _subject(one, lang, served)
    data = {
        "resource": f"/api/v1/resources/{one.id}/history",
        "jurisdiction": f"/api/v1/jurisdictions/{one.id}",
        "law": f"/api/v1/jurisdictions/{one.id}/law",
    }[one.kind]
    digest = hashlib.sha256(f"{one.kind}:{one.id}".encode()).hexdigest()
    key = f"{one.sequence}-{digest[:12]}"
    return CorrectionView(key, title, path, data, tuple(_lines(one, lang, served)))


def _subject(one: Correction, lang: str, served: Served) -> tuple[str, str | None]:
    """What a correction is about by its name today, and where that is shown."""
    say = catalogue(lang).gettext
    if one.kind == "resource":
        try:
            record = served.release.resource(one.id)
        except NotFound:
            return say(labels.NO_LONGER_HERE), None
        return in_language(record.name, lang)[0], f"/r/{record.page}"
    if one.id not in served.release.jurisdictions:
        return say(labels.NO_LONGER_HERE), None
    name = answers.label("jurisdiction", one.id, lang, served)
    return name, f"/{one.id.lower()}" + ("/law" if one.kind == "law" else "")


def _lines(one: Correction, lang: str, served: Served) -> Iterator[str]:
    say = catalogue(lang).gettext
    if one.change == "removed":
        yield say(labels.TAKEN_OUT)
    if one.retired:
        yield say(labels.NOT_LISTED)
        if one.retired.successor:
            try:
                after = served.release.resource(one.retired.successor)
            except NotFound:
                return
            name = in_language(after.name, lang)[0]
            yield say(labels.USE_INSTEAD) % {"name": name}
    still = _ways(one, served) if one.new else frozenset()
    for way in one.new:
        kind = say(labels.CHANNEL[way.type])
        if (way.type, way.value) in still:
            yield say(labels.NOW_REACHED) % {"kind": kind, "value": way.value}
        else:
            yield say(labels.WAY_CHANGED) % {"kind": kind}
    for gone in one.gone:
        yield say(labels.WAY_GONE) % {"kind": say(labels.CHANNEL[gone])}
    if one.parts:
        parts = listed((say(labels.CORRECTED[part]) for part in one.parts), lang)
        yield say(labels.WAS_CHANGED) % {"parts": parts}


def _ways(one: Correction, served: Served) -> frozenset[tuple[str, str]]:
    """The ways that hold today: what was right at first may have been corrected since,
    and is no longer told."""
    try:
        record = served.release.resource(one.id)
    except NotFound:
        return frozenset()
    return frozenset((channel.type, channel.value) for channel in record.channels)
