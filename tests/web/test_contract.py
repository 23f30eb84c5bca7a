"""The API does what its own description says, and refuses what it doesn't name."""

import copy
import unicodedata
from urllib.parse import urlencode

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

WORDS_OF_THEIR_OWN = {
    *("q", "jurisdiction", "need", "kind", "topic", "audience", "channel", "language"),
    *("near", "place", "cursor", "within_km", "fields", "since", "until"),
    *("located_in", "happened_in", "hosted_in", "lives_in", "platform", "languages"),
    *("role", "age_in_image", "needs"),
}
"""Texts with rules that a schema can't tell, such as the names of towns, and fields
that may contradict each other."""

SHORT = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def conforms(case, address):
    """Every check of schemathesis; but what a schema can't tell may be refused."""
    answer = case.call(base_url=address)
    case.validate_response(answer, excluded_checks=[positive_data_acceptance])
    if case.meta.generation.mode.is_positive and answer.status_code == 400:
        assert answer.json()["parameter"] in WORDS_OF_THEIR_OWN, answer.json()


@pytest.fixture(scope="session")
def document(open_server):
    return httpx.get(f"{open_server}/api/v1/openapi.json").json()


def tried(operation, address):
    """Many requests as described, and many that aren't."""
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @SHORT
        @given(case=operation.as_strategy(generation_mode=mode))
        def each(case):
            conforms(case, address)

        each()


def test_every_operation_keeps_its_description(document, open_server):
    found = schemathesis.openapi.from_dict(document).get_all_operations()
    operations = [one.ok() for one in found]
    for operation in operations:
        tried(operation, open_server)

    assert len(operations) == sum(map(len, document["paths"].values()))


def _wrong_status(document):
    del document["paths"]["/api/v1/jurisdictions/{code}"]["get"]["responses"]["404"]
    return "/api/v1/jurisdictions/{code}", "GET"


def _wrong_answer(document):
    places = document["components"]["schemas"]
    name = next(name for name in places if name.endswith("Places"))
    places[name]["required"].append("never_sent")
    return "/api/v1/jurisdictions", "GET"


def _wrong_parameter(document):
    operation = document["paths"]["/api/v1/coverage"]["get"]
    lang = next(one for one in operation["parameters"] if one["name"] == "lang")
    lang["schema"] = {"type": "string", "enum": ["tlh"]}
    return "/api/v1/coverage", "GET"


def _wrong_body(document):
    operation = document["paths"]["/api/v1/search"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    schema["properties"]["limit"] = {"type": "integer", "minimum": 5}
    return "/api/v1/search", "POST"


@pytest.mark.parametrize(
    "plant", [_wrong_status, _wrong_answer, _wrong_parameter, _wrong_body]
)
def test_a_planted_fault_is_found(document, open_server, plant):
    """Otherwise the test above would prove nothing."""
    faulty = copy.deepcopy(document)
    path, method = plant(faulty)
    operation = schemathesis.openapi.from_dict(faulty)[path][method]

    with pytest.raises((FailureGroup, AssertionError)):
        tried(operation, open_server)


def test_every_operation_refuses_what_is_repeated_or_unknown(client, document):
    seen = 0
    for path, methods in document["paths"].items():
        address = path.replace("{id}", "int-stopncii").replace("{code}", "KE")
        for method, operation in methods.items():
            names = [one["name"] for one in operation.get("parameters", [])]
            names = [name for name in names if f"{{{name}}}" not in path]
            wrong = [[(name, "en"), (name, "en")] for name in names]
            wrong += [[("utm_source", "x")], [("Lang", "en")], [("lang[]", "en")]]
            for pairs in wrong:
                sent = {"content": b'{"located_in": "KE"}'} if method == "post" else {}
                answer = client.request(method, f"{address}?{urlencode(pairs)}", **sent)
                assert answer.status_code == 400, (path, pairs)
                assert answer.json()["remedy"]
                seen += 1

    assert seen > 40


def test_a_body_refuses_a_field_that_is_unknown(client):
    for path in ("search", "plan"):
        answer = client.post(f"/api/v1/{path}", json={"located_in": "KE", "x": 1})
        assert answer.status_code == 400


@pytest.mark.parametrize("extra", ["utm_source=x", "fbclid=%00&a[]=1", "q2=a&sid=1"])
@pytest.mark.parametrize(
    "path", ["/", "/en/", "/en/ke", "/en/search", "/en/plan", "/en/about"]
)
def test_a_page_opens_with_whatever_a_shared_link_brought_along(client, path, extra):
    assert client.get(f"{path}?{extra}").status_code == 200


def test_a_search_in_a_shared_link_still_finds(client):
    plain = client.get("/en/search?q=childline&jurisdiction=GB").text
    shared = client.get("/en/search?q=childline&jurisdiction=GB&utm_source=x").text

    assert plain == shared


def test_a_search_page_asks_again_when_a_field_came_twice(client):
    answer = client.get("/en/search?q=a&q=b")

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("línea de niños", unicodedata.normalize("NFD", "línea de niños")),
        ("बाल हेल्पलाइन", unicodedata.normalize("NFD", "बाल हेल्पलाइन")),
        ("116", "١١٦"),
        ("1098", "१०९८"),
        ("116", "１１６"),
        ("childline", "ＣＨＩＬＤＬＩＮＥ"),
    ],
)
def test_the_same_words_written_otherwise_find_the_same(client, one, other):
    first, second = (
        client.post("/api/v1/search", json={"q": words}).json()["items"]
        for words in (one, other)
    )

    assert first
    assert [item["id"] for item in first] == [item["id"] for item in second]
