"""Which records of a version a selected part holds: a file beside the fingerprints for each part."""

from pathlib import Path

import numpy as np

from registry.domain.identifiers import identity
from registry.fingerprint.leaves import U8, U64
from registry.store.fingerprints.staging import staging_folder, sync

MOST_RECORDS = 1 << 24  # of a version; which records of a larger one a part holds is not kept


def keep_records(root: Path, version_id: str, selection: str, digests: U8) -> None:
    """Keep which records a selection took, by their digests uint8[n, 32]; what is kept already stays.

    Of each the first eight bytes are kept: that any record of a version of a million is taken for another has
    one chance in 16 million. Equal records are one, and the order in which a source is read does not matter.
    """
    final = _file(root, version_id, selection)
    if final.exists():
        return
    final.parent.mkdir(parents=True, exist_ok=True)
    with staging_folder(root) as folder:
        staged = folder / "part.npy"
        np.save(staged, np.unique(beginnings(digests)), allow_pickle=False)
        sync(staged)
        staged.replace(final)
    sync(final.parent)


def kept_records(root: Path, version_id: str, selection: str) -> U64 | None:
    """The beginnings of the digests of a part's records, sorted; None where they are not kept."""
    try:
        found: U64 = np.load(_file(root, version_id, selection), mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError):  # it was counted by an earlier edition of this software, or is damaged
        return None
    return found


def beginnings(digests: U8) -> U64:
    """uint64[n]: the first eight bytes of each digest."""
    first: U64 = np.ascontiguousarray(digests[:, :8]).view("<u8").ravel()
    return first


def _file(root: Path, version_id: str, selection: str) -> Path:
    return root / "parts" / f"{identity('part', version_id, selection)}.npy"
