"""The tests that models are measured by."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from registry.domain.dataset import FingerprintMode
from registry.domain.facts import BenchmarkFacts, VersionFacts
from registry.queries.lookup import that_hold
from registry.store.tables.benchmarks import BenchmarkRow


def benchmarks_of(
    session: Session, model_version_id: str, read: Callable[[Session, str], VersionFacts]
) -> tuple[BenchmarkFacts, ...]:
    """The tests of a model version by name, with what is reported on each; nothing is searched here."""
    results: dict[str, list[tuple[str | None, str | None]]] = {}
    for row in that_hold(session, BenchmarkRow, BenchmarkRow.model_version_id == model_version_id):
        results.setdefault(row.version_id, []).append((row.metric, row.reported))
    found = (_facts(read(session, key), said) for key, said in results.items())
    return tuple(sorted(found, key=lambda one: (one.reference, one.version_id)))


def _facts(version: VersionFacts, said: list[tuple[str | None, str | None]]) -> BenchmarkFacts:
    return BenchmarkFacts(
        version_id=version.id,
        reference=version.reference,
        title=version.title,
        url=version.url,
        visibility=version.visibility,
        records=version.size.records,
        results=tuple(sorted(said, key=lambda one: (one[0] or "", one[1] or ""))),
        unsearchable=unsearchable(version),
    )


def unsearchable(version: VersionFacts) -> str | None:
    """Why single records of a version cannot be found, or found in; None where they can."""
    if not version.is_measured:
        return "its data was never read here"
    if version.fingerprint_mode is not FingerprintMode.FULL:
        return f"{version.fingerprint_mode.value} fingerprints alone are kept of it"
    return None
