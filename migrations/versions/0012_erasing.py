"""Several names of one erased person."""

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "erased_name",
        sa.Column("commitment", sa.Text(), nullable=False),
        sa.Column("erasure", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["erasure"], ["erasure.number"], name=op.f("fk_erased_name_erasure")),
        sa.PrimaryKeyConstraint("commitment", name=op.f("pk_erased_name")),
    )


def downgrade() -> None:
    """Take it away again; refused where it keeps a name away."""
    count = op.get_bind().scalar(sa.text("SELECT COUNT(*) FROM erased_name"))
    if count:
        raise StoreError(
            f"schema {down_revision} cannot hold what is recorded: rows of erased_name ({count:,})",
            hint="go back to a backup that was made before the upgrade",
        )
    op.drop_table("erased_name")
