"""What pages say of a record."""

import datetime

import msgspec
import pytest

from directory.verification import Verification
from directory.web.current import Served
from directory.web.views import Viewer


@pytest.fixture(scope="module")
def viewer(release, noon):
    return Viewer(Served(release), "en", noon)


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("publisher-confirmed", "Confirmed on 20 November 2026"),
        ("live-page", None),
        ("stored-copy", None),
    ],
)
def test_confirmed_is_said_only_of_what_the_service_confirmed(
    viewer, release, method, said
):
    check = Verification(
        on=datetime.date(2026, 11, 20), by="editor", method=method, outcome="matches"
    )
    record = msgspec.structs.replace(
        release.resource("int-stopncii"), verifications=(check,)
    )

    assert viewer.resource(record).confirmed == said
