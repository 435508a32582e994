"""What dataset versions share: computed from their sketches, kept to be asked."""

from sqlalchemy import Double, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base

_SHARE = "95 % interval of the share; both ends are the share itself where the sketches are exact."


class OverlapRow(Base):
    """Shingle hashes that two versions share, A before B by identifier; A with itself: A was compared."""

    __tablename__ = "overlap"

    a_version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), primary_key=True)
    b_version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), primary_key=True, index=True)
    fingerprints: Mapped[str] = mapped_column(doc="The two fingerprints this was computed from, joined by +.")
    recipe: Mapped[str] = mapped_column(doc="Name of the recipe of both.")
    scale: Mapped[int] = mapped_column(doc="The coarser of the scales of both sketches; 1 is exact.")
    a: Mapped[int] = mapped_column(doc="Distinct shingle hashes of A at this scale.")
    b: Mapped[int] = mapped_column(doc="Distinct shingle hashes of B at this scale.")
    common: Mapped[int] = mapped_column(doc="Hashes that both have.")
    a_in_b: Mapped[float | None] = mapped_column(Double, doc="Share of A that is found in B (containment).")
    a_in_b_low: Mapped[float | None] = mapped_column(Double, doc=_SHARE)
    a_in_b_high: Mapped[float | None] = mapped_column(Double, doc=_SHARE)
    b_in_a: Mapped[float | None] = mapped_column(Double, doc="Share of B that is found in A.")
    b_in_a_low: Mapped[float | None] = mapped_column(Double, doc=_SHARE)
    b_in_a_high: Mapped[float | None] = mapped_column(Double, doc=_SHARE)
    resemblance: Mapped[float | None] = mapped_column(Double, doc="Jaccard index.")
