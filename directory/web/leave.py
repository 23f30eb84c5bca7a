"""Leaving quickly: one link, and for two minutes no way back.

The link leads to a neutrally named path that answers with a page elsewhere, clears what
the browser keeps of ours, and sets a cookie for two minutes. The cookie is what makes
Back harmless: Chromium drops its kept copies of our pages when a cookie changes, and
while it lives every request is sent to that page elsewhere. It holds no more than that
it is there. The name of the site can't be taken out of a browser's history.
"""

from http.cookies import CookieError, SimpleCookie

PATH = "/weather"
_COOKIE = "l"
_SECONDS = 120


def has_left(cookies: str) -> bool:
    """Whether a request's Cookie header says that somebody left a moment ago."""
    try:
        return _COOKIE in SimpleCookie(cookies)
    except CookieError:
        return False


def headers(to: str, *, secure: bool, guard: bool) -> dict[str, str]:
    """Of the answer that leads away; with `guard` it also closes the way back.

    `secure` when the request came over TLS, which the browser then insists on.
    """
    found = {
        "Location": to,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "Clear-Site-Data": '"cache"',
        "Content-Length": "0",
    }
    if guard:
        found["Set-Cookie"] = (
            f"{_COOKIE}=1; Max-Age={_SECONDS}; Path=/; HttpOnly; SameSite=Lax"
            + ("; Secure" if secure else "")
        )
    return found
