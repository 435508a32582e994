"""Batches of records made of plain text."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from registry.fingerprint.leaves import Leaves, Tag
from registry.fingerprint.parameters import threshold
from registry.fingerprint.text import TextFingerprints, fingerprint_text

ROOT = Path(__file__).resolve().parents[3]


def batch(records: Sequence[Sequence[str | bytes]], tag: Tag = Tag.STRING, after: bytes = b"") -> Leaves:
    """Each record's fields as leaves of the path `text`; `after` stands behind the last one."""
    values = [value.encode() if isinstance(value, str) else value for record in records for value in record]
    ends = np.cumsum([0, *map(len, values)], dtype=np.int64)
    data = np.frombuffer(b"".join(values) + after, np.uint8)
    count = len(values)
    return Leaves(
        records=len(records),
        paths=("text",),
        record=np.cumsum([0, *map(len, records)], dtype=np.int64),
        path=np.zeros(count, np.int32),
        tag=np.full(count, tag, np.uint8),
        start=ends[:-1],
        stop=ends[1:],
        data=data,
        position=np.zeros(count + 1, np.int64),
        positions=np.zeros(0, np.uint32),
    )


def fingerprints(records: Sequence[Sequence[str | bytes]], scale: int = 1) -> TextFingerprints:
    """Fingerprints of records, all of it content."""
    return fingerprint_text(batch(records), np.ones(1, np.bool_), threshold=threshold(scale))


def digests(texts: Sequence[str | bytes]) -> list[bytes]:
    """The words digest of each text, as a record of one field."""
    found = fingerprint_text(
        batch([[text] for text in texts]), np.ones(1, np.bool_), threshold=0, signatures=False, passages=False
    )
    return [row.tobytes() for row in found.words_digests]


def python(code: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()
