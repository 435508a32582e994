"""What each license asks for, cell by cell, each with the clause it comes from: the table `duties.tsv`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

DUTIES = (
    "attribution",
    "share_alike",
    "notice",
    "state_changes",
    "non_commercial",
    "no_derivatives",
    "use_restrictions",
    "network_copyleft",
    "disclose_source",
)
_REST = "*"


class Duty(StrEnum):
    """Whether a license asks for something, from the least to the most.

    contested: whether it does is disputed, or depends on what is made of the work
    """

    NO = "no"
    UNKNOWN = "unknown"
    CONTESTED = "contested"
    YES = "yes"

    @property
    def rank(self) -> int:
        """The place in that order."""
        return _RANK[self]


_RANK = {duty: rank for rank, duty in enumerate(Duty)}


@dataclass(frozen=True, slots=True)
class Clause:
    """One cell of the table: what a license (or an exception) answers to a duty, and where it says so."""

    license: str
    duty: str
    answer: Duty
    text: str


Row = Mapping[str, Clause]


def row(license_: str) -> Row | None:
    """The cells of a license, one for every duty; None where the table does not hold it."""
    named = _table().get(license_)
    if named is None or _REST not in named:
        return None
    rest = named[_REST]
    return {duty: named.get(duty, Clause(license_, duty, rest.answer, rest.text)) for duty in DUTIES}


def exception(identifier: str) -> Row:
    """The cells that an exception lessens; none where the table does not hold it."""
    named = _table().get(identifier, {})
    return {} if _REST in named else named


def licenses() -> tuple[str, ...]:
    """The licenses that the table holds, in its order; exceptions apart."""
    return tuple(key for key, cells in _table().items() if _REST in cells)


def exceptions() -> tuple[str, ...]:
    """The exceptions that the table holds, in its order."""
    return tuple(key for key, cells in _table().items() if _REST not in cells)


@cache
def _table() -> dict[str, dict[str, Clause]]:
    table: dict[str, dict[str, Clause]] = {}
    for clause in _clauses():
        cells = table.setdefault(clause.license, {})
        if clause.duty in cells:
            raise ValueError(f"duties.tsv answers {clause.duty} of {clause.license} twice")
        cells[clause.duty] = clause
    return table


def lines() -> Iterator[tuple[str, str, str, str]]:
    """The table as it is written: licenses and duties with blanks between, answer, clause."""
    from importlib.resources import files

    text = files("registry.domain.license").joinpath("duties.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            named, duties, answer, clause = line.split("\t")
            yield named, duties, answer, clause


def _clauses() -> Iterator[Clause]:
    for named, duties, answer, clause in lines():
        for license_ in named.split():
            for duty in duties.split():
                yield Clause(license_, duty, Duty(answer), clause)
