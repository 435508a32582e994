"""Reading records of a version again, where its source still lies as it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from registry.app.fingerprints import opened
from registry.app.home import Home
from registry.domain.dataset import FileRole
from registry.domain.reading import Reading
from registry.errors import RegistryError, SourceError
from registry.fingerprint.digest import record_digests
from registry.fingerprint.leaves import I64, Leaves
from registry.fingerprint.shingled import Shingled, ShingleSets, sets_of, shingled, together
from registry.queries.fingerprinted import Fingerprinted
from registry.sources.interface import ReadOptions, Source
from registry.sources.open import open_source
from registry.store.fingerprints.folder import FingerprintFolder
from registry.store.references import own_numbers

MOST_BYTES = 1 << 28  # of a source that is read again without being asked to


class ChangedSourceError(SourceError):
    """The source does not hold the records any more that were read from it once."""


@dataclass(frozen=True, slots=True)
class Again:
    """Wanted records of one batch.

    wanted: int64[n], which of those asked for, by place; places: int64[n], where each stands in `text`
    """

    wanted: I64
    places: I64
    text: Shingled


@dataclass(frozen=True)
class VersionRecords:
    """The records of one version: their fingerprints, and themselves where the source is there.

    Versions of the same content share one folder of fingerprints. Its records are numbered as the version had
    them that was read first.
    """

    home: Home
    version: Fingerprinted

    @cached_property
    def folder(self) -> FingerprintFolder:
        """The fingerprints, see `opened`."""
        return opened(self.home, self.version)

    def numbers(self, records: I64) -> I64:
        """What number each record of the folder has in this version: int64[n]."""
        if not self.version.shares_fingerprints:
            return records
        digests = self.folder.digests_of("record_digest", records)
        return own_numbers(self.home.fingerprint_root, self.version.id, records, digests)

    def unreadable(self, most: int | None = MOST_BYTES) -> str | None:
        """Why the source cannot be read again here; None where it can, and has at most `most` bytes."""
        name = f"the source of {self.version.reference}"
        if self.version.reading is None:
            return f"where {name} lies was not recorded"
        if any("://" in source for source in self.version.reading.sources):
            return f"{name} is on a hub"
        try:
            files = _source(self.version.reading).files
        except (RegistryError, OSError):
            return f"{name} is not there any more"
        size = sum(file.bytes for file in files if file.role is FileRole.DATA)
        return None if most is None or size <= most else f"{name} is larger than {most >> 20} MiB"

    def again(self, records: I64) -> Iterator[Again]:
        """Records of the folder, in the order of the source; stops after the last.

        Raises `ChangedSourceError` where one has another digest than was recorded, `SourceError` where the
        source cannot be read.
        """
        if self.version.reading is None:
            raise SourceError("is not known", file=self.version.reference, hint="ingest it again")
        numbers = self.numbers(records)
        order = np.argsort(numbers, kind="stable")
        expected = self.folder.digests_of("record_digest", records)
        before = done = 0
        for batch in _source(self.version.reading).batches():
            if done == len(order):
                return
            leaves = batch.leaves()
            stop = int(np.searchsorted(numbers[order], before + leaves.records))
            if stop > done:
                wanted = order[done:stop]
                places = numbers[wanted] - before
                if not np.array_equal(record_digests(leaves)[places], expected[wanted]):
                    raise ChangedSourceError(
                        "holds other records than it did", file=batch.file, hint="ingest it as a new version"
                    )
                yield Again(wanted, places, shingled(leaves, _content(leaves, self.version.reading)))
            before, done = before + leaves.records, stop
        if done < len(order):
            raise ChangedSourceError(
                "holds fewer records than it did",
                file=self.version.reference,
                hint="ingest it as a new version",
            )

    def shingle_sets(self, records: I64) -> tuple[ShingleSets, I64]:
        """The shingle sets of records of the folder, and the place of each record's among them."""
        if not len(records):
            for _ in self.again(np.zeros(min(1, self.version.records), np.int64)):
                pass  # nothing is asked of the source but that it still begins as it did
        parts, wanted = [], []
        for part in self.again(records):
            order = np.argsort(part.places, kind="stable")
            parts.append(sets_of(part.text, part.places[order]))
            wanted.append(part.wanted[order])
        place = np.empty(len(records), np.int64)
        place[np.concatenate([np.empty(0, np.int64), *wanted])] = np.arange(len(records))
        return together(parts), place


def _source(reading: Reading) -> Source:
    options = ReadOptions(reading.explode, reading.split, reading.config, reading.split_text)
    return open_source(reading.sources, options)


def _content(leaves: Leaves, reading: Reading) -> NDArray[np.bool_]:
    chosen = frozenset(reading.content)
    return np.array([path in chosen for path in leaves.paths], np.bool_)
