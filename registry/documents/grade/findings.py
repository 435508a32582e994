"""What a check finds beside the grade: open fields, vague names and versions, words that hide something."""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from registry.documents import beyond
from registry.documents.composition import Use
from registry.documents.contamination import whole
from registry.documents.described import is_described
from registry.documents.eu_sources import is_large, totals_of
from registry.documents.eu_template import TITLES
from registry.documents.fields import Status
from registry.documents.figures import exact, exactly
from registry.documents.grade.clock import clock_findings
from registry.documents.grade.contacts import is_general
from registry.documents.grade.declared_texts import declared_texts
from registry.documents.grade.examined import Examined
from registry.documents.grade.finding import Finding, Severity
from registry.documents.grade.style import REMEDIES, phrases_in
from registry.documents.grade.versions import is_moving, names_several
from registry.documents.reservations import taken
from registry.documents.subject import listed
from registry.documents.withheld import is_withheld
from registry.domain.dataset import Origin
from registry.domain.license import NOASSERTION
from registry.domain.stated import Modality

OPTIONAL = frozenset({"1.3.g", "2.1.e", "2.2.2.e", "2.3.i", "2.4.e", "2.5.e", "2.6.c", "3.1.c", "3.3"})
MOST_FOUND = Fraction(1, 100)  # of a test, from which on it is told
_COMMON_CRAWL = re.compile(r"common[ _-]?crawl|(?<![a-z])cc[-_ ]?(?:main|news)(?![a-z])", re.IGNORECASE)
_SNAPSHOT = re.compile(r"CC-MAIN-\d{4}-\d{2}|CC-NEWS-\d{4}|(?<!\d)20\d{2}-\d{2}(?!\d)", re.IGNORECASE)


def findings_of(examined: Examined) -> tuple[Finding, ...]:
    """Everything found, errors first; within them in the order of the form."""
    totals = totals_of(examined.of(Origin.PUBLIC))
    found = (
        *clock_findings(examined),
        *_gaps(examined),
        *_names(examined),
        *(finding for use in examined.disclosure.uses for finding in _dataset(use, totals)),
        *_tests(examined),
        *_style(examined),
    )
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.ERROR))


def _gaps(examined: Examined) -> Iterator[Finding]:
    """A field that the form requires and nobody answered is an error; an incomplete answer is a warning."""
    disclosure = examined.disclosure
    answers = (*disclosure.fields, *disclosure.beyond)
    gaps = {field.id for field in answers if field.status is Status.GAP}
    for open_point in disclosure.gaps:
        required = open_point.field in gaps and open_point.field not in OPTIONAL | set(beyond.TITLES)
        yield Finding(
            Severity.ERROR if required else Severity.WARNING,
            open_point.field,
            f"{open_point.title}: {_state(open_point.field, gaps)}.",
            open_point.closed_by,
        )


def _state(identifier: str, gaps: set[str]) -> str:
    if identifier in gaps:
        return "not answered"
    return "incomplete" if identifier in TITLES or identifier in beyond.TITLES else "not stated"


def _names(examined: Examined) -> Iterator[Finding]:
    model, provider = examined.model, examined.model.provider_facts
    if names_several(model.name) or names_several(model.label) or is_moving(model.label):
        yield Finding(
            Severity.WARNING,
            f"models.{model.name}",
            f"{model.reference} names several models, or whatever is newest.",
            "Give each release an entry with a `name` and `version` of its own.",
        )
    rights = examined.disclosure.contact.address
    for path, way in (
        (f"agents.{provider.name}.contact" if provider else "", provider.contact if provider else None),
        ("provider.rights_contact", rights),
    ):
        if way and is_general(way):
            yield Finding(
                Severity.WARNING,
                path,
                f"{way.removeprefix('mailto:')} is a general address.",
                "Give an address at which someone answers for the training data.",
            )


def _dataset(use: Use, totals: Mapping[Modality, Fraction]) -> Iterator[Finding]:
    """What is to be said of a dataset; totals: those of all public ones."""
    version = use.version
    if is_withheld(version) or is_described(version):
        return
    path = f"datasets.{version.name}"
    if version.license.stated == NOASSERTION and not version.licenses:
        yield Finding(
            Severity.WARNING,
            f"{path}.license",
            f"Nobody has said under which license {version.name} is.",
            "Whoever adds the datasets: `license`, or `NONE` where it is known that there is none.",
        )
    if version.origin is Origin.CRAWLED and not version.domains:
        yield Finding(
            Severity.WARNING,
            f"{path}.fields.url",
            f"{version.name} was crawled, and no domain names are known of it.",
            "Whoever adds the datasets: `fields.url`, the field with the address of each record.",
        )
    if is_moving(version.label):
        yield Finding(
            Severity.WARNING,
            f"{path}.version",
            f"The version `{version.label}` is something else tomorrow.",
            "Name the release or revision that was used.",
        )
    yield from _without_snapshot(use, path)
    yield from _against(use, path)
    if version.origin is Origin.PUBLIC and is_large(use, totals) and not version.url:
        yield Finding(
            Severity.WARNING,
            f"{path}.url",
            f"{version.name} is a large public dataset without an address.",
            "Whoever adds the datasets: `url`, where the public finds it.",
        )


def _against(use: Use, path: str) -> Iterator[Finding]:
    """Content that was taken while a reservation on all of its domain was in force."""
    version = use.version
    found = [one for one in taken(version, use.once.domains or None) if one.is_against]
    if not found:
        return
    named = listed([one.domain or "the whole dataset" for one in found])
    records = sum(one.size.records for one in found if one.size)
    verb = "disallows" if len(found) == 1 else "disallow"
    yield Finding(
        Severity.WARNING,
        f"{path}.reservations",
        f"{exactly(records, 'record')} of {version.name} came while a reservation was in force: "
        f"{named} {verb} training.",
        f"See them with `registry reservation check {version.name}`; leave them out.",
    )


def _without_snapshot(use: Use, path: str) -> Iterator[Finding]:
    version = use.version
    said = " ".join(filter(None, (version.name, version.title, version.url, version.description.summary)))
    where = " ".join((said, version.label, version.source, *(part.selection.text for part in use.components)))
    if _COMMON_CRAWL.search(said) and not _SNAPSHOT.search(where):
        yield Finding(
            Severity.WARNING,
            f"{path}.version",
            f"{version.name} is made from Common Crawl, and no snapshot is named.",
            "Name the snapshots (CC-MAIN-YYYY-WW) in `version` or `summary`.",
        )


def _tests(examined: Examined) -> Iterator[Finding]:
    """Tests of which so much is found in training data that a result on them says little."""
    for test in examined.model.benchmarks:
        found = whole(test)
        if found is None or found.found < MOST_FOUND * test.records or not found.found:
            continue
        of_all = f"{exact(found.found)} of {exactly(test.records, 'record')}"
        yield Finding(
            Severity.WARNING,
            f"models.{examined.model.name}.benchmarks",
            f"{of_all} of {test.reference} are found in the training data.",
            "Report the result on the records that are not found beside the whole, or take them out of the "
            "training data.",
        )


def _style(examined: Examined) -> Iterator[Finding]:
    for path, text in declared_texts(examined.model, examined.disclosure.uses):
        for phrase in phrases_in(text, purposes=path.endswith(".content_types")):
            yield Finding(
                Severity.WARNING, path, f'"{phrase.text}" ({phrase.fault}).', REMEDIES[phrase.fault]
            )
