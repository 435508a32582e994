"""Speed of text fingerprints: `python -m benchmarks.fingerprint`. Interleaved rounds, medians."""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import xxhash
from datasketch import MinHash

from benchmarks.corpus import Corpus, describe, stored_corpus
from registry.fingerprint.leaves import Leaves
from registry.fingerprint.parameters import threshold
from registry.fingerprint.text import fingerprint_text

SCALE = 1000
BATCH = 4_000_000  # bytes: what a source yields at a time
PEER = 2_000_000  # bytes: datasketch is slow
DIGEST_SIZES = {"240 B": 4, "2.2 kB": 8}  # bytes of a record: fields
Task = Callable[[], object]


def batches(texts: Corpus) -> list[Leaves]:
    """The corpus as batches of consecutive records."""
    edges = np.searchsorted(texts.offsets, np.arange(0, texts.offsets[-1] + BATCH, BATCH))
    edges[-1] = len(texts)
    return [texts.take(range(a, b)).leaves() for a, b in pairwise(edges) if b > a]


def fingerprint(leaves: Leaves, *, signatures: bool = True, passages: bool = True) -> None:
    """All that `apply` makes of the text of one batch."""
    content = np.ones(len(leaves.paths), np.bool_)
    limit = threshold(SCALE)
    fingerprint_text(leaves, content, threshold=limit, signatures=signatures, passages=passages)


def each(parts: Sequence[Leaves], *, signatures: bool = True, passages: bool = True) -> Task:
    """One batch after the other, on this thread."""

    def task() -> None:
        for part in parts:
            fingerprint(part, signatures=signatures, passages=passages)

    return task


def threaded(parts: Sequence[Leaves], threads: int) -> Task:
    """The batches over some threads."""

    def task() -> None:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(fingerprint, parts))

    return task


def datasketch(texts: Sequence[str]) -> Task:
    """The batch path of datasketch, its hash replaced by a fast one, on whitespace-separated 5-grams."""

    def shingles() -> Iterator[list[bytes]]:
        for text in texts:
            words = text.lower().split()
            count = max(len(words) - 4, 1)
            yield [" ".join(words[start : start + 5]).encode() for start in range(count)]

    def task() -> None:
        for _ in MinHash.generator(shingles(), num_perm=128, hashfunc=xxhash.xxh32_intdigest):
            pass

    return task


def digests(leaves: Leaves) -> Task:
    """Record digests, which come on top."""
    from registry.fingerprint.digest import record_digests

    return lambda: record_digests(leaves)


def resized(texts: Corpus, size: int) -> Corpus:
    """The same text cut into records of one size, at places where no character is cut."""
    starts = np.arange(0, len(texts.data), size, dtype=np.int64)
    inside = np.append(texts.data & 0xC0 == 0x80, False)
    for _ in range(3):
        starts = starts + inside[starts]
    return Corpus(texts.data, np.append(starts, len(texts.data)))


def measure(tasks: dict[str, tuple[Task, int]], rounds: int) -> dict[str, list[float]]:
    """MB/s of each task in each round, all tasks in turn, after one round to warm up."""
    speeds: dict[str, list[float]] = {name: [] for name in tasks}
    for turn in range(rounds + 1):
        for name, (task, size) in tasks.items():
            began = time.perf_counter()
            task()
            if turn:
                speeds[name].append(size / 1e6 / (time.perf_counter() - began))
    return speeds


def ratio(speeds: dict[str, list[float]], name: str, other: str) -> str:
    """Median of the ratios of each round, with the least and the greatest."""
    ratios = [a / b for a, b in zip(speeds[name], speeds[other], strict=True)]
    return f"{statistics.median(ratios):.2f} x ({min(ratios):.2f}-{max(ratios):.2f})"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    texts = stored_corpus()
    print(describe(texts))
    plain = texts.ascii()
    subsets = {
        "mixed": texts,
        "ASCII only": texts.take(np.flatnonzero(plain).tolist()),
        "not ASCII": texts.take(np.flatnonzero(~plain).tolist()),
    }
    parts = {name: batches(subset) for name, subset in subsets.items()}
    tasks: dict[str, tuple[Task, int]] = {
        name: (each(parts[name]), len(subset.data)) for name, subset in subsets.items()
    }
    whole = len(texts.data)
    tasks["mixed, without passages"] = each(parts["mixed"], passages=False), whole
    tasks["mixed, sketch and counts"] = each(parts["mixed"], signatures=False, passages=False), whole
    tasks["mixed, two threads"] = threaded(parts["mixed"], 2), whole
    few = texts.take(range(int(np.searchsorted(texts.offsets, PEER))))
    tasks["datasketch generator, xxh32"] = datasketch(few.texts()), len(few.data)
    tasks["the same records here"] = each(batches(few)), len(few.data)
    for (name, fields), size in zip(DIGEST_SIZES.items(), (240, 2200), strict=True):
        records = resized(texts.take(range(len(texts) // 8)), size)
        tasks[f"record digests, {name}, {fields} fields"] = digests(records.leaves(fields)), len(records.data)
    speeds = measure(tasks, rounds)
    for name, each_round in speeds.items():
        low, high = min(each_round), max(each_round)
        print(f"{name:36} {statistics.median(each_round):8,.1f} MB/s ({low:,.1f}-{high:,.1f})")
    print("to datasketch:", ratio(speeds, "the same records here", "datasketch generator, xxh32"))
    print("two threads to one:", ratio(speeds, "mixed, two threads", "mixed"))


if __name__ == "__main__":
    main()
