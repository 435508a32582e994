"""SPDX license expressions: parsing, canonical form, and evaluation over AND and OR.

Canonical form: identifiers in the list's own case, operators in capitals, operands in the order written
(SPDX 3 annex B gives them no order, but the order often says a preference), nested equal operators
flattened, repeated operands dropped, a compound inside another always in parentheses.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

Operator = Literal["AND", "OR"]

# Operators stand between blanks or parentheses: `GPL-3.0-or-later` holds none.
_TOKENS = re.compile(r"([()]|(?<![^\s()])(?:and|or|with)(?![^\s()]))", re.IGNORECASE)
_OPERATORS = {"and", "or", "with", "(", ")"}
_LONGEST = 2000
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Term:
    """One license, perhaps WITH an exception."""

    license: str
    exception: str | None = None

    def __str__(self) -> str:
        return self.license if self.exception is None else f"{self.license} WITH {self.exception}"


@dataclass(frozen=True, slots=True)
class Compound:
    """Two or more operands under one operator."""

    operator: Operator
    operands: tuple["Node", ...]

    def __str__(self) -> str:
        parts = (f"({part})" if isinstance(part, Compound) else str(part) for part in self.operands)
        return f" {self.operator} ".join(parts)


Node = Term | Compound


def parse_expression(
    text: str, license_of: Callable[[str], str | None], exception_of: Callable[[str], str | None]
) -> Node | None:
    """Return the tree of an expression, or None where it is not one or an operand is not known.

    `license_of` and `exception_of` give the canonical form of one operand, which may hold blanks.
    """
    if len(text) > _LONGEST or text.count("(") > _DEEPEST:
        return None
    words = [word.strip() for word in _TOKENS.split(text) if word.strip()]
    canonical: list[str] = []
    for position, word in enumerate(words):
        after_with = position > 0 and words[position - 1].lower() == "with"
        found = word if word.lower() in _OPERATORS else (exception_of if after_with else license_of)(word)
        if found is None:
            return None
        canonical.append(f"({found})" if " " in found else found)
    return _tree(" ".join(canonical)) if canonical else None


def all_of(nodes: Iterable[Node]) -> Node | None:
    """Return the conjunction of expressions in canonical form, each operand once; None of nothing."""
    parts = list(nodes)
    return _compound("AND", parts) if parts else None


def terms(node: Node) -> tuple[Term, ...]:
    """Return the licenses of an expression in the order written, each once."""
    if isinstance(node, Term):
        return (node,)
    return tuple(dict.fromkeys(term for part in node.operands for term in terms(part)))


@cache
def _licensing() -> Any:
    from license_expression import Licensing

    return Licensing()


def _tree(text: str) -> Node | None:
    from license_expression import ExpressionError

    try:
        parsed = _licensing().parse(text, simple=True)
    except ExpressionError:
        return None
    return None if parsed is None else _convert(parsed)


def _convert(parsed: Any) -> Node:
    if hasattr(parsed, "exception_symbol"):
        return Term(parsed.license_symbol.key, parsed.exception_symbol.key)
    if parsed.isliteral:
        return Term(parsed.key)
    operator: Operator = "AND" if parsed.operator.strip() == "AND" else "OR"
    return _compound(operator, [_convert(part) for part in parsed.args])


def _compound(operator: Operator, parts: list[Node]) -> Node:
    flat: dict[Node, None] = {}
    for part in parts:
        same = isinstance(part, Compound) and part.operator == operator
        flat.update(dict.fromkeys(part.operands if same and isinstance(part, Compound) else (part,)))
    operands = tuple(flat)
    return operands[0] if len(operands) == 1 else Compound(operator, operands)
