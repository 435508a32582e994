"""The attribution manifest: whose works a model was trained on, under which terms, with which duties."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from registry.documents.attribution_gaps import manifest_gaps
from registry.documents.composition import uses
from registry.documents.contact import contact_of
from registry.documents.figures import counted, day, percent, share_of
from registry.documents.holders import works_of
from registry.documents.inheritance import inherited_by, last_statement
from registry.documents.inherited import Inherited
from registry.documents.lineage_duties import duties_of_model
from registry.documents.manifest import LicenseDuties, Manifest
from registry.documents.notices import notices_of
from registry.documents.projection import Audience, project
from registry.documents.works import Source, Works
from registry.domain.facts import ModelFacts
from registry.domain.license import license_title, license_url, obligations


def build_attribution(
    model: ModelFacts,
    *,
    audience: Audience = Audience.PUBLIC,
    software: str | None = None,
    shown: ModelFacts | None = None,
) -> Manifest:
    """Split every word the model was trained on among its holders; totals are those of the disclosure.

    What base models brought along is kept apart, each base model once: `BaseModelFacts.model` with its
    holdings where it is here, `.disclosure` where another registry published one.
    shown: the model as `project` gives it to the audience, for whoever has that already.
    """
    shown = shown or project(model, audience)
    found = uses(shown)
    own = works_of(found)
    inherited = inherited_by(model, shown, audience)
    contact = contact_of(shown)
    return Manifest(
        model=_without_holders(shown),
        audience=audience,
        software=software,
        headline=_headline(shown, own),
        updated=day(last_statement(model)),
        own=own,
        inherited=inherited,
        no_base_model=model.no_base_model and not model.base_models,
        licenses=_licenses(own, inherited),
        contact=contact,
        gaps=tuple(manifest_gaps(shown, found, own, inherited, contact)),
        lineage=duties_of_model(shown),
        notices=notices_of(_sources(own, inherited)),
    )


def _without_holders(model: ModelFacts) -> ModelFacts:
    """The model as a manifest names it: who holds what stands in its rows, and need not be kept twice."""
    parts = tuple(replace(part, holdings=(), notices=()) for part in model.components)
    bases = tuple(
        replace(base, model=base.model and _without_holders(base.model)) for base in model.base_models
    )
    return replace(model, components=parts, base_models=bases)


def _sources(own: Works, inherited: Iterable[Inherited]) -> Iterator[Source]:
    yield from own.sources
    for base in inherited:
        yield from base.works.sources if base.works else ()


@dataclass(slots=True)
class _Sum:
    own: bool = False
    records: int = 0
    words: int = 0
    inherited_records: int = 0
    inherited_words: int = 0
    words_known: bool = True


def _licenses(own: Works, inherited: Iterable[Inherited]) -> tuple[LicenseDuties, ...]:
    """Every license with its duties: those of own training by their words, then those only inherited."""
    sums: dict[str, _Sum] = {}
    for row in (one.row for one in own.sums):
        found = sums.setdefault(row.license, _Sum())
        found.own = True
        found.records += row.records
        found.words += row.words
        found.words_known &= row.credit.size.words_known
    for expression, records, words in _inherited_sizes(inherited):
        found = sums.setdefault(expression, _Sum())
        found.inherited_records += records
        found.inherited_words += words
    ordered = sorted(
        sums.items(), key=lambda item: (not item[1].own, -item[1].words, -item[1].inherited_words, item[0])
    )
    return tuple(_duties(expression, found, own.words) for expression, found in ordered)


def _inherited_sizes(inherited: Iterable[Inherited]) -> Iterator[tuple[str, int, int]]:
    for base in inherited:
        yield from ((line.license, line.records, line.words) for line in base.lines)
        sums = base.works.sums if base.works else ()
        yield from ((one.row.license, one.row.records, one.row.words) for one in sums)


def _duties(expression: str, found: _Sum, whole: int) -> LicenseDuties:
    asked = obligations(expression)
    return LicenseDuties(
        license=expression,
        title=license_title(expression),
        url=license_url(expression),
        records=found.records,
        words=found.words,
        share=share_of(found.words, whole),
        duties=tuple((name, duty.value) for name, duty in asked.duties().items()),
        sources=asked.sources,
        is_own=found.own,
        inherited_records=found.inherited_records,
        inherited_words=found.inherited_words,
        words_known=found.words_known,
    )


def _headline(model: ModelFacts, own: Works) -> str:
    if not model.components:
        return f"What {model.name} {model.label} was trained on is not recorded"
    if not own.named:
        return f"No rights holder is named of what {model.name} {model.label} was trained on"
    share = percent(share_of(own.named_words, own.words))
    hold = "holds" if len(own.named) == 1 else "hold"
    whose = f"{counted(len(own.named), 'named rights holder')} {hold} rights in {share}"
    return f"{whose} of the words {model.name} {model.label} was trained on"
