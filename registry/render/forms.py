"""The files of a disclosure report after one law or several."""

from collections.abc import Collection
from enum import StrEnum

from registry.documents.california.law import LAW
from registry.documents.disclosure import Disclosure
from registry.render.california import california_page
from registry.render.disclosure import disclosure_files, render_disclosure
from registry.render.html import Crumb, page_bytes
from registry.render.long_tables import MOST_IN_FORMS, LongTables

_FIRST, _SECOND = "index.html", "california.html"


class Law(StrEnum):
    """A law that asks for a page of its own."""

    EU = "eu"
    CALIFORNIA = "california"


def render_forms(
    disclosure: Disclosure,
    laws: Collection[Law] = tuple(Law),
    trail: tuple[Crumb, ...] = (),
    editions: tuple[str | None, ...] = (),
) -> dict[str, bytes]:
    """Return the files by name: a page for each law, one of them `index.html`; the twin holds every form.

    trail: the pages above, where the report is part of a site; editions: the page of each, newest first
    """
    if Law.CALIFORNIA not in laws:
        return render_disclosure(disclosure, trail, editions)
    long = LongTables(MOST_IN_FORMS)
    if Law.EU not in laws:
        page = page_bytes("california.html", california_page(disclosure, long, trail))
        return disclosure_files(disclosure) | long.files | {_FIRST: page}
    to_california = Crumb(f"The same after {LAW}", _SECOND)
    to_union = Crumb("The same after the EU template, AI Act article 53(1)(d)", _FIRST)
    page = page_bytes("california.html", california_page(disclosure, long, trail, (to_union,)))
    union = render_disclosure(disclosure, trail, editions, (to_california,))
    return union | long.files | {_SECOND: page}
