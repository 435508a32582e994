"""Documents that were approved: numbered and frozen."""

import runpy
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NATURAL_KEY = ("kind", "model_version_id", "number")
_DOCUMENT = """
        SELECT d.kind, m.model, m.model_version, d.number,
               CASE WHEN EXISTS (SELECT 1 FROM edition n
                                 WHERE n.kind = d.kind AND n.number > d.number
                                   AND COALESCE(n.model_version_id, '') = COALESCE(d.model_version_id, ''))
                    THEN 'superseded' ELSE 'latest' END AS standing,
               d.digest, p.digest AS predecessor_digest, d.approved_by, d.approved_at, d.stated_at
        FROM edition d
        LEFT JOIN edition p ON p.id = d.predecessor_id
        LEFT JOIN projected_model m ON m.model_version_id = d.model_version_id
        WHERE d.model_version_id IS NULL OR m.visibility = 'public'"""


def upgrade() -> None:
    """Add the table and the view."""
    texts = ("content_digest", "digest", "stated_at", "approved_by", "approved_at")
    op.create_table(
        "edition",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("model_version_id", sa.Text(), nullable=True),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("predecessor_id", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_version_id"], ["model_version.id"], name=op.f("fk_edition_model_version_id")
        ),
        sa.ForeignKeyConstraint(["predecessor_id"], ["edition.id"], name=op.f("fk_edition_predecessor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint(
            "kind", "model_version_id", "number", name=op.f("uq_edition_kind_model_version_id_number")
        ),
    )
    then = runpy.run_path(str(Path(__file__).with_name("0003_declarations.py")))
    then["_create"]({"public_document": _DOCUMENT}, {"public_document": _DOCUMENT})


def downgrade() -> None:
    """Take them away again; refused where something was approved."""
    approved = op.get_bind().scalar(sa.text("SELECT COUNT(*) FROM edition"))
    if approved:
        raise StoreError(
            f"schema {down_revision} cannot hold what is recorded: editions of documents ({approved:,})",
            hint="go back to a backup that was made before the upgrade",
        )
    op.execute("DROP VIEW public_document")
    op.drop_table("edition")
