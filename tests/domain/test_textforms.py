"""One form for what people write in many ways."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.textforms import folded, tokens

ANY_SCRIPT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("éÉßẞıİſæÆøØłđŉǅﬁ½²①٣߃०๔ابةىئآأـًالوللक़ीा่ำ々ー漢字かカｶﾞ가ㄱ"),
        st.sampled_from("\u0301\u0307\u0308\u0345\u200b\u200d\u200e\u00ad\ufeff \n"),
    )
)
LATIN = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x24F),
        st.characters(min_codepoint=0x1E00, max_codepoint=0x1EFF),
    )
)


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("Sextorsión", "sextorsion"),
        ("ÉCOUTE", "ecoute"),
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("Łódź", "lodz"),
        ("Århus", "arhus"),
        ("Ærø", "aero"),
        ("Đà Nẵng", "da nang"),
        ("Diyarbakır", "diyarbakir"),
        ("DİYARBAKIR", "diyarbakir"),
        ("Ελπίδα", "ελπιδα"),
        ("ΕΛΠΊΔΑΣ", "ελπιδασ"),
        ("Ёлка", "елка"),
        ("  help  ", "help"),
        ("ﬁnd", "find"),
        ("ｈｅｌｐ", "help"),
    ],
)
def test_case_and_accents_are_one_form(written, form):
    assert folded(written) == form


@pytest.mark.parametrize(
    "written",
    ["116111", "١١٦١١١", "۱۱۶۱۱۱", "११६१११", "১১৬১১১", "๑๑๖๑๑๑", "１１６１１１"],
)
def test_digits_of_any_script_are_ascii(written):
    assert tokens(written) == ["116111"]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("أمان", "امان"),
        ("إساءة", "اساءه"),
        ("آمن", "امن"),
        ("مُسَاعَدَة", "مساعده"),
        ("مـــساعدة", "مساعده"),
        ("علی", "علي"),
        ("کودک", "كودك"),
    ],
)
def test_forms_of_one_arabic_letter_are_one(written, form):
    assert folded(written) == form


@pytest.mark.parametrize("written", ["طفل", "الطفل", "والطفل", "للطفل", "بالطفل"])
def test_an_arabic_word_is_found_with_and_without_its_article(written):
    assert tokens(written) == ["طفل"]


@pytest.mark.parametrize("written", ["الو", "الى", "بال"])
def test_what_only_looks_like_an_article_stays(written):
    assert tokens(written) == [folded(written)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("बाल", "बल"),
        ("कि", "की"),
        ("মা", "ম"),
        ("தமிழ்", "தமழ்"),
        ("เด็ก", "เดก"),
        ("မြန်မာ", "မန်မာ"),
    ],
)
def test_vowel_signs_are_letters_and_stay(one, other):
    assert tokens(one) != tokens(other)


@pytest.mark.parametrize(
    ("written", "pairs"),
    [
        ("子ども", ["子ど", "ども"]),
        ("儿童热线", ["儿童", "童热", "热线"]),
        ("ヘルプライン", ["ヘル", "ルプ", "プラ", "ライ", "イン"]),
        ("字", ["字"]),
        ("สาย", ["สา", "าย"]),
    ],
)
def test_scripts_without_spaces_are_read_in_overlapping_pairs(written, pairs):
    assert tokens(written) == pairs


def test_a_pair_never_reaches_across_two_scripts_or_a_space():
    assert tokens("子 女line電話") == ["子", "女", "line", "電話"]


def test_a_thai_word_is_found_inside_a_sentence_without_spaces():
    """Thai children's line: what a child types is a part of what the record says."""
    assert set(tokens("เด็ก")) <= set(tokens("สายด่วนเด็กและเยาวชน"))


@pytest.mark.parametrize(
    "mark",
    ["\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u00ad", "\u2060", "\ufeff"],
)
def test_marks_that_nobody_sees_make_no_difference(mark):
    assert tokens(f"{mark}he{mark}lp{mark}") == ["help"]


def test_what_stands_between_words_is_left_out():
    assert tokens("I'm 13 – help_me! (now)") == ["i", "m", "13", "help", "me", "now"]


@pytest.mark.parametrize("written", ["", " ", "…", "😀", "\0", "\u200b", "+*#"])
def test_without_a_word_there_are_no_tokens(written):
    assert tokens(written) == []


@given(ANY_SCRIPT)
def test_composed_and_decomposed_text_give_the_same_tokens(text):
    assert tokens(unicodedata.normalize("NFC", text)) == tokens(
        unicodedata.normalize("NFD", text)
    )


@given(ANY_SCRIPT)
def test_folding_twice_changes_nothing_more(text):
    assert folded(folded(text)) == folded(text)


@given(ANY_SCRIPT)
def test_tokens_of_tokens_joined_are_the_same(text):
    """The index splits at spaces what was joined by spaces."""
    joined = " ".join(tokens(text))

    assert joined.split() == tokens(text)


@given(ANY_SCRIPT)
@example("\ud83d")
def test_any_text_gives_words_without_spaces(text):
    for token in tokens(text):
        assert token
        assert not any(mark.isspace() for mark in token)
        assert token == token.casefold()


@given(LATIN)
def test_capitals_and_small_letters_give_the_same_tokens(text):
    assert tokens(text.upper()) == tokens(text.lower()) == tokens(text)
