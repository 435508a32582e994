"""Which languages a dataset is in: a seeded sample of its records, detected and scaled up."""

from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from registry.domain.facts import Size
from registry.domain.languages import UNDETERMINED
from registry.domain.rounding import apportion
from registry.fingerprint.leaves import I64, U8, Leaves
from registry.measure.detector import classify, load_ahead
from registry.measure.tally import NOTHING

SAMPLE_SIZE = 2_000
SAMPLE_BYTES = 2_000  # of each record's content: more does not change the detector's mind
LEAST_WORDS = 5  # below that the detector guesses; such records are taken to be as the others are
LEAST_SHARE = 0.002  # of the sample's words: below that a language is as likely a mistake
LEAST_CONFIDENCE = 0.5


class LanguageSample:
    """The records with the smallest digests: a sample that depends on the content, not on its order."""

    def __init__(self, size: int = SAMPLE_SIZE) -> None:
        self._size = size
        self._kept: list[tuple[int, str, int, int]] = []
        self._bound = np.uint64(np.iinfo(np.uint64).max)

    def add(self, leaves: Leaves, content: NDArray[np.bool_], digests: U8, words: I64, sizes: I64) -> None:
        """Consider the records of a batch: digests uint8[records, 32], words and sizes int64[records]."""
        if not self._kept:
            load_ahead()
        prefix = np.ascontiguousarray(digests[:, :8]).view(">u8").ravel().astype(np.uint64)
        candidates = np.flatnonzero((prefix <= self._bound) & (words >= LEAST_WORDS))
        if len(candidates) > self._size:
            candidates = candidates[np.argpartition(prefix[candidates], self._size)[: self._size]]
        for record in candidates.tolist():
            text = _text_of(leaves, content, record)
            self._kept.append((int(prefix[record]), text, int(words[record]), int(sizes[record])))
        if len(self._kept) > self._size:
            self._kept = sorted(self._kept)[: self._size]
            self._bound = np.uint64(self._kept[-1][0])

    def detect(self) -> dict[str, Size]:
        """Records, words and bytes of the sample by language (ISO 639 code), mistakes as undetermined."""
        found: dict[str, Size] = {}
        for _, text, words, size in self._kept:
            language = _language(text)
            found[language] = found.get(language, NOTHING) + Size(1, words, size)
        total = sum((sums.words for sums in found.values()), 0)
        named: dict[str, Size] = {}
        for language, sums in sorted(found.items()):
            kept = language if sums.words >= LEAST_SHARE * total else UNDETERMINED
            named[kept] = named.get(kept, NOTHING) + sums
        return named


def scale(sample: dict[str, Size], total: Size, wordless: int) -> dict[str, Size]:
    """What the sample says of the whole; records without words are undetermined. Adds up to `total`."""
    languages = sorted({*sample, *([UNDETERMINED] if wordless or not sample else [])})
    parts = [sample.get(language, NOTHING) for language in languages]
    records = apportion(total.records - wordless, [part.records for part in parts])
    words = apportion(total.words, [part.words for part in parts])
    sizes = apportion(total.bytes, [part.bytes for part in parts])
    return {
        language: Size(
            records[place] + (wordless if language == UNDETERMINED else 0), words[place], sizes[place]
        )
        for place, language in enumerate(languages)
    }


def detector_version() -> str:
    """Which detector is used."""
    return f"py3langid {version('py3langid')}"


def _text_of(leaves: Leaves, content: NDArray[np.bool_], record: int) -> str:
    taken: list[bytes] = []
    for leaf in range(int(leaves.record[record]), int(leaves.record[record + 1])):
        if content[leaves.path[leaf]] and (room := SAMPLE_BYTES - sum(map(len, taken))) > 0:
            start = int(leaves.start[leaf])
            taken.append(leaves.data[start : min(int(leaves.stop[leaf]), start + room)].tobytes())
    return b"\n".join(taken).decode(errors="ignore")


def _language(text: str) -> str:
    language, confidence = classify(text)
    return language if confidence >= LEAST_CONFIDENCE else UNDETERMINED
