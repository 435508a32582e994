"""Which licenses, and so which duties, a dataset inherits from what it is declared to be made from."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registry.documents.fields import Column, Table
from registry.documents.figures import counted
from registry.documents.inherited_terms import link_json
from registry.documents.inversions import step
from registry.documents.projection import shown_as
from registry.domain.facts import ModelFacts, VersionFacts
from registry.domain.license import Duty, obligations
from registry.domain.lineage import Link
from registry.domain.terms import InheritedLicense

Json = dict[str, Any]
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class InheritedDuties:
    """The terms of one ancestor of a dataset: what they ask for, and the path that leads there.

    license: None where nobody has stated any; duties: those that hold
    """

    dataset: str
    ancestor: str
    license: str | None
    duties: tuple[str, ...]
    is_complete: bool
    path: tuple[Link, ...]

    @property
    def way(self) -> str:
        """The path in a line: `c@1 ← b@1 ← a@1`."""
        return " ← ".join((self.path[0].child, *(link.parent for link in self.path)))

    @property
    def asked(self) -> str:
        """What the terms ask for, in a cell."""
        if self.license is None:
            return "not known"
        return ", ".join(duty.replace("_", " ") for duty in self.duties) or "nothing"


def inherited_duties(version: VersionFacts) -> tuple[InheritedDuties, ...]:
    """A line for each ancestor of a projected version, the nearest first."""
    return tuple(_line(shown_as(version), one) for one in version.license.inherited)


def duties_of_model(model: ModelFacts) -> tuple[InheritedDuties, ...]:
    """The same of every dataset version that a projected model was trained on, each once."""
    versions: Iterable[VersionFacts] = {one.version.id: one.version for one in model.components}.values()
    return tuple(line for version in versions for line in inherited_duties(version))


def _line(dataset: str, one: InheritedLicense) -> InheritedDuties:
    known = one.terms.expression if one.terms.expressions else None
    asked = obligations(known).duties() if known else {}
    duties = tuple(name for name, duty in asked.items() if duty is Duty.YES)
    return InheritedDuties(dataset, one.reference, known, duties, one.terms.is_complete, one.ancestor.path)


def duties_said(found: tuple[InheritedDuties, ...]) -> str:
    """How many ancestors have terms, and of how many none are known, in a heading."""
    unknown = sum(not one.is_complete for one in found)
    of = counted(len({one.ancestor for one in found}), "ancestor")
    return f"Terms of {of}, inherited along the lineage" + (
        f"; of {unknown} not known in full" if unknown else ""
    )


def duties_table(found: tuple[InheritedDuties, ...], *, of_model: bool) -> Table:
    """The lines as a table, with the dataset where there may be several."""
    columns = (
        *([Column("dataset", "Dataset")] if of_model else []),
        Column("ancestor", "Made from"),
        Column("license", "License"),
        Column("asked", "It asks for"),
        Column("path", "Path"),
        Column("evidence", "Who says so"),
    )
    rows = tuple(
        (
            *([one.dataset] if of_model else []),
            one.ancestor,
            one.license or NOT_STATED,
            one.asked,
            one.way,
            "; ".join(map(step, one.path)),
        )
        for one in found
    )
    return Table(
        "The licenses of what it is declared to be made from; the path is a shortest.", columns, rows
    )


def duties_json(one: InheritedDuties) -> Json:
    """One line as JSON."""
    return {
        "dataset": one.dataset,
        "ancestor": one.ancestor,
        "license": one.license,
        "is_complete": one.is_complete,
        "obligations": list(one.duties),
        "path": [link_json(link) for link in one.path],
    }
