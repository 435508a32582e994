"""Numbers and days as text: exact in tables, rounded in prose."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

_PLAIN_BELOW = 10_000
_UNITS = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_ONE_DECIMAL_BELOW = 100
_FEW_HOURS, _MINUTES = 10, 60


def exact(number: int) -> str:
    """`1234567` as "1,234,567"."""
    return f"{number:,}"


def rounded(number: int) -> str:
    """Three significant digits at most, for sentences: "1.2 million", "812,000"; exact below 10,000."""
    if number < _PLAIN_BELOW:
        return exact(number)
    thousands = round(Fraction(number, 1000)) * 1000
    for size, unit in _UNITS:
        if thousands >= size:
            value = Fraction(number, size)
            tenths = round(value * 10)
            small = value < _ONE_DECIMAL_BELOW and tenths % 10
            return f"{tenths // 10}.{tenths % 10} {unit}" if small else f"{round(value):,} {unit}"
    return exact(thousands)


def exact_fraction(value: int | Fraction) -> str:
    """`fraction_text` with thousands separated: "1,234,567.5", "1,000/3"."""
    whole, mark, rest = fraction_text(value).partition(".")
    return "/".join(exact(int(number)) for number in whole.split("/")) + mark + rest


def told(texts: Sequence[str]) -> str:
    """Statements in one line: "a; b." of "a." and "b."."""
    return "; ".join([*(text.removesuffix(".") for text in texts[:-1]), *texts[-1:]])


def counted(number: int, noun: str) -> str:
    """Rounded, with the noun in its number: "1 dataset", "1.2 million words"."""
    return f"{rounded(number)} {_in_number(noun, number)}"


def exactly(number: int, noun: str) -> str:
    """Exact, with the noun in its number: "1 record", "1,234,567 records"."""
    return f"{exact(number)} {_in_number(noun, number)}"


def lasting(hours: Fraction) -> str:
    """A length in a sentence: "12,300 hours", below ten hours "3.2 hours", below one "12 minutes"."""
    if hours < 1:
        return counted(round(hours * _MINUTES), "minute")
    return f"{float(hours):.1f} hours" if hours < _FEW_HOURS else counted(round(hours), "hour")


def lasting_exactly(hours: Fraction) -> str:
    """A length to the millisecond: "1,200.5 hours" if it is that, else "8 hours 0 minutes 17.5 seconds"."""
    if _is_decimal(hours):
        return f"{exact_fraction(hours)} hours"
    whole, rest = divmod(hours * _MINUTES, _MINUTES)
    minutes, rest = divmod(rest, 1)
    seconds = fraction_text(Fraction(round(rest * _MINUTES * 1000), 1000))
    return f"{exactly(int(whole), 'hour')} {exactly(int(minutes), 'minute')} {seconds} seconds"


def _is_decimal(value: Fraction) -> bool:
    return "/" not in fraction_text(value)


def _in_number(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


def share_of(part: int | Fraction, whole: int | Fraction) -> Fraction:
    """A share of one; none of nothing."""
    return Fraction(part, whole) if whole else Fraction(0)


def percent(share: Fraction) -> str:
    """One decimal; what is not quite none or all never reads so: "under 0.1 %", "over 99.9 %"."""
    if share in {0, 1}:
        return f"{100 * int(share)} %"
    permille = round(share * 1000)
    if permille == 0 or permille >= 1000:
        return "under 0.1 %" if permille == 0 else "over 99.9 %"
    return f"{permille // 10}.{permille % 10} %" if permille % 10 else f"{permille // 10} %"


def fraction_text(value: int | Fraction) -> str:
    """Exact, of a number not below zero: a decimal where it ends ("2.5"), else a fraction ("1/3")."""
    if isinstance(value, int):
        return str(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    if value.denominator == 1:
        return str(value.numerator)
    digits = value.denominator.bit_length()  # 2^k and 5^k both end within k digits
    return fixed(value.numerator * 10**digits // value.denominator, digits).rstrip("0")


def day(moment: str) -> str:
    """DD/MM/YYYY of an ISO 8601 moment."""
    return f"{date.fromisoformat(moment[:10]):%d/%m/%Y}"


def fixed(scaled: int, digits: int) -> str:
    """A number of 10^-digits as a decimal with that many places: `fixed(125, 3)` is "0.125"."""
    text = f"{scaled:0{digits + 1}d}"
    return f"{text[:-digits]}.{text[-digits:]}"
