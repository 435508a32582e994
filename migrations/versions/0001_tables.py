"""Tables of the registry: evidence, agents, datasets, rights, training."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "agent",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("shown_as", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent")),
    )
    op.create_table(
        "dataset",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset")),
        sa.UniqueConstraint("name", name=op.f("uq_dataset_name")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_table(
        "model",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model")),
        sa.UniqueConstraint("name", name=op.f("uq_model_name")),
    )
    op.create_table(
        "agent_identifier",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_agent_identifier_agent_id")),
        sa.PrimaryKeyConstraint("agent_id", "scheme", "value", name=op.f("pk_agent_identifier")),
    )
    op.create_table(
        "dataset_version",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("dataset_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("content_digest", sa.Text(), nullable=False),
        sa.Column("mapping_digest", sa.Text(), nullable=False),
        sa.Column("fingerprint_id", sa.Text(), nullable=False),
        sa.Column("fingerprint_mode", sa.Text(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=True),
        sa.Column("characters", sa.BigInteger(), nullable=False),
        sa.Column("wordless_records", sa.BigInteger(), nullable=False),
        sa.Column("words_equal_records", sa.BigInteger(), nullable=True),
        sa.Column("measured_with", sa.Text(), nullable=True),
        sa.Column("sampled_records", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "records >= 0 AND words >= 0 AND bytes >= 0", name=op.f("ck_dataset_version_sizes")
        ),
        sa.ForeignKeyConstraint(["dataset_id"], ["dataset.id"], name=op.f("fk_dataset_version_dataset_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dataset_version")),
        sa.UniqueConstraint("dataset_id", "label", name=op.f("uq_dataset_version_dataset_id_label")),
        sa.UniqueConstraint("dataset_id", "sequence", name=op.f("uq_dataset_version_dataset_id_sequence")),
    )
    op.create_index(
        op.f("ix_dataset_version_content_digest"), "dataset_version", ["content_digest"], unique=False
    )
    op.create_index(
        op.f("ix_dataset_version_fingerprint_id"), "dataset_version", ["fingerprint_id"], unique=False
    )
    op.create_table(
        "model_version",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("model_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name=op.f("fk_model_version_model_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_version")),
        sa.UniqueConstraint("model_id", "label", name=op.f("uq_model_version_model_id_label")),
        sa.UniqueConstraint("model_id", "sequence", name=op.f("uq_model_version_model_id_sequence")),
    )
    op.create_table(
        "base_model",
        sa.Column("model_version_id", sa.Text(), nullable=False),
        sa.Column("base_version_id", sa.Text(), nullable=True),
        sa.Column("base_url", sa.Text(), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(base_version_id IS NULL) <> (base_url IS NULL)", name=op.f("ck_base_model_one_target")
        ),
        sa.ForeignKeyConstraint(
            ["base_version_id"], ["model_version.id"], name=op.f("fk_base_model_base_version_id")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_base_model_evidence_id")),
        sa.ForeignKeyConstraint(
            ["model_version_id"], ["model_version.id"], name=op.f("fk_base_model_model_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_base_model")),
    )
    op.create_index(op.f("ix_base_model_model_version_id"), "base_model", ["model_version_id"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("contributor_type", sa.Text(), nullable=False),
        sa.Column("license", sa.Text(), nullable=True),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_contribution_agent_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_contribution_evidence_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_contribution_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index(op.f("ix_contribution_agent_id"), "contribution", ["agent_id"], unique=False)
    op.create_index(op.f("ix_contribution_version_id"), "contribution", ["version_id"], unique=False)
    op.create_table(
        "derivation",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("of_version_id", sa.Text(), nullable=True),
        sa.Column("of_url", sa.Text(), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(of_version_id IS NULL) <> (of_url IS NULL)", name=op.f("ck_derivation_one_target")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_derivation_evidence_id")),
        sa.ForeignKeyConstraint(
            ["of_version_id"], ["dataset_version.id"], name=op.f("fk_derivation_of_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_derivation_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivation")),
    )
    op.create_index(op.f("ix_derivation_of_version_id"), "derivation", ["of_version_id"], unique=False)
    op.create_index(op.f("ix_derivation_version_id"), "derivation", ["version_id"], unique=False)
    op.create_table(
        "distribution",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("compression", sa.Text(), nullable=True),
        sa.Column("split", sa.Text(), nullable=True),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("digest_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_distribution_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution")),
        sa.UniqueConstraint("version_id", "path", name=op.f("uq_distribution_version_id_path")),
    )
    op.create_table(
        "license_statement",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('declared', 'concluded')", name=op.f("ck_license_statement_kind")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_license_statement_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_license_statement_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_license_statement")),
    )
    op.create_index(
        op.f("ix_license_statement_version_id"), "license_statement", ["version_id"], unique=False
    )
    op.create_table(
        "model_property",
        sa.Column("model_version_id", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_model_property_evidence_id")),
        sa.ForeignKeyConstraint(
            ["model_version_id"], ["model_version.id"], name=op.f("fk_model_property_model_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_property")),
    )
    op.create_index(
        op.f("ix_model_property_model_version_id"), "model_property", ["model_version_id"], unique=False
    )
    op.create_table(
        "rights_holding",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("license", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "basis IN ('stated', 'presumed-author', 'unidentified')", name=op.f("ck_rights_holding_basis")
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_rights_holding_evidence_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_rights_holding_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_holding")),
    )
    op.create_index(op.f("ix_rights_holding_version_id"), "rights_holding", ["version_id"], unique=False)
    op.create_table(
        "training_run",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("model_version_id", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_version_id"], ["model_version.id"], name=op.f("fk_training_run_model_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_run")),
        sa.UniqueConstraint(
            "model_version_id", "sequence", name=op.f("uq_training_run_model_version_id_sequence")
        ),
    )
    op.create_table(
        "version_domain",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_version_domain_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "domain", name=op.f("pk_version_domain")),
    )
    op.create_table(
        "version_field",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("types", sa.Text(), nullable=False),
        sa.Column("leaf_count", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_version_field_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "path", name=op.f("pk_version_field")),
    )
    op.create_table(
        "version_language",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("sampled", sa.BigInteger(), nullable=True),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_version_language_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "language", name=op.f("pk_version_language")),
    )
    op.create_table(
        "version_license",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("expression", sa.Text(), nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_version_license_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "expression", "raw", name=op.f("pk_version_license")),
    )
    op.create_table(
        "version_property",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("property", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_version_property_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_version_property_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version_property")),
    )
    op.create_index(op.f("ix_version_property_version_id"), "version_property", ["version_id"], unique=False)
    op.create_table(
        "mixture_component",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("epochs_numerator", sa.BigInteger(), nullable=False),
        sa.Column("epochs_denominator", sa.BigInteger(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "epochs_numerator > 0 AND epochs_denominator > 0", name=op.f("ck_mixture_component_epochs")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["training_run.id"], name=op.f("fk_mixture_component_run_id")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_mixture_component_version_id")
        ),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_mixture_component")),
        sa.UniqueConstraint("run_id", "version_id", name=op.f("uq_mixture_component_run_id_version_id")),
    )
    op.create_index(
        op.f("ix_mixture_component_version_id"), "mixture_component", ["version_id"], unique=False
    )
    op.create_table(
        "rights_holding_party",
        sa.Column("holding_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=False),
        sa.Column("denominator", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "numerator > 0 AND denominator >= numerator", name=op.f("ck_rights_holding_party_share")
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_rights_holding_party_agent_id")),
        sa.ForeignKeyConstraint(
            ["holding_id"], ["rights_holding.id"], name=op.f("fk_rights_holding_party_holding_id")
        ),
        sa.PrimaryKeyConstraint("holding_id", "agent_id", name=op.f("pk_rights_holding_party")),
    )
    op.create_index(
        op.f("ix_rights_holding_party_agent_id"), "rights_holding_party", ["agent_id"], unique=False
    )


def downgrade() -> None:
    """Drop every table."""
    op.drop_index(op.f("ix_rights_holding_party_agent_id"), table_name="rights_holding_party")
    op.drop_table("rights_holding_party")
    op.drop_index(op.f("ix_mixture_component_version_id"), table_name="mixture_component")
    op.drop_table("mixture_component")
    op.drop_index(op.f("ix_version_property_version_id"), table_name="version_property")
    op.drop_table("version_property")
    op.drop_table("version_license")
    op.drop_table("version_language")
    op.drop_table("version_field")
    op.drop_table("version_domain")
    op.drop_table("training_run")
    op.drop_index(op.f("ix_rights_holding_version_id"), table_name="rights_holding")
    op.drop_table("rights_holding")
    op.drop_index(op.f("ix_model_property_model_version_id"), table_name="model_property")
    op.drop_table("model_property")
    op.drop_index(op.f("ix_license_statement_version_id"), table_name="license_statement")
    op.drop_table("license_statement")
    op.drop_table("distribution")
    op.drop_index(op.f("ix_derivation_version_id"), table_name="derivation")
    op.drop_index(op.f("ix_derivation_of_version_id"), table_name="derivation")
    op.drop_table("derivation")
    op.drop_index(op.f("ix_contribution_version_id"), table_name="contribution")
    op.drop_index(op.f("ix_contribution_agent_id"), table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(op.f("ix_base_model_model_version_id"), table_name="base_model")
    op.drop_table("base_model")
    op.drop_table("model_version")
    op.drop_index(op.f("ix_dataset_version_fingerprint_id"), table_name="dataset_version")
    op.drop_index(op.f("ix_dataset_version_content_digest"), table_name="dataset_version")
    op.drop_table("dataset_version")
    op.drop_table("agent_identifier")
    op.drop_table("model")
    op.drop_table("evidence")
    op.drop_table("dataset")
    op.drop_table("agent")
