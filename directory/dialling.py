"""What to dial: here, as its publisher writes it, and from abroad, if that works.

Helplines are short or national numbers, which phonenumbers' `is_valid_number` refuses
(116 111, 112, 988): it only helps to word a number for callers abroad, and to warn.
"""

import re
import unicodedata
from urllib.parse import quote

import phonenumbers
from phonenumbers import PhoneNumberType, shortnumberinfo

from .channel import NUMBERED, Channel

_FROM_ABROAD = frozenset(
    {
        PhoneNumberType.FIXED_LINE,
        PhoneNumberType.MOBILE,
        PhoneNumberType.FIXED_LINE_OR_MOBILE,
        PhoneNumberType.VOIP,
    }
)
"""Toll-free, shared-cost and short numbers often fail from abroad: none is claimed."""

_URL_MARKS = ":/?#[]@!$&()*+,;=%~-._"
"""Marks that stay as they are in an address; quotes and spaces don't."""

_KEPT = re.compile(r"[^0-9*#]")


def digits(value: str) -> str:
    """The digits alone, of any script, as ASCII."""
    return "".join(str(unicodedata.digit(mark)) for mark in value if mark.isdigit())


def dialled(value: str) -> str:
    """What the fingers press: digits, `*`, `#`, and a `+` only where one is written."""
    plain = "".join(
        str(unicodedata.digit(mark)) if mark.isdigit() else mark for mark in value
    )
    return ("+" if plain.strip().startswith("+") else "") + _KEPT.sub("", plain)


def link(channel: Channel) -> str | None:
    """The address behind a tap: tel, sms, mailto or https; none where there is none."""
    value = channel.value.strip()
    match channel.type:
        case "phone" | "ussd" | "text-relay":
            return f"tel:{quote(dialled(value), safe='+*')}" if digits(value) else None
        case "sms":
            return f"sms:{quote(dialled(value), safe='+*')}"
        case "whatsapp":
            number = dialled(value)
            whole = number.startswith("+")
            return f"https://wa.me/{number[1:]}" if whole else None
        case "email":
            return f"mailto:{quote(value, safe='@+')}"
        case "chat" | "web-form" | "website":
            plain = quote(value, safe=_URL_MARKS)
            return plain if plain.startswith(("https://", "http://")) else None
    return None


def from_abroad(channel: Channel, country: str) -> str | None:
    """What a caller in another country dials; none when nothing is known to work.

    A sourced value first; else the international form of an ordinary number of the
    country (ISO alpha-2). Never made up for short or toll-free numbers.
    """
    if channel.from_abroad:
        return channel.from_abroad
    if channel.type not in NUMBERED or len(country) != 2:
        return None
    number = _parsed(channel.value, country)
    if number is None or not phonenumbers.is_valid_number(number):
        return None
    if phonenumbers.number_type(number) not in _FROM_ABROAD:
        return None
    if not phonenumbers.can_be_internationally_dialled(number):
        return None
    return phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )


def search_forms(value: str, country: str) -> set[str]:
    """The digit strings under which a number is found: as written, and in full."""
    plain = digits(value)
    forms = {plain} if plain else set()
    number = _parsed(value, country) if len(country) == 2 else None
    if number is not None:
        forms.add(str(number.national_number))
        forms.add(f"{number.country_code}{number.national_number}")
    return forms


def cannot_exist(value: str) -> str | None:
    """Why no telephone could have this number, or nothing if one could."""
    plain = digits(value)
    if not 2 <= len(plain) <= 15:
        return f"has {len(plain)} digits, a number has 2 to 15"
    if re.match(r"\+\d{1,3}\s*\(0\)", value.strip()):
        return "has a zero in brackets, which can't be dialled after the country code"
    if not re.fullmatch(r"[+*#(\d][\d\s().\-–/*#]*", value.strip()):
        return "has marks that no number has"
    return None


def is_doubtful(value: str, country: str) -> bool:
    """True where the country's numbering plan knows neither such a number nor such a
    short number. The plan isn't complete: a reason to look again, never to refuse."""
    if country not in phonenumbers.SUPPORTED_REGIONS:
        return False  # no plan to doubt it by
    number = _parsed(value, country)
    if number is None:
        return True
    return not (
        phonenumbers.is_possible_number(number)
        or shortnumberinfo.is_possible_short_number_for_region(number, country)
        or phonenumbers.is_possible_short_number(number)
    )


def _parsed(value: str, country: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return None
