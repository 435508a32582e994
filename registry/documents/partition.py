"""What a component uses, split among those who hold rights in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from registry.domain.facts import AgentFacts, ComponentFacts, HoldingFacts, Size
from registry.domain.rounding import apportion

UNIDENTIFIED = "unidentified"
_KEY_OF_NOBODY = "\U0010ffff"  # sorts after every agent: whole numbers are rounded in favour of the named


@dataclass(frozen=True, slots=True)
class Portion:
    """What of a component one holder has under one license on one basis; no agent: unidentified."""

    agent: AgentFacts | None
    license: str
    basis: str
    records: int
    words: int


def portions(component: ComponentFacts) -> tuple[Portion, ...]:
    """Split a component among its holders: the parts add up to its records and words exactly.

    Shares are exact fractions; a part that was not counted record by record takes of every holding in
    proportion; whole numbers come by largest remainder, of licenses first, so that these add up alike whether
    the holders are known or not.
    """
    cells = _cells(component)
    keys = sorted(cells)
    licenses = [key[1] for key in keys]
    records = _split_by(licenses, component.records, [cells[key].records for key in keys])
    words = _split_by(licenses, component.words, [cells[key].words for key in keys])
    return tuple(
        Portion(cells[key].agent, key[1], key[2], own_records, own_words)
        for key, own_records, own_words in zip(keys, records, words, strict=True)
    )


def is_divided(component: ComponentFacts) -> bool:
    """Whether parts of a version may have different holders or licenses."""
    several = len(component.licenses) > 1 and not component.holdings
    whole = component.whole
    covered = sum(holding.size.words for holding in component.holdings) >= whole.words
    return several or len(component.holdings) > 1 or (bool(component.holdings) and not covered)


def used_bytes(component: ComponentFacts) -> int:
    """UTF-8 bytes of content in a component."""
    return _used_of(component, component.whole.bytes, component.whole)


def used_part(component: ComponentFacts, amount: int) -> int:
    """What a component uses of an amount of its version: in proportion to the words used, rounded up."""
    return _used_of(component, amount, component.version.size)


def _used_of(component: ComponentFacts, amount: int, whole: Size) -> int:
    used, all_of_it = (component.words, whole.words) if whole.words else (component.records, whole.records)
    return amount if used == all_of_it else -(-amount * used // all_of_it) if all_of_it else 0


@dataclass(slots=True)
class _Cell:
    agent: AgentFacts | None
    records: int | Fraction = 0
    words: int | Fraction = 0


def _cells(component: ComponentFacts) -> dict[tuple[str, str, str], _Cell]:
    whole = component.version.license.stated
    cells: dict[tuple[str, str, str], _Cell] = {}
    for holding in _complete(component):
        for agent, share in _parties(holding):
            basis = UNIDENTIFIED if agent is None else holding.basis
            key = (agent.id if agent else _KEY_OF_NOBODY, holding.license or whole, basis)
            cell = cells.setdefault(key, _Cell(agent))
            cell.records += holding.size.records * share
            cell.words += holding.size.words * share
    return cells


def _complete(component: ComponentFacts) -> Iterator[HoldingFacts]:
    """The holdings, and what they leave as unidentified; without any, parts by the records' licenses."""
    whole = component.whole
    holdings = component.holdings or tuple(
        HoldingFacts((), None if not part.raw else part.expression, UNIDENTIFIED, part.size)
        for part in component.licenses
    )
    yield from (holding for holding in holdings if holding.size.records or holding.size.words)
    records = max(0, whole.records - sum(holding.size.records for holding in holdings))
    words = max(0, whole.words - sum(holding.size.words for holding in holdings))
    if records or words or not any(holding.size.records or holding.size.words for holding in holdings):
        yield HoldingFacts((), None, UNIDENTIFIED, Size(records, words, 0))


def _parties(holding: HoldingFacts) -> Iterator[tuple[AgentFacts | None, int | Fraction]]:
    """Agents with their shares, whole ones as integers: a million fractions are slow to multiply."""
    if not holding.parties:
        yield None, 1
        return
    rest = Fraction(1)
    for party in holding.parties:
        yield party.agent, 1 if party.share == 1 else party.share
        rest -= party.share
    if rest > 0:
        yield None, rest


def _split_by(groups: Sequence[str], total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Split a total among groups, in their order, and what each gets among its members."""
    members: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    places = [members[group] for group in sorted(members)]
    parts = [0] * len(weights)
    sums = _split(total, [sum(weights[one] for one in of) for of in places])
    for of, part in zip(places, sums, strict=True):
        for place, own in zip(of, _split(part, [weights[one] for one in of]), strict=True):
            parts[place] = own
    return parts


def _split(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """`apportion`, where there is anything to round."""
    whole = [weight for weight in weights if isinstance(weight, int)]
    return whole if len(whole) == len(weights) and sum(whole) == total else apportion(total, weights)
