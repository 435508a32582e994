"""Dates as records give them, in the precision that they have."""

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import date

_EXTENDED = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ].*)?)?)?", re.DOTALL)
_BASIC = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?[0-9]{6}.*)?", re.DOTALL)
_LAST = "-12-31"


def record_date(text: str) -> str | None:
    """YYYY, YYYY-MM or YYYY-MM-DD of a date or a moment; None where it is none.

    Read are the extended and the basic form of ISO 8601, and the 14 digits of a WARC-style timestamp; the
    time of day and its zone are cut off.
    """
    stripped = text.strip()
    found = _EXTENDED.fullmatch(stripped) or _BASIC.fullmatch(stripped)
    moment = "-".join(part for part in found.groups() if part) if found else ""
    with suppress(ValueError):
        date.fromisoformat(moment + "-01-01"[len(moment) - 4 :])
        return moment
    return None


def first_of(moments: Collection[str]) -> str:
    """The first of some dates; of two that begin alike the less exact one."""
    return min(moments)


def last_of(moments: Collection[str]) -> str:
    """The last of some dates; a year may be its last day."""
    return max(moments, key=last_day)


def last_day(moment: str) -> str:
    """The last day that a date may be, as YYYY-MM-DD; months have 31 days here, for comparisons."""
    return moment + _LAST[len(moment) - 4 :]
