"""Cards to print: a whole sheet, and one that folds to the size of a bank card."""

from litestar import Response, get
from litestar.params import FromPath

from .card_view import card_view
from .page import Incoming, current, known, lasting, place_of
from .templating import render, static
from .views import Viewer


@get("/{lang:str}/{code:str}/card", sync_to_thread=False, include_in_schema=False)
def card(
    request: Incoming, lang: FromPath[str], code: FromPath[str]
) -> Response[bytes]:
    """One sheet to put up."""
    return _card(request, lang, code, pocket=False)


@get(
    "/{lang:str}/{code:str}/card/pocket", sync_to_thread=False, include_in_schema=False
)
def pocket(
    request: Incoming, lang: FromPath[str], code: FromPath[str]
) -> Response[bytes]:
    """Two strips to cut out and fold."""
    return _card(request, lang, code, pocket=True)


def _card(request: Incoming, lang: str, code: str, *, pocket: bool) -> Response[bytes]:
    here = current(request)
    place = place_of(request, code)
    view = card_view(place, Viewer(here, known(lang), None), request.app.state.site)
    path = f"/{place.code.lower()}/card"
    return lasting(
        request,
        render(
            "card.html",
            lang,
            f"{path}/pocket" if pocket else path,
            here,
            card=view,
            pocket=pocket,
            card_style=static("card.css")[0],
        ),
    )


HANDLERS = [card, pocket]
