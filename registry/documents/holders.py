"""Whose works a model version was trained on: every word split among its holders."""

from collections.abc import Iterator
from fractions import Fraction

from registry.documents.composition import Use, total_records, total_words
from registry.documents.credit import credit_of, is_in_proportion
from registry.documents.ledger import Entry, Ledger, Terms
from registry.documents.notices import asks_in_any_case, notice_duty
from registry.documents.partition import UNIDENTIFIED, Portion, portions
from registry.documents.works import Source, Works
from registry.domain.dataset import NOTICES
from registry.domain.facts import ComponentFacts


def works_of(found: tuple[Use, ...]) -> Works:
    """Split the records and words of projected versions; sizes count once, shares weigh by epochs."""
    terms: list[Terms] = []
    ledger = Ledger([entry for use in found for entry in _entries(use, terms)], terms)
    sources = sorted(map(_source, found), key=lambda source: (source.dataset, source.version))
    return Works(
        holders=ledger.holders,
        sources=tuple(sources),
        records=total_records(found),
        words=total_words(found),
        words_seen=sum((use.words_seen for use in found), Fraction(0)),
        share_sum=ledger.share_sum,
        rows=ledger.rows,
        sums=ledger.sums,
        holder_words=ledger.words,
    )


class _Terms:
    """The licenses of one version, each with its place among the terms of all versions."""

    def __init__(self, use: Use, terms: list[Terms]) -> None:
        self._use, self._terms = use, terms
        self._places: dict[str, int] = {}

    def of(self, expression: str) -> int:
        """The place of a license, which is new at its first use."""
        if expression not in self._places:
            version = self._use.version
            self._places[expression] = len(self._terms)
            self._terms.append(Terms(version.name, version.label, credit_of(self._use, expression)))
        return self._places[expression]


def _entries(use: Use, terms: list[Terms]) -> Iterator[Entry]:
    """The portions of a version, words weighted over all runs."""
    of = _Terms(use, terms)
    parts = _parts(use)
    if len(parts) == 1:
        ((part, epochs),) = parts
        for one in portions(part):
            yield _entry(one, of.of(one.license), epochs)
        return
    merged: dict[tuple[str, int, str], Entry] = {}
    for number, (part, epochs) in enumerate(parts):
        for one in portions(part):
            key = (one.agent.id if one.agent else UNIDENTIFIED, of.of(one.license), one.basis)
            before = merged.get(key) or Entry(one.agent, key[1], one.basis, 0, 0, 0, 0)
            counts = number == 0
            merged[key] = Entry(
                before.agent,
                before.terms,
                before.basis,
                before.records + one.records * counts,
                before.words + one.words * counts,
                before.weighted_records + one.records * epochs,
                before.weighted + one.words * epochs,
            )
    yield from merged.values()


def _entry(one: Portion, terms: int, epochs: int | Fraction) -> Entry:
    seen = (one.records * epochs, one.words * epochs)
    return Entry(one.agent, terms, one.basis, one.records, one.words, *seen)


def _parts(use: Use) -> list[tuple[ComponentFacts, int | Fraction]]:
    """Every part that was used, the one that counts first, and how often it was used in all.

    Runs over the same part, or over parts of one size that were not counted by record, split alike: so once.
    """
    once = _which(use.once)
    parts = {once: use.once}
    epochs = {once: Fraction(0)}
    for component in use.components:
        which = _which(component)
        parts.setdefault(which, component)
        epochs[which] = epochs.get(which, Fraction(0)) + component.epochs
    return [
        (parts[which], times.numerator if times.denominator == 1 else times)
        for which, times in epochs.items()
    ]


def _which(component: ComponentFacts) -> tuple[int, int, str]:
    """What tells a part of a version from others."""
    return component.records, component.words, component.selection.text if component.part else ""


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
        asks_in_any_case(use.once),
        version.stated_contributors,
    )
