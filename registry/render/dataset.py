"""The page of a dataset version."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from registry.documents.composition import Use, by_language, by_license
from registry.documents.contact import Contact
from registry.documents.credit import size_note
from registry.documents.fields import Column, Gap, Kind, Table
from registry.documents.figures import counted, day, exact, exactly, percent, rounded, share_of
from registry.documents.lineage_duties import duties_said, duties_table, inherited_duties
from registry.documents.media import media_amounts
from registry.documents.names import WITHHELD_LICENSE
from registry.documents.periods import dates_text, period_of, period_text
from registry.documents.projection import Audience
from registry.documents.site.dataset import DatasetPage
from registry.documents.site.places import link
from registry.documents.site.site import Site
from registry.documents.site.twins import dataset_json
from registry.documents.subject import listed
from registry.documents.why import Why
from registry.domain.facts import ContradictionFacts, EvidenceFacts, LicenseFacts, VersionFacts
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED, language_name, primary
from registry.domain.license import NOASSERTION, license_title, license_url, obligations
from registry.render.charts import Chart, Slice, ranked_bars
from registry.render.composition import ORIGINS, Charted, language_chart, license_chart
from registry.render.dataset_reservations import Reserved, reserved
from registry.render.dataset_said import said
from registry.render.dataset_shares import Shared, shared_content
from registry.render.dataset_tables import (
    contributors,
    fields,
    files,
    files_said,
    holders,
    holders_said,
    lineage_said,
    media,
    relatives,
    trained,
    trained_said,
)
from registry.render.html import Crumb, Download, Fact, Figure, Page, page_bytes
from registry.render.json import json_bytes
from registry.render.long_tables import LongTables
from registry.render.registry_tables import REGISTRY
from registry.render.terms import license_name, stated
from registry.render.twins import DATASET_TWINS, dataset_twins
from registry.render.versions import PUBLICATION, standing_of

_MOST_DOMAINS = 12
_MOST_TERMS = 2
_HOW_WORDS = Why(
    "Counted in the content fields by the recipe named under files and digests; scripts without spaces count "
    "each character.",
    "The content fields of every record, as read from the distributions below.",
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A license with its name, its address and the duties it brings."""

    kind: str
    expression: str | None
    title: str
    url: str | None
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetVersionPage(Page):
    """What dataset.html may use."""

    about: Table
    about_said: str
    license_known: bool
    fields_said: str
    license_said: str
    licenses: tuple[Chip, ...]
    evidence: tuple[EvidenceFacts, ...]
    inherited: Table | None
    inherited_said: str
    contradictions: tuple[ContradictionFacts, ...]
    holders_said: str
    holders: Table
    contributors: Table | None
    parts: tuple[Charted, ...]
    lineage_said: str
    parents: Table | None
    children: Table | None
    others: Table | None
    trained_said: str
    trained: Table | None
    files_said: str
    digest: str | None
    recipe: str
    files: Table | None
    media_said: str
    media: Table | None
    fields: Table | None
    shared: Shared
    reserved: Reserved | None
    gaps: tuple[Gap, ...]


def render_dataset(site: Site, page: DatasetPage) -> dict[str, bytes]:
    """Return the files by name: the page and its twins."""
    long = LongTables()
    return {
        "index.html": page_bytes("dataset.html", _page(site, page, long)),
        "dataset.json": json_bytes(dataset_json(site, page)),
        **dataset_twins(page.component, site.software, site.audience),
        **long.files,
    }


def _page(site: Site, page: DatasetPage, long: LongTables) -> DatasetVersionPage:
    version = page.version
    parts, about = _parts(page, long), said(version)
    children = relatives(page, page.children, "Made from it")
    made_into = children and long.shown("made-from-it", children)
    models = long.shown("trained", trained(page)) if page.trained else None
    duties = inherited_duties(version)
    inherited = long.shown("inherited", duties_table(duties, of_model=False)) if duties else None
    listed_files = long.shown("files", files(version)) if version.distributions else None
    listed_fields = long.shown("fields", fields(version)) if version.fields else None
    return DatasetVersionPage(
        title=_title(page),
        kind="Dataset",
        subject=version.reference,
        updated=day(page.updated),
        standing=standing_of(site.history, PUBLICATION, day(page.updated)),
        software=site.software,
        for_auditor=site.audience is Audience.AUDITOR,
        figures=_figures(page),
        downloads=(Download("dataset.json", "everything on this page"), *DATASET_TWINS, *long.downloads),
        contact=_contact(site),
        facts=tuple(_facts(version)),
        trail=(Crumb(REGISTRY, link(page.folder, "")),),
        contents=tuple(_contents(page, parts)),
        charts=(),
        withdrawn=version.withdrawn,
        superseded_by=_newer(page),
        about=about,
        about_said=f"{counted(len(about.rows), 'statement')} on record",
        license_known=bool(stated(_use(page))),
        fields_said=f"A record has {counted(len(version.fields), 'field')}",
        license_said=_license_said(page),
        licenses=_licenses(version),
        evidence=tuple(found for found in version.evidence if found.property.startswith("license")),
        inherited=inherited,
        inherited_said=duties_said(duties),
        contradictions=version.contradictions,
        holders_said=holders_said(page),
        holders=holders(page),
        contributors=contributors(page.version),
        parts=parts,
        lineage_said=lineage_said(page),
        parents=relatives(page, page.parents, "Made from"),
        children=made_into,
        others=relatives(page, page.others, "Other versions"),
        trained_said=trained_said(page),
        trained=models,
        files_said=files_said(version),
        digest=version.content_digest or None,
        recipe=version.recipe,
        files=listed_files,
        media_said=_media_said(version),
        media=media(version) if version.media else None,
        fields=listed_fields,
        shared=shared_content(site, page),
        reserved=_reserved(version, long),
        gaps=page.gaps,
    )


def _reserved(version: VersionFacts, long: LongTables) -> Reserved | None:
    found = reserved(version)
    return found and replace(found, table=long.shown("reservations", found.table))


# --- the first screen ------------------------------------------------------------------------------------


def _use(page: DatasetPage) -> Use:
    """The whole version as the sums take it."""
    return Use(page.version, (page.component,), page.component)


def _title(page: DatasetPage) -> str:
    version, note = page.version, size_note(_use(page))
    name = version.title or version.reference
    size = counted(version.size.words, "word")
    records = counted(version.size.records, "record") if note.records_known else "data of unknown size"
    words = size if note.words_known else note.amount or records
    if version.media:
        words = listed([*([size] if version.size.words else []), *media_amounts(version.media)])
    verb = "is declared to hold" if note.remark else "holds"
    return f"{name} {verb} {words}, {_terms(page)}"


def _media_said(version: VersionFacts) -> str:
    amounts = media_amounts(version.media)
    return listed(amounts) if amounts else ""


def _terms(page: DatasetPage) -> str:
    """Under which licenses it stands, record by record where they carry licenses of their own."""
    found = [license_name(one) for one in stated(_use(page))]
    if len(found) > _MOST_TERMS:
        return f"under {len(found)} licenses"
    return f"under {listed(found)}" if found else "under no stated license"


def _figures(page: DatasetPage) -> tuple[Figure, ...]:
    version, note = page.version, size_note(_use(page))
    how = note.remark or "measured by the registry"
    named = [holder for holder in page.holders if holder.is_named]
    held = sum(holder.words for holder in named)
    spoken = [part for part in version.languages if part.size.words or not note.words_known]
    languages = {primary(part.language) for part in spoken}
    known = sorted(languages - {UNDETERMINED, NO_LANGUAGE})
    licenses = [license_name(one) for one in stated(_use(page))]
    words = rounded(version.size.words) if note.words_known else None
    size = f"{exactly(version.size.bytes, 'byte')} of content"
    share = f"named, of {percent(share_of(held, version.size.words))} of the words"
    amount = Figure("Words", words, how, _HOW_WORDS if version.is_measured else None)
    if version.media and not version.size.words:
        amount = Figure("Amount", _media_said(version), how)
    return (
        amount,
        Figure(
            "Records",
            rounded(version.size.records) if note.records_known else None,
            note.amount or (size if version.is_measured else how),
        ),
        Figure("License", licenses[0] if licenses else None, _license_basis(version, len(licenses))),
        Figure(
            "Rights holders",
            rounded(len(named)) if named else None,
            (share if note.words_known else "named") if named else "nobody has named one",
        ),
        Figure("Languages", exact(len(known)) if known else None, _languages(known)),
        Figure("Not known", exact(len(page.gaps)), "points, each with who can close it"),
    )


def _languages(known: list[str]) -> str:
    return listed([language_name(tag) for tag in known], most=3) if known else "nobody has said"


def _license_basis(version: VersionFacts, licenses: int) -> str:
    if licenses > 1:
        return f"the largest of {licenses}, record by record"
    if any(part.raw for part in version.licenses):
        return "record by record"
    if version.license.concluded:
        return "as a reviewer concluded"
    return "as declared" if licenses else "nobody has said"


def _facts(version: VersionFacts) -> Iterator[Fact]:
    yield Fact("Dataset", version.reference, version.url)
    yield Fact("Publisher", version.publisher)
    yield Fact("Origin", ORIGINS[version.origin] if version.origin else None)
    yield Fact("Collected", period_text(period_of(version)))
    if version.dates:
        yield Fact("Dates of the records", dates_text(version.dates))
    if version.content_digest:
        yield Fact("Content digest", version.content_digest)
    if version.unavailable_since:
        yield Fact("Source unavailable since", day(version.unavailable_since))


def _contents(page: DatasetPage, parts: tuple[Charted, ...]) -> Iterator[Crumb]:
    version = page.version
    for shown, label, href in (
        (True, "What is said of it", "#about"),
        (True, "License", "#license"),
        (version.license.inherited, "Licenses along the lineage", "#inherited"),
        (version.contradictions, "Contradictions", "#contradictions"),
        (True, "Rights holders", "#holders"),
        *((True, part.label, f"#{part.id}") for part in parts),
        (True, "Lineage", "#lineage"),
        (True, "Shares content with", "#shares"),
        (True, "Who trained on it", "#trained"),
        (True, "Files and digests", "#files"),
        (version.media, "Images, audio and video", "#media"),
        (version.fields, "Fields", "#fields"),
        (page.gaps, "What is not known", "#unknown"),
        (True, "For machines", "#downloads"),
        (True, "For rights holders", "#rights"),
    ):
        if shown:
            yield Crumb(label, href)


def _newer(page: DatasetPage) -> Crumb | None:
    newer = page.newer
    return Crumb(newer.name, link(page.folder, newer.folder)) if newer and newer.folder else None


def _contact(site: Site) -> Contact:
    return site.index.contacts[0]


# --- licenses and holders --------------------------------------------------------------------------------


def _license_said(page: DatasetPage) -> str:
    """Under which licenses it stands, in a heading."""
    found = stated(_use(page))
    if len(found) > 1:
        return f"{len(found)} licenses, as the records carry their own"
    if not found:
        return "No license is stated"
    return f"The records stand under {license_name(found[0])}"


def _licenses(version: VersionFacts) -> tuple[Chip, ...]:
    said_of = version.license
    own = any(part.raw for part in version.licenses)
    in_effect = "In effect where a record names none" if own else "In effect here"
    with_inherited = said_of.effective if said_of.effective != NOASSERTION else None
    return (
        _chip("Declared", said_of.declared),
        _chip(_concluded(said_of), said_of.concluded),
        _chip(in_effect, said_of.stated if said_of.stated != NOASSERTION else None),
        *([_chip("With all it inherits", with_inherited)] if said_of.inherited else []),
    )


def _concluded(said: LicenseFacts) -> str:
    """How what a reviewer found stands to what is declared."""
    if said.choice_of:
        return "Chosen from what is declared"
    return "Concluded by a reviewer, other than declared" if said.contradicts else "Concluded by a reviewer"


def _chip(kind: str, expression: str | None) -> Chip:
    if expression is None or expression == WITHHELD_LICENSE:
        return Chip(kind, None, "", None, ())
    duties = obligations(expression).duties().items()
    asked = tuple(name.replace("_", " ") for name, duty in duties if duty.value == "yes")
    return Chip(kind, license_name(expression), license_title(expression), license_url(expression), asked)


# --- what it is made of ----------------------------------------------------------------------------------


def _parts(page: DatasetPage, long: LongTables) -> tuple[Charted, ...]:
    version, use = page.version, _use(page)
    if not version.size.words:
        return ()
    licenses = by_license((use,))
    by_record = long.charted("licenses", license_chart(licenses)) if len(licenses) > 1 else None
    languages = long.charted("languages", language_chart(by_language((use,))))
    return (
        *([Charted("licenses", "Licenses by record", by_record)] if by_record else []),
        Charted("languages", "Languages", languages),
        *([Charted("domains", "Domain names", _domains(version))] if version.domains else []),
    )


def _domains(version: VersionFacts) -> Chart:
    total = sum(part.size.bytes for part in version.domains)
    columns = (
        Column("domain", "Domain name"),
        Column("records", "Records", Kind.COUNT),
        Column("bytes", "Bytes", Kind.COUNT),
        Column("share", "Share of bytes", Kind.SHARE),
    )
    shares = [(part, share_of(part.size.bytes, total)) for part in version.domains]
    slices = [
        Slice(part.domain, share, exactly(part.size.bytes, "byte"), part.size.bytes) for part, share in shares
    ]
    rows = tuple(
        (part.domain, part.size.records, part.size.bytes, share) for part, share in shares[:_MOST_DOMAINS]
    )
    more = "; all of them are in dataset.json" if len(shares) > _MOST_DOMAINS else ""
    table = Table(f"Registrable domain names, the largest first{more}.", columns, rows)
    title = f"{counted(len(shares), 'domain name')}, {shares[0][0].domain} the largest"
    return ranked_bars(title, slices, "bytes", _MOST_DOMAINS, table)
