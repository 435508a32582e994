"""What follows from a license expression: duties combined over AND and OR."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from registry.domain.license import creative_commons
from registry.domain.license.duties import DUTIES, ROWS, Row
from registry.domain.license.expressions import Node, Term
from registry.domain.license.parse import NONE, parse_tree


class Duty(StrEnum):
    """Whether a license asks for something, from the least to the most."""

    NO = "no"
    UNKNOWN = "unknown"
    CONTESTED = "contested"
    YES = "yes"


_RANK = {duty: rank for rank, duty in enumerate(Duty)}


@dataclass(frozen=True, slots=True)
class Obligations:
    """The duties of an expression.

    attribution: those who made it are named, by a credit or by their copyright notice; notice: the license
    text, its address or NOTICE files travel along; state_changes: changes are marked; use_restrictions:
    uses are forbidden by their purpose; no_derivatives stands alone: it is not share-alike.
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

    def duties(self) -> dict[str, Duty]:
        """Every duty by name, in the order of the table."""
        return {name: getattr(self, name) for name in DUTIES}


@lru_cache(4_096)
def obligations(expression: str) -> Obligations:
    """Return the duties of an expression; all unknown for `NOASSERTION`, `NONE` and what is not in the table.

    AND takes the strictest of its operands (no < unknown < contested < yes), OR the least: what is owed
    whichever is chosen. No single choice need be that free: `alternatives` gives them one by one.
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


def _of_node(node: Node) -> Obligations:
    if isinstance(node, Term):
        row = ROWS.get(_row_key(node.license))
        return Obligations() if row is None else _of_row(row)
    return _fold([_of_node(part) for part in node.operands], strictest=node.operator == "AND")


def _row_key(identifier: str) -> str:
    commons = creative_commons.from_identifier(identifier.removesuffix("+"))
    if commons is not None:
        # Version 2.1 exists only as ports (Japan, Spain, ...) of the 2.0 texts.
        return commons.unported.replace("-2.1", "-2.0")
    return re.sub(r"(?:\+|-only|-or-later)$", "", identifier)


def _of_row(row: Row) -> Obligations:
    said = {
        name: duty
        for duty, names in ((Duty.YES, row.yes), (Duty.CONTESTED, row.contested), (Duty.UNKNOWN, row.unknown))
        for name in names.split()
    }
    return _from_duties({name: said.get(name, Duty.NO) for name in DUTIES}, (row.source,))


def _fold(parts: list[Obligations], *, strictest: bool) -> Obligations:
    pick = max if strictest else min
    duties = [part.duties() for part in parts] or [dict.fromkeys(DUTIES, Duty.NO)]
    values = {name: pick((duty[name] for duty in duties), key=_RANK.__getitem__) for name in DUTIES}
    return _from_duties(values, tuple(dict.fromkeys(source for part in parts for source in part.sources)))


def _from_duties(duties: dict[str, Duty], sources: tuple[str, ...]) -> Obligations:
    values: dict[str, Any] = {**duties, "sources": sources}
    return Obligations(**values)
