"""The page of what was corrected for readers."""

from litestar import Response, get
from litestar.params import FromPath

from .corrections_view import issue_views
from .page import Incoming, current, known, lasting
from .templating import render


@get("/{lang:str}/corrections", sync_to_thread=True, include_in_schema=False)
def corrections(request: Incoming, lang: FromPath[str]) -> Response[bytes]:
    """What was corrected, by day, the newest first."""
    here = current(request)
    found = issue_views(known(lang), here)
    content = render("corrections.html", lang, "/corrections", here, issues=found)
    return lasting(request, content)


HANDLERS = [corrections]
