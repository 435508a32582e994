"""py3langid's detector, its walk over the bytes compiled: the same answers in a fraction of the time."""

from functools import cache
from threading import Lock, Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I32, I64, U8, U32

_loading = Lock()


def classify(text: str) -> tuple[str, float]:
    """The ISO 639 code of the likeliest language of a text, and how likely it is."""
    with _loading:
        detector = _detector()
    language, confidence = detector.classify(text)
    return str(language), float(confidence)


def load_ahead() -> None:
    """Begin to unpack the model on another thread."""

    def load() -> None:
        with _loading:
            _detector()

    Thread(target=load, daemon=True).start()


@cache
def _detector() -> "_Detector":
    detector: _Detector = _Detector.from_model_file(MODEL_FILE, norm_probs=True)
    return detector


class _Detector(LanguageIdentifier):  # type: ignore[misc]  # untyped
    """Should the method replaced here ever have another name, theirs gives the same, only slower."""

    __slots__ = ("_counts", "_move", "_output", "_row")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._move: U32 = np.frombuffer(self.tk_nextmove, np.uint32)
        self._row: I64 = np.array(self.tk_row, np.int64) << 8
        self._output: I32 = np.array(self.tk_output, np.int32)
        self._counts: I32 = np.zeros(len(self.nb_ptc), np.int32)

    def _raw_score(self, text: bytes) -> NDArray[np.float32]:
        seen = np.empty(len(text), np.int64)
        count = _visit(self._move, self._row, self._output, np.frombuffer(text, np.uint8), self._counts, seen)
        features = seen[:count]
        visits = dict(zip(features.tolist(), self._counts[features].tolist(), strict=True))
        self._counts[features] = 0
        if not visits:
            return np.zeros(len(self.nb_classes), np.float32)  # no feature: each as likely as the others
        scores: NDArray[np.float32] = self._sparse_score(visits, self.nb_ptc)
        return scores


@compiled
def _visit(move: U32, row: I64, output: I32, text: U8, counts: I32, seen: I64) -> int:
    """Walk the automaton and count the features met, in order of first appearance; how many they are."""
    state = np.int64(0)
    distinct = 0
    for byte in text:
        state = np.int64(move[row[state] + byte])
        feature = output[state]
        if feature >= 0:
            if counts[feature] == 0:
                seen[distinct] = feature
                distinct += 1
            counts[feature] += 1
    return distinct
