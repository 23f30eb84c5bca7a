"""One form for what people write in many ways: case, accents, digits, scripts.

Used alike on records and on queries. Marks are stripped only where they are accents
(Latin, Greek, Cyrillic, Arabic, Hebrew): in Indic and South-East Asian scripts they
are vowels and stay.
"""

import unicodedata
from functools import lru_cache

import regex

_ACCENTS = regex.compile(
    r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}\p{Arabic}\p{Hebrew}]\p{M}*)\p{M}"
)
_RUN = regex.compile(
    r"(?V1)(?P<joined>[\p{Han}\p{Hiragana}\p{Katakana}ー々]+"
    r"|[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+)"
    r"|(?P<word>[[\p{L}\p{M}\p{N}]--[\p{Han}\p{Hiragana}\p{Katakana}ー々"
    r"\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]]+)"
)
_ARABIC = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ـ": None,
    }
)
_LATIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae"})
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_INVISIBLE = regex.compile(r"\p{Cf}+")


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Lower case, without accents, invisible marks or other scripts' digits."""
    text = text.encode("utf-8", "ignore").decode()  # halves of a pair are no letters
    text = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold()
    text = _ACCENTS.sub("", text)
    text = unicodedata.normalize("NFC", text)
    text = text.translate(_ARABIC).translate(_LATIN)
    return "".join(
        str(unicodedata.digit(mark)) if mark.isdigit() and not mark.isascii() else mark
        for mark in text
    ).strip()


def tokens(text: str) -> list[str]:
    """The words of a text. Scripts without spaces give overlapping pairs of letters;
    an Arabic word also stands without its article."""
    found: list[str] = []
    for run in _RUN.finditer(folded(text)):
        if run["joined"]:
            joined = run["joined"]
            found.extend(
                [joined[i : i + 2] for i in range(len(joined) - 1)] or [joined]
            )
        else:
            found.append(_bare(run["word"]))
    return found


def _bare(word: str) -> str:
    """An Arabic word without the article that is written onto it."""
    if "\u0600" <= word[0] <= "\u06ff":
        for article in _ARTICLES:
            if word.startswith(article) and len(word) - len(article) >= 3:
                return word[len(article) :]
    return word
