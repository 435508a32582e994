"""Train-test overlap: how much of the tests of a model is found in what it was trained on."""

from collections.abc import Iterator
from fractions import Fraction

from registry.documents.beyond import OVERLAP, beyond_field
from registry.documents.eu_template import NOT_APPLICABLE, PROVIDER
from registry.documents.fields import Cell, Column, Field, Kind, Status, Table
from registry.documents.figures import exact, exactly, percent, share_of, told
from registry.documents.subject import listed
from registry.domain.benchmarks import (
    LEAST_FIELD,
    LEAST_SHARE,
    LEAST_WORDS,
    Outcome,
    Presence,
    SearchBasis,
    together,
)
from registry.domain.dataset import Visibility
from registry.domain.facts import BenchmarkFacts, ModelFacts, SearchFacts
from registry.domain.stated import NONE_STATED

CLOSER = (
    f"{PROVIDER}`benchmarks` of the model, each a dataset that is declared too; `none` where it is measured "
    "by none."
)
NO_TRAINING = f"{PROVIDER}`training` of the model: what it was trained on is not recorded."
METHOD = (
    "Every record of each test is looked for in all records of every dataset that the model, or a base "
    "model that is known here, was trained on. It is found where a record there has the same words (case, "
    "punctuation and layout aside), resembles it (Jaccard index of five-word shingles at least 0.8), or "
    "where "
    f"passages of at least {LEAST_WORDS} words that stand in both are at least {percent(LEAST_SHARE)} of its "
    f"words, or one whole field of it. A field of {LEAST_FIELD} to {LEAST_WORDS - 1} words counts where it "
    "stands whole. Phrases that many records of a test have, as instructions, are not counted. In part: a "
    "passage in common, too little for that. Passages of 36 words or more are always looked at, shorter ones "
    "often not within longer records. That a record is found does not say that the model learned it; that "
    "none is found does not say that no other wording of it was there."
)
BASES = {
    SearchBasis.VERIFIED: "verified: both read again",
    SearchBasis.INDEX: "passages proven by the fingerprints, near-duplicates estimated",
    SearchBasis.ESTIMATED: "estimated from the fingerprints, but for the same words",
}
_COUNTED = tuple(kind for kind in reversed(Presence) if kind is not Presence.ABSENT)
_COLUMNS = (
    Column("benchmark", "Test"),
    Column("reported", "Reported result"),
    Column("dataset", "Looked for in"),
    Column("records", "Records of the test", Kind.COUNT),
    Column("found", "Found", Kind.COUNT),
    Column("share", "Share found", Kind.SHARE),
    Column("same_words", "Same words", Kind.COUNT),
    Column("near_duplicates", "Near-duplicates", Kind.COUNT),
    Column("contained", "Contained", Kind.COUNT),
    Column("likely", "Likely (estimated)", Kind.COUNT),
    Column("in_part", "In part", Kind.COUNT),
    Column("basis", "How it is known"),
)


def overlap_field(model: ModelFacts) -> Field:
    """What is found of the tests of a projected model."""
    if not model.benchmarks:
        return _without(model)
    if not any(one.searches for one in model.benchmarks) and not (model.components or model.base_models):
        return beyond_field(OVERLAP, Status.GAP, None, NO_TRAINING)
    rows = tuple(row for one in model.benchmarks for row in _rows(one))
    summary = told([_said(one) for one in model.benchmarks])
    return beyond_field(
        OVERLAP, Status.COMPUTED, Table(f"{summary}.", _COLUMNS, rows), _closer(model.benchmarks), METHOD
    )


def rows_by_column(model: ModelFacts) -> list[dict[str, Cell]]:
    """The rows of that table by the keys of its columns."""
    keys = [column.key for column in _COLUMNS]
    return [dict(zip(keys, row, strict=True)) for one in model.benchmarks for row in _rows(one)]


def whole(benchmark: BenchmarkFacts) -> Outcome | None:
    """What is found of a test in any of the datasets that were searched; None where none was."""
    outcomes = tuple(one.outcome for one in benchmark.searches if one.outcome is not None)
    return together(outcomes) if outcomes else None


def not_searched(benchmark: BenchmarkFacts) -> tuple[SearchFacts, ...]:
    """The datasets in which a test could not be looked for."""
    return tuple(one for one in benchmark.searches if one.outcome is None)


def _without(model: ModelFacts) -> Field:
    if model.no_benchmarks is None:
        return beyond_field(OVERLAP, Status.GAP, None, CLOSER)
    if model.no_benchmarks == NONE_STATED:
        value = "The model is measured by no test."
        return beyond_field(OVERLAP, Status.DECLARED, value, None, "As the provider states.")
    return beyond_field(OVERLAP, Status.NOT_APPLICABLE, NOT_APPLICABLE, None, "As the provider states.")


def _said(benchmark: BenchmarkFacts) -> str:
    found = whole(benchmark)
    if found is None:
        return f"{benchmark.reference} was not looked for"
    share = percent(share_of(found.found, benchmark.records))
    estimate = found.count(Presence.LIKELY)
    so = f", {exact(estimate)} of them by estimate" if estimate else ""
    left = sum(one.datasets for one in not_searched(benchmark))
    where = f" in what could be searched ({exactly(left, 'dataset')} could not)" if left else ""
    of_all = exactly(benchmark.records, "record")
    return f"{benchmark.reference}: {exact(found.found)} of {of_all} ({share}) found{so}{where}"


def _rows(benchmark: BenchmarkFacts) -> Iterator[tuple[Cell, ...]]:
    """All that was searched, then each dataset in which anything is found, then the others added up."""
    searched = [one for one in benchmark.searches if one.outcome is not None]
    hits = [(one, one.outcome) for one in searched if one.outcome and any(one.outcome.kinds)]
    all_of_them = whole(benchmark)
    if all_of_them is None:
        yield _row(benchmark, "all training data", None, benchmark.unsearchable or "not searched")
    else:
        count = sum(one.datasets for one in searched)
        yield _row(benchmark, f"all that was searched: {exactly(count, 'dataset')}", all_of_them)
    for search, outcome in sorted(hits, key=lambda hit: (-hit[1].found, hit[0].dataset)):
        yield _row(benchmark, _place(search), outcome)
    rest = sum(one.datasets for one in searched) - sum(one.datasets for one, _ in hits)
    if hits and rest:
        start = _start(benchmark, f"{exactly(rest, 'other dataset')}: nothing")
        yield (*start, 0, Fraction(0), *[0] * len(_COUNTED), None)
    for reason, places in _reasons(benchmark).items():
        yield _row(benchmark, listed([_place(one) for one in places]), None, reason)


def _reasons(benchmark: BenchmarkFacts) -> dict[str, list[SearchFacts]]:
    found: dict[str, list[SearchFacts]] = {}
    if benchmark.unsearchable is None:
        for one in not_searched(benchmark):
            found.setdefault(f"not searched: {one.why or 'registry check does so'}", []).append(one)
    return found


def _place(search: SearchFacts) -> str:
    name = f"{search.dataset} ({exact(search.datasets)})" if search.datasets > 1 else search.dataset
    through = search.through not in {None, search.dataset, "base models"}
    notes = [f"through {search.through}"] if through else []
    notes += ["a part was used, all of it searched"] if search.is_part else []
    return f"{name}, {told(notes)}" if notes else name


def _start(benchmark: BenchmarkFacts, where: str) -> tuple[Cell, ...]:
    results = [": ".join(filter(None, pair)) for pair in benchmark.results]
    return (benchmark.reference, told([one for one in results if one]) or None, where, benchmark.records)


def _row(
    benchmark: BenchmarkFacts, where: str, outcome: Outcome | None, why: str | None = None
) -> tuple[Cell, ...]:
    if outcome is None:
        return (*_start(benchmark, where), *[None] * (len(_COUNTED) + 2), why)
    return (
        *_start(benchmark, where),
        outcome.found,
        share_of(outcome.found, benchmark.records),
        *map(outcome.count, _COUNTED),
        BASES[outcome.basis] if outcome.is_complete else f"at least; {BASES[outcome.basis]}",
    )


def _closer(benchmarks: tuple[BenchmarkFacts, ...]) -> str | None:
    """Who can make searchable what is not: data that is read here with full fingerprints."""
    tests = [one.reference for one in benchmarks if one.unsearchable]
    places = {
        one.dataset
        for test in benchmarks
        if not test.unsearchable
        for one in not_searched(test)
        if one.why and one.through is None and one.visibility is Visibility.PUBLIC
    }
    hidden = any(
        one.why and one.through is None and one.visibility is not Visibility.PUBLIC
        for test in benchmarks
        for one in not_searched(test)
    )
    named = [*tests, *sorted(places), *(["datasets that are not named"] if hidden else [])]
    if not named:
        return None
    return f"Whoever adds the datasets: `source`, with `fingerprints: full`, of {listed(named)}."
