"""How much of a version is images, audio and video."""

import runpy
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_COUNTED = ("items", "records", "bytes", "undetermined")
_MEDIA = """
        SELECT p.dataset, p.version, m.modality, m.items, m.records, m.milliseconds, m.undetermined, m.rates,
               m.bytes
        FROM version_media m
        JOIN projected_version p ON p.version_id = m.version_id
        WHERE p.visibility <> 'private'"""


def upgrade() -> None:
    """Add the table and the view."""
    op.create_table(
        "version_media",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("modality", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTED),
        sa.Column("milliseconds", sa.BigInteger(), nullable=True),
        sa.Column("rates", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_version_media_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "modality", name=op.f("pk_version_media")),
    )
    then = runpy.run_path(str(Path(__file__).with_name("0003_declarations.py")))
    then["_create"]({"public_version_media": _MEDIA}, {"public_version_media": _MEDIA})


def downgrade() -> None:
    """Take them away again; ingesting the data again counts it anew."""
    op.execute("DROP VIEW public_version_media")
    op.drop_table("version_media")
