"""The manifest of a fingerprint folder: what made it, what it holds, and the digest of each file."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from registry.domain.dataset import FingerprintMode
from registry.errors import StoreError

FORMAT: Final = 2
MANIFEST: Final = "manifest.json"
RECORDS: Final = "records.parquet"
SIGNATURES: Final = "signatures.npy"
BANDS: Final = "bands.npy"
BANDS_DIRECTORY: Final = "bands.directory.npy"
PASSAGE_HASHES: Final = "passages.hashes.npy"
PASSAGE_RECORDS: Final = "passages.records.npy"
SKETCH_HASHES: Final = "sketch.hashes.npy"
SKETCH_COUNTS: Final = "sketch.counts.npy"

_OF_VERSION = (SKETCH_HASHES, SKETCH_COUNTS)
FILES: Final[Mapping[FingerprintMode, tuple[str, ...]]] = {
    FingerprintMode.FULL: (
        RECORDS,
        SIGNATURES,
        BANDS,
        BANDS_DIRECTORY,
        PASSAGE_HASHES,
        PASSAGE_RECORDS,
        *_OF_VERSION,
    ),
    FingerprintMode.SKETCH: _OF_VERSION,
    FingerprintMode.COUNTS: (),
}


Bytes: TypeAlias = bytes  # a manifest has a field of that name


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size and SHA-256 (hexadecimal) of one file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says.

    fingerprint_id: the name of the folder
    content_digest: hexadecimal, see `fingerprint.merkle`
    records, words, characters, bytes: sums over all records
    repeats:  records that resemble an earlier record; None where signatures are not kept
    repeats_complete: False where so many resemble each other that there may be more
    passages: pairs of a selected hash and a record; None where they are not kept
    scale:    of the sketch; None where it is not kept
    """

    fingerprint_id: str
    mode: FingerprintMode
    recipe: Mapping[str, Any]
    content_digest: str
    records: int
    words: int
    characters: int
    bytes: int
    repeats: int | None
    repeats_complete: bool | None
    passages: int | None
    scale: int | None
    files: Mapping[str, FileEntry]

    def render(self) -> Bytes:
        """The file: JSON with sorted keys, one of which is the SHA-256 of all the others so written."""
        says = {"format": FORMAT, **asdict(self)}
        says["digest"] = hashlib.sha256(_json(says)).hexdigest()
        return _json(says)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder; `StoreError` where it is missing or not, byte for byte, as it was written."""
    try:
        return _parse((folder / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        raise damaged(folder / MANIFEST, "is missing") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise damaged(folder / MANIFEST, "is not as it was written") from error


def damaged(file: Path, problem: str) -> StoreError:
    """The error for a file of a fingerprint folder that cannot be used."""
    return StoreError(
        f"{file.name} of fingerprint {file.parent.name[:16]} {problem}",
        hint="remove the folder and ingest the dataset again",
    )


def _parse(data: bytes) -> Manifest:
    says = json.loads(data)
    if says["format"] != FORMAT:
        raise StoreError(
            f"a fingerprint is in format {says['format']}, this version reads {FORMAT}",
            hint="use the version of the registry that wrote it, or ingest the dataset again",
        )
    del says["format"], says["digest"]
    says["mode"] = FingerprintMode(says["mode"])
    says["files"] = {name: FileEntry(**entry) for name, entry in says["files"].items()}
    manifest = Manifest(**says)
    if manifest.render() != data:
        raise ValueError("its own digest does not match")
    return manifest


def _json(says: Mapping[str, Any]) -> bytes:
    return (json.dumps(says, indent=2, sort_keys=True) + "\n").encode()
