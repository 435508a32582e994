"""The page of a model version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.documents.credit import size_note
from registry.documents.fields import Gap, Table
from registry.documents.figures import counted, day, exact, exactly, percent, rounded, share_of
from registry.documents.manifest import WHAT_LICENSES_ASK
from registry.documents.projection import Audience, shown_as
from registry.documents.site.model import ModelPage
from registry.documents.site.places import link
from registry.documents.site.site import Site
from registry.documents.site.twins import model_json
from registry.documents.subject import listed
from registry.documents.why import GAPS, Why
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED, primary
from registry.render.charts import Chart
from registry.render.composition import (
    Charted,
    domain_chart,
    language_chart,
    license_chart,
    mixture_table,
    mixture_title,
    origin_chart,
)
from registry.render.first_screen import crawled, licensed, unknown_said
from registry.render.html import Crumb, Download, Fact, Figure, Page, page_bytes
from registry.render.json import json_bytes
from registry.render.lineage import bases, derived, generators, lineage_said, made_from, runs, runs_said
from registry.render.lineage_graph import lineage_chart
from registry.render.long_tables import LongTables
from registry.render.registry_tables import REGISTRY
from registry.render.twins import MODEL_TWINS, model_twins
from registry.render.versions import PUBLICATION, edition_said, standing_of

_HOLDERS = Why(
    "Rights holders who may be named, each once, with the words of the records that are theirs.",
    "`holders` of attribution/attribution.json.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelVersionPage(Page):
    """What model.html may use."""

    documents_said: str
    documents: tuple[tuple[str, str, str], ...]
    mixture: Table | None
    mixture_said: str
    parts: tuple[Charted, ...]
    what_licenses_ask: str
    lineage_said: str
    lineage: Chart | None
    bases: Table | None
    no_base_model: bool
    derived: Table | None
    hidden_derived: int
    generators: Table | None
    runs: Table | None
    runs_said: str
    unknown: str
    gaps: tuple[Gap, ...]


def render_model(site: Site, page: ModelPage) -> dict[str, bytes]:
    """Return the files by name: the page and its twins; its documents are rendered on their own."""
    long = LongTables()
    return {
        "index.html": page_bytes("model.html", _page(site, page, long)),
        "model.json": json_bytes(model_json(site, page)),
        **model_twins(page.disclosure),
        **long.files,
    }


def _page(site: Site, page: ModelPage, long: LongTables) -> ModelVersionPage:
    disclosure, model = page.disclosure, page.model
    parts = _parts(page, long)
    above = long.shown("base-models", bases(page)) if page.bases else None
    made_into = long.shown("made-from-it", derived(page)) if page.derived else None
    generated = long.shown("generators", generators(page)) if page.generators else None
    tables = [one for one in (above, made_into, generated) if one]
    mixture = long.shown("mixture", _mixture(site, page)) if disclosure.uses else None
    found = disclosure.uses
    return ModelVersionPage(
        title=disclosure.headline,
        kind="Model",
        subject=model.reference,
        updated=disclosure.updated,
        standing=standing_of(site.history, PUBLICATION, disclosure.updated),
        software=site.software,
        for_auditor=site.audience is Audience.AUDITOR,
        figures=_figures(page),
        downloads=(*_downloads(page), *long.downloads),
        contact=page.manifest.contact,
        facts=tuple(_facts(page)),
        trail=(Crumb(REGISTRY, link(page.folder, "")),),
        contents=tuple(_contents(page, parts)),
        charts=(origin_chart(disclosure.origins),) if disclosure.words else (),
        how=disclosure.how,
        withdrawn=model.withdrawn,
        superseded_by=_newer(page),
        documents_said=_documents_said(page),
        documents=_documents(page),
        mixture=mixture,
        mixture_said=mixture_title(found, disclosure.datasets, disclosure.words_seen) if found else "",
        parts=parts,
        what_licenses_ask=WHAT_LICENSES_ASK,
        lineage_said=lineage_said(page),
        lineage=lineage_chart(page, tables[0]) if tables else None,
        bases=above,
        no_base_model=page.manifest.no_base_model,
        derived=made_into,
        hidden_derived=page.hidden_derived,
        generators=generated,
        runs=runs(model) if model.runs else None,
        runs_said=runs_said(model),
        unknown=unknown_said(disclosure),
        gaps=disclosure.gaps,
    )


def _newer(page: ModelPage) -> Crumb | None:
    if page.newer is None:
        return None
    reference, folder = page.newer
    return Crumb(reference, link(page.folder, folder))


def _parts(page: ModelPage, long: LongTables) -> tuple[Charted, ...]:
    found = page.disclosure
    if not found.words:
        return ()
    return (
        Charted(
            "licenses",
            "Licenses and duties",
            long.charted("licenses", license_chart(found.licenses)),
            found.how["licenses"],
        ),
        Charted(
            "languages",
            "Languages",
            long.charted("languages", language_chart(found.languages)),
            found.how["languages"],
        ),
        *([Charted("domains", "Domain names", domain_chart(found.domains))] if found.domains else []),
    )


# --- the first screen ------------------------------------------------------------------------------------


def _facts(page: ModelPage) -> Iterator[Fact]:
    model = page.model
    provider = model.provider_facts
    yield Fact("Provider", model.provider, provider.url if provider else None)
    if provider and provider.contact:
        address = provider.contact if ":" in provider.contact else f"mailto:{provider.contact}"
        yield Fact("Contact", provider.contact, address)
    yield Fact("Documentation", model.url, model.url)
    yield Fact("On the Union market since", _on_market(model.placed_on_eu_market))
    if page.bases:
        yield Fact("Made from", made_from(model))
    else:
        yield Fact("Made from", "no other model" if page.manifest.no_base_model else None)


def _on_market(said: str | None) -> str | None:
    """The date as the form has it, or "not applicable"."""
    return day(said) if said and said[:1].isdigit() else said


def _figures(page: ModelPage) -> tuple[Figure, ...]:
    disclosure, manifest = page.disclosure, page.manifest
    words, how = disclosure.words, disclosure.how
    held = sum(holder.words for holder in manifest.named)
    languages = {primary(part.key) for part in disclosure.languages if part.words}
    spoken = len(languages - {UNDETERMINED, NO_LANGUAGE})
    fields = len(disclosure.fields)
    return (
        Figure("Words", rounded(words), _amount(page), _words_method(page)),
        Figure(
            "Datasets", exact(disclosure.datasets), f"{counted(spoken, 'language')} in them", how["totals"]
        ),
        crawled(disclosure.origins, how["origins"]),
        licensed(disclosure.licenses, how["licenses"]),
        Figure(
            "Rights holders",
            rounded(len(manifest.named)),
            f"named, of {percent(share_of(held, words))} of the words",
            _HOLDERS,
        ),
        Figure("Not known", exact(fields - page.answered), f"of {fields} fields of the disclosure", GAPS),
    )


def _amount(page: ModelPage) -> str:
    disclosure = page.disclosure
    seen = rounded(round(disclosure.words_seen))
    bases = "; without its base models" if page.bases else ""
    return f"{exact(disclosure.words)} in {exactly(disclosure.records, 'record')}; {seen} with epochs{bases}"


def _words_method(page: ModelPage) -> Why:
    declared = [shown_as(use.version) for use in page.disclosure.uses if size_note(use).remark]
    totals = page.disclosure.how["totals"]
    if not declared:
        return totals
    return replace(
        totals, method=f"{totals.method} The sizes of {listed(declared)} are declared, not measured."
    )


def _documents_said(page: ModelPage) -> str:
    answered = f"{page.answered} of {len(page.disclosure.fields)} fields of the disclosure have an answer"
    named = len(page.manifest.named)
    return f"{answered}; {counted(named, 'rights holder')} {'is' if named == 1 else 'are'} named"


def _documents(page: ModelPage) -> tuple[tuple[str, str, str], ...]:
    """Label, address and what is in it."""
    fields = "every field of the form of the European Union, and who can close what is open"
    items = "the twelve items of Civil Code section 3111, dataset by dataset"
    holders = "whose works it was trained on, under which licenses, and the text to ship with the weights"
    return (
        (f"Disclosure report, {edition_said(page.disclosure.history)}", "disclosure/index.html", fields),
        ("Documentation after California law", "disclosure/california.html", items),
        (f"Attribution manifest, {edition_said(page.manifest.history)}", "attribution/index.html", holders),
    )


def _contents(page: ModelPage, parts: tuple[Charted, ...]) -> Iterator[Crumb]:
    yield Crumb("Documents", "#documents")
    if page.disclosure.uses:
        yield Crumb("What it was trained on", "#mixture")
    for part in parts:
        yield Crumb(part.label, f"#{part.id}")
    yield Crumb("Lineage", "#lineage")
    if page.model.runs:
        yield Crumb("Training runs", "#runs")
    if page.disclosure.gaps:
        yield Crumb("What is not known", "#unknown")
    yield Crumb("For machines", "#downloads")
    yield Crumb("For rights holders", "#rights")


def _mixture(site: Site, page: ModelPage) -> Table:
    found = page.disclosure
    folders = [site.places.datasets.get(use.version.id) for use in found.uses]
    hrefs = tuple(link(page.folder, folder) if folder else None for folder in folders)
    return mixture_table(found.uses, found.words_seen, hrefs)


def _downloads(page: ModelPage) -> tuple[Download, ...]:
    domains = page.disclosure.domains
    return (
        Download("model.json", "the mixture and the lineage on this page"),
        *MODEL_TWINS,
        Download("disclosure/disclosure.json", "every field of the disclosure report"),
        Download("attribution/attribution.json", "every holder and what is theirs"),
        Download("attribution/attribution.csv", "the same as a table"),
        Download("attribution/ATTRIBUTION.txt", "the text to ship with the weights"),
        *(
            [
                Download(
                    "disclosure/domains.csv",
                    f"all {exact(len({row.domain for row in domains}))} domain names",
                )
            ]
            if domains
            else []
        ),
    )
