"""What the wording must never claim, must never leave out, and how easily it reads."""

import re

import pytest
from babel.messages.extract import extract_from_dir, extract_from_file

from directory import ROOT, labels
from directory.language import catalogue, served
from directory.plan import labels as plan_labels

OTHERS = [lang for lang in served() if lang != "en"]
HONEST = (
    "It does not delete your history.",
    "We keep no record of your address",
)
"""Sentences that deny it, or speak of what we store; so do their translations."""

CLAIMS = {
    "en": r"no trace|without (a )?trace|untraceable|invisible|"
    r"(delet|eras|wip|clear)\w* .{0,20}(history|traces?|visit)|"
    r"nobody (can|will) (see|know|find)|"
    r"(completely|fully|totally|100 ?%) (safe|private|secret|anonymous)",
    "es": r"(sin|ning[uú]n) (dejar )?(rastro|huella)|invisible|"
    r"(borr|elimin)\w* .{0,20}(historial|rastro|visita)|"
    r"nadie (puede|podr[aá]) (ver|saber)|"
    r"(totalmente|completamente|100 ?%) (segur|privad|secret|an[oó]nim)",
    "fr": r"(sans|aucune) (laisser de )?traces?|invisible|"
    r"(effac|supprim)\w* .{0,20}(historique|trace|visite)|"
    r"personne ne (peut|pourra) (voir|savoir)|"
    r"(totalement|complètement|entièrement|100 ?%) (s[ûu]r|priv|secret|anonym)",
    "de": r"spurlos|(keine|ohne) Spur|unsichtbar|"
    r"(Verlauf|Spuren|Besuch).{0,20}(lösch|entfern)|lösch\w* .{0,20}(Verlauf|Spuren)|"
    r"niemand (kann|wird) (sehen|wissen|erfahren)|"
    r"(völlig|vollkommen|komplett|ganz|100 ?%) (sicher|privat|geheim|anonym)",
    "ar": r"(دون|بلا|بدون|أي|لا) (ترك )?أثر|غير مرئي|"
    r"(حذف|مسح|محو|يمحو|تمحو) .{0,20}(السجل|سجل|أثر|آثار)|لن يعرف أحد|"
    r"(آمن|سري|مجهول)\w* تمام",
    "hi": r"कोई निशान|निशान नहीं|अदृश्य|"
    r"(इतिहास|हिस्ट्री|निशान).{0,20}(मिटा|हटा|डिलीट)|कोई नहीं (देख|जान)|"
    r"पूरी तरह (सुरक्षित|निजी|गुप्त|गुमनाम)",
}
"""That a visit is erased, leaves no trace, or can't be seen by anybody."""

EMERGENCY = (
    labels.NO_EMERGENCY_NUMBER,
    labels.EVERY_SERVICE,
    labels.UNKNOWN_SERVICE,
    *labels.SERVICE.values(),
    labels.NEED["in-danger"],
    plan_labels.STEP["emergency"],
    plan_labels.REASON["danger"],
    plan_labels.ASK_DANGER,
    "In danger now?",
    "Leave",
    "Skip to the help",
    "If you are in danger, or you might hurt yourself, call the emergency number now.",
    "If the child is in danger now, call the emergency number.",
    (
        "Handrail is a list of places to get help. It is not an emergency service, "
        "and nobody answers here."
    ),
)

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
HARDEST = 6
"""The school year, in the United States, whose pupils can read it: eleven years old."""


def messages(method, source):
    """The English texts of the code or of one template."""
    if source.is_file():
        found = extract_from_file(method, source, options={"newstyle_gettext": "true"})
        return [one[1][0] if isinstance(one[1], tuple) else one[1] for one in found]
    found = extract_from_dir(source, [("**.py", method)], keywords={"N_": None})
    return [one[2] for one in found]


def english():
    return {text for file in TEMPLATES for text in messages("jinja2", file)} | set(
        messages("python", ROOT / "directory")
    )


def grades(text):
    """The Automated Readability Index and the Coleman-Liau Index. Both count letters,
    words and sentences, so that they need no list of syllables."""
    text = re.sub(r"%\(\w+\)s", "Kenya", text)
    words = re.findall(r"[\w'’]+", text)
    letters = sum(map(str.isalnum, text))
    sentences = len(re.findall(r"[.!?:](?=\s|$|”)", text)) or 1
    ari = 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43
    coleman_liau = (5.88 * letters - 29.6 * sentences) / len(words) - 15.8
    return ari, coleman_liau


@pytest.mark.parametrize("lang", list(served()))
def test_no_wording_claims_that_traces_are_gone(lang):
    claims = re.compile(CLAIMS[lang], re.IGNORECASE)
    said = catalogue(lang).gettext
    for text in english():
        if not any(honest in text for honest in HONEST):
            assert not claims.search(said(text)), said(text)


def test_the_page_on_privacy_names_the_history_and_spying_apps():
    parts = (
        ROOT / "templates" / name for name in ("privacy.html", "parts/traces.html")
    )
    told = " ".join(text for part in parts for text in messages("jinja2", part))

    assert "in its history" in told
    assert "spying app" in told
    assert "phone bill" in told


@pytest.mark.parametrize("lang", OTHERS)
def test_what_to_do_in_an_emergency_is_said_in_every_language(lang):
    known = english()
    for text in EMERGENCY:
        assert text in known, text
        if " " in text:  # French says Police, too
            assert catalogue(lang).gettext(text) != text


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda one: one.stem)
def test_a_page_reads_easily(file):
    found = messages("jinja2", file)
    text = " ".join(one if one[-1] in ".!?:" else f"{one}." for one in found)
    if len(text.split()) > 40:
        assert max(grades(text)) <= HARDEST


def test_the_sentences_of_the_code_read_easily():
    found = messages("python", ROOT / "directory")
    sentences = [one for one in found if len(one.split()) > 7]
    assert len(sentences) > 30

    assert max(grades(" ".join(sentences))) <= HARDEST


def test_officialese_is_found_hard_to_read():
    """So that the tests above can fail."""
    hard = (
        "Notwithstanding the aforementioned confidentiality considerations, "
        "practitioners are obliged to communicate safeguarding information."
    )

    assert min(grades(hard)) > HARDEST


@pytest.mark.parametrize(
    ("lang", "claim"),
    [
        ("en", "Leave deletes your history."),
        ("es", "Salir borra tu historial."),
        ("fr", "Quitter efface ton historique."),
        ("de", "Dein Verlauf wird gelöscht."),
        ("ar", "يتم مسح السجل"),
        ("hi", "इससे आपका इतिहास मिट जाता है: कोई निशान नहीं"),
    ],
)
def test_a_claim_that_traces_are_gone_is_noticed(lang, claim):
    assert re.search(CLAIMS[lang], claim, re.IGNORECASE)
