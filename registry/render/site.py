"""The files of a site."""

from collections.abc import Iterator

from registry.documents.site.places import link
from registry.documents.site.site import Site
from registry.render.attribution import render_attribution
from registry.render.dataset import render_dataset
from registry.render.disclosure import render_disclosure
from registry.render.html import Crumb
from registry.render.index import REGISTRY, render_index
from registry.render.model import render_model
from registry.render.overlap import render_overlaps


def render_site(site: Site) -> dict[str, bytes]:
    """Return every file by its path: the first page, and the folders of its other pages."""
    return dict(_files(site))


def _files(site: Site) -> Iterator[tuple[str, bytes]]:
    yield from render_index(site).items()
    for page in site.models:
        yield from _below(page.folder, render_model(site, page))
        folder = f"{page.folder}/disclosure"
        trail = _trail(folder, page.folder, page.model.reference)
        yield from _below(folder, render_disclosure(page.disclosure, trail))
        yield from _below(f"{page.folder}/attribution", render_attribution(page.manifest, trail))
    if site.overlaps:
        yield from _below(site.overlaps.folder, render_overlaps(site, site.overlaps))
    for dataset in site.datasets:
        yield from _below(dataset.folder, render_dataset(site, dataset))


def _below(folder: str, files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((f"{folder}/{name}", content) for name, content in files.items())


def _trail(folder: str, model: str, reference: str) -> tuple[Crumb, ...]:
    """The registry and the model above a document; both documents lie equally deep."""
    return (Crumb(REGISTRY, link(folder, "")), Crumb(reference, link(folder, model)))
