"""Erasing a person: rows go or become a tombstone's, texts lose the name, amounts stay."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Table, Text, delete, func, insert, or_, select, update
from sqlalchemy.orm import Session

from registry.domain.agent import AgentKind, normalise_name
from registry.domain.agent_identifiers import UNIQUE
from registry.domain.erasure import tombstone
from registry.domain.stated import AgreedSplits
from registry.store.agents import declared_agent
from registry.store.allocations import snapshot_of as allocation_of
from registry.store.editions import snapshot_of
from registry.store.encoded import decoded, encoded
from registry.store.named_agents import named_agent
from registry.store.renewed import is_renewable, referring, renew
from registry.store.snapshots import packed
from registry.store.tables.agents import AgentIdentifierRow, AgentPropertyRow, AgentRow
from registry.store.tables.all import METADATA
from registry.store.tables.allocations import AllocationRow
from registry.store.tables.datasets import VersionPropertyRow
from registry.store.tables.editions import EditionRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.reservations import AgentNameRow, ErasedNameRow, ErasureRow, RedactionRow
from registry.store.tables.rights import RightsHoldingPartyRow, RightsHoldingRow

_SHORT = 8
_OWN_TEXTS = (*UNIQUE, "email")  # properties that mean one person wherever they stand
_SHARED_TEXTS = ("name", "url", "contact", "handle")
_OWN = (AgentIdentifierRow, AgentPropertyRow, AgentNameRow)  # rows that are of the person and nobody else
# Names of data and models, digests and addresses of their files: not of a person, and relied on elsewhere.
_KEPT = {
    ("dataset", "name"),
    ("dataset_version", "label"),
    ("dataset_version", "source"),
    ("dataset_version", "reading"),
    ("distribution", "path"),
    ("model", "name"),
    ("model_version", "label"),
    ("version_domain", "domain"),
    ("version_field", "path"),
    ("reservation", "domain"),
    ("reservation", "host"),
    ("erasure", "commitment"),
    ("erased_name", "commitment"),
    ("version_license", "expression"),
    ("notice_text", "text"),  # letter for letter, as its license asks; known by its digest
}


@dataclass(frozen=True, slots=True)
class Person:
    """Whom to erase: agents, and every text that is the person's: names as spelled, identifiers."""

    agents: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(slots=True)
class Removed:
    """How many rows of which table, and which editions by kind and number."""

    rows: dict[str, int] = field(default_factory=dict)
    editions: list[str] = field(default_factory=list)
    telling: dict[str, set[str]] = field(default_factory=dict)  # identifiers that were derived of the person

    def tells(self, table: Table, identifiers: Iterable[str]) -> None:
        """Note rows whose identifiers were made from what is removed."""
        if is_renewable(table):
            self.telling.setdefault(table.name, set()).update(identifiers)

    def add(self, table: str, count: int) -> None:
        """Count some rows."""
        if count:
            self.rows[table] = self.rows.get(table, 0) + count

    def as_json(self) -> str:
        """For the tombstone."""
        return json.dumps({"rows": dict(sorted(self.rows.items())), "editions": len(self.editions)})


def texts_of(session: Session, agents: Sequence[AgentRow], *, alone: bool) -> tuple[str, ...]:
    """Every text that is of these agents.

    alone: others may have the same names, so only identifiers and addresses that nobody else has
    """
    keys = [agent.id for agent in agents]
    properties = _OWN_TEXTS if alone else (*_OWN_TEXTS, *_SHARED_TEXTS)
    found = set() if alone else {agent.name for agent in agents}
    identifiers = select(AgentIdentifierRow.value)
    said = select(AgentPropertyRow.value).where(AgentPropertyRow.property.in_(properties))
    if alone:
        identifiers = identifiers.where(AgentIdentifierRow.scheme.in_(UNIQUE))
    found.update(session.scalars(identifiers.where(AgentIdentifierRow.agent_id.in_(keys))))
    found.update(session.scalars(said.where(AgentPropertyRow.agent_id.in_(keys))))
    if alone:
        found.difference_update(session.scalars(identifiers.where(AgentIdentifierRow.agent_id.not_in(keys))))
        found.difference_update(session.scalars(said.where(AgentPropertyRow.agent_id.not_in(keys))))
    return tuple(sorted(filter(None, found), key=lambda text: (-len(text), text)))


def erase(session: Session, person: Person, number: int, key: bytes, now: str) -> Removed:
    """Remove what is of a person from every table; run again it finds nothing more."""
    removed = Removed()
    mark = tombstone(number)
    replaced, called = _tombstones(session, person, mark, now)
    _own_rows(session, person.agents, removed)
    _agreed_splits(session, replaced, called, removed)
    _point_elsewhere(session, replaced, removed)
    session.execute(delete(AgentRow).where(AgentRow.id.in_(list(replaced))))
    removed.add("agent", len(replaced))
    pattern = name_pattern(person.texts)
    _sweep(session, pattern, person.texts, mark, replaced, removed)
    _editions(session, pattern, mark, number, removed)
    _allocations(session, pattern, mark, replaced, removed)
    renew(session, key, removed.telling)
    return removed


def save_erasure(session: Session, row: ErasureRow) -> None:
    """Keep the tombstone."""
    session.add(row)
    session.flush()


def next_number(session: Session) -> int:
    """The number that the next erasure gets."""
    return (session.scalar(select(func.max(ErasureRow.number))) or 0) + 1


def commitments(session: Session) -> dict[str, int]:
    """The number of each erasure, by each of its commitments."""
    first = {row.commitment: row.number for row in session.scalars(select(ErasureRow))}
    return first | {row.commitment: row.erasure for row in session.scalars(select(ErasedNameRow))}


def save_commitments(session: Session, number: int, seals: Iterable[str]) -> None:
    """Keep further names of an erased person away; what is kept away already stays as it is."""
    known = commitments(session)
    new = [seal for seal in dict.fromkeys(seals) if seal not in known]
    session.add_all(ErasedNameRow(commitment=seal, erasure=number) for seal in new)
    session.flush()


def name_pattern(texts: Iterable[str]) -> re.Pattern[str]:
    """Any of some texts as whole words, in any case and spacing; a short one only where it stands alone.

    Alone is: the whole of a value, or between quotes, as in JSON.
    """
    return re.compile("|".join(_alternatives(texts)) or r"(?!)", re.IGNORECASE)


def _alternatives(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for spelled in dict.fromkeys((text, json.dumps(text)[1:-1])):
            words = r"\s+".join(map(re.escape, spelled.split()))
            if is_distinctive(text):
                yield rf"(?<!\w){words}(?!\w)"
            else:
                yield rf"(?:(?<=\")|\A){words}(?=\"|\Z)"


def is_distinctive(text: str) -> bool:
    """Whether a text, wherever it stands, hardly means anything else: two words, or long enough."""
    return " " in text.strip() or len(normalise_name(text)) >= _SHORT


def _tombstones(
    session: Session, person: Person, mark: str, now: str
) -> tuple[dict[str, str], dict[str, str]]:
    """An agent without a name for each that goes: the identifier of it, by that of the one that goes.

    Also what a declaration would call each, by its identifier.
    """
    found: dict[str, str] = {}
    called: dict[str, str] = {}
    for key in person.agents:
        scope = session.get_one(AgentRow, key).scope
        place = 0
        while (new := named_agent(scope, spelled := f"{mark} {place}" if place else mark)) in called:
            place += 1
        called[new] = spelled
        found[key] = new
        if session.get(AgentRow, new) is None:
            row = {"id": new, "kind": AgentKind.UNKNOWN.value, "name": mark, "scope": scope}
            session.execute(insert(AgentRow).values(**row, shown_as="withheld", recorded_at=now))
    for old, new in found.items():
        into = session.get_one(AgentRow, old).merged_into
        if into is not None:
            merged = update(AgentRow).where(AgentRow.id == new)
            session.execute(merged.values(merged_into=found.get(into, into)))
    return {old: new for old, new in found.items() if old != new}, called


def _own_rows(session: Session, agents: Sequence[str], removed: Removed) -> None:
    """What is stated of the person, and the evidence that supports nothing else."""
    evidence = set(
        session.scalars(select(AgentPropertyRow.evidence_id).where(AgentPropertyRow.agent_id.in_(agents)))
    )
    for table in _OWN:
        result = session.execute(delete(table).where(table.agent_id.in_(agents)))
        removed.add(table.__tablename__, int(getattr(result, "rowcount", 0)))
    for key in evidence:
        if not any(_refers(session, column, key) for column in referring(EvidenceRow.__tablename__)):
            session.execute(delete(EvidenceRow).where(EvidenceRow.id == key))
            removed.add(EvidenceRow.__tablename__, 1)


def _refers(session: Session, column: Column[Any], key: str) -> bool:
    return session.execute(select(column).where(column == key).limit(1)).first() is not None


def _agreed_splits(
    session: Session, replaced: Mapping[str, str], called: Mapping[str, str], removed: Removed
) -> None:
    """The tombstone among the parties of agreed splits, who are named as declared: the share stays."""
    rows = session.scalars(select(VersionPropertyRow).where(VersionPropertyRow.property == "agreed_splits"))
    for row in rows.all():
        agreed: AgreedSplits = decoded(row.value, AgreedSplits)
        parties = {party: replaced.get(declared_agent(party)) for party, _ in agreed.shares}
        if any(parties.values()):
            shares = [
                (called[new] if (new := parties[party]) else party, part) for party, part in agreed.shares
            ]
            row.value = encoded(replace(agreed, shares=tuple(shares)), AgreedSplits)
            removed.tells(METADATA.tables[VersionPropertyRow.__tablename__], [row.id])
            removed.add(VersionPropertyRow.__tablename__, 1)
    session.flush()


def _point_elsewhere(session: Session, replaced: Mapping[str, str], removed: Removed) -> None:
    """Contributions, holdings and what else points at the person point at the tombstone: amounts stay."""
    held = select(RightsHoldingPartyRow.holding_id)
    for old in replaced:
        holdings = session.scalars(held.where(RightsHoldingPartyRow.agent_id == old))
        removed.tells(METADATA.tables[RightsHoldingRow.__tablename__], holdings)
    for column in referring(AgentRow.__tablename__):
        for old, new in replaced.items():
            if is_renewable(column.table):
                removed.tells(
                    column.table, session.scalars(select(column.table.c.id).where(column == old)).all()
                )
            result = session.execute(update(column.table).where(column == old).values({column.name: new}))
            removed.add(column.table.name, int(getattr(result, "rowcount", 0)))


def _sweep(
    session: Session,
    pattern: re.Pattern[str],
    texts: Sequence[str],
    mark: str,
    replaced: Mapping[str, str],
    removed: Removed,
) -> None:
    """Texts of all tables: the person's become the tombstone, and old identifiers new ones."""
    ids = _any_of(replaced)
    for table in METADATA.sorted_tables:
        columns = [
            column
            for column in table.columns
            if isinstance(column.type, Text)
            and (table.name, column.name) not in _KEPT
            and not column.foreign_keys
        ]
        for row in _holding(session, table, columns, (*texts, *replaced)):
            changed: dict[str, str] = {}
            for column in columns:
                value = row[column.name]
                if isinstance(value, str):
                    new = ids.sub(lambda found: replaced[found[0]], pattern.sub(mark, value))
                    if new != value:
                        changed[column.name] = new
            if changed:
                same = [column == row[column.name] for column in table.primary_key.columns]
                session.execute(update(table).where(*same).values(**changed))
                removed.add(table.name, 1)
                if is_renewable(table):
                    removed.tells(table, [row["id"]])


def _holding(
    session: Session, table: Table, columns: Sequence[Column[Any]], texts: Iterable[str]
) -> list[Mapping[str, Any]]:
    """The rows that may hold one of some texts: what the database can tell of it."""
    parts = {max(text.split(), key=len) for text in texts if text.strip()}
    spelled = {form for part in parts for form in (part, json.dumps(part)[1:-1])}
    wanted = [column.icontains(form, autoescape=True) for column in columns for form in sorted(spelled)]
    if not wanted:
        return []
    return [dict(row) for row in session.execute(select(table).where(or_(*wanted))).mappings()]


def _allocations(
    session: Session,
    pattern: re.Pattern[str],
    mark: str,
    replaced: Mapping[str, str],
    removed: Removed,
) -> None:
    """Statements that were issued: the tombstone in the person's line, whose amount stays."""
    ids = _any_of(replaced)
    for row in session.scalars(select(AllocationRow)):
        before = allocation_of(row)
        text = ids.sub(lambda found: replaced[found[0]], pattern.sub(mark, before.decode()))
        if text.encode() != before:
            row.snapshot = packed(text.encode())
            row.digest = sha256(text.encode()).hexdigest()
            removed.add(AllocationRow.__tablename__, 1)
    session.flush()


def _any_of(identifiers: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(identifiers) or r"(?!)")


def _editions(
    session: Session,
    pattern: re.Pattern[str],
    mark: str,
    number: int,
    removed: Removed,
) -> None:
    """Frozen documents that name the person: the tombstone in its place, and both digests kept."""
    for row in session.scalars(select(EditionRow)):
        before = snapshot_of(row)
        after = pattern.sub(mark, before.decode()).encode()
        if after == before:
            continue
        row.snapshot = packed(after)
        session.add(
            RedactionRow(
                edition_id=row.id,
                erasure=number,
                digest_before=sha256(before).hexdigest(),
                digest_after=sha256(after).hexdigest(),
            )
        )
        removed.editions.append(f"{row.kind} {row.number}")
    session.flush()
