"""Writing the static site of a registry."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from registry import __version__
from registry.app.approval import approve, check_name
from registry.app.benchmarks import search_benchmarks
from registry.app.credits import credits_of
from registry.app.home import Home
from registry.app.overlaps import AllOverlaps, all_overlaps
from registry.documents.credited import Credits
from registry.documents.edition import REGISTRY
from registry.documents.figures import counted, day
from registry.documents.manifest import Manifest
from registry.documents.masking import not_public
from registry.documents.overlaps import Compared, Found
from registry.documents.pairing import reference
from registry.documents.projection import Audience
from registry.documents.site.publication import dated_site, unpublished
from registry.documents.site.registered import Registered
from registry.documents.site.site import Site, build_site
from registry.documents.subject import listed
from registry.domain.dataset import Visibility
from registry.errors import UsageError
from registry.queries.editions import all_editions
from registry.queries.public_database import public_database
from registry.queries.site import everything
from registry.render.folder import check_folder, write_folder
from registry.render.site import render_site


@dataclass(frozen=True, slots=True)
class Published:
    """What a site holds: its first page in a sentence, its pages and files, remarks, what is approved."""

    headline: str
    models: int
    datasets: int
    files: int
    remarks: tuple[str, ...]
    standing: str


def publish(
    home: Home,
    out: Path,
    *,
    audience: str,
    exact_sizes: bool,
    small_provider: bool = False,
    detected_overlaps: bool = False,
    approved_by: str | None = None,
) -> Published:
    """Write the site's folder, all of it or nothing; the same state of the registry gives the same bytes.

    For the public, the public views lie beside it as a database. What the datasets share, and what of tests
    stands in them, is brought up to date first.
    detected_overlaps: print for the public, too, what was detected and nobody has declared.
    approved_by: who approves the drafts, which are then numbered and frozen; what says nothing new keeps its
    number.
    """
    approver = None if approved_by is None else check_name(approved_by)
    for_all = Audience(audience) is Audience.PUBLIC
    if approver and not for_all:
        raise UsageError(
            "only the public site can be approved", hint="leave out --audience, or leave out --approved-by"
        )
    check_folder(out)  # before anything is approved
    every = all_overlaps(home)
    with _without_collections():
        with home.read() as session:
            registered = replace(everything(session), compared=_compared(every))
        searched = search_benchmarks(home, registered.models)
        registered = replace(registered, models=searched.models)

        def build() -> Site:
            with home.read() as session:
                editions = all_editions(session)
            site = build_site(
                replace(registered, editions=editions),
                Audience(audience),
                exact_sizes=exact_sizes,
                small_provider=small_provider,
                detected_overlaps=detected_overlaps,
                software=__version__,
            )
            return dated_site(site, editions.get((REGISTRY, ""), ()) if for_all else ())

        site = build()
        fresh = approve(home, site, approver) if approver else 0
        site = build() if fresh else site
        database = _database(home) if for_all else None
        files = write_folder(render_site(site, database, lambda manifest: _credits(home, manifest)), out)
    pages = len(site.models), len(site.datasets)
    remarks = (*every.remarks, *searched.remarks, *_still_named(site, registered))
    return Published(site.index.headline, *pages, files, remarks, _standing(site, fresh))


def _still_named(site: Site, registered: Registered) -> Iterator[str]:
    """Which editions, that stay as they were approved, name what is not public any more."""
    held = (one.version for one in registered.datasets)
    public = {version.reference for version in held if version.visibility is Visibility.PUBLIC}
    for page in site.models:
        for kept in page.disclosures:
            named = [reference(line) for line in not_public(kept.twin, public)]
            if named:
                edition = f"Version {kept.edition.number} of the disclosure of {page.model.reference}"
                yield f"{edition} still names {listed(named)}, not public any more: it stays as approved"


def _credits(home: Home, manifest: Manifest) -> Credits:
    with home.read() as session:
        return credits_of(home.fingerprint_root, session, manifest)


def _database(home: Home) -> bytes:
    """The public views as they are now, what was just approved included."""
    with home.read() as session:
        return public_database(session)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Facts and pages are millions of values without cycles: looking for these takes time and finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _standing(site: Site, fresh: int) -> str:
    """What of the site is approved, in a sentence."""
    edition = site.history.edition
    drafts = len(unpublished(site))
    if edition and fresh:
        return f"Publication {edition.number}: {counted(fresh, 'new edition')} approved"
    if edition:
        return f"Publication {edition.number} of {day(edition.approved_at)}: nothing has changed since"
    return f"DRAFT: {counted(drafts, 'document')} to approve (--approved-by NAME numbers and freezes)"


def _compared(every: AllOverlaps) -> Compared:
    return Compared(
        frozenset(version.id for version in every.versions),
        tuple(Found(*pair) for pair in every.pairs),
        {version.id: why for version, why in every.left_out},
    )
