"""Whatever goes wrong, a person gets a page in their language with a way out."""

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.language import direction, served
from directory.web import pages

LANGUAGES = list(served())


def is_a_calm_page(answer, lang):
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    page = parser.parse(answer.text)
    assert page.get("lang") == lang
    assert page.get("dir") == direction(lang)
    links = [one.get("href") for one in page.iterfind(".//a")]
    assert links[:2] == ["#main", "/weather"]
    assert f"/{lang}/" in links
    assert len(page.findall(".//h1")) == 1


@pytest.fixture
def broken(client, monkeypatch):
    """The application with a page that fails, and in whose fault something was sent."""

    def fails(*_args, **_view):
        raise RuntimeError("zqmarkerqz")

    monkeypatch.setattr(pages, "place_view", fails)
    return client


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("status", "method", "path"),
    [
        (404, "GET", "/nothing"),
        (404, "GET", "/r/aaaaaaaa"),
        (404, "GET", "/ke/x/y/z"),
        (405, "POST", "/ke"),
        (405, "DELETE", "/search"),
        (405, "BREW", "/"),
        (400, "POST", "/plan"),
        (400, "GET", "/search?q=%ff"),
        (413, "POST", "/search"),
        (414, "GET", f"/search?{'a' * 17_000}"),
        (415, "POST", "/go"),
        (500, "GET", "/ke?made=anew"),
    ],
)
def test_every_error_is_a_page_with_the_way_out(broken, lang, status, method, path):
    sent = {
        400: {"data": {"page": "99"}},
        413: {"content": b"a" * 30_000},
        415: {"content": b"{}", "headers": {"Content-Type": "application/json"}},
    }.get(status, {})
    if method == "GET":
        sent = {}
    answer = broken.request(method, f"/{lang}{path}", **sent)

    assert answer.status_code == status
    is_a_calm_page(answer, lang)
    assert "zqmarkerqz" not in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_language_in_the_address_the_browsers_is_spoken(client, lang):
    answer = client.get("/zz/nothing/here", headers={"Accept-Language": f"{lang}, en"})

    assert answer.status_code == 404
    is_a_calm_page(answer, lang)


PARTS = st.one_of(
    st.sampled_from(
        ["en", "ar", "ke", "KE", "us-tx", "001", "r", "g", "law", "search", "plan"]
    ),
    st.sampled_from(
        ["..", ".", "%2e%2e", "%2f", "%00", "%ff", "{{7*7}}", "s", "", ";"]
    ),
    st.text(max_size=8).map(lambda text: text.encode("utf-8", "ignore").hex("%")),
)
NAMES = st.sampled_from(
    [
        *("q", "place", "jurisdiction", "need", "age", "near", "open_now", "cursor"),
        *("page", "go", "located_in", "role", "needs", "subject", "age_in_image", "x"),
    ]
)
FORMS = st.lists(st.tuples(NAMES, st.text(max_size=30)), max_size=6)
HEADERS = st.dictionaries(
    st.sampled_from(
        ["Accept-Language", "Cookie", "X-Forwarded-For", "If-None-Match", "Accept"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
    max_size=3,
)
OFTEN = settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _is_a_page_or_leads_on(answer):
    assert answer.status_code < 500
    if 300 <= answer.status_code < 400:
        assert answer.headers["location"].startswith(("/", "https://www.wikipedia.org"))
        assert not answer.headers["location"].startswith("//")
    elif answer.status_code != 405:
        assert answer.headers["content-type"].startswith(("text/html", "text/css"))
    if answer.headers["content-type"].startswith("text/html"):
        assert 'href="/weather"' in answer.text


@OFTEN
@given(parts=st.lists(PARTS, max_size=5), headers=HEADERS, form=FORMS)
def test_any_address_is_a_page_or_leads_to_one(visitor, parts, headers, form):
    path = "/" + "/".join(parts)
    for answer in (
        visitor.get(path, headers=headers, follow_redirects=False),
        visitor.get(path, params=form, follow_redirects=False),
    ):
        _is_a_page_or_leads_on(answer)
    visitor.cookies.clear()


@OFTEN
@given(
    path=st.sampled_from(["search", "plan", "go"]),
    lang=st.sampled_from(LANGUAGES),
    form=FORMS,
)
def test_any_form_is_answered_with_a_page(client, path, lang, form):
    pairs = dict(form)
    answer = client.post(f"/{lang}/{path}", data=pairs, follow_redirects=False)

    assert answer.status_code in {200, 303, 400, 404}
    _is_a_page_or_leads_on(answer)


@OFTEN
@given(text=st.text(max_size=320))
def test_any_words_are_searched_or_asked_for_again(client, text):
    answer = client.get("/en/search", params={"q": text})

    assert answer.status_code in {200, 400}
    assert answer.status_code == 200 or 'role="alert"' in answer.text
