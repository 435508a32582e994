"""The page of overlaps: which dataset versions share content with which."""

from dataclasses import dataclass

from registry.documents.comparison import CAVEAT
from registry.documents.fields import Table
from registry.documents.figures import counted, day, exact
from registry.documents.overlaps import Overlaps, SharedPair
from registry.documents.projection import Audience
from registry.documents.site.overlap import OverlapPage, not_printed_said, shared
from registry.documents.site.places import Places, link
from registry.documents.site.site import Site
from registry.documents.site.twins import overlap_json
from registry.render.charts import Chart, shortened
from registry.render.heat_map import Warm, heat_map, size_class
from registry.render.html import Crumb, Download, Figure, Page, page_bytes
from registry.render.json import json_bytes
from registry.render.overlap_tables import interval_text, left_out_table, pairs_table
from registry.render.registry_tables import REGISTRY
from registry.render.versions import PUBLICATION, standing_of

_HOW = (
    "Shares are of the distinct runs of five words (shingles) in the content fields, compared by sketches "
    "that hold all of them or an even sample; of a sample, the interval says where the share lies 95 times "
    "in 100."
)
_HOW_RELATED = "one is declared to be made from the other, or both are versions of one dataset"
_MOST_SAID = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapsPage(Page):
    """What overlaps.html may use."""

    caveat: str
    method: str
    not_printed: str | None
    map: Chart | None
    map_said: str
    size: str
    names: tuple[Crumb, ...]
    table: Table | None
    left_out_said: str
    left_out: Table | None


def render_overlaps(site: Site, page: OverlapPage) -> dict[str, bytes]:
    """Return the files by name: the page and its twin."""
    return {
        "index.html": page_bytes("overlaps.html", _page(site, page)),
        "overlaps.json": json_bytes(overlap_json(site, page)),
    }


def _page(site: Site, page: OverlapPage) -> OverlapsPage:
    table = pairs_table(page, site.places) if page.found.pairs else None
    return OverlapsPage(
        title=page.headline,
        kind="Overlaps",
        subject="what datasets share",
        updated=day(page.updated),
        standing=standing_of(site.history, PUBLICATION, day(page.updated)),
        software=site.software,
        for_auditor=site.audience is Audience.AUDITOR,
        figures=_figures(page.found),
        downloads=(Download("overlaps.json", "every pair, in full"),),
        contact=site.index.contacts[0],
        trail=(Crumb(REGISTRY, link(page.folder, "")),),
        caveat=CAVEAT,
        method=_HOW,
        not_printed=not_printed_said(page.found),
        map=_map(page, table) if table else None,
        map_said=_map_said(page),
        size=size_class(len(page.mapped)),
        names=tuple(_names(page, site.places)),
        table=table,
        left_out_said=f"{counted(len(page.found.left_out), 'dataset version')} could not be compared",
        left_out=left_out_table(page, site.places),
    )


def _figures(found: Overlaps) -> tuple[Figure, ...]:
    left = len(found.left_out)
    declared = [pair for pair in found.pairs if pair.relation.is_declared]
    detected = len(found.pairs) - len(declared) + found.not_printed
    compared = f"each with every other; {exact(left)} could not be" if left else "each with every other"
    printed = "" if found.prints_detected else "; not printed"
    return (
        Figure("Versions compared", exact(len(found.compared)), compared),
        Figure("Overlaps of related datasets", exact(len(declared)), _HOW_RELATED),
        Figure("Other overlaps", exact(detected), f"detected, declared by nobody{printed}"),
    )


def _map(page: OverlapPage, table: Table) -> Chart:
    places = {version.id: number for number, version in enumerate(page.mapped)}
    cells: dict[tuple[int, int], Warm] = {}
    for pair in page.found.pairs:
        if {pair.a.id, pair.b.id} <= places.keys():
            for one in (pair, pair.turned):
                cells[places[one.a.id], places[one.b.id]] = Warm(one.share, _said(one))
    told = "; ".join(shared(pair) for pair in page.found.pairs[:_MOST_SAID])
    more = len(page.found.pairs) - _MOST_SAID
    rest = f"; {exact(more)} more pairs in the table" if more > 0 else ""
    return heat_map("What dataset versions share", f"{told}{rest}.", len(places), cells, table)


def _said(pair: SharedPair) -> str:
    return f"{shared(pair)} ({interval_text(pair)})"


def _map_said(page: OverlapPage) -> str:
    """How the map is read, and what is not in it."""
    empty = "nothing was found"
    if not page.found.prints_detected:
        empty += ", or nobody has declared a relation"
    left = len(page.versions) - len(page.mapped)
    shown = f"The {exact(len(page.mapped))} versions with the greatest overlaps"
    rest = f" {shown}; {exact(left)} more are in the table alone." if left else ""
    return (
        "Read a row: how many percent of its version are found in the version of each column. "
        f"An empty cell: {empty}.{rest}"
    )


def _names(page: OverlapPage, places: Places) -> list[Crumb]:
    return [
        Crumb(shortened(version.reference), link(page.folder, places.datasets[version.id]))
        for version in page.mapped
    ]
