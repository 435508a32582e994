"""The texts of license and notice files."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; ingesting a version again fills in the texts of its files."""
    op.create_table(
        "notice_text",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_notice_text")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("notice_text")
