"""The API's page for people: everything in it, nothing from elsewhere."""

import re

import pytest
from lxml import html

from directory.language import served

API = "/api/v1"


@pytest.fixture(scope="module")
def tree(client):
    return html.fromstring(client.get("/en/api").content)


def test_the_bare_address_leads_to_the_page_in_the_readers_language(client):
    for path in ("/api", "/api/", "/api/docs"):
        answer = client.get(
            path, headers={"Accept-Language": "de"}, follow_redirects=False
        )
        assert (answer.status_code, answer.headers["location"]) == (303, "/de/api")
        assert answer.headers["vary"] == "Accept-Language"


def test_every_operation_with_every_parameter_is_there(client, tree):
    document = client.get(f"{API}/openapi.json").json()
    blocks = {one.findtext("summary/code"): one for one in tree.iter("details")}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            shown = blocks[f"{method.upper()} {path}"].text_content()
            for one in operation.get("parameters", []):
                assert one["name"] in shown
            for code in operation["responses"]:
                assert code in shown
    for name in document["components"]["schemas"]:
        assert name in blocks


def test_nothing_is_loaded_from_elsewhere_and_nothing_needs_a_script(client, tree):
    loaded = [
        *tree.xpath("//script/@src | //img/@src | //iframe/@src | //form/@action"),
        *tree.xpath("//link/@href"),
    ]

    assert loaded
    assert all(re.match(r"/(?!/)", one) for one in loaded), loaded
    assert not tree.xpath("//*[@onclick or @style] | //script[not(@src)] | //style")


def test_every_form_and_every_example_is_answered(client, tree):
    for form in tree.xpath("//main//form"):
        sent = {one.get("name"): one.get("value", "") for one in form.xpath(".//input")}
        sent |= {one.get("name"): "" for one in form.xpath(".//select")}
        answer = client.get(form.get("action"), params=sent)
        assert answer.status_code == 200, (form.get("action"), answer.text[:200])
    for href in tree.xpath("//main//a/@href"):
        if href.startswith("/"):
            assert client.get(href).status_code == 200, href
        elif href.startswith("#"):
            assert tree.xpath("//*[@id=$name]", name=href[1:]), href


@pytest.mark.parametrize("lang", served())
def test_the_about_page_leads_to_it_and_to_the_corrections(client, lang):
    about = client.get(f"/{lang}/about").text

    for path in ("api", "corrections"):
        assert f'href="/{lang}/{path}"' in about
        assert client.get(f"/{lang}/{path}").status_code == 200
