"""Keeping the editions of documents: written once, read as they were."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.identifiers import identity
from registry.store.snapshots import packed, unpacked
from registry.store.tables.editions import EditionRow
from registry.store.tables.reservations import ErasureRow, RedactionRow


@dataclass(frozen=True, slots=True)
class Subject:
    """Which document: its kind, and the model version it is about (None: the registry)."""

    kind: str
    model_version_id: str | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    """A document to be kept: the bytes of its JSON, what it says as a digest, its last statement."""

    subject: Subject
    number: int
    content_digest: str
    snapshot: bytes
    stated_at: str


def load_editions(session: Session, model_version_id: str | None = None) -> list[EditionRow]:
    """Every edition of every document, or of those of one model; the newest of each first."""
    found = select(EditionRow).order_by(
        EditionRow.kind, EditionRow.model_version_id, EditionRow.number.desc()
    )
    if model_version_id is not None:
        found = found.where(EditionRow.model_version_id == model_version_id)
    return list(session.scalars(found))


def redactions(session: Session) -> dict[str, tuple[str, str]]:
    """Of editions that named someone who was erased: when the last name was taken out, the digest since."""
    rows = session.execute(
        select(RedactionRow.edition_id, ErasureRow.erased_at, RedactionRow.digest_after)
        .join(ErasureRow, ErasureRow.number == RedactionRow.erasure)
        .order_by(RedactionRow.erasure)
    )
    return {edition: (erased_at, digest) for edition, erased_at, digest in rows}


def snapshot_of(row: EditionRow) -> bytes:
    """The frozen JSON of an edition: the bytes that were approved, but for names of erased people."""
    return unpacked(row.snapshot)


def save_editions(session: Session, found: Iterable[Frozen], approved_by: str, approved_at: str) -> None:
    """Keep documents for good; each number once."""
    for one in found:
        before = _id(one.subject, one.number - 1) if one.number > 1 else None
        session.add(
            EditionRow(
                id=_id(one.subject, one.number),
                kind=one.subject.kind,
                model_version_id=one.subject.model_version_id,
                number=one.number,
                predecessor_id=before,
                content_digest=one.content_digest,
                digest=sha256(one.snapshot).hexdigest(),
                snapshot=packed(one.snapshot),
                stated_at=one.stated_at,
                approved_by=approved_by,
                approved_at=approved_at,
            )
        )
        session.flush()


def _id(subject: Subject, number: int) -> str:
    return identity("edition", subject.kind, subject.model_version_id or "", str(number))
