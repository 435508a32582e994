"""The texts of license and notice files, each kept once."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from registry.domain.dataset import NOTICES
from registry.domain.notices import NoticeText
from registry.store.tables.datasets import DistributionRow
from registry.store.tables.notices import NoticeTextRow


def notice_texts(session: Session, digests: Iterable[str]) -> dict[str, NoticeText]:
    """The texts that are kept, by the SHA-256 of their files."""
    return _texts(session, NoticeTextRow.sha256.in_(sorted(set(digests))))


def every_text(session: Session) -> dict[str, NoticeText]:
    """All texts that are kept, by the SHA-256 of their files."""
    return _texts(session, true())


def _texts(session: Session, wanted: ColumnElement[bool]) -> dict[str, NoticeText]:
    columns = (NoticeTextRow.sha256, NoticeTextRow.encoding, NoticeTextRow.text)
    rows = session.execute(select(*columns).where(wanted))
    return {digest: NoticeText(digest, encoding, text) for digest, encoding, text in rows}


def keep_notices(session: Session, version_id: str, found: Iterable[NoticeText], now: str) -> None:
    """Keep those texts that are of a license or notice file of the version, and not kept yet."""
    files = select(DistributionRow.sha256).where(
        DistributionRow.version_id == version_id, DistributionRow.role.in_(sorted(NOTICES))
    )
    recorded = set(session.scalars(files))
    texts = {one.sha256: one for one in found if one.sha256 in recorded}
    kept = notice_texts(session, texts)
    session.add_all(
        NoticeTextRow(sha256=one.sha256, encoding=one.encoding, text=one.text, recorded_at=now)
        for one in texts.values()
        if one.sha256 not in kept
    )
    session.flush()
