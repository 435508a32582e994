"""Periods as ISO 8601 writes them: 2026-01/2026-12."""

import re
from contextlib import suppress
from datetime import date

from registry.errors import UsageError

_MOMENT = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_PERIOD = re.compile(f"({_MOMENT})(?:/({_MOMENT}))?")


def parse_period(text: str) -> str:
    """The period as given: a year, month or day, or two of them. Raises `UsageError` where it is none."""
    found = _PERIOD.fullmatch(text.strip())
    moments = [moment for moment in found.groups() if moment] if found else []
    if found is None or moments != sorted(moments) or not all(map(_is_moment, moments)):
        raise UsageError(
            f"'{text}' is not a period", hint="write the first and the last month: 2026-01/2026-12"
        )
    return found[0]


def _is_moment(text: str) -> bool:
    with suppress(ValueError):
        date.fromisoformat((text + "-01-01")[:10])
        return True
    return False
