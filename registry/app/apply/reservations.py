"""Reservations that an entry declares of its dataset: said outright, or read from files that were fetched."""

from pathlib import Path

from sqlalchemy.orm import Session

from registry.app.reserve import Told, read_files, record_seen, said_outright
from registry.declarations import schema
from registry.domain.reservation import EVERYWHERE
from registry.store.statements import Evidence, withdraw
from registry.store.tables.reservations import ReservationRow

RESERVATIONS = "reservations"


def apply_reservations(
    session: Session, version_id: str, entry: schema.Dataset, file: Path, said_in: str, moment: str
) -> list[str]:
    """Record what an entry declares; the name of the key where any of it is news."""
    news = False
    if RESERVATIONS in entry.withdrawn:
        news = withdraw(session, ReservationRow, {"version_id": version_id}, moment)
    for one in entry.reservations or ():
        told = Told(one.observed, one.domain, None, EVERYWHERE, tuple(one.agents))
        where = Evidence("declared", said_in, "provider", one.evidence)
        if one.says is not None:
            seen = said_outright(one.protocol.value, one.says.value, one.evidence or said_in, told)
            news |= record_seen(session, seen, told, version_id, where, moment)
        for seen in read_files([file.parent / path for path in one.files or ()], told):
            news |= record_seen(session, seen, told, version_id, where, moment)
    return [RESERVATIONS] if news else []
