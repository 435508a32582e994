"""Which split each file of a folder or repository belongs to, and which files a choice leaves out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from registry.domain.dataset import FileRole
from registry.errors import SourceError
from registry.sources.files import left_out, some
from registry.sources.interface import ReadOptions, SourceFile
from registry.sources.layout import layout, looks_split

Chosen = tuple[list[SourceFile], list[str]]  # the files, those not chosen left out; warnings


def with_splits(
    files: list[SourceFile], base: str, card: Mapping[str, Any], options: ReadOptions, *, where: str
) -> Chosen:
    """The files of `base` (absolute folder or `hf://` URL) with their splits: by its card, else by name.

    Raises `SourceError` for a split or configuration that is not there, or a card that cannot be followed.
    """
    data = [file.path for file in files if file.role is FileRole.DATA]
    if not (asks(options) or card.get("configs") or looks_split(data)):
        return files, []
    found = layout(base, card, where=where)
    split_of = found.split_of()
    if not asks(options):
        return [replace(file, split=split_of.get(file.location)) for file in files], []
    splits = found.choose(options.config, options.split, where=where)
    chosen = {location: split for split, locations in splits.items() for location in locations}
    files = [replace(file, split=chosen.get(file.location, split_of.get(file.location))) for file in files]
    return only(files, chosen.keys(), options, where=where)


def of_known_split(files: list[SourceFile], options: ReadOptions, *, where: str) -> Chosen:
    """The same of files whose splits are known: of a saved dataset, or of no folder at all."""
    if options.config is not None:
        raise SourceError("has no configurations", file=where, hint="leave --config out")
    if options.split is None:
        return files, []
    splits = sorted({file.split for file in files if file.split})
    if options.split not in splits:
        there = f"it has: {', '.join(splits)}" if splits else "splits are known of a folder: name that"
        raise SourceError(f"has no split {options.split!r}", file=where, hint=there)
    return only(files, [file.location for file in files if file.split == options.split], options, where=where)


def asks(options: ReadOptions) -> bool:
    """Whether a split or a configuration is asked for."""
    return options.split is not None or options.config is not None


def only(files: Sequence[SourceFile], chosen: Collection[str], options: ReadOptions, *, where: str) -> Chosen:
    """The files of which those with data are read only where their location was chosen."""
    data = [file for file in files if file.role is FileRole.DATA]
    unread = {file.location: file.path for file in data if file.location not in chosen}
    kept = [left_out(file) if file.location in unread else file for file in files]
    if not any(file.role is FileRole.DATA for file in kept):
        raise SourceError("holds no data files in what was chosen", file=where, hint="choose another split")
    what = " ".join(filter(None, (options.config, options.split)))
    return kept, [f"not read, outside {what}: {some(list(unread.values()))}"] if unread else []
