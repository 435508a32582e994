"""The fields of a form: answered from the registry, answered by the provider, not applicable, or a gap."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Status(StrEnum):
    """Where the answer of a field comes from."""

    COMPUTED = "computed"
    DECLARED = "declared"
    NOT_APPLICABLE = "not-applicable"
    GAP = "gap"


class Kind(StrEnum):
    """What the cells of a column hold: text, a whole number, a share of one (`Fraction`), an address."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    LINK = "link"


Cell = str | int | Fraction | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its key in JSON, its heading (with the unit) on pages."""

    key: str
    title: str
    kind: Kind = Kind.TEXT

    @property
    def numeric(self) -> bool:
        """Whether the cells are numbers."""
        return self.kind in {Kind.COUNT, Kind.SHARE}


@dataclass(frozen=True, slots=True)
class Rest:
    """Of a table that is cut: how many rows there are in all, and where all of them are."""

    rows: int
    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """An answer of several rows, after a sentence that says what they say. A cell of None is not known.

    hrefs: for each row the page of this site that its first cell leads to; empty where none has one
    rest: where the rows are the first of more
    """

    summary: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    hrefs: tuple[str | None, ...] = ()
    rest: Rest | None = None


Value = str | Table | None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `closed_by` says who can close what is open, and how: always for a gap, and for an answer that lacks
    something. `method` says how a computed answer came about, `inputs` from what, and `query` is SQL that
    finds it again in the public views, where they hold all of it.
    """

    id: str
    title: str
    status: Status
    value: Value
    closed_by: str | None = None
    method: str | None = None
    inputs: str | None = None
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of a form."""

    id: str
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something not known, and who can close it."""

    field: str
    title: str
    closed_by: str
