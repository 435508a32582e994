"""The tests that models are measured by, and what of them stands in training data."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base, StatementRow


class BenchmarkRow(StatementRow):
    """A dataset version that a model is measured by; not training data."""

    __tablename__ = "benchmark"

    model_version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    metric: Mapped[str | None] = mapped_column(doc="What is reported on it: `accuracy`, `pass@1`, ...")
    reported: Mapped[str | None] = mapped_column(doc="The result that is reported, as published.")


class BenchmarkOverlapRow(Base):
    """How much of a benchmark is found in a version that was trained on: computed, kept to be asked."""

    __tablename__ = "benchmark_overlap"

    benchmark_version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), primary_key=True)
    version_id: Mapped[str] = mapped_column(
        ForeignKey("dataset_version.id"), primary_key=True, index=True, doc="The version that is searched."
    )
    fingerprints: Mapped[str] = mapped_column(doc="The two fingerprints this was computed from, joined by +.")
    recipe: Mapped[str] = mapped_column(doc="Name of the recipe of both.")
    method: Mapped[str] = mapped_column(doc="Which rule decided what counts as found.")
    basis: Mapped[str] = mapped_column(doc="`verified`, `index` or `estimated`: what the answers rest on.")
    is_complete: Mapped[bool] = mapped_column(doc="False where there was too much in common to look at all.")
    records: Mapped[int] = mapped_column(doc="Records of the benchmark.")
    short_records: Mapped[int] = mapped_column(
        doc="Of fewer than 36 words: found where they stand as a record, not always within a longer one."
    )
    same_words: Mapped[int] = mapped_column(doc="Records of the benchmark of the very words of one here.")
    near_duplicates: Mapped[int] = mapped_column(doc="Verified near-duplicates of one here, not equal.")
    contained: Mapped[int] = mapped_column(
        doc="At least half of whose words, or one whole field, stands in passages of records here."
    )
    likely: Mapped[int] = mapped_column(doc="Found by estimates alone.")
    in_part: Mapped[int] = mapped_column(doc="With a passage in common, too little to count as found.")
    kinds: Mapped[bytes] = mapped_column(
        doc="What became of each record, a byte each, compressed with Zstandard."
    )
