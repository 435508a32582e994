"""The files of a site."""

from collections.abc import Iterator, Mapping
from functools import partial
from hashlib import sha256

from registry.documents.edition import ATTRIBUTION, DISCLOSURE
from registry.documents.site.model import ModelPage
from registry.documents.site.places import link
from registry.documents.site.publication import FILE as PUBLICATION
from registry.documents.site.site import Site
from registry.render.attribution import render_attribution
from registry.render.dataset import render_dataset
from registry.render.edition import edition_href, render_edition
from registry.render.forms import render_forms
from registry.render.html import Crumb
from registry.render.index import DATABASE, render_index
from registry.render.json import json_bytes
from registry.render.lists import render_lists
from registry.render.model import render_model
from registry.render.overlap import render_overlaps
from registry.render.parallel import rendering
from registry.render.registry_tables import REGISTRY
from registry.render.versions import versions_json

SUMS, VERSIONS = "SHA256SUMS", "versions.json"


def render_site(site: Site, database: bytes | None = None) -> Iterator[tuple[str, bytes]]:
    """Give every file with its path: the first page, the folders of its other pages, the sums of all.

    database: the public views, to stand beside the first page
    """
    sums: dict[str, str] = {}
    with rendering(partial(render_dataset, site), site.datasets) as datasets:
        for name, content in _files(site, database, datasets):
            sums[name] = sha256(content).hexdigest()
            yield name, content
    yield SUMS, _sums(sums)


def _sums(digests: Mapping[str, str]) -> bytes:
    """As `sha256sum --check` reads them."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def _files(
    site: Site, database: bytes | None, datasets: Iterator[dict[str, bytes]]
) -> Iterator[tuple[str, bytes]]:
    if database is not None:
        yield DATABASE, database
    yield from render_index(site, has_database=database is not None).items()
    yield from render_lists(site)
    if site.history.edition:
        yield PUBLICATION, site.publications[0].snapshot
    for page in site.models:
        yield from _below(page.folder, render_model(site, page))
        yield from _disclosures(page)
        yield from _manifests(page)
    if site.overlaps:
        yield from _below(site.overlaps.folder, render_overlaps(site, site.overlaps))
    for dataset, files in zip(site.datasets, datasets, strict=True):
        yield from _below(dataset.folder, files)


def _disclosures(page: ModelPage) -> Iterator[tuple[str, bytes]]:
    """The report, and every edition of it in a folder of its own."""
    folder, history = f"{page.folder}/{DISCLOSURE}", page.disclosure.history
    numbers = [kept.edition.number for kept in page.disclosures]
    hrefs = tuple(edition_href(kept) for kept in page.disclosures)
    trail = _trail(folder, page.folder, page.model.reference)
    files = render_forms(page.disclosure, trail=trail, editions=hrefs)
    if history.edition:
        files[f"{DISCLOSURE}.json"] = page.disclosures[0].snapshot
    if numbers:
        files[VERSIONS] = json_bytes(versions_json(history, f"{DISCLOSURE}.json"))
    yield from _below(folder, files)
    for kept in page.disclosures:
        place = f"{folder}/{kept.edition.number}"
        above = (
            *_trail(place, page.folder, page.model.reference),
            Crumb("Training data summary", link(place, folder)),
        )
        newest = link(place, f"{folder}/{numbers[0]}")
        yield from _below(place, render_edition(kept, history, above, newest))


def _manifests(page: ModelPage) -> Iterator[tuple[str, bytes]]:
    """The manifest; earlier ones are but listed, as whom they name may have asked to be left out."""
    folder, history = f"{page.folder}/{ATTRIBUTION}", page.manifest.history
    files = render_attribution(page.manifest, _trail(folder, page.folder, page.model.reference))
    if history.edition:
        files[f"{ATTRIBUTION}.json"] = page.manifests[0].snapshot
    if history.latest:
        files[VERSIONS] = json_bytes(versions_json(history, None))
    yield from _below(folder, files)


def _below(folder: str, files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((f"{folder}/{name}", content) for name, content in files.items())


def _trail(folder: str, model: str, reference: str) -> tuple[Crumb, ...]:
    """The registry and the model above a document; both documents lie equally deep."""
    return (Crumb(REGISTRY, link(folder, "")), Crumb(reference, link(folder, model)))
