"""The JSON API: what is found, what is refused, and what shared caches may keep."""

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.search.question import Question

MARKER = "zqmarkerqz"
API = "/api/v1"


def refused(answer, status=400):
    """Every refusal has this one shape."""
    assert status == answer.status_code, answer.text
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    body = answer.json()
    assert status == body["status"]
    assert body["title"]
    assert body["detail"]
    return body


def test_finds_the_childrens_line_of_a_country_first(client):
    body = client.get(
        f"{API}/resources", params={"q": "child helpline", "jurisdiction": "KE"}
    ).json()

    first = body["items"][0]
    assert first["id"] == "ke-child-helpline-116"
    assert first["rung"] == "country"
    assert first["jurisdiction"] == "KE"
    assert "name" in {match["by"] for match in first["matched"]}
    assert {"release", "total", "items", "facets", "next"} <= set(body)


def test_an_item_is_the_record_and_how_it_was_found(client):
    item = client.get(f"{API}/resources", params={"jurisdiction": "DE"}).json()[
        "items"
    ][0]
    record = client.get(f"{API}/resources/{item['id']}").json()

    assert record == {key: item[key] for key in record}
    assert len(item["now"]) == len(item["channels"])


def test_the_same_fields_in_a_body_find_the_same(client):
    fields = {"q": "nudes leaked", "jurisdiction": "IN", "limit": 5}
    sent = client.post(f"{API}/search", json=fields)
    asked = client.get(f"{API}/resources", params=fields)

    assert sent.json() == asked.json()
    assert sent.headers["cache-control"] == "no-store"


def test_a_list_may_come_as_an_array_in_a_body(client):
    as_text = client.post(f"{API}/search", json={"channel": "sms,chat"}).json()
    as_array = client.post(f"{API}/search", json={"channel": ["sms", "chat"]}).json()

    assert as_text["items"] == as_array["items"]


def test_labels_come_in_the_language_asked_for(client):
    german = client.get(f"{API}/resources", params={"lang": "de"}).json()
    kinds = {count["value"]: count["label"] for count in german["facets"]["kind"]}
    english = client.get(f"{API}/resources", params={"lang": "en"}).json()

    assert kinds["police-report"] == "Polizei"
    assert english["facets"] != german["facets"]
    assert english["total"] == german["total"]


def test_nothing_found_comes_with_advice(client):
    body = client.get(f"{API}/resources", params={"q": "qqxxzzvv"}).json()

    assert body["total"] == 0
    assert body["items"] == []
    assert body["advice"][0]["code"] == "nothing-found"


@pytest.mark.parametrize("name", ["KE", "ke", "KEN", "Kenya", "Kenia", "كينيا", "केन्या"])
def test_a_place_is_found_by_code_and_by_name_in_every_language(client, name):
    place = client.get(f"{API}/jurisdictions/{name}").json()

    assert place["code"] == "KE"
    assert [rung["code"] for rung in place["ladder"]] == ["KE", "001"]
    assert place["emergency"][0]["services"]
    assert place["emergency"][0]["sources"]


def test_a_place_names_what_is_missing_and_where_it_is_found(client):
    gaps = client.get(f"{API}/jurisdictions/KE").json()["missing"]

    assert {"own-thoughts"} <= {gap["need"] for gap in gaps}
    assert next(g["found_in"] for g in gaps if g["need"] == "own-thoughts") == "001"


def test_a_place_without_a_known_number_says_so(client):
    place = client.get(f"{API}/jurisdictions/PN", params={"lang": "en"}).json()

    assert place["emergency"] == []
    assert "don't know an emergency number" in place["emergency_advice"]


def test_any_subdivision_can_be_asked_for(client):
    place = client.get(f"{API}/jurisdictions/US-WY").json()

    assert [rung["code"] for rung in place["ladder"]] == ["US-WY", "US", "001"]
    assert place["emergency"][0]["value"] == "911"
    assert place["emergency"][0]["jurisdiction"] == "US"


def test_every_country_is_listed(client):
    places = client.get(f"{API}/jurisdictions").json()["items"]

    assert sum(place["level"] == "country" for place in places) == 250
    assert {"001", "EU", "XK", "US-TX"} <= {place["code"] for place in places}


def test_a_retired_record_is_gone_and_names_its_successor(client):
    body = refused(client.get(f"{API}/resources/int-stop-it-now-au"), 410)

    assert body["successor"] == "au-stop-it-now"
    assert client.get(f"{API}/resources/{body['successor']}").status_code == 200


def test_a_record_without_a_source_is_nowhere(client):
    refused(client.get(f"{API}/resources/pl-niebieska-linia"), 404)


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"age": "old"}, "age"),
        ({"age": "121"}, "age"),
        ({"age": "-1"}, "age"),
        ({"limit": "0"}, "limit"),
        ({"limit": "101"}, "limit"),
        ({"need": "pizza"}, "need"),
        ({"kind": "csam-hotline,x"}, "kind"),
        ({"topic": "x"}, "topic"),
        ({"audience": "x"}, "audience"),
        ({"channel": "fax"}, "channel"),
        ({"language": "!!"}, "language"),
        ({"lang": "xx"}, "lang"),
        ({"jurisdiction": "ZZ"}, "jurisdiction"),
        ({"near": "91,0"}, "near"),
        ({"near": "1"}, "near"),
        ({"near": "nan,nan"}, "near"),
        ({"near": "inf,0"}, "near"),
        ({"near": "1,1", "place": "Nairobi"}, "place"),
        ({"place": "Qqxxzz"}, "place"),
        ({"within_km": "5"}, "within_km"),
        ({"open_now": "perhaps"}, "open_now"),
        ({"q": "a" * 10_000}, "q"),
        ({"q": "see https://example.org/x"}, "q"),
        ({"q": "WWW.example.org"}, "q"),
        ({"cursor": "abc"}, "cursor"),
        ({"unheard_of": "1"}, "parameters"),
    ],
)
def test_what_cannot_be_understood_names_the_parameter_and_the_remedy(
    client, parameters, named
):
    body = refused(client.get(f"{API}/resources", params=parameters))

    assert named == body["parameter"]
    assert body["remedy"]


def test_a_parameter_given_twice_is_refused(client):
    body = refused(client.get(f"{API}/resources?q=a&q=b"))

    assert body["parameter"] == "q"


@pytest.mark.parametrize(
    "path", ["/resources/int-stopncii", "/jurisdictions", "/jurisdictions/KE"]
)
def test_single_answers_take_no_parameter_but_lang(client, path):
    refused(client.get(f"{API}{path}?q=1"))
    assert client.get(f"{API}{path}?lang=fr").status_code == 200


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'"x"', b"\xff", b'{"q": 1, "z": 2}', b"[" * 5000]
)
def test_a_body_that_is_no_question_is_refused(client, body):
    refused(client.post(f"{API}/search", content=body))


def test_what_was_sent_never_comes_back_in_an_error(client):
    answers = [
        client.get(f"{API}/{MARKER}"),
        client.get(f"{API}/resources/{MARKER}"),
        client.get(f"{API}/jurisdictions/{MARKER}"),
        client.get(f"{API}/resources", params={MARKER: MARKER}),
        client.get(f"{API}/resources", params={"kind": MARKER}),
        client.get(f"{API}/resources", params={"place": MARKER}),
        client.post(f"{API}/search", json={"age": MARKER}),
        client.post(f"{API}/search", content=MARKER),
        client.get(f"/en/{MARKER}"),
        client.get(f"/{MARKER}"),
    ]

    for answer in answers:
        assert 400 <= answer.status_code < 500
        assert MARKER not in answer.text


def test_a_wrong_method_and_an_unknown_path_are_problems_too(client):
    refused(client.post(f"{API}/resources"), 405)
    refused(client.get(f"{API}/nothing/here"), 404)
    refused(client.get(API), 404)


def test_what_shows_no_time_is_tagged_by_the_release_alone(client):
    first = client.get(f"{API}/resources/int-stopncii")
    again = client.get(
        f"{API}/resources/int-stopncii",
        headers={"If-None-Match": first.headers["etag"]},
    )

    assert again.status_code == 304
    assert again.content == b""
    assert first.headers["etag"] == again.headers["etag"]
    assert "public" in first.headers["cache-control"]


def test_what_says_open_or_closed_is_tagged_by_the_minute(client, noon):
    found = client.get(f"{API}/resources")
    minute = int(noon.timestamp()) // 60

    assert str(minute) == found.headers["etag"].rstrip('"').split("-")[-1]
    assert "Accept-Language" in found.headers["vary"]


def test_a_head_request_has_the_headers_and_no_body(client):
    answer = client.head(f"{API}/resources/int-stopncii")

    assert answer.status_code == 200
    assert answer.content == b""
    assert answer.headers["etag"]


def test_every_origin_may_read(client):
    assert client.get(f"{API}/resources").headers["access-control-allow-origin"] == "*"
    before = client.options(f"{API}/search", headers={"Origin": "https://example.org"})
    assert before.status_code == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    problem = client.get(f"{API}/nothing")
    assert problem.headers["access-control-allow-origin"] == "*"


def test_the_description_is_made_from_the_same_types(client):
    document = client.get(f"{API}/openapi.json").json()
    asked = document["paths"][f"{API}/resources"]["get"]

    assert document["openapi"].startswith("3.1")
    assert set(Question.__struct_fields__) == {p["name"] for p in asked["parameters"]}
    body = document["paths"][f"{API}/search"]["post"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]
    assert set(Question.__struct_fields__) == set(schema["properties"])
    assert "http" not in json.dumps(document).replace("https://creativecommons", "")


def test_answers_obey_the_description(client):
    document = client.get(f"{API}/openapi.json").json()
    cases = {
        f"{API}/resources": f"{API}/resources",
        f"{API}/resources/{{id}}": f"{API}/resources/int-stopncii",
        f"{API}/jurisdictions": f"{API}/jurisdictions",
        f"{API}/jurisdictions/{{code}}": f"{API}/jurisdictions/KE",
    }
    for path, example in cases.items():
        described = document["paths"][path]["get"]["responses"]["200"]
        schema = described["content"]["application/json"]["schema"]
        validator = jsonschema.Draft202012Validator(
            {**schema, "components": document["components"]}
        )
        faults = list(validator.iter_errors(client.get(example).json()))
        assert [fault.message[:200] for fault in faults] == [], path


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text(max_size=400))
def test_any_text_is_answered_or_refused_and_never_a_fault(client, text):
    answer = client.post(f"{API}/search", json={"q": text})

    assert answer.status_code in {200, 400}


@settings(
    deadline=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    fields=st.dictionaries(
        st.sampled_from([*Question.__struct_fields__, "other"]),
        st.one_of(
            st.text(max_size=30),
            st.integers(),
            st.booleans(),
            st.none(),
            st.floats(),
            st.lists(st.text(max_size=5), max_size=3),
        ),
        max_size=6,
    )
)
def test_any_fields_are_answered_or_refused_and_never_a_fault(client, fields):
    content = json.dumps(fields, allow_nan=True)
    answer = client.post(f"{API}/search", content=content)

    assert answer.status_code in {200, 400}
