"""What the search of the first page knows: names, titles and pages, small enough to stand in the page."""

import json
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from registry.documents.site.site import Site

MOST_BYTES = 500_000
_KINDS = ("model", "dataset", "rights holder in", "domain in")
_MODEL, _DATASET, _HOLDER, _DOMAIN = range(4)
Entry = tuple[int, str, str, str]  # kind, name, what it is about, folder


def search_data(site: Site, most: int = MOST_BYTES) -> Markup:
    """JSON for a script element. What is too much goes: domains, titles, then holders, then the smallest."""
    entries = list(_entries(site))
    held = [entry for entry in entries if entry[0] != _DOMAIN]
    without_titles = [(kind, name, about if kind == _HOLDER else "", at) for kind, name, about, at in held]
    of_pages = [entry for entry in without_titles if entry[0] != _HOLDER]
    for found in (entries, held, without_titles, of_pages):
        if len(data := _written(found, len(entries) - len(found))) <= most:
            return data
    kept = len(of_pages) * most // len(_written(of_pages, 0))
    return _written(of_pages[:kept], len(entries) - kept)


def _entries(site: Site) -> Iterator[Entry]:
    """Everything with a page, the largest datasets first, and the holders and domains that these name."""
    for page in site.models:
        yield _MODEL, page.model.reference, page.model.provider or "", page.folder
    for dataset in site.datasets:
        yield _DATASET, dataset.version.reference, dataset.version.title or "", dataset.folder
    for dataset in site.datasets:
        for name in dict.fromkeys(holder.name for holder in dataset.holders if holder.is_named):
            yield _HOLDER, name, dataset.version.reference, dataset.folder
    for dataset in site.datasets:
        for part in dataset.version.domains:
            yield _DOMAIN, part.domain, dataset.version.reference, dataset.folder


def _written(entries: Sequence[Entry], left: int) -> Markup:
    data = {"kinds": _KINDS, "entries": [_short(entry) for entry in entries], "left": left}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no element can begin or end in it


def _short(entry: Entry) -> tuple[int | str, ...]:
    """Without the folder where it follows from the name, as the script knows too."""
    kind, name, about, folder = entry
    reference = about if kind in {_HOLDER, _DOMAIN} else name
    derived = ("datasets/" if kind else "models/") + reference.replace("/", "~").replace("@", "/")
    if folder != derived:
        return kind, name, about, folder
    return (kind, name, about) if about else (kind, name)
