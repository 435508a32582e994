"""Recording what people ask for, and what became of it."""

from sqlalchemy.orm import Session

from registry.documents.request import Request
from registry.domain.identifiers import identity
from registry.store.statements import Evidence, state
from registry.store.tables.reservations import RequestResolutionRow, RequestRow


def request_id(kind: str, asked_by: str, about: str, received: str) -> str:
    """The identifier of a request: the same one on the same day is one."""
    return identity("request", kind, asked_by, about, received)


def save_request(session: Session, request: Request, found: str) -> bool:
    """Record a request with what it reached, as JSON; returns whether it is new."""
    if session.get(RequestRow, request.id) is not None:
        return False
    session.add(
        RequestRow(
            id=request.id,
            kind=request.kind,
            asked_by=request.asked_by,
            about=request.about,
            received=request.received,
            due=request.due,
            evidence=request.evidence,
            found=found,
            recorded_at=request.recorded_at,
        )
    )
    session.flush()
    return True


def resolve(session: Session, key: str, outcome: str, because: str, by: str, now: str) -> bool:
    """Record what became of a request; whether that is news."""
    says = {"outcome": outcome, "because": because, "resolved_by": by}
    evidence = Evidence("declared", "registry request resolve", "provider")
    return state(session, RequestResolutionRow, {"request_id": key}, says, evidence, now)
