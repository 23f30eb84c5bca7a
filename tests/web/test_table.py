"""The table of a search: safe in every spreadsheet, and the same facts."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.table import HEADER, safe

API = "/api/v1"


def rows_of(answer):
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@given(st.text(max_size=20), st.sampled_from("=+-@\t\r\n\0'＝＋－＠ a"))
def test_no_cell_begins_as_a_formula_and_each_can_be_read_back(text, first):
    cell = safe(first + text)
    plain = (first + text).replace("\0", "")

    assert not cell or cell[0] not in "=+-@\t\r\n\0＝＋－＠"
    assert cell in {plain, f"'{plain}"}
    if plain[:1] in {"'", "="}:
        assert cell == f"'{plain}"


def test_no_cell_of_all_the_data_begins_as_a_formula(client):
    address = f"{API}/search.csv"
    seen = 0
    while address:
        answer = client.get(address)
        for row in rows_of(answer):
            assert list(row) == list(HEADER)
            assert not [cell for cell in row.values() if cell[:1] in {*"=+-@\t\r"}]
            seen += 1
        _, _, rest = answer.headers["link"].partition('rel="license", <')
        address = rest.partition(">")[0] or None

    assert seen > 1000


def test_accept_chooses_the_table_and_everybody_else_gets_json(client):
    asked = {"params": {"jurisdiction": "KE", "limit": 5}}
    table = client.get(f"{API}/resources", headers={"Accept": "text/csv"}, **asked)
    plain = client.get(f"{API}/search.csv", **asked)

    assert rows_of(table) == rows_of(plain)
    assert "Accept" in table.headers["vary"]
    for accept in ("*/*", "application/json", "text/html", "text/csv;q=0.1, */*", ""):
        answer = client.get(f"{API}/resources", headers={"Accept": accept}, **asked)
        assert answer.headers["content-type"] == "application/json", accept
        assert answer.headers["etag"] != table.headers["etag"]


def test_a_search_in_a_body_may_answer_a_table(client):
    sent = client.post(
        f"{API}/search", json={"jurisdiction": "KE"}, headers={"Accept": "text/csv"}
    )

    assert rows_of(sent)
    assert sent.headers["cache-control"] == "no-store"


def test_a_table_of_nothing_is_its_header(client):
    assert rows_of(client.get(f"{API}/search.csv?q=qqxxzzvv")) == []


@pytest.mark.parametrize("asked", ["fields=name", "limit=101", "x=1", "lang=xx"])
def test_a_table_refuses_what_it_cannot_do(client, asked):
    answer = client.get(f"{API}/search.csv?{asked}")

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
