"""Reading who holds rights in what and who contributed what: each is written once, and read from where it is.

Who alone holds a part stands in the holding, several stand beside it. Who created a part, and is presumed to
hold the rights in it for that reason, contributed it: only other contributions have rows of their own.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, literal, select, true, union_all
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.selectable import SelectBase

from registry.domain.agent import ContributorType
from registry.store.tables.rights import ContributionRow, RightsHoldingPartyRow, RightsHoldingRow

PRESUMED = "presumed-author"
Keys = Sequence[str] | SelectBase | None
_Rows = Select[*tuple[Any, ...]]


def shares(agents: Keys = None, versions: Keys = None) -> Subquery:
    """Each holder's share of each holding that is not superseded.

    The columns are `holding_id`, `version_id`, `license`, `basis`, `part`, `records`, `words`, `bytes`,
    `evidence_id`, `agent_id`, `numerator`, `denominator`; agents, versions: only of these
    """
    every = (
        rows.where(
            _among(rows.selected_columns.agent_id, agents), _among(rows.selected_columns.version_id, versions)
        )
        for rows in each_share()
    )
    return union_all(*every).subquery()


def each_share() -> tuple[_Rows, _Rows]:
    """The same, of all, as the selections that make it up: of who holds alone, and of several."""
    held, party = RightsHoldingRow, RightsHoldingPartyRow
    columns = (
        held.id.label("holding_id"),
        *(held.version_id, held.license, held.basis, held.part),
        *(held.records, held.words, held.bytes, held.evidence_id),
    )
    alone = select(
        *columns,
        held.holder_id.label("agent_id"),
        literal(1).label("numerator"),
        literal(1).label("denominator"),
    ).where(held.holder_id.is_not(None), held.superseded_at.is_(None))
    several = (
        select(*columns, party.agent_id, party.numerator, party.denominator)
        .join(party, party.holding_id == held.id)
        .where(held.superseded_at.is_(None))
    )
    return alone, several


def contributions(agents: Keys = None, versions: Keys = None) -> Subquery:
    """What each agent contributed; rows of an agent with the same license in a version are to be added up.

    The columns are `version_id`, `agent_id`, `contributor_type`, `license`, `records`, `words`, `bytes`;
    agents, versions: only of these
    """
    every = (
        rows.where(
            _among(rows.selected_columns.agent_id, agents), _among(rows.selected_columns.version_id, versions)
        )
        for rows in each_contribution()
    )
    return union_all(*every).subquery()


def each_contribution() -> tuple[_Rows, ...]:
    """The same, of all, as the selections that make it up, for conditions of another kind."""
    held, party, row = RightsHoldingRow, RightsHoldingPartyRow, ContributionRow
    creator = literal(ContributorType.CREATOR.value).label("contributor_type")
    parts = (held.license, held.records, held.words, held.bytes)
    presumed = (held.superseded_at.is_(None), held.basis == PRESUMED)
    return (
        select(
            row.version_id, row.agent_id, row.contributor_type, row.license, row.records, row.words, row.bytes
        ).where(row.superseded_at.is_(None)),
        select(held.version_id, held.holder_id.label("agent_id"), creator, *parts).where(
            held.holder_id.is_not(None), *presumed
        ),
        select(held.version_id, party.agent_id, creator, *parts)
        .join(party, party.holding_id == held.id)
        .where(*presumed),
    )


def _among(column: InstrumentedAttribute[Any] | ColumnElement[Any], keys: Keys) -> ColumnElement[bool]:
    return true() if keys is None else column.in_(keys)
