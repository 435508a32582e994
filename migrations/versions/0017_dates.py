"""From when to when the records of a version are dated."""

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_DATES = ("first_date", "last_date")


def upgrade() -> None:
    """Add the columns; of versions that were read before it is not known."""
    for name in _DATES:
        op.add_column("dataset_version", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("dataset_version", sa.Column("dated_records", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """Take them away again; refused where records are dated."""
    count = op.get_bind().scalar(
        sa.text("SELECT COUNT(*) FROM dataset_version WHERE dated_records IS NOT NULL")
    )
    if count:
        raise StoreError(
            f"schema {down_revision} cannot hold what is recorded: the dates of records ({count:,} versions)",
            hint="go back to a backup that was made before the upgrade",
        )
    for name in (*_DATES, "dated_records"):
        op.drop_column("dataset_version", name)
