"""Handles as documents show them: a name with an `@` is one, and who states `shown_as` is shown so."""

import runpy
from pathlib import Path

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_VERSIONS = Path(__file__).parent
_THEN = runpy.run_path(str(_VERSIONS / "0003_declarations.py"))
_has_email = runpy.run_path(str(_VERSIONS / "0002_public_views.py"))["_has_email"]
_WRITTEN = runpy.run_path(str(_VERSIONS / "0016_written_once.py"))
_HOLDERS = runpy.run_path(str(_VERSIONS / "0018_public_holders.py"))
_with = _WRITTEN["_with"]
_PUBLIC: dict[str, str] = {
    "public_contribution": _WRITTEN["_AFTER"]["public_contribution"],
    _HOLDERS["_VIEW"]: _HOLDERS["_QUERY"],
}
_BEFORE: dict[str, str] = {
    name: _WRITTEN["_AFTER"][name] for name in ("projected_standing", "projected_agent")
} | _PUBLIC
_STATED = "SELECT agent_id FROM agent_property WHERE property = 'shown_as' AND superseded_at IS NULL"
_AFTER = {
    "projected_standing": _with(
        _BEFORE["projected_standing"],
        "CASE WHEN s.shown_as = 'handle' AND",
        f"CASE WHEN s.shown_as = 'handle' AND s.id NOT IN ({_STATED}) AND",
    ),
    "projected_agent": _with(
        _BEFORE["projected_agent"],
        "= 'handle' THEN h.handle END",
        "= 'handle' THEN COALESCE(h.handle, "
        f"CASE WHEN n.name LIKE '@%' AND NOT {_has_email('n.name')} THEN n.name END) END",
    ),
} | _PUBLIC


def upgrade() -> None:
    """Show them."""
    _change(_BEFORE, _AFTER)


def downgrade() -> None:
    """Show handles that are declared, and no others."""
    _change(_AFTER, _BEFORE)


def _change(before: dict[str, str], after: dict[str, str]) -> None:
    """Other queries in the place of views; readers keep what they might read."""
    readers = [(view, role) for view, role in _THEN["_readers"]() if view in after]
    _THEN["_drop"](before)
    _THEN["_create"](after, _PUBLIC)
    _THEN["_let_read"](readers)
