"""Identifiers of agents in the schemes of the field: read from usual spellings, checked by their digits."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from registry.domain.identifiers import check_url
from registry.errors import UsageError

UNIQUE = ("orcid", "ror", "isni", "ipi", "wikidata", "profile")  # of which each names one agent in the world
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"  # base 32 without i, l, o and u
_FOUR_BY_FOUR = re.compile(r"[0-9]{15}[0-9X]")
_ROR = re.compile(r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}")
_IPI = re.compile(r"[0-9]{9,11}")
_QID = re.compile(r"Q[1-9][0-9]{0,17}")
_PREFIXES = {
    "orcid": re.compile(r"^(?:https?://)?(?:www\.)?orcid\.org/|^orcid:", re.IGNORECASE),
    "ror": re.compile(r"^(?:https?://)?(?:www\.)?ror\.org/|^ror:", re.IGNORECASE),
    "isni": re.compile(r"^(?:https?://)?(?:www\.)?isni\.org/(?:isni/)?|^isni:?", re.IGNORECASE),
    "ipi": re.compile(r"^ipi:?", re.IGNORECASE),
    "wikidata": re.compile(
        r"^(?:https?://)?(?:www\.)?wikidata\.org/(?:wiki|entity)/|^wikidata:", re.IGNORECASE
    ),
}


@dataclass(frozen=True, slots=True)
class AgentIdentifier:
    """An identifier in its scheme, spelled as its authority spells it."""

    scheme: str
    value: str


def check_identifier(scheme: str, text: str) -> str:
    """The identifier as its authority spells it. Raises `UsageError` for one that cannot be.

    scheme: `orcid`, `ror`, `isni`, `ipi`, `wikidata`, `profile`
    """
    return _CHECKS[scheme](text.strip())


def identifier_in(text: str) -> AgentIdentifier | None:
    """The identifier that a text is, where it says of which scheme: `https://orcid.org/0000-...`, `isni:...`.

    A web address is that of a profile. A text that is none, or whose check digit is wrong, is only a name.
    """
    if ":" not in text and "/" not in text:
        return None
    stripped = text.strip()
    for scheme, prefix in _PREFIXES.items():
        if prefix.match(stripped):
            try:
                return AgentIdentifier(scheme, check_identifier(scheme, stripped))
            except UsageError:
                return None
    is_address = stripped.startswith(("https://", "http://")) and not any(map(str.isspace, stripped))
    return AgentIdentifier("profile", stripped) if is_address else None


def spellings_in_schemes(text: str) -> tuple[str, ...]:
    """How the authorities would spell an identifier, in every scheme that a text could be of."""
    found = []
    for scheme in UNIQUE:
        with suppress(UsageError):
            found.append(check_identifier(scheme, text))
    return tuple(dict.fromkeys(found))


def check_character(digits: str) -> str:
    """The check character of decimal digits by ISO/IEC 7064, MOD 11-2: a digit or X (10).

    ORCID iDs are ISNIs from a range of their own, and ISNI (ISO 27729) names that system.
    """
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2 % 11
    value = (12 - total) % 11
    return "X" if value == 10 else str(value)


def _orcid(text: str) -> str:
    digits = _sixteen("orcid", text, "an ORCID iD", "https://orcid.org/0000-0002-1825-0097")
    return f"https://orcid.org/{'-'.join(_fours(digits))}"


def _isni(text: str) -> str:
    return " ".join(_fours(_sixteen("isni", text, "an ISNI", "0000 0001 2103 2683")))


def _sixteen(scheme: str, text: str, what: str, example: str) -> str:
    """The digits of an ORCID iD or ISNI (ISO 27729): fifteen and a check character."""
    digits = re.sub(r"[\s-]", "", _PREFIXES[scheme].sub("", text)).rstrip("/").upper()
    if not _FOUR_BY_FOUR.fullmatch(digits):
        raise _wrong(text, what, f"write its 16 digits: {example}")
    expected = check_character(digits[:-1])
    if digits[-1] != expected:
        raise _wrong(text, what, _last_digit(digits[-1], expected))
    return digits


def _ror(text: str) -> str:
    """ROR: 0, six characters of base 32 (Crockford), and 98 minus the number times 100 modulo 97.

    ISO/IEC 7064, MOD 97-10 (ror.readme.io/docs/ror-identifier-pattern).
    """
    name = _PREFIXES["ror"].sub("", text).rstrip("/").lower()
    if not _ROR.fullmatch(name):
        raise _wrong(text, "a ROR ID", "write it as https://ror.org/05gq02987: 0, six characters, two digits")
    number = 0
    for character in name[:-2]:
        number = number * 32 + _CROCKFORD.index(character)
    expected = f"{98 - number * 100 % 97:02d}"
    if name[-2:] != expected:
        raise _wrong(text, "a ROR ID", _last_digit(name[-2:], expected))
    return f"https://ror.org/{name}"


def _ipi(text: str) -> str:
    """IPI name number (CISAC): nine digits and two of check, 101 minus their weighted sum modulo 101.

    CISAC does not publish the rule: it is that of open implementations (django-music-publisher), and holds of
    the numbers that were tried.
    """
    digits = re.sub(r"[\s.-]", "", _PREFIXES["ipi"].sub("", text))
    if not _IPI.fullmatch(digits):
        raise _wrong(text, "an IPI name number", "write its 11 digits, for example 00014107338")
    digits = digits.zfill(11)
    total = sum(int(digit) * weight for digit, weight in zip(digits[:9], range(10, 1, -1), strict=True))
    expected = f"{(101 - total % 101) % 101 % 100:02d}"
    if digits[9:] != expected:
        raise _wrong(text, "an IPI name number", _last_digit(digits[9:], expected))
    return digits


def _wikidata(text: str) -> str:
    name = _PREFIXES["wikidata"].sub("", text).upper()
    if not _QID.fullmatch(name):
        raise _wrong(text, "an item of Wikidata", "write it as Q42")
    return name


def _fours(digits: str) -> list[str]:
    return [digits[start : start + 4] for start in range(0, 16, 4)]


def _last_digit(found: str, expected: str) -> str:
    return f"a digit is wrong: these would end in {expected}, not {found}"


def _wrong(text: str, what: str, hint: str) -> UsageError:
    return UsageError(f"'{text}' is not {what}", hint=hint)


_CHECKS: dict[str, Callable[[str], str]] = {
    "orcid": _orcid,
    "ror": _ror,
    "isni": _isni,
    "ipi": _ipi,
    "wikidata": _wikidata,
    "profile": check_url,
}
