"""The twelve items of California Civil Code section 3111(a), and how their answers are put together.

Assembly Bill 2013, Civil Code sections 3110 and 3111, in force since 1 January 2026. The titles say in our
own words what an item asks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from registry.documents.composition import Use
from registry.documents.eu_parts import NOTHING_MORE
from registry.documents.fields import Cell, Column, Field, Gap, Section, Status, Table
from registry.documents.gaps import gaps_of
from registry.documents.names import WITHHELD_AGENT
from registry.documents.projection import shown_as
from registry.documents.subject import listed, needed
from registry.documents.withheld import is_withheld
from registry.domain.stated import Exemption

LAW = "California Civil Code section 3111"
TITLES = {
    "3111.a.1": "Sources or owners of the datasets",
    "3111.a.2": "How the datasets further the intended purpose",
    "3111.a.3": "Number of data points",
    "3111.a.4": "Types of data points",
    "3111.a.5": "Copyright, trademarks and patents, or public domain",
    "3111.a.6": "Purchased or licensed",
    "3111.a.7": "Personal information",
    "3111.a.8": "Aggregate consumer information",
    "3111.a.9": "Cleaning, processing and other modification",
    "3111.a.10": "Time of collection",
    "3111.a.11": "First use in development",
    "3111.a.12": "Synthetic data generation",
}
EXEMPTIONS = {
    Exemption.SECURITY: "its sole purpose is to help ensure security and integrity, section 3111(b)(1)",
    Exemption.AIRCRAFT: "its sole purpose is the operation of aircraft in the national airspace, "
    "section 3111(b)(2)",
    Exemption.NATIONAL_SECURITY: "it was developed for national security, military or defense purposes and "
    "is made available to a federal entity alone, section 3111(b)(3)",
}
DATASET = Column("dataset", "Dataset")
EXPLANATION = Column("explanation", "Explanation")
AS_DECLARED = "As declared for each dataset."


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of a dataset towards an item, the answer first; lacking: keys that would add to it."""

    use: Use
    cells: tuple[Cell, ...]
    lacking: tuple[str, ...] = ()

    @property
    def answer(self) -> Cell:
        """The first cell; None where the answer is not known."""
        return self.cells[0]

    @property
    def name(self) -> str:
        """The dataset as sentences name it."""
        return shown_as(self.use.version)


def lines_of(uses: Iterable[Use], columns: int, read: Callable[[Use], Line]) -> tuple[Line, ...]:
    """A line for each dataset; of private ones together nothing is told but that it is withheld."""
    return tuple(
        Line(use, (WITHHELD_AGENT,) * columns, ("`visibility`",)) if is_withheld(use.version) else read(use)
        for use in uses
    )


def item(
    identifier: str,
    status: Status,
    columns: Sequence[Column],
    lines: Sequence[Line],
    summary: str,
    method: str,
    *,
    more: str | None = None,
) -> Field:
    """An item with a row for each dataset; a gap where nothing is known of any; more: what else is open.

    The column of explanations is left out where there are none.
    """
    still_open = " ".join(filter(None, (more, needed((line.use, line.lacking) for line in lines)))) or None
    if not any(is_told(line) for line in lines):
        return Field(identifier, TITLES[identifier], Status.GAP, None, still_open, None)
    kept = [place for place, one in enumerate(columns) if one is not EXPLANATION or _explained(lines, place)]
    rows = tuple((line.name, *(line.cells[place] for place in kept)) for line in lines)
    table = Table(summary, (DATASET, *(columns[place] for place in kept)), rows)
    return Field(identifier, TITLES[identifier], status, table, still_open, method)


def _explained(lines: Sequence[Line], place: int) -> bool:
    return any(line.cells[place] not in {NOTHING_MORE, WITHHELD_AGENT} for line in lines)


def is_told(line: Line) -> bool:
    """Whether anything is said of a dataset towards an item."""
    return not is_hidden(line) and any(cell not in {None, NOTHING_MORE} for cell in line.cells)


def is_hidden(line: Line) -> bool:
    """Whether the answer is withheld."""
    return line.answer == WITHHELD_AGENT


def names_where(lines: Iterable[Line], holds: Callable[[Line], bool]) -> str:
    """The datasets of which something holds, in a sentence; empty where there are none."""
    found = [line.name for line in lines if holds(line)]
    return listed(found) if found else ""


def sentences(parts: Iterable[tuple[str, str]]) -> str:
    """A sentence for each of the groups that has members: (what is said, of whom)."""
    return " ".join(f"{text} {names}." for text, names in parts if names)


def whole_gap(identifier: str, closed_by: str) -> Field:
    """An item towards which nothing is recorded at all."""
    return Field(identifier, TITLES[identifier], Status.GAP, None, closed_by, "No dataset is recorded.")


def exempt(identifier: str, why: Exemption) -> Field:
    """An item that the law does not ask for."""
    method = f"As the provider states, California asks for no documentation of this model: {EXEMPTIONS[why]}."
    return Field(identifier, TITLES[identifier], Status.NOT_APPLICABLE, "Not applicable", None, method)


def as_section(items: tuple[Field, ...]) -> Section:
    """The items as what they are a part of."""
    return Section("3111.a", LAW, items)


def open_items(items: tuple[Field, ...]) -> tuple[Gap, ...]:
    """What the items leave open, with who can close it."""
    return gaps_of((as_section(items),))
