"""The real server on a real port, as `handrail serve` starts it."""

import datetime
import shutil
import signal
import time

import httpx
import pytest

from directory import catalogue
from directory.release.build import build_from
from directory.settings import resources_folder


@pytest.fixture
def served(releases, tmp_path, start_server):
    """Address, releases and log of a server over its own copy of the releases."""
    folder = tmp_path / "releases"
    shutil.copytree(releases, folder)
    log = tmp_path / "log"
    with log.open("w") as out:
        address, process = start_server(folder, "--workers", "2", log=out)
        yield address, folder, log
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0


def test_it_says_where_it_is_and_serves_pages_and_api(served):
    address, _, log = served

    assert f"Handrail is on {address}" in log.read_text()
    assert "Kenya" in httpx.get(f"{address}/en/ke").text
    assert httpx.get(f"{address}/api/v1/resources").status_code == 200
    assert httpx.get(f"{address}/healthz").text == "ok\n"


def test_a_new_release_is_picked_up_without_a_failed_request(served):
    address, folder, _ = served
    everything, _ = catalogue.read(resources_folder())
    before = httpx.get(f"{address}/readyz").json()["sequence"]
    failures, seen = [], set()
    build_from(everything, folder, datetime.datetime.now(datetime.UTC))
    until = time.monotonic() + 6
    with httpx.Client() as client:
        while time.monotonic() < until:
            answer = client.get(f"{address}/en/ke")
            if answer.status_code != 200:
                failures.append(answer.status_code)
            seen.add(client.get(f"{address}/readyz").json()["sequence"])

    assert failures == []
    assert before + 1 in seen
    assert before + 1 == httpx.get(f"{address}/readyz").json()["sequence"]


def test_a_damaged_release_is_refused_and_the_last_good_one_stays(served):
    address, folder, _ = served
    good = httpx.get(f"{address}/readyz").json()["sequence"]
    name = (folder / "current").read_text().strip()
    bad = folder / f"99999999-{name.split('-')[1]}"
    shutil.copytree(folder / name, bad)
    records = bad / "records.sqlite"
    content = bytearray(records.read_bytes())
    content[len(content) // 2] ^= 1
    records.write_bytes(content)
    (folder / ".next").write_text(bad.name)
    (folder / ".next").rename(folder / "current")
    for _ in range(100):
        time.sleep(0.1)
        state = httpx.get(f"{address}/readyz").json()
        if state["refused"]:
            break

    assert "differs from the manifest" in state["refused"]
    assert good == state["sequence"]
    assert httpx.get(f"{address}/en/ke").status_code == 200


def test_the_log_holds_nothing_of_a_reader(served, unexpected):
    address, folder, log = served
    marker = "zqmarkerqz"
    headers = {
        "User-Agent": f"{marker}-agent",
        "Referer": f"http://{marker}.example/",
        "Cookie": f"{marker}={marker}",
        "X-Forwarded-For": "203.0.113.7",
    }
    with httpx.Client(headers=headers, base_url=address) as client:
        client.get("/api/v1/resources", params={"q": marker})
        client.post("/en/search", data={"q": marker, "place": marker})
        client.get("/api/v1/resources", params={"near": "1.2345,36.8765"})
        client.get("/en/ke")
        situation = {"located_in": "KE", "platform": marker, "age": 14}
        client.post("/api/v1/plan", json=situation)
        client.post("/en/plan", data={"located_in": "QA", "go": marker})
        client.get("/weather")
        missing = client.get(f"/en/{marker}")
        wrong = client.post("/api/v1/search", content=b"\xff\xfe")
        damage(folder / (folder / "current").read_text().strip() / "records.sqlite")
        broken = client.get(f"/api/v1/resources/{marker}", params={"lang": "en"})
    text = log.read_text()

    assert [one.status_code for one in (missing, wrong, broken)] == [404, 400, 500]
    assert text.count('"event": "fault"') == 1
    assert unexpected(text) == []
    assert marker not in text
    assert marker not in broken.text


def damage(database):
    """Under the server's hands, as a failing disk does."""
    with database.open("r+b") as file:
        file.seek(100)
        file.write(bytes(database.stat().st_size - 100))
