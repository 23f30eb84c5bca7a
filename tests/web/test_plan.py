"""The plan, the law and the coverage: as JSON and as pages."""

import re

import html5lib
import pytest

from directory.language import served
from directory.plan.situation import Situation

API = "/api/v1"
BOY = {
    "located_in": "KE",
    "happened_in": None,
    "hosted_in": "US",
    "platform": None,
    "lives_in": None,
    "subject": "me",
    "role": "young-person",
    "age": 15,
    "age_in_image": 14,
    "needs": ["blackmail"],
    "languages": ["sw"],
    "silent": True,
    "anonymous": True,
    "in_danger": False,
    "lang": "en",
}


def parsed(answer):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        answer.text
    )


def test_a_plan_has_the_shape_that_partners_build_on(client):
    answer = client.post(f"{API}/plan", json=BOY)
    body = answer.json()

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert {
        "release",
        "situation",
        "steps",
        "guidance",
        "image_guidance",
        "gaps",
        "duties",
    } == set(body)
    for step in body["steps"]:
        assert step["reason"]["code"]
        assert step["reason"]["text"]
        assert step["checked_on"]
        assert step["rung"] in {"subdivision", "country", "supranational", "world"}
        if step["kind"] != "emergency":
            assert step["resource"]["id"]
            assert step["channel"]["value"]


def test_the_resource_of_a_step_is_the_record_itself(client):
    step = client.post(f"{API}/plan", json=BOY).json()["steps"][0]

    assert (
        step["resource"]
        == client.get(f"{API}/resources/{step['resource']['id']}").json()
    )


@pytest.mark.parametrize("lang", list(served()))
def test_reasons_come_in_every_language(client, lang):
    steps = client.post(f"{API}/plan", json=BOY | {"lang": lang}).json()["steps"]
    english = client.post(f"{API}/plan", json=BOY).json()["steps"]

    for step, original in zip(steps, english, strict=True):
        assert step["reason"]["code"] == original["reason"]["code"]
        assert "%(" not in step["reason"]["text"]
        if lang != "en":
            assert step["reason"]["text"] != original["reason"]["text"]


def test_somebody_who_cannot_speak_is_not_sent_to_a_phone_first(client):
    first = client.post(f"{API}/plan", json=BOY).json()["steps"][0]

    assert first["channel"]["type"] != "phone"


def test_danger_comes_first_and_says_who_answers(client):
    steps = client.post(f"{API}/plan", json=BOY | {"in_danger": True}).json()["steps"]

    assert steps[0]["kind"] == "emergency"
    assert steps[0]["numbers"][0]["value"] == "999"
    assert "police" in steps[0]["numbers"][0]["services"]
    assert "Police" in steps[0]["numbers"][0]["label"]


def test_what_to_do_with_a_picture_is_official_or_says_that_it_is_careful(client):
    official = client.post(f"{API}/plan", json=BOY).json()["image_guidance"]
    careful = client.post(f"{API}/plan", json=BOY | {"located_in": "TD"}).json()[
        "image_guidance"
    ]

    assert official["careful"] is False
    assert official["facts"][0]["sources"]
    assert careful["careful"] is True
    assert "don't save" in careful["text"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"located_in": None}, "located_in"),
        ({"age_in_image": 16}, "age_in_image"),
        ({"role": "survivor"}, "role"),
        ({"needs": ["pizza"]}, "needs"),
        ({"platform": "nowhere"}, "platform"),
        ({"surprise": 1}, "body"),
    ],
)
def test_a_situation_that_cannot_be_names_the_field(client, change, named):
    answer = client.post(f"{API}/plan", json=BOY | change)

    assert answer.status_code == 400
    assert named == answer.json()["parameter"]
    assert answer.json()["remedy"]


def test_a_professional_is_told_what_the_law_asks(client):
    asked = {"located_in": "US-TX", "role": "professional"}
    duties = client.post(f"{API}/plan", json=asked).json()["duties"]

    assert duties
    assert all(fact["sources"] for fact in duties)
    assert client.post(f"{API}/plan", json=BOY).json()["duties"] == []


def test_a_plan_is_asked_for_in_a_body_only(client):
    assert client.get(f"{API}/plan?located_in=KE").status_code == 405
    assert client.post(f"{API}/plan?located_in=KE", json=BOY).status_code == 400


def test_every_field_of_a_situation_is_described(client):
    document = client.get(f"{API}/openapi.json").json()
    body = document["paths"][f"{API}/plan"]["post"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]

    assert set(Situation.__struct_fields__) == set(schema["properties"])
    assert schema["required"] == ["located_in"]


def test_the_law_stands_with_its_source_and_is_no_advice(client):
    body = client.get(f"{API}/jurisdictions/IN/law").json()

    assert "not legal advice" in body["disclaimer"]
    assert body["laws"][0]["jurisdiction"] == "IN"
    for law in body["laws"]:
        for fact in law.get("facts", ()):
            assert fact["sources"]
            assert "held" not in fact
            assert "notes" not in fact
    page = client.get("/en/in/law")
    assert "not legal advice" in page.text
    assert parsed(page).find(".//h1") is not None


def test_coverage_says_what_is_missing_and_where_it_is_found(client):
    body = client.get(f"{API}/coverage").json()
    chad = next(row for row in body["countries"] if row["code"] == "TD")
    cells = {cell["need"]: cell for cell in chad["cells"]}

    assert len(body["countries"]) == 250
    assert cells["remove"]["services"] == 0
    assert cells["remove"]["found_in"] == "001"
    assert client.get("/ar/coverage").status_code == 200


def fields_of(page):
    """The hidden fields of the form that goes on."""
    return [
        (one.get("name"), one.get("value"))
        for one in page.iterfind(".//form//input[@type='hidden']")
    ]


@pytest.mark.parametrize("lang", list(served()))
def test_questions_lead_to_a_plan_and_the_address_says_nothing(client, lang):
    address = f"/{lang}/plan"
    first = parsed(client.get(address))
    assert first.find(".//select[@name='located_in']") is not None

    second = client.post(address, data={"page": "1", "located_in": "KE", "go": "next"})
    fields = fields_of(parsed(second))
    assert ("located_in", "KE") in fields

    data = dict(fields) | {"role": "young-person", "age": "15", "needs": "blackmail"}
    plan = client.post(address, data=data | {"go": "show"})
    page = parsed(plan)
    assert plan.status_code == 200
    assert str(plan.url).endswith(address)
    assert plan.headers["cache-control"] == "no-store"
    assert page.findall(".//ol[@class='steps']/li")
    assert ("needs", "blackmail") in fields_of(page)


def test_there_are_at_most_four_questions_on_a_page(client):
    data = {"located_in": "KE"}
    for number in range(4):
        page = parsed(client.post("/en/plan", data=data | {"page": str(number)}))
        asked = {
            one.get("name")
            for tag in ("select", "input")
            for one in page.iterfind(f".//form//{tag}")
            if one.get("type") != "hidden"
        }
        assert 3 <= len(asked) <= 4


def test_a_wrong_answer_is_asked_again_kindly(client):
    answer = client.post(
        "/en/plan", data={"located_in": "KE", "age": "old", "go": "show"}
    )

    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'name="age"' in answer.text


def test_no_question_is_a_box_for_words(client):
    """Nothing that somebody could paste a picture's address into."""
    for number in range(4):
        page = parsed(client.post("/en/plan", data={"page": str(number)}))
        for one in page.iterfind(".//input"):
            kind = one.get("type", "number")
            assert kind in {"hidden", "checkbox"} or one.get("maxlength") == "3"
        assert page.find(".//textarea") is None


@pytest.mark.parametrize("lang", list(served()))
def test_every_page_of_advice_leads_into_the_plan(client, release, lang):
    assert len(release.guidance) == 10
    for one in release.guidance:
        answer = client.get(f"/{lang}/g/{one.page}")
        page = parsed(answer)
        assert answer.status_code == 200
        assert one.sources
        assert page.find(".//form[@method='post']") is not None
        assert fields_of(page)
        assert one.id not in one.page
        title = page.find(".//title").text
        assert title != page.find(".//h1").text


def test_advice_never_tells_anyone_to_keep_a_sexual_picture(client, release):
    for one in release.guidance:
        text = client.get(f"/en/g/{one.page}").text.lower()
        assert not re.search(r"(?<!don't )(?<!or )take a screenshot", text)
        assert "you should have" not in text


def test_the_country_page_hands_its_place_to_the_plan(client):
    page = parsed(client.get("/en/ke"))

    assert ("located_in", "KE") in fields_of(page)
    assert page.find(".//a[@href='/en/ke/law']") is not None
