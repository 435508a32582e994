"""What is found of the tests of a model, as JSON."""

from itertools import islice

from registry.documents.contamination import METHOD, whole
from registry.documents.twin import Json
from registry.domain.benchmarks import LEAST_SHARE, LEAST_WORDS, Outcome, Presence
from registry.domain.facts import BenchmarkFacts, ModelFacts, SearchFacts

MOST_EXAMPLES = 10


def contamination_json(model: ModelFacts) -> list[Json]:
    """Each test of a projected model: what is found in all that was searched, and in each dataset.

    `interval`: records found without and with those that are estimated. `examples` are numbers of records of
    the test, as `registry lookup` gives them: no text is repeated.
    """
    return [_benchmark(one, model.stated_at) for one in model.benchmarks]


def _benchmark(one: BenchmarkFacts, stated_at: str) -> Json:
    found = whole(one)
    return {
        "benchmark": one.reference,
        "records": one.records,
        "results": [{"metric": metric, "reported": said} for metric, said in one.results],
        "all": None if found is None else _outcome(found),
        "datasets": [_search(search) for search in one.searches if search.outcome is not None],
        "not_searched": [
            _place(search) | {"why": search.why} for search in one.searches if search.outcome is None
        ],
        "unsearchable": one.unsearchable,
        "method": METHOD,
        "threshold": {"share_of_words": float(LEAST_SHARE), "passage_words": LEAST_WORDS},
        "state_of": stated_at,
    }


def _search(search: SearchFacts) -> Json:
    found = _outcome(search.outcome) if search.outcome else {}
    return _place(search) | {"part_used": search.is_part} | found


def _place(search: SearchFacts) -> Json:
    return {"dataset": search.dataset, "datasets": search.datasets, "through": search.through}


def _outcome(found: Outcome) -> Json:
    examples = (number for number, kind in enumerate(found.kinds) if kind >= Presence.LIKELY)
    return {
        "found": found.found,
        "interval": [found.certain, found.found],
        "same_words": found.count(Presence.SAME_WORDS),
        "near_duplicates": found.count(Presence.NEAR_DUPLICATE),
        "contained": found.count(Presence.CONTAINED),
        "likely": found.count(Presence.LIKELY),
        "in_part": found.count(Presence.IN_PART),
        "short_records": found.short_records,
        "basis": found.basis.value,
        "complete": found.is_complete,
        "examples": list(islice(examples, MOST_EXAMPLES)),
    }
