"""Records in memory: what the registry keeps of them, and what that stands for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from registry.fingerprint.leaves import I64, U32, U64, Leaves
from registry.fingerprint.parameters import threshold
from registry.fingerprint.shingled import Shingled, ShingleSets, as_records, sets_of, shingled
from registry.fingerprint.text import TextFingerprints, fingerprint_text

Records = Sequence[Sequence[str]]
CONTENT = np.ones(1, np.bool_)


@dataclass(frozen=True)
class Measured:
    """signatures: of the records; sets: the shingles they estimate the resemblance of."""

    signatures: U32
    sets: ShingleSets


def leaves_of(records: Records) -> Leaves:
    """Each record's fields as leaves of one path."""
    fields = as_records([field.encode() for record in records for field in record])
    ends = np.cumsum([0, *map(len, records)], dtype=np.int64)
    return Leaves(
        records=len(records),
        paths=fields.paths,
        record=ends,
        path=fields.path,
        tag=fields.tag,
        start=fields.start,
        stop=fields.stop,
        data=fields.data,
        position=fields.position,
        positions=fields.positions,
    )


def fingerprints(records: Records, *, signatures: bool = True, passages: bool = True) -> TextFingerprints:
    """What the kernel makes of records, with a sketch that keeps every hash."""
    return fingerprint_text(
        leaves_of(records), CONTENT, threshold=threshold(1), signatures=signatures, passages=passages
    )


def all_shingles(records: Records) -> Shingled:
    """Every shingle of records."""
    return shingled(leaves_of(records), CONTENT)


def measured(records: Records) -> Measured:
    """Signatures and shingle sets of records."""
    signatures = fingerprints(records, passages=False).signatures
    if signatures is None:
        raise AssertionError("signatures were asked for")
    sets = sets_of(all_shingles(records), np.arange(len(records), dtype=np.int64))
    return Measured(signatures, sets)


def distinct(sets: ShingleSets) -> U64:
    """All hashes of all sets, ascending, each once."""
    return np.unique(sets.hashes)


def sizes(sets: ShingleSets) -> I64:
    """How many hashes each set has."""
    return np.diff(sets.start)
