"""The installed Python packages: their source files, and what their metadata says of rights."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import getaddresses
from importlib.metadata import Distribution, PackageMetadata, PackagePath
from pathlib import Path

from registry.app.demo.sources import read_source
from registry.domain.agent import WITHHELD, without_email
from registry.domain.license import parse_license

OWN = "training-data-registry"
LIMIT_BYTES = 100_000_000
LONGEST_NAME = 120  # a License field beyond that is the text of a license, not its name
UNSTATED = {"", "UNKNOWN"}  # what old build tools write where nothing was stated
SUFFIXES = {".py", ".pyi"}
HOME_LABELS = ("homepage", "home", "source", "sourcecode", "repository", "github", "code", "documentation")


@dataclass(frozen=True, slots=True)
class Rights:
    """What a package's metadata says of its rights; None where it says nothing that can be used."""

    license: str | None
    author: str | None
    home_page: str | None


@dataclass(frozen=True, slots=True)
class Package:
    """An installed distribution: its name, version, source files with their total size, and its rights."""

    name: str
    version: str
    files: tuple[PackagePath, ...]
    size: int
    rights: Rights


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A record of the dataset: one source file, with its package's rights."""

    path: str
    package: str
    version: str
    text: str
    license: str | None
    author: str | None
    home_page: str | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """The packages that fit into the limit, and the names of those that did not, by name."""

    packages: tuple[Package, ...]
    left_out: tuple[str, ...]


def choose(distributions: Iterable[Distribution], limit: int = LIMIT_BYTES) -> Chosen:
    """Take packages whole, the smallest first, as long as their files fit into `limit` bytes together.

    A name found twice counts where it is imported from, the first time; this software itself is left out.
    """
    found: dict[str, Distribution] = {}
    for distribution in distributions:
        for name in _stated(distribution.metadata, "Name"):
            found.setdefault(_key(name), distribution)
    packages = [package_of(found[key]) for key in sorted(found.keys() - {OWN})]
    total, fitting = 0, set()
    for package in sorted(packages, key=lambda package: package.size):
        total += package.size
        if total <= limit:
            fitting.add(package.name)
    return Chosen(
        tuple(package for package in packages if package.files and package.name in fitting),
        tuple(package.name for package in packages if package.name not in fitting),
    )


def package_of(distribution: Distribution) -> Package:
    """The package of a distribution, with those of its files that are Python source beside its metadata."""
    sizes = {file: _size(file) for file in distribution.files or () if _is_source(file)}
    files = tuple(sorted(file for file, size in sizes.items() if size))
    metadata = distribution.metadata
    size = sum(sizes[file] for file in files)
    return Package(metadata["Name"], distribution.version, files, size, rights_of(metadata))


def files_of(packages: Iterable[Package]) -> Iterator[PackageFile]:
    """The records, by package and path; files that are not UTF-8 text are no records."""
    for package in packages:
        rights = package.rights
        for file in package.files:
            text = read_source(Path(str(file.locate())))
            if text is not None:
                yield PackageFile(
                    path=file.as_posix(),
                    package=package.name,
                    version=package.version,
                    text=text,
                    license=rights.license,
                    author=rights.author,
                    home_page=rights.home_page,
                )


def rights_of(metadata: PackageMetadata) -> Rights:
    """License, author and home page, as the core metadata of a package states them."""
    return Rights(_license(metadata), _author(metadata), _home_page(metadata))


def _license(metadata: PackageMetadata) -> str | None:
    """The first statement that names a license for certain; else the first there is, as a gap to be seen.

    Several classifiers are one statement: they do not say whether all apply, or any.
    """
    classifiers = _stated(metadata, "Classifier")
    trove = [line.rpartition("::")[2].strip() for line in classifiers if line.startswith("License ::")]
    short = [line for line in _stated(metadata, "License") if len(line) <= LONGEST_NAME and "\n" not in line]
    said = [*_stated(metadata, "License-Expression"), *(["; ".join(trove)] if trove else []), *short]
    return next((text for text in said if parse_license(text).known), said[0] if said else None)


def _author(metadata: PackageMetadata) -> str | None:
    """Who is named as author, else as maintainer: one text as stated, never an address."""
    for role in ("Author", "Maintainer"):
        names = _stated(metadata, role)
        addressed = getaddresses(_stated(metadata, f"{role}-email"))
        for stated in (names, [name for name, _ in addressed if name]):
            text = " ".join(without_email(", ".join(stated)).split())
            if text and WITHHELD not in text:
                return text
    return None


def _home_page(metadata: PackageMetadata) -> str | None:
    """The address of the package: its home page, else of its source, else of its documentation."""
    addresses: dict[str, str] = {}
    for line in _stated(metadata, "Project-URL"):
        label, _, url = line.partition(",")
        addresses.setdefault(re.sub(r"[\W_]", "", label).lower(), url.strip())
    for page in _stated(metadata, "Home-page"):
        addresses.setdefault("home", page)
    urls = (addresses.get(label, "") for label in HOME_LABELS)
    return next((url for url in urls if re.fullmatch(r"https?://[^\s@]+", url)), None)


def _stated(metadata: PackageMetadata, field: str) -> Sequence[str]:
    values = (str(value).strip() for value in metadata.get_all(field) or ())
    return [value for value in values if value not in UNSTATED]


def _is_source(file: PackagePath) -> bool:
    return file.suffix in SUFFIXES and not file.is_absolute() and ".." not in file.parts


def _size(file: PackagePath) -> int:
    """Size in bytes; 0 where the file is not there, though its package lists it."""
    try:
        return Path(str(file.locate())).stat().st_size
    except OSError:
        return 0


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
