"""The API as pages for people: what it is, and every operation with a form to try it.

All of it is ours and needs no script: other documentation pages load theirs from other
sites.
"""

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from ..language import negotiate
from .api_view import described
from .page import Incoming, current, known, lasting
from .templating import render


@get(["/api", "/api/docs"], sync_to_thread=False, include_in_schema=False)
def without_language(request: Incoming) -> Redirect:
    """To the page in the language that the browser asks for."""
    lang = negotiate(request.headers.get("accept-language"))
    return Redirect(
        f"/{lang}/api", status_code=303, headers={"Vary": "Accept-Language"}
    )


@get("/{lang:str}/api", sync_to_thread=True, include_in_schema=False)
def api(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """What the data is, in plain words; then all that programs can ask."""
    here = current(request)
    operations, shapes = described()
    content = render(
        "api.html", known(lang), "/api", here, operations=operations, shapes=shapes
    )
    return lasting(request, content)


HANDLERS = [without_language, api]
