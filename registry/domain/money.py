"""Money: whole minor units of a currency, never a binary float."""

import re
from dataclasses import dataclass
from fractions import Fraction

from registry.errors import UsageError

# ISO 4217:2015, list one: digits after the point, where they are not two.
_DIGITS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"), 0
    ),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
_TWO = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
    CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD
    HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP
    MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD
    SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS
    VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_WITH_TWO = frozenset(_TWO.split())
_AMOUNT = re.compile(r"([0-9]{1,14})(?:\.([0-9]{1,4}))?")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}|(/[0-9]{1,9}))?")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%")


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency by its code of ISO 4217; `digits` after the point, so 10^digits minor units make one."""

    code: str
    digits: int

    def amount(self, minor: int) -> str:
        """Minor units as a decimal: `Currency("EUR", 2).amount(123456)` is "1234.56"."""
        sign, text = "-" * (minor < 0), f"{abs(minor):0{self.digits + 1}d}"
        return sign + (f"{text[: -self.digits]}.{text[-self.digits :]}" if self.digits else text)

    def shown(self, minor: int) -> str:
        """For people: "EUR 1,234.56"."""
        whole, point, rest = self.amount(minor).partition(".")
        return f"{self.code} {int(whole):,}{point}{rest}"

    def parse(self, text: str) -> int:
        """Minor units of "1234.56". Raises `UsageError` for a sign, a comma, or more digits than it has."""
        found = _AMOUNT.fullmatch(text)
        places = len(found[2] or "") if found else 0
        if found is None or places > self.digits:
            raise UsageError(
                f"'{text[:40]}' is not an amount in {self.code}",
                hint=f"write digits alone, as {self.amount(100_000 * 10**self.digits)}: {self._places()}",
            )
        return int(found[1] + (found[2] or "").ljust(self.digits, "0"))

    def _places(self) -> str:
        return f"{self.code} has {self.digits} digits after the point" if self.digits else "no cents"


def currency(code: str) -> Currency:
    """The currency of an ISO 4217 code. Raises `UsageError` where there is none."""
    known = code.strip().upper()
    digits = 2 if known in _WITH_TWO else _DIGITS.get(known)
    if digits is None:
        raise UsageError(
            f"'{code[:40]}' is not a currency", hint="use a code of ISO 4217, for example EUR, USD or JPY"
        )
    return Currency(known, digits)


def share_or_amount(text: str, of: Currency) -> Fraction | int:
    """An exact share of one for "15%", minor units for "250.00". Raises `UsageError` for neither."""
    found = _PERCENT.fullmatch(text.strip())
    if found is None:
        return of.parse(text.strip())
    share = Fraction(found[1]) / 100
    if share > 1:
        raise UsageError(f"'{text}' is more than all of it", hint="give at most 100%")
    return share


def exact_number(text: str) -> Fraction | None:
    """A number not below zero as people write it, "0.5" or "1/3"; None for anything else."""
    found = _NUMBER.fullmatch(text.strip())
    return Fraction(text.strip()) if found and not (found[1] and int(found[1][1:]) == 0) else None
