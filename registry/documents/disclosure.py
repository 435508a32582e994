"""The disclosure report: what a model was trained on, in the order of the EU template."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from registry.documents.beyond import gaps_beyond
from registry.documents.california.form import california_items
from registry.documents.california.law import as_section
from registry.documents.composition import (
    Part,
    Use,
    by_language,
    by_license,
    by_origin,
    total_records,
    total_words,
    uses,
)
from registry.documents.contact import Contact, contact_gap, contact_of
from registry.documents.contamination import overlap_field
from registry.documents.domains import DomainRow, ranked_domains
from registry.documents.edition import History
from registry.documents.eu_crawled import crawled_fields
from registry.documents.eu_edition import edition_fields
from registry.documents.eu_general import general_fields
from registry.documents.eu_generated import generated_fields
from registry.documents.eu_handling import handling_fields
from registry.documents.eu_model import answers_of
from registry.documents.eu_sources import source_fields
from registry.documents.eu_template import PLACE, UPDATES, sections
from registry.documents.fields import Field, Gap, Section
from registry.documents.figures import day
from registry.documents.gaps import gaps_of
from registry.documents.labour import labour_field
from registry.documents.projection import Audience, project
from registry.documents.sizes import is_declared_once
from registry.documents.subject import Subject, dataset_count, headline
from registry.documents.why import Why, explained, figures
from registry.documents.withheld import stands_for
from registry.domain.dataset import Origin
from registry.domain.facts import ModelFacts
from registry.domain.stated import Answer


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A disclosure report of one model version, a draft until it is published.

    `datasets` counts the versions behind the lines of `uses`, of which one may stand for several that are
    withheld; `declared_only` counts those of them that nobody here has read, and `declared_records` and
    `declared_words` are the part of the totals whose size is declared, not measured. `domains` are all of
    them; field 2.3.h lists the most relevant. `california` are the items of that State's own form, `beyond`
    what no form asks for. `how` says how the figures beside the forms were computed.
    """

    model: ModelFacts
    audience: Audience
    software: str | None
    headline: str
    updated: str
    datasets: int
    declared_only: int
    uses: tuple[Use, ...]
    records: int
    words: int
    words_seen: Fraction
    declared_records: int
    declared_words: int
    origins: tuple[Part, ...]
    licenses: tuple[Part, ...]
    languages: tuple[Part, ...]
    domains: tuple[DomainRow, ...]
    sections: tuple[Section, ...]
    gaps: tuple[Gap, ...]
    california: tuple[Field, ...]
    beyond: tuple[Field, ...]
    contact: Contact
    history: History = History()
    how: Mapping[str, Why] = field(default_factory=dict)

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field of the form, in its order."""
        return tuple(one for section in self.sections for one in section.fields)


def build_disclosure(
    model: ModelFacts,
    *,
    audience: Audience = Audience.PUBLIC,
    exact_sizes: bool = False,
    small_provider: bool = False,
    software: str | None = None,
    history: History = History(),
    shown: ModelFacts | None = None,
) -> Disclosure:
    """Answer every field of the template from the facts; what they do not tell is a gap.

    exact_sizes: sizes in the fields are exact instead of bands and rounded figures (the totals always are).
    small_provider: a small or medium-sized enterprise, also where it does not say so itself; it lists fewer
    domain names. software: the version of this program, for the record. history: its editions so far.
    shown: the model as `project` gives it to the audience, for whoever has that already.
    """
    shown = shown or project(model, audience)
    subject = _subject(shown, exact_sizes=exact_sizes, small_provider=small_provider)
    found = subject.uses
    domains = ranked_domains(subject.of(Origin.CRAWLED))
    form = explained(_form(subject, domains), subject)
    more = _beyond(subject)
    declared = tuple(filter(is_declared_once, found))
    datasets = dataset_count(shown)
    disclosure = Disclosure(
        model=shown,
        audience=audience,
        software=software,
        headline=headline(shown, datasets, total_words(found)),
        updated=day(model.stated_at),
        datasets=datasets,
        declared_only=sum(stands_for(use.version) for use in found if not use.version.is_measured),
        uses=found,
        records=total_records(found),
        words=total_words(found),
        words_seen=sum((use.words_seen for use in found), Fraction(0)),
        declared_records=total_records(declared),
        declared_words=total_words(declared),
        origins=by_origin(found),
        licenses=by_license(found),
        languages=by_language(found),
        domains=domains,
        sections=form,
        gaps=_gaps(shown, form, more),
        california=explained((as_section(california_items(subject)),), subject)[0].fields,
        beyond=more,
        contact=contact_of(shown),
        how=figures(subject),
    )
    return with_history(disclosure, history)


def with_history(disclosure: Disclosure, history: History) -> Disclosure:
    """The report as the edition, or the draft of the next, that the history says it is."""
    edition = history.edition
    stated_at = edition.stated_at if edition else disclosure.model.stated_at
    about, *others = disclosure.sections
    fields = tuple(edition_fields(history, stated_at))
    return replace(
        disclosure,
        model=replace(disclosure.model, stated_at=stated_at),
        updated=day(edition.approved_at if edition else stated_at),
        sections=(replace(about, fields=fields), *others),
        history=history,
    )


def open_points(model: ModelFacts) -> tuple[Gap, ...]:
    """What the disclosure report of a model leaves open to those who may see everything."""
    without_holders = tuple(replace(component, holdings=()) for component in model.components)
    shown = project(replace(model, components=without_holders), Audience.AUDITOR)
    subject = _subject(shown, exact_sizes=True, small_provider=False)
    form = _form(subject, ranked_domains(subject.of(Origin.CRAWLED)))
    return _gaps(shown, form, _beyond(subject))


def _subject(shown: ModelFacts, *, exact_sizes: bool, small_provider: bool) -> Subject:
    stated = answers_of(shown).small_or_medium_enterprise
    return Subject(shown, uses(shown), exact_sizes, small_provider or stated is Answer.YES)


def _form(subject: Subject, domains: tuple[DomainRow, ...]) -> tuple[Section, ...]:
    return sections(
        (
            *edition_fields(History(), subject.model.stated_at),
            *general_fields(subject),
            *source_fields(subject),
            *crawled_fields(subject, domains),
            *generated_fields(subject),
            *handling_fields(subject),
        )
    )


def _beyond(subject: Subject) -> tuple[Field, ...]:
    return (overlap_field(subject.model), labour_field(subject))


def _gaps(shown: ModelFacts, form: tuple[Section, ...], beyond: tuple[Field, ...]) -> tuple[Gap, ...]:
    """The open fields, what every page carries beside the form, and what no form asks for."""
    answers = answers_of(shown)
    place = Gap("place", "Where this summary and its earlier versions are published", PLACE)
    updates = Gap("updates", "Where changes of this summary are announced", UPDATES)
    stated = ((answers.published_at, place), (answers.updates_announced_at, updates))
    beside = (*contact_gap(contact_of(shown)), *(gap for said, gap in stated if not said))
    return (*gaps_of(form), *beside, *gaps_beyond(beyond))
