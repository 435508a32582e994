"""Reading records of a version again, where its source still lies as it was."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from registry.domain.dataset import FileRole
from registry.domain.reading import Reading
from registry.errors import RegistryError, SourceError
from registry.fingerprint.digest import record_digests
from registry.fingerprint.leaves import I64, Leaves
from registry.fingerprint.shingled import Shingled, ShingleSets, sets_of, shingled, together
from registry.sources.interface import ReadOptions, Source
from registry.sources.open import open_source
from registry.store.fingerprints.folder import FingerprintFolder

MOST_BYTES = 1 << 28  # of a source that is read again without being asked to


class ChangedSourceError(SourceError):
    """The source does not hold the records any more that were read from it once."""


@dataclass(frozen=True, slots=True)
class Again:
    """Wanted records of one batch: numbers in the version, places in the batch, the batch's shingles."""

    records: I64
    places: I64
    text: Shingled


def is_readable(reading: Reading | None, most: int | None = MOST_BYTES) -> bool:
    """Whether a source is there, on this machine, and no larger than `most` bytes."""
    if reading is None or any("://" in source for source in reading.sources):
        return False
    try:
        source = _source(reading)
    except (RegistryError, OSError):
        return False
    return most is None or sum(file.bytes for file in source.files if file.role is FileRole.DATA) <= most


def read_again(reading: Reading, folder: FingerprintFolder, wanted: I64) -> Iterator[Again]:
    """The wanted records (int64[n], ascending), batch by batch; stops after the last.

    Raises `ChangedSourceError` where one has another digest than was recorded, `SourceError` where the source
    cannot be read.
    """
    expected = folder.digests("record_digest")
    before, done = 0, 0
    for batch in _source(reading).batches():
        if done == len(wanted):
            return
        leaves = batch.leaves()
        stop = int(np.searchsorted(wanted, before + leaves.records))
        if stop > done:
            records = wanted[done:stop]
            places = records - before
            if not np.array_equal(record_digests(leaves)[places], expected[records]):
                raise ChangedSourceError(
                    "holds other records than it did", file=batch.file, hint="ingest it as a new version"
                )
            yield Again(records, places, shingled(leaves, _content(leaves, reading)))
        before, done = before + leaves.records, stop
    if done < len(wanted):
        raise ChangedSourceError(
            "holds fewer records than it did",
            file=" ".join(reading.sources),
            hint="ingest it as a new version",
        )


def shingle_sets(reading: Reading, folder: FingerprintFolder, wanted: I64) -> ShingleSets:
    """The shingle sets of the wanted records, in their order; raises as `read_again` does."""
    return together([sets_of(part.text, part.places) for part in read_again(reading, folder, wanted)])


def _source(reading: Reading) -> Source:
    options = ReadOptions(reading.explode, reading.split, reading.config, reading.split_text)
    return open_source(reading.sources, options)


def _content(leaves: Leaves, reading: Reading) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    chosen = frozenset(reading.content)
    return np.array([path in chosen for path in leaves.paths], np.bool_)
