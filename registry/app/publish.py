"""Writing the static site of a registry."""

from dataclasses import dataclass
from pathlib import Path

from registry import __version__
from registry.app.home import Home
from registry.documents.projection import Audience
from registry.documents.site.site import build_site
from registry.queries.site import everything
from registry.render.folder import write_folder
from registry.render.site import render_site


@dataclass(frozen=True, slots=True)
class Published:
    """What a site holds: its first page in a sentence, and how many pages and files there are."""

    headline: str
    models: int
    datasets: int
    files: int


def publish(home: Home, out: Path, *, audience: str, exact_sizes: bool) -> Published:
    """Write the site's folder, all of it or nothing; the same state of the registry gives the same bytes."""
    with home.read() as session:
        registered = everything(session)
    site = build_site(registered, Audience(audience), exact_sizes=exact_sizes, software=__version__)
    files = render_site(site)
    write_folder(files, out)
    return Published(site.index.headline, len(site.models), len(site.datasets), len(files))
