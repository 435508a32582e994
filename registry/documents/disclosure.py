"""The disclosure report: what a model was trained on, in the order of the EU template."""

from dataclasses import dataclass
from fractions import Fraction

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
from registry.documents.domains import DomainRow, ranked_domains
from registry.documents.eu_crawled import crawled_fields
from registry.documents.eu_general import general_fields
from registry.documents.eu_sources import source_fields
from registry.documents.eu_template import RIGHTS_CONTACT, UPDATES, gap, sections
from registry.documents.fields import Field, Gap, Section
from registry.documents.figures import counted, day
from registry.documents.gaps import gaps_of
from registry.documents.projection import Audience, project
from registry.documents.subject import Subject
from registry.domain.dataset import Origin
from registry.domain.facts import ModelFacts


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A disclosure report of one model version, a draft until it is published.

    `datasets` counts the versions behind the lines of `uses`, of which one may stand for several that are
    withheld. `domains` are all of them; field 2.3.h lists the most relevant.
    """

    model: ModelFacts
    audience: Audience
    software: str | None
    headline: str
    updated: str
    datasets: int
    uses: tuple[Use, ...]
    records: int
    words: int
    words_seen: Fraction
    origins: tuple[Part, ...]
    licenses: tuple[Part, ...]
    languages: tuple[Part, ...]
    domains: tuple[DomainRow, ...]
    sections: tuple[Section, ...]
    gaps: tuple[Gap, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field of the form, in its order."""
        return tuple(field for section in self.sections for field in section.fields)


def build_disclosure(
    model: ModelFacts,
    *,
    audience: Audience = Audience.PUBLIC,
    exact_sizes: bool = False,
    small_provider: bool = False,
    software: str | None = None,
) -> Disclosure:
    """Answer every field of the template from the facts; what they do not tell is a gap.

    exact_sizes: sizes in the fields are exact instead of bands and rounded figures (the totals always are).
    small_provider: a small or medium-sized enterprise lists fewer domain names. software: the version of this
    program, for the record.
    """
    shown = project(model, audience)
    found = uses(shown)
    subject = Subject(shown, found, exact_sizes, small_provider)
    domains = ranked_domains(subject.of(Origin.CRAWLED))
    form = sections(_fields(subject, domains))
    datasets = len({component.version.id for component in model.components})
    return Disclosure(
        model=shown,
        audience=audience,
        software=software,
        headline=headline(shown, datasets, total_words(found)),
        updated=day(model.stated_at),
        datasets=datasets,
        uses=found,
        records=total_records(found),
        words=total_words(found),
        words_seen=sum((use.words_seen for use in found), Fraction(0)),
        origins=by_origin(found),
        licenses=by_license(found),
        languages=by_language(found),
        domains=domains,
        sections=form,
        gaps=(*gaps_of(form), *_notices()),
    )


def headline(model: ModelFacts, datasets: int, words: int) -> str:
    """The report in a sentence: "mathlet 1.0 was trained on 5 datasets, 1.2 million words"."""
    if not datasets:
        return f"What {model.name} {model.label} was trained on is not recorded"
    return (
        f"{model.name} {model.label} was trained on {counted(datasets, 'dataset')}, {counted(words, 'word')}"
    )


def _fields(subject: Subject, domains: tuple[DomainRow, ...]) -> tuple[Field, ...]:
    return (
        *general_fields(subject, day(subject.model.stated_at)),
        *source_fields(subject),
        *crawled_fields(subject, domains),
        *(gap(key) for key in ("3.1", "3.1.a", "3.1.b", "3.1.c", "3.2", "3.3")),
    )


def _notices() -> tuple[Gap, ...]:
    """What every page carries beside the form."""
    return (
        Gap("rights-contact", "Where rights holders can write to", RIGHTS_CONTACT),
        Gap("updates", "Where changes of this summary are announced", UPDATES),
    )
