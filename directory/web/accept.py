"""Which form of a page a program likes best, by its Accept header (RFC 9110)."""

from typing import Literal

Form = Literal["", "text/plain", "text/markdown"]
"""Empty for the page itself."""


def preferred(accept: str) -> Form:
    """Plain text only where it is named and liked better than a page: text browsers
    name both alike. Markdown also where it is liked as well as a page: who names it at
    all can't be a browser."""
    weights: dict[str, float] = {}
    for part in accept[:1000].lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        weights[name] = _weight(parameters)
    page = max(weights.get(one, 0.0) for one in ("text/html", "application/xhtml+xml"))
    markdown = weights.get("text/markdown", 0.0)
    plain = weights.get("text/plain", 0.0)
    if markdown > 0 and markdown >= max(page, plain):
        return "text/markdown"
    return "text/plain" if plain > page else ""


def _weight(parameters: list[str]) -> float:
    """What is no weight counts as none at all."""
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                found = float(value)
            except ValueError:
                return 0.0
            return found if 0 <= found <= 1 else 0.0
    return 1.0
