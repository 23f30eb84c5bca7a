"""Every language is whole, and says the same as the English does."""

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from directory import ROOT
from directory.language import catalogue, served

LANGUAGES = [lang for lang in served() if lang != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)s")
OUTDATED = re.compile(
    r"child porn|pornograf[íi]a infantil|p[ée]dopornogra|kinderporno|إباحية الأطفال|"
    r"चाइल्ड पोर्न|you should have",
    re.IGNORECASE,
)


def messages(lang) -> Catalog:
    with (ROOT / "i18n" / lang / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=lang)


def texts(value):
    return list(value) if isinstance(value, tuple | list) else [value]


@pytest.fixture(scope="module")
def source():
    """Every text that the code and the templates hold today."""
    found = set()
    for folder, method in (("directory", "python"), ("templates", "jinja2")):
        ending = "py" if method == "python" else "html"
        for _, _, message, _, _ in extract_from_dir(
            ROOT / folder,
            [(f"**.{ending}", method)],
            options_map={
                "**.html": {"newstyle_gettext": "true", "trimmed": "true"},
            },
            keywords={
                "N_": None,
                "_": None,
                "gettext": None,
                "ngettext": (1, 2),
            },
        ):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_text_is_translated(lang, source):
    known = {texts(one.id)[0]: one for one in messages(lang) if one.id}

    assert source == set(known), "run `make i18n` and fill in what is new"
    for message in known.values():
        assert all(text.strip() for text in texts(message.string)), message.id
        assert not message.fuzzy, message.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_placeholders_are_the_same(lang):
    for message in messages(lang):
        if not message.id:
            continue
        wanted = set(PLACEHOLDER.findall(texts(message.id)[-1]))
        for text in texts(message.string):
            if message.pluralizable:
                assert set(PLACEHOLDER.findall(text)) <= wanted, message.id
            else:
                assert wanted == set(PLACEHOLDER.findall(text)), message.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_outdated_term_stands_in_a_translation(lang):
    for message in messages(lang):
        for text in texts(message.string):
            assert not OUTDATED.search(text), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_compiled_texts_are_those_of_the_file(lang):
    compiled = catalogue(lang)
    for message in messages(lang):
        if message.id and not message.pluralizable:
            assert message.string == compiled.gettext(message.id)
