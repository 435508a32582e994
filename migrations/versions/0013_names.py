"""Names of agents that are one: shown to the public only where a public version or a declaration has them."""

# ruff: noqa: S608 - every statement is put together from the constants below

import runpy
from pathlib import Path

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_VERSIONS = Path(__file__).parent
_THEN = runpy.run_path(str(_VERSIONS / "0011_agents.py"))
_BEFORE: dict[str, str] = _THEN["_AFTER"]
_has_email = _THEN["_has_email"]
_PUBLIC_VERSIONS = "SELECT version_id FROM projected_version WHERE visibility = 'public'"
# The name of a declared agent is declared; any other must stand in a public version.
_IN_PUBLIC = f"""(a.scope = ''
             OR EXISTS (SELECT 1 FROM contribution c WHERE c.agent_id = a.id AND c.superseded_at IS NULL
                        AND c.version_id IN ({_PUBLIC_VERSIONS}))
             OR EXISTS (SELECT 1 FROM stated_contributor c WHERE c.agent_id = a.id AND c.superseded_at IS NULL
                        AND c.version_id IN ({_PUBLIC_VERSIONS}))
             OR EXISTS (SELECT 1 FROM rights_holding_party r JOIN rights_holding c ON c.id = r.holding_id
                        WHERE r.agent_id = a.id AND c.superseded_at IS NULL
                        AND c.version_id IN ({_PUBLIC_VERSIONS})))"""
_AFTER = {
    # Each agent that stands for others: by its own name where the public has it, else by that of a member.
    "projected_standing": f"""
        SELECT s.id AS shown_id,
               CASE WHEN s.shown_as = 'handle' AND MAX(CASE WHEN a.shown_as = 'name' THEN 1 ELSE 0 END) = 1
                    THEN 'name' ELSE s.shown_as END AS shown_as,
               COALESCE(SUBSTR(MIN(
                   CASE WHEN s.shown_as = 'withheld' OR a.shown_as = 'withheld' THEN NULL
                        WHEN {_IN_PUBLIC}
                        THEN CASE WHEN a.id = s.id THEN '0' WHEN a.scope = '' THEN '1' ELSE '2' END || a.id
                   END), 2), s.id) AS named_id
        FROM agent a
        JOIN agent s ON s.id = COALESCE(a.merged_into, a.id)
        WHERE a.merged_into IS NOT NULL
           OR a.id IN (SELECT merged_into FROM agent WHERE merged_into IS NOT NULL)
        GROUP BY s.id, s.shown_as""",
    "projected_agent": f"""
        SELECT a.id AS agent_id, s.id AS shown_id,
               CASE WHEN COALESCE(g.shown_as, s.shown_as) = 'name' AND NOT {_has_email("n.name")} THEN n.name
                    WHEN COALESCE(g.shown_as, s.shown_as) = 'handle' THEN h.handle END AS contributor
        FROM agent a
        JOIN agent s ON s.id = COALESCE(a.merged_into, a.id)
        LEFT JOIN projected_standing g ON g.shown_id = s.id
        JOIN agent n ON n.id = COALESCE(g.named_id, s.id)
        LEFT JOIN (SELECT agent_id, MIN(value) AS handle FROM agent_identifier
                   WHERE scheme = 'handle' AND NOT {_has_email("value")} GROUP BY agent_id) h
            ON h.agent_id = n.id""",
    "public_contribution": _BEFORE["public_contribution"],
}


def upgrade() -> None:
    """Let the views name agents by what the public has."""
    op.create_index(op.f("ix_agent_merged_into"), "agent", ["merged_into"], unique=False)
    _THEN["_change"](_BEFORE, _AFTER)


def downgrade() -> None:
    """Bring the views back that name them by who stands for them."""
    _THEN["_change"](_AFTER, _BEFORE)
    op.drop_index(op.f("ix_agent_merged_into"), table_name="agent")
