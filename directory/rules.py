"""What every record must obey, checked all at once, each fault with its remedy."""

import datetime
from collections import defaultdict
from collections.abc import Iterator

import msgspec

from . import made_up, rules_channel, rules_place
from .catalogue import Catalogue
from .dialling import digits
from .errors import Problem
from .jurisdiction import WORLD
from .resource import Resource, check_every_days
from .rules_text import (
    ID,
    hidden_marks,
    outdated_terms,
    tag_fault,
    text_faults,
    url_fault,
)
from .verification import due_on

Found = Iterator[Problem]


def problems(catalogue: Catalogue, today: datetime.date) -> list[Problem]:
    """Every fault of every record and between records, in the order of the files."""
    found = [
        problem
        for record in catalogue.resources.values()
        for problem in _of_record(record, catalogue, today)
    ]
    found.extend(rules_place.problems(catalogue))
    found.extend(_duplicates(catalogue))
    found.extend(_same_short(catalogue))
    return sorted(found, key=lambda problem: (problem.file, problem.field))


def _of_record(record: Resource, catalogue: Catalogue, today: datetime.date) -> Found:
    file = catalogue.files[record.id]
    yield from _name(record, file)
    yield from hidden_marks(file, msgspec.to_builtins(record))
    yield from _folder(record, file)
    yield from _places_served(record, catalogue, file)
    yield from _wording(record, file)
    yield from _sources(record, file, today)
    for place, channel in enumerate(record.channels):
        yield from rules_channel.problems(file, place, channel, record, catalogue)
    if not record.channels and record.retired is None:
        yield Problem(file, "channels", "is empty", "add one or retire the record")
    if not _ages_fit(record.min_age, record.max_age):
        yield Problem(
            file, "min_age", "is no span of ages within 0 to 120", "mend the ages"
        )
    yield from _retired(record, catalogue, file)
    yield from _checked(record, file, today)


def _name(record: Resource, file: str) -> Found:
    if not ID.fullmatch(record.id):
        yield Problem(file, "id", "has other marks than a-z, 0-9 and -", "rename it")
    if record.id.startswith(made_up.PREFIX):
        yield Problem(file, "id", "is kept for records made up for tests", "rename it")
    if file.rsplit("/", maxsplit=1)[-1] != f"{record.id}.json":
        yield Problem(
            file, "id", f"is {record.id}, unlike the file's name", "rename the file"
        )


def _wording(record: Resource, file: str) -> Found:
    for field in ("name", "summary", "referral", "catchment"):
        text = getattr(record, field)
        if text is not None:
            yield from text_faults(file, field, text)
    for term in outdated_terms(record.summary):
        yield Problem(
            file, "summary", f"says “{term}”", "say “child sexual abuse material”"
        )
    for place, tag in enumerate(record.languages):
        if fault := tag_fault(tag):
            yield Problem(
                file, f"languages[{place}]", fault, "write a BCP 47 tag: sw, zh-Hans"
            )


def _ages_fit(least: int | None, most: int | None) -> bool:
    return 0 <= (least or 0) <= (120 if most is None else most) <= 120


def _folder(record: Resource, file: str) -> Found:
    folder = file.split("/", maxsplit=1)[0]
    first = record.jurisdictions[0] if record.jurisdictions else WORLD
    country = first.split("-")[0].lower()
    if record.retired:
        fits = {"retired"}
    elif first in {WORLD, "EU"} or len(record.jurisdictions) > 1:
        fits = {"int", country}
    else:
        fits = {country}
    if folder not in fits:
        wanted = " or ".join(sorted(fits))
        yield Problem(file, "", f"stands in {folder}/", f"move it to {wanted}/")


def _places_served(record: Resource, catalogue: Catalogue, file: str) -> Found:
    if not record.jurisdictions:
        yield Problem(file, "jurisdictions", "is empty", "name the places it serves")
    for place, code in enumerate(record.jurisdictions):
        if code not in catalogue.jurisdictions:
            yield Problem(
                file,
                f"jurisdictions[{place}]",
                f"{code} is no known place",
                "use ISO 3166-1 alpha-2, ISO 3166-2, EU or 001",
            )


def _sources(record: Resource, file: str, today: datetime.date) -> Found:
    seen = set()
    for place, source in enumerate(record.sources):
        field = f"sources[{place}]"
        if fault := url_fault(source.url):
            yield Problem(file, f"{field}.url", fault, "give the page's own address")
        if source.url in seen:
            yield Problem(file, f"{field}.url", "stands twice", "keep one of them")
        seen.add(source.url)
        if not _is_partial_date(source.dated, source.seen):
            yield Problem(
                file,
                f"{field}.dated",
                "is no date up to the day the page was seen",
                "write 2023, 2023-03 or 2023-03-14, or leave it out",
            )
        if source.seen > today:
            yield Problem(file, f"{field}.seen", "lies in the future", "mend the date")
    if not record.sources and record.unpublished is None and record.retired is None:
        yield Problem(
            file, "sources", "is empty", 'add one, or set "unpublished": "no-source"'
        )
    if not record.sources and record.confidence != "low":
        yield Problem(file, "confidence", "isn't low without a source", "write low")


def _is_partial_date(dated: str | None, seen: datetime.date) -> bool:
    if dated is None:
        return True
    try:
        earliest = datetime.date.fromisoformat(f"{dated}-01-01"[:10])
    except ValueError:
        return False
    return len(dated) in {4, 7, 10} and earliest <= seen


def _retired(record: Resource, catalogue: Catalogue, file: str) -> Found:
    if record.retired is None:
        return
    successor = record.retired.successor
    if successor is not None:
        heir = catalogue.resources.get(successor)
        if heir is None or heir.retired or heir.unpublished:
            yield Problem(
                file,
                "retired.successor",
                f"{successor} is no record that readers can see",
                "name the one that took over, or none",
            )


def _checked(record: Resource, file: str, today: datetime.date) -> Found:
    if record.retired or record.unpublished:
        return
    urls = {source.url for source in record.sources}
    values = {channel.value for channel in record.channels}
    for place, check in enumerate(record.verifications):
        field = f"verifications[{place}]"
        if check.on > today:
            yield Problem(file, f"{field}.on", "lies in the future", "mend the date")
        if check.source is not None and check.source not in urls:
            yield Problem(
                file, f"{field}.source", "is no source here", "add the source"
            )
        if check.channel is not None and check.channel not in values:
            yield Problem(file, f"{field}.channel", "is no channel here", "mend it")
    if not record.verifications:
        yield Problem(file, "verifications", "is empty", "say who checked it, and when")
        return
    last = max(check.on for check in record.verifications)
    due = due_on(record.id, last, check_every_days(record.kind))
    if due < today:
        yield Problem(
            file, "verifications", f"a check was due on {due}", "check it", "warning"
        )


def _duplicates(catalogue: Catalogue) -> Found:
    """The same number for the same place in two records that don't own up to it."""
    holders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in catalogue.resources.values():
        if record.retired or record.unpublished:
            continue
        numbers = {
            digits(channel.value)
            for channel in record.channels
            if channel.type in {"phone", "sms", "whatsapp", "ussd"}
        }
        for code in record.jurisdictions:
            for number in numbers:
                holders[code, number].append(record.id)
    for (code, number), ids in holders.items():
        for place, one in enumerate(ids):
            for other in ids[place + 1 :]:
                shared = catalogue.resources[one].shares_number_with
                if other in shared or (
                    one in catalogue.resources[other].shares_number_with
                ):
                    continue
                yield Problem(
                    catalogue.files[one],
                    "channels",
                    f"{number} for {code} is also in {other}",
                    'merge the two, or name the other in "shares_number_with"',
                )


def _same_short(catalogue: Catalogue) -> Found:
    owners: dict[str, str] = {}
    for record in catalogue.resources.values():
        other = owners.setdefault(record.short, record.id)
        if other != record.id:
            yield Problem(
                catalogue.files[record.id],
                "id",
                f"has the same short page address as {other}",
                "choose another id",
            )
