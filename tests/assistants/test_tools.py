"""`handrail mcp` as a chat service starts it: a process of its own, the official
client, real records. What it answers is what the release says."""

import os
import re
import subprocess
import sys
from contextlib import asynccontextmanager

import anyio
import httpx
import msgspec
import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters

from directory import ROOT
from directory.channel import NUMBERED
from directory.dialling import digits
from directory.language import served
from directory.resource import Published

MARK = "zebra7f"
"""Stands for what somebody typed: it must come back in no error, and in no log."""
WRONG = [
    ("find_resources", {"q": f"http://{MARK}.example/a.jpg"}, "q: holds the address"),
    ("find_resources", {"q": MARK * 60}, "q: is too long"),
    ("find_resources", {"jurisdiction": MARK}, "jurisdiction: is no place"),
    ("find_resources", {"jurisdiction": {MARK: 1}}, "jurisdiction: can't be"),
    ("find_resources", {"need": MARK}, "need: holds a value"),
    ("find_resources", {"age": MARK}, "age: can't be understood"),
    ("find_resources", {"limit": 99}, "limit: is too high"),
    ("find_resources", {MARK: 1}, "arguments: hold one"),
    ("find_resources", {"lang": MARK}, "lang: is not a language"),
    ("make_plan", {}, "located_in: is missing"),
    ("make_plan", {"located_in": MARK}, "located_in: is no place"),
    ("make_plan", {"located_in": "KE", "needs": [f"www.{MARK}.com"]}, "needs: holds"),
    ("make_plan", {"located_in": "KE", "platform": MARK}, "platform: isn't known"),
    ("make_plan", {"located_in": "KE", "role": "child", "age": 40}, "role: is a child"),
    ("get_resource", {"id": MARK}, "There is no record"),
    ("get_resource", {"id": 7}, "There is no record"),
    ("emergency_numbers", {"jurisdiction": [MARK]}, "jurisdiction: is missing or no"),
    ("list_places", {"name": 7}, "name: is no text"),
    (MARK, {}, "There is no such tool"),
]


@asynccontextmanager
async def connected(client):
    async with client as tools:
        yield tools


@pytest.fixture(scope="module", params=["stdio", "http"])
def tools(request, releases):
    """A function that calls a tool and gives its text, and whether it is an error."""
    if request.param == "http":
        client = Client(request.getfixturevalue("web_address"))
    else:
        command = ["-m", "directory.cli", "mcp", "--from", str(releases)]
        client = Client(
            StdioServerParameters(
                command=sys.executable, args=command, cwd=ROOT, env=dict(os.environ)
            )
        )
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(connected(client)) as session,
    ):

        async def called(name, arguments):
            answer = await session.call_tool(name, arguments)
            (content,) = answer.content
            return content.text, answer.is_error

        yield lambda tool, **sent: portal.call(called, tool, sent.get("sent", sent))


def numbers_in(text):
    """The digits of every number that stands where a way to get in touch does."""
    ways = re.compile(r"^  (?:[^:]+: )?([\d+*#][\d ()+*#.-]*)", re.MULTILINE)
    return {digits(one) for one in ways.findall(text)}


def test_the_tools_say_how_to_show_what_they_answer(releases):
    async def listed():
        command = ["-m", "directory.cli", "mcp", "--from", str(releases)]
        parameters = StdioServerParameters(
            command=sys.executable, args=command, cwd=ROOT
        )
        async with Client(parameters) as session:
            return session.instructions, (await session.list_tools()).tools

    instructions, found = anyio.run(listed)
    assert "exactly as it is spelled" in instructions
    assert "Never ask for pictures" in instructions
    assert {tool.name for tool in found} == {
        *("find_resources", "make_plan", "get_resource"),
        *("emergency_numbers", "list_places"),
    }
    for tool in found:
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        if tool.name != "list_places":
            assert "not yet confirmed" in tool.description
            assert "never ask for images" in tool.description


@pytest.mark.parametrize("code", ["KE", "DE", "US-TX", "EG", "PN"])
def test_emergency_numbers_are_those_of_the_release(tools, release, code):
    text, wrong = tools("emergency_numbers", jurisdiction=code)

    assert not wrong
    assert "Facts as of 21 November 2026" in text
    place = release.jurisdictions[code]
    for number in place.emergency if place.own_numbers else ():
        assert f"  {number.value} – " in text
        assert all(source.url in text for source in number.sources)
    if code == "PN":
        assert "don't know an emergency number" in text


def test_a_place_may_be_named_in_any_language_of_ours(tools):
    assert tools("emergency_numbers", jurisdiction="Kenia") == tools(
        "emergency_numbers", jurisdiction="ke"
    )


@pytest.mark.parametrize("lang", list(served()))
def test_a_service_is_told_whole_with_its_sources_and_their_days(tools, release, lang):
    record = release.resource("ke-child-helpline-116")
    text, wrong = tools("get_resource", id=record.id, lang=lang)

    assert not wrong
    assert all(channel.value in text for channel in record.channels)
    assert record.sources[0].url in text
    assert "2026" in text.splitlines()[0]


def test_a_low_confidence_is_said(tools, release):
    low = next(one for one in release.resources() if one.confidence == "low")

    assert "Not yet confirmed." in tools("get_resource", id=low.id)[0]


def test_what_is_not_known_is_said_to_be_unknown(tools, release):
    record = next(
        one
        for one in release.resources()
        for channel in one.channels
        if channel.type == "phone" and channel.cost is None and channel.hours is None
    )
    text, _ = tools("get_resource", id=record.id)

    assert "Not known: cost" in text
    assert "Opening times not known" in text


def test_what_is_found_is_what_the_search_finds(tools, engine, noon):
    from directory.search.question import from_fields  # noqa: PLC0415

    asked = {"jurisdiction": "KE", "need": "talk"}
    text, wrong = tools("find_resources", **asked)
    answer = engine.answer(from_fields(asked | {"limit": 5}), noon)
    records = [msgspec.json.decode(hit.row.json, type=Published) for hit in answer.hits]

    assert not wrong
    told = re.findall(r"· id ([\w-]+)$", text, re.MULTILINE)
    assert told == [one.id for one in records]
    told = {
        digits(channel.value)
        for record in records
        for channel in record.channels
        if channel.type in NUMBERED
    }
    assert told <= numbers_in(text)


def test_several_needs_may_come_as_a_list(tools):
    assert not tools("find_resources", jurisdiction="KE", need=["talk", "report"])[1]


def test_no_other_number_than_the_releases_comes_out(tools, release):
    text, wrong = tools(
        "make_plan",
        located_in="India",
        role="young-person",
        age=15,
        age_in_image=14,
        needs=["blackmail", "remove"],
        in_danger=True,
    )
    known = {
        digits(channel.value)
        for record in release.resources()
        for channel in record.channels
    } | {
        digits(number.value)
        for place in release.jurisdictions.values()
        for number in place.emergency
    }

    assert not wrong
    assert text.index("112") < text.index("2. ")
    assert numbers_in(text)
    assert numbers_in(text) <= known


def test_places_are_listed_with_what_they_have(tools, release):
    text, _ = tools("list_places")

    assert f"  KE · Kenya · {release.counts()['KE']}" in text.splitlines()
    assert "  PN · Pitcairn Islands · 0" in text.splitlines()
    assert "Kenya" not in tools("list_places", name="land")[0]


@pytest.mark.parametrize(("name", "sent", "said"), WRONG)
def test_a_wrong_question_is_told_the_remedy_and_not_repeated(tools, name, sent, said):
    text, wrong = tools(name, sent=sent)

    assert wrong
    assert text.startswith(said)
    assert MARK not in text


def test_nothing_asked_is_logged(web_address, log):
    """Neither by us nor by the library, not even what it can't make sense of."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
    named = {"name": "find_resources", "arguments": {"q": MARK}}
    headers = {"Accept": "application/json, text/event-stream"}
    for sent in (
        call | {"params": named},
        call | {"params": {"name": MARK}},
        call | {"params": {"arguments": MARK}},
        call | {"method": MARK},
        [MARK],
    ):
        httpx.post(f"{web_address}?{MARK}", json=sent, headers=headers)

    assert "Handrail's tools are on" in log.read_text()
    assert MARK not in log.read_text()


def test_over_http_a_page_of_another_site_cannot_ask(web_address):
    """Else any page open in the same browser could read from a server on this machine
    under a name of its own."""
    call = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    headers = {"Accept": "application/json, text/event-stream"}
    elsewhere = httpx.post(
        web_address, json=call, headers=headers | {"Host": "evil.example"}
    )

    assert elsewhere.status_code in {403, 421}


def test_without_the_extra_the_command_says_what_to_install(tmp_path, releases):
    (tmp_path / "mcp").mkdir()
    code = "raise ModuleNotFoundError(\"No module named 'mcp'\", name='mcp')"
    (tmp_path / "mcp" / "__init__.py").write_text(code)
    done = subprocess.run(
        [sys.executable, "-m", "directory.cli", "mcp", "--from", str(releases)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=False,
    )

    assert done.returncode == 1
    assert "pip install 'handrail[mcp]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_release_it_says_so(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "directory.cli", "mcp", "--from", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
