"""${message}.

House rules: numbered (0002_what.py), readable from top to bottom, never edited once published. Drop the public
views before changing a table they read, and create them again after. Plain SQL that both databases understand.
"""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
