"""Who holds rights in public versions, as a view."""

import runpy
from pathlib import Path

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_VERSIONS = Path(__file__).parent
_THEN = runpy.run_path(str(_VERSIONS / "0003_declarations.py"))
_withheld = runpy.run_path(str(_VERSIONS / "0002_public_views.py"))["_withheld"]
_VIEW = "public_rights_holding"
_LEAST = "0.000000001"  # shares are exact where they are kept; in sums of floating point less is nothing
_HELD = "h.version_id, h.license, h.records, h.words, h.bytes"
_SHARE = "CAST(r.numerator AS DOUBLE PRECISION) / r.denominator"
# Named holders have rows of their own (`apart`); the withheld of a version are one row of each basis and
# license, and what nobody is named for another.
_QUERY = f"""
        SELECT dataset, version,
               CASE WHEN basis = 'unidentified' THEN 'unidentified'
                    WHEN named IS NOT NULL THEN named
                    ELSE {_withheld("COUNT(DISTINCT shown_id)")} END AS holder,
               basis, license, SUM(records * share) AS held_records, SUM(words * share) AS held_words,
               SUM(bytes * share) AS held_bytes
        FROM (
            SELECT p.version_id, p.dataset, p.version, c.basis, COALESCE(c.license, p.license) AS license,
                   a.shown_id, a.contributor AS named,
                   CASE WHEN a.contributor IS NOT NULL THEN a.shown_id END AS apart,
                   c.records, c.words, c.bytes, c.share
            FROM (
                SELECT h.basis, {_HELD}, h.holder_id AS agent_id, CAST(1 AS DOUBLE PRECISION) AS share
                FROM rights_holding h
                WHERE h.superseded_at IS NULL AND h.holder_id IS NOT NULL
                UNION ALL
                SELECT h.basis, {_HELD}, r.agent_id, {_SHARE}
                FROM rights_holding_party r
                JOIN rights_holding h ON h.id = r.holding_id
                WHERE h.superseded_at IS NULL
                UNION ALL
                SELECT 'unidentified', {_HELD}, CAST(NULL AS TEXT),
                       1 - COALESCE((SELECT SUM({_SHARE}) FROM rights_holding_party r
                                     WHERE r.holding_id = h.id), 0)
                FROM rights_holding h
                WHERE h.superseded_at IS NULL AND h.holder_id IS NULL
            ) c
            JOIN projected_version p ON p.version_id = c.version_id
            LEFT JOIN projected_agent a ON a.agent_id = c.agent_id
            WHERE p.visibility = 'public' AND c.share > {_LEAST}
        ) k
        GROUP BY apart, version_id, basis, license, dataset, version, named"""  # noqa: S608 - of constants


def upgrade() -> None:
    """Add the view, for whoever may read the contributions too."""
    readers = [role for view, role in _THEN["_readers"]() if view == "public_contribution"]
    _THEN["_create"]({_VIEW: _QUERY}, {_VIEW: _QUERY})
    _THEN["_let_read"]([(_VIEW, role) for role in readers])


def downgrade() -> None:
    """Take it away again."""
    op.execute(f"DROP VIEW {_VIEW}")
