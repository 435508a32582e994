"""A text against the records of one version: candidates from the index, decided as far as that can be."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from registry.app.reread import VersionRecords
from registry.documents.found import VERIFIED_FROM, Kind, Match
from registry.domain.license import parse_license
from registry.errors import SourceError
from registry.fingerprint.asked import Asked
from registry.fingerprint.leaves import I64, U64
from registry.fingerprint.neighbours import RESEMBLANCE
from registry.fingerprint.overlap import places_in
from registry.fingerprint.parameters import RECIPE
from registry.fingerprint.passage import Alike, Hits, Run, alike, hits, runs
from registry.store.references import record_licenses

LEAST_RUN = 13  # words; shorter ones are common phrases, see ADR 7
LEAST_RECORD = 8  # words of a short record that stands whole in the text
SHOWN_WORDS = 60
MOST_PLACES = 64
MOST_AGAIN = 100_000  # records of a version that are read again for one text
Spans = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class InVersion:
    """What one version holds of a text; see `documents.found.Searched`."""

    side: VersionRecords
    matches: tuple[Match, ...]
    possible: int
    unverified: str | None
    complete: bool


@dataclass(slots=True)
class _Seen:
    """What is known of one record: spans of the text that stand in it, and how that is known."""

    kind: Kind
    spans: Spans
    resemblance: float | None = None

    @property
    def longest(self) -> tuple[int, int]:
        return max(self.spans, key=lambda span: (span[1] - span[0], -span[0]))


@dataclass(slots=True)
class _Candidates:
    """Records of the folder that may match, and what became of them."""

    text: Asked
    side: VersionRecords
    found: Hits
    alike: Alike
    seen: dict[int, _Seen] = field(default_factory=dict)

    @property
    def records(self) -> I64:
        """All of them, ascending."""
        return np.union1d(self.found.records, self.alike.record)

    def parts_of(self) -> dict[int, list[tuple[int, float]]]:
        """The parts of the text that each record resembles, and how many values agree, as a share."""
        parts: dict[int, list[tuple[int, float]]] = {}
        shares = self.alike.equal / RECIPE.permutations
        for part, record, share in zip(
            self.alike.part.tolist(), self.alike.record.tolist(), shares.tolist(), strict=True
        ):
            parts.setdefault(record, []).append((part, share))
        return parts


def matched(text: Asked, side: VersionRecords, *, verify: bool, most: int | None) -> InVersion:
    """Look a text up in one version; sources up to `most` bytes are read again, where `verify` is set.

    Raises `SourceError` where a source of any size was to be read (`most` None) and cannot be.
    """
    folder = side.folder
    found = hits(text, folder.passage_hashes, folder.passage_records)
    candidates = _Candidates(text, side, found, alike(text, folder.side))
    records = candidates.records
    if not len(records):
        return InVersion(side, (), 0, None, found.complete)
    _mark_same_words(candidates)
    unverified = side.unreadable(most) if verify else "reading sources again was not asked for"
    complete = found.complete and len(records) <= MOST_AGAIN
    if unverified is None:
        try:
            _verify(candidates, _likeliest(found, records))
        except SourceError as error:
            unverified = str(error)
    if unverified is not None and verify and most is None:
        raise SourceError(unverified, hint="leave --verify out: the index alone then says what it can")
    if unverified is not None:
        _estimate(candidates)
    matches = _matches(candidates)
    return InVersion(side, matches, len(records) - len(matches), unverified, complete)


def _likeliest(found: Hits, records: I64) -> I64:
    """As many records as are read again: those that share most with the text."""
    if len(records) <= MOST_AGAIN:
        return records
    order = np.argsort(-found.shared, kind="stable")
    return np.sort(found.records[order[:MOST_AGAIN]])


def _is_enough(text: Asked, words: int, least: int) -> bool:
    """Whether words in common are more than a common phrase: many, or half of a short text."""
    return words >= least or 2 * words >= text.words


def _mark_same_words(candidates: _Candidates) -> None:
    """Records of the very words of the text or of a paragraph: their digests say so."""
    parts = candidates.text.parts
    pairs = candidates.alike
    full = pairs.equal == RECIPE.permutations
    records, part = pairs.record[full], pairs.part[full]
    same = (candidates.side.folder.digests_of("words_digest", records) == parts.words_digests[part]).all(
        axis=1
    )
    for record, number in zip(records[same].tolist(), part[same].tolist(), strict=True):
        start, stop = int(parts.start[number]), int(parts.stop[number])
        if _is_enough(candidates.text, stop - start, LEAST_RECORD):
            seen = candidates.seen.setdefault(record, _Seen(Kind.SAME_WORDS, [], 1.0))
            seen.spans.append((start, stop))


def _verify(candidates: _Candidates, records: I64) -> None:
    """Decide by the records themselves."""
    parts = candidates.parts_of()
    decided: dict[bytes, _Seen | None] = {}  # many records may be one text
    for part in candidates.side.again(records):
        for which, place in zip(part.wanted.tolist(), part.places.tolist(), strict=True):
            record = int(records[which])
            if record in candidates.seen:
                continue
            fields = part.text.fields_of(place)
            key = _key(fields)
            if key not in decided:
                decided[key] = _decide(candidates.text, fields, parts.get(record, []))
            seen = decided[key]
            if seen is not None:
                candidates.seen[record] = seen


def _key(fields: list[U64]) -> bytes:
    """Stands for the shingles of a record, field by field."""
    digest = hashlib.sha256(np.array([len(hashes) for hashes in fields], np.int64).tobytes())
    for hashes in fields:
        digest.update(hashes.tobytes())
    return digest.digest()


def _decide(text: Asked, fields: list[U64], parts: list[tuple[int, float]]) -> _Seen | None:
    """What the fields of a record (their shingle hashes) have in common with a text."""
    common = runs(text, fields, min(LEAST_RECORD, max(RECIPE.shingle, text.words // 2)))
    whole = _whole(text, fields, common)
    resemblance = max((_resemblance(text, fields, part) for part, _ in parts), default=None)
    if whole:
        return _Seen(Kind.SAME_WORDS, whole, resemblance)
    long = [(run.start, run.stop) for run in common if _is_enough(text, run.stop - run.start, LEAST_RUN)]
    if long:
        return _Seen(Kind.VERIFIED, long, resemblance)
    if resemblance is not None and resemblance >= RESEMBLANCE:
        return _Seen(Kind.NEAR_DUPLICATE, _spans_of_parts(text, parts), resemblance)
    return None


def _whole(text: Asked, fields: list[U64], common: list[Run]) -> Spans:
    """Where a record stands whole in the text, field by field; nothing where it does not.

    Fields of fewer than five words (a title, a label) leave no run, and are not asked for.
    """
    spans = []
    for number, hashes in enumerate(fields):
        words = len(hashes) + RECIPE.shingle - 1
        if len(hashes) <= 1 and not np.isin(hashes, text.distinct).any():
            continue
        found = [run for run in common if run.field == number and run.stop - run.start == words]
        if not found:
            return []
        spans += [(run.start, run.stop) for run in found]
    enough = sum(len(hashes) + RECIPE.shingle - 1 for hashes in fields if len(hashes) > 1)
    return spans if spans and _is_enough(text, enough, LEAST_RECORD) else []


def _resemblance(text: Asked, fields: list[U64], part: int) -> float:
    """The true resemblance of a record and a part of the text."""
    one = text.set_of(part)
    other = np.unique(np.concatenate([np.empty(0, np.uint64), *fields]))
    common = len(places_in(one, other))
    union = len(one) + len(other) - common
    return common / union if union else 0.0


def _spans_of_parts(text: Asked, parts: Iterable[tuple[int, float]]) -> Spans:
    return [(int(text.parts.start[part]), int(text.parts.stop[part])) for part, _ in parts]


def _estimate(candidates: _Candidates) -> None:
    """What the index itself says of records that cannot be read again."""
    found = candidates.found
    for at in np.flatnonzero(found.stop > found.start).tolist():
        span = (int(found.start[at]), int(found.stop[at]))
        candidates.seen.setdefault(int(found.records[at]), _Seen(Kind.PASSAGE, [span]))
    for record, parts in candidates.parts_of().items():
        longest = max(stop - start for start, stop in _spans_of_parts(candidates.text, parts))
        if _is_enough(candidates.text, longest, LEAST_RECORD):
            resemblance = max(share for _, share in parts)
            near = _Seen(Kind.NEAR_DUPLICATE, _spans_of_parts(candidates.text, parts), resemblance)
            candidates.seen.setdefault(record, near)
    _mark_short_records(candidates)


def _mark_short_records(candidates: _Candidates) -> None:
    """Records shorter than the bound that stand whole in the text, proven by the digest of their words.

    A field that short has one selected hash: the record can only stand around the places of that.
    """
    text, found, folder = candidates.text, candidates.found, candidates.side.folder
    open_ = ~np.isin(found.records, np.array(list(candidates.seen), np.int64))
    records, places = found.records[open_], found.place[open_]
    words = folder.words[records]
    short = (words < VERIFIED_FROM) & (words >= min(LEAST_RECORD, max(RECIPE.shingle, text.words // 2)))
    records, places, words = records[short], places[short], words[short]
    which, start = _stretches(text, places, words)
    expected = folder.digests_of("words_digest", records)
    same = (text.spelled.digests(start, words[which]) == expected[which]).all(axis=1)
    for at in np.flatnonzero(same).tolist():
        size = int(words[which[at]])
        if _is_enough(text, size, LEAST_RECORD):
            seen = candidates.seen.setdefault(int(records[which[at]]), _Seen(Kind.SAME_WORDS, []))
            seen.spans.append((int(start[at]), int(start[at]) + size))


def _stretches(text: Asked, places: I64, words: I64) -> tuple[I64, I64]:
    """Where records of so many words may begin that share the shingle at a place, or its like elsewhere.

    Returns which of the records, and the first word, for each possibility; of a shingle that the text repeats
    the first places only.
    """
    number = np.searchsorted(text.distinct, text.hashes[places])
    again = np.minimum(text.first[number + 1] - text.first[number], MOST_PLACES)
    which = np.repeat(np.arange(len(places)), again)
    at = text.places[np.repeat(text.first[number] - np.cumsum(again) + again, again) + np.arange(len(which))]
    room = words[which] - RECIPE.shingle + 1
    offset = np.arange(int(room.sum())) - np.repeat(np.cumsum(room) - room, room)
    which, start = np.repeat(which, room), np.repeat(at, room) - offset
    inside = (start >= 0) & (start + words[which] <= text.words)
    return which[inside], start[inside]


def _matches(candidates: _Candidates) -> tuple[Match, ...]:
    """The records that match, by number."""
    version, text = candidates.side.version, candidates.text
    records = np.array(sorted(candidates.seen), np.int64)
    numbers = candidates.side.numbers(records).tolist()
    licenses = _licenses(candidates.side, numbers)
    found = []
    for record, number in zip(records.tolist(), numbers, strict=True):
        seen = candidates.seen[record]
        start, stop = seen.longest
        shown = text.spelled.text(start, min(stop, start + SHOWN_WORDS))
        found.append(
            Match(
                dataset=version.dataset,
                version=version.label,
                record=number,
                kind=seen.kind,
                words=stop - start,
                spans=_united(seen.spans),
                passage=shown if stop - start <= SHOWN_WORDS else f"{shown} ...",
                license=licenses.get(number, version.license),
                models=(),
                resemblance=seen.resemblance,
            )
        )
    return tuple(found)


def _licenses(side: VersionRecords, numbers: list[int]) -> dict[int, str]:
    """The license of each record that names one."""
    if not side.version.has_record_licenses:
        return {}
    spelled = record_licenses(side.home.fingerprint_root, side.version.id, numbers)
    return {number: parse_license(names[0]).expression for number, names in spelled.items() if names}


def _united(spans: Spans) -> tuple[tuple[int, int], ...]:
    united: Spans = []
    for start, stop in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], stop))
        else:
            united.append((start, stop))
    return tuple(united)
