"""Pages in a language that is none: whatever still reads as English was forgotten."""

import gettext
import re

import html5lib
import pytest
from litestar.testing import TestClient

from directory import language
from directory.plan.plan import platforms
from directory.web import templating
from directory.web.app import create_app

PLACE = re.compile(r"(%\(\w+\)s)")
LETTERS = str.maketrans("aeiounstrcldAEIOULS", "áéíóúñšťřčľďÁÉÍÓÚĽŠ")
SAID = re.compile(r"⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧")
ENGLISH = re.compile(r"[A-Za-z]{2,}")
OURS = re.compile(r"\bHandrail\b|/api/v1/openapi\.json|\bkm\b")


class Pseudo(gettext.NullTranslations):
    """Every text between marks, and with other letters: Leave is ⟦Ľéávé⟧."""

    def gettext(self, message):
        return "⟦{}⟧".format(
            "".join(
                part if PLACE.fullmatch(part) else part.translate(LETTERS)
                for part in PLACE.split(message)
            )
        )

    def ngettext(self, one, many, number):
        return self.gettext(one if number == 1 else many)


@pytest.fixture(scope="module")
def hindi_as_pseudo(releases, noon):
    """The application, its Hindi texts replaced. Names of countries, languages and days
    stay Hindi, which has no Latin letters, so that what is left over shows."""
    with pytest.MonkeyPatch.context() as patch:
        language.catalogue.cache_clear()
        templating.environment.cache_clear()
        patch.setattr(language.gettext, "translation", lambda *_: Pseudo())
        with TestClient(create_app(releases, clock=lambda: noon)) as found:
            yield found
    language.catalogue.cache_clear()
    templating.environment.cache_clear()


def left_over(page, allowed):
    """Words in Latin letters that no catalogue said, nor a record in its language."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    texts = []

    def walk(one):
        foreign = one.get("lang") not in {None, "hi"}
        if foreign or one.tag in {"bdi", "style", "script"}:
            return
        texts.extend(one.get(name, "") for name in ("aria-label", "title", "alt"))
        texts.append(one.text or "")
        for child in one:
            if isinstance(child.tag, str):
                walk(child)
            texts.append(child.tail or "")

    walk(root)
    # A place or a name within a text of ours is marked by the text around it.
    plain = [OURS.sub("", SAID.sub("", text)) for text in texts]
    return [
        text.strip()
        for text in plain
        if ENGLISH.search(text) and text.strip().split(": ")[-1] not in allowed
    ]


def test_no_english_of_ours_is_left_in_any_page(hindi_as_pseudo, kinds, release):
    names = {name.capitalize() for name in platforms(release)}
    for known in release.subdivision_names.values():
        if "hi" not in known:  # Unicode has none: better an English name than a code
            names.update(known.values())
    for kind, (path, form) in kinds.items():
        to = f"/hi{path}"
        client = hindi_as_pseudo
        answer = client.post(to, data=form) if form else client.get(to)
        assert "⟦" in answer.text
        assert left_over(answer.text, names) == [], kind


def test_a_forgotten_text_is_noticed():
    page = "<html lang=hi><body><p>⟦Ľéávé⟧ now</p><p>⟦Ľéávé⟧ <bdi>Name</bdi> · 1</p>"

    assert left_over(page, set()) == ["now"]
