"""Allocation statements that were issued."""

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table; it is private, so no view shows it."""
    before = ("id", "statement_id", "model_version_id", "period")
    numbers = ("digits", "gross", "net", "payees")
    after = ("issued_by", "issued_at")
    op.create_table(
        "allocation",
        *(sa.Column(name, sa.Text(), nullable=False) for name in before),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("predecessor_id", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("rule", "currency")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in numbers),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("snapshot", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in after),
        sa.ForeignKeyConstraint(
            ["model_version_id"], ["model_version.id"], name=op.f("fk_allocation_model_version_id")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["allocation.id"], name=op.f("fk_allocation_predecessor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint(
            "model_version_id",
            "period",
            "number",
            name=op.f("uq_allocation_model_version_id_period_number"),
        ),
    )
    for column in ("model_version_id", "statement_id"):
        op.create_index(op.f(f"ix_allocation_{column}"), "allocation", [column])


def downgrade() -> None:
    """Take it away again; refused where something was issued."""
    issued = op.get_bind().scalar(sa.text("SELECT COUNT(*) FROM allocation"))
    if issued:
        raise StoreError(
            f"schema {down_revision} cannot hold what is recorded: allocation statements ({issued:,})",
            hint="go back to a backup that was made before the upgrade",
        )
    op.drop_table("allocation")
