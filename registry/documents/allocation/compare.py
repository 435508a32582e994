"""The same pool under every rule, side by side."""

from collections.abc import Iterable

from registry.documents.allocation.basis import Basis
from registry.documents.allocation.rules import RULES, Rule, Terms
from registry.documents.allocation.statement import Column, amounts_of, units_by_payee


def compared(
    basis: Basis, net: int, terms: Terms, rules: Iterable[Rule] = RULES.values()
) -> tuple[Column, ...]:
    """Amounts and ranks of each payee under each rule; the same rank means the same amount."""
    return tuple(_column(basis, net, terms, rule) for rule in rules)


def _column(basis: Basis, net: int, terms: Terms, rule: Rule) -> Column:
    parts = rule.weigh(basis, terms).parts
    if not any(units_by_payee(parts).values()):
        return Column(rule, {}, {}, {}, f"there are no {rule.unit} that the pool could be shared by")
    amounts = amounts_of(parts, net)
    payees = {part.payee.key: part.payee for part in parts}
    return Column(rule, payees, amounts, ranks_of(amounts))


def ranks_of(amounts: dict[str, int]) -> dict[str, int]:
    """1 for the largest amount; equal amounts have one rank, and the next is counted on."""
    ranks: dict[str, int] = {}
    rank, before = 0, -1
    for place, key in enumerate(sorted(amounts, key=lambda key: (-amounts[key], key)), start=1):
        if amounts[key] != before:
            rank, before = place, amounts[key]
        ranks[key] = rank
    return ranks
