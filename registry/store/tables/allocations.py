"""Allocation statements that were issued: private, numbered, frozen."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import IDENTIFIER, MOMENT, Base


class AllocationRow(Base):
    """An allocation statement as it was issued; never changed, a newer one of the period supersedes it."""

    __tablename__ = "allocation"
    __table_args__ = (UniqueConstraint("model_version_id", "period", "number"),)

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    statement_id: Mapped[str] = mapped_column(
        index=True, doc="What the statement says of itself: digest of all it says but its number and dates."
    )
    model_version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id"), index=True)
    period: Mapped[str] = mapped_column(doc="As in `2026-01/2026-12`; empty where none was named.")
    number: Mapped[int] = mapped_column(doc="1, 2, 3, ... of the model and period.")
    predecessor_id: Mapped[str | None] = mapped_column(
        ForeignKey("allocation.id"), doc="The statement that it takes the place of."
    )
    rule: Mapped[str] = mapped_column(doc="Id of the rule: `words`, `records`, ...")
    currency: Mapped[str] = mapped_column(doc="ISO 4217.")
    digits: Mapped[int] = mapped_column(doc="Digits after the point of the currency.")
    gross: Mapped[int] = mapped_column(doc="The pool in minor units.")
    net: Mapped[int] = mapped_column(doc="The pool after deductions, which the amounts add up to.")
    payees: Mapped[int] = mapped_column(doc="How many lines it has.")
    digest: Mapped[str] = mapped_column(doc="SHA-256 of the frozen JSON, in hexadecimal.")
    snapshot: Mapped[bytes] = mapped_column(doc="The frozen JSON, compressed with Zstandard.")
    issued_by: Mapped[str] = mapped_column(doc="Who issued it.")
    issued_at: Mapped[str] = mapped_column(doc=f"When. {MOMENT}")
