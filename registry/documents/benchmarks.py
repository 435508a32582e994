"""The tests of a model as an audience may see them: what is not public is neither named nor told apart."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from registry.documents.names import plain
from registry.documents.statements import Clean, web_address
from registry.domain.benchmarks import together
from registry.domain.dataset import Visibility
from registry.domain.facts import BenchmarkFacts, SearchFacts

UNNAMED = "datasets that are not named"
UNNAMED_OF_BASES = "datasets of base models that are not named"


def cleaned_benchmarks(found: Iterable[BenchmarkFacts], clean: Clean) -> tuple[BenchmarkFacts, ...]:
    """For those who may see everything: texts without e-mail addresses."""
    return tuple(
        replace(
            one,
            title=None if one.title is None else plain(one.title),
            url=web_address(one.url),
            results=tuple((_shown(metric, clean), _shown(said, clean)) for metric, said in one.results),
        )
        for one in found
    )


def public_benchmarks(found: Iterable[BenchmarkFacts], clean: Clean) -> tuple[BenchmarkFacts, ...]:
    """For the public: tests that are not public under a number, without their results where private.

    The datasets that are not public are one line, the model's own and those of base models apart, as in
    `public_overlap`: what single ones share with a test that everyone has would tell which they are.
    """
    cleaned = cleaned_benchmarks(found, clean)
    closed = [one for one in cleaned if one.visibility is not Visibility.PUBLIC]
    shown = [one for one in cleaned if one.visibility is Visibility.PUBLIC]
    shown += [_unnamed(one, number) for number, one in enumerate(closed, start=1)]
    return tuple(replace(one, searches=tuple(_public_searches(one.searches))) for one in shown)


def _shown(text: str | None, clean: Clean) -> str | None:
    return None if text is None else clean(text) or None


def _unnamed(one: BenchmarkFacts, number: int) -> BenchmarkFacts:
    results = one.results if one.visibility is Visibility.DESCRIBED else ()
    return replace(
        one,
        version_id=f"benchmark/{number}",
        reference=f"benchmark {number} that is not named",
        title=None,
        url=None,
        results=results,
    )


def _public_searches(searches: tuple[SearchFacts, ...]) -> Iterator[SearchFacts]:
    yield from (one for one in searches if one.visibility is Visibility.PUBLIC)
    for is_own, name in ((True, UNNAMED), (False, UNNAMED_OF_BASES)):
        closed = [
            one
            for one in searches
            if one.visibility is not Visibility.PUBLIC and (one.through is None) is is_own
        ]
        searched = tuple(one for one in closed if one.outcome is not None)
        others = tuple(one for one in closed if one.outcome is None)
        if searched:
            outcome = together(tuple(one.outcome for one in searched if one.outcome is not None))
            is_part = any(one.is_part for one in searched)
            yield replace(_line(name, searched, is_own=is_own), outcome=outcome, is_part=is_part)
        if others:
            yield replace(_line(name, others, is_own=is_own), why="they could not be searched")


def _line(name: str, found: tuple[SearchFacts, ...], *, is_own: bool) -> SearchFacts:
    through = None if is_own else "base models"
    return SearchFacts("", name, Visibility.PRIVATE, through, datasets=sum(one.datasets for one in found))
