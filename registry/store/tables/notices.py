"""The texts of license and notice files."""

from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base, RecordedMixin


class NoticeTextRow(RecordedMixin, Base):
    """The text of a license or notice file; `distribution.sha256` leads here. No public view reads it."""

    __tablename__ = "notice_text"

    sha256: Mapped[str] = mapped_column(primary_key=True, doc="SHA-256 of the file's bytes, in hexadecimal.")
    encoding: Mapped[str] = mapped_column(doc="What the bytes were read as: `utf-8`, `utf-16`, `cp1252`.")
    text: Mapped[str] = mapped_column(
        doc="Line ends as newlines, without controls. May hold e-mail addresses: shown where a license asks "
        "for the notice, and nowhere else."
    )
