"""A small sound folder of records, and ways to break it."""

import copy
import datetime
import json

import pytest

from directory import catalogue, rules

TODAY = datetime.date(2026, 11, 21)
PAGE = "https://example.org/help"
SOURCE = {"url": PAGE, "title": "Help", "publisher": "Example", "seen": "2026-11-20"}
CHECK = {
    "on": "2026-11-20",
    "by": "editor",
    "method": "stored-copy",
    "outcome": "matches",
}
LINE = {"type": "phone", "value": "020 2651559", "sources": [PAGE]}
SOUND = {
    "id": "ke-line",
    "name": {"en": "A line"},
    "kind": "child-helpline",
    "jurisdictions": ["KE"],
    "summary": {"en": "Help for children."},
    "channels": [LINE],
    "audiences": ["child"],
    "topics": ["child-sexual-abuse"],
    "confidence": "high",
    "sources": [SOURCE],
    "verifications": [CHECK],
}
PLACES = [
    {"code": "001", "level": "world", "ladder": ["001"]},
    {"code": "EU", "level": "supranational", "ladder": ["EU", "001"]},
    {
        "code": "KE",
        "level": "country",
        "ladder": ["KE", "001"],
        "time_zones": ["Africa/Nairobi"],
    },
    {
        "code": "MN",
        "level": "country",
        "ladder": ["MN", "001"],
        "time_zones": ["Asia/Hovd", "Asia/Ulaanbaatar"],
    },
]
CONCEPT = {"id": "talk", "phrases": {"en": ["talk"]}, "needs": ["talk"]}


@pytest.fixture(scope="session")
def sound():
    """A function that gives a record without a fault, but for the fields set: each is
    named as a problem names it, `channels[0].value`; `...` takes it out."""

    def written(fields=()):
        record = copy.deepcopy(SOUND)
        for field, value in dict(fields).items():
            *way, last = field.replace("]", "").replace("[", ".").split(".")
            inner = record
            for step in way:
                inner = inner[int(step) if step.isdigit() else step]
            if value is ...:
                del inner[last]
            elif isinstance(inner, list):
                inner[int(last) :] = [value]
            else:
                inner[last] = value
        return record

    return written


@pytest.fixture
def folder(tmp_path):
    """A function that writes a whole folder of files: records keyed by the file they
    stand in, and `places` and `concepts` if they are to differ."""

    def written(records, places=PLACES, concepts=(CONCEPT,)):
        others = {
            "jurisdictions.json": places,
            "words.json": {"about": "", "concepts": concepts},
            "subdivisions.json": {},
            "guidance.json": [],
        }
        for name, content in (others | records).items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            raw = content if isinstance(content, str) else json.dumps(content)
            path.write_text(raw, encoding="utf-8")
        return tmp_path

    return written


@pytest.fixture(scope="session")
def found():
    """A function that gives every problem of a folder."""

    def checked(path):
        read, problems = catalogue.read(path)
        return [*problems, *rules.problems(read, TODAY)]

    return checked


@pytest.fixture
def problems_of(sound, folder, found):
    """A function that gives the problems of one Kenyan record with some fields set."""
    return lambda fields: found(folder({"ke/ke-line.json": sound(fields)}))
