"""The page of an edition of a disclosure report, made from its frozen JSON alone."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from registry.documents.beyond import PREFIX, TITLES, as_section
from registry.documents.california.law import LAW
from registry.documents.composition import Part
from registry.documents.contact import Contact
from registry.documents.differences import Difference, Turn
from registry.documents.disclosure_json import FORMAT_VERSION
from registry.documents.edition import DISCLOSURE, Edition, History, Json, Kept
from registry.documents.eu_template import grouped as in_sections
from registry.documents.fields import Cell, Column, Field, Gap, Kind, Section, Status, Table
from registry.documents.figures import counted, day
from registry.documents.why import FIGURES, Why
from registry.render.composition import Charted, language_chart, license_chart, origin_chart
from registry.render.disclosure import DisclosurePage, section_crumb
from registry.render.first_screen import Totals, form_figures
from registry.render.html import Crumb, Download, Fact, Figure, page_bytes
from registry.render.long_tables import MOST_IN_FORMS, LongTables
from registry.render.versions import ONLY_ITS_FORM, VERSION, Versions, grouped, standing_of_edition

TWIN = f"{DISCLOSURE}.json"


def edition_href(kept: Kept) -> str:
    """Where an edition stands, from the page of the document: its page, or its JSON where it has none."""
    file = "index.html" if kept.twin.get("format_version") == FORMAT_VERSION else TWIN
    return f"{kept.edition.number}/{file}"


def render_edition(kept: Kept, history: History, trail: tuple[Crumb, ...], newest: str) -> dict[str, bytes]:
    """Return the files by name: the page, and the JSON in the very bytes that were approved.

    history: of the document today; newest: the address of its newest edition as it stands on this page
    """
    if kept.twin.get("format_version") != FORMAT_VERSION:
        return {TWIN: kept.snapshot}  # a form of before: its JSON stands, how to lay it out is not known
    long = LongTables(MOST_IN_FORMS)
    page = page_bytes("disclosure.html", _page(kept, history, trail, newest, long))
    return {"index.html": page, TWIN: kept.snapshot, **long.files}


def _page(
    kept: Kept, history: History, trail: tuple[Crumb, ...], newest: str, long: LongTables
) -> DisclosurePage:
    twin, edition = kept.twin, kept.edition
    origins, licenses, languages = (
        _parts(twin[name], name.removesuffix("s")) for name in ("origins", "licenses", "languages")
    )
    words, is_latest = twin["totals"]["words"], edition.number == history.editions[0].number
    answered = tuple(_field(key, said, is_latest) for key, said in twin["fields"].items())
    items = tuple(_field(key, said, is_latest) for key, said in twin.get("california", {}).items())
    california = (Section("3111", LAW, items),) if items else ()
    more = {f"{PREFIX}{key}": said for key, said in twin.get("beyond", {}).items()}
    beyond = tuple(_field(key, more[key], is_latest) for key in TITLES if key in more)
    more_parts = (as_section(beyond),) if beyond else ()
    form = long.sectioned((*in_sections(answered), *more_parts, *california))
    mixture = long.shown("mixture", _mixture(twin["datasets"])) if twin["datasets"] else None
    known = {key: said for key, said in twin.get("how", {}).items() if key in FIGURES}
    how = {key: _why(said, is_latest) for key, said in known.items()}
    charts = (
        Charted("licenses", "Licenses", license_chart(licenses), how.get("licenses")),
        Charted("languages", "Languages", language_chart(languages), how.get("languages")),
    )
    return DisclosurePage(
        title=twin["headline"],
        kind=f"Training data summary, version {edition.number}",
        subject=f"{twin['model']}@{twin['version']}",
        updated=day(edition.approved_at),
        standing=standing_of_edition(history, edition, VERSION, newest),
        software=twin["software"]["version"],
        for_auditor=False,
        figures=_figures(twin, (origins, licenses, languages), how),
        downloads=(
            Download(TWIN, _told(edition)),
            *long.downloads,
        ),
        contact=_contact(twin["rights_contact"]),
        facts=_facts(twin, edition),
        trail=trail,
        contents=tuple(_contents(form, has_mixture=mixture is not None)),
        charts=(origin_chart(origins),) if words else (),
        how=how,
        withdrawn=False,
        mixture=mixture,
        mixture_said=counted(twin["totals"]["datasets"], "dataset"),
        withheld=(),
        parts=charts if words else (),
        unknown=f"{counted(len(twin['gaps']), 'point')} not known, or incomplete",
        versions=_versions(twin["changes"]),
        gaps=tuple(Gap(one["field"], one["title"], one["closed_by"]) for one in twin["gaps"]),
        sections=form,
    )


def _told(edition: Edition) -> str:
    if edition.redacted is None:
        return f"everything on this page, as approved; SHA-256 {edition.digest}"
    return f"everything on this page; without the names taken out, SHA-256 {edition.redacted.digest}"


def _redacted(edition: Edition) -> tuple[Fact, ...]:
    """Where someone who was erased stood in it, the bytes are not those that were approved."""
    if edition.redacted is None:
        return ()
    since = edition.redacted
    return (Fact("Names taken out on", day(since.at)), Fact("SHA-256 of its JSON since", since.digest))


def _facts(twin: Json, edition: Edition) -> tuple[Fact, ...]:
    return (
        Fact("Provider", twin["provider"]),
        Fact("Model", f"{twin['model']}@{twin['version']}", twin["url"]),
        Fact("Approved on", day(edition.approved_at)),
        Fact("SHA-256 of its JSON", edition.digest),
        *_redacted(edition),
        Fact("Form", "EU template, AI Act article 53(1)(d)"),
    )


def _contents(form: tuple[Section, ...], *, has_mixture: bool) -> Iterator[Crumb]:
    if has_mixture:
        yield Crumb("Mixture", "#mixture")
    yield Crumb("Not known", "#unknown")
    yield from map(section_crumb, form)
    yield Crumb("For machines", "#downloads")
    yield Crumb("For rights holders", "#rights")


def _figures(
    twin: Json, parts: tuple[tuple[Part, ...], tuple[Part, ...], tuple[Part, ...]], how: Mapping[str, Why]
) -> tuple[Figure, ...]:
    said = twin["totals"]
    totals = Totals(said["datasets"], said["records"], said["words"], Fraction(said["words_seen"]))
    return form_figures(totals, parts, [Status(field["status"]) for field in twin["fields"].values()], how)


def _mixture(datasets: list[Json]) -> Table:
    columns = (
        Column("dataset", "Dataset"),
        Column("origin", "Origin"),
        Column("license", "License"),
        Column("records", "Records", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("share", "Share of words seen", Kind.SHARE),
    )
    rows = tuple(
        (
            f"{one['dataset']}@{one['version']}" if one["version"] else one["dataset"],
            one["origin"],
            one["license"],
            one["records"],
            one["words"],
            _share(one["share"]),
        )
        for one in sorted(datasets, key=lambda one: -Fraction(one["words_seen"]))
    )
    return Table("The most words seen first, as stated in this version.", columns, rows)


def _parts(found: list[Json], key: str) -> tuple[Part, ...]:
    return tuple(
        Part(one[key] or "", one["datasets"], one["records"], one["words"], _share(one["share"]))
        for one in found
    )


def _share(share: float) -> Fraction:
    return Fraction(str(share))


def _field(key: str, said: Json, is_latest: bool) -> Field:
    value = said["value"]
    answer = _table(value) if isinstance(value, dict) else value
    how = (said["closed_by"], said["method"], said.get("inputs"), said.get("query") if is_latest else None)
    return Field(key, said["title"], Status(said["status"]), answer, *how)


def _why(said: Json, is_latest: bool) -> Why:
    """How a figure came about; the SQL of the latest alone, as the views are those of today."""
    return Why(said["method"], said["inputs"], said["query"] if is_latest else None)


def _table(value: Json) -> Table:
    columns = tuple(Column(one["key"], one["title"], Kind(one["kind"])) for one in value["columns"])
    rows = tuple(tuple(_cell(row[column.key], column) for column in columns) for row in value["rows"])
    return Table(value["summary"], columns, rows)


def _cell(cell: str | float | None, column: Column) -> Cell:
    if cell is None or isinstance(cell, str):
        return cell
    return _share(cell) if column.kind is Kind.SHARE else int(cell)


def _contact(said: Json) -> Contact:
    return Contact(**said, missing=None)


def _versions(changes: Json | None) -> Versions | None:
    """What this edition changed; which editions there are stands on the page of the newest."""
    if changes is None:
        return None
    found = tuple(
        Difference(one["part"], one["subject"], Turn(one["kind"]), one["aspect"], one["before"], one["after"])
        for one in changes["found"]
    )
    since = changes["since"]["number"]
    said = f"{counted(len(found), 'change')} since version {since}" if found else ONLY_ITS_FORM
    return Versions(f"What changed since version {since}", None, said, grouped(found))
