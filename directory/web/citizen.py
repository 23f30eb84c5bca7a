"""What programs look for at fixed addresses: search engines, assistants, and people who
found a hole."""

import datetime
from xml.sax.saxutils import escape

from litestar import MediaType, Response, get
from litestar.params import FromPath

from ..errors import NotFound
from ..language import negotiate, served
from .page import Incoming, current, known
from .sitemap import index, sitemap
from .templating import environment

_DAY = "public, max-age=86400"
_SECURITY_HOLDS = datetime.timedelta(days=360)
"""From the day a release was built: RFC 9116 asks for less than a year."""
_XML = "application/xml; charset=utf-8"
_NO_SITE = (
    "Not here: the address of this site isn't set.\n"
    "Whoever runs it can set HANDRAIL_SITE, such as https://example.org\n"
)
_NO_CONTACT = (
    "Not here: no contact for this site is set, and none is made up.\n"
    "Whoever runs it can set HANDRAIL_SECURITY_CONTACT, such as "
    "mailto:security@example.org\n"
)


def _file(content: str, media_type: str) -> Response[str]:
    return Response(
        content,
        media_type=media_type,
        headers={"Cache-Control": _DAY},
    )


def _missing(why: str) -> Response[str]:
    return Response(
        why,
        status_code=404,
        media_type=MediaType.TEXT,
        headers={"Cache-Control": "no-store"},
    )


@get("/robots.txt", sync_to_thread=False, include_in_schema=False)
def robots(request: Incoming) -> Response[str]:
    """Everything may be read but what leads away and what is meant for mirrors. Which
    pages are not to be listed, each of them says itself."""
    site = request.app.state.site
    lines = ["User-agent: *", "Disallow: /weather", "Disallow: /hsds/"]
    lines += ["Disallow: /releases"]
    if site:
        lines += ["", f"Sitemap: {site}/sitemap.xml"]
    return _file("\n".join(lines) + "\n", "text/plain")


@get("/sitemap.xml", sync_to_thread=False, include_in_schema=False)
def sitemaps(request: Incoming) -> Response[str]:
    """Where the sitemap of each language is."""
    site = request.app.state.site
    return _file(index(site), _XML) if site else _missing(_NO_SITE)


@get("/sitemaps/{name:str}", sync_to_thread=False, include_in_schema=False)
def of_language(request: Incoming, name: FromPath[str]) -> Response[str]:
    """The pages in one language."""
    site = request.app.state.site
    if not site:
        return _missing(_NO_SITE)
    lang, dot, end = name.partition(".")
    if (dot, end) != (".", "xml"):
        raise NotFound("There is no such page")
    found = sitemap(site, known(lang), current(request))
    return _file(found, _XML)


@get("/.well-known/security.txt", sync_to_thread=False, include_in_schema=False)
def security(request: Incoming) -> Response[str]:
    """Whom to tell of a hole (RFC 9116)."""
    contact, site = request.app.state.security_contact, request.app.state.site
    if not contact:
        return _missing(_NO_CONTACT)
    built = current(request).release.manifest.built_at
    expires = (built + _SECURITY_HOLDS).astimezone(datetime.UTC)
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
    ]
    if site:
        lines.append(f"Canonical: {site}/.well-known/security.txt")
    return _file("\n".join(lines) + "\n", "text/plain")


@get("/llms.txt", sync_to_thread=False, include_in_schema=False)
def llms(request: Incoming) -> Response[str]:
    """What this is and how to show its facts, for assistants."""
    here = current(request)
    written = (
        environment("en")
        .get_template("llms.txt")
        .render(
            site=request.app.state.site,
            languages=list(served()),
            as_of=here.release.manifest.facts_as_of.isoformat(),
            services=here.release.manifest.counts["resources"],
        )
    )
    return _file(written, "text/plain")


@get("/opensearch.xml", sync_to_thread=False, include_in_schema=False)
def opensearch(request: Incoming) -> Response[str]:
    """How a browser can search here, by POST. No page links to it: a browser that keeps
    an engine keeps its name, which somebody else may see."""
    site = escape(request.app.state.site, {'"': "&quot;"})
    if not site:
        return _missing(_NO_SITE)
    lang = negotiate(request.headers.get("accept-language"))
    content = f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Handrail</ShortName>
<Description>Handrail</Description>
<InputEncoding>UTF-8</InputEncoding>
<Language>{lang}</Language>
<Image width="16" height="16" type="image/svg+xml">{site}/icon.svg</Image>
<Url type="text/html" method="post" template="{site}/{lang}/search">
<Param name="q" value="{{searchTerms}}"/>
</Url>
</OpenSearchDescription>
"""
    return Response(
        content,
        media_type="application/opensearchdescription+xml; charset=utf-8",
        headers={"Cache-Control": "no-store", "Vary": "Accept-Language"},
    )


HANDLERS = [robots, sitemaps, of_language, security, llms, opensearch]
