"""What versions share, what of a version repeats itself, and how its records are found again."""

import runpy
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OF_VERSION: tuple[sa.Column[object], ...] = (
    sa.Column("near_duplicate_records", sa.BigInteger(), nullable=True),
    sa.Column("near_duplicates_complete", sa.Boolean(), nullable=True),
    sa.Column("reading", sa.Text(), nullable=True),
)
_SHARES = ("a_in_b", "a_in_b_low", "a_in_b_high", "b_in_a", "b_in_a_low", "b_in_a_high", "resemblance")
_CHANGES = {  # of the views before: what stood there, and what stands there now
    "projected_version": (
        ("v.words_equal_records, v.basis", "v.words_equal_records, v.basis, v.near_duplicate_records"),
    ),
    "public_dataset_version": (
        ("recipe, recorded_at, basis", "recipe, recorded_at, basis, near_duplicate_records"),
    ),
}
_DECLARED = """EXISTS (SELECT 1 FROM derivation d
                       WHERE d.superseded_at IS NULL
                         AND ((d.version_id = o.a_version_id AND d.of_version_id = o.b_version_id)
                           OR (d.version_id = o.b_version_id AND d.of_version_id = o.a_version_id)))"""
_OVERLAP = f"""
        SELECT a.dataset AS a_dataset, a.version AS a_version, b.dataset AS b_dataset,
               b.version AS b_version,
               o.a_in_b, o.a_in_b_low, o.a_in_b_high, o.b_in_a, o.b_in_a_low, o.b_in_a_high, o.resemblance,
               o.common AS common_hashes, o.scale, o.recipe
        FROM overlap o
        JOIN projected_version a ON a.version_id = o.a_version_id
        JOIN projected_version b ON b.version_id = o.b_version_id
        WHERE a.visibility = 'public' AND b.visibility = 'public' AND o.a_version_id <> o.b_version_id
          AND (a.dataset_id = b.dataset_id OR {_DECLARED})"""  # noqa: S608 - put together from constants


def upgrade() -> None:
    """Add the table, the columns and the view."""
    views, public = _views_before()
    _change_views(views, _new_views(views), public | {"public_overlap": _OVERLAP}, _add)


def downgrade() -> None:
    """Take them away again; all of it can be computed anew but the way to the records."""
    views, public = _views_before()
    _change_views(_new_views(views), views, public, _remove)


def _add() -> None:
    for column in _OF_VERSION:
        op.add_column("dataset_version", column._copy())
    op.create_table(
        "overlap",
        sa.Column("a_version_id", sa.Text(), nullable=False),
        sa.Column("b_version_id", sa.Text(), nullable=False),
        sa.Column("fingerprints", sa.Text(), nullable=False),
        sa.Column("recipe", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("scale", "a", "b", "common")),
        *(sa.Column(name, sa.Double(), nullable=True) for name in _SHARES),
        *(
            sa.ForeignKeyConstraint([name], ["dataset_version.id"], name=op.f(f"fk_overlap_{name}"))
            for name in ("a_version_id", "b_version_id")
        ),
        sa.PrimaryKeyConstraint("a_version_id", "b_version_id", name=op.f("pk_overlap")),
    )
    op.create_index(op.f("ix_overlap_b_version_id"), "overlap", ["b_version_id"], unique=False)


def _remove() -> None:
    op.drop_table("overlap")
    for column in reversed(_OF_VERSION):
        op.drop_column("dataset_version", column.name)


def _views_before() -> tuple[dict[str, str], dict[str, str]]:
    """All views of schema 0003, and which of them are public."""
    versions = Path(__file__).parent
    first = runpy.run_path(str(versions / "0002_public_views.py"))
    then = runpy.run_path(str(versions / "0003_declarations.py"))
    views: dict[str, str] = first["PROJECTIONS"] | first["PUBLIC"]
    return views | {name: then["_changed"](name, views[name]) for name in then["_CHANGES"]}, first["PUBLIC"]


def _new_views(views: dict[str, str]) -> dict[str, str]:
    changed = dict(views)
    for name, changes in _CHANGES.items():
        for old, new in changes:
            if old not in changed[name]:
                raise RuntimeError(f"the view {name} is not as this migration knows it")
            changed[name] = changed[name].replace(old, new)
    return changed | {"public_overlap": _OVERLAP}


def _change_views(
    before: dict[str, str], after: dict[str, str], public: dict[str, str], change: Callable[[], None]
) -> None:
    """Drop the views, change the tables under them, make the new ones; readers keep what they might read."""
    then = runpy.run_path(str(Path(__file__).with_name("0003_declarations.py")))
    readers = then["_readers"]()
    then["_drop"](before)
    change()
    then["_create"](after, public)
    then["_let_read"]([(view, role) for view, role in readers if view in after])
