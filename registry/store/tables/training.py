"""Models, and the data they were trained on."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import IDENTIFIER, MOMENT, Base, RecordedMixin, StatementRow


class ModelRow(RecordedMixin, Base):
    """A named machine-learning model."""

    __tablename__ = "model"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    name: Mapped[str] = mapped_column()


class ModelVersionRow(RecordedMixin, Base):
    """One release of a model."""

    __tablename__ = "model_version"
    __table_args__ = (UniqueConstraint("model_id", "label"), UniqueConstraint("model_id", "sequence"))

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    model_id: Mapped[str] = mapped_column(ForeignKey("model.id"))
    label: Mapped[str] = mapped_column()
    sequence: Mapped[int] = mapped_column(
        doc="1, 2, 3, ... in the order of recording; the highest is the newest."
    )


class ModelPropertyRow(StatementRow):
    """One simple fact about a model version: provider, URL, visibility, ..."""

    __tablename__ = "model_property"

    model_version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id"), index=True)
    property: Mapped[str] = mapped_column()
    value: Mapped[str] = mapped_column()


class BaseModelRow(StatementRow):
    """The model that this one was made from."""

    __tablename__ = "base_model"
    __table_args__ = (CheckConstraint("(base_version_id IS NULL) <> (base_url IS NULL)", name="one_target"),)

    model_version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id"), index=True)
    base_version_id: Mapped[str | None] = mapped_column(ForeignKey("model_version.id"))
    base_url: Mapped[str | None] = mapped_column(doc="A model outside this registry.")


class BaseDisclosureRow(StatementRow):
    """The model that this one was made from, as another registry's disclosure file describes it."""

    __tablename__ = "base_disclosure"

    model_version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id"), index=True)
    name: Mapped[str] = mapped_column(doc="Name of the base model there.")
    label: Mapped[str] = mapped_column(doc="Label of its version there.")
    sha256: Mapped[str] = mapped_column(doc="SHA-256 of the file, in hexadecimal.")
    document: Mapped[str] = mapped_column(doc="The file: JSON after the schema of disclosure.json.")


class TrainingRunRow(RecordedMixin, Base):
    """One run over a mixture, in a stage of the training; corrected by a newer one, never changed."""

    __tablename__ = "training_run"
    __table_args__ = (UniqueConstraint("model_version_id", "sequence"),)

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    model_version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id"))
    sequence: Mapped[int] = mapped_column()
    stage: Mapped[str] = mapped_column(doc="`pretraining`, `fine-tuning`, ...")
    name: Mapped[str | None] = mapped_column(doc="Which run of the declarations; null from the command line.")
    started: Mapped[str | None] = mapped_column(doc="YYYY, YYYY-MM or YYYY-MM-DD.")
    compute_flop: Mapped[str | None] = mapped_column(doc="Floating-point operations, as declared.")
    superseded_at: Mapped[str | None] = mapped_column(
        doc=f"When a corrected run took its place, or it was withdrawn; null while it holds. {MOMENT}"
    )
    evidence_id: Mapped[str | None] = mapped_column(ForeignKey("evidence.id"), doc="What supports it.")


class MixtureComponentRow(Base):
    """A dataset version in a run's mixture, and how much of it was used how often."""

    __tablename__ = "mixture_component"
    __table_args__ = (
        UniqueConstraint("run_id", "version_id"),
        CheckConstraint("epochs_numerator > 0 AND epochs_denominator > 0", name="epochs"),
    )

    run_id: Mapped[str] = mapped_column(ForeignKey("training_run.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    epochs_numerator: Mapped[int] = mapped_column(
        doc="How often the selection was seen, as an exact fraction."
    )
    epochs_denominator: Mapped[int] = mapped_column()
    records: Mapped[int] = mapped_column(doc="Records of the selection, once.")
    words: Mapped[int] = mapped_column(doc="Words of the selection, once.")
    selection: Mapped[str | None] = mapped_column(doc="How the part was chosen, as JSON; null: all of it.")
    selection_basis: Mapped[str | None] = mapped_column(
        doc="`measured` or `declared`: how the size of the part is known; null: all of it."
    )
    selection_label: Mapped[str | None] = mapped_column(doc="The provider's own name for the part.")
    tokens: Mapped[int | None] = mapped_column(doc="Tokens of the part, as declared.")
    counted: Mapped[str | None] = mapped_column(
        doc="The part by license, language, domain and holder, where it was counted record by record. JSON."
    )
