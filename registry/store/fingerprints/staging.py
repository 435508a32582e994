"""Folders that are being written: invisible, locked while their writer lives, removed when it is dead."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LOCK = "lock"
_DEAD = ".dead"


@contextmanager
def staging_folder(root: Path) -> Iterator[Path]:
    """A new folder under `<root>/staging`, removed at the end with all that is left in it.

    Its lock is held until then, so that `clean_staging` in another process leaves it alone.
    """
    folder, lock = _create(root / "staging")
    try:
        yield folder
    finally:
        _remove(folder)
        os.close(lock)


def clean_staging(root: Path) -> int:
    """Remove what writers left that died; the number of folders removed. Those being written are kept."""
    removed = 0
    for folder in sorted((root / "staging").glob("*/")):
        if folder.name.endswith(_DEAD):
            shutil.rmtree(folder, ignore_errors=True)
        elif _is_dead(folder):
            removed += 1
    return removed


def sync(path: Path) -> None:
    """Make a file's bytes, or a folder's names, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _create(staging: Path) -> tuple[Path, int]:
    """A folder and its locked lock file; tries again where a cleaner took the folder before it was locked."""
    staging.mkdir(parents=True, exist_ok=True)
    while True:
        folder = staging / secrets.token_hex(16)
        folder.mkdir()
        try:
            lock = _open_lock(folder)
        except FileNotFoundError:
            continue
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / _LOCK).exists():
            return folder, lock
        os.close(lock)


def _is_dead(folder: Path) -> bool:
    """Take the lock of a folder that nobody holds, and remove the folder."""
    try:
        lock = _open_lock(folder)
    except (FileNotFoundError, PermissionError):  # gone by now, or another user's
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder)
    except (BlockingIOError, FileNotFoundError):
        return False
    finally:
        os.close(lock)
    return True


def _open_lock(folder: Path) -> int:
    return os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)


def _remove(folder: Path) -> None:
    """Rename first: nobody can take the lock of a folder that is half removed."""
    dead = folder.with_name(folder.name + _DEAD)
    folder.rename(dead)
    shutil.rmtree(dead, ignore_errors=True)
