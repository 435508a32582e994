"""The frozen Unicode table: what is a word character, what it folds to, and canonical normalisation."""

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Final

import numpy as np
from numpy.typing import NDArray

CODE_POINTS: Final = 0x110000
HANGUL_SYLLABLE, HANGUL_L, HANGUL_V, HANGUL_T = 0xAC00, 0x1100, 0x1161, 0x11A7
L_COUNT, V_COUNT, T_COUNT = 19, 21, 28


class Kind(IntEnum):
    """What a code point does to the word it stands in."""

    SEPARATOR = 0
    SKIPPED = 1  # default-ignorable, or a diacritic of Latin, Greek, Cyrillic
    LETTER = 2  # letter, digit, mark or low line: belongs to the word
    ALONE = 3  # letter or mark of a script written without spaces: a word of its own


@dataclass(frozen=True)
class UnicodeTable:
    """Contents of `unicode_table.npz` (see `scripts/unicode_table.py`).

    version:         of the Unicode Character Database, such as 15.0.0
    kind:            by code point, see `Kind`
    combining_class: by code point
    fold:            code points that fold to something else than themselves -> folded text
    decomposition:   code points -> full canonical decomposition (Hangul is algorithmic)
    composition:     pairs of code points -> primary composite
    """

    version: str
    kind: bytes
    combining_class: bytes
    fold: dict[int, str]
    decomposition: dict[int, str]
    composition: dict[tuple[int, int], int]

    def nfc(self, text: str) -> str:
        """Normalization Form C (Unicode Standard 3.11) of this table's Unicode version."""
        return text if text.isascii() else self._compose(self.nfd(text))

    def nfd(self, text: str) -> str:
        """Normalization Form D (Unicode Standard 3.11) of this table's Unicode version."""
        return self._order([part for character in text for part in self._decompose(ord(character))])

    def _decompose(self, code: int) -> str:
        syllable = code - HANGUL_SYLLABLE
        if not 0 <= syllable < L_COUNT * V_COUNT * T_COUNT:
            return self.decomposition.get(code, chr(code))
        rest, t = divmod(syllable, T_COUNT)
        l, v = divmod(rest, V_COUNT)  # noqa: E741 - the standard's names
        return chr(HANGUL_L + l) + chr(HANGUL_V + v) + (chr(HANGUL_T + t) if t else "")

    def _order(self, characters: list[str]) -> str:
        """Canonical ordering: each run of non-starters sorted by combining class, stably."""
        ordered: list[str] = []
        run: list[str] = []
        for character in characters:
            if self.combining_class[ord(character)]:
                run.append(character)
                continue
            ordered += sorted(run, key=lambda mark: self.combining_class[ord(mark)])
            run = []
            ordered.append(character)
        return "".join(ordered + sorted(run, key=lambda mark: self.combining_class[ord(mark)]))

    def _compose(self, text: str) -> str:
        composed: list[int] = []
        starter, last = -1, 0  # place of the last starter, combining class of what was kept after it
        for code in map(ord, text):
            combining = self.combining_class[code]
            blocked = starter < 0 or (starter != len(composed) - 1 and last >= combining)
            whole = None if blocked else self._pair(composed[starter], code)
            if whole is not None:
                composed[starter] = whole
                continue
            if combining == 0:
                starter = len(composed)
            last = combining
            composed.append(code)
        return "".join(map(chr, composed))

    def _pair(self, first: int, second: int) -> int | None:
        l, v = first - HANGUL_L, second - HANGUL_V  # noqa: E741 - the standard's names
        if 0 <= l < L_COUNT and 0 <= v < V_COUNT:
            return HANGUL_SYLLABLE + (l * V_COUNT + v) * T_COUNT
        syllable, t = first - HANGUL_SYLLABLE, second - HANGUL_T
        if 0 <= syllable < L_COUNT * V_COUNT * T_COUNT and syllable % T_COUNT == 0 and 0 < t < T_COUNT:
            return first + t
        return self.composition.get((first, second))


def texts(
    codes: NDArray[np.uint32], lengths: NDArray[np.uint8], letters: NDArray[np.uint32]
) -> dict[int, str]:
    """Unpack a map from code point to text from its three arrays."""
    stops = np.cumsum(lengths, dtype=np.int64)
    text = "".join(map(chr, letters.tolist()))
    return {
        code: text[stop - length : stop]
        for code, stop, length in zip(codes.tolist(), stops.tolist(), lengths.tolist(), strict=True)
    }


@cache
def unicode_table() -> UnicodeTable:
    """The committed table."""
    with (files("registry.fingerprint") / "unicode_table.npz").open("rb") as file, np.load(file) as data:
        pairs = map(tuple, data["composition"].tolist())
        return UnicodeTable(
            version=str(data["version"]),
            kind=data["kind"].tobytes(),
            combining_class=data["combining_class"].tobytes(),
            fold=texts(data["fold_code"], data["fold_length"], data["fold_letters"]),
            decomposition=texts(
                data["decomposition_code"], data["decomposition_length"], data["decomposition_letters"]
            ),
            composition={(first, second): whole for first, second, whole in pairs},
        )
