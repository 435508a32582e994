"""Whose works a model version was trained on: every word split among its holders."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Use, total_records, total_words
from registry.documents.credit import Credit, credit_of, is_in_proportion
from registry.documents.figures import fixed, fraction_text
from registry.documents.names import WITHHELD_AGENT
from registry.documents.notices import notice_duty
from registry.documents.partition import UNIDENTIFIED, Portion, portions
from registry.documents.works import Holder, Row, Source, Works
from registry.domain.dataset import NOTICES
from registry.domain.facts import AgentFacts, ComponentFacts
from registry.domain.rounding import apportion

PRESUMED = "presumed-author"
_LEAST_DIGITS = 12


def works_of(found: tuple[Use, ...]) -> Works:
    """Split the records and words of projected versions; sizes count once, shares weigh by epochs."""
    cells = _cells(found)
    shares, share_sum = _shares([cell.weighted for cell in cells])
    sources = sorted(map(_source, found), key=lambda source: (source.dataset, source.version))
    return Works(
        holders=_holders(cells, shares),
        sources=tuple(sources),
        records=total_records(found),
        words=total_words(found),
        words_seen=sum((use.words_seen for use in found), Fraction(0)),
        share_sum=share_sum,
    )


@dataclass(slots=True)
class _Cell:
    agent: AgentFacts | None
    use: Use
    credit: Credit
    basis: str
    records: int = 0
    words: int = 0
    weighted: int | Fraction = 0

    @property
    def identity(self) -> str:
        return self.agent.id if self.agent else UNIDENTIFIED

    @property
    def name(self) -> str:
        return self.agent.name if self.agent else UNIDENTIFIED

    def key(self) -> tuple[int, str, str, str, str, str, str]:
        rank = {WITHHELD_AGENT: 1, UNIDENTIFIED: 2}.get(self.identity, 0)
        of = self.use.version
        return (rank, self.name.casefold(), self.identity, of.name, of.label, self.credit.license, self.basis)


class _Table:
    """The cells of one version, by holder, license and basis."""

    def __init__(self, use: Use) -> None:
        self._use = use
        self._credits: dict[str, Credit] = {}
        self.cells: dict[tuple[str, str, str], _Cell] = {}

    def cell(self, portion: Portion) -> _Cell:
        """The cell of a portion, made at its first use."""
        identity = portion.agent.id if portion.agent else UNIDENTIFIED
        key = (identity, portion.license, portion.basis)
        found = self.cells.get(key)
        if found is None:
            found = _Cell(portion.agent, self._use, self._credit(portion.license), portion.basis)
            self.cells[key] = found
        return found

    def _credit(self, expression: str) -> Credit:
        if expression not in self._credits:
            self._credits[expression] = credit_of(self._use, expression)
        return self._credits[expression]


def _cells(found: Iterable[Use]) -> list[_Cell]:
    """The portions of every version once, their words weighted over all runs, in the manifest's order."""
    cells: list[_Cell] = []
    for use in found:
        table = _Table(use)
        for portion, epochs, once in _portions(use):
            cell = table.cell(portion)
            cell.weighted += portion.words * epochs
            if once:
                cell.records += portion.records
                cell.words += portion.words
        cells += table.cells.values()
    return sorted(cells, key=_Cell.key)


def _portions(use: Use) -> Iterator[tuple[Portion, int | Fraction, bool]]:
    """Every part that was used, split; how often it was used in all; whether it is the one that counts.

    Runs over the same part, or over parts of one size that were not counted by record, split alike: so once.
    """
    once = _which(use.once)
    parts = {once: use.once}
    epochs = {once: Fraction(0)}
    for component in use.components:
        which = _which(component)
        parts.setdefault(which, component)
        epochs[which] = epochs.get(which, Fraction(0)) + component.epochs
    for which, times in epochs.items():
        whole = times.numerator if times.denominator == 1 else times
        for portion in portions(parts[which]):
            yield portion, whole, which == once


def _which(component: ComponentFacts) -> tuple[int, int, str]:
    """What tells a part of a version from others."""
    return component.records, component.words, component.selection.text if component.part else ""


def _shares(weights: list[int | Fraction]) -> tuple[list[str], str]:
    """Shares of the words seen as decimals that add up to 1 exactly, and their sum."""
    whole = sum(weights, Fraction(0))
    if not whole:
        return ["0"] * len(weights), "0"
    digits = max(_LEAST_DIGITS, len(str(int(whole))) + 1)
    parts = apportion(10**digits, weights)
    return [fixed(part, digits) for part in parts], fraction_text(Fraction(sum(parts), 10**digits))


def _holders(cells: list[_Cell], shares: list[str]) -> tuple[Holder, ...]:
    by_holder: dict[str, list[Row]] = {}
    for cell, share in zip(cells, shares, strict=True):
        by_holder.setdefault(cell.identity, []).append(_row(cell, share))
    return tuple(_holder(identity, rows) for identity, rows in by_holder.items())


def _holder(identity: str, rows: list[Row]) -> Holder:
    weighted = sum(row.weighted_words for row in rows)
    records, words = sum(row.records for row in rows), sum(row.words for row in rows)
    return Holder(identity, rows[0].holder, tuple(rows), records, words, weighted)


def _row(cell: _Cell, share: str) -> Row:
    holder = cell.name
    return Row(
        holder=holder,
        contributor=holder if cell.basis == PRESUMED else "",
        dataset=cell.use.version.name,
        version=cell.use.version.label,
        license=cell.credit.license,
        records=cell.records,
        words=cell.words,
        weighted_words=cell.weighted,
        share=share,
        basis=cell.basis,
        author=holder if cell.agent and cell.identity != WITHHELD_AGENT else None,
        credit=cell.credit,
    )


def _source(use: Use) -> Source:
    version = use.version
    notices = tuple((file.path, file.sha256) for file in version.distributions if file.role in NOTICES)
    return Source(
        version.name,
        version.label,
        version.title,
        version.publisher,
        version.url,
        version.license.stated,
        notices,
        credit_of(use, version.license.stated),
        is_in_proportion(use),
        use.once.notices,
        notice_duty(use.once),
    )
