"""Writing the fingerprints of one version: streamed to a staged folder, visible only when whole."""

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from registry.domain.dataset import FingerprintMode
from registry.errors import RefusedError, StoreError
from registry.fingerprint.leaves import U8
from registry.fingerprint.merkle import content_digest_of_chunks
from registry.fingerprint.sketch import Sketch
from registry.store.fingerprints import manifest as layout
from registry.store.fingerprints.banded import write_bands
from registry.store.fingerprints.columns import ArrayFile, RecordsFile
from registry.store.fingerprints.folder import fingerprint_path
from registry.store.fingerprints.manifest import FileEntry, Manifest, read_manifest
from registry.store.fingerprints.passages import MOST_PAIRS, PassageSorter
from registry.store.fingerprints.staging import clean_staging, staging_folder, sync

if TYPE_CHECKING:
    from registry.fingerprint.text import TextFingerprints

__all__ = ["FingerprintWriter", "Staged", "clean_staging"]

MOST_RECORDS: Final = 1 << 32
_CHUNK: Final = 1 << 16
_THREADS: Final = 3  # hashing and waiting for the disk, each a while


class FingerprintWriter:
    """Streams the fingerprints of one version; a context manager that removes what was not committed.

    mode:   what is kept: all (`full`), the version's sketch, or only its counts. Digests of single records
            are kept in `full` alone: to anyone with a dictionary they are the text
    recipe: the parameters the fingerprints were made with, for the manifest
    """

    def __init__(
        self,
        root: Path,
        mode: FingerprintMode | str,
        recipe: Mapping[str, Any],
        *,
        most_pairs: int = MOST_PAIRS,
    ) -> None:
        self._root = root
        self._mode = FingerprintMode(mode)
        self._recipe = dict(recipe)
        self._most_pairs = most_pairs
        self._records = self._words = self._characters = self._bytes = 0
        self._columns: _Columns | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._scratch = stack.enter_context(staging_folder(self._root))
            self._folder = self._scratch / "folder"
            self._folder.mkdir()
            self._open = stack.enter_context(ExitStack())
            self._digests = self._open.enter_context((self._scratch / "digests").open("wb"))
            if self._mode is FingerprintMode.FULL:
                width = int(self._recipe["permutations"])
                self._columns = _Columns(
                    self._folder, self._open, width, PassageSorter(self._scratch, self._most_pairs)
                )
            self._exit = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit.__exit__(kind, error, trace)

    def add(self, record_digests: U8, text: "TextFingerprints") -> None:
        """Take the next batch, in record order: digests uint8[n, 32], and the fingerprints of the same.

        `RefusedError` beyond 2^32 records.
        """
        count = len(record_digests)
        if self._records + count > MOST_RECORDS:
            raise RefusedError(
                f"more than {MOST_RECORDS:,} records in one version",
                hint="ingest it in parts, as versions or datasets of their own",
            )
        self._digests.write(np.ascontiguousarray(record_digests, np.uint8).data)
        if self._columns is not None:
            self._columns.add(self._records, record_digests, text)
        self._records += count
        self._words += int(text.words.sum())
        self._characters += int(text.characters.sum())
        self._bytes += int(text.bytes.sum())

    def finish(self, sketch: Sketch) -> "Staged":
        """Close and sync everything; no `add` after it. The sketch is kept unless only counts are."""
        self._open.close()
        kept = self._mode is not FingerprintMode.COUNTS
        with ThreadPoolExecutor(_THREADS, thread_name_prefix="finish") as pool:
            digesting = pool.submit(content_digest_of_chunks, self._digest_chunks)
            banding = pool.submit(write_bands, self._folder) if self._columns else None
            passages = self._columns.write_passages() if self._columns else None
            if kept:
                self._write_sketch(sketch)
            near = banding.result() if banding else None
            files = self._entries(pool)
            digest = digesting.result()
        manifest = Manifest(
            fingerprint_id="",
            mode=self._mode,
            recipe=self._recipe,
            content_digest=digest.hex(),
            records=self._records,
            words=self._words,
            characters=self._characters,
            bytes=self._bytes,
            repeats=int(near.in_b.sum()) if near else None,
            repeats_complete=near.complete if near else None,
            passages=passages,
            scale=sketch.scale if kept else None,
            files=files,
        )
        return Staged(self._root, self._folder, manifest)

    def _entries(self, pool: ThreadPoolExecutor) -> dict[str, FileEntry]:
        names = layout.FILES[self._mode]
        return dict(zip(names, pool.map(lambda name: _entry(self._folder / name), names), strict=True))

    def _write_sketch(self, sketch: Sketch) -> None:
        named = {layout.SKETCH_HASHES: sketch.hashes, layout.SKETCH_COUNTS: sketch.counts}
        for name, values in named.items():
            with ArrayFile(self._folder / name, np.uint64) as file:
                file.append(values)

    def _digest_chunks(self) -> Iterator[U8]:
        with (self._scratch / "digests").open("rb") as file:
            while data := file.read(32 * _CHUNK):
                yield np.frombuffer(data, np.uint8).reshape(-1, 32)


class _Columns:
    """What is kept of each record."""

    def __init__(self, folder: Path, stack: ExitStack, width: int, passages: PassageSorter) -> None:
        self._folder = folder
        self._records = stack.enter_context(RecordsFile(folder / layout.RECORDS))
        self._signatures = stack.enter_context(ArrayFile(folder / layout.SIGNATURES, np.uint32, (width,)))
        self._passages = passages

    def add(self, first: int, digests: U8, text: "TextFingerprints") -> None:
        """The next records, the first of which has the number `first`."""
        if text.signatures is None:
            raise ValueError("full fingerprints need signatures")
        self._records.append(digests, text.words_digests, text.words, text.characters, text.bytes)
        self._signatures.append(text.signatures)
        self._passages.add(text.passage_hashes, text.passage_records + np.uint32(first))

    def write_passages(self) -> int:
        """Write all pairs in order; how many there are."""
        with (
            ArrayFile(self._folder / layout.PASSAGE_HASHES, np.uint64) as hashes,
            ArrayFile(self._folder / layout.PASSAGE_RECORDS, np.uint32) as records,
        ):
            for pairs in self._passages.merged():
                hashes.append(pairs.hashes)
                records.append(pairs.records)
        return hashes.rows


@dataclass(frozen=True, slots=True)
class Staged:
    """Fingerprints on disk, whole and synced, but without a name."""

    root: Path
    folder: Path
    manifest: Manifest

    @property
    def content_digest(self) -> bytes:
        """The 32 bytes that name the content, see `fingerprint.merkle`."""
        return bytes.fromhex(self.manifest.content_digest)

    def commit(self, fingerprint_id: str) -> Path:
        """Make the folder visible under its id, durably; an intact one that is there already is kept."""
        target = fingerprint_path(self.root, fingerprint_id)
        (self.folder / layout.MANIFEST).write_bytes(
            replace(self.manifest, fingerprint_id=fingerprint_id).render()
        )
        sync(self.folder / layout.MANIFEST)
        sync(self.folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not _is_intact(target):
            target.rename(self.folder.with_name("replaced"))
        if not target.exists():
            self._rename(target)
        sync(target.parent)
        sync(self.root)
        return target

    def _rename(self, target: Path) -> None:
        try:
            self.folder.rename(target)
        except OSError:
            if not _is_intact(target):  # else another writer of the same content was faster
                raise


def _is_intact(folder: Path) -> bool:
    """Whether the manifest is as written and every file is there in its full size."""
    try:
        files = read_manifest(folder).files
        return all((folder / name).stat().st_size == entry.bytes for name, entry in files.items())
    except (StoreError, OSError):
        return False


def _entry(path: Path) -> FileEntry:
    """Sync a file, and say what is in it."""
    sync(path)
    with path.open("rb") as file:
        return FileEntry(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())
