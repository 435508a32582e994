"""What of a benchmark stands in a version that was trained on: all of its records at once.

Equal words by digest, near-duplicates by signature, passages by the index; what the index offers is decided
by the records themselves where both sources can be read again (see ADR 7 and ADR 17).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from registry.app.compare import decided
from registry.app.reread import MOST_BYTES, VersionRecords
from registry.documents.found import VERIFIED_FROM
from registry.domain.benchmarks import (
    LEAST_FIELD,
    LEAST_SHARE,
    LEAST_WORDS,
    Outcome,
    Presence,
    SearchBasis,
)
from registry.errors import SourceError
from registry.fingerprint.contained import (
    Asked,
    Pairs,
    asked_records,
    joined,
    likeliest,
    mark,
    measured,
    of_form,
    proven,
    sharing,
)
from registry.fingerprint.equal import DigestSet, members
from registry.fingerprint.leaves import I64

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Benchmark:
    """A benchmark that is searched for: its fingerprints, and its text where that can be read again."""

    side: VersionRecords

    @cached_property
    def numbers(self) -> I64:
        """The number that each record of the folder has in this version: the order of outcomes."""
        return self.side.numbers(np.arange(self.side.version.records))

    @cached_property
    def text(self) -> Asked | None:
        """Its records, hashed in full; None where its source cannot be read again."""
        if self.side.unreadable(MOST_BYTES) is not None:
            return None
        parts, firsts, first = [], [], 0
        try:
            for part in self.side.again(np.arange(self.side.version.records)):
                parts.append(part.text)
                firsts.append(first)
                first += len(part.wanted)
        except SourceError:
            return None
        return asked_records(joined(parts, firsts), first)

    @property
    def short_records(self) -> int:
        """How many of its records are shorter than a passage that is always found."""
        return int((self.side.folder.words < VERIFIED_FROM).sum())

    def search(self, other: VersionRecords) -> Outcome:
        """What of it stands in another version."""
        kinds = np.zeros(self.side.version.records, np.uint8)
        near, told = decided([self.side, other], None)
        passages, basis, complete = self._passages(other)
        found = (
            (self._same_words(other), Presence.SAME_WORDS),
            (near.in_a, Presence.NEAR_DUPLICATE if told.verified else Presence.LIKELY),
        )
        for mask, kind in found:
            kinds[self.numbers[mask]] = np.maximum(kinds[self.numbers[mask]], kind)
        if basis is SearchBasis.VERIFIED and not told.verified:
            basis = SearchBasis.INDEX
        return Outcome(
            basis, np.maximum(kinds, passages).tobytes(), self.short_records, complete and told.complete
        )

    def _same_words(self, other: VersionRecords) -> Mask:
        return members(
            self.side.folder.digests("words_digest"), DigestSet(other.folder.digests("words_digest"))
        )

    def _passages(self, other: VersionRecords) -> tuple[NDArray[np.uint8], SearchBasis, bool]:
        """What passages tell of each record, on what basis, and whether all of them were looked at."""
        if self.text is None:
            kinds, complete = self._estimated(other)
            return kinds, SearchBasis.ESTIMATED, complete
        if other.unreadable(MOST_BYTES) is None:
            try:
                covered, complete = _verified(self.text, other)
            except SourceError:
                pass
            else:
                return _decided(self.text, covered), SearchBasis.VERIFIED, complete
        folder = other.folder
        covered = proven(self.text, folder.passage_hashes, folder.passage_records)
        likely, complete = self._estimated(other)
        return np.maximum(_decided(self.text, covered), likely), SearchBasis.INDEX, complete

    def _estimated(self, other: VersionRecords) -> tuple[NDArray[np.uint8], bool]:
        """By the hashes that winnowing selects of both: likely where one record has half of them."""
        hashes, records = self.side.folder.passage_hashes, self.side.folder.passage_records.astype(np.int64)
        own = ~of_form(hashes, records, self.side.version.records)
        pairs = sharing(hashes[own], records[own], other.folder.passage_hashes, other.folder.passage_records)
        selected = np.bincount(records[own], minlength=self.side.version.records)
        shared = np.zeros(len(selected), np.int64)
        np.maximum.at(shared, pairs.asked, pairs.shared)
        kinds = np.zeros(len(selected), np.uint8)
        kinds[self.numbers[shared > 1]] = Presence.IN_PART
        kinds[self.numbers[(shared > 1) & _is_share(shared, selected)]] = Presence.LIKELY
        return kinds, pairs.complete


def _verified(text: Asked, other: VersionRecords) -> tuple[Mask, bool]:
    """The shingles within passages in common, by the records of both: bool[k]."""
    folder = other.folder
    record = np.repeat(text.text.record, np.diff(text.text.field)).astype(np.int64)
    own = ~text.is_form
    found = sharing(text.text.hashes[own], record[own], folder.passage_hashes, folder.passage_records)
    pairs = likeliest(found)
    covered = np.zeros(len(text.text.hashes), np.bool_)
    wanted, which = np.unique(pairs.other, return_inverse=True)
    for part in other.again(wanted):
        place = np.full(len(wanted), -1, np.int64)
        place[part.wanted] = part.places
        here = np.flatnonzero(place[which] >= 0)
        chosen = Pairs(pairs.asked[here], pairs.other[here], pairs.shared[here], pairs.complete)
        mark(text, chosen, part.text, place[which[here]], LEAST_WORDS, LEAST_FIELD, covered)
    return covered, found.complete


def _decided(text: Asked, covered: Mask) -> NDArray[np.uint8]:
    found = measured(text, covered, LEAST_WORDS)
    kinds = np.zeros(text.records, np.uint8)
    is_long = found.covered >= LEAST_WORDS
    kinds[is_long] = Presence.IN_PART
    half = _is_share(found.covered, found.words)
    everything = (found.covered == found.words) & (found.words > 0)
    kinds[(is_long & half) | everything | found.whole_field] = Presence.CONTAINED
    return kinds


def _is_share(part: I64, whole: I64) -> Mask:
    """Whether a part is as much of a whole as counts as contained."""
    enough: Mask = part * LEAST_SHARE.denominator >= whole * LEAST_SHARE.numerator
    return enough
