"""Looking for the tests that models are measured by in what they were trained on; what is found is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from registry.app.contamination import Benchmark
from registry.app.home import Home
from registry.app.reread import VersionRecords
from registry.domain.benchmarks import Outcome
from registry.domain.dataset import Visibility
from registry.domain.facts import BenchmarkFacts, ModelFacts, SearchFacts, VersionFacts
from registry.errors import RefusedError, RegistryError, StoreError
from registry.queries.benchmarks import unsearchable
from registry.queries.fingerprinted import Fingerprinted, fingerprinted
from registry.store.benchmarks import Key, load_outcomes, save_outcomes

Told = Callable[[int, int], None]
_SAVED_AT_ONCE = 64
_NOT_HERE = "what it was trained on is not in this registry"


@dataclass(frozen=True, slots=True)
class Searched:
    """Models with what is found of their tests; why that could not be kept, where it could not."""

    models: tuple[ModelFacts, ...]
    not_kept: str | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the user should know of it."""
        kept = "What was found of benchmarks was computed, but could not be kept"
        return (f"{kept}: {self.not_kept}",) if self.not_kept else ()


def search_benchmarks(
    home: Home, models: Sequence[ModelFacts], told: Told = lambda _done, _all: None
) -> Searched:
    """Every test of every model in all that the model and its base models were trained on.

    What was searched before is taken as it was kept, as long as the fingerprints are the same. told: hears
    how many searches are done, of how many.
    """
    places = {model.id: tuple(_places(model)) for model in models if model.benchmarks}
    pairs = {
        Key(benchmark.version_id, place.version_id): None
        for model in models
        for benchmark in model.benchmarks
        if benchmark.unsearchable is None
        for place in places[model.id]
        if place.why is None
    }
    outcomes, why_not, not_kept = _outcomes(home, list(pairs), told) if pairs else ({}, {}, None)

    def searched(benchmark: BenchmarkFacts, place: SearchFacts) -> SearchFacts:
        key = Key(benchmark.version_id, place.version_id)
        return replace(place, outcome=outcomes.get(key), why=place.why or why_not.get(key))

    found = (
        replace(
            model,
            benchmarks=tuple(
                replace(one, searches=tuple(searched(one, place) for place in places[model.id]))
                for one in model.benchmarks
            ),
        )
        for model in models
    )
    return Searched(tuple(found), not_kept)


# --- where to look -----------------------------------------------------------------------------------------


def _places(model: ModelFacts) -> Iterator[SearchFacts]:
    """What a model was trained on, each version once: by its own runs, then by those of its base models."""
    seen: set[str] = set()
    for place in (*_own(model, None), *_of_bases(model, frozenset({model.reference}))):
        if place.version_id not in seen or not place.version_id:
            seen.add(place.version_id)
            yield place


def _own(model: ModelFacts, through: str | None) -> Iterator[SearchFacts]:
    for components in model.by_version():
        version = components[0].version
        is_part = not any(component.takes_all for component in components)
        yield _place(version, through, is_part=is_part)


def _place(version: VersionFacts, through: str | None, *, is_part: bool) -> SearchFacts:
    return SearchFacts(
        version.id, version.reference, version.visibility, through, is_part, why=unsearchable(version)
    )


def _of_bases(model: ModelFacts, above: frozenset[str], *, hidden: bool = False) -> Iterator[SearchFacts]:
    """What base models were trained on; nothing of it is public where one on the way there is not."""
    for base in model.base_models:
        known = base.model
        closed = hidden or {base.visibility, known.visibility if known else base.visibility} != {
            Visibility.PUBLIC
        }
        if known is None:
            shown = Visibility.PRIVATE if closed else base.visibility
            yield SearchFacts("", base.shown, shown, base.shown, why=_NOT_HERE)
        elif known.reference not in above:
            for place in _own(known, base.shown):
                yield replace(place, visibility=Visibility.PRIVATE) if closed else place
            yield from _of_bases(known, above | {known.reference}, hidden=closed)


# --- what is found -----------------------------------------------------------------------------------------


def _outcomes(
    home: Home, pairs: Sequence[Key], told: Told
) -> tuple[dict[Key, Outcome], dict[Key, str], str | None]:
    """What is found of each pair, why not of the others, and why nothing could be kept, if so."""
    with home.read() as session:
        known = {
            one.id: one for one in fingerprinted(session, sorted({key for pair in pairs for key in pair}))
        }
        prints = {pair: _fingerprints(known, pair) for pair in pairs if set(pair) <= set(known)}
        found = load_outcomes(session, prints)
    missing = [pair for pair in pairs if pair not in found]
    why_not: dict[Key, str] = {}
    not_kept, waiting = None, list[tuple[Key, str, Outcome]]()
    for number, (pair, outcome) in enumerate(_searches(home, known, missing)):
        told(number, len(missing))
        if isinstance(outcome, str):
            why_not[pair] = outcome
            continue
        found[pair] = outcome
        waiting.append((pair, prints[pair], outcome))
        if len(waiting) == _SAVED_AT_ONCE:
            not_kept = _keep(home, waiting) or not_kept
            waiting = []
    if waiting:
        not_kept = _keep(home, waiting) or not_kept
    return found, why_not, not_kept


def _searches(
    home: Home, known: Mapping[str, Fingerprinted], pairs: Iterable[Key]
) -> Iterator[tuple[Key, Outcome | str]]:
    """Each pair with what is found, or why it cannot be searched; a benchmark is read once for all of its."""
    ordered = sorted(pairs)
    benchmark: Benchmark | None = None
    for pair in ordered:
        if not set(pair) <= set(known):
            yield pair, "it is not there any more"
            continue
        if benchmark is None or benchmark.side.version.id != pair.benchmark:
            benchmark = Benchmark(VersionRecords(home, known[pair.benchmark]))
        try:
            yield pair, benchmark.search(VersionRecords(home, known[pair.version]))
        except RefusedError:
            yield pair, "its fingerprints are of another recipe"
        except (RegistryError, OSError):
            yield pair, "its fingerprints cannot be read"


def _fingerprints(known: Mapping[str, Fingerprinted], pair: Key) -> str:
    return "+".join(known[key].fingerprint_id for key in pair)


def _keep(home: Home, found: Sequence[tuple[Key, str, Outcome]]) -> str | None:
    """Keep what was found; why that was not possible, where it was not."""
    try:
        with home.write() as session:
            save_outcomes(session, found)
    except StoreError as error:
        return error.message
    return None
