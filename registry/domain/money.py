"""Money: whole minor units of a currency, never a binary float."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from registry.errors import UsageError

# Codes that ISO 4217 withdrew since this table was first read: what was paid in them stays readable.
_WITHDRAWN = {"BGN": 2}
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
    digits = _digits().get(known)
    if digits is None:
        raise UsageError(
            f"'{code[:40]}' is not a currency", hint="use a code of ISO 4217, for example EUR, USD or JPY"
        )
    return Currency(known, digits)


@cache
def _digits() -> dict[str, int]:
    """Digits after the point by code: the table that `scripts/currency_table.py` derives from ISO 4217."""
    from importlib.resources import files

    text = files("registry.domain").joinpath("currencies.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return _WITHDRAWN | {code: int(digits) for digits, codes in rows for code in codes.split()}


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
