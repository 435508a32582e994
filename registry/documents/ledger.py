"""The rows of a manifest in arrays: a million of them in a fraction of the memory that objects take."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from registry.documents.credit import Credit
from registry.documents.figures import fixed, fraction_text
from registry.documents.lazily import Lazily
from registry.documents.names import WITHHELD_AGENT, is_handle
from registry.documents.partition import UNIDENTIFIED
from registry.documents.works import Holder, Row, Sum
from registry.domain.facts import AgentFacts
from registry.domain.rounding import apportion

PRESUMED = "presumed-author"
_LEAST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Terms:
    """A dataset version under one of its licenses."""

    dataset: str
    version: str
    credit: Credit


@dataclass(frozen=True, slots=True)
class Entry:
    """What one holder has in a version under one license on one basis; no agent: unidentified."""

    agent: AgentFacts | None
    terms: int
    basis: str
    records: int
    words: int
    weighted_records: int | Fraction
    weighted: int | Fraction


class Ledger:
    """Entries in the manifest's order, with the shares of the words seen as decimals that add up to 1."""

    def __init__(self, entries: list[Entry], terms: Sequence[Terms]) -> None:
        """Take the entries over: the list is sorted, then emptied."""
        self._terms = terms
        entries.sort(key=self._key)
        self._agents = [entry.agent for entry in entries]
        self._of = array("q", (entry.terms for entry in entries))
        self._bases = [entry.basis for entry in entries]
        self._records = array("q", (entry.records for entry in entries))
        self._words = array("q", (entry.words for entry in entries))
        self._weighted_records = [entry.weighted_records for entry in entries]
        self._weighted = [entry.weighted for entry in entries]
        entries.clear()
        self._parts, self._digits = _shares(self._weighted)
        self._starts = array("q", self._first_rows())
        self._starts.append(len(self._agents))

    @property
    def share_sum(self) -> str:
        """The sum of the shares as printed."""
        return fraction_text(Fraction(sum(self._parts), 10**self._digits)) if self._digits else "0"

    @property
    def rows(self) -> Lazily[Row]:
        """Every row, in the order of the holders."""
        return Lazily(range(len(self._agents)), self._row)

    @property
    def holders(self) -> Lazily[Holder]:
        """In order of their names, then the withheld, then the unidentified."""
        return Lazily(range(len(self._starts) - 1), self._holder)

    @property
    def sums(self) -> tuple[Sum, ...]:
        """Rows of one version, license, basis and kind of holder as one, in the order of their first."""
        found: dict[tuple[int, str, str], list[int]] = {}
        counted = zip(self._of, self._bases, self._agents, self._records, self._words, strict=True)
        for place, (of, basis, agent, records, words) in enumerate(counted):
            identity = agent.id if agent and agent.id == WITHHELD_AGENT else "" if agent else UNIDENTIFIED
            group = found.setdefault((of, basis, identity), [place, 0, 0, 0])
            group[1] += 1
            group[2] += records
            group[3] += words
        return tuple(
            Sum(replace(self._row(place), records=records, words=words), rows)
            for place, rows, records, words in found.values()
        )

    @property
    def words(self) -> Sequence[int]:
        """The words of each holder, in the order of the holders."""
        return array("q", (sum(self._words[first:end]) for first, end in pairwise(self._starts)))

    def _key(self, entry: Entry) -> tuple[int, str, str, str, str, str, str]:
        identity, name = _identity(entry.agent), _name(entry.agent)
        rank = {WITHHELD_AGENT: 1, UNIDENTIFIED: 2}.get(identity, 0)
        of = self._terms[entry.terms]
        return rank, name.casefold(), identity, of.dataset, of.version, of.credit.license, entry.basis

    def _first_rows(self) -> list[int]:
        before = [None, *map(_identity, self._agents)]
        return [place for place, agent in enumerate(self._agents) if _identity(agent) != before[place]]

    def _row(self, place: int) -> Row:
        agent, of, basis = self._agents[place], self._terms[self._of[place]], self._bases[place]
        holder = _name(agent)
        return Row(
            holder=holder,
            contributor=holder if basis == PRESUMED else "",
            dataset=of.dataset,
            version=of.version,
            license=of.credit.license,
            records=self._records[place],
            words=self._words[place],
            weighted_records=self._weighted_records[place],
            weighted_words=self._weighted[place],
            share=fixed(self._parts[place], self._digits) if self._digits else "0",
            basis=basis,
            author=holder if agent and agent.id != WITHHELD_AGENT else None,
            credit=of.credit,
        )

    def _holder(self, number: int) -> Holder:
        first, end = self._starts[number], self._starts[number + 1]
        agent = self._agents[first]
        return Holder(
            _identity(agent),
            _name(agent),
            tuple(map(self._row, range(first, end))),
            sum(self._records[first:end]),
            sum(self._words[first:end]),
            sum(self._weighted[first:end]),
            by_handle=agent is not None and is_handle(agent),
        )


def _identity(agent: AgentFacts | None) -> str:
    return agent.id if agent else UNIDENTIFIED


def _name(agent: AgentFacts | None) -> str:
    return agent.name if agent else UNIDENTIFIED


def _shares(weights: Sequence[int | Fraction]) -> tuple[Sequence[int], int]:
    """Shares of the words seen as whole numbers of the last of so many decimals; none without words."""
    whole = sum(weights)
    if not whole:
        return [], 0
    digits = max(_LEAST_DIGITS, len(str(int(whole))) + 1)
    return apportion(10**digits, weights), digits
