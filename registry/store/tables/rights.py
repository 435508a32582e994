"""Licenses, contributions, rights holdings, derivations: statements with evidence."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import Base, SizesMixin, StatementRow


class LicenseStatementRow(StatementRow):
    """Under which terms a whole version stands, according to someone."""

    __tablename__ = "license_statement"
    __table_args__ = (CheckConstraint("kind IN ('declared', 'concluded')", name="kind"),)

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    kind: Mapped[str] = mapped_column(doc="`declared` (by the publisher) or `concluded` (by a reviewer).")
    expression: Mapped[str] = mapped_column(doc="SPDX expression, `NOASSERTION` or `NONE`.")
    raw: Mapped[str | None] = mapped_column(doc="The spelling found.")


class ContributionRow(SizesMixin, StatementRow):
    """Who contributed how much, in which part. Contributions overlay; they are not added up.

    What a `presumed-author` holds has no row here: that it created this follows from the holding.
    """

    __tablename__ = "contribution"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    agent_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), index=True)
    contributor_type: Mapped[str] = mapped_column(
        doc="DataCite 4.6 contributorType, `Creator` or `Annotator`."
    )
    license: Mapped[str | None] = mapped_column(
        doc="SPDX expression of these records; null where they carry none and the version's applies."
    )


class RightsHoldingRow(SizesMixin, StatementRow):
    """A part of a version and who holds rights in it. Holdings partition the version: they add up."""

    __tablename__ = "rights_holding"
    __table_args__ = (
        CheckConstraint("basis IN ('stated', 'presumed-author', 'unidentified')", name="basis"),
    )

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    license: Mapped[str | None] = mapped_column(
        doc="SPDX expression of this part; null where its records carry none and the version's applies."
    )
    basis: Mapped[str] = mapped_column(doc="`stated`, `presumed-author`, or `unidentified`.")
    holder_id: Mapped[str | None] = mapped_column(
        ForeignKey("agent.id"),
        index=True,
        doc="Who holds it alone; null where nobody does, or several do: `rights_holding_party`.",
    )
    part: Mapped[str | None] = mapped_column(
        doc="JSON with `where`, `domain` or both: of which records its holders are declared, if these name "
        "nobody; null where they are declared of all the others, or the records name them."
    )


class RightsHoldingPartyRow(Base):
    """A holder of a rights holding that several hold, or one in part, with an exact share of it."""

    __tablename__ = "rights_holding_party"
    __table_args__ = (CheckConstraint("numerator > 0 AND denominator >= numerator", name="share"),)

    holding_id: Mapped[str] = mapped_column(ForeignKey("rights_holding.id"), primary_key=True)
    agent_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), primary_key=True, index=True)
    numerator: Mapped[int] = mapped_column()
    denominator: Mapped[int] = mapped_column()


class DerivationRow(StatementRow):
    """A version was made from another dataset (PROV wasDerivedFrom)."""

    __tablename__ = "derivation"
    __table_args__ = (CheckConstraint("(of_version_id IS NULL) <> (of_url IS NULL)", name="one_target"),)

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    of_version_id: Mapped[str | None] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    of_url: Mapped[str | None] = mapped_column(doc="The address or name of a dataset outside this registry.")
