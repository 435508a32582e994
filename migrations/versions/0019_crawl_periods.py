"""Reservations beside when a version was crawled, else when it was collected."""

import runpy
from pathlib import Path
from typing import Any

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_VERSIONS = Path(__file__).parent
_THEN = runpy.run_path(str(_VERSIONS / "0003_declarations.py"))
_TENTH: dict[str, Any] = runpy.run_path(str(_VERSIONS / "0010_reservations.py"))
_VIEW = "public_reservation"
_WHERE = "\n        WHERE r.superseded_at IS NULL"
# A crawl is kept as {"crawlers":[...],"period":{"begin":"2025-01"},...}: within texts, quotes are escaped.
_KEY = '"period":{'
_CRAWLED = """
        LEFT JOIN (
            SELECT version_id, SUBSTR(rest, 1, {place}(rest, '}}')) AS value
            FROM (SELECT version_id, SUBSTR(value, {place}(value, '{key}') + {before}) AS rest
                  FROM version_property
                  WHERE property = 'crawl' AND superseded_at IS NULL AND value LIKE '%{key}%') x
        ) w ON w.version_id = d.version_id"""


def upgrade() -> None:
    """Let the dates of the crawl come first."""
    _replace(_with_crawls())


def downgrade() -> None:
    """Read the dates of the collection alone again."""
    _replace(_TENTH["_RESERVATION"].format(begin=_TENTH["_BEGIN"], end=_TENTH["_END"]))


def _with_crawls() -> str:
    place = "STRPOS" if op.get_bind().dialect.name == "postgresql" else "INSTR"
    begin, end = (
        f"COALESCE({moment.replace('c.value', 'w.value')}, {moment})"
        for moment in (_TENTH["_BEGIN"], _TENTH["_END"])
    )
    query: str = _TENTH["_RESERVATION"].format(begin=begin, end=end)
    crawled = _CRAWLED.format(place=place, key=_KEY, before=len(_KEY) - 1)
    if query.count(_WHERE) != 1:
        raise RuntimeError("a view is not as this migration knows it")
    return query.replace(_WHERE, crawled + _WHERE)


def _replace(query: str) -> None:
    """Another query in the place of the view; readers keep what they might read."""
    readers = [(view, role) for view, role in _THEN["_readers"]() if view == _VIEW]
    op.execute(f"DROP VIEW {_VIEW}")
    _THEN["_create"]({_VIEW: query}, {_VIEW: query})
    _THEN["_let_read"](readers)
