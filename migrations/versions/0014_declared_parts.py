"""Rights holders that are declared of a part of a dataset version."""

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what is declared already is declared of all that names nobody."""
    op.add_column("rights_holding", sa.Column("part", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away again; refused where holders were ever declared of a part."""
    count = op.get_bind().scalar(sa.text("SELECT COUNT(*) FROM rights_holding WHERE part IS NOT NULL"))
    if count:
        raise StoreError(
            f"schema {down_revision} cannot hold what is recorded: holders of parts of datasets ({count:,})",
            hint="go back to a backup that was made before the upgrade",
        )
    op.drop_column("rights_holding", "part")
