"""How an embedded page looks: a closed list of themes, and one colour of the site.

The colour is that of links, buttons and "open now". It is used only in the modes in
which a text of that colour can be read on our grounds (WCAG 2.2, 1.4.3: 4.5 to 1). No
colour can in both, so that a site with two modes gets it in one and ours in the other.
"""

import re
from collections.abc import Mapping
from typing import Literal, get_args

Theme = Literal["auto", "light", "dark"]
Mode = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)

GROUNDS: Mapping[Mode, tuple[str, ...]] = {
    "light": ("fbfaf7", "ffffff"),
    "dark": ("12191a", "1a2425"),
}
"""The grounds of `frame.css`; the texts on a button are lighter, or darker, still."""
_ENOUGH = 4.5
_COLOUR = re.compile("[0-9a-f]{6}")


def theme_of(asked: str) -> Theme:
    """What is no theme is the browser's own choice: nobody is refused a page for it."""
    return next((one for one in THEMES if one == asked), "auto")


def accent_of(asked: str, theme: Theme) -> str | None:
    """A colour such as 1f5f63, if it can be read in one of the modes of a theme."""
    colour = asked.removeprefix("#").lower()
    if not _COLOUR.fullmatch(colour):
        return None
    modes = {"light", "dark"} if theme == "auto" else {theme}
    return colour if modes & set(modes_of(colour)) else None


def modes_of(colour: str) -> tuple[Mode, ...]:
    """The modes in which a colour can be read on every ground."""
    return tuple(
        mode
        for mode, grounds in GROUNDS.items()
        if all(contrast(colour, ground) >= _ENOUGH for ground in grounds)
    )


def accent_sheet(colour: str) -> bytes | None:
    """The stylesheet that sets a colour where it can be read; None for what is no
    colour."""
    if not _COLOUR.fullmatch(colour):
        return None
    rules = (
        f".{mode}{{--calm:#{colour}}}"
        f"@media(prefers-color-scheme:{mode}){{.auto{{--calm:#{colour}}}}}"
        for mode in modes_of(colour)
    )
    return "\n".join(rules).encode()


def contrast(one: str, other: str) -> float:
    """Of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16)) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
