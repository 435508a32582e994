"""Rights are written once: a sole holder in its holding, a creator's contribution as what it holds."""

# ruff: noqa: S608 - every statement is put together from the constants below

import runpy
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

from registry.domain.identifiers import identity

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_VERSIONS = Path(__file__).parent
_CHANGE = runpy.run_path(str(_VERSIONS / "0011_agents.py"))["_change"]
_BEFORE: dict[str, str] = runpy.run_path(str(_VERSIONS / "0015_contributions.py"))["_AFTER"]
_AT_ONCE = 10_000
_SIZES = ("records", "words", "bytes")
_SHARES = """
    SELECT id, holder_id AS agent_id FROM rights_holding WHERE holder_id IS NOT NULL
    UNION ALL SELECT holding_id, agent_id FROM rights_holding_party"""
_PRESUMED = f"""
    SELECT h.version_id, s.agent_id, COALESCE(h.license, '') AS license,
           {", ".join(f"CAST(SUM(h.{size}) AS BIGINT) AS {size}" for size in _SIZES)},
           {", ".join(f"MIN(h.{one}) AS {one}" for one in ("recorded_at", "asserted_by", "evidence_id"))}
    FROM rights_holding h JOIN ({_SHARES}) s ON s.id = h.id
    WHERE h.superseded_at IS NULL AND h.basis = 'presumed-author'
    GROUP BY h.version_id, s.agent_id, COALESCE(h.license, '')"""
_SAME = """presumed.version_id = contribution.version_id AND presumed.agent_id = contribution.agent_id
    AND presumed.license = COALESCE(contribution.license, '')
    AND contribution.contributor_type = 'Creator' AND contribution.superseded_at IS NULL"""


def _with(query: str, old: str, new: str) -> str:
    if old not in query:
        raise RuntimeError("a view is not as this migration knows it")
    return query.replace(old, new)


_AFTER = {
    "projected_standing": _with(
        _BEFORE["projected_standing"],
        "OR EXISTS (SELECT 1 FROM rights_holding_party r",
        """OR EXISTS (SELECT 1 FROM rights_holding c WHERE c.holder_id = a.id AND c.superseded_at IS NULL
                        AND c.version_id IN (SELECT version_id FROM projected_version
                                             WHERE visibility = 'public'))
             OR EXISTS (SELECT 1 FROM rights_holding_party r""",
    ),
    "projected_agent": _BEFORE["projected_agent"],
    "public_contribution": _with(
        _BEFORE["public_contribution"],
        """                FROM contribution
                WHERE superseded_at IS NULL
""",
        """                FROM contribution
                WHERE superseded_at IS NULL
                UNION ALL
                SELECT version_id, holder_id, 'Creator', license, records, words, bytes, 0, CAST(NULL AS TEXT)
                FROM rights_holding
                WHERE superseded_at IS NULL AND basis = 'presumed-author' AND holder_id IS NOT NULL
                UNION ALL
                SELECT h.version_id, r.agent_id, 'Creator', h.license, h.records, h.words, h.bytes, 0,
                       CAST(NULL AS TEXT)
                FROM rights_holding_party r
                JOIN rights_holding h ON h.id = r.holding_id
                WHERE h.superseded_at IS NULL AND h.basis = 'presumed-author'
""",
    ),
}


def upgrade() -> None:
    """Move sole holders into their holdings, and leave of contributions what does not follow from these."""
    op.execute(
        "ALTER TABLE rights_holding ADD COLUMN holder_id TEXT "
        "CONSTRAINT fk_rights_holding_holder_id REFERENCES agent (id)"
    )
    op.execute(
        "UPDATE rights_holding SET holder_id = (SELECT agent_id FROM rights_holding_party p "
        "WHERE p.holding_id = rights_holding.id AND p.numerator = p.denominator)"
    )
    op.execute("DELETE FROM rights_holding_party WHERE numerator = denominator")
    op.create_index(op.f("ix_rights_holding_holder_id"), "rights_holding", ["holder_id"], unique=False)
    op.drop_index(op.f("ix_agent_merged_into"), table_name="agent")
    some = sa.text("merged_into IS NOT NULL")  # nearly all stand for themselves
    op.create_index(
        op.f("ix_agent_merged_into"), "agent", ["merged_into"], sqlite_where=some, postgresql_where=some
    )
    _keep_presumed()
    _leave_what_does_not_follow()
    op.execute("DROP TABLE presumed")
    _CHANGE(_BEFORE, _AFTER)


def downgrade() -> None:
    """Write both twice again."""
    _CHANGE(_AFTER, _BEFORE)
    _keep_presumed()
    more = ", ".join(f"{size} = {size} + (SELECT {size} FROM presumed WHERE {_SAME})" for size in _SIZES)
    op.execute(
        f"UPDATE contribution SET {more} WHERE EXISTS (SELECT 1 FROM presumed WHERE {_SAME}) "
        "AND id IN (SELECT MIN(id) FROM contribution WHERE contributor_type = 'Creator' "
        "AND superseded_at IS NULL GROUP BY version_id, agent_id, COALESCE(license, ''))"
    )
    missing = f"SELECT * FROM presumed WHERE NOT EXISTS (SELECT 1 FROM contribution WHERE {_SAME})"
    rows = op.get_bind().execute(sa.text(missing)).mappings().all()
    for start in range(0, len(rows), _AT_ONCE):
        op.bulk_insert(_contribution(), _contributions(rows[start : start + _AT_ONCE]))
    op.execute("DROP TABLE presumed")
    op.execute(
        "INSERT INTO rights_holding_party (holding_id, agent_id, numerator, denominator) "
        "SELECT id, holder_id, 1, 1 FROM rights_holding WHERE holder_id IS NOT NULL"
    )
    op.drop_index(op.f("ix_agent_merged_into"), table_name="agent")
    op.create_index(op.f("ix_agent_merged_into"), "agent", ["merged_into"], unique=False)
    op.drop_index(op.f("ix_rights_holding_holder_id"), table_name="rights_holding")
    op.drop_column("rights_holding", "holder_id")


def _keep_presumed() -> None:
    """What presumed authors hold, which they contributed: kept for a while with an index."""
    op.execute(f"CREATE TEMPORARY TABLE presumed AS {_PRESUMED}")
    op.execute("CREATE INDEX ix_presumed ON presumed (agent_id, version_id, license)")


def _leave_what_does_not_follow() -> None:
    """Of each creator and license in a version; an erasure may have left several rows of one tombstone."""
    rest = ", ".join(f"SUM(contribution.{size}) - MIN(presumed.{size}) AS {size}" for size in _SIZES)
    op.execute(
        f"CREATE TEMPORARY TABLE rest AS SELECT MIN(contribution.id) AS id, {rest} "
        f"FROM contribution JOIN presumed ON {_SAME} "
        "GROUP BY presumed.version_id, presumed.agent_id, presumed.license"
    )
    op.execute("CREATE INDEX ix_rest ON rest (id)")
    op.execute(
        f"DELETE FROM contribution WHERE EXISTS (SELECT 1 FROM presumed WHERE {_SAME}) "
        "AND NOT EXISTS (SELECT 1 FROM rest WHERE rest.id = contribution.id AND rest.records > 0)"
    )
    left = ", ".join(f"{size} = (SELECT {size} FROM rest WHERE rest.id = contribution.id)" for size in _SIZES)
    op.execute(f"UPDATE contribution SET {left} WHERE id IN (SELECT id FROM rest)")
    op.execute("DROP TABLE rest")


def _contribution() -> sa.Table:
    return sa.Table("contribution", sa.MetaData(), autoload_with=op.get_bind())


def _contributions(rows: Sequence[sa.RowMapping]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "id": identity("contribution", row["version_id"], row["agent_id"], "Creator", row["license"]),
            "contributor_type": "Creator",
            "license": row["license"] or None,
            "superseded_at": None,
        }
        for row in rows
    ]
