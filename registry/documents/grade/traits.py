"""Characteristics that say of which kind they are: "Region: Graz", "Demography: pupils of 10 to 18 years"."""

import re
from collections.abc import Iterable

REGION = re.compile(r"(?:regions?|regional|nations?|national|geography)\s*:", re.IGNORECASE)
DEMOGRAPHY = re.compile(r"demograph(?:y|ics?)\s*:", re.IGNORECASE)
ADVICE = "begin a characteristic with `Region:` or `Demography:` and a program can tell"


def says(cell: object, kind: re.Pattern[str]) -> bool:
    """Whether one of the characteristics in a cell says that it is of a kind."""
    return isinstance(cell, str) and any(kind.match(text.strip()) for text in cell.split("; "))


def any_says(cells: Iterable[object], kind: re.Pattern[str]) -> bool:
    """Whether a characteristic in any of the cells does."""
    return any(says(cell, kind) for cell in cells)
