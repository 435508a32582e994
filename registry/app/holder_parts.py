"""How much of a version is in each part that holders are declared of, and names nobody."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from registry.app.digests import FileDigests
from registry.app.home import Home
from registry.app.ingest import Started
from registry.app.recorded_source import as_recorded, no_source, of_version, opened, with_source
from registry.app.request import Request
from registry.app.said_by_records import by_part, unnamed, unnamed_sizes
from registry.app.version_record import data_bytes
from registry.domain.declared_part import DeclaredPart
from registry.domain.facts import Size, VersionFacts
from registry.errors import RefusedError, UsageError
from registry.measure.selection import measure_parts
from registry.queries.catalogue import version_facts
from registry.store import holdings
from registry.store.holdings import SizesOfParts, part_sizes, stated_parts

_PURPOSE = "count the parts of `rights_holders`"
_WHOLE = "declare holders of the whole; or make each part a dataset of its own, with its `measured` size"
_GONE = "apply the file once where its source is, or declare holders of the whole"
_CHANGED = "record what is there now as a new version, and declare the parts of that"
_MOST_DOMAINS = 5


def known_sizes(session: Session, version_id: str, parts: Collection[DeclaredPart]) -> SizesOfParts | None:
    """The sizes of parts that were counted together, or that the counts of domains give; else None."""
    if not parts:
        return {}
    if stated_parts(session, version_id).issuperset(parts):
        return part_sizes(session, version_id)
    return _of_domains(session, version_id, parts)


def _of_domains(session: Session, version_id: str, parts: Collection[DeclaredPart]) -> SizesOfParts | None:
    """Domains exclude each other and are counted; that tells all where no record has a holder or license."""
    version, nobody = version_facts(session, version_id), holdings.unnamed_sizes(session, version_id)
    all_of_it = [size.records for size in nobody.values()] == [version.size.records]
    if any(part.where for part in parts) or not version.is_measured or not all_of_it:
        return None
    found = {part.domain: part.size for part in version.domains}
    (license_,) = nobody
    for part in parts:
        if part.domain not in found:
            raise UsageError(
                f"in {version.reference} no record is in the part where {part.text}", hint=_there(version)
            )
    return {part: {license_: found[part.domain]} for part in parts if part.domain}


def _there(version: VersionFacts) -> str:
    largest = ", ".join(part.domain for part in version.domains[:_MOST_DOMAINS])
    mapped = "`fields.url` names the field with addresses"
    return f"the largest domains there are: {largest}" if largest else mapped


def require_countable(version: VersionFacts, request: Request | None) -> None:
    """Raise `RefusedError` where parts of a version cannot be counted, as far as is seen without reading."""
    request = with_source(version, request, _PURPOSE, _WHOLE)
    if not any("://" in source for source in request.sources):
        opened(version, request, _GONE)


def never_read(name: str) -> RefusedError:
    """The error for parts of data that are declared only."""
    return no_source(name, _PURPOSE, _WHOLE)


def count_parts(
    home: Home,
    version: VersionFacts,
    request: Request | None,
    parts: Sequence[DeclaredPart],
    *,
    workers: int,
    started: Started,
    digests: FileDigests,
) -> SizesOfParts:
    """Read a version again and count what in each part names nobody, by own license.

    Raises `UsageError` for a part without records and for parts that overlap, `RefusedError` where the source
    is not there as it was.
    """
    request = with_source(version, request, _PURPOSE, _WHOLE)
    source = as_recorded(home, version, request, workers, digests, hints=(_GONE, _CHANGED))
    with of_version(version):
        rights = measure_parts(
            source.batches(),
            request.mapping,
            source.implied,
            explode=request.reading.explode,
            parts=parts,
            workers=workers,
            progress=started(data_bytes(source.files)),
            erased=home.erased(version.name),
            said_of_files=source.said_of_files,
        )
    with home.read() as session:
        _require_same(version, holdings.unnamed_sizes(session, version.id), unnamed_sizes(rights))
    found = by_part(unnamed(rights))
    return {part: unnamed_sizes(found.get(part, {})) for part in parts}


def _require_same(
    version: VersionFacts, recorded: Mapping[str | None, Size], counted: Mapping[str | None, Size]
) -> None:
    """What lies beside the data may name holders and licenses of their files, and may have changed."""
    if recorded != counted:
        raise RefusedError(
            f"what names nobody in {version.reference} is not what it was: the notices of its files changed",
            hint=_CHANGED,
        )
