"""Whom the metadata beside the data credit, recorded as contributors of the whole dataset."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.relators import contributor_type
from registry.sources.interface import Card
from registry.store.contributors import METADATA, StatedContributor, state_contributors
from registry.store.named_agents import save_named
from registry.store.statements import Evidence
from registry.store.tables.contributors import StatedContributorRow
from registry.store.tables.datasets import DatasetRow, DatasetVersionRow

_KIND = "metadata"


def credit_contributors(session: Session, version_id: str, card: Card | None, moment: str) -> list[str]:
    """Record who is credited, in the place of who was before; `contributors` where that is news.

    The publisher itself made these names public, so they are shown.
    """
    credited = card.contributors if card else ()
    if not credited and not _were_credited(session, version_id):
        return []
    dataset = session.scalars(
        select(DatasetRow.name)
        .join(DatasetVersionRow, DatasetVersionRow.dataset_id == DatasetRow.id)
        .where(DatasetVersionRow.id == version_id)
    ).one()
    names = {one.name for one in credited}
    agents = save_named(session, dataset, names, moment, credited=names)
    stated = [StatedContributor(agents[one.name], contributor_type(one.role), one.role) for one in credited]
    files = sorted({one.place.partition(":")[0] for one in credited}) or ["no file"]
    evidence = Evidence(_KIND, ", ".join(files), "publisher")
    news = state_contributors(session, version_id, METADATA, list(dict.fromkeys(stated)), evidence, moment)
    return ["contributors"] if news else []


def _were_credited(session: Session, version_id: str) -> bool:
    rows = select(StatedContributorRow.id).where(
        StatedContributorRow.version_id == version_id,
        StatedContributorRow.basis == METADATA,
        StatedContributorRow.superseded_at.is_(None),
    )
    return session.scalars(rows).first() is not None
