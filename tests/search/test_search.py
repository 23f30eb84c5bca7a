"""What people type finds what they mean."""

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.dialling import digits
from directory.errors import BadQuery
from directory.search.question import LONGEST

LONE = "\ud83d"
"""Half of an emoji: no JSON and no address holds it, a command line may."""


def numbers(record):
    return {digits(channel.value) for channel in record.channels}


@pytest.mark.parametrize(
    ("words", "record_id"),
    [
        ("revenge porn", "int-stopncii"),
        ("nudes leaked", "int-ncmec-take-it-down"),
        ("childline", "gb-childline"),
        ("helplne kenya", "ke-child-helpline-116"),
        ("kenya child helpline", "ke-child-helpline-116"),
        ("Kenia Kinder", "ke-child-helpline-116"),
        ("子ども 相談", "jp-189"),
        ("子供SOS", "jp-sos-dial"),
        ("子供", "jp-sos-dial"),
        ("保護專線", "tw-113"),
        ("เด็ก", "th-childline-1387"),
        ("चाइल्ड हेल्पलाइन नेपाल", "np-child-helpline-1098"),
        ("child helpline Nepal", "np-child-helpline-1098"),
        ("barnahus", None),
    ],
)
def test_finds_the_service_that_is_meant(words, record_id, first):
    assert record_id in [record.id for record in first(words)]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("child porn", "csam-hotline"),
        ("pornografía infantil", "csam-hotline"),
        ("Kinderpornos melden", "csam-hotline"),
        ("مساعدة طفل", "child-helpline"),
        ("délka pro děti helpline", None),
    ],
)
def test_finds_the_kind_of_service_that_is_meant(words, kind, first):
    assert kind in [record.kind for record in first(words)]
