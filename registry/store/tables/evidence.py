"""What supports a statement."""

from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import IDENTIFIER, Base, RecordedMixin


class EvidenceRow(RecordedMixin, Base):
    """What supports a statement: what kind, and where it stands."""

    __tablename__ = "evidence"

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    kind: Mapped[str] = mapped_column(
        doc="`declared` (said by the user), `card`, `field` (a column of the data), `measured`, `review`."
    )
    location: Mapped[str] = mapped_column(doc="Where it stands: an option, a file, a field, a commit.")
    detail: Mapped[str | None] = mapped_column(doc="The words found there, where short enough to keep.")
