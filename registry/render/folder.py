"""Writing a document's files into a folder: all of them or none, and never over the files of others."""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from registry.errors import RefusedError

MARK = ".training-data-registry.json"
_ENTRY = "index.html"


def write_folder(files: Mapping[str, bytes], out: Path) -> None:
    """Write the files into `out`; a folder written before is brought up to date file by file, its page last.

    `MARK` lists what was written, so that nothing else is ever replaced or removed. Raises `RefusedError`
    where `out` holds other files, another document, or is none.
    """
    before = _written_before(out)
    _refuse_others(files, out, before)
    marked = dict(files) | {MARK: _mark(files)}
    fresh = out.parent / f".{out.name}.{os.getpid()}"
    fresh.mkdir(parents=True)
    try:
        for name, content in marked.items():
            _write(fresh / name, content)
        if out.exists() and any(out.iterdir()):
            _replace(fresh, out, marked, before)
        else:
            fresh.replace(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _written_before(out: Path) -> frozenset[str]:
    try:
        return frozenset(json.loads((out / MARK).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()  # no list of ours: whatever is there is not ours


def _refuse_others(files: Mapping[str, bytes], out: Path, before: frozenset[str]) -> None:
    hint = "choose a new folder with --out"
    if out.exists() and not out.is_dir():
        raise RefusedError(f"'{out}' is a file, not a folder", hint=hint)
    if not out.exists():
        return
    present = {str(path.relative_to(out)) for path in out.rglob("*") if not path.is_dir()} - {MARK}
    if others := sorted(present - before):
        raise RefusedError(f"the folder '{out}' holds files of others: {', '.join(others[:5])}", hint=hint)
    if before and not (before & set(files)) - {_ENTRY}:
        raise RefusedError(f"the folder '{out}' holds another document", hint=hint)


def _mark(files: Mapping[str, bytes]) -> bytes:
    return (json.dumps({"files": sorted(files)}, indent=2) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _replace(fresh: Path, out: Path, files: Mapping[str, bytes], before: frozenset[str]) -> None:
    """Replace file by file: a reader finds old or new files, never half of one; the page comes last.

    Until all is in place the mark lists old and new files, so that an interrupted update can be repeated.
    """
    _write(fresh / f"{MARK}.both", _mark(dict.fromkeys(before | set(files) - {MARK}, b"")))
    (fresh / f"{MARK}.both").replace(out / MARK)
    for name in sorted(set(files) - {MARK, _ENTRY}) + [name for name in (_ENTRY, MARK) if name in files]:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).replace(out / name)
    for name in before - set(files):
        (out / name).unlink(missing_ok=True)
        _remove_empty((out / name).parent, out)


def _remove_empty(folder: Path, out: Path) -> None:
    """Remove the folders between a removed file and `out` that hold nothing any more."""
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
