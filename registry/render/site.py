"""The files of a site."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256

from registry.documents.credited import NO_CREDITS, Credits
from registry.documents.edition import ATTRIBUTION, DISCLOSURE
from registry.documents.manifest import Manifest
from registry.documents.site.model import ModelPage
from registry.documents.site.places import link
from registry.documents.site.publication import FILE as PUBLICATION
from registry.documents.site.site import Site
from registry.render.attribution import attribution_files
from registry.render.dataset import render_dataset
from registry.render.edition import edition_href, render_edition
from registry.render.folder import Content
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
CreditsOf = Callable[[Manifest], Credits]


def render_site(
    site: Site, database: bytes | None = None, credits_of: CreditsOf = lambda _: NO_CREDITS
) -> Iterator[tuple[str, Content]]:
    """Give every file with its path: the first page, the folders of its other pages, the sums of all.

    The credits of records come piece by piece: each file is to be read before the next is asked for.
    database: the public views, to stand beside the first page; credits_of: which records a manifest credits
    """
    sums: dict[str, str] = {}
    with rendering(partial(render_dataset, site), site.datasets) as datasets:
        for name, content in _files(site, database, datasets, credits_of):
            if isinstance(content, bytes):
                sums[name] = sha256(content).hexdigest()
                yield name, content
            else:
                yield name, _summed(name, content, sums)
    yield SUMS, _sums(sums)


def _summed(name: str, pieces: Iterator[bytes], sums: dict[str, str]) -> Iterator[bytes]:
    """The pieces of a file, whose digest is known at their end."""
    digest = sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    sums[name] = digest.hexdigest()


def _sums(digests: Mapping[str, str]) -> bytes:
    """As `sha256sum --check` reads them."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def _files(
    site: Site, database: bytes | None, datasets: Iterator[dict[str, bytes]], credits_of: CreditsOf
) -> Iterator[tuple[str, Content]]:
    if database is not None:
        yield DATABASE, database
    yield from render_index(site, has_database=database is not None).items()
    yield from render_lists(site)
    if site.history.edition:
        yield PUBLICATION, site.publications[0].snapshot
    for page in site.models:
        yield from _below(page.folder, render_model(site, page))
        yield from _disclosures(page)
        yield from _manifests(page, credits_of(page.manifest))
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


def _manifests(page: ModelPage, found: Credits) -> Iterator[tuple[str, Content]]:
    """The manifest; earlier ones are but listed, as whom they name may have asked to be left out."""
    folder, history = f"{page.folder}/{ATTRIBUTION}", page.manifest.history
    trail = _trail(folder, page.folder, page.model.reference)
    frozen = page.manifests[0].snapshot if history.edition else None
    for name, content in attribution_files(page.manifest, trail, found):
        of_edition = frozen if name == f"{ATTRIBUTION}.json" else None
        yield f"{folder}/{name}", of_edition or content
    if history.latest:
        yield f"{folder}/{VERSIONS}", json_bytes(versions_json(history, None))


def _below(folder: str, files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((f"{folder}/{name}", content) for name, content in files.items())


def _trail(folder: str, model: str, reference: str) -> tuple[Crumb, ...]:
    """The registry and the model above a document; both documents lie equally deep."""
    return (Crumb(REGISTRY, link(folder, "")), Crumb(reference, link(folder, model)))
