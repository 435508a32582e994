"""Agents that are one: merges with evidence, and the public view of contributions that follows them."""

# ruff: noqa: S608 - every statement is put together from the constants below

import runpy
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_VERSIONS = Path(__file__).parent
_FIRST = runpy.run_path(str(_VERSIONS / "0002_public_views.py"))
_THEN = runpy.run_path(str(_VERSIONS / "0003_declarations.py"))
_VIEWS = ("projected_agent", "public_contribution")  # no other view reads them
_BEFORE: dict[str, str] = {name: (_FIRST["PROJECTIONS"] | _FIRST["PUBLIC"])[name] for name in _VIEWS}

_STATEMENT = (
    sa.Column("id", sa.Text(), nullable=False),
    sa.Column("superseded_at", sa.Text(), nullable=True),
    sa.Column("asserted_by", sa.Text(), nullable=False),
    sa.Column("evidence_id", sa.Text(), nullable=False),
    sa.Column("recorded_at", sa.Text(), nullable=False),
)
_INEXPRESSIBLE = {"merges of agents": "agent_merge", "stated contributors": "stated_contributor"}

_withheld, _total, _has_email = _FIRST["_withheld"], _FIRST["_total"], _FIRST["_has_email"]
_COUNT = "COUNT(DISTINCT a.shown_id)"
_SHOWN_LICENSE = "COALESCE(c.license, p.license)"
_SIZES = ", ".join(_total(f"c.{size}") for size in ("records", "words", "bytes"))
_PUBLIC = """
        JOIN projected_version p ON p.version_id = c.version_id
        JOIN projected_agent a ON a.agent_id = c.agent_id
        WHERE c.superseded_at IS NULL AND p.visibility = 'public'"""

_AFTER = {
    "projected_agent": f"""
        SELECT a.id AS agent_id, s.id AS shown_id,
               CASE WHEN s.shown_as = 'name' AND NOT {_has_email("s.name")} THEN s.name
                    WHEN s.shown_as = 'handle' THEN h.handle END AS contributor
        FROM agent a
        JOIN agent s ON s.id = COALESCE(a.merged_into, a.id)
        LEFT JOIN (SELECT agent_id, MIN(value) AS handle FROM agent_identifier
                   WHERE scheme = 'handle' AND NOT {_has_email("value")} GROUP BY agent_id) h
            ON h.agent_id = s.id""",
    "public_contribution": f"""
        SELECT p.dataset, p.version, a.contributor, c.contributor_type,
               {_SHOWN_LICENSE} AS license, {_total("c.records")} AS records, {_total("c.words")} AS words,
               {_total("c.bytes")} AS bytes
        FROM contribution c{_PUBLIC}
          AND c.contributor_type <> 'Annotator' AND a.contributor IS NOT NULL
        GROUP BY p.version_id, p.dataset, p.version, a.shown_id, a.contributor, c.contributor_type,
                 {_SHOWN_LICENSE}
        UNION ALL
        SELECT p.dataset, p.version, {_withheld(_COUNT)}, c.contributor_type, {_SHOWN_LICENSE}, {_SIZES}
        FROM contribution c{_PUBLIC}
          AND c.contributor_type <> 'Annotator' AND a.contributor IS NULL
        GROUP BY p.version_id, p.dataset, p.version, c.contributor_type, {_SHOWN_LICENSE}
        UNION ALL
        SELECT p.dataset, p.version,
               CASE WHEN {_COUNT} < 10 THEN 'withheld (fewer than 10)' ELSE {_withheld(_COUNT)} END,
               c.contributor_type, NULL, {_SIZES}
        FROM contribution c{_PUBLIC} AND c.contributor_type = 'Annotator'
        GROUP BY p.version_id, p.dataset, p.version, c.contributor_type
        UNION ALL
        SELECT p.dataset, p.version, a.contributor, c.contributor_type, NULL, c.records, c.words,
               CAST(NULL AS BIGINT)
        FROM stated_contributor c{_PUBLIC}
          AND c.contributor_type <> 'Annotator' AND a.contributor IS NOT NULL
        UNION ALL
        SELECT p.dataset, p.version,
               CASE WHEN c.contributor_type = 'Annotator' AND {_COUNT} < 10 THEN 'withheld (fewer than 10)'
                    ELSE {_withheld(_COUNT)} END,
               c.contributor_type, NULL, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT)
        FROM stated_contributor c{_PUBLIC}
          AND (c.contributor_type = 'Annotator' OR a.contributor IS NULL)
        GROUP BY p.version_id, p.dataset, p.version, c.contributor_type""",
}


def upgrade() -> None:
    """Add the table and the column, and let the views follow them."""
    op.add_column("agent", sa.Column("merged_into", sa.Text(), nullable=True))
    op.create_table(
        "agent_merge",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("into_id", sa.Text(), nullable=False),
        *(column._copy() for column in _STATEMENT),
        sa.CheckConstraint("agent_id <> into_id", name=op.f("ck_agent_merge_two_agents")),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_agent_merge_agent_id")),
        sa.ForeignKeyConstraint(["into_id"], ["agent.id"], name=op.f("fk_agent_merge_into_id")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f("fk_agent_merge_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_merge")),
    )
    for column in ("agent_id", "into_id"):
        op.create_index(op.f(f"ix_agent_merge_{column}"), "agent_merge", [column], unique=False)
    op.create_table(
        "stated_contributor",
        sa.Column("version_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("contributor_type", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("records", sa.BigInteger(), nullable=True),
        sa.Column("words", sa.BigInteger(), nullable=True),
        *(column._copy() for column in _STATEMENT),
        sa.ForeignKeyConstraint(
            ["version_id"], ["dataset_version.id"], name=op.f("fk_stated_contributor_version_id")
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_stated_contributor_agent_id")),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["evidence.id"], name=op.f("fk_stated_contributor_evidence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_contributor")),
    )
    for column in ("version_id", "agent_id"):
        op.create_index(op.f(f"ix_stated_contributor_{column}"), "stated_contributor", [column], unique=False)
    op.create_index(op.f("ix_agent_identifier_value"), "agent_identifier", ["value"], unique=False)
    _change(_BEFORE, _AFTER)


def downgrade() -> None:
    """Take them away again; refused where something was stated."""
    for what, table in _INEXPRESSIBLE.items():
        count = op.get_bind().scalar(sa.text(f"SELECT COUNT(*) FROM {table}"))
        if count:
            raise StoreError(
                f"schema {down_revision} cannot hold what is recorded: {what} ({count:,})",
                hint="go back to a backup that was made before the upgrade",
            )
    _change(_AFTER, _BEFORE)
    op.drop_index(op.f("ix_agent_identifier_value"), table_name="agent_identifier")
    op.drop_table("stated_contributor")
    op.drop_table("agent_merge")
    op.drop_column("agent", "merged_into")


def _change(before: dict[str, str], after: dict[str, str]) -> None:
    """Other queries in the place of views; readers keep what they might read."""
    readers = [(view, role) for view, role in _THEN["_readers"]() if view in after]
    _THEN["_drop"](before)
    _THEN["_create"](after, {"public_contribution": after["public_contribution"]})
    _THEN["_let_read"](readers)
