"""Speed of text fingerprints against peers and limits, all in turn: `python -m benchmarks.fingerprint`."""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks import own, page
from benchmarks.corpus import Corpus, describe, stored_corpus
from benchmarks.peers import FLAT, WAYS, UnavailableError, Worker
from benchmarks.timing import Rounds, Spent, Spread, Task, here, interleave, rate, ratio, wall_ratio

SAMPLE, SMALL = 8_000_000, 1_000_000  # bytes that peers get, and the slow ones among them
SMALL_RECORD, RECORD = 240, 2200  # bytes, with 4 and 8 fields
TARGETS = {  # MB/s on one core
    "mixed": 350,
    "ASCII only": 500,
    "text and record digests, records of 2.2 kB in 8 fields": 250,
}
SCALING = 1.8  # two threads to one
PEER_TARGETS = {"datasketch": 40, "rensa": 10, "daft": 4}  # how many times faster than its fastest way
LIMITS = ("memcpy", "UTF-8 validation", "zstd Parquet decoding")


@dataclass
class Bench:
    """Tasks by name, with the bytes each works on."""

    tasks: dict[str, Task] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    workers: dict[str, Worker] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, task: Task, size: int) -> None:
        """One more."""
        self.tasks[name], self.sizes[name] = task, size


def add_own(bench: Bench, texts: Corpus) -> None:
    """Our own figures, over the whole corpus."""
    plain, size = texts.ascii(), len(texts.data)
    parts = own.batches(texts)
    bench.add("mixed", here(own.each(parts)), size)
    for name, chosen in (("ASCII only", plain), ("not ASCII", ~plain)):
        subset = texts.take(np.flatnonzero(chosen).tolist())
        bench.add(name, here(own.each(own.batches(subset))), len(subset.data))
    bench.add("mixed, without passages", here(own.each(parts, passages=False)), size)
    bench.add("mixed, counts and sketch only", here(own.each(parts, signatures=False, passages=False)), size)
    bench.add("mixed, two threads", here(own.threaded(parts, 2)), size)
    part = texts.take(range(len(texts) // 4))
    for name, length, fields in (("240 B in 4", SMALL_RECORD, 4), ("2.2 kB in 8", RECORD, 8)):
        records = own.batches(own.resized(part, length), fields)
        bench.add(f"record digests, records of {name} fields", here(own.digests(records)), len(part.data))
        both = here(own.complete(records))
        bench.add(f"text and record digests, records of {name} fields", both, len(part.data))
    for name, limit in zip(LIMITS, (own.copied, own.validated, own.decoded), strict=True):
        bench.add(name, here(limit(texts)), size)


def add_peers(bench: Bench, texts: Corpus, folder: Path) -> None:
    """All ways of all peers, and their samples here; a peer that cannot run is kept by name."""
    samples = [texts.take(range(int(np.searchsorted(texts.offsets, size)))) for size in (SAMPLE, SMALL)]
    for slow, sample in enumerate(samples):
        bench.add(same(bool(slow)), here(own.each(own.batches(sample))), len(sample.data))
        (folder / f"{slow}.json").write_text(json.dumps(sample.texts()))
    bench.add("from strings", here(own.from_strings(samples[0].texts())), len(samples[0].data))
    bench.add("sketch alone", here(own.sketch_alone(samples[0])), len(samples[0].data))
    for way in (*WAYS, FLAT):
        sample = samples[way.slow]
        try:
            worker = Worker.start(way, folder / f"{way.slow:d}.json", len(sample))
        except UnavailableError as error:
            bench.missing[way.name] = str(error)
        else:
            bench.workers[way.name] = worker
            bench.add(way.name, worker.run, len(sample.data))


def same(slow: bool) -> str:
    """Name of the task that fingerprints a peer's sample here."""
    return f"the same {'small ' if slow else ''}sample here"


def own_table(bench: Bench, rounds: Rounds) -> str:
    """Our rates, each with its target."""
    rows = [
        (
            name,
            rate(rounds[name], bench.sizes[name]),
            target_text(rate(rounds[name], bench.sizes[name]), name),
        )
        for name in bench.tasks
        if name
        not in {*LIMITS, *bench.workers, same(True), same(False), "sketch alone", "mixed, two threads"}
    ]
    return page.table(("text to fingerprints, one thread", "MB/s of CPU time", "target"), rows)


def target_text(measured: Spread, name: str) -> str:
    """The target, and whether it is met."""
    return verdict(measured.median, TARGETS[name]) if name in TARGETS else ""


def verdict(measured: float, wanted: float) -> str:
    """A target in words."""
    return f"{wanted:g}: {'met' if measured >= wanted else f'**not met ({measured:.2f})**'}"


def threads_line(rounds: Rounds) -> str:
    """How two threads do: on the wall, and by the CPU time that running together costs."""
    one, two = rounds["mixed"], rounds["mixed, two threads"]
    wall, cost = wall_ratio(one, two), ratio(two, one)
    return (
        f"Two threads are {wall} x as fast as one on the wall (target {verdict(wall.median, SCALING)}); "
        f"they take {cost} x its CPU time, so that two CPUs with nothing else to do would give at most "
        f"{2 / cost.median:.2f} x.\n"
    )


def peer_table(bench: Bench, rounds: Rounds) -> str:
    """Every way of every peer; the fastest of a peer carries its target."""
    fastest = set(fastest_ways(bench, rounds))
    rows = []
    for way in WAYS:
        if way.name not in rounds:
            rows.append((way.peer, way.title, f"not measured: {bench.missing[way.name]}", "", ""))
            continue
        times = versus(bench, rounds, way.name, same(way.slow))
        wanted = PEER_TARGETS[way.peer] if way.name in fastest else None
        rows.append(
            (
                f"{way.peer} {bench.workers[way.name].version}", way.title,
                str(rate(rounds[way.name], bench.sizes[way.name])), f"{times} x",
                verdict(times.median, wanted) if wanted else "",
            )
        )  # fmt: skip
    return page.table(("peer", "way", "MB/s of CPU time", "its CPU time to ours", "target"), rows)


def fastest_ways(bench: Bench, rounds: Rounds) -> Iterator[str]:
    """The way of each peer that its target is held against."""
    for peer in PEER_TARGETS:
        ways = [way.name for way in WAYS if way.peer == peer and way.name in rounds]
        yield from sorted(ways, key=lambda name: -rate(rounds[name], bench.sizes[name]).median)[:1]


def versus(bench: Bench, rounds: Rounds, name: str, ours: str) -> Spread:
    """CPU time of a byte there to that of a byte here."""
    return ratio(rounds[name], rounds[ours], bench.sizes[ours] / bench.sizes[name])


def limit_table(bench: Bench, rounds: Rounds) -> str:
    """What no program of this kind gets below."""
    rows = [
        (name, rate(rounds[name], bench.sizes[name]), ratio(rounds[name], rounds["mixed"])) for name in LIMITS
    ]
    return page.table(("limit", "MB/s of CPU time", "its CPU time to ours (mixed)"), rows)


def sketch_line(bench: Bench, rounds: Rounds) -> str:
    """The sketch by itself, where a peer has it."""
    ours = rate(rounds["sketch alone"], bench.sizes["sketch alone"])
    if FLAT.name not in rounds:
        return f"The sketch alone: {ours} MB/s; {FLAT.name} not measured: {bench.missing[FLAT.name]}\n"
    alone, whole = (versus(bench, rounds, FLAT.name, task) for task in ("sketch alone", same(False)))
    return (
        f"The sketch alone, from hashes that are there: {ours} MB/s of the text they stand for; "
        f"{FLAT.peer}'s {FLAT.title} takes {alone} x its CPU time, {whole} x that of all our fingerprints.\n"
    )


def report(bench: Bench, rounds: Rounds, texts: Corpus) -> Iterator[str]:
    """The parts of the block."""
    count = len(rounds["mixed"])
    yield page.machine("numba", "numpy", "pyarrow")
    yield f"Medians of {count} interleaved rounds (least-greatest).\n"
    yield f"Corpus: {describe(texts)}.\n"
    yield own_table(bench, rounds)
    yield threads_line(rounds)
    yield peer_table(bench, rounds)
    yield sketch_line(bench, rounds)
    yield limit_table(bench, rounds)


def measured(bench: Bench, rounds: int) -> Rounds:
    """All rounds. A peer that fails on the way is taken out and kept by name."""
    for name, worker in bench.workers.items():
        bench.tasks[name] = checked(bench, name, worker)
    spent = interleave(bench.tasks, rounds)
    return {name: each for name, each in spent.items() if name not in bench.missing}


def checked(bench: Bench, name: str, worker: Worker) -> Task:
    """A worker's task that notes its failure, once."""

    def task() -> Spent:
        if name not in bench.missing:
            try:
                return worker.run()
            except (UnavailableError, OSError) as error:
                bench.missing[name] = str(error)
        return Spent(0, 0)

    return task


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; with `--write`, replace the block on the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    options = parser.parse_args(arguments)
    texts, bench = stored_corpus(), Bench()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="registry-bench-")))
        add_own(bench, texts)
        add_peers(bench, texts, folder)
        for worker in bench.workers.values():
            stack.callback(worker.stop)
        rounds = measured(bench, options.rounds)
    text = "\n".join(report(bench, rounds, texts))
    print(text)
    if options.write:
        page.replace_block("fingerprint", text)


if __name__ == "__main__":
    main()
