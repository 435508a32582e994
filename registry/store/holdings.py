"""Rights in a version as someone declares them: they take the place of what nobody is named for."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from registry.domain.declared_part import DeclaredPart, part_of_json, part_of_key
from registry.domain.facts import Size
from registry.domain.identifiers import identity
from registry.errors import RefusedError
from registry.store.statements import Evidence, save_evidence, state, withdraw
from registry.store.tables.datasets import VersionPropertyRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import RightsHoldingPartyRow, RightsHoldingRow

BY_DECLARATION = "declared"
HOLDERS = "rights_holders"
SizesByLicense = Mapping[str | None, Size]
SizesOfParts = Mapping[DeclaredPart, SizesByLicense]


@dataclass(frozen=True, slots=True)
class DeclaredHolder:
    """An agent and its exact share; what the shares leave is unidentified."""

    agent_id: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class DeclaredHolders:
    """Who is declared to hold rights in what names nobody: in parts, and in all the rest (`whole`)."""

    whole: tuple[DeclaredHolder, ...] = ()
    parts: Mapping[DeclaredPart, tuple[DeclaredHolder, ...]] = field(default_factory=dict)

    @property
    def groups(self) -> Iterator[tuple[DeclaredPart | None, tuple[DeclaredHolder, ...]]]:
        """The holders of each part by its key, then those of the rest."""
        yield from sorted(self.parts.items(), key=lambda item: item[0].key)
        yield None, self.whole

    def as_text(self) -> str:
        """As the statement is kept."""
        if not self.parts:
            return " ".join(f"{holder.agent_id}:{holder.share}" for holder in self.whole)
        stated = [
            {"agent": holder.agent_id, "share": str(holder.share)}
            | ({"part": part.as_json()} if part else {})
            for part, holders in self.groups
            for holder in holders
        ]
        return json.dumps(stated, sort_keys=True)


def stated_parts(session: Session, version_id: str) -> frozenset[DeclaredPart]:
    """The parts of a version that holders are declared of; each was counted, and they exclude each other."""
    text = session.scalar(
        select(VersionPropertyRow.value).where(
            VersionPropertyRow.version_id == version_id,
            VersionPropertyRow.property == HOLDERS,
            VersionPropertyRow.superseded_at.is_(None),
        )
    )
    stated = json.loads(text) if text and text.startswith("[") else []
    return frozenset(part_of_json(one["part"]) for one in stated if "part" in one)


def say_holders(
    session: Session, version_id: str, declared: DeclaredHolders, evidence: Evidence, now: str
) -> bool:
    """Record the statement alone, without what follows for the holdings; whether it is news."""
    about = {"version_id": version_id, "property": HOLDERS}
    if not (declared.whole or declared.parts):
        return withdraw(session, VersionPropertyRow, about, now)
    return state(session, VersionPropertyRow, about, {"value": declared.as_text()}, evidence, now)


def state_holders(
    session: Session,
    version_id: str,
    declared: DeclaredHolders,
    sizes: SizesOfParts,
    evidence: Evidence,
    now: str,
) -> None:
    """Put declared holders in the place of nobody, and of those declared before.

    sizes: of each part, what names nobody. What the records state themselves stays: the holdings remain a
    partition of the version. Raises `RefusedError` where the parts are more than what names nobody.
    """
    left = _end_unnamed(session, version_id, now)
    said = save_evidence(session, evidence, now)
    earlier = session.scalar(
        select(func.count()).select_from(RightsHoldingRow).where(RightsHoldingRow.version_id == version_id)
    )
    for part, holders in declared.groups:
        of_it = dict(left) if part is None else dict(sizes[part])
        for license_, size in sorted(of_it.items(), key=lambda item: item[0] or ""):
            if part is not None:
                left[license_] = _without(left.get(license_), size)
            elif declared.parts and not size.records:
                continue
            row = RightsHoldingRow(
                id=_identifier(version_id, earlier or 0, license_, part, holders),
                version_id=version_id,
                license=license_,
                basis="stated" if holders else "unidentified",
                part=None if part is None else part.key,
                records=size.records,
                words=size.words,
                bytes=size.bytes,
                recorded_at=now,
                superseded_at=None,
                asserted_by=evidence.asserted_by,
                evidence_id=said,
                holder_id=_alone(holders),
            )
            _save(session, row, holders)
    session.flush()


def _alone(holders: Sequence[DeclaredHolder]) -> str | None:
    """Who holds all of it."""
    return holders[0].agent_id if len(holders) == 1 and holders[0].share == 1 else None


def _save(session: Session, row: RightsHoldingRow, holders: Sequence[DeclaredHolder]) -> None:
    session.add(row)
    session.flush()
    if row.holder_id is not None:
        return
    session.add_all(
        RightsHoldingPartyRow(
            holding_id=row.id,
            agent_id=holder.agent_id,
            numerator=holder.share.numerator,
            denominator=holder.share.denominator,
        )
        for holder in holders
    )


def _identifier(
    version_id: str,
    earlier: int,
    license_: str | None,
    part: DeclaredPart | None,
    holders: Sequence[DeclaredHolder],
) -> str:
    names = [f"{holder.agent_id}:{holder.share}" for holder in holders]
    of_part = [] if part is None else [part.key]
    return identity("rights_holding", version_id, str(earlier), license_ or "", *of_part, *names)


def _without(whole: Size | None, part: Size) -> Size:
    if whole is None or part.records > whole.records or part.words > whole.words:
        raise RefusedError(
            "the parts that holders are declared of are more than what names nobody",
            hint="what is said beside the data has changed: record them as a new version",
        )
    return whole - part


def unnamed_sizes(session: Session, version_id: str) -> dict[str | None, Size]:
    """How much of a version names nobody, by own license, whoever is declared to hold rights in it."""
    return _added_up(_unnamed(session, version_id))


def part_sizes(session: Session, version_id: str) -> dict[DeclaredPart, dict[str | None, Size]]:
    """What names nobody in each part that holders are declared of, by own license, as it was counted."""
    rows = _unnamed(session, version_id)
    return {
        part: _added_up([row for row in rows if part_of_key(row.part) == part])
        for part in stated_parts(session, version_id)
    }


def _end_unnamed(session: Session, version_id: str, now: str) -> dict[str | None, Size]:
    """End the holdings of nobody and of those declared before; how much that was, by own license."""
    rows = _unnamed(session, version_id)
    for row in rows:
        row.superseded_at = now
    session.flush()
    return _added_up(rows)


def _unnamed(session: Session, version_id: str) -> Sequence[RightsHoldingRow]:
    return session.scalars(
        select(RightsHoldingRow)
        .join(EvidenceRow, EvidenceRow.id == RightsHoldingRow.evidence_id)
        .where(
            RightsHoldingRow.version_id == version_id,
            RightsHoldingRow.superseded_at.is_(None),
            or_(RightsHoldingRow.basis == "unidentified", is_declared()),
        )
    ).all()


def is_declared() -> ColumnElement[bool]:
    """Whether the evidence of a row is a declaration."""
    return EvidenceRow.kind == BY_DECLARATION


def _added_up(rows: Sequence[RightsHoldingRow]) -> dict[str | None, Size]:
    sizes: dict[str | None, Size] = {}
    for row in rows:
        size = Size(row.records, row.words, row.bytes)
        sizes[row.license] = sizes[row.license] + size if row.license in sizes else size
    return sizes
