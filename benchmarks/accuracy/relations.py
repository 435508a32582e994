"""The relations between the shared datasets: what the registry says, what brute force says, what is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from benchmarks.accuracy import brute, pairs
from benchmarks.accuracy.brute import Known
from benchmarks.accuracy.measure import distinct
from benchmarks.accuracy.sets import SETS, truth
from registry.fingerprint.overlap import overlap
from registry.fingerprint.sketch import Sketch

Json = dict[str, Any]
SAMPLED: Final = 10  # the sets are small enough for exact sketches; this scale shows intervals at work
CONTROLS: Final = tuple(
    ("ud_pud:sent", other)
    for other in (
        *("gsm8k/train:full", "gpteacher/codegen:full", "gpteacher/toolformer-dedupe-only:full"),
        *("tinyshakespeare:speech", "standardebooks_pp:para", "se_datascience_meta:body", "xquad/en:context"),
    )
)
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "seed": ("seed/",),
    "toolformer": ("gpteacher/toolformer",),
    "codealpaca": ("codealpaca/",),
    "gsm8k": ("gsm8k/",),
    "humaneval": ("humaneval",),
    "mbpp": ("mbpp:",),
    "pride": ("gutenberg_pp/",),
    "xquad": ("xquad/",),
    "bbh": ("bbh/",),
}
WITHIN: Final = (
    *("tinyshakespeare:speech", "gpteacher/toolformer-dedupe-only:full", "codealpaca/new:instruction"),
    *("mbpp:code", "mbpp:prompt", "standardebooks_pp:para", "gutenberg_pp/1342-0.txt:para"),
    *("se_datascience_meta:body", "bbh/tracking_shuffled_objects_five_objects:input", "ud_pud:sent"),
    *(f"xquad/{language}:question" for language in ("en", "de", "es", "zh", "ar", "hi")),
)


class Outcome(Protocol):
    """What the command printed."""

    @property
    def json(self) -> Any:
        """As JSON."""


@dataclass(frozen=True)
class Registered:
    """The sets in a registry of their own, read when first asked for; `command`: the `registry` command."""

    command: Callable[..., Outcome]
    scratch: Path
    _names: dict[str, str] = field(default_factory=dict)
    _known: dict[str, Known] = field(default_factory=dict)

    def name(self, data: str) -> str:
        """The dataset that a set is."""
        if data not in self._names:
            self._names[data] = f"set-{len(self._names)}"
            file = SETS[data].file(self.scratch)
            self.command("ingest", file, "--name", self._names[data], "--language", "en", *SETS[data].options)
        return self._names[data]

    def known(self, data: str) -> Known:
        """The set, read by hand."""
        if data not in self._known:
            self._known[data] = brute.known(SETS[data].rows())
        return self._known[data]

    def compare(self, *data: str, decide: str) -> Json:
        """What `registry compare` says."""
        names = [self.name(each) for each in data]
        found: Json = self.command("compare", *names, decide, "--format", "json").json
        return found


def family_of(relation: Json) -> str:
    """The family a relation of the truth belongs to."""
    return next(name for name, prefixes in FAMILIES.items() if relation["a"].startswith(prefixes))


def family(registered: Registered, name: str) -> list[Json]:
    """All relations of one family, in the order of the truth."""
    known = [each for each in truth()["pairs"] if family_of(each) == name]
    return [relation(registered, each["a"], each["b"]) | {"known": _told(each)} for each in known]


def relation(registered: Registered, a: str, b: str) -> Json:
    """Two sets: the registry's figures, and those of brute force."""
    left, right = registered.known(a), registered.known(b)
    true, estimated, verified = (
        find(left, right) for find in (brute.near_pairs, pairs.estimated, pairs.verified)
    )
    return {
        "a": a,
        "b": b,
        "registry": _registry(registered, a, b),
        "brute": _brute(left, right, true),
        "estimated": _quality(true, estimated, len(right)),
        "verified": _quality(true, verified, len(right)),
        "sampled": _sampled(left, right),
    }


def within(registered: Registered, name: str) -> Json:
    """One set with itself."""
    whole = registered.known(name)
    found = registered.compare(name, decide="--exact")
    near = brute.near_pairs_within(whole)
    spelt = [words for words in whole.words if words]
    known: Json = next((each for each in truth()["self"] if each["set"] == name), {})
    return {
        "set": name,
        "records": len(whole),
        "registry": {
            "words_equal": found["words_equal_records"],
            "near_pairs": found["near_duplicates"]["pairs"],
            "repeats": found["near_duplicate_records"],
        },
        "brute": {
            "words_equal": len(spelt) - len(set(spelt)),
            "near_pairs": len(near),
            "repeats": len(np.unique(near[:, 1])),
        },
        "known": {"norm_equal": known["rows"] - known["distinct_norm"], "near_pairs": known["near_pairs"]},
    }


def _registry(registered: Registered, a: str, b: str) -> Json:
    exact, estimate = (registered.compare(a, b, decide=decide) for decide in ("--exact", "--estimate"))
    near = exact["near_duplicates"]
    return {
        "records_equal": exact["records_equal"],
        "words_equal": exact["words_equal"],
        "near": {key: near[key] for key in ("pairs", "a", "b")},
        "estimated_pairs": estimate["near_duplicates"]["pairs"],
        "sketch": exact["sketch"],
    }


def _brute(a: Known, b: Known, near: brute.Pairs) -> Json:
    words, shared = brute.words_equal(a, b), brute.overlap(a, b)
    return {
        "records": {"a": len(a), "b": len(b)},
        "records_equal": brute.records_equal(a, b),
        "words_equal": {"a": words.a, "b": words.b},
        "near": {"pairs": len(near), "a": len(np.unique(near[:, 0])), "b": len(np.unique(near[:, 1]))},
        "sketch": {"scale": shared.scale, "a": shared.a, "b": shared.b, "common": shared.common},
    }


def _quality(true: brute.Pairs, listed: brute.Pairs, records: int) -> Json:
    found = pairs.recall(true, listed, records)
    return {"listed": found.listed, "true": found.true, "both": found.both}


def _sampled(a: Known, b: Known) -> Json:
    """Containments from sketches of a coarser scale, with their intervals."""
    found = overlap(*(_sketch(each).downsample(SAMPLED) for each in (a, b)))
    ends = [found.interval(of) for of in (found.a, found.b)]
    return {
        side: {
            "share": share and round(share, 6),
            "low": end and round(end.low, 6),
            "high": end and round(end.high, 6),
        }
        for side, share, end in zip(("a_in_b", "b_in_a"), (found.a_in_b, found.b_in_a), ends, strict=True)
    }


def _sketch(data: Known) -> Sketch:
    hashes = distinct(data.sets)
    return Sketch(1, hashes, np.ones(len(hashes), np.uint64))


def _told(known: Json) -> Json:
    """Of the known truth what stands beside ours."""
    kept = ("raw_a_in_b", "norm_a_in_b", "norm_b_in_a", "near_pairs", "near_a", "near_b")
    return {key: known[key] for key in kept}
