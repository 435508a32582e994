"""From what a user named to a source."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from registry.errors import UsageError
from registry.sources.beside import cards_near, cards_of, told_apart
from registry.sources.files import Listing, listing, others, require_data
from registry.sources.interface import ReadOptions, Source, SourceFile
from registry.sources.licensed import declared_licensing
from registry.sources.media import without_illustrations
from registry.sources.records import FileSource
from registry.sources.saved import saved_files
from registry.sources.splits import of_known_split, with_splits

_HUB = "hf://"


def open_source(specs: Sequence[str], options: ReadOptions) -> Source:
    """The source that files, globs and folders make together, or one hub repository.

    Raises `UsageError` where they cannot be read together, `SourceError` where something is not there.
    """
    if not specs:
        raise UsageError("no source was named", hint="name a file, a folder, a glob, or hf://OWNER/NAME")
    if any(spec.startswith(_HUB) for spec in specs):
        if len(specs) > 1:
            raise UsageError(
                "a hub repository is a dataset of its own", hint="ingest the others by themselves"
            )
        from registry.sources.hub import open_hub

        return open_hub(specs[0], options)
    if remote := [spec for spec in specs if "://" in spec]:
        raise UsageError(f"cannot read {remote[0]!r}", hint="download it first, or name hf://OWNER/NAME")
    return _open_files(specs, options)


def _open_files(specs: Sequence[str], options: ReadOptions) -> FileSource:
    found = listing(specs)
    where = " ".join(specs)
    named = [str(Path(spec).absolute()) for spec in specs]
    files = told_apart(found.files, named)
    require_data(files, where)
    unknown = others(found.files)
    notes = [warning for warning in found.warnings if warning not in unknown] + others(files)
    files, beside_tables = without_illustrations(files, named)
    files, warnings = saved_files(files)
    beside = cards_near(files) if found.folder is None else cards_of(files)
    licensing = declared_licensing(files, found.folder)
    beside.license(licensing)
    files, more = _with_splits(files, found, beside.front, options, where)
    notes += [*beside_tables, *warnings, *beside.warnings, *more]
    return FileSource(
        where,
        tuple(files),
        options,
        card=beside.card,
        notes=notes,
        said_of_files=licensing.said_of_files,
    )


def _with_splits(
    files: list[SourceFile], found: Listing, front: Mapping[str, Any], options: ReadOptions, where: str
) -> tuple[list[SourceFile], list[str]]:
    """The files with their splits where known, those outside the chosen one left out; warnings."""
    if any(file.split for file in files) or found.folder is None:
        return of_known_split(files, options, where=where)
    return with_splits(files, found.folder.as_posix(), front, options, where=where)
