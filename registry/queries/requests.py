"""What people asked for, and what their words mean here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.documents.request import Part, Request
from registry.domain.agent_identifiers import spellings_in_schemes
from registry.domain.stated import RightsContact
from registry.errors import NotFoundError
from registry.queries.contributors import UNKNOWN, Sizes, largest, stated_sizes
from registry.queries.reach import version_names
from registry.store.agent_names import named
from registry.store.encoded import decoded
from registry.store.merges import merged_below
from registry.store.rights import contributions, shares
from registry.store.tables.agents import AgentIdentifierRow, AgentRow, ProviderAnswerRow
from registry.store.tables.datasets import VersionDomainRow
from registry.store.tables.reservations import RequestResolutionRow, RequestRow

_IN_RECORDS = "named in the records, or declared"
_OF_THE_WHOLE = "credited for the whole"


def list_requests(session: Session) -> list[Request]:
    """Every request, the oldest first."""
    rows = session.execute(
        select(RequestRow, RequestResolutionRow)
        .outerjoin(
            RequestResolutionRow,
            (RequestResolutionRow.request_id == RequestRow.id) & RequestResolutionRow.superseded_at.is_(None),
        )
        .order_by(RequestRow.received, RequestRow.recorded_at, RequestRow.id)
    )
    return [_request(row, resolution) for row, resolution in rows]


def find_request(session: Session, key: str) -> tuple[Request, str]:
    """The request of an identifier, or of its first letters, and what it reached when it was recorded."""
    found = [one for one in list_requests(session) if one.id.startswith(key.lower())] if key else []
    if len(found) != 1:
        what = f"{len(found)} requests begin with '{key}'" if found else f"no request '{key}'"
        raise NotFoundError(what, hint="list them with `registry request list`")
    return found[0], session.get_one(RequestRow, found[0].id).found


def counts(session: Session) -> list[tuple[str, str, int]]:
    """How many requests of each kind had which outcome (`open` where none): what may be public of them."""
    found: dict[tuple[str, str], int] = {}
    for one in list_requests(session):
        key = (one.kind, one.outcome or "open")
        found[key] = found.get(key, 0) + 1
    return [(*key, count) for key, count in sorted(found.items())]


def answer_within_days(session: Session) -> int | None:
    """The shortest time in which a provider says that it answers; None where none does."""
    stated = session.scalars(
        select(ProviderAnswerRow.value).where(
            ProviderAnswerRow.question == "rights_contact", ProviderAnswerRow.superseded_at.is_(None)
        )
    )
    contacts: Iterable[RightsContact] = (decoded(value, RightsContact) for value in stated)
    days = [one.answer_within_days for one in contacts if one.answer_within_days is not None]
    return min(days, default=None)


def agents_meant(session: Session, name: str) -> list[AgentRow]:
    """The agents of a name, and all that are merged with one of them."""
    called = agents_named(session, name)
    standing = {row.merged_into or row.id for row in called}
    keys = {*(row.id for row in called), *standing, *merged_below(session, sorted(standing))}
    return [session.get_one(AgentRow, key) for key in sorted(keys)]


def agents_named(session: Session, name: str) -> list[AgentRow]:
    """The agents of a name however it is spelled, of an identifier of theirs, or of our own."""
    spelled = (name.strip(), *spellings_in_schemes(name))
    by_identifier = select(AgentIdentifierRow.agent_id).where(AgentIdentifierRow.value.in_(spelled))
    keys = {*session.scalars(by_identifier), *named(session, name), name}
    return [row for key in sorted(keys) if (row := session.get(AgentRow, key)) is not None]


def parts_of_agents(session: Session, agents: Iterable[str]) -> list[Part]:
    """What of each version agents contributed, hold rights in or are credited for, whichever is most."""
    keys = list(agents)
    of_them = shares(agents=keys).c
    each = (
        select(of_them.holding_id, of_them.version_id, of_them.records, of_them.words).distinct().subquery().c
    )
    held = _sums(
        session.execute(
            select(each.version_id, func.sum(each.records), func.sum(each.words)).group_by(each.version_id)
        )
    )
    made = contributions(agents=keys).c
    given = session.execute(
        select(made.version_id, made.contributor_type, func.sum(made.records), func.sum(made.words)).group_by(
            made.version_id, made.contributor_type
        )
    )
    for version, _, records, words in given:
        held[version] = max(held.get(version, (0, 0)), (int(records), int(words)))
    stated = stated_sizes(session, dict.fromkeys(keys, ""))
    return _with_credits(session, held, {version: sizes for (_, version), sizes in stated.items()})


def _with_credits(session: Session, held: Mapping[str, Sizes], stated: Mapping[str, Sizes]) -> list[Part]:
    """What is known of records, and of versions that someone credits the agents for as a whole."""
    names = version_names(session)
    found = []
    for version in {**held, **stated}:
        is_whole = stated.get(version) == UNKNOWN
        how = [_IN_RECORDS] * (version in held or not is_whole) + [_OF_THE_WHOLE] * is_whole
        sizes = largest(held.get(version, UNKNOWN), stated.get(version, UNKNOWN))
        found.append(Part(version, *names[version], *sizes, "; ".join(how)))
    return sorted(found, key=lambda part: part.dataset)


def parts_of_domain(session: Session, domain: str, how: str) -> list[Part]:
    """What of each version comes from a registrable domain."""
    rows = session.execute(
        select(VersionDomainRow.version_id, VersionDomainRow.records, VersionDomainRow.words).where(
            VersionDomainRow.domain == domain
        )
    )
    return parts(session, _sums(rows), how)


def parts(session: Session, sizes: Mapping[str, Sizes], how: str) -> list[Part]:
    """Sizes by version as parts, by name."""
    names = version_names(session)
    found = [Part(version, *names[version], *size, how) for version, size in sizes.items()]
    return sorted(found, key=lambda part: part.dataset)


def _sums(rows: Iterable[Iterable[object]]) -> dict[str, tuple[int, int]]:
    return {str(version): (int(str(records)), int(str(words))) for version, records, words in rows}


def _request(row: RequestRow, resolution: RequestResolutionRow | None) -> Request:
    asked = Request(
        id=row.id,
        kind=row.kind,
        asked_by=row.asked_by,
        about=row.about,
        received=row.received,
        due=row.due,
        recorded_at=row.recorded_at,
        evidence=row.evidence,
    )
    if resolution is None:
        return asked
    return replace(
        asked,
        outcome=resolution.outcome,
        because=resolution.because,
        resolved_by=resolution.resolved_by,
        resolved_at=resolution.recorded_at,
    )
