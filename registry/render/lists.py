"""Lists too long for the first page, page by page, so that every page is reached without script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from registry.documents.fields import Rest, Table
from registry.documents.figures import counted, day, exact
from registry.documents.projection import Audience
from registry.documents.site.index import RegistryIndex
from registry.documents.site.places import link
from registry.documents.site.site import Site
from registry.render.html import Crumb, Page, page_bytes
from registry.render.long_tables import MOST_ROWS
from registry.render.registry_tables import REGISTRY, datasets_table, models_table
from registry.render.versions import PUBLICATION, standing_of

PER_PAGE = 500
T = TypeVar("T")
_MODELS, _DATASETS = "lists/models", "lists/datasets"  # no dataset or model has a folder there


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """What list.html may use; `pages` are all of the list, of which `number` is this one."""

    table: Table
    number: int
    pages: tuple[Crumb, ...]
    previous: Crumb | None
    next: Crumb | None


def listed_models(index: RegistryIndex) -> Table | None:
    """The models as the first page has room for them."""
    table = models_table(index.models[:MOST_ROWS])
    return _first(table, len(index.models), _MODELS, "every model") if index.models else None


def listed_datasets(index: RegistryIndex) -> Table | None:
    """The dataset versions as the first page has room for them."""
    table = datasets_table(index.datasets[:MOST_ROWS])
    return _first(table, len(index.datasets), _DATASETS, "every dataset version") if index.datasets else None


def _first(table: Table, rows: int, folder: str, label: str) -> Table:
    if rows <= MOST_ROWS:
        return table
    rest = Rest(rows, link("", folder), f"{label}, page by page")
    return Table(table.summary, table.columns, table.rows, table.hrefs, rest)


def render_lists(site: Site) -> Iterator[tuple[str, bytes]]:
    """Give the pages of the lists that are too long for the first page, with their paths."""
    index = site.index
    if len(index.models) > MOST_ROWS:
        tables = [models_table(lines, _MODELS) for lines in _chunks(index.models)]
        yield from _pages(site, tables, _MODELS, counted(len(index.models), "model"))
    if len(index.datasets) > MOST_ROWS:
        tables = [datasets_table(lines, _DATASETS) for lines in _chunks(index.datasets)]
        yield from _pages(site, tables, _DATASETS, counted(index.dataset_versions, "dataset version"))


def _chunks(lines: Sequence[T]) -> Iterator[Sequence[T]]:
    return (lines[start : start + PER_PAGE] for start in range(0, len(lines), PER_PAGE))


def _pages(site: Site, tables: Sequence[Table], folder: str, said: str) -> Iterator[tuple[str, bytes]]:
    names = ["index.html", *(f"{number}.html" for number in range(2, len(tables) + 1))]
    updated = day(site.index.moment)
    crumbs = tuple(Crumb(str(number), name) for number, name in enumerate(names, start=1))
    for place, table in enumerate(tables):
        page = ListPage(
            title=f"{said}, page {exact(place + 1)} of {exact(len(tables))}",
            kind="List",
            subject="training data of models",
            updated=updated,
            standing=standing_of(site.history, PUBLICATION, updated),
            software=site.software,
            for_auditor=site.audience is Audience.AUDITOR,
            figures=(),
            downloads=(),
            contact=site.index.contacts[0],
            trail=(Crumb(REGISTRY, link(folder, "")),),
            table=table,
            number=place + 1,
            pages=crumbs,
            previous=Crumb("Previous page", names[place - 1]) if place else None,
            next=Crumb("Next page", names[place + 1]) if place + 1 < len(names) else None,
        )
        yield f"{folder}/{names[place]}", page_bytes("list.html", page)
