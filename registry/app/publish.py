"""Writing the static site of a registry."""

from dataclasses import dataclass, replace
from pathlib import Path

from registry import __version__
from registry.app.home import Home
from registry.app.overlaps import AllOverlaps, all_overlaps
from registry.documents.overlaps import Compared, Found
from registry.documents.projection import Audience
from registry.documents.site.site import build_site
from registry.queries.site import everything
from registry.render.folder import write_folder
from registry.render.site import render_site


@dataclass(frozen=True, slots=True)
class Published:
    """What a site holds: its first page in a sentence, its pages and files, and remarks."""

    headline: str
    models: int
    datasets: int
    files: int
    remarks: tuple[str, ...]


def publish(
    home: Home, out: Path, *, audience: str, exact_sizes: bool, detected_overlaps: bool = False
) -> Published:
    """Write the site's folder, all of it or nothing; the same state of the registry gives the same bytes.

    What the datasets share is brought up to date first. detected_overlaps: print for the public, too, what
    was detected and nobody has declared.
    """
    every = all_overlaps(home)
    with home.read() as session:
        registered = replace(everything(session), compared=_compared(every))
    site = build_site(
        registered,
        Audience(audience),
        exact_sizes=exact_sizes,
        detected_overlaps=detected_overlaps,
        software=__version__,
    )
    files = render_site(site)
    write_folder(files, out)
    return Published(site.index.headline, len(site.models), len(site.datasets), len(files), every.remarks)


def _compared(every: AllOverlaps) -> Compared:
    return Compared(
        frozenset(version.id for version in every.versions),
        tuple(Found(*pair) for pair in every.pairs),
        {version.id: why for version, why in every.left_out},
    )
