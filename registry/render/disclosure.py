"""The files of a disclosure report."""

from dataclasses import dataclass
from fractions import Fraction

from registry.documents.beyond import SECTION, as_section
from registry.documents.composition import Use
from registry.documents.contact import contact_of
from registry.documents.disclosure import Disclosure
from registry.documents.disclosure_json import as_json
from registry.documents.domains import DomainRow, by_modality
from registry.documents.eu_crawled import DOMAINS_FILE
from registry.documents.fields import Gap, Section, Table
from registry.documents.figures import exact, exactly, fixed
from registry.documents.projection import Audience
from registry.documents.schema import disclosure_schema
from registry.documents.withheld import is_withheld
from registry.domain.facts import ModelFacts
from registry.render.composition import (
    Charted,
    domain_chart,
    language_chart,
    license_chart,
    mixture_table,
    mixture_title,
    origin_chart,
)
from registry.render.csv import csv_bytes
from registry.render.first_screen import Totals, form_figures, unknown_said
from registry.render.html import Crumb, Download, Fact, Figure, Page, page_bytes
from registry.render.json import json_bytes
from registry.render.long_tables import MOST_IN_FORMS, LongTables
from registry.render.versions import VERSION, Versions, standing_of, versions_of

_DIGITS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosurePage(Page):
    """What disclosure.html may use."""

    mixture: Table | None
    mixture_said: str
    withheld: tuple[tuple[str, str], ...]
    parts: tuple[Charted, ...]
    unknown: str
    versions: Versions | None
    gaps: tuple[Gap, ...]
    sections: tuple[Section, ...]


def render_disclosure(
    disclosure: Disclosure,
    trail: tuple[Crumb, ...] = (),
    editions: tuple[str | None, ...] = (),
    also: tuple[Crumb, ...] = (),
) -> dict[str, bytes]:
    """Return the files by name: the page, its twin with the schema, the domains where any were crawled.

    trail: the pages above, where the report is part of a site; editions: the page of each, newest first
    also: the same after another law
    """
    long = LongTables(MOST_IN_FORMS)
    page = page_bytes("disclosure.html", _page(disclosure, trail, editions, also, long))
    return {"index.html": page} | disclosure_files(disclosure) | long.files


def disclosure_files(disclosure: Disclosure) -> dict[str, bytes]:
    """The files beside the page of any law: the twin with its schema, the domains where any were crawled."""
    files = {
        "disclosure.json": json_bytes(as_json(disclosure)),
        "disclosure.schema.json": json_bytes(disclosure_schema()),
    }
    return files | ({DOMAINS_FILE: _domains(disclosure.domains)} if disclosure.domains else {})


def _page(
    disclosure: Disclosure,
    trail: tuple[Crumb, ...],
    editions: tuple[str | None, ...],
    also: tuple[Crumb, ...],
    long: LongTables,
) -> DisclosurePage:
    model = disclosure.model
    found = disclosure.uses
    mixture = long.shown("mixture", mixture_table(found, disclosure.words_seen)) if found else None
    parts = _parts(disclosure, long) if disclosure.words else ()
    form = long.sectioned((*disclosure.sections, as_section(disclosure.beyond)))
    return DisclosurePage(
        title=disclosure.headline,
        kind="Training data summary",
        subject=model.reference,
        updated=disclosure.updated,
        standing=standing_of(disclosure.history, VERSION, disclosure.updated),
        software=disclosure.software,
        for_auditor=disclosure.audience is Audience.AUDITOR,
        figures=_figures(disclosure),
        downloads=(*_downloads(disclosure), *long.downloads),
        contact=contact_of(model),
        facts=_facts(model, disclosure.updated),
        trail=trail,
        also=also,
        contents=_contents(disclosure, parts),
        charts=(origin_chart(disclosure.origins),) if disclosure.words else (),
        how=disclosure.how,
        withdrawn=model.withdrawn,
        mixture=mixture,
        mixture_said=mixture_title(found, disclosure.datasets, disclosure.words_seen) if found else "",
        withheld=tuple(_withheld(use) for use in found if is_withheld(use.version)),
        parts=parts,
        unknown=unknown_said(disclosure),
        versions=versions_of(disclosure.history, editions),
        gaps=disclosure.gaps,
        sections=form,
    )


def _withheld(use: Use) -> tuple[str, str]:
    size = f"{exactly(use.records, 'record')}, {exactly(use.words, 'word')}"
    return use.version.name, f"{size}. What it is stays private; its size is in every total of this page."


def _facts(model: ModelFacts, updated: str) -> tuple[Fact, ...]:
    bases = ", ".join(base.shown for base in model.base_models)
    address = model.base_models[0].url if len(model.base_models) == 1 else None
    return (
        Fact("Provider", model.provider),
        Fact("Model", model.reference, model.url),
        Fact("Made from", bases or ("no other model" if model.no_base_model else None), address),
        Fact("State of", updated),
        Fact("Form", "EU template, AI Act article 53(1)(d)"),
    )


def _parts(disclosure: Disclosure, long: LongTables) -> tuple[Charted, ...]:
    domains = (
        [Charted("domains", "Domain names", domain_chart(disclosure.domains))] if disclosure.domains else []
    )
    licenses = long.charted("licenses", license_chart(disclosure.licenses))
    languages = long.charted("languages", language_chart(disclosure.languages))
    return (
        Charted("licenses", "Licenses", licenses, disclosure.how["licenses"]),
        Charted("languages", "Languages", languages, disclosure.how["languages"]),
        *domains,
    )


def _contents(disclosure: Disclosure, parts: tuple[Charted, ...]) -> tuple[Crumb, ...]:
    return (
        *([Crumb("Mixture", "#mixture")] if disclosure.uses else []),
        *(Crumb(part.label, f"#{part.id}") for part in parts),
        Crumb("Not known", "#unknown"),
        *([Crumb("Versions", "#versions")] if disclosure.history.latest else []),
        *map(section_crumb, (*disclosure.sections, as_section(disclosure.beyond))),
        Crumb("For machines", "#downloads"),
        Crumb("For rights holders", "#rights"),
    )


def section_crumb(section: Section) -> Crumb:
    """A part of the form in the contents, by its number where it has one."""
    shown = section.title if section.id == SECTION else f"{section.id} {section.title}"
    return Crumb(shown, f"#section-{section.id}")


def _figures(disclosure: Disclosure) -> tuple[Figure, ...]:
    return form_figures(
        Totals(disclosure.datasets, disclosure.records, disclosure.words, disclosure.words_seen),
        (disclosure.origins, disclosure.licenses, disclosure.languages),
        [field.status for field in disclosure.fields],
        disclosure.how,
    )


def _downloads(disclosure: Disclosure) -> tuple[Download, ...]:
    domains = f"every domain name ({exact(len({row.domain for row in disclosure.domains}))}) with its sizes"
    return (
        Download("disclosure.json", "everything on this page"),
        Download("disclosure.schema.json", "the JSON Schema of that file"),
        *([Download(DOMAINS_FILE, domains)] if disclosure.domains else []),
    )


def _domains(domains: tuple[DomainRow, ...]) -> bytes:
    several = len(by_modality(domains)) > 1
    heading = ("rank", "domain", "records", "words", "bytes", "share", "cumulative_share")
    return csv_bytes(
        (*(("modality",) if several else ()), *heading),
        (
            (
                *((row.modality.value,) if several else ()),
                *(row.rank, row.domain, row.records, row.words, row.bytes),
                _decimal(row.share),
                _decimal(row.cumulative_share),
            )
            for row in domains
        ),
    )


def _decimal(share: Fraction) -> str:
    return fixed(round(share * 10**_DIGITS), _DIGITS)
