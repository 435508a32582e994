"""What is found of benchmarks, kept: it holds as long as both fingerprints and the rule do."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry.domain.benchmarks import METHOD, Outcome, Presence, SearchBasis
from registry.fingerprint.parameters import RECIPE
from registry.store.snapshots import packed, unpacked
from registry.store.tables.benchmarks import BenchmarkOverlapRow


class Key(NamedTuple):
    """A benchmark and a version that is searched for it, by their identifiers."""

    benchmark: str
    version: str


def load_outcomes(session: Session, wanted: Mapping[Key, str]) -> dict[Key, Outcome]:
    """What is kept of these pairs and still holds; `wanted`: both fingerprints of each, joined by `+`."""
    benchmarks = {key.benchmark for key in wanted}
    rows = session.scalars(
        select(BenchmarkOverlapRow).where(
            BenchmarkOverlapRow.benchmark_version_id.in_(benchmarks),
            BenchmarkOverlapRow.recipe == RECIPE.name,
            BenchmarkOverlapRow.method == METHOD,
        )
    )
    found = ((Key(row.benchmark_version_id, row.version_id), row) for row in rows)
    return {key: _outcome(row) for key, row in found if wanted.get(key) == row.fingerprints}


def save_outcomes(session: Session, found: Iterable[tuple[Key, str, Outcome]]) -> None:
    """Keep what was found, in the place of what was kept of the same pairs before."""
    for key, fingerprints, outcome in found:
        session.execute(
            delete(BenchmarkOverlapRow).where(
                BenchmarkOverlapRow.benchmark_version_id == key.benchmark,
                BenchmarkOverlapRow.version_id == key.version,
            )
        )
        session.execute(insert(BenchmarkOverlapRow).values(**_row(key, fingerprints, outcome)))


def _row(key: Key, fingerprints: str, outcome: Outcome) -> dict[str, object]:
    return {
        "benchmark_version_id": key.benchmark,
        "version_id": key.version,
        "fingerprints": fingerprints,
        "recipe": RECIPE.name,
        "method": METHOD,
        "basis": outcome.basis.value,
        "is_complete": outcome.is_complete,
        "records": len(outcome.kinds),
        "short_records": outcome.short_records,
        "same_words": outcome.count(Presence.SAME_WORDS),
        "near_duplicates": outcome.count(Presence.NEAR_DUPLICATE),
        "contained": outcome.count(Presence.CONTAINED),
        "likely": outcome.count(Presence.LIKELY),
        "in_part": outcome.count(Presence.IN_PART),
        "kinds": packed(outcome.kinds),
    }


def _outcome(row: BenchmarkOverlapRow) -> Outcome:
    kinds = unpacked(row.kinds)
    return Outcome(SearchBasis(row.basis), kinds, row.short_records, row.is_complete)
