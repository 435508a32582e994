"""The source of a version, to read it again: there, and holding the very data that were recorded."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from registry.app.digests import FileDigests, digests_of
from registry.app.home import Home
from registry.app.request import Request
from registry.app.version_record import hashed
from registry.domain.dataset import FileRole
from registry.domain.facts import DistributionFacts, VersionFacts
from registry.errors import RefusedError, SourceError, UsageError
from registry.sources.interface import Source
from registry.sources.open import open_source


def with_source(version: VersionFacts, request: Request | None, purpose: str, hint: str) -> Request:
    """What read a version. Raises `RefusedError` where that is not known, or it was never read."""
    if request is None or not request.sources or not version.is_measured:
        raise no_source(version.reference, purpose, hint)
    return request


def no_source(name: str, purpose: str, hint: str) -> RefusedError:
    """The error for data that cannot be read for a purpose."""
    return RefusedError(f"{name} has no source here to {purpose}", hint=hint)


def opened(version: VersionFacts, request: Request, hint: str) -> Source:
    """The source of a version. Raises `RefusedError` where it is not there."""
    try:
        return open_source(request.sources, request.reading)
    except SourceError as error:
        raise _unreadable(version, error, hint) from error


def is_there(version: VersionFacts, request: Request | None) -> bool:
    """Whether the source of a version seems to be there; a hub is not asked."""
    if request is None or not request.sources or not version.is_measured:
        return False
    try:
        return any("://" in source for source in request.sources) or bool(opened(version, request, ""))
    except RefusedError:
        return False


def as_recorded(
    home: Home,
    version: VersionFacts,
    request: Request,
    workers: int,
    digests: FileDigests | None,
    hints: tuple[str, str],
) -> Source:
    """The source, opened. Raises `RefusedError` where it is not there, or its data are not the version's.

    digests: as the caller keeps them, None for those the registry remembers; hints: what to do in either case
    """
    gone, changed = hints
    known = digests or digests_of(home)
    source = opened(version, request, gone)
    try:
        files = hashed([file for file in source.files if file.role is FileRole.DATA], workers, known)
    except SourceError as error:
        raise _unreadable(version, error, gone) from error
    if digests is None:
        known.save()
    if _contents(files) != _contents(version.distributions):
        raise RefusedError(
            f"the source of {version.reference} has changed since the version was recorded", hint=changed
        )
    return source


@contextmanager
def of_version(version: VersionFacts) -> Iterator[None]:
    """What cannot be counted is told with the name of the version."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"in {version.reference} {error.message}", hint=error.hint) from error


def data_files(files: tuple[DistributionFacts, ...]) -> list[DistributionFacts]:
    """The files with records."""
    return [file for file in files if file.role is FileRole.DATA]


def _unreadable(version: VersionFacts, error: SourceError, hint: str) -> RefusedError:
    return RefusedError(f"{version.reference} cannot be read any more: {error.message}", hint=hint)


def _contents(files: tuple[DistributionFacts, ...]) -> Counter[tuple[str, str | None]]:
    """The data by content and split; names may change."""
    return Counter((file.sha256, file.split) for file in data_files(files))
