"""Applying what a model entry says of the tests that the model is measured by."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.declarations import schema
from registry.domain.identifiers import parse_reference
from registry.queries.catalogue import find_version, version_reference
from registry.store.statements import Evidence, state_only, withdraw
from registry.store.tables.benchmarks import BenchmarkRow
from registry.store.tables.training import ModelPropertyRow

BENCHMARKS = "benchmarks"


def apply_benchmarks(
    session: Session, version_id: str, entry: schema.Model, said_in: str, moment: str
) -> bool:
    """Record the tests of a model version, each by its dataset version; whether that is news.

    A name without a version stays with the version it was recorded with. Raises `NotFoundError` for a dataset
    that is not here. That there are none is a property like others, which ends where some are named.
    """
    stated = entry.benchmarks
    if stated is None:
        return False
    about = {"model_version_id": version_id}
    evidence = Evidence("declared", f"{said_in}: {BENCHMARKS}", "provider")
    if isinstance(stated, str) or not stated:
        return withdraw(session, BenchmarkRow, about, moment)
    news = withdraw(session, ModelPropertyRow, about | {"property": BENCHMARKS}, moment)
    pinned = _pinned(session, version_id)
    parts = [
        {
            "version_id": pinned.get(one.dataset) or find_version(session, one.dataset),
            "metric": one.metric,
            "reported": one.reported,
        }
        for one in stated
    ]
    return state_only(session, BenchmarkRow, about, parts, evidence, moment) or news


def notes_on_benchmarks(session: Session, version_id: str, entry: schema.Model) -> list[str]:
    """What to tell of benchmarks that stay pinned while a newer version is here."""
    pinned, notes = _pinned(session, version_id), []
    for name in dict.fromkeys(benchmarks_of(entry)):
        if name in pinned and (newest := find_version(session, name)) != pinned[name]:
            stays, is_newest = version_reference(session, pinned[name]), version_reference(session, newest)
            notes.append(f"the benchmark {name} is pinned to {stays}; the newest is {is_newest}")
    return notes


def _pinned(session: Session, version_id: str) -> dict[str, str]:
    """The benchmarks that are recorded already, by the name without a version: these never move."""
    rows = session.scalars(
        select(BenchmarkRow.version_id).where(
            BenchmarkRow.model_version_id == version_id, BenchmarkRow.superseded_at.is_(None)
        )
    )
    return {parse_reference(version_reference(session, key)).name: key for key in rows}


def benchmarks_of(entry: schema.Model) -> list[str]:
    """The datasets that an entry names as tests, `NAME[@VERSION]`."""
    stated = entry.benchmarks
    return [] if stated is None or isinstance(stated, str) else [one.dataset for one in stated]
