"""The files of an attribution manifest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from registry.documents.attribution_json import lazily_json
from registry.documents.credited import NO_CREDITS, Credits
from registry.documents.fields import Gap, Table
from registry.documents.figures import counted, exact, exactly, percent, rounded, share_of
from registry.documents.inherited import Inherited
from registry.documents.lineage_duties import duties_said as lineage_said
from registry.documents.lineage_duties import duties_table
from registry.documents.manifest import HOW_SHARES_COUNT, Manifest
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE
from registry.documents.notices import Notice
from registry.documents.partition import UNIDENTIFIED
from registry.documents.projection import Audience
from registry.documents.schema import attribution_schema
from registry.domain.license import NOASSERTION
from registry.render.attribution_csv import INHERITED, inherited_csv, own_csv
from registry.render.credits import credits_files
from registry.render.duties import DutyLine, duties_said, duty_lines, inherited_said, said
from registry.render.folder import Content
from registry.render.holder_pages import HoldersPage, holder_pages
from registry.render.html import Crumb, Download, Fact, Figure, Page, page_bytes
from registry.render.json import json_bytes, json_pieces
from registry.render.long_tables import LongTables
from registry.render.text import text_pieces
from registry.render.versions import VERSION, Versions, standing_of, versions_of
from registry.render.works import (
    MOST_HOLDERS,
    contributors_table,
    holders_table,
    licenses_table,
    lines_table,
    sources_table,
)

HOLDERS = "holders"
MOST_NOTICES = 50  # on the page, folded; ATTRIBUTION.txt has all of them
__all__ = ["MOST_HOLDERS", "AttributionPage", "render_attribution"]


@dataclass(frozen=True, slots=True)
class InheritedPart:
    """A base model on the page: `holders` and `sources` where it is here, else `lines`, else only gaps."""

    id: str
    title: str
    summary: str
    chains: tuple[str, ...]
    provider: str | None
    url: str | None
    remark: str | None
    holders: Table | None
    sources: Table | None
    lines: Table | None
    check: str | None
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class NoticePart:
    """A notice on the page: the datasets and files it is of, and its text letter for letter."""

    of: tuple[tuple[str, str], ...]
    sha256: str
    text: Markup
    literal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributionPage(Page):
    """What attribution.html may use."""

    said: str
    duties: tuple[DutyLine, ...]
    gaps: tuple[Gap, ...]
    licenses: Table
    sources: Table
    contributors: Table | None
    holders: Table
    holders_said: str
    licenses_said: str
    sources_said: str
    duties_said: str
    lineage: Table | None
    lineage_said: str
    unknown: str
    versions: Versions | None
    check: str
    inherited: tuple[InheritedPart, ...]
    inherited_said: str
    notices: tuple[NoticePart, ...]
    notices_said: str
    notices_rest: str


def render_attribution(manifest: Manifest, trail: tuple[Crumb, ...] = ()) -> dict[str, bytes]:
    """Return the files by name, each as a whole; see `attribution_files`."""
    return {
        name: content if isinstance(content, bytes) else b"".join(content)
        for name, content in attribution_files(manifest, trail)
    }


def attribution_files(
    manifest: Manifest, trail: tuple[Crumb, ...] = (), found: Credits = NO_CREDITS
) -> Iterator[tuple[str, Content]]:
    """Give the files: the page, its twin with the schema, the rows as CSV, and the text to ship.

    attribution.csv has own training alone; what base models brought along is in inherited.csv, where there
    are any. What has a line for each holder comes piece by piece. trail: the pages above, where the manifest
    is part of a site. found: every record that is to be credited, where the records are known one by one
    """
    long, works = LongTables(), tuple(credits_files(found))
    long.downloads += [Download(one.name, one.in_short) for one in works]
    yield "index.html", page_bytes("attribution.html", _page(manifest, trail, long))
    yield "attribution.json", json_pieces(lazily_json(manifest))
    yield "attribution.schema.json", json_bytes(attribution_schema())
    yield "attribution.csv", own_csv(manifest)
    yield "ATTRIBUTION.txt", text_pieces(manifest, [one.sentences for one in works])
    for one in works:
        yield one.name, one.pieces()
    if manifest.inherited:
        yield INHERITED, inherited_csv(manifest)
    yield from long.files.items()
    yield from _every_holder(manifest, trail)


def _every_holder(manifest: Manifest, trail: tuple[Crumb, ...]) -> Iterator[tuple[str, bytes]]:
    """The lists of holders, page by page, where they are too long for the page."""
    above = (*(replace(one, href=f"../{one.href}") for one in trail), Crumb("Attribution", "../index.html"))

    def page(title: str, **own: Any) -> HoldersPage:
        return HoldersPage(
            title=title,
            kind="Rights holders",
            subject=manifest.model.reference,
            updated=manifest.updated,
            standing=standing_of(manifest.history, VERSION, manifest.updated),
            software=manifest.software,
            for_auditor=manifest.audience is Audience.AUDITOR,
            figures=(),
            downloads=(),
            contact=manifest.contact,
            trail=above,
            withdrawn=manifest.model.withdrawn,
            **own,
        )

    yield from holder_pages(manifest.own, HOLDERS, page)
    for number, found in enumerate(manifest.inherited, start=1):
        if found.works:
            yield from holder_pages(found.works, f"inherited-{number}-{HOLDERS}", page)


def _page(manifest: Manifest, trail: tuple[Crumb, ...], long: LongTables) -> AttributionPage:
    sources = long.shown("sources", sources_table(manifest.sources))
    contributors = contributors_table(manifest.sources)
    lineage = duties_table(manifest.lineage, of_model=True) if manifest.lineage else None
    inherited = tuple(
        _inherited(number, found, long) for number, found in enumerate(manifest.inherited, start=1)
    )
    return AttributionPage(
        title=manifest.headline,
        kind="Attribution manifest",
        subject=manifest.model.reference,
        updated=manifest.updated,
        standing=standing_of(manifest.history, VERSION, manifest.updated),
        versions=versions_of(manifest.history),
        software=manifest.software,
        for_auditor=manifest.audience is Audience.AUDITOR,
        figures=_figures(manifest),
        downloads=(*_downloads(manifest), *long.downloads),
        contact=manifest.contact,
        facts=_facts(manifest),
        trail=trail,
        contents=_contents(manifest),
        withdrawn=manifest.model.withdrawn,
        said=said(manifest),
        duties=duty_lines(manifest),
        gaps=_gaps(manifest),
        licenses=licenses_table(manifest.licenses, inherited=bool(manifest.inherited)),
        sources=sources,
        contributors=contributors and long.shown("contributors", contributors),
        holders=holders_table(manifest.own, "attribution.csv", HOLDERS),
        holders_said=_holders_said(manifest),
        licenses_said=_licenses_said(manifest),
        sources_said=_sources_said(manifest),
        duties_said=duties_said(manifest),
        lineage=lineage and long.shown("lineage", lineage),
        lineage_said=lineage_said(manifest.lineage),
        unknown=f"{counted(len(_gaps(manifest)), 'point')} not known, and who can say",
        check=f"Check: the shares of all rows add up to {manifest.share_sum}. {HOW_SHARES_COUNT}",
        inherited=inherited,
        inherited_said=inherited_said(manifest),
        notices=tuple(map(_notice, manifest.notices[:MOST_NOTICES])),
        notices_said=counted(len(manifest.notices), "notice") + " to reproduce",
        notices_rest=_notices_rest(manifest),
    )


def _notice(found: Notice) -> NoticePart:
    text = str(escape(found.text)).replace("\n", "&#10;")  # an empty line of it must not be taken for ours
    return NoticePart(found.of, found.sha256, Markup(text), found.literal)  # noqa: S704 - escaped just before


def _notices_rest(manifest: Manifest) -> str:
    more = len(manifest.notices) - MOST_NOTICES
    return f"{counted(more, 'more notice')}: ATTRIBUTION.txt has all of them." if more > 0 else ""


def _holders_said(manifest: Manifest) -> str:
    """The named holders and their part of the words, in a heading."""
    if not manifest.named:
        return "No rights holder is named"
    named, words = counted(len(manifest.named), "named rights holder"), manifest.words
    share = share_of(manifest.own.named_words, words)
    return f"{named}, of {percent(share)} of the words" if words else named


def _licenses_said(manifest: Manifest) -> str:
    """How many licenses there are, and of how many it is not known what they ask for, in a heading."""
    stated = [one for one in manifest.licenses if one.license not in {NOASSERTION, WITHHELD_LICENSE}]
    if not stated:
        return "No license is stated"
    unknown, said = sum(one.is_unknown for one in stated), counted(len(stated), "license")
    if not unknown:
        return f"{said} and what each asks for"
    return f"{said}; of {exact(unknown)} it is not known what is asked for"


def _sources_said(manifest: Manifest) -> str:
    datasets = len({(one.dataset, one.version) for one in manifest.sources})
    return f"{counted(datasets, 'dataset')} to credit" if datasets else "No dataset to credit"


def _facts(manifest: Manifest) -> tuple[Fact, ...]:
    model = manifest.model
    bases = ", ".join(found.model for found in manifest.inherited)
    return (
        Fact("Provider", model.provider),
        Fact("Model", model.reference, model.url),
        Fact("Inherits from", bases or ("no other model" if manifest.no_base_model else None)),
        Fact("State of", manifest.updated),
    )


def _contents(manifest: Manifest) -> tuple[Crumb, ...]:
    return (
        *([Crumb("Duties", "#duties")] if duty_lines(manifest) else []),
        Crumb("Licenses", "#licenses"),
        Crumb("Rights holders", "#holders"),
        Crumb("Datasets to credit", "#sources"),
        *([Crumb("Notices", "#notices")] if manifest.notices else []),
        Crumb("Inherited", "#inherited"),
        *(
            Crumb(found.model, f"#inherited-{number}")
            for number, found in enumerate(manifest.inherited, start=1)
        ),
        *([Crumb("Along the lineage", "#lineage")] if manifest.lineage else []),
        *([Crumb("Not known", "#unknown")] if _gaps(manifest) else []),
        *([Crumb("Versions", "#versions")] if manifest.history.latest else []),
        Crumb("For machines", "#downloads"),
        Crumb("For rights holders", "#rights"),
    )


def _gaps(manifest: Manifest) -> tuple[Gap, ...]:
    """What is not known, but for the contact, which has a place of its own on every page."""
    return tuple(gap for gap in manifest.gaps if gap.field != "rights-contact")


def _figures(manifest: Manifest) -> tuple[Figure, ...]:
    words = manifest.words
    named = manifest.own.named_words
    withheld, nobody = manifest.words_of(WITHHELD_AGENT), manifest.words_of(UNIDENTIFIED)
    unlicensed = sum(found.words for found in manifest.licenses if found.license == NOASSERTION)
    uncounted = len(manifest.own.without_words)
    more = f"; those of {counted(uncounted, 'more dataset')} are not known" if uncounted else ""

    def share(label: str, part: int, note: str) -> Figure:
        return Figure(label, percent(share_of(part, words)), f"{exactly(part, 'word')} {note}")

    return (
        Figure(
            "Rights holders", exact(len(manifest.named)), "with a name; namesakes in two datasets are two"
        ),
        share("Attributed", named, "to holders with a name"),
        share("Withheld", withheld, "of holders whose names are withheld"),
        share("Unidentified", nobody, "of holders nobody has named"),
        share("No license stated", unlicensed, "of which no license is known"),
        Figure("Words", exact(words), f"{rounded(round(manifest.words_seen))} with epochs{more}"),
    )


def _inherited(number: int, found: Inherited, long: LongTables) -> InheritedPart:
    works, name = found.works, f"inherited-{number}"
    return InheritedPart(
        id=name,
        title=found.model,
        summary=_summary(found),
        chains=found.chains,
        provider=found.provider,
        url=found.url,
        remark=found.remark,
        holders=holders_table(works, INHERITED, f"{name}-{HOLDERS}") if works else None,
        sources=long.shown(f"{name}-sources", sources_table(works.sources)) if works else None,
        lines=long.shown(f"{name}-lines", lines_table(found.lines)) if found.lines else None,
        check=f"Check: the shares of its rows add up to {works.share_sum}." if works else None,
        gaps=found.gaps,
    )


def _summary(found: Inherited) -> str:
    if found.records is None or found.words is None:
        return f"Whose works {found.model} was trained on is not known."
    size = f"{exactly(found.records, 'record')}, {exactly(found.words, 'word')}"
    if found.works is None:
        return f"Trained on {size}; the holders are not known or not shown."
    named = found.works.named
    if not named:
        return f"Trained on {size}; no holder is named."
    share = percent(share_of(found.works.named_words, found.words))
    return f"Trained on {size}; {share} of the words are of {counted(len(named), 'named holder')}."


def _downloads(manifest: Manifest) -> tuple[Download, ...]:
    inherited = Download(INHERITED, "the same of what base models brought along")
    return (
        Download("ATTRIBUTION.txt", "the attribution text, to ship with the weights"),
        Download("attribution.csv", "one row per holder, dataset version and license of own training"),
        *([inherited] if manifest.inherited else []),
        Download("attribution.json", "everything on this page and every row"),
        Download("attribution.schema.json", "the JSON Schema of that file"),
    )
