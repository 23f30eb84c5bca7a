"""What docs/hsds.md says is so."""

import re
import shlex
import uuid

from directory import ROOT
from directory.hsds import profile
from directory.hsds.facts import FACTS
from directory.hsds.ids import NAMESPACE
from directory.web.hsds import query

TEXT = (ROOT / "docs" / "hsds.md").read_text()


def test_the_requests_of_the_document_find_something(client):
    lines = re.findall(r"^curl (.*)$", TEXT, re.MULTILINE)
    assert len(lines) == 8
    for line in lines:
        (address,) = shlex.split(line)
        answer = client.get(address.removeprefix("http://127.0.0.1:8000"))
        assert answer.status_code == 200, line
        assert '"empty":true' not in answer.text, line
        assert len(answer.content) > 200, line


def test_the_id_of_the_document_is_made_as_it_says():
    name, wanted = re.search(r'"(service \S+)"\s*\)\s*# (\S+)', TEXT).groups()

    assert str(NAMESPACE) in TEXT
    assert str(uuid.uuid5(NAMESPACE, name)) == wanted


def test_the_bounds_and_the_version_are_those_of_the_program():
    assert f"1 to {query.MOST}, {query.USUAL} if left out" in TEXT
    assert f"version\n{profile.HSDS}" in TEXT


def test_every_fact_that_the_document_names_is_one(client):
    known = client.get("/hsds/profile").json()["facts"]

    assert known.keys() == {f"fact:{code}" for code in FACTS}
    named = set(re.findall(r"facts? `([a-z-]+)`", TEXT))
    assert named <= FACTS.keys()


def test_the_guide_is_the_document(client):
    assert client.get("/hsds/guide.md").text == TEXT
