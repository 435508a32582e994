"""Contributions in public: who is shown as whom is found once, and no longer for each kind of row."""

# ruff: noqa: S608 - every statement is put together from the constants below

import runpy
from pathlib import Path

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_VERSIONS = Path(__file__).parent
_THEN = runpy.run_path(str(_VERSIONS / "0013_names.py"))
_CHANGE = runpy.run_path(str(_VERSIONS / "0011_agents.py"))["_change"]
_FIRST = runpy.run_path(str(_VERSIONS / "0002_public_views.py"))
_BEFORE: dict[str, str] = _THEN["_AFTER"]
_withheld, _total = _FIRST["_withheld"], _FIRST["_total"]


def _without_choice(query: str) -> str:
    """The query with every agent looked up by its identifier: SQLite might begin with all of them."""
    old, new = "        JOIN agent n ON", "        LEFT JOIN agent n ON"
    if old not in query:
        raise RuntimeError("the view projected_agent is not as this migration knows it")
    return query.replace(old, new)


_NAMED = "c.contributor_type <> 'Annotator' AND a.contributor IS NOT NULL"
_SIZED = f"c.is_stated = 0 OR ({_NAMED})"  # of those who are stated and not named, no size is shown
_COUNT = "COUNT(DISTINCT shown_id)"
_AFTER = {
    "projected_standing": _BEFORE["projected_standing"],
    "projected_agent": _without_choice(_BEFORE["projected_agent"]),
    # `apart` and `named` are of whoever is named: all others of a version are one row of each type. Who is
    # stated to have taken part stands apart from who is named in the records.
    "public_contribution": f"""
        SELECT dataset, version,
               CASE WHEN named IS NOT NULL THEN named
                    WHEN contributor_type = 'Annotator' AND {_COUNT} < 10 THEN 'withheld (fewer than 10)'
                    ELSE {_withheld(_COUNT)} END AS contributor,
               contributor_type, license, {_total("records")} AS records, {_total("words")} AS words,
               {_total("bytes")} AS bytes
        FROM (
            SELECT p.version_id, p.dataset, p.version, c.contributor_type, a.shown_id, c.is_stated,
                   CASE WHEN c.contributor_type <> 'Annotator' THEN a.contributor END AS named,
                   CASE WHEN {_NAMED}
                        THEN COALESCE(c.statement, a.shown_id) END AS apart,
                   CASE WHEN c.is_stated = 0 AND c.contributor_type <> 'Annotator'
                        THEN COALESCE(c.license, p.license) END AS license,
                   CASE WHEN {_SIZED}
                        THEN c.records END AS records,
                   CASE WHEN {_SIZED} THEN c.words END AS words,
                   c.bytes
            FROM (
                SELECT version_id, agent_id, contributor_type, license, records, words, bytes,
                       0 AS is_stated, CAST(NULL AS TEXT) AS statement
                FROM contribution
                WHERE superseded_at IS NULL
                UNION ALL
                SELECT version_id, agent_id, contributor_type, CAST(NULL AS TEXT), records, words,
                       CAST(NULL AS BIGINT), 1, id
                FROM stated_contributor
                WHERE superseded_at IS NULL
            ) c
            JOIN projected_version p ON p.version_id = c.version_id
            JOIN projected_agent a ON a.agent_id = c.agent_id
            WHERE p.visibility = 'public'
        ) k
        GROUP BY apart, version_id, contributor_type, license, is_stated, dataset, version, named""",
}


def upgrade() -> None:
    """Let the view read everything once."""
    _CHANGE(_BEFORE, _AFTER)


def downgrade() -> None:
    """Bring back the view that reads it for each kind of row."""
    _CHANGE(_AFTER, _BEFORE)
