"""From what a user named to a source."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from registry.domain.dataset import FileRole
from registry.errors import SourceError, UsageError
from registry.sources import loader
from registry.sources.files import Listing, left_out, listing, some
from registry.sources.interface import ReadOptions, Source, SourceFile
from registry.sources.records import FileSource
from registry.sources.saved import saved_files

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
    files, warnings = saved_files(found.files)
    where = " ".join(specs)
    files, more = _with_splits(files, found, options, where)
    return FileSource(where, tuple(files), options, notes=[*found.warnings, *warnings, *more])


def _with_splits(
    files: list[SourceFile], found: Listing, options: ReadOptions, where: str
) -> tuple[list[SourceFile], list[str]]:
    """The files with their splits where known, those outside the chosen one left out; warnings."""
    if any(file.split for file in files) or found.folder is None:
        return _of_known_split(files, options, where)
    asked = options.split is not None or options.config is not None
    card = _card(files) if asked or any(file.role is FileRole.CARD for file in files) else {}
    names = [file.path for file in files if file.role is FileRole.DATA]
    if not (asked or card.get("configs") or loader.looks_split(names)):
        return files, []
    base = found.folder.as_posix()
    layout = loader.layout(base, card, where=where)
    known = layout.split_of()
    files = [replace(file, split=known.get(file.location)) for file in files]
    if not asked:
        return files, []
    splits = layout.choose(options.config, options.split, where=where)
    chosen = {location: split for split, locations in splits.items() for location in locations}
    files = [replace(file, split=chosen.get(file.location, file.split)) for file in files]
    return _only(files, chosen.keys(), options, where)


def _of_known_split(
    files: list[SourceFile], options: ReadOptions, where: str
) -> tuple[list[SourceFile], list[str]]:
    """The files of a saved dataset, or of no folder at all."""
    if options.config is not None:
        raise SourceError("has no configurations", file=where, hint="leave --config out")
    if options.split is None:
        return files, []
    splits = sorted({file.split for file in files if file.split})
    if options.split not in splits:
        there = f"it has: {', '.join(splits)}" if splits else "splits are known of a folder: name that"
        raise SourceError(f"has no split {options.split!r}", file=where, hint=there)
    return _only(files, {file.location for file in files if file.split == options.split}, options, where)


def _only(
    files: list[SourceFile], chosen: Collection[str], options: ReadOptions, where: str
) -> tuple[list[SourceFile], list[str]]:
    kept = [file if file.location in chosen else _unread(file) for file in files]
    left = [file.path for file in files if file.role is FileRole.DATA and file.location not in chosen]
    if not any(file.role is FileRole.DATA for file in kept):
        raise SourceError("holds no data files in what was chosen", file=where, hint="choose another split")
    what = " ".join(filter(None, (options.config, options.split)))
    return kept, [f"not read, outside {what}: {some(left)}"] if left else []


def _unread(file: SourceFile) -> SourceFile:
    return left_out(file) if file.role is FileRole.DATA else file


def _card(files: Sequence[SourceFile]) -> dict[str, Any]:
    """The front matter of the README of a folder."""
    for file in files:
        if file.path == "README.md":
            return loader.front_matter(Path(file.location))
    return {}
