"""What one pass over the text of a batch of records gives."""

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint import kernel
from registry.fingerprint.leaves import I64, U8, U32, U64, Leaves, Tag
from registry.fingerprint.parameters import RECIPE, Recipe
from registry.fingerprint.signature import EMPTY
from registry.fingerprint.tables import kernel_tables

KEPT = 64 << 20  # bytes of scratch memory that a thread may keep


@dataclass(frozen=True, slots=True)
class TextFingerprints:
    """Fingerprints of n records; record numbers count from the start of the batch.

    bytes, characters, words: int64[n], of the content leaves; characters are Unicode code points
    words_digests:   uint8[n, 16], of the set of the fields' word sequences; zeros where there is no word
    signatures:      uint32[n, permutations], or None where not asked for
    passage_hashes:  uint64[k], shingle hashes selected by winnowing, by record, field and place
    passage_records: uint32[k], the record each stands in
    sketch_hashes:   uint64[m], each occurrence of a shingle hash up to the threshold, by record, field, place
    """

    bytes: I64
    characters: I64
    words: I64
    words_digests: U8
    signatures: U32 | None
    passage_hashes: U64
    passage_records: U32
    sketch_hashes: U64


def fingerprint_text(
    leaves: Leaves,
    content: NDArray[np.bool_],
    *,
    threshold: np.uint64 | int,
    signatures: bool = True,
    passages: bool = True,
    recipe: Recipe = RECIPE,
) -> TextFingerprints:
    """Fingerprint the content of a batch; releases the interpreter lock.

    content:   bool[paths], whether string leaves of that path are content
    threshold: greatest shingle hash for the sketch, see `parameters.threshold`

    Raises `RefusedError` for a recipe that this version cannot compute.
    """
    tables = kernel_tables(recipe)
    chosen = np.ascontiguousarray(content, np.bool_)[leaves.path] & (leaves.tag == Tag.STRING)
    bytes_, characters, words = counts = np.zeros((3, leaves.records), np.int64)
    digests = np.zeros((leaves.records, 2), np.uint64)
    rows = np.full((leaves.records if signatures else 0, recipe.permutations), EMPTY, np.uint32)
    passage_hashes, passage_records, stored, sketch, kept = kernel.run(
        *map(np.ascontiguousarray, (leaves.record, leaves.start, leaves.stop)), chosen,
        np.ascontiguousarray(leaves.data), tables, workspace(leaves, chosen), np.uint64(threshold),
        signatures, passages, counts, digests, rows,
    )  # fmt: skip
    return TextFingerprints(
        bytes=bytes_,
        characters=characters,
        words=words,
        words_digests=digests.astype("<u8", copy=False).view(np.uint8),
        signatures=rows if signatures else None,
        passage_hashes=passage_hashes[:stored].copy(),
        passage_records=passage_records[:stored].copy(),
        sketch_hashes=sketch[:kept].copy(),
    )


class _Scratch(threading.local):
    """What a thread keeps from batch to batch: the pages of fresh memory would cost a tenth of the time."""

    sizes: tuple[int, int, int] = (0, 0, 0)
    held: kernel.Workspace | None = None


_scratch = _Scratch()


def workspace(leaves: Leaves, chosen: NDArray[np.bool_]) -> kernel.Workspace:
    """Scratch memory for the greatest field and record of the chosen leaves; untouched pages cost nothing."""
    sizes = np.where(chosen, leaves.stop - leaves.start, 0)
    before = np.concatenate([[0], np.cumsum(sizes)])
    field = int(sizes.max(initial=0))
    record = int(np.diff(before[leaves.record]).max(initial=0))
    fields = int(np.diff(leaves.record).max(initial=0))
    have = _scratch.sizes
    if _scratch.held is not None and field <= have[0] and record <= have[1] and fields <= have[2]:
        return _scratch.held
    wanted = max(field, have[0]), max(record, have[1]), max(fields, have[2])
    made = fresh_workspace(*wanted)
    if sum(array.nbytes for array in made) <= KEPT:
        _scratch.sizes, _scratch.held = wanted, made
    return made


def fresh_workspace(field: int, record: int, fields: int) -> kernel.Workspace:
    """Scratch memory for fields and records of so many bytes, and so many fields of a record."""
    return kernel.Workspace(
        folded=np.empty(2 * field + 128, np.uint8),
        last=np.empty(field + 128, np.uint8),
        edges=np.empty(kernel.SPAN + 256, np.uint64),
        hashes=np.empty(field + 128, np.uint64),
        shingles=np.empty(field + 128, np.uint64),
        values=np.empty(record + 4 * fields + 16, np.uint32),
        fields=np.empty((fields, 2), np.uint64),
        halves=np.empty(field + 128, np.uint64),
    )
