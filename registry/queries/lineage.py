"""The graph of declared derivations, with the evidence of each, and the terms that are inherited along it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from registry.domain.dataset import Origin, Visibility
from registry.domain.license import NOASSERTION
from registry.domain.lineage import NOT_FROM_ITSELF, Link, ancestors, by_child
from registry.domain.terms import UNSTATED, InheritedLicense, Terms, own_terms
from registry.store.tables.datasets import (
    ContradictionRow,
    DatasetRow,
    DatasetVersionRow,
    VersionLicenseRow,
    VersionPropertyRow,
)
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import DerivationRow, LicenseStatementRow

_CHUNK = 500  # identifiers in one statement: both databases take as many, and more


@dataclass(frozen=True, slots=True)
class Lineage:
    """What versions were made from, and the own terms of every version that is named in it.

    links: all as stated, self-loops too; terms, visibility: by reference, of what is here
    """

    links: tuple[Link, ...]
    terms: Mapping[str, Terms]
    visibility: Mapping[str, Visibility]
    parents: Mapping[str, tuple[Link, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Order the links once."""
        object.__setattr__(self, "parents", by_child(self.links))

    def inherited(self, reference: str) -> tuple[InheritedLicense, ...]:
        """Everything that a version was made from, the nearest first, with its own terms."""
        return tuple(
            InheritedLicense(one, self.terms.get(one.reference, UNSTATED), self.visibility.get(one.reference))
            for one in ancestors(reference, self.parents)
        )


def load_lineage(session: Session, only: str | None = None) -> Lineage:
    """The whole graph, or what the version of this identifier was made from, step by step."""
    if only is None:
        links = _links(session.execute(_derivations()))
        return Lineage(tuple(link for link, _ in links), *_of_versions(session, None))
    found: list[Link] = []
    seen, frontier = {only}, {only}
    while frontier:
        above: set[str] = set()
        for keys in _chunks(frontier):
            statement = _derivations().where(DerivationRow.version_id.in_(keys))
            for link, parent in _links(session.execute(statement)):
                found.append(link)
                above |= {parent} if parent else set()
        frontier = above - seen
        seen |= above
    return Lineage(tuple(found), *(_of_versions(session, seen) if found else ({}, {})))


_KINDS = ("declared", "concluded")


@dataclass(frozen=True, slots=True)
class SaidOfLicense:
    """One statement of a license: how it was spelled, by whom (a role), and where."""

    expression: str
    spelled: str | None
    by: str
    place: str


@dataclass(frozen=True, slots=True)
class TwiceStated:
    """A version whose license is declared, and concluded by a reviewer."""

    reference: str
    declared: SaidOfLicense
    concluded: SaidOfLicense


def twice_stated(session: Session) -> list[TwiceStated]:
    """The versions of which both are stated, by name."""
    rows = session.execute(
        select(
            DatasetRow.name,
            DatasetVersionRow.label,
            LicenseStatementRow.kind,
            LicenseStatementRow.expression,
            LicenseStatementRow.raw,
            LicenseStatementRow.asserted_by,
            EvidenceRow.location,
        )
        .join(DatasetVersionRow, DatasetVersionRow.id == LicenseStatementRow.version_id)
        .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .join(EvidenceRow, EvidenceRow.id == LicenseStatementRow.evidence_id)
        .where(LicenseStatementRow.superseded_at.is_(None))
    )
    found: dict[str, dict[str, SaidOfLicense]] = {}
    for name, label, kind, expression, raw, by, place in rows:
        found.setdefault(f"{name}@{label}", {})[kind] = SaidOfLicense(expression, raw, by, place)
    return [
        TwiceStated(reference, *(said[kind] for kind in _KINDS))
        for reference, said in sorted(found.items())
        if len(said) == len(_KINDS)
    ]


def said_of_themselves(session: Session) -> list[str]:
    """The versions that are said to be made from themselves, which is recorded as a contradiction."""
    rows = session.execute(
        select(DatasetRow.name, DatasetVersionRow.label)
        .join(DatasetVersionRow, DatasetVersionRow.dataset_id == DatasetRow.id)
        .join(ContradictionRow, ContradictionRow.version_id == DatasetVersionRow.id)
        .where(ContradictionRow.superseded_at.is_(None), ContradictionRow.stated == NOT_FROM_ITSELF)
    )
    return sorted(f"{name}@{label}" for name, label in rows)


def _derivations() -> Select[*tuple[Any, ...]]:
    child, named = aliased(DatasetVersionRow), aliased(DatasetRow)
    return (
        select(
            named.name,
            child.label,
            DerivationRow.of_version_id,
            DatasetRow.name,
            DatasetVersionRow.label,
            DerivationRow.of_url,
            EvidenceRow.location,
            DerivationRow.asserted_by,
            DerivationRow.recorded_at,
        )
        .join(child, child.id == DerivationRow.version_id)
        .join(named, named.id == child.dataset_id)
        .join(EvidenceRow, EvidenceRow.id == DerivationRow.evidence_id)
        .outerjoin(DatasetVersionRow, DatasetVersionRow.id == DerivationRow.of_version_id)
        .outerjoin(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .where(DerivationRow.superseded_at.is_(None))
    )


def _links(rows: Iterable[Any]) -> Iterator[tuple[Link, str | None]]:
    """Each derivation, and the identifier of the parent where it is here."""
    for name, label, parent_id, parent, parent_label, url, location, by, when in rows:
        of = url if parent_id is None else f"{parent}@{parent_label}"
        link = Link(f"{name}@{label}", of, evidence=location, asserted_by=by, recorded_at=when)
        yield link, parent_id


def _of_versions(
    session: Session, only: Collection[str] | None
) -> tuple[dict[str, Terms], dict[str, Visibility]]:
    """The own terms and the visibility of the versions of these identifiers, or of all, by reference."""
    says = select(LicenseStatementRow.version_id, LicenseStatementRow.kind, LicenseStatementRow.expression)
    stated = _by_key(
        _about(
            session,
            says.where(LicenseStatementRow.superseded_at.is_(None)),
            LicenseStatementRow.version_id,
            only,
        )
    )
    facts = select(VersionPropertyRow.version_id, VersionPropertyRow.property, VersionPropertyRow.value)
    told = _by_key(
        _about(
            session,
            facts.where(
                VersionPropertyRow.property.in_(("visibility", "origin")),
                VersionPropertyRow.superseded_at.is_(None),
            ),
            VersionPropertyRow.version_id,
            only,
        )
    )
    carried = select(VersionLicenseRow.version_id, VersionLicenseRow.expression).distinct()
    records: dict[str, set[str]] = {}
    for key, expression in _about(session, carried, VersionLicenseRow.version_id, only):
        records.setdefault(key, set()).add(expression)
    named = select(DatasetVersionRow.id, DatasetRow.name, DatasetVersionRow.label).join(
        DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id
    )
    terms, visibility = {}, {}
    for key, name, label in _about(session, named, DatasetVersionRow.id, only):
        said, reference = stated.get(key, {}), f"{name}@{label}"
        whole = said.get("concluded") or said.get("declared") or NOASSERTION
        terms[reference] = own_terms(whole, sorted(records.get(key, ())))
        visibility[reference] = _visibility(told.get(key, {}))
    return terms, visibility


def _visibility(told: Mapping[str, str]) -> Visibility:
    origin = Origin(told["origin"]) if "origin" in told else None
    return Visibility(told.get("visibility", Visibility.default(origin)))


def _by_key(rows: Iterable[Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for key, name, value in rows:
        found.setdefault(key, {})[name] = value
    return found


def _about(
    session: Session,
    statement: Select[*tuple[Any, ...]],
    column: InstrumentedAttribute[str],
    only: Collection[str] | None,
) -> Iterator[Any]:
    """The rows of a statement, or those where the column is one of these identifiers."""
    if only is None:
        yield from session.execute(statement)
        return
    for keys in _chunks(only):
        yield from session.execute(statement.where(column.in_(keys)))


def _chunks(keys: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), _CHUNK):
        yield ordered[start : start + _CHUNK]
