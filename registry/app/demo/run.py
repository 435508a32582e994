"""The demo: data that every machine has, a declaration file, a registry of its own, pages."""

import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path
from string import Template

from registry.app.apply.plan import Action, Plan
from registry.app.apply.run import Options, apply
from registry.app.demo.packages import Chosen, PackageFile, choose, files_of
from registry.app.demo.sources import LibraryFile, library_files
from registry.app.demo.write import MixedFile, mixed, write_parquet
from registry.app.digests import RACY
from registry.app.home import Home, now
from registry.app.ingest import Started
from registry.app.publish import publish
from registry.documents.projection import Audience
from registry.domain.license import parse_license
from registry.errors import RefusedError

TEMPLATE = Path(__file__).with_name("registry.yaml")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the demo keeps what it makes: all of it in one folder."""

    folder: Path

    @property
    def data(self) -> Path:
        """The Parquet files."""
        return self.folder / "data"

    @property
    def declarations(self) -> Path:
        """The declaration file."""
        return self.folder / "registry.yaml"

    @property
    def home(self) -> Path:
        """The registry: its database and fingerprints."""
        return self.folder / "registry-home"

    @property
    def pages(self) -> Path:
        """The pages for the public."""
        return self.folder / "public"

    @property
    def index(self) -> Path:
        """The first of the pages."""
        return self.pages / "index.html"

    @property
    def disclosure(self) -> Path:
        """The summary of training content of the model that was trained from scratch."""
        return self.pages / "models" / "snakelet" / "1.0" / "disclosure" / "index.html"


def run(places: Places, tell: Tell, started: Started) -> None:
    """Write the data and the declarations, apply them, publish pages; the same again changes nothing."""
    write_data(places, choose(distributions()), tuple(library_files()), tell)
    written = write_declarations(places)
    tell(f"{'Wrote' if written else 'Kept as it was:'} {places.declarations}")
    home = Home(places.home)
    plan = _applied(home, places, started)
    notes = [f"{step.name}: {step.note}" for step in plan.steps if step.note]
    for line in (_counted(plan, places), *notes, *plan.warnings):
        tell(line)
    site = publish(home, places.pages, audience=Audience.PUBLIC, exact_sizes=False)
    tell(f"Wrote {site.files:,} files of pages: {site.models} models, {site.datasets} datasets")


def write_data(places: Places, chosen: Chosen, library: Sequence[LibraryFile], tell: Tell) -> None:
    """Write the three Parquet files, and tell what is in them."""
    places.data.mkdir(parents=True, exist_ok=True)
    files = tuple(files_of(chosen.packages))
    write_parquet(library, LibraryFile, places.data / "stdlib.parquet")
    write_parquet(files, PackageFile, places.data / "packages.parquet")
    count = write_parquet(mixed(library, files), MixedFile, places.data / "mix.parquet")
    tell(f"Standard library of Python {platform.python_version()}: {len(library):,} files, {_size(library)}")
    tell(f"Installed packages: {len(files):,} files of {len(chosen.packages)} packages, {_size(files)}")
    tell(f"  {_licensed(chosen)}")
    if chosen.left_out:
        tell(f"  left out, as all together exceed the demo's limit: {', '.join(chosen.left_out)}")
    tell(f"Mix: every tenth file of both, {count:,} files")


def write_declarations(places: Places) -> bool:
    """Write the declaration file where there is none, so that what was changed in it stays."""
    if places.declarations.exists():
        return False
    version = platform.python_version()
    text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        python=version, series=".".join(version.split(".")[:2]), month=now()[:7]
    )
    places.declarations.write_text(text, encoding="utf-8")
    return True


def _applied(home: Home, places: Places, started: Started) -> Plan:
    _settle(places.data)
    plan = apply(home, places.declarations, Options(workers=os.cpu_count() or 1), started)
    if plan.problems:
        first, *others = plan.problems
        more = f" (and {len(others)} more)" if others else ""
        raise RefusedError(f"{first.sentence}{more}", hint=first.remedy)
    return plan


def _settle(data: Path) -> None:
    """Wait until the files are old enough for their times to be trusted, so that none is read twice."""
    newest = max(file.stat().st_mtime_ns for file in data.glob("*.parquet"))
    time.sleep(min(max(0, newest + RACY - time.time_ns()), RACY) / 1e9)


def _counted(plan: Plan, places: Places) -> str:
    done = Counter(step.action for step in plan.steps)
    return (
        f"Applied it to the registry in {places.home}: {done[Action.CREATE]} entries created, "
        f"{done[Action.CHANGE]} changed, {done[Action.KEEP]} kept"
    )


def _licensed(chosen: Chosen) -> str:
    states = [parse_license(package.rights.license) for package in chosen.packages]
    unnamed = {state.raw for state in states if not state.known and state.raw}
    known = sum(state.known for state in states)
    silent = sum(state.raw is None for state in states)
    vague = len(states) - known - silent
    named = f" ({', '.join(sorted(unnamed))})" if unnamed else ""
    return (
        f"{known} name their license, {vague} name one that cannot be told for certain{named}, "
        f"{silent} state none"
    )


def _size(files: Iterable[LibraryFile | PackageFile]) -> str:
    return f"{sum(len(file.text.encode()) for file in files) / 1e6:.1f} MB"
