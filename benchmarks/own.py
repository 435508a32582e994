"""What is measured of this project, and the limits it is held against: the same corpus in all of them."""

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.corpus import Corpus, pack
from registry.fingerprint.compiled import compiled
from registry.fingerprint.digest import record_digests
from registry.fingerprint.kernel import LANES, minimize, premix
from registry.fingerprint.leaves import U32, U64, Leaves
from registry.fingerprint.parameters import threshold
from registry.fingerprint.signature import EMPTY, permutations
from registry.fingerprint.text import fingerprint_text

SCALE = 1000
BATCH = 4_000_000  # bytes: what a source yields at a time
Work = Callable[[], object]


def batches(texts: Corpus, fields: int = 1) -> list[Leaves]:
    """The corpus as batches of consecutive records."""
    edges = np.searchsorted(texts.offsets, np.arange(0, texts.offsets[-1] + BATCH, BATCH))
    edges[-1] = len(texts)
    return [texts.take(range(a, b)).leaves(fields) for a, b in pairwise(edges) if b > a]


def fingerprint(leaves: Leaves, *, signatures: bool = True, passages: bool = True) -> None:
    """All that `ingest` makes of the text of one batch."""
    content = np.ones(len(leaves.paths), np.bool_)
    limit = threshold(SCALE)
    fingerprint_text(leaves, content, threshold=limit, signatures=signatures, passages=passages)


def each(parts: Sequence[Leaves], *, signatures: bool = True, passages: bool = True) -> Work:
    """One batch after the other, on this thread."""

    def work() -> None:
        for part in parts:
            fingerprint(part, signatures=signatures, passages=passages)

    return work


def threaded(parts: Sequence[Leaves], threads: int) -> Work:
    """The batches over some threads, which live as long as those of an ingest."""
    pool = ThreadPoolExecutor(threads)
    return lambda: list(pool.map(fingerprint, parts))


def from_strings(texts: Sequence[str]) -> Work:
    """From Python strings, which is all that most peers take: encoding them is part of the work."""
    return lambda: fingerprint(pack(text.encode() for text in texts).leaves())


def digests(parts: Sequence[Leaves]) -> Work:
    """Record digests alone."""
    return lambda: [record_digests(part) for part in parts]


def complete(parts: Sequence[Leaves]) -> Work:
    """Text fingerprints and record digests."""

    def work() -> None:
        for part in parts:
            fingerprint(part)
            record_digests(part)

    return work


def resized(texts: Corpus, size: int) -> Corpus:
    """The same text cut into records of one size, at places where no character is cut."""
    starts = np.arange(0, len(texts.data), size, dtype=np.int64)
    inside = np.append(texts.data & 0xC0 == 0x80, False)
    for _ in range(3):
        starts = starts + inside[starts]
    return Corpus(texts.data, np.append(starts, len(texts.data)))


@compiled
def minima(shingles: U64, offsets: U64, factors: U32, summands: U32, values: U32, rows: U32) -> None:
    """Signatures of records of known shingle hashes, as the kernel makes them."""
    for record in range(len(offsets) - 1):
        count = offsets[record + 1] - offsets[record]
        premix(shingles[offsets[record] : offsets[record + 1]], count, values, 0)
        for first in range(0, len(factors), LANES):
            minimize(values, count, factors, summands, rows[record], first)


def sketch_alone(texts: Corpus) -> Work:
    """Signatures from shingle hashes: any will do, so random ones, as many as each text has 5-grams."""
    counts = [max(len(text.split()) - 4, 1) for text in texts.texts()]
    offsets = np.concatenate([[0], np.cumsum(counts)])
    shingles = np.random.default_rng(1).integers(0, 1 << 64, offsets[-1], np.uint64)
    values = np.empty(max(counts), np.uint32)
    drawn = permutations()

    def work() -> None:
        rows = np.full((len(counts), drawn.shape[1]), EMPTY, np.uint32)
        minima(shingles, offsets, drawn[0], drawn[1], values, rows)

    return work


def copied(texts: Corpus) -> Work:
    """Memcpy."""
    target = np.empty_like(texts.data)
    return lambda: np.copyto(target, texts.data)


def validated(texts: Corpus) -> Work:
    """That the column is UTF-8, by Arrow."""
    column = string_column(texts)
    return lambda: column.validate(full=True)


def decoded(texts: Corpus) -> Work:
    """The column read from a zstd Parquet file in memory, on one thread."""
    file = io.BytesIO()
    pq.write_table(pa.table({"text": string_column(texts)}), file, compression="zstd")
    return lambda: pq.read_table(pa.BufferReader(file.getvalue()), use_threads=False)


def string_column(texts: Corpus) -> pa.Array:
    """The corpus in Arrow's memory layout."""
    buffers = [None, pa.py_buffer(texts.offsets), pa.py_buffer(texts.data)]
    return pa.Array.from_buffers(pa.large_string(), len(texts), buffers)
