"""Writing a document's files into a folder: all of them or none, and never over the files of others."""

import json
import os
import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from filecmp import cmp
from pathlib import Path

from registry.errors import RefusedError

MARK = ".training-data-registry.json"
_ENTRY = "index.html"
_WRITERS = 4  # a disk syncs several files in the time of one
_AHEAD = 64  # files that may wait to be written
_HINT = "choose a new folder with --out"
Content = bytes | Iterator[bytes]
Files = Mapping[str, Content] | Iterable[tuple[str, Content]]


def write_folder(files: Files, out: Path) -> int:
    """Write the files into `out`; a folder written before is brought up to date file by file, its page last.

    Files may come one by one, long ones piece by piece, and are written as they come; returns how many there
    were. `MARK` lists what was written, so that nothing else is ever replaced or removed; what has not
    changed is left as it is.
    Raises `RefusedError` where `out` holds other files, another document, or is none.
    """
    before = _written_before(out)
    _refuse_others(out, before)
    fresh = out.parent / f".{out.name}.{os.getpid()}"
    fresh.mkdir(parents=True)
    try:
        names = _stage(files, fresh, out)
        _refuse_another(names, before, out)
        if out.exists() and any(out.iterdir()):
            _replace(fresh, out, names, before)
        else:
            fresh.replace(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return len(names)


def check_folder(out: Path) -> None:
    """Raise `RefusedError` where `write_folder` would refuse the folder before it writes anything."""
    _refuse_others(out, _written_before(out))


def _written_before(out: Path) -> frozenset[str]:
    try:
        return frozenset(json.loads((out / MARK).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()  # no list of ours: whatever is there is not ours


def _refuse_others(out: Path, before: frozenset[str]) -> None:
    if out.exists() and not out.is_dir():
        raise RefusedError(f"'{out}' is a file, not a folder", hint=_HINT)
    if not out.exists():
        return
    present = {str(path.relative_to(out)) for path in out.rglob("*") if not path.is_dir()} - {MARK}
    if others := sorted(present - before):
        raise RefusedError(f"the folder '{out}' holds files of others: {', '.join(others[:5])}", hint=_HINT)


def _refuse_another(names: frozenset[str], before: frozenset[str], out: Path) -> None:
    if before and not (before & names) - {_ENTRY}:
        raise RefusedError(f"the folder '{out}' holds another document", hint=_HINT)


# --- staging ---------------------------------------------------------------------------------------------


def _stage(files: Files, fresh: Path, out: Path) -> frozenset[str]:
    """Write what differs from `out` into `fresh`, synced; returns the names of all files."""
    names: set[str] = set()
    with _writing() as write:
        for name, content in files.items() if isinstance(files, Mapping) else files:
            names.add(name)
            if isinstance(content, bytes):
                write(fresh / name, content, out / name)
            else:
                _write_pieces(fresh / name, content, out / name)
    _write(fresh / MARK, _mark(names))
    return frozenset(names)


@contextmanager
def _writing() -> Iterator[Callable[[Path, bytes, Path], None]]:
    """Give what hands a file to a thread; at the end all are written, or the first failure is raised."""
    waiting: deque[Future[None]] = deque()
    with ThreadPoolExecutor(_WRITERS, thread_name_prefix="write") as pool:

        def write(path: Path, content: bytes, old: Path) -> None:
            if len(waiting) == _AHEAD:
                waiting.popleft().result()
            waiting.append(pool.submit(_write_changed, path, content, old))

        yield write
        for one in waiting:
            one.result()


def _write_changed(path: Path, content: bytes, old: Path) -> None:
    try:
        same = old.stat().st_size == len(content) and old.read_bytes() == content
    except OSError:
        same = False  # it is not there, or cannot be read: then it is written anew
    if not same:
        _write(path, content)


def _write_pieces(path: Path, pieces: Iterator[bytes], old: Path) -> None:
    """Write a long file; one that is as it was before does not stay in `fresh`."""
    _write(path, pieces)
    if old.is_file() and cmp(path, old, shallow=False):
        path.unlink()


def _write(path: Path, content: Content) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.writelines([content] if isinstance(content, bytes) else content)
        file.flush()
        os.fsync(file.fileno())


def _mark(names: Iterable[str]) -> bytes:
    return (json.dumps({"files": sorted(names)}, indent=2) + "\n").encode()


# --- taking its place ------------------------------------------------------------------------------------


def _replace(fresh: Path, out: Path, names: frozenset[str], before: frozenset[str]) -> None:
    """Replace file by file: a reader finds old or new files, never half of one; the page comes last.

    Until all is in place the mark lists old and new files, so that an interrupted update can be repeated.
    """
    _write(fresh / f"{MARK}.both", _mark(before | names))
    (fresh / f"{MARK}.both").replace(out / MARK)
    for name in (*sorted(names - {_ENTRY}), _ENTRY, MARK):
        if (fresh / name).exists():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).replace(out / name)
    for name in before - names:
        (out / name).unlink(missing_ok=True)
        _remove_empty((out / name).parent, out)


def _remove_empty(folder: Path, out: Path) -> None:
    """Remove the folders between a removed file and `out` that hold nothing any more."""
    while folder != out and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
