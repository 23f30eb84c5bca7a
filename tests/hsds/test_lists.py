"""Pages, filters, words, refusals and caches of the HSDS API."""

import json
import math
import re

import pytest

from directory.hsds.dataset import dataset_of
from directory.hsds.services import service_id

LISTS = (
    "services",
    "organizations",
    "service_at_locations",
    "taxonomies",
    "taxonomy_terms",
)
NOBODY = "00000000-0000-4000-8000-000000000000"


def get(client, path, **asked):
    answer = client.get(f"/hsds/{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def every(client, path, **asked):
    return get(client, path, per_page=1000, **asked)["contents"]


def ids(found):
    return [one["id"] for one in found]


def refused(answer, status=400):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    return answer.json()


def terms(one):
    return {part["taxonomy_term"]["id"] for part in one.get("attributes", [])}


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("size", [1, 7, 50])
def test_pages_add_up_to_the_whole_list(client, path, size):
    whole = ids(every(client, path))
    pages = math.ceil(len(whole) / size)
    looked_at = {1, 2, pages - 1, pages} & set(range(1, pages + 1))
    for number in looked_at:
        page = get(client, path, page=number, per_page=size)

        wanted = whole[(number - 1) * size : number * size]
        assert ids(page["contents"]) == wanted
        assert {name: page[name] for name in page if name != "contents"} == {
            "total_items": len(whole),
            "total_pages": pages,
            "page_number": number,
            "size": len(wanted),
            "first_page": number == 1,
            "last_page": number == pages,
            "empty": False,
        }


@pytest.mark.parametrize("path", LISTS)
def test_a_page_beyond_the_last_is_empty_and_last(client, path):
    page = get(client, path, page=999_999)

    assert page["contents"] == []
    assert (page["size"], page["empty"], page["page_number"]) == (0, True, 999_999)
    assert page["last_page"]
    assert not page["first_page"]
    assert page["total_items"] > 0


@pytest.mark.parametrize("path", LISTS)
def test_a_list_of_nothing_has_no_page_but_this(client, path):
    assert get(client, path, search="qqxxzzvv") == {
        "total_items": 0,
        "total_pages": 0,
        "page_number": 1,
        "size": 0,
        "first_page": True,
        "last_page": True,
        "empty": True,
        "contents": [],
    }


def test_links_lead_through_every_page(client):
    path, seen = "/hsds/services?per_page=400&modified_after=2000-01-01", []
    while path:
        answer = client.get(path)
        seen += ids(answer.json()["contents"])
        following = re.search(r'<([^>]*)>; rel="next"', answer.headers["link"])
        path = f"/hsds/services{following[1]}" if following else ""

    assert seen == ids(every(client, "services"))


def test_links_lead_back_from_beyond_the_last(client):
    link = client.get("/hsds/taxonomies", params={"page": 9}).headers["link"]

    assert '<?page=1&per_page=50>; rel="prev"' in link
    assert "next" not in link


@pytest.mark.parametrize("path", LISTS)
def test_lines_hold_everything_without_pages(client, path):
    answer = client.get(f"/hsds/{path}", params={"format": "ndjson", "per_page": 2})

    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert [json.loads(line) for line in answer.text.splitlines()] == every(
        client, path
    )


@pytest.mark.parametrize("path", ["services", "organizations", "service_at_locations"])
@pytest.mark.parametrize("parameter", ["taxonomy_term_id", "taxonomy_id"])
def test_a_term_brings_exactly_what_is_filed_under_it(client, path, parameter):
    whole = every(client, path, full=True)
    of = {one["id"]: one["taxonomy_id"] for one in every(client, "taxonomy_terms")}
    asked = {
        of[term] if parameter == "taxonomy_id" else term
        for one in whole[::60]
        for term in terms(one)
    }
    for wanted in sorted(asked)[::5]:
        found = ids(every(client, path, **{parameter: wanted}))

        assert found == [
            one["id"]
            for one in whole
            if wanted in (terms(one) | {of[term] for term in terms(one)})
        ]


def test_an_organization_brings_exactly_its_services(client):
    services = every(client, "services")
    for one in every(client, "organizations", full=True)[::80]:
        found = ids(every(client, "services", organization_id=one["id"]))

        assert found == [s["id"] for s in services if s["organization_id"] == one["id"]]
        assert found == ids(one["services"])


def test_conditions_hold_together(client):
    whole = every(client, "services", full=True)
    one = next(s for s in whole if s["name"] == "National Child Helpline 116")
    term = min(terms(one))
    words = set(ids(every(client, "services", search="child helpline")))
    both = every(
        client,
        "services",
        search="child helpline",
        taxonomy_term_id=term,
        organization_id=one["organization_id"],
        modified_after=one["last_modified"],
    )

    assert one["id"] in words
    assert ids(both) == [
        s["id"]
        for s in whole
        if s["id"] in words
        and term in terms(s)
        and s["organization_id"] == one["organization_id"]
    ]


def test_words_find_what_the_search_of_the_pages_finds_in_its_order(
    client, engine, data
):
    at = data.at
    for words in ("child helpline kenya", "0800 1111", "nudes leaked", "واتساب"):
        wanted = [at[place] for place in engine.ranked(words)]
        assert ids(every(client, "services", search=words)) == wanted
    first = client.get("/api/v1/resources", params={"q": "nudes leaked", "limit": 20})
    assert [service_id(one["id"]) for one in first.json()["items"]] == ids(
        get(client, "services", search="nudes leaked", per_page=20)["contents"]
    )


def test_spaces_are_no_words(client):
    assert every(client, "services", search="  ") == every(client, "services")


def test_organizations_are_found_by_what_they_run(client):
    found = get(client, "organizations", search="National Child Helpline 116 Kenya")

    assert "Kenya" in found["contents"][0]["description"]


@pytest.mark.parametrize(
    ("since", "all_of_them"),
    [
        ("2026-11-21T00:00:00.000Z", True),
        ("2026-11-21T03:00:00+03:00", True),
        ("2026-11-21", True),
        ("2026-11-21T00:00:00", True),
        ("2026-11-21T00:00:00.001Z", False),
        ("2026-11-21T00:00:00-00:01", False),
    ],
)
def test_modified_after_takes_in_the_moment_itself(client, since, all_of_them):
    whole = every(client, "services")
    latest = max(one["last_modified"] for one in whole)
    assert latest == "2026-11-21T00:00:00.000Z"
    found = every(client, "services", modified_after=since)
    late = [one["id"] for one in whole if one["last_modified"] >= latest]

    assert ids(found) == (late if all_of_them else [])


def test_minimal_brings_everything_at_once_unless_pages_are_asked_for(client):
    assert get(client, "services", minimal=True)["total_pages"] == 1
    assert get(client, "services", minimal=True, per_page=5)["size"] == 5


def test_near_a_town_is_what_lies_within_the_metres(client):
    town = {"postcode": "Dushanbe"}
    near = every(client, "service_at_locations", **town, proximity="5000")
    nowhere = every(client, "service_at_locations", postcode="Nairobi", proximity="9")

    assert [one["service"]["name"] for one in near]
    assert nowhere == []
    assert ids(near) == ids(every(client, "service_at_locations", **town))


def test_terms_can_be_walked_from_the_top(client):
    top = every(client, "taxonomy_terms", top_only=True)
    whole = every(client, "taxonomy_terms")
    below = [
        one
        for term in top
        if term["code"] in {"US", "GB"}
        for one in every(client, "taxonomy_terms", parent_id=term["id"])
    ]

    assert ids(top) == [one["id"] for one in whole if "parent_id" not in one]
    assert ids(below) == [
        one["id"] for one in whole if re.match(r"(US|GB)-", one["code"])
    ]
    found = every(client, "taxonomy_terms", search="KENYA")
    assert [one["code"] for one in found] == ["KE"]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_may_be_asked_for_by_post(client, path):
    sent = client.post(f"/hsds/{path}", params={"per_page": 3})

    assert sent.json() == get(client, path, per_page=3)
    assert sent.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=x", "page"),
        ("page=", "page"),
        ("page=1.5", "page"),
        ("page=99999999999999999999999", "page"),
        ("per_page=0", "per_page"),
        ("per_page=1001", "per_page"),
        ("per_page=null", "per_page"),
        ("full=maybe", "full"),
        ("format=xml", "format"),
        ("taxonomy_term_id=abc", "taxonomy_term_id"),
        ("taxonomy_id=", "taxonomy_id"),
        ("organization_id={20743acd-52b8-5830-88e6-870ea246f156}", "organization_id"),
        ("modified_after=yesterday", "modified_after"),
        ("modified_after=", "modified_after"),
        ("modified_after=2026-13-01", "modified_after"),
        ("modified_after=2026-11-21T00:00:00+03:00", "modified_after"),
        ("search=" + "a" * 301, "search"),
        ("search=https://example.org/a.jpg", "search"),
        ("page=1&page=2", "page"),
        ("colour=blue", "parameters"),
        ("colour=blue&colour=red", "parameters"),
        ("minimum_age=3", "parameters"),
        ("search=%ff", "parameters"),
    ],
)
def test_a_wrong_parameter_is_named(client, asked, parameter):
    said = refused(client.get(f"/hsds/services?{asked}"))

    assert said["parameter"] == parameter
    assert said["remedy"]


@pytest.mark.parametrize("path", ["", "openapi.json", "profile", "guide.md"])
def test_what_takes_no_parameter_refuses_any(client, path):
    refused(client.get(f"/hsds/{path}?page=1"))


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("wanted", [NOBODY, "abc", "1", "%00", "a b", "null", "é"])
def test_what_is_not_there_is_not_found(client, path, wanted):
    assert refused(client.get(f"/hsds/{path}/{wanted}"), 404)["parameter"] == "id"


@pytest.mark.parametrize("parameter", ["taxonomy_term_id", "taxonomy_id"])
def test_an_id_that_nobody_has_finds_nothing(client, parameter):
    assert every(client, "services", **{parameter: NOBODY}) == []


def test_ids_may_be_written_in_capitals(client):
    one = get(client, "services", per_page=1)["contents"][0]
    loud = one["id"].upper()

    assert get(client, f"services/{loud}")["id"] == one["id"]
    found = every(client, "services", organization_id=one["organization_id"].upper())
    assert one["id"] in ids(found)


def test_an_unknown_postcode_is_not_no_help(client):
    path = "/hsds/service_at_locations"

    said = refused(client.get(path, params={"postcode": "zz9 9zz"}), 404)
    assert said["parameter"] == "postcode"
    alone = refused(client.get(path, params={"proximity": "10"}), 404)
    assert alone["remedy"] == "send postcode as well"
    for wrong in ("-5", "near", "", "1e9", "9" * 20):
        asked = {"postcode": "Nairobi", "proximity": wrong}
        assert refused(client.get(path, params=asked))["parameter"] == "proximity"


@pytest.mark.parametrize(
    "path", ["nothing", "services/a/b", "profile/profile/x.json", "profile/schema/../x"]
)
def test_a_path_that_is_not_there_is_a_problem_in_json(client, path):
    refused(client.get(f"/hsds/{path}"), 404)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_refused_and_told_which_there_are(client, method):
    answer = client.request(method, "/hsds/services")
    one = client.request(method, f"/hsds/services/{NOBODY}")

    refused(answer, 405)
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert one.headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_reader_who_has_it_is_sent_nothing(client):
    first = client.get("/hsds/services")
    tag = first.headers["etag"]
    again = client.get("/hsds/services", headers={"If-None-Match": f'"x", W/{tag}'})
    head = client.head("/hsds/services")

    assert first.headers["cache-control"] == "public, max-age=300"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == tag
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == tag
    assert client.get("/hsds/services?page=0").headers["cache-control"] == "no-store"


def test_every_origin_may_ask(client):
    asked = client.options("/hsds/services")

    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "*"
    assert client.get("/hsds").headers["access-control-allow-origin"] == "*"


def test_the_address_given_is_the_one_asked_and_never_a_made_up_one(client):
    def profile(**headers):
        return client.get("/hsds/", headers=headers).json()["profile"]

    assert profile(host="x.test:80") == "http://x.test:80/hsds/profile"
    assert profile(host="x,y") == "http://localhost/hsds/profile"
    assert profile(**{"x-forwarded-proto": "https"}).startswith("https://")


def test_the_same_release_gives_the_same_bytes(release, data):
    assert dataset_of(release) == data
