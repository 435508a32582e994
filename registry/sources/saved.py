"""Folders written by `save_to_disk` of `datasets`: which of their files hold the records."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from registry.domain.dataset import FileRole
from registry.errors import SourceError
from registry.sources.failures import reading
from registry.sources.files import left_out
from registry.sources.interface import SourceFile

_MAX_STATE_BYTES = 16 << 20


def saved_files(files: Sequence[SourceFile]) -> tuple[list[SourceFile], list[str]]:
    """(the files, those that a saved folder's state does not list being no data; warnings).

    Raises `SourceError` where a listed file is absent or the folder is not as it was written.
    """
    by_folder: dict[PurePosixPath, dict[str, SourceFile]] = {}
    for file in files:
        place = PurePosixPath(file.path)
        by_folder.setdefault(place.parent, {})[place.name] = file
    changed: dict[str, SourceFile] = {}
    warnings: list[str] = []
    for inside in by_folder.values():
        if "state.json" in inside and "dataset_info.json" in inside:
            for file in _apply(inside, warnings):
                changed[file.path] = file
    return [changed.get(file.path, file) for file in files], warnings


def _apply(inside: dict[str, SourceFile], warnings: list[str]) -> list[SourceFile]:
    """The Arrow files of one saved folder with their split, and those that are no part of it."""
    state_file = inside["state.json"]
    state = _state(state_file)
    listed = {str(entry["filename"]) for entry in state["_data_files"]}
    if absent := sorted(listed - inside.keys()):
        raise SourceError(
            f"lists a file that is not there: {absent[0]}", file=state_file.path, hint="copy the whole folder"
        )
    split = _split(state, Path(state_file.location).parent)
    data = [file for file in inside.values() if file.role is FileRole.DATA]
    extra = [left_out(file) for file in data if PurePosixPath(file.path).name not in listed]
    warnings += [f"not read, no part of the saved dataset: {file.path}" for file in extra]
    return extra + [replace(file, split=split) for file in data if PurePosixPath(file.path).name in listed]


def _state(file: SourceFile) -> dict[str, Any]:
    if file.bytes > _MAX_STATE_BYTES:
        raise SourceError("is too large for the state of a saved dataset", file=file.path)
    try:
        with reading(file.path):
            state = json.loads(Path(file.location).read_bytes())
        entries = state["_data_files"]
        valid = all(isinstance(entry["filename"], str) for entry in entries)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceError(
            "is not the state of a saved dataset", file=file.path, hint="save the dataset again"
        ) from error
    if not valid or state.get("_indices_data_files"):
        raise SourceError(
            "was saved with an index over its rows, by an old version of datasets",
            file=file.path,
            hint="load it, call flatten_indices(), and save it again",
        )
    return dict(state)


def _split(state: dict[str, Any], folder: Path) -> str | None:
    """The folder's name inside a saved `DatasetDict`, else what the state says."""
    if (folder.parent / "dataset_dict.json").is_file():
        return folder.name
    split = state.get("_split")
    return str(split) if split else None
