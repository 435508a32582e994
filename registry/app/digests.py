"""SHA-256 of the files of sources, remembered between runs by their size and time."""

import json
import re
import secrets
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Any

from registry.app.home import Home
from registry.sources.files import sha256_of
from registry.sources.interface import SourceFile

MOST_FILES = 100_000
RACY = 2_000_000_000  # ns: a file as young as this may change again within the same tick of its clock
State = list[int | str | None]  # bytes, modified (ns; None for a remote file), SHA-256
_FORM = 1
_DIGEST = re.compile("[0-9a-f]{64}")


class FileDigests:
    """Digests by absolute location, kept in a file that may be lost or spoiled without any harm.

    An unchanged size and time of modification are trusted, as make and git do; of a remote file the location
    holds the commit. `rehash`: trust nothing but what this object has read itself. Safe on several threads;
    of two processes that save at once the last wins, and the other reads its files again some day.
    """

    def __init__(self, path: Path, *, rehash: bool = False) -> None:
        self._path = path
        self._kept = {} if rehash else _load(path)
        self._used: dict[str, State] = {}
        self._read: dict[str, State] = {}

    def sha256(self, file: SourceFile, stop: Event | None = None) -> str:
        """What the host states, else what is remembered, else what the bytes say: in hexadecimal.

        Raises `SourceError` where the file cannot be read or changes meanwhile, `CancelledError` on `stop`.
        """
        known = self.trusted(file)
        if known is not None:
            return known
        settled = file.modified is None or file.modified <= time.time_ns() - RACY
        digest = sha256_of(file, stop)
        if settled:
            self._read[file.location] = [file.bytes, file.modified, digest]
        return digest

    def trusted(self, file: SourceFile) -> str | None:
        """The digest as far as it is known without reading the file."""
        if file.sha256 is not None:
            return file.sha256
        known = self._read.get(file.location) or self._kept.get(file.location)
        if known is None or known[:2] != [file.bytes, file.modified]:
            return None
        self._used[file.location] = known
        return str(known[2])

    def save(self) -> None:
        """Write what was read since, beside what others saved meanwhile; nothing where nothing was read.

        The files used longest ago make room for new ones. A folder that cannot be written is no error: the
        files are read again next time.
        """
        if not self._read:
            return
        kept = _load(self._path)
        recent = self._used | self._read
        for location in recent:
            kept.pop(location, None)
        everything = kept | recent
        surplus = max(0, len(everything) - MOST_FILES)
        with suppress(OSError):
            _store(dict(islice(everything.items(), surplus, None)), self._path)


def digests_of(home: Home, *, rehash: bool = False) -> FileDigests:
    """The digests remembered in the folder of a registry."""
    return FileDigests(home.path / "file-digests.json", rehash=rehash)


def _load(path: Path) -> dict[str, State]:
    try:
        stored = json.loads(path.read_bytes())
        files: Any = stored["files"] if stored["form"] == _FORM else {}
        damaged = any(_DIGEST.fullmatch(digest) is None for _, _, digest in files.values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}  # absent or damaged: nothing is known
    return {} if damaged else files


def _store(files: dict[str, State], path: Path) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        fresh.write_text(json.dumps({"form": _FORM, "files": files}), encoding="ascii")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
