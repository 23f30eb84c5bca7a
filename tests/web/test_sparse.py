"""Records with some of their fields, and what every answer says about itself."""

import pytest

from directory.web.sparse import OF_ITEM, OF_RECORD

API = "/api/v1"
ALWAYS = {"id", "show_until", "display"}


def test_a_record_comes_with_the_fields_asked_for(client):
    whole = client.get(f"{API}/resources/int-stopncii").json()
    part = client.get(f"{API}/resources/int-stopncii?fields=name,channels").json()

    assert part.keys() == ALWAYS | {"name", "channels"}
    assert part == {name: whole[name] for name in part}


def test_a_search_comes_with_the_fields_asked_for(client):
    asked = {"jurisdiction": "DE", "fields": "name,rung", "limit": 3}
    found = client.get(f"{API}/resources", params=asked).json()
    sent = client.post(f"{API}/search", json={**asked, "fields": ["name", "rung"]})

    assert [one.keys() for one in found["items"]] == [ALWAYS | {"name", "rung"}] * 3
    assert sent.json()["items"] == found["items"]


def test_other_fields_on_the_next_page_are_no_other_question(client):
    first = client.get(f"{API}/resources?limit=2&fields=name").json()
    then = client.get(f"{API}/resources?limit=2&cursor={first['next']}")

    assert then.status_code == 200
    assert "summary" in then.json()["items"][0]


@pytest.mark.parametrize(
    ("path", "known"),
    [("/resources?fields=x", OF_ITEM), ("/resources/test-line?fields=rung", OF_RECORD)],
)
def test_an_unknown_field_is_refused_with_all_that_are_known(client, path, known):
    answer = client.get(f"{API}{path}")

    assert answer.status_code == 400
    assert answer.json()["parameter"] == "fields"
    assert all(name in answer.json()["remedy"] for name in known)


def test_what_is_never_published_cannot_be_asked_for(client):
    for name in ("notes", "unpublished", "retired"):
        answer = client.get(f"{API}/resources/int-stopncii?fields={name}")
        assert answer.status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/resources",
        "/api/v1/search.csv",
        "/api/v1/resources/int-stopncii",
        "/api/v1/resources/test-line",
        "/api/v1/resources/int-stopncii/history",
        "/api/v1/jurisdictions",
        "/api/v1/jurisdictions/KE",
        "/api/v1/jurisdictions/IN/law",
        "/api/v1/coverage",
        "/api/v1/changes?since=1",
        "/api/v1/corrections.json",
        "/api/v1/corrections.atom",
        "/api/v1/openapi.json",
        "/releases",
        "/releases/current",
    ],
)
def test_whoever_has_an_answer_is_not_sent_it_again(client, path):
    first = client.get(path)
    tag = first.headers["etag"]

    assert first.status_code == 200
    assert 'rel="describedby"' in first.headers["link"]
    assert 'rel="license"' in first.headers["link"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_list_leads_on_by_link_as_by_cursor(client):
    seen, address = [], f"{API}/resources?jurisdiction=KE&limit=7&lang=en"
    while address:
        answer = client.get(address)
        seen += [one["id"] for one in answer.json()["items"]]
        _, _, rest = answer.headers["link"].partition('rel="license", <')
        address = rest.partition(">")[0]
        assert bool(address) == bool(answer.json()["next"])

    assert len(seen) == len(set(seen)) == answer.json()["total"]
