"""What a search looks at, and what it finds."""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.agent import normalise_name


class Subject(StrEnum):
    """What a search looks at."""

    NAME = "name"
    DOMAIN = "domain"
    HANDLE = "handle"
    IDENTIFIER = "identifier"
    DATASET = "dataset"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found, and what a dataset version holds of it; `models` were trained on that.

    maybe_models: trained on a part of the version of which it is not known whether it holds any of it
    """

    kind: str
    found: str
    dataset: str | None
    records: int | None
    words: int | None
    license: str | None
    models: tuple[str, ...] = ()
    maybe_models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hits:
    """What was found; `more`: agents that match and were not looked into."""

    hits: tuple[Hit, ...]
    more: int = 0


def rank(found: str, asked: str) -> int | None:
    """How well a normalised text answers: 0 equal, 1 begins with it, 2 has a word for each; None: not."""
    if found == asked:
        return 0
    if found.startswith(asked):
        return 1
    words = found.split()
    return 2 if all(any(word.startswith(part) for word in words) for part in asked.split()) else None


def is_meant(name: str, wanted: str) -> bool:
    """Whether a name holds a normalised text."""
    return wanted in normalise_name(name)
