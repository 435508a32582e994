"""Overlaps of versions, kept: a function of two fingerprints, so they hold as long as these do."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple, Protocol

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from registry.fingerprint.overlap import Interval, Overlap
from registry.fingerprint.parameters import RECIPE
from registry.store.tables.overlaps import OverlapRow

CHUNK = 10_000


class Version(Protocol):
    """What an overlap needs to know of a version."""

    @property
    def id(self) -> str:
        """Its identifier."""

    @property
    def fingerprint_id(self) -> str:
        """Its fingerprints."""


class Pair(NamedTuple):
    """Identifiers of two versions and what they share."""

    a: str
    b: str
    overlap: Overlap


def are_current(session: Session, versions: Sequence[Version]) -> bool:
    """Whether every version was compared with every other, all as they are now."""
    rows = session.execute(
        select(OverlapRow.a_version_id, OverlapRow.fingerprints).where(
            OverlapRow.a_version_id == OverlapRow.b_version_id
        )
    )
    return {(key, fingerprints) for key, fingerprints in rows} == {
        (version.id, _fingerprints(version, version)) for version in versions
    }


def load_overlaps(session: Session) -> list[Pair]:
    """All pairs that share anything, in the order of their identifiers."""
    rows = session.scalars(
        select(OverlapRow)
        .where(OverlapRow.a_version_id != OverlapRow.b_version_id)
        .order_by(OverlapRow.a_version_id, OverlapRow.b_version_id)
    )
    return [
        Pair(row.a_version_id, row.b_version_id, Overlap(row.scale, row.a, row.b, row.common)) for row in rows
    ]


def save_overlaps(
    session: Session, versions: Sequence[Version], found: Sequence[tuple[Version, Version, Overlap]]
) -> None:
    """Keep what all versions share, in the place of what was kept before."""
    session.execute(delete(OverlapRow))
    rows = [_row(version, version, Overlap(1, 0, 0, 0)) for version in versions]
    rows += [_row(*_ordered(a, b, overlap)) for a, b, overlap in found]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(OverlapRow), rows[start : start + CHUNK])


def _ordered(a: Version, b: Version, found: Overlap) -> tuple[Version, Version, Overlap]:
    return (a, b, found) if a.id < b.id else (b, a, found.turned)


def _row(a: Version, b: Version, found: Overlap) -> dict[str, object]:
    return {
        "a_version_id": a.id,
        "b_version_id": b.id,
        "fingerprints": _fingerprints(a, b),
        "recipe": RECIPE.name,
        **asdict(found),
        "a_in_b": found.a_in_b,
        "b_in_a": found.b_in_a,
        "resemblance": found.resemblance,
        **_ends("a_in_b", found.interval(found.a)),
        **_ends("b_in_a", found.interval(found.b)),
    }


def _ends(name: str, interval: Interval | None) -> dict[str, float | None]:
    return {
        f"{name}_low": interval.low if interval else None,
        f"{name}_high": interval.high if interval else None,
    }


def _fingerprints(a: Version, b: Version) -> str:
    return f"{a.fingerprint_id}+{b.fingerprint_id}"
