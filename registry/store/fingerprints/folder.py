"""Reading the fingerprints of one version, and checking them against what was written."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from registry.domain.dataset import FingerprintMode
from registry.errors import StoreError
from registry.fingerprint.bands import Bands, build_bands
from registry.fingerprint.leaves import I64, U8, U32, U64
from registry.fingerprint.neighbours import Side
from registry.fingerprint.sketch import Sketch
from registry.store.fingerprints import manifest as layout
from registry.store.fingerprints.columns import map_array
from registry.store.fingerprints.manifest import FileEntry, Manifest, damaged, read_manifest
from registry.store.fingerprints.row_groups import ROW_GROUP

_ID = re.compile(r"[0-9a-f]{32,64}")
_WIDTHS = {"record_digest": 32, "words_digest": 16}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a fingerprint folder that is not as it was written: which file of it, and what."""

    file: str
    problem: str


def fingerprint_path(root: Path, fingerprint_id: str) -> Path:
    """Where a fingerprint lies. ValueError for what is no id (32 to 64 hexadecimal digits)."""
    if not _ID.fullmatch(fingerprint_id):
        raise ValueError(f"not a fingerprint id: {fingerprint_id!r}")
    return root / fingerprint_id[:2] / fingerprint_id


def open_fingerprint(root: Path, fingerprint_id: str) -> "FingerprintFolder":
    """The fingerprints of this id; `StoreError` where there are none. Nothing is read yet."""
    path = fingerprint_path(root, fingerprint_id)
    if not path.is_dir():
        raise StoreError(
            f"fingerprint {fingerprint_id[:16]} is not in {root}",
            hint="ingest the dataset again, or name the folder of the fingerprints with --fingerprints",
        )
    return FingerprintFolder(path)


@dataclass(frozen=True)
class FingerprintFolder:
    """One immutable folder. Arrays are read-only and lie on the files; what is not kept is a `StoreError`."""

    path: Path

    @cached_property
    def manifest(self) -> Manifest:
        """What the folder says it holds."""
        return read_manifest(self.path)

    @cached_property
    def signatures(self) -> U32:
        """uint32[records, permutations]."""
        return map_array(self._file(layout.SIGNATURES), np.uint32, 2)

    @cached_property
    def bands(self) -> Bands:
        """The index over the signatures."""
        entries = map_array(self._file(layout.BANDS), np.uint64, 2)
        return Bands(entries, map_array(self._file(layout.BANDS_DIRECTORY), np.uint32, 2))

    @property
    def side(self) -> Side:
        """Signatures and bands, as near-duplicates are searched in."""
        return Side(self.signatures, self.bands)

    @cached_property
    def passage_hashes(self) -> U64:
        """uint64[passages], ascending."""
        return map_array(self._file(layout.PASSAGE_HASHES), np.uint64)

    @cached_property
    def passage_records(self) -> U32:
        """uint32[passages], the record of each hash, ascending among equal hashes."""
        return map_array(self._file(layout.PASSAGE_RECORDS), np.uint32)

    @cached_property
    def sketch(self) -> Sketch:
        """The sketch of the whole version."""
        hashes = map_array(self._file(layout.SKETCH_HASHES), np.uint64)
        counts = map_array(self._file(layout.SKETCH_COUNTS), np.uint64)
        return Sketch(self.manifest.scale or 1, hashes, counts)

    def records(self, columns: list[str] | None = None) -> Iterator[pa.Table]:
        """The records in order, one table per row group, see `columns.SCHEMA`; page checksums are checked."""
        path = self._file(layout.RECORDS)
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                for group in range(file.num_row_groups):
                    yield file.read_row_group(group, columns, use_threads=False)
        except (OSError, pa.ArrowException) as error:
            raise damaged(path, f"cannot be read: {error}") from error

    @cached_property
    def words(self) -> I64:
        """Words of the content of each record: int64[records]."""
        parts = [table["words"].to_numpy().astype(np.int64) for table in self.records(["words"])]
        return np.concatenate([np.empty(0, np.int64), *parts])

    def digests(self, column: str) -> U8:
        """A column of digests, `record_digest` or `words_digest`: uint8[records, 32 or 16]."""
        return np.concatenate([np.empty((0, _WIDTHS[column]), np.uint8), *self._digest_chunks(column)])

    def digests_of(self, column: str, records: I64) -> U8:
        """Digests of some records (int64[n], in any order); reads only the row groups they stand in."""
        found = np.empty((len(records), _WIDTHS[column]), np.uint8)
        for chosen, group in self._groups_of(records, column):
            [rows] = _chunks(group)
            found[chosen] = rows[records[chosen] % ROW_GROUP]
        return found

    def _groups_of(self, records: I64, column: str) -> Iterator[tuple[NDArray[np.bool_], pa.ChunkedArray]]:
        groups = records // ROW_GROUP
        for group in np.unique(groups).tolist():
            yield groups == group, self._row_group(group, column)[column]

    def verify(self, recipe: Mapping[str, Any] | None = None) -> list[Finding]:
        """Everything that is not as it was written; with `recipe`, also that this one made it."""
        try:
            manifest = self.manifest
        except (StoreError, OSError) as error:
            return [Finding(layout.MANIFEST, str(error))]
        findings = list(self._check_manifest(manifest, recipe))
        broken = [
            Finding(name, problem)
            for name, entry in manifest.files.items()
            if (problem := _check_file(self.path / name, entry))
        ]
        if not broken and manifest.mode is FingerprintMode.FULL:
            broken = list(self._check_records(manifest))
        return findings + broken

    def _file(self, name: str) -> Path:
        if name not in self.manifest.files:
            raise StoreError(
                f"fingerprint {self.path.name[:16]} keeps no {name}: its mode is {self.manifest.mode}",
                hint="ingest the dataset again with --fingerprints full",
            )
        return self.path / name

    def _check_manifest(self, manifest: Manifest, recipe: Mapping[str, Any] | None) -> Iterator[Finding]:
        if manifest.fingerprint_id != self.path.name:
            yield Finding(layout.MANIFEST, f"belongs to fingerprint {manifest.fingerprint_id[:16]}")
        if recipe is not None and dict(recipe) != dict(manifest.recipe):
            yield Finding(layout.MANIFEST, "was made by another recipe")
        if set(manifest.files) != set(layout.FILES[manifest.mode]):
            yield Finding(layout.MANIFEST, f"does not list the files of mode {manifest.mode}")
        for path in sorted(self.path.iterdir()):
            if path.name not in manifest.files and path.name != layout.MANIFEST:
                yield Finding(path.name, "does not belong here")

    def _check_records(self, manifest: Manifest) -> Iterator[Finding]:
        """Derive the content digest and the counts anew."""
        from registry.fingerprint.merkle import content_digest_of_chunks

        try:
            if (
                content_digest_of_chunks(partial(self._digest_chunks, "record_digest")).hex()
                != manifest.content_digest
            ):
                yield Finding(layout.RECORDS, "does not have the content digest of the manifest")
            for name in ("words", "characters", "bytes"):
                if sum(pc.sum(table[name]).as_py() for table in self.records([name])) != getattr(
                    manifest, name
                ):
                    yield Finding(layout.RECORDS, f"does not have the {name} of the manifest")
            if len(self.signatures) != manifest.records:
                yield Finding(layout.SIGNATURES, "does not have a row for each record")
            expected = build_bands(self.signatures)
            for name, found, made in (
                (layout.BANDS, self.bands.entries, expected.entries),
                (layout.BANDS_DIRECTORY, self.bands.directory, expected.directory),
            ):
                if not np.array_equal(found, made):
                    yield Finding(name, "does not belong to the signatures")
            if not len(self.passage_hashes) == len(self.passage_records) == manifest.passages:
                yield Finding(layout.PASSAGE_HASHES, "does not have the pairs of the manifest")
        except StoreError as error:
            yield Finding(layout.RECORDS, error.message)

    def _row_group(self, group: int, column: str) -> pa.Table:
        path = self._file(layout.RECORDS)
        try:
            with pq.ParquetFile(path, page_checksum_verification=True) as file:
                return file.read_row_group(group, [column], use_threads=False).combine_chunks()
        except (OSError, pa.ArrowException) as error:
            raise damaged(path, f"cannot be read: {error}") from error

    def _digest_chunks(self, column: str) -> Iterator[U8]:
        for table in self.records([column]):
            yield from _chunks(table[column])


def _chunks(column: pa.ChunkedArray) -> Iterator[U8]:
    for chunk in column.chunks:
        values = np.frombuffer(memoryview(chunk.buffers()[1] or b""), np.uint8)
        yield values.reshape(-1, chunk.type.byte_width)[chunk.offset : chunk.offset + len(chunk)]


def _check_file(path: Path, entry: FileEntry) -> str | None:
    """What is wrong with a file, if anything is."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
            size = path.stat().st_size
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    if size != entry.bytes:
        return f"has {size} bytes instead of {entry.bytes}"
    return None if found == entry.sha256 else "does not have its SHA-256"
