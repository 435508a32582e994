"""All figures of docs/accuracy.md, as JSON: parts that can be measured one at a time, and checked so."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.accuracy import asked, intervals, relations, winnowing
from benchmarks.accuracy.estimation import Errors, by_class, random_estimates
from benchmarks.accuracy.intervals import Coverage
from benchmarks.accuracy.real import real_estimates
from benchmarks.accuracy.relations import Registered

Json = Any
FILE: Final = Path(__file__).resolve().parents[2] / "docs" / "accuracy.json"
RUNS: Final = (winnowing.ONE - 1, winnowing.ONE, winnowing.TWO - 8, winnowing.TWO)


def estimation() -> Json:
    """Errors on random texts, by script and length."""
    return {name: _errors(found) for name, found in by_class(random_estimates()).items()}


def estimation_real() -> Json:
    """Errors on the shared data, by kind of text."""
    return {name: _errors(found.errors) for name, found in real_estimates().items()}


def containment() -> Json:
    """How often intervals hold the truth: by scale, by share, by size of the sketch, and of all."""
    found = intervals.coverages()
    by = {
        place: {
            str(value): _coverage([each for key, each in found.items() if key[place] == value])
            for value in values
        }
        for place, values in enumerate((intervals.SCALES, intervals.SHARES, intervals.SAMPLES))
    }
    return {
        "scale": by[0],
        "share": by[1],
        "sample": by[2],
        "all": _coverage(list(found.values())),
        "text": _coverage([intervals.text_coverage()]),
    }


def passages() -> Json:
    """How often planted runs are found."""
    found = [winnowing.found(words) for words in RUNS]
    return [{"words": one.words, "trials": one.trials, "one": one.one, "two": one.two} for one in found]


def relations_of(name: str) -> Callable[[Registered], Json]:
    """The relations of a family."""
    return lambda registered: relations.family(registered, name)


def within(registered: Registered) -> Json:
    """Sets with themselves."""
    return [relations.within(registered, name) for name in relations.WITHIN]


def controls(registered: Registered) -> Json:
    """Sets that share nothing."""
    return [relations.relation(registered, a, b) for a, b in relations.CONTROLS]


GENERATED: Final[Mapping[str, Callable[[], Json]]] = {
    "estimation": estimation,
    "containment": containment,
    "passages": passages,
}
SHARED: Final[Mapping[str, Callable[[Registered], Json]]] = {
    "estimation_real": lambda _: estimation_real(),
    **{f"relations_{name}": relations_of(name) for name in relations.FAMILIES},
    "within": within,
    "controls": controls,
    "mix": lambda registered: asked.mix(registered.scratch),
    "conflicts": lambda registered: asked.conflicts(registered.scratch),
    "looked_up": lambda registered: asked.looked_up(registered.scratch),
}


def measure_all(registered: Registered) -> Json:
    """Every part, by name."""
    return {name: part() for name, part in GENERATED.items()} | {
        name: part(registered) for name, part in SHARED.items()
    }


def _errors(found: Errors) -> Json:
    numbers = ("bias", "bias_sampling", "rmse", "theory", "ratio", "sampling")
    return {"pairs": found.pairs} | {name: round(float(getattr(found, name)), 5) for name in numbers}


def _coverage(parts: list[Coverage]) -> Json:
    whole = intervals.together(parts)
    return {"trials": whole.trials, "held": whole.held, "width": round(whole.width, 4)}
