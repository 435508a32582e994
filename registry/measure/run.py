"""One pass over a source: fingerprints to the store, sums by what the records say."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from registry.domain.dataset import FieldMapping, FingerprintMode
from registry.domain.erasure import NOBODY, Erased
from registry.domain.facts import Size
from registry.errors import SourceError
from registry.fingerprint.digest import record_digests
from registry.fingerprint.leaves import U8, Batch, Leaves
from registry.fingerprint.sketch import Sketch, SketchBuilder
from registry.fingerprint.text import TextFingerprints, fingerprint_text
from registry.measure.fields import FieldCounts
from registry.measure.languages import LanguageSample
from registry.measure.measurement import Measurement
from registry.measure.media.counts import Item, MediaCounts, items_of
from registry.measure.repeats import RepeatCounter
from registry.measure.roles import Roles
from registry.measure.says import SaidOfFiles, Says, said_of_file
from registry.measure.tally import Tally
from registry.store.fingerprints.writer import FingerprintWriter
from registry.store.references import ReferenceWriter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measured:
    """One batch after the compiled passes."""

    batch: Batch
    leaves: Leaves
    content: NDArray[np.bool_]
    text: TextFingerprints
    digests: U8
    items: tuple[Item, ...]


@dataclass
class Pass:
    """What accumulates while the batches come by, in order."""

    mapping: FieldMapping
    implied: FieldMapping
    fingerprints: FingerprintWriter
    references: ReferenceWriter | None
    explode: str | None = None
    said_of_files: SaidOfFiles = field(default_factory=dict)
    detect_languages: bool = True
    erased: Erased = NOBODY
    sketch: SketchBuilder = field(default_factory=SketchBuilder)

    def __post_init__(self) -> None:
        self.roles = Roles(self.mapping, self.implied, self.explode)
        self._says, self._total = Says(self.roles, self.erased), Tally()
        self._fields, self._sample, self._repeats = FieldCounts(), LanguageSample(), RepeatCounter()
        self._media = MediaCounts()
        self.records = self._characters = self._wordless = 0

    def take(self, measured: Measured) -> None:
        """Add one batch to everything."""
        leaves, text = measured.leaves, measured.text
        of_file = said_of_file(self.said_of_files, measured.batch.file, leaves)
        codes = self._says.add(leaves, text.words, text.bytes, of_file=of_file)
        self._total.add((np.zeros(leaves.records, np.int64),), text.words, text.bytes)
        self._fields.add(leaves, measured.content)
        self._media.add(measured.items)
        if self.detect_languages:
            self._sample.add(leaves, measured.content, measured.digests, text.words, text.bytes)
        self._repeats.add(text.words_digests, text.words)
        self.records += leaves.records
        self._characters += int(text.characters.sum())
        self._wordless += int((text.words == 0).sum())
        self.sketch.add(text.sketch_hashes)
        self.fingerprints.add(measured.digests, text)
        if self.references is not None:
            texts = self._says.texts(leaves)
            self.references.add(measured.digests, codes, self._says.values, texts)

    def result(self) -> Measurement:
        """Everything found, after the last batch."""
        self.roles.require_all_met()
        stated_languages = self._says.languages()
        return Measurement(
            total=self._total.result().get((0,), Size(0, 0, 0)),
            characters=self._characters,
            wordless_records=self._wordless,
            words_equal_records=self._repeats.result(),
            fields=self._fields.result(self.roles),
            rights=self._says.rights(),
            stated_languages=stated_languages,
            sampled_languages={} if stated_languages else self._sample.detect(),
            domains=self._says.domains(),
            annotations=self._says.annotations(),
            dates=self._says.dates(),
            media=self._media.result(),
        )


def measure(
    batches: Iterator[Batch],
    into: Pass,
    *,
    mode: FingerprintMode,
    workers: int,
    progress: Callable[[int, int], None],
) -> Sketch:
    """Read all batches: fingerprints on `workers` threads, sums and files on one, in the source's order.

    Gives the sketch of all; the rest is with `into`. At most two batches per worker are in memory. `progress`
    is told source bytes and records of each batch.
    """
    work = partial(_measure_batch, roles=into.roles, sketch=into.sketch, mode=mode)
    in_order(batches, work, partial(_take, into=into, progress=progress), workers)
    if into.records == 0:
        raise SourceError("the source holds no records", hint="name files with at least one record in them")
    return into.sketch.build()


def in_order(
    batches: Iterator[Batch], work: Callable[[Batch], T], take: Callable[[T], None], workers: int
) -> None:
    """Read here, do the work on `workers` threads, and `take` what it gives on one more, in order."""
    waiting: deque[Future[None]] = deque()
    with (
        ThreadPoolExecutor(workers, thread_name_prefix="fingerprint") as pool,
        ThreadPoolExecutor(1, thread_name_prefix="take") as taker,
    ):
        try:
            for batch in batches:
                waiting.append(taker.submit(_take_done, pool.submit(work, batch), take))
                if len(waiting) >= 2 * workers:
                    waiting.popleft().result()
            while waiting:
                waiting.popleft().result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            taker.shutdown(cancel_futures=True)
            raise


def _take_done(done: Future[T], take: Callable[[T], None]) -> None:
    take(done.result())


def content_paths(leaves: Leaves, roles: Roles) -> NDArray[np.bool_]:
    """bool[paths]: whether the strings of each path are content."""
    names = frozenset[str]() if roles.chooses_content else leaves.file_names
    return np.array([roles.is_content(path) and path not in names for path in leaves.paths], np.bool_)


def _take(measured: Measured, into: Pass, progress: Callable[[int, int], None]) -> None:
    into.take(measured)
    progress(measured.batch.source_bytes, measured.leaves.records)


def _measure_batch(batch: Batch, roles: Roles, sketch: SketchBuilder, mode: FingerprintMode) -> Measured:
    leaves = batch.leaves()
    content = content_paths(leaves, roles)
    full = mode is FingerprintMode.FULL
    text = fingerprint_text(leaves, content, threshold=sketch.limit, signatures=full, passages=full)
    return Measured(batch, leaves, content, text, record_digests(leaves), items_of(leaves, roles))
