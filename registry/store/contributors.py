"""Stating who took part in a dataset version."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from registry.domain.agent import ContributorType
from registry.store.statements import Evidence, state_only
from registry.store.tables.contributors import StatedContributorRow

DECLARED = "declared"
METADATA = "metadata"


@dataclass(frozen=True, slots=True)
class StatedContributor:
    """An agent, how it took part (with the MARC relator code, where the source gives one), in how much."""

    agent_id: str
    contributor_type: ContributorType
    role: str = ""
    records: int | None = None
    words: int | None = None


def state_contributors(
    session: Session,
    version_id: str,
    basis: str,
    contributors: Sequence[StatedContributor],
    evidence: Evidence,
    now: str,
) -> bool:
    """State that on this basis these took part, and no others; returns whether that is news."""
    parts = [asdict(one) | {"contributor_type": one.contributor_type.value} for one in contributors]
    about = {"version_id": version_id, "basis": basis}
    return state_only(session, StatedContributorRow, about, parts, evidence, now)
