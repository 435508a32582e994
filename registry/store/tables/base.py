"""What all tables share: constraint names, UTC times, and the columns of a statement."""

from sqlalchemy import BigInteger, ForeignKey, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

IDENTIFIER = "Deterministic identifier: 128-bit digest of the natural key, in hexadecimal."
MOMENT = "UTC, ISO 8601 with seconds."


class Base(DeclarativeBase):
    """Declarative base with named constraints, so that migrations can address them."""

    type_annotation_map = {int: BigInteger, str: Text}  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class RecordedMixin:
    """When a row was written; rows are never updated but for the end of a statement."""

    recorded_at: Mapped[str] = mapped_column(doc=f"When the registry wrote it. {MOMENT}")


class StatementRow(RecordedMixin, Base):
    """A statement: who says so, on what evidence, from when until when."""

    __abstract__ = True

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)

    superseded_at: Mapped[str | None] = mapped_column(
        doc=f"When a newer statement took its place; null while it holds. {MOMENT}"
    )
    asserted_by: Mapped[str] = mapped_column(
        doc="Who says so: `provider` (who runs the registry), `publisher`, `data`, `reviewer`, `registry` "
        "(computed), or `collection` (a catalogue of others' datasets)."
    )

    @declared_attr
    @classmethod
    def evidence_id(cls) -> Mapped[str]:
        """Reference to what supports the statement."""
        return mapped_column(ForeignKey("evidence.id"), doc="What supports it.")


class SizesMixin:
    """How much: the sizes of the content, never of the file."""

    records: Mapped[int] = mapped_column(doc="Number of records.")
    words: Mapped[int] = mapped_column(doc="Words of the content fields, as the recipe defines them.")
    bytes: Mapped[int] = mapped_column(doc="UTF-8 bytes of the content fields.")
