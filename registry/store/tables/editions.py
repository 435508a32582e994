"""The editions of documents: numbered, frozen, approved."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import IDENTIFIER, MOMENT, Base


class EditionRow(Base):
    """A document as it was approved; never changed, the newest number of a document is the latest."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("kind", "model_version_id", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    kind: Mapped[str] = mapped_column(doc="`disclosure`, `attribution`, or `registry`: the site as a whole.")
    model_version_id: Mapped[str | None] = mapped_column(
        ForeignKey("model_version.id"), doc="The model it is about; null for the registry."
    )
    number: Mapped[int] = mapped_column(doc="1, 2, 3, ... in the order of approval.")
    predecessor_id: Mapped[str | None] = mapped_column(ForeignKey("edition.id"), doc="The edition before.")
    content_digest: Mapped[str] = mapped_column(
        doc="SHA-256 of what it says, apart from its number, dates and approval, in hexadecimal."
    )
    digest: Mapped[str] = mapped_column(doc="SHA-256 of the frozen JSON, in hexadecimal.")
    snapshot: Mapped[bytes] = mapped_column(doc="The frozen JSON, compressed with Zstandard.")
    stated_at: Mapped[str] = mapped_column(doc=f"When the last statement in it was recorded. {MOMENT}")
    approved_by: Mapped[str] = mapped_column(doc="Who approved it.")
    approved_at: Mapped[str] = mapped_column(doc=f"When. {MOMENT}")
