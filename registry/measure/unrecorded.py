"""A pass over data that are not to be recorded: their sketch, and how much they are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from registry.errors import SourceError
from registry.fingerprint.leaves import Batch
from registry.fingerprint.sketch import Sketch, SketchBuilder
from registry.fingerprint.text import TextFingerprints, fingerprint_text
from registry.measure.roles import Roles
from registry.measure.run import content_paths, in_order


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """The sketch of some data, with records and words of the content."""

    sketch: Sketch
    records: int
    words: int


@dataclass(slots=True)
class _Sums:
    sketch: SketchBuilder = field(default_factory=SketchBuilder)
    records: int = 0
    words: int = 0


def sketch_of(
    batches: Iterator[Batch], roles: Roles, *, workers: int, progress: Callable[[int, int], None]
) -> Unrecorded:
    """Read all batches; `progress` is told source bytes and records of each. Raises `SourceError` of none."""
    sums = _Sums()
    take = partial(_take, sums=sums, progress=progress)
    in_order(batches, partial(_text, roles=roles, sketch=sums.sketch), take, workers)
    roles.require_all_met()
    if not sums.records:
        raise SourceError("the source holds no records", hint="name files with at least one record in them")
    return Unrecorded(sums.sketch.build(), sums.records, sums.words)


def _text(batch: Batch, roles: Roles, sketch: SketchBuilder) -> tuple[Batch, TextFingerprints]:
    leaves = batch.leaves()
    content = content_paths(leaves, roles)
    return batch, fingerprint_text(leaves, content, threshold=sketch.limit, signatures=False, passages=False)


def _take(done: tuple[Batch, TextFingerprints], sums: _Sums, progress: Callable[[int, int], None]) -> None:
    batch, text = done
    sums.sketch.add(text.sketch_hashes)
    sums.records += len(text.words)
    sums.words += int(text.words.sum())
    progress(batch.source_bytes, len(text.words))
