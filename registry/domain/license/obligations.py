"""What follows from a license expression: duties combined over AND and OR."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from registry.domain.license import creative_commons, duties
from registry.domain.license.duties import DUTIES, Clause, Duty, Row
from registry.domain.license.expressions import Node, Term
from registry.domain.license.parse import NONE, parse_tree


@dataclass(frozen=True, slots=True)
class Obligations:
    """The duties of an expression.

    attribution: those who made it are named, by a credit or by their copyright notice; notice: the license
    text, its address or NOTICE files travel along; state_changes: changes are marked; use_restrictions:
    uses are forbidden by their purpose; no_derivatives stands alone: it is not share-alike.
    sources: for each license, the clauses that it asks by
    clauses: the cells of the table that give each duty its answer, in the order of the duties
    """

    attribution: Duty = Duty.UNKNOWN
    share_alike: Duty = Duty.UNKNOWN
    notice: Duty = Duty.UNKNOWN
    state_changes: Duty = Duty.UNKNOWN
    non_commercial: Duty = Duty.UNKNOWN
    no_derivatives: Duty = Duty.UNKNOWN
    use_restrictions: Duty = Duty.UNKNOWN
    network_copyleft: Duty = Duty.UNKNOWN
    disclose_source: Duty = Duty.UNKNOWN
    sources: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()

    def duties(self) -> dict[str, Duty]:
        """Every duty by name, in the order of the table."""
        return {name: getattr(self, name) for name in DUTIES}

    def clauses_of(self, duty: str) -> tuple[Clause, ...]:
        """The clauses by which a duty has its answer; none where the table does not hold the license."""
        return tuple(clause for clause in self.clauses if clause.duty == duty)


@lru_cache(4_096)
def obligations(expression: str) -> Obligations:
    """Return the duties of an expression; all unknown for `NOASSERTION`, `NONE` and what is not in the table.

    AND takes the strictest of its operands (no < unknown < contested < yes), OR the least: what is owed
    whichever is chosen. No single choice need be that free: `alternatives` gives them one by one. An
    exception of the table makes what it lifts contested, as it lifts it for some uses only; others leave
    everything as the license has it.
    """
    node = parse_tree(expression)
    if node is None:
        granted = "no license: nothing is permitted by it, so no condition can be met"
        return Obligations(sources=(granted,) if expression == NONE else ())
    return _of_node(node)


def combine(parts: Iterable[Obligations]) -> Obligations:
    """Return the strictest of several obligations that hold at once, as along a derivation chain."""
    return _fold(list(parts), strictest=True)


def alternatives(expression: str) -> tuple[str, ...]:
    """Return the expressions joined by the outermost OR: what a licensee may choose from."""
    node = parse_tree(expression)
    if node is None or isinstance(node, Term) or node.operator == "AND":
        return (expression if node is None else str(node),)
    return tuple(str(part) for part in node.operands)


def is_choice(expression: str, of: str) -> bool:
    """Whether an expression is what a licensee may choose from `of`: one alternative, or some of them."""
    offered = alternatives(of)
    return len(offered) > 1 and set(alternatives(expression)) < set(offered)


def _of_node(node: Node) -> Obligations:
    if isinstance(node, Term):
        row = duties.row(row_key(node.license))
        return Obligations() if row is None else _of_row(_lessened(row, node.exception))
    return _fold([_of_node(part) for part in node.operands], strictest=node.operator == "AND")


def row_key(identifier: str) -> str:
    """The name under which the table has a license: ports and "or later" share a row with their license."""
    commons = creative_commons.from_identifier(identifier.removesuffix("+"))
    if commons is not None:
        # Version 2.1 exists only as ports (Japan, Spain, ...) of the 2.0 texts.
        return commons.unported.replace("-2.1", "-2.0")
    return re.sub(r"(?:\+|-only|-or-later)$", "", identifier)


def _lessened(row: Row, exception: str | None) -> Row:
    """A row under an exception, which adds permissions and never asks for more."""
    lifted = duties.exception(exception) if exception else {}
    return {
        name: lifted[name] if name in lifted and lifted[name].answer.rank < clause.answer.rank else clause
        for name, clause in row.items()
    }


def _of_row(row: Row) -> Obligations:
    by_license: dict[str, dict[str, None]] = {}
    for clause in row.values():
        if clause.answer is not Duty.NO:
            by_license.setdefault(clause.license, {})[clause.text] = None
    if not by_license:
        clause = row[DUTIES[0]]
        by_license = {clause.license: {clause.text: None}}
    sources = tuple(f"{license_}, {'; '.join(texts)}" for license_, texts in by_license.items())
    answers = {name: clause.answer for name, clause in row.items()}
    return _from_duties(answers, sources, tuple(row[name] for name in DUTIES))


def _fold(parts: list[Obligations], *, strictest: bool) -> Obligations:
    pick = max if strictest else min
    answers = [part.duties() for part in parts] or [dict.fromkeys(DUTIES, Duty.NO)]
    values = {name: pick((answer[name] for answer in answers), key=lambda one: one.rank) for name in DUTIES}
    deciding = dict.fromkeys(
        clause
        for name in DUTIES
        for part in parts
        for clause in part.clauses_of(name)
        if getattr(part, name) is values[name]
    )
    sources = dict.fromkeys(source for part in parts for source in part.sources)
    return _from_duties(values, tuple(sources), tuple(deciding))


def _from_duties(
    answers: dict[str, Duty], sources: tuple[str, ...], clauses: tuple[Clause, ...]
) -> Obligations:
    values: dict[str, Any] = {**answers, "sources": sources, "clauses": clauses}
    return Obligations(**values)
