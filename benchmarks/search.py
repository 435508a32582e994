"""Speed of search: `python -m benchmarks.search [--write]`. Bands beside peers, look-ups, all with all."""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.corpus import Corpus, stored_corpus
from benchmarks.page import machine, replace_block, table
from benchmarks.peers import UnavailableError, environment
from registry.app.declared import Declared
from registry.app.home import Home
from registry.app.ingest import ingest
from registry.app.lookup import Searcher
from registry.app.request import Request
from registry.fingerprint.bands import build_bands, candidates
from registry.fingerprint.neighbours import Side, neighbours_within
from registry.fingerprint.overlap import overlaps
from registry.fingerprint.sketch import Sketch

RECORDS = 1_000_000
PEER_RECORDS = 100_000  # datasketch takes half a minute for these
WORKER = Path(__file__).with_name("index_worker.py")
VERSIONS, HASHES = 500, 100_000
QUERIES = 3000
BOOK, ARTICLE = 130_000, 1_000  # words


def bands() -> list[tuple[str, str, str, str]]:
    """Rows of the index over signatures, a tenth of which are near-duplicates: ours, then the peers'."""
    random = np.random.default_rng(0)
    signatures = random.integers(0, 1 << 32, (RECORDS, 128), dtype=np.uint32)
    copies = RECORDS // 10
    signatures[:copies, :120] = signatures[copies : 2 * copies, :120]
    build_bands(signatures[:1000])
    built = median_of(lambda: build_bands(signatures), 3)
    index = build_bands(signatures)
    size = (index.entries.nbytes + index.directory.nbytes) / RECORDS
    asked = [row.copy() for row in signatures[random.integers(0, RECORDS, QUERIES)]]
    candidates(index, asked[0])
    spent = sorted(_once(partial(candidates, index, row)) for row in asked)
    within = _once(lambda: neighbours_within(Side(signatures, index)))
    print(f"all pairs within: {within:.1f} s")
    p99 = spent[int(0.99 * len(spent))]
    return [
        (
            f"ours, {RECORDS:,} records",
            f"{built:.1f} s (target 5: {'met' if built < 5 else '**not met**'})",
            f"{size:,.0f} B",
            f"{statistics.median(spent) * 1e6:.1f} us, 99 % under {p99 * 1e6:.1f} us (target 10)",
        ),
        *(_peer(peer, size) for peer in ("datasketch", "rensa")),
    ]


def _peer(peer: str, ours: float) -> tuple[str, str, str, str]:
    title = f"{peer}, {PEER_RECORDS:,} records"
    try:
        command = [str(environment(peer)), str(WORKER), peer, str(PEER_RECORDS)]
        ran = subprocess.run(command, check=False, capture_output=True, text=True)
    except UnavailableError as error:
        return title, f"not measured: {error}", "", ""
    if ran.returncode:
        return title, f"not measured: {ran.stderr.strip().splitlines()[-1]}", "", ""
    found = json.loads(ran.stdout)
    return (
        title,
        f"{found['build']:.1f} s",
        f"{found['bytes']:,.0f} B, {found['bytes'] / ours:.0f} x ours",
        f"{found['look_up']:.1f} us",
    )


def look_ups() -> list[tuple[str, str, str, str]]:
    """Rows of texts looked up in a registry of a million records, in process, warm, sources not read."""
    texts = stored_corpus()
    with tempfile.TemporaryDirectory(prefix="registry-bench-") as scratch:
        home = Home(Path(scratch) / "home")
        file = Path(scratch) / "million.parquet"
        _write(file, texts)
        request = Request((str(file),), "million", declared=Declared(language="en"), workers=2)
        ingest(home, request, lambda _: lambda _bytes, _records: None)
        searcher = Searcher(home, verify=False)
        rows = []
        for name, text in _questions(texts):
            found = searcher.look_up(text)
            spent = median_of(partial(searcher.look_up, text), 5)
            rows.append((name, f"{found.words:,}", f"{len(found.matches):,}", f"{spent * 1e3:,.0f} ms"))
    return rows


def _questions(texts: Corpus) -> Iterator[tuple[str, str]]:
    """A book and an article, of text that is in the registry and of text that is in no record."""
    plain = texts.take(np.flatnonzero(texts.ascii()).tolist())  # no permutation changes other letters
    unknown = _permuted(plain, np.random.default_rng(99))
    for what, corpus in (("in no record", unknown), ("in the registry", texts)):
        for name, words in (("a book", BOOK), ("an article", ARTICLE)):
            some: list[str] = []
            while sum(len(text.split()) for text in some) < words:
                some.append(corpus.take([len(some)]).texts()[0])
            yield f"{name}, {what}", "\n\n".join(some)


def _write(file: Path, texts: Corpus) -> None:
    """A million records: the corpus again and again, each time under another permutation of the letters."""
    random, left = np.random.default_rng(0), RECORDS
    with pq.ParquetWriter(file, pa.schema([("text", pa.string())]), compression="zstd") as writer:
        while left:
            corpus = texts if left == RECORDS else _permuted(texts, random)
            count = min(left, len(corpus))
            offsets = pa.py_buffer(corpus.offsets[: count + 1].astype(np.int32))
            column = pa.StringArray.from_buffers(count, offsets, pa.py_buffer(corpus.data))
            writer.write_table(pa.table({"text": column}), row_group_size=20_000)
            left -= count


def _permuted(texts: Corpus, random: np.random.Generator) -> Corpus:
    letters, mapped = random.permutation(26).astype(np.uint8), np.arange(256, dtype=np.uint8)
    for first in (ord("a"), ord("A")):
        mapped[first : first + 26] = first + letters
    return Corpus(mapped[texts.data], texts.offsets)


def all_with_all() -> str:
    """Sketches of versions of which many share something: seconds for every pair."""
    random = np.random.default_rng(3)
    pool = np.unique(random.integers(0, 1 << 63, 20 * HASHES, dtype=np.uint64))
    sketches = []
    for version in range(VERSIONS):
        if version % 10 < 7:  # nothing in common with others
            hashes = np.unique(random.integers(0, 1 << 63, HASHES, dtype=np.uint64))
        elif version % 10 < 9:  # a part of a common pool
            hashes = np.sort(random.choice(pool, HASHES, replace=False))
        else:  # a state of one growing dataset
            hashes = pool[: HASHES // 2 + version * 50]
        sketches.append(Sketch(1, hashes, np.ones(len(hashes), np.uint64)))
    overlaps(sketches[:3])
    found = overlaps(sketches)
    spent = median_of(lambda: overlaps(sketches), 3)
    total = sum(len(sketch.hashes) for sketch in sketches)
    return (
        f"{VERSIONS} versions, {total:,} hashes, {len(found):,} pairs of {VERSIONS * (VERSIONS - 1) // 2:,} "
        f"share something: all of them in {spent:.1f} s."
    )


def median_of(work: Callable[[], object], times: int) -> float:
    """Median seconds on the wall."""
    return statistics.median(_once(work) for _ in range(times))


def _once(work: Callable[[], object]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def main() -> None:
    """Measure, print, and write the block."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    write = parser.parse_args().write
    index = table(
        ("index over signatures, 25 bands of 5", "built in", "memory a record", "look-up, median"), bands()
    )
    found = table(("look-up in a million records", "words", "matches", "median"), look_ups())
    block = f"{machine('numba', 'numpy')}\n\n{index}\n{found}\n{all_with_all()}"
    print(block)
    if write:
        replace_block("search", block)


if __name__ == "__main__":
    main()
