"""The command that gives a statement again."""

import shlex
from collections.abc import Iterator

from registry.documents.allocation.rules import Rule, Terms
from registry.documents.allocation.statement import Pool
from registry.documents.figures import fraction_text


def command_of(
    model: str,
    pool: Pool,
    rule: Rule,
    terms: Terms,
    *,
    period: str | None = None,
    inherited: bool = False,
    compare: bool = False,
) -> str:
    """As it is typed; of the terms those that the rule reads, or with `compare` any rule."""
    reads = {"factors", "work", "classes", "class_weights"} if compare else set(rule.parameters)
    words = ["registry", "allocate", model, "--pool", pool.currency.amount(pool.gross)]
    words += ["--currency", pool.currency.code, "--rule", rule.id]
    for text, _ in pool.deductions:
        words += ["--deductions", text]
    words += ["--minimum", pool.currency.amount(pool.minimum)] if pool.minimum else []
    words += ["--period", period] if period else []
    words += _terms(terms, reads)
    words += ["--inherited"] if inherited else []
    words += ["--compare"] if compare else []
    return shlex.join([*words, "--out", "DIR"])


def _terms(terms: Terms, reads: set[str]) -> Iterator[str]:
    if "factors" in reads:
        for tag, factor in sorted(terms.factors.items()):
            yield from ("--language-factor", f"{tag}={fraction_text(factor)}")
    if "work" in reads and terms.work != "record":
        yield from ("--work", terms.work)
    if "classes" in reads and terms.classes != "license":
        yield from ("--classes", terms.classes)
    if "class_weights" in reads:
        for name, weight in sorted(terms.class_weights.items()):
            yield from ("--class-weight", f"{name}={fraction_text(weight)}")
