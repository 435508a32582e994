"""A site as one document: what each of its pages says, numbered and frozen on approval."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from registry.documents.differences import Difference, Turn
from registry.documents.edition import (
    ATTRIBUTION,
    DISCLOSURE,
    REGISTRY,
    History,
    Json,
    Kept,
    content_digest,
    edition_json,
    history_of,
)
from registry.documents.figures import counted
from registry.documents.site.site import Site
from registry.documents.site.twins import dataset_json, model_json, overlap_json, registry_json

FILE = "publication.json"
FORMAT = "training-data-registry/publication"
FORMAT_VERSION = 1


def dated_site(site: Site, kept: Sequence[Kept]) -> Site:
    """The site with its history; kept: its editions as a whole, the newest first."""
    history = history_of(publication_json(site), kept, _differences)
    return replace(site, history=history, publications=tuple(kept))


def publication_json(site: Site) -> Json:
    """The digest of what every page says, by its folder, and the editions of the documents among them.

    A digest is of the page's JSON without what names the edition, the dates and the software.
    """
    history = site.history
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "software": {"name": "training-data-registry", "version": site.software},
        "audience": site.audience.value,
        "status": "published" if history.edition else "draft",
        "stated_at": site.index.moment or None,
        "headline": site.index.headline,
        "content": dict(_content(site)),
    } | edition_json(history)


def _content(site: Site) -> Iterator[tuple[str, str]]:
    yield REGISTRY, content_digest(registry_json(site))
    for page in site.models:
        yield page.folder, content_digest(model_json(site, page))
        yield f"{page.folder}/{DISCLOSURE}", page.disclosure.history.content_digest
        yield f"{page.folder}/{ATTRIBUTION}", page.manifest.history.content_digest
    if site.overlaps:
        yield site.overlaps.folder, content_digest(overlap_json(site, site.overlaps))
    for dataset in site.datasets:
        yield dataset.folder, content_digest(dataset_json(site, dataset))


def _differences(before: Json, after: Json) -> tuple[Difference, ...]:
    """Which pages came, went or changed; what went is counted, as it may not be public any more."""
    old, new = before["content"], after["content"]
    turns = (
        (Turn.ADDED, [page for page in new if page not in old]),
        (Turn.CHANGED, [page for page in new if page in old and old[page] != new[page]]),
    )
    found = tuple(Difference("pages", page, turn) for turn, pages in turns for page in pages)
    went = sum(page not in new for page in old)
    said = f"{counted(went, 'page')} {'is' if went == 1 else 'are'} gone"
    return (*found, Difference("pages", "Pages", Turn.REMOVED, None, said, None)) if went else found


def unpublished(site: Site) -> tuple[tuple[str, str, History], ...]:
    """The documents that say something new: kind, id of the model version ("": none), history."""
    of_models = (
        (kind, page.model.id, document.history)
        for page in site.models
        for kind, document in ((DISCLOSURE, page.disclosure), (ATTRIBUTION, page.manifest))
    )
    found = (*of_models, (REGISTRY, "", site.history))
    return tuple(one for one in found if not one[2].is_current)
