"""The allocation statement as a value: who would receive what of a pool of money under a rule, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from registry.documents.allocation.basis import Basis, Counted, Excluded, Payee
from registry.documents.allocation.rules import Part, Rule, Terms, Units
from registry.documents.contact import Contact, contact_of
from registry.documents.figures import day
from registry.documents.names import WITHHELD_AGENT
from registry.documents.partition import UNIDENTIFIED
from registry.domain.erasure import is_tombstone
from registry.domain.facts import ModelFacts
from registry.domain.money import Currency
from registry.domain.rounding import apportion, exact_sum
from registry.errors import RefusedError

REMAINDER = (
    "Each amount is the exact share of the net pool, cut to whole minor units; the units that are left go "
    "one each to the largest remainders; of equal ones to the payee whose key sorts first."
)
LANGUAGE = (
    "This says what each payee would receive under this rule. It is no promise and no debt: nothing in it "
    "says that a license, a law or a contract asks for the payment."
)


class Standing(StrEnum):
    """What happens with an amount."""

    PAYABLE = "payable"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Pool:
    """The money in minor units; each deduction with the words it was given in."""

    currency: Currency
    gross: int
    deductions: tuple[tuple[str, int], ...] = ()
    minimum: int = 0

    @property
    def net(self) -> int:
        """What is shared."""
        return self.gross - sum(amount for _, amount in self.deductions)


@dataclass(frozen=True, slots=True)
class Line:
    """What one payee would receive; `share` is exact, `amount` in minor units."""

    payee: Payee
    units: Units
    share: Fraction
    amount: int
    standing: Standing
    reason: str
    parts: tuple[Part, ...]

    @property
    def payable(self) -> int:
        """What is not withheld."""
        return self.amount if self.standing is Standing.PAYABLE else 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, beyond the pool: the words of the command that gives the same statement again."""

    period: str | None = None
    inherited: bool = False
    command: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """The number of a statement that was issued, by whom, when, and which it takes the place of."""

    number: int
    issued_by: str
    issued_at: str
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """The amounts and ranks of every payee under one rule, by key; `why` where it cannot be applied here."""

    rule: Rule
    payees: Mapping[str, Payee]
    amounts: Mapping[str, int]
    ranks: Mapping[str, int]
    why: str | None = None


@dataclass(frozen=True)
class Statement:
    """An allocation statement; lines in the order of their units, the largest first.

    manifest: the digest of what the model's attribution manifest for auditors says
    """

    model: ModelFacts
    software: str | None
    updated: str
    pool: Pool
    rule: Rule
    terms: Terms
    asked: Asked
    lines: tuple[Line, ...]
    versions: tuple[Counted, ...]
    excluded: tuple[Excluded, ...]
    notes: tuple[str, ...]
    contact: Contact
    manifest: str
    compared: tuple[Column, ...] = ()
    issue: Issue | None = None

    @cached_property
    def units(self) -> Fraction:
        """All units that share the pool."""
        return exact_sum(line.units for line in self.lines)

    @cached_property
    def share_sum(self) -> Fraction:
        """The sum of the exact shares: 1."""
        return exact_sum(line.share for line in self.lines)

    @cached_property
    def amount_sum(self) -> int:
        """The sum of the amounts: the net pool."""
        return sum(line.amount for line in self.lines)

    @cached_property
    def payable(self) -> int:
        """What is not withheld."""
        return sum(line.payable for line in self.lines)

    @property
    def everyone(self) -> tuple[Payee, ...]:
        """The payees of this statement in its order, then those whom only other rules give a line."""
        found = {line.payee.key: line.payee for line in self.lines}
        others = {key: payee for column in self.compared for key, payee in column.payees.items()}
        return (*found.values(), *(others[key] for key in sorted(others) if key not in found))

    @cached_property
    def withheld(self) -> Mapping[str, int]:
        """Withheld amounts by reason."""
        sums: dict[str, int] = {}
        for line in self.lines:
            if line.standing is Standing.WITHHELD:
                sums[line.reason] = sums.get(line.reason, 0) + line.amount
        return sums


def build_statement(
    shown: ModelFacts,
    basis: Basis,
    pool: Pool,
    rule: Rule,
    terms: Terms,
    *,
    stated_at: str,
    manifest: str,
    asked: Asked = Asked(),
    software: str | None = None,
) -> Statement:
    """Share the net pool under the rule. Raises `RefusedError` where there is nothing to share it by."""
    weighed = rule.weigh(basis, terms)
    return Statement(
        model=shown,
        software=software,
        updated=day(stated_at),
        pool=pool,
        rule=rule,
        terms=terms,
        asked=asked,
        lines=tuple(_lines(weighed.parts, pool, rule, shown)),
        versions=tuple(basis.versions.values()),
        excluded=(*basis.excluded, *weighed.excluded),
        notes=weighed.notes,
        contact=contact_of(shown),
        manifest=manifest,
    )


def amounts_of(parts: Iterable[Part], net: int) -> dict[str, int]:
    """Minor units by payee key: largest remainder, ties to the key that sorts first; they add up to `net`."""
    units = units_by_payee(parts)
    keys = sorted(units)
    return dict(zip(keys, apportion(net, [units[key] for key in keys]), strict=True))


def units_by_payee(parts: Iterable[Part]) -> dict[str, Units]:
    """The units of each payee, by key."""
    sums: dict[str, Units] = {}
    for part in parts:
        key = part.payee.key
        sums[key] = sums[key] + part.units if key in sums else part.units
    return sums


def _lines(parts: tuple[Part, ...], pool: Pool, rule: Rule, model: ModelFacts) -> Iterator[Line]:
    units = units_by_payee(parts)
    whole = exact_sum(units.values())
    if not whole:
        raise RefusedError(
            f"there are no {rule.unit} of {model.reference} that a pool could be shared by",
            hint="use another --rule, give classes a weight above 0, or record what the model was trained on",
        )
    amounts = amounts_of(parts, pool.net)
    by_payee: dict[str, list[Part]] = {}
    for part in parts:
        by_payee.setdefault(part.payee.key, []).append(part)
    for key in sorted(units, key=lambda key: (-units[key], key)):
        payee, amount = by_payee[key][0].payee, amounts[key]
        standing, reason = _standing(payee, amount, pool)
        yield Line(
            payee, units[key], Fraction(units[key]) / whole, amount, standing, reason, tuple(by_payee[key])
        )


def _standing(payee: Payee, amount: int, pool: Pool) -> tuple[Standing, str]:
    if payee.key == UNIDENTIFIED:
        return Standing.WITHHELD, "nobody is named: held until someone is"
    if payee.key == WITHHELD_AGENT:
        return Standing.WITHHELD, "the name is withheld"
    if is_tombstone(payee.name):
        return Standing.WITHHELD, "the name was erased: nobody can be paid under it"
    if amount < pool.minimum:
        return Standing.WITHHELD, f"below the minimum of {pool.currency.shown(pool.minimum)}"
    return Standing.PAYABLE, ""
