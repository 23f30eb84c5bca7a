"""What stands behind a tap, and what a caller in another country is told to dial."""

import re
from urllib.parse import unquote

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from directory.channel import CHANNEL_TYPES, NUMBERED, Channel
from directory.dialling import (
    cannot_exist,
    dialled,
    digits,
    from_abroad,
    is_doubtful,
    link,
    search_forms,
)

SCHEMES = ("tel:", "sms:", "mailto:", "https://", "http://")
ORDINARY = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE)
NEVER_FROM_ABROAD = (
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.UAN,
)


def channel(type_, value, **rest):
    return Channel(type=type_, value=value, **rest)


@pytest.mark.parametrize(
    ("value", "pressed"),
    [
        ("0800 1111", "08001111"),
        ("116 111", "116111"),
        ("(0800) 111-0-550", "08001110550"),
        ("+49 116 111", "+49116111"),
        ("0 + 49", "049"),
        ("*120*7867#", "*120*7867#"),
        ("٠٨٠٠ ١١١١", "08001111"),
        ("+٩٦٦ ١٩١٩", "+9661919"),
    ],
)
def test_only_what_the_publisher_wrote_is_pressed(value, pressed):
    assert dialled(value) == pressed


@pytest.mark.parametrize(
    ("type_", "value", "address"),
    [
        ("phone", "0800 1111", "tel:08001111"),
        ("phone", "116 111", "tel:116111"),
        ("phone", "+44 20 7946 0000", "tel:+442079460000"),
        ("phone", "٠٨٠٠ ١١١١", "tel:08001111"),
        ("text-relay", "1-800-624-5518", "tel:18006245518"),
        ("ussd", "*120*7867#", "tel:*120*7867%23"),
        ("sms", "85258", "sms:85258"),
        ("whatsapp", "+32 470 12 34 56", "https://wa.me/32470123456"),
        ("whatsapp", "0470 12 34 56", None),
        ("email", "help@example.org", "mailto:help@example.org"),
        ("email", "a?bcc=b@example.org", "mailto:a%3Fbcc%3Db@example.org"),
        ("website", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("web-form", "http://example.org/", "http://example.org/"),
        ("chat", "javascript:alert(1)", None),
        ("website", "example.org", None),
        ("signal", "+32 470 12 34 56", None),
        ("telegram", "@helpline", None),
        ("app", "Child Guard", None),
        ("in-person", "Any police station", None),
        ("phone", "ask the operator", None),
    ],
)
def test_a_tap_leads_where_its_type_says(type_, value, address):
    assert link(channel(type_, value)) == address


@given(type_=st.sampled_from(CHANNEL_TYPES), value=st.text())
def test_whatever_is_written_a_link_is_none_or_of_five_schemes(type_, value):
    address = link(channel(type_, value))

    assert address is None or address.startswith(SCHEMES)


@given(
    type_=st.sampled_from(CHANNEL_TYPES),
    start=st.sampled_from(["", "https://example.org/", "+49", "name@"]),
    middle=st.sampled_from(['"', "'", "<", "\0", "\x1b", "\x7f", "\x85", "\u2028"]),
    end=st.text(),
)
def test_a_link_holds_no_quote_and_no_control_character(type_, start, middle, end):
    """An attribute without quotes or a log line is safe with it, too."""
    address = link(channel(type_, start + middle + end))

    assert not re.search(r"[\"'<>\x00-\x20\x7f-\x9f\u2028\u2029]", address or "")


@given(
    type_=st.sampled_from(["phone", "ussd", "text-relay", "sms"]),
    value=st.text(alphabet="0123456789٠١٢٣٤٥٦٧٨٩०१२৪+*#()-./ ", min_size=1),
)
def test_the_digits_dialled_are_the_digits_read(type_, value):
    address = link(channel(type_, value)) or ""

    assert digits(unquote(address)) == digits(value)


@given(st.text())
def test_a_plus_is_dialled_only_where_one_is_written_first(value):
    assert dialled(value).startswith("+") == value.strip().startswith("+")


@given(st.text())
def test_digits_are_ascii_whatever_the_script(value):
    assert re.fullmatch("[0-9]*", digits(value))


@pytest.mark.parametrize(
    ("value", "country"),
    [
        ("116 111", "DE"),
        ("112", "DE"),
        ("988", "US"),
        ("911", "US"),
        ("1098", "IN"),
        ("0800 1111", "GB"),
        ("1800 55 1800", "AU"),
        ("1-800-656-4673", "US"),
        ("741741", "US"),
        ("*120*7867#", "ZA"),
    ],
)
@pytest.mark.parametrize("type_", sorted(NUMBERED))
def test_nothing_is_made_up_for_short_and_free_numbers(type_, value, country):
    """+49 116 111 reaches nobody from Nairobi, and +44 800 1111 seldom does."""
    assert from_abroad(channel(type_, value), country) is None


def test_nothing_is_made_up_for_any_countrys_free_or_shared_cost_numbers():
    made_up = {
        country: number
        for country in phonenumbers.SUPPORTED_REGIONS
        for kind in NEVER_FROM_ABROAD
        if (example := phonenumbers.example_number_for_type(country, kind))
        and phonenumbers.number_type(example) == kind
        and (
            number := from_abroad(
                channel("phone", phonenumbers.national_significant_number(example)),
                country,
            )
        )
    }

    assert made_up == {}


@pytest.mark.parametrize("country", ["DE", "GB", "US", "KE", "IT", "JP", "BR", "RE"])
@pytest.mark.parametrize("kind", ORDINARY)
def test_an_ordinary_number_is_given_with_its_country_code(country, kind):
    example = phonenumbers.example_number_for_type(country, kind)
    value = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL)

    abroad = from_abroad(channel("phone", value), country)

    assert dialled(abroad) == phonenumbers.format_number(
        example, phonenumbers.PhoneNumberFormat.E164
    )


@pytest.mark.parametrize(
    ("value", "country", "abroad"),
    [
        ("030 22502250", "DE", "+49 30 22502250"),
        ("020 7730 3469", "GB", "+44 20 7730 3469"),
        ("02 5551234", "IT", "+39 02 555 1234"),
        ("+44 20 7730 3469", "KE", "+44 20 7730 3469"),
    ],
)
def test_the_zero_goes_where_that_country_drops_it(value, country, abroad):
    assert from_abroad(channel("phone", value), country) == abroad


@pytest.mark.parametrize("value", ["988", "0800 1111", "0203 879 8560"])
def test_what_a_source_says_counts_before_any_rule(value):
    sourced = channel("phone", value, from_abroad="+1 202 501 4444")

    assert from_abroad(sourced, "US") == "+1 202 501 4444"


@pytest.mark.parametrize("country", ["001", "DE-BE", ""])
def test_without_a_country_there_is_no_code_to_put_before_a_number(country):
    assert from_abroad(channel("phone", "030 22502250"), country) is None


@pytest.mark.parametrize("type_", ["website", "email", "in-person", "app"])
def test_only_telephone_numbers_are_dialled_from_abroad(type_):
    assert from_abroad(channel(type_, "030 22502250"), "DE") is None


def test_a_number_is_found_as_written_and_in_full():
    assert search_forms("116 111", "DE") == {"116111", "49116111"}
    assert search_forms("0800 1111", "GB") == {"08001111", "8001111", "448001111"}
    assert search_forms("no number", "GB") == set()


@pytest.mark.parametrize(
    "value",
    [
        "112",
        "116 111",
        "0800 1111",
        "*120*7867#",
        "+49 116 111",
        "(02) 555-1234",
        "٠٨٠٠ ١١١١",
    ],
)
def test_a_number_as_publishers_write_it_can_exist(value):
    assert cannot_exist(value) is None


@pytest.mark.parametrize(
    "value",
    [
        "",
        "1",
        "1234567890123456",
        "0800-HELP",
        "0800 1111 ext. 2",
        "0800 1111²",
        "++49",
    ],
)
def test_says_why_a_number_cannot_exist(value):
    assert cannot_exist(value)


def test_a_bracketed_zero_after_a_country_code_is_no_number():
    """Pressed as written, +49 (0)30 reaches nobody."""
    assert cannot_exist("+49 (0)30 22502250")


@given(st.lists(st.sampled_from("0123456789"), min_size=2, max_size=15), st.data())
def test_two_to_fifteen_digits_can_exist_however_they_are_grouped(marks, data):
    gaps = st.sampled_from(["", " ", "-", "\N{NO-BREAK SPACE}", "."])
    value = "".join(mark + data.draw(gaps) for mark in marks[:-1]) + marks[-1]

    assert cannot_exist(value) is None


@given(st.text(alphabet="0123456789٠٩+*#()-. ", min_size=2))
def test_what_can_exist_has_a_link(value):
    assert cannot_exist(value) or link(channel("phone", value))


@pytest.mark.parametrize("value", ["116 111", "112", "110", "030 22502250"])
def test_short_numbers_of_a_country_raise_no_doubt(value):
    assert not is_doubtful(value, "DE")


@pytest.mark.parametrize("value", ["1", "030 2250 2250 2250 2250", "call us"])
def test_what_no_numbering_plan_knows_is_worth_another_look(value):
    assert is_doubtful(value, "DE")
