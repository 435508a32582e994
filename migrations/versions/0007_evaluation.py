"""Tests that models are measured by, and what of them stands in training data."""

import runpy
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_COUNTS = ("records", "short_records", "same_words", "near_duplicates", "contained", "likely", "in_part")
_OVERLAP = """
        SELECT m.model, m.model_version, b.dataset AS benchmark, b.version AS benchmark_version,
               p.dataset, p.version, o.basis, o.records, o.short_records,
               o.same_words + o.near_duplicates + o.contained + o.likely AS found_records,
               o.same_words, o.near_duplicates, o.contained, o.likely, o.in_part, o.recipe
        FROM (SELECT DISTINCT model_version_id, version_id FROM benchmark
              WHERE superseded_at IS NULL) s
        JOIN (SELECT DISTINCT r.model_version_id, c.version_id
              FROM mixture_component c JOIN training_run r ON r.id = c.run_id
              WHERE r.superseded_at IS NULL) t ON t.model_version_id = s.model_version_id
        JOIN benchmark_overlap o ON o.benchmark_version_id = s.version_id AND o.version_id = t.version_id
        JOIN projected_model m ON m.model_version_id = s.model_version_id
        JOIN projected_version b ON b.version_id = s.version_id
        JOIN projected_version p ON p.version_id = t.version_id
        WHERE m.visibility = 'public' AND b.visibility = 'public' AND p.visibility = 'public'"""


def upgrade() -> None:
    """Add the tables and the view."""
    op.create_table(
        "benchmark",
        sa.Column("model_version_id", sa.Text(), nullable=False),
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("metric", sa.Text(), nullable=True),
        sa.Column("reported", sa.Text(), nullable=True),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        *_references("benchmark", model_version_id="model_version", version_id="dataset_version"),
        *_references("benchmark", evidence_id="evidence"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
    )
    for column in ("model_version_id", "version_id"):
        op.create_index(op.f(f"ix_benchmark_{column}"), "benchmark", [column], unique=False)
    keys = ("benchmark_version_id", "version_id")
    texts = ("fingerprints", "recipe", "method", "basis")
    op.create_table(
        "benchmark_overlap",
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*keys, *texts)),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTS),
        sa.Column("kinds", sa.LargeBinary(), nullable=False),
        *_references("benchmark_overlap", **dict.fromkeys(keys, "dataset_version")),
        sa.PrimaryKeyConstraint(*keys, name=op.f("pk_benchmark_overlap")),
    )
    op.create_index(op.f("ix_benchmark_overlap_version_id"), "benchmark_overlap", ["version_id"])
    then = runpy.run_path(str(Path(__file__).with_name("0003_declarations.py")))
    then["_create"]({"public_benchmark_overlap": _OVERLAP}, {"public_benchmark_overlap": _OVERLAP})


def _references(table: str, **targets: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return tuple(
        sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
        for column, target in targets.items()
    )


def downgrade() -> None:
    """Take them away again; refused where benchmarks are stated, the rest can be computed anew."""
    stated = op.get_bind().scalar(sa.text("SELECT COUNT(*) FROM benchmark"))
    if stated:
        raise StoreError(
            f"schema {down_revision} cannot hold what is recorded: rows of benchmark ({stated:,})",
            hint="go back to a backup that was made before the upgrade",
        )
    op.execute("DROP VIEW public_benchmark_overlap")
    op.drop_table("benchmark_overlap")
    op.drop_table("benchmark")
