"""Allocation statements that were issued, and what they give whom. Private: for the owner of the registry."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.money import Currency
from registry.queries.training import model_reference
from registry.store.allocations import issued_rows, snapshot_of
from registry.store.tables.agents import AgentRow
from registry.store.tables.allocations import AllocationRow


@dataclass(frozen=True, slots=True)
class IssuedAllocation:
    """A statement that was issued; money as decimals. `holds`: no newer one of its period supersedes it.

    amounts: of the payees that were asked for, by key
    """

    id: str
    model: str
    period: str | None
    number: int
    holds: bool
    rule: str
    currency: str
    gross: str
    net: str
    payees: int
    digest: str
    issued_by: str
    issued_at: str
    amounts: Mapping[str, str] = field(default_factory=dict)


def list_allocations(session: Session) -> list[IssuedAllocation]:
    """Every statement that was issued, by model and period, the newest first."""
    rows = issued_rows(session)
    references = {row.model_version_id: model_reference(session, row.model_version_id) for row in rows}
    found = [_issued(row, references[row.model_version_id], holds=_holds(row, rows)) for row in rows]
    return sorted(found, key=lambda one: (one.model, one.period or "", -one.number))


def allocations_of_model(
    session: Session, model_version_id: str, payees: Collection[str] = ()
) -> list[IssuedAllocation]:
    """The statements issued over a model version, the newest of each period first.

    payees: keys (identifiers of agents) whose amounts are read from them; who has none is left out
    """
    rows, model = issued_rows(session, model_version_id), model_reference(session, model_version_id)
    return [_issued(row, model, holds=_holds(row, rows), payees=payees) for row in rows]


def declared_payees(session: Session, keys: Collection[str]) -> dict[str, str]:
    """The names of agents by their identifiers."""
    rows = session.execute(select(AgentRow.id, AgentRow.name).where(AgentRow.id.in_(sorted(keys))))
    return {str(key): str(name) for key, name in rows}


def _holds(row: AllocationRow, rows: Collection[AllocationRow]) -> bool:
    return not any(other.predecessor_id == row.id for other in rows)


def _issued(row: AllocationRow, model: str, *, holds: bool, payees: Collection[str] = ()) -> IssuedAllocation:
    money = Currency(row.currency, row.digits)
    return IssuedAllocation(
        id=row.statement_id,
        model=model,
        period=row.period or None,
        number=row.number,
        holds=holds,
        rule=row.rule,
        currency=row.currency,
        gross=money.amount(row.gross),
        net=money.amount(row.net),
        payees=row.payees,
        digest=row.digest,
        issued_by=row.issued_by,
        issued_at=row.issued_at,
        amounts=_amounts(row, frozenset(payees)) if payees else {},
    )


def _amounts(row: AllocationRow, payees: frozenset[str]) -> dict[str, str]:
    lines = json.loads(snapshot_of(row))["payees"]
    return {line["key"]: line["amount"] for line in lines if line["key"] in payees}
