"""The first page of a site."""

from dataclasses import dataclass

from markupsafe import Markup

from registry.documents.comparison import CAVEAT
from registry.documents.contact import Contact
from registry.documents.fields import Column, Table
from registry.documents.figures import counted, day, exact, exactly, percent, rounded, share_of
from registry.documents.projection import Audience
from registry.documents.site.index import RegistryIndex
from registry.documents.site.places import link
from registry.documents.site.site import Site
from registry.documents.site.twins import registry_json
from registry.documents.subject import listed
from registry.documents.why import Why
from registry.render.composition import Charted, language_chart, license_chart, origin_chart
from registry.render.first_screen import crawled, licensed
from registry.render.html import Crumb, Download, Fact, Figure, Page, page_bytes
from registry.render.json import json_bytes
from registry.render.lists import listed_datasets, listed_models
from registry.render.long_tables import LongTables
from registry.render.registry_tables import REGISTRY, href
from registry.render.search import search_data
from registry.render.versions import PUBLICATION, standing_of

DATABASE = "public.db"
_MOST_CHANGES = 8
_WHAT_DATABASE = (
    "the public tables as a SQLite database: open it with `datasette public.db` or `sqlite3 public.db`; the "
    "table `public_column` says what every column means"
)
_HOW_WORDS = Why(
    "Counted in the data, each dataset version once; where a size is declared, not measured, the table of "
    "datasets says so.",
    "Every dataset version of this registry, also those that are not shown.",
)
_HOW_FIELDS = Why(
    "Fields of the form of the European Union that have an answer, computed or declared, or that do not "
    "apply, in the disclosures of all models with a page.",
    "`models[].fields` of registry.json.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPage(Page):
    """What index.html may use."""

    models: Table | None
    datasets: Table | None
    changes: Table | None
    parts: tuple[Charted, ...]
    models_said: str
    changes_said: str
    datasets_said: str
    overlaps: Crumb | None
    overlaps_said: str
    caveat: str
    search: Markup | None
    holders_said: str
    rights_figures: str
    manifests: tuple[Crumb, ...]
    other_contacts: tuple[Contact, ...]


def render_index(site: Site, *, has_database: bool = False) -> dict[str, bytes]:
    """Return the files by name: the page and its twin, and what is too long for the page.

    has_database: whether `DATABASE` is beside them
    """
    long = LongTables()
    page = _page(site, long, has_database=has_database)
    return {
        "index.html": page_bytes("index.html", page),
        "registry.json": json_bytes(registry_json(site)),
        **long.files,
    }


def _page(site: Site, long: LongTables, *, has_database: bool) -> IndexPage:
    index = site.index
    parts = _parts(index, long)
    return IndexPage(
        title=index.headline,
        kind=REGISTRY,
        subject="training data of models",
        updated=day(index.moment) if index.moment else "nothing",
        standing=standing_of(site.history, PUBLICATION, day(index.moment) if index.moment else "nothing"),
        software=site.software,
        for_auditor=site.audience is Audience.AUDITOR,
        figures=_figures(index),
        downloads=(
            Download("registry.json", "everything on this page"),
            *([Download(DATABASE, _WHAT_DATABASE)] if has_database else []),
            *long.downloads,
        ),
        contact=index.contacts[0],
        facts=_facts(index),
        contents=tuple(_contents(site, parts)),
        charts=(origin_chart(index.origins),) if index.words else (),
        models=listed_models(index),
        datasets=listed_datasets(index),
        changes=_changes(site) if index.changes else None,
        parts=parts,
        models_said=_models_said(index) if index.models else "",
        changes_said=_changes_said(index) if index.changes else "",
        datasets_said=_datasets_said(index),
        overlaps=Crumb("All overlaps, with a map", link("", site.overlaps.folder)) if site.overlaps else None,
        overlaps_said=site.overlaps.headline if site.overlaps else "",
        caveat=CAVEAT,
        search=search_data(site) if site.models or site.datasets else None,
        holders_said=f"{counted(index.rights.named, 'rights holder')} named in the data",
        rights_figures=_rights(index),
        manifests=tuple(
            Crumb(f"Attribution manifest of {line.name}", link("", f"{line.folder}/attribution"))
            for line in index.models
            if line.folder
        ),
        other_contacts=index.contacts[1:],
    )


def _facts(index: RegistryIndex) -> tuple[Fact, ...]:
    if not index.changes:
        return ()
    last = index.changes[0]
    return (Fact("Last statement", f"{day(last.moment)}: {last.of}, {last.what}"),)


def _parts(index: RegistryIndex, long: LongTables) -> tuple[Charted, ...]:
    if not index.words:
        return ()
    return (
        Charted("licenses", "Licenses", long.charted("licenses", license_chart(index.licenses))),
        Charted("languages", "Languages", long.charted("languages", language_chart(index.languages))),
    )


def _contents(site: Site, parts: tuple[Charted, ...]) -> list[Crumb]:
    index = site.index
    entries = (
        (index.models, "Models", "#models"),
        (index.changes, "What changed lately", "#changes"),
        (index.datasets, "Datasets", "#datasets"),
        (site.overlaps, "Overlaps", "#overlaps"),
        *((True, part.label, f"#{part.id}") for part in parts),
        (index.datasets, "Rights holders", "#holders"),
        (True, "How to read this", "#reading"),
        (True, "For machines", "#downloads"),
        (True, "For rights holders", "#rights"),
    )
    return [Crumb(label, href) for shown, label, href in entries if shown]


def _figures(index: RegistryIndex) -> tuple[Figure, ...]:
    rights = index.rights
    answered = [line.answered for line in index.models if line.answered is not None]
    fields = [line.fields for line in index.models if line.fields is not None]
    return (
        Figure("Datasets", exact(index.dataset_names), f"in {exactly(index.dataset_versions, 'version')}"),
        Figure(
            "Words",
            rounded(index.words),
            f"{exact(index.words)} in {exactly(index.records, 'record')}",
            _HOW_WORDS,
        ),
        crawled(index.origins),
        licensed(index.licenses),
        Figure("Rights holders", rounded(rights.named), f"named; {exact(rights.withheld)} withheld"),
        Figure(
            "Fields answered",
            percent(share_of(sum(answered), sum(fields))),
            f"{exact(sum(answered))} of {exact(sum(fields))} in {counted(len(answered), 'disclosure')}",
            _HOW_FIELDS,
        ),
    )


# --- tables ----------------------------------------------------------------------------------------------


def _changes(site: Site) -> Table:
    columns = (Column("of", "Of"), Column("date", "Date"), Column("what", "What"))
    places = {**site.places.models, **site.places.datasets}
    found = site.index.changes[:_MOST_CHANGES]
    rows = tuple((change.of, day(change.moment), change.what) for change in found)
    hrefs = tuple(href(places.get(change.id)) for change in found)
    more = " More are in registry.json." if len(site.index.changes) > len(found) else ""
    return Table(f"The newest first.{more}", columns, rows, hrefs)


def _models_said(index: RegistryIndex) -> str:
    """The models in a heading, and how much their disclosures answer."""
    answered = [line for line in index.models if line.answered is not None and line.fields is not None]
    said = counted(index.model_versions, "model")
    if not answered:
        return f"{said} without a public disclosure"
    best = max(answered, key=lambda line: share_of(line.answered or 0, line.fields or 1))
    if len(answered) == 1:
        return f"{said}: the disclosure answers {best.answered} of {best.fields} fields"
    return f"{said}: the disclosure of {best.name} answers the most, {best.answered} of {best.fields} fields"


def _changes_said(index: RegistryIndex) -> str:
    last = index.changes[0]
    return f"Last changed on {day(last.moment)}: {last.of}"


def _datasets_said(index: RegistryIndex) -> str:
    """The dataset versions in a heading, and how many were trained on."""
    used = sum(bool(line.models) for line in index.datasets)
    return f"{counted(index.dataset_versions, 'dataset version')}, {exact(used)} used to train a model here"


def _rights(index: RegistryIndex) -> str:
    rights = index.rights
    parts = (
        (rights.named_words, f"are of {counted(rights.named, 'named rights holder')}"),
        (rights.withheld_words, f"of {counted(rights.withheld, 'rights holder')} whose names are withheld"),
        (rights.unidentified_words, "of rights holders whom the data do not name"),
    )
    told = [f"{percent(share_of(words, index.words))} {whose}" for words, whose in parts if words]
    return f"Of the words {listed(told)}." if told else "There are no words to hold rights in."
