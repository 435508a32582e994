"""What all queries share: the row that a user's name means, and the statements that hold."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from registry.domain.identifiers import Reference
from registry.errors import NotFoundError
from registry.store.tables.base import StatementRow
from registry.store.tables.training import TrainingRunRow

S = TypeVar("S", bound=StatementRow)


def chosen_version(
    session: Session,
    kind: str,
    wanted: Reference,
    versions: Select[str, str],
    names: Select[str],
) -> str:
    """The identifier of the version that a reference means; the newest where it names none.

    versions: identifier and label of the versions of that name, newest first
    names:    every name there is, for those that come close

    Raises `NotFoundError`.
    """
    found = session.execute(versions).all()
    if not found:
        raise not_found(kind, wanted.name, session.scalars(names))
    for key, label in found:
        if wanted.version in {None, label}:
            return str(key)
    labels = ", ".join(label for _, label in found)
    raise NotFoundError(
        f"{wanted.name} has no version '{wanted.version}'", hint=f"its versions, newest first: {labels}"
    )


def not_found(kind: str, name: str, names: Iterable[str], *, listing: str | None = None) -> NotFoundError:
    """The error for a name that is not there, with the names that come close."""
    close = get_close_matches(name, sorted(names), n=3)
    all_of_them = f"list them with `{listing or f'registry {kind} list'}`"
    hint = f"did you mean {' or '.join(close)}? Or {all_of_them}" if close else all_of_them
    return NotFoundError(f"no {kind} named '{name}'", hint=hint)


def that_hold(session: Session, row: type[S], about: ColumnElement[bool]) -> Sequence[S]:
    """The statements about something that no newer one has superseded."""
    return session.scalars(select(row).where(about, row.superseded_at.is_(None))).all()


def last_said(row: type[StatementRow] | type[TrainingRunRow], about: ColumnElement[bool]) -> Select[str]:
    """When each statement about something was made, or ended."""
    return select(func.coalesce(row.superseded_at, row.recorded_at)).where(about)
