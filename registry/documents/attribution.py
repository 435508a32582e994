"""The attribution manifest: whose works a model was trained on, under which terms, with which duties."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from registry.documents.composition import Use, total_records, total_words, uses
from registry.documents.described import is_described
from registry.documents.eu_template import PROVIDER, RIGHTS_CONTACT
from registry.documents.fields import Gap
from registry.documents.figures import counted, day, exactly, fixed, fraction_text, percent, share_of
from registry.documents.manifest import Holder, LicenseDuties, Manifest, Row, Source
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE
from registry.documents.partition import UNIDENTIFIED, Portion, portions
from registry.documents.projection import Audience, project, shown_as
from registry.documents.subject import listed
from registry.documents.withheld import is_withheld
from registry.domain.dataset import FileRole
from registry.domain.facts import AgentFacts, ComponentFacts, ModelFacts, VersionFacts
from registry.domain.license import NOASSERTION, Duty, license_title, license_url, obligations
from registry.domain.rounding import apportion

PRESUMED = "presumed-author"
_LEAST_DIGITS = 12


def build_attribution(
    model: ModelFacts, *, audience: Audience = Audience.PUBLIC, software: str | None = None
) -> Manifest:
    """Split every word the model was trained on among its holders; totals are those of the disclosure."""
    shown = project(model, audience)
    found = uses(shown)
    cells = _cells(found)
    shares, share_sum = _shares([cell.weighted for cell in cells])
    holders = _holders(cells, shares)
    words = total_words(found)
    sources = tuple(_source(use.version) for use in found)
    return Manifest(
        model=shown,
        audience=audience,
        software=software,
        headline=_headline(shown, holders, words),
        updated=day(model.stated_at),
        holders=holders,
        licenses=_licenses(holders, words),
        sources=tuple(sorted(sources, key=lambda source: (source.dataset, source.version))),
        records=total_records(found),
        words=words,
        words_seen=shown.words_seen,
        share_sum=share_sum,
        gaps=tuple(_gaps(shown, holders)),
    )


@dataclass(slots=True)
class _Cell:
    agent: AgentFacts | None
    of: VersionFacts
    license: str
    basis: str
    records: int = 0
    words: int = 0
    weighted: int | Fraction = 0

    @property
    def identity(self) -> str:
        return self.agent.id if self.agent else UNIDENTIFIED

    def key(self) -> tuple[int, str, str, str, str, str, str]:
        rank = {WITHHELD_AGENT: 1, UNIDENTIFIED: 2}.get(self.identity, 0)
        name = self.agent.name if self.agent else UNIDENTIFIED
        return (rank, name.casefold(), self.identity, self.of.name, self.of.label, self.license, self.basis)


def _cells(found: Iterable[Use]) -> list[_Cell]:
    """The portions of every version once, their words weighted over all runs, in the manifest's order."""
    cells: dict[tuple[str, str, str, str], _Cell] = {}
    for use in found:
        for portion in portions(use.once):
            cell = _cell(cells, use.version, portion)
            cell.records += portion.records
            cell.words += portion.words
        for part, epochs in _parts(use):
            for portion in portions(part):
                _cell(cells, use.version, portion).weighted += portion.words * epochs
    return sorted(cells.values(), key=_Cell.key)


def _parts(use: Use) -> Iterable[tuple[ComponentFacts, int | Fraction]]:
    """The parts that were used and how often in all: runs over parts of one size split alike, so once."""
    epochs: dict[tuple[int, int], Fraction] = {}
    for component in use.components:
        size = (component.records, component.words)
        epochs[size] = epochs.get(size, Fraction(0)) + component.epochs
    for (records, words), times in epochs.items():
        part = replace(use.once, records=records, words=words)
        yield part, times.numerator if times.denominator == 1 else times


def _cell(cells: dict[tuple[str, str, str, str], _Cell], of: VersionFacts, portion: Portion) -> _Cell:
    identity = portion.agent.id if portion.agent else UNIDENTIFIED
    key = (identity, of.id, portion.license, portion.basis)
    return cells.setdefault(key, _Cell(portion.agent, of, portion.license, portion.basis))


def _shares(weights: list[int | Fraction]) -> tuple[list[str], str]:
    """Shares of the words seen as decimals that add up to 1 exactly, and their sum."""
    whole = sum(weights, Fraction(0))
    if not whole:
        return ["0"] * len(weights), "0"
    digits = max(_LEAST_DIGITS, len(str(int(whole))) + 1)
    parts = apportion(10**digits, weights)
    return [fixed(part, digits) for part in parts], fraction_text(Fraction(sum(parts), 10**digits))


def _holders(cells: list[_Cell], shares: list[str]) -> tuple[Holder, ...]:
    by_holder: dict[str, list[tuple[_Cell, Row]]] = {}
    for cell, share in zip(cells, shares, strict=True):
        by_holder.setdefault(cell.identity, []).append((cell, _row(cell, share)))
    return tuple(_holder(identity, [row for _, row in found]) for identity, found in by_holder.items())


def _holder(identity: str, rows: list[Row]) -> Holder:
    weighted = sum(row.weighted_words for row in rows)
    records, words = sum(row.records for row in rows), sum(row.words for row in rows)
    return Holder(identity, rows[0].holder, tuple(rows), records, words, weighted)


def _row(cell: _Cell, share: str) -> Row:
    holder = cell.agent.name if cell.agent else UNIDENTIFIED
    return Row(
        holder=holder,
        contributor=holder if cell.basis == PRESUMED else "",
        dataset=cell.of.name,
        version=cell.of.label,
        license=cell.license,
        records=cell.records,
        words=cell.words,
        weighted_words=cell.weighted,
        share=share,
        basis=cell.basis,
        attribution=_credit(cell),
    )


def _credit(cell: _Cell) -> str:
    """Title, author, source, license. Without a holder's name the publisher stands for the author."""
    named = cell.agent is not None and cell.identity != WITHHELD_AGENT
    return _credit_line(cell.of, cell.agent.name if named and cell.agent else None, cell.license)


def _credit_line(of: VersionFacts, author: str | None, expression: str) -> str:
    title = f'"{of.title}" ({shown_as(of)})' if of.title else shown_as(of)
    by = f", by {author}" if author else ""
    published = f", published by {of.publisher}" if of.publisher and of.publisher != author else ""
    source = f", {of.url}" if of.url else ""
    return f"{title}{by}{published}{source}, {_license_text(expression)}"


@cache
def _license_text(expression: str) -> str:
    if expression == WITHHELD_LICENSE:
        return "license withheld"
    title, url = license_title(expression), license_url(expression)
    text = "license not stated" if expression == NOASSERTION else title
    return f"{text} ({url})" if url else text


def _licenses(holders: Iterable[Holder], words: int) -> tuple[LicenseDuties, ...]:
    sums: dict[str, tuple[int, int]] = {}
    for row in (row for holder in holders for row in holder.rows):
        records, found = sums.get(row.license, (0, 0))
        sums[row.license] = (records + row.records, found + row.words)
    ordered = sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    return tuple(_duties(expression, *sizes, words) for expression, sizes in ordered)


def _duties(expression: str, records: int, words: int, whole: int) -> LicenseDuties:
    asked = obligations(expression)
    duties = tuple((name, duty.value) for name, duty in asked.duties().items())
    title, url = license_title(expression), license_url(expression)
    return LicenseDuties(
        expression, title, url, records, words, share_of(words, whole), duties, asked.sources
    )


def _source(version: VersionFacts) -> Source:
    notices = tuple(
        (file.path, file.sha256)
        for file in version.distributions
        if file.role in {FileRole.NOTICE, FileRole.LICENSE}
    )
    return Source(
        version.name,
        version.label,
        version.title,
        version.publisher,
        version.url,
        version.license.effective,
        notices,
    )


def _headline(model: ModelFacts, holders: tuple[Holder, ...], words: int) -> str:
    if not model.components:
        return f"What {model.name} {model.label} was trained on is not recorded"
    named = [holder for holder in holders if holder.is_named]
    share = percent(share_of(sum(holder.words for holder in named), words))
    hold = "holds" if len(named) == 1 else "hold"
    whose = f"{counted(len(named), 'named rights holder')} {hold} rights in {share}"
    return f"{whose} of the words {model.name} {model.label} was trained on"


def _gaps(model: ModelFacts, holders: tuple[Holder, ...]) -> Iterable[Gap]:
    unidentified = [row for holder in holders if holder.identity == UNIDENTIFIED for row in holder.rows]
    if unidentified:
        words = exactly(sum(row.words for row in unidentified), "word")
        where = listed(sorted({row.dataset for row in unidentified}))
        how = "Whoever adds the datasets: `--rights-holder-field` or `--creator-field` of registry ingest."
        yield Gap("holders", f"Who holds rights in {words} of {where}", how)
    unlicensed = [row for holder in holders for row in holder.rows if row.license == NOASSERTION]
    if unlicensed:
        words = exactly(sum(row.words for row in unlicensed), "word")
        where = listed(sorted({row.dataset for row in unlicensed}))
        how = "The publishers of the datasets; then `--license` or `--license-field` of registry ingest."
        yield Gap("licenses", f"Under which license {words} of {where} stand", how)
    yield from _uncredited(holders)
    known = [
        use.version for use in uses(model) if not (is_withheld(use.version) or is_described(use.version))
    ]
    yield from _source_gaps(known)
    if model.base_models:
        bases = listed([base.reference or base.url or "a base model" for base in model.base_models])
        how = f"See the manifest of {bases}: this one covers the modification."
        yield Gap("base-models", "Whose works the base model was trained on", how)
    yield Gap("rights-contact", "Where rights holders can write to", RIGHTS_CONTACT)


def _uncredited(holders: tuple[Holder, ...]) -> Iterable[Gap]:
    """Names that a license asks for and that are withheld."""
    rows = [
        row
        for holder in holders
        if holder.identity == WITHHELD_AGENT
        for row in holder.rows
        if obligations(row.license).attribution is Duty.YES
    ]
    if rows:
        words = exactly(sum(row.words for row in rows), "word")
        where = listed(sorted({row.dataset for row in rows}))
        how = "The provider: `shown_as: name` of these agents, or a way of credit that the license accepts."
        yield Gap("credits", f"The names to credit for {words} of {where}, which are withheld", how)


def _source_gaps(versions: list[VersionFacts]) -> Iterable[Gap]:
    without_title = sorted(shown_as(version) for version in versions if not version.title)
    without_url = sorted(shown_as(version) for version in versions if not version.url)
    if without_title:
        how = "Whoever adds the datasets: `registry ingest --title TITLE`."
        yield Gap("titles", f"The titles of {listed(without_title)}", how)
    if without_url:
        how = "Whoever adds the datasets: `registry ingest --url URL`."
        yield Gap("addresses", f"Where {listed(without_url)} can be found", how)
    if versions:
        how = PROVIDER + "`processing` of the datasets."
        yield Gap("changes", "What was changed in the works before training", how)
