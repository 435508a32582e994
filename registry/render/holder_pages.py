"""Every named holder, page by page in order of their names; the first page finds a name without a server."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from registry.documents.fields import Table
from registry.documents.figures import counted, exact
from registry.documents.works import Works
from registry.render.html import Crumb, Page, page_bytes
from registry.render.works import MOST_HOLDERS, holder_columns, holder_row

PER_PAGE = 1_000
_KEY = 40  # characters of a name that tell where it is sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldersPage(Page):
    """What holders.html may use: a page of names, or the first one: it lists the others and finds names."""

    table: Table | None = None
    pages: tuple[Crumb, ...] = ()
    previous: Crumb | None = None
    next: Crumb | None = None
    search: Markup | None = None


PageMaker = Callable[..., HoldersPage]


def holder_pages(works: Works, folder: str, page: PageMaker) -> Iterator[tuple[str, bytes]]:
    """Give the files of the list of holders where the page has no room for all; none where it has.

    page: makes a page of its title and its own fields, with what all pages of the document share
    """
    named = works.named
    if len(named) <= MOST_HOLDERS:
        return
    starts = range(0, len(named), PER_PAGE)
    last = [min(start + PER_PAGE, len(named)) - 1 for start in starts]
    ranges = [(named[one].name, named[two].name) for one, two in zip(starts, last, strict=True)]
    said = counted(len(named), "named rights holder")
    yield (
        f"{folder}/index.html",
        page_bytes(
            "holders.html",
            page(
                title=f"{said}, in order of their names",
                pages=tuple(
                    Crumb(f"{first} … {end}", f"{number}.html")
                    for number, (first, end) in enumerate(ranges, start=1)
                ),
                search=_search(ranges),
            ),
        ),
    )
    columns = holder_columns()
    for number, start in enumerate(starts, start=1):
        rows = tuple(holder_row(one, works.words) for one in named[start : start + PER_PAGE])
        first, end = ranges[number - 1]
        summary = f"{first} to {end}. A part has its share of all words of this training."
        yield (
            f"{folder}/{number}.html",
            page_bytes(
                "holders.html",
                page(
                    title=f"{said}, page {exact(number)} of {exact(len(starts))}",
                    table=Table(summary, columns, rows),
                    previous=Crumb("Previous page", f"{number - 1}.html") if number > 1 else None,
                    next=Crumb("Next page", f"{number + 1}.html") if number < len(starts) else None,
                ),
            ),
        )


def _search(ranges: list[tuple[str, str]]) -> Markup:
    """The keys of the names that pages begin with, as JSON for a script element."""
    keys = [first.casefold()[:_KEY] for first, _ in ranges]
    text = json.dumps({"first": keys, "key": _KEY}, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no element can begin or end in it
