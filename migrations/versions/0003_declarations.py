"""What declaration files state: agents, provider answers, corrected runs, selections, data never read."""

import runpy
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXTS = {
    "training_run": ("name", "started", "compute_flop", "superseded_at"),
    "mixture_component": ("selection", "selection_basis", "selection_label", "counted"),
}
_STATEMENTS = {
    "agent_property": ("agent", "agent_id", ("property", "value")),
    "provider_answer": ("agent", "agent_id", ("question", "value")),
    "contradiction": ("dataset_version", "version_id", ("property", "stated", "found")),
    "base_disclosure": ("model_version", "model_version_id", ("name", "label", "sha256", "document")),
}
_CHANGES = {  # of the views before: what stood there, and what stands there now
    "projected_component": (
        (
            "JOIN training_run r ON r.id = m.run_id",
            "JOIN training_run r ON r.id = m.run_id WHERE r.superseded_at IS NULL",
        ),
    ),
    "projected_version": (
        ("THEN v.content_digest END", "THEN NULLIF(v.content_digest, '') END"),
        ("THEN v.fingerprint_id END", "THEN NULLIF(v.fingerprint_id, '') END"),
        ("v.wordless_records, v.words_equal_records", "v.wordless_records, v.words_equal_records, v.basis"),
    ),
    "public_dataset_version": (("recipe, recorded_at", "recipe, recorded_at, basis"),),
}
_INEXPRESSIBLE = {  # what the schema before would lose, or take for something else
    "corrected training runs": "training_run WHERE superseded_at IS NOT NULL",
    "versions of declared size": "dataset_version WHERE basis <> 'measured'",
    "parts of versions": "mixture_component WHERE selection IS NOT NULL",
    **{f"rows of {table}": table for table in _STATEMENTS},
}


def upgrade() -> None:
    """Add the tables and columns; corrected runs leave the public views."""
    before = runpy.run_path(str(Path(__file__).with_name("0002_public_views.py")))
    views: dict[str, str] = before["PROJECTIONS"] | before["PUBLIC"]
    readers = _readers()
    _drop(views)
    for table, (target, reference, columns) in _STATEMENTS.items():
        _create_statement_table(table, target, reference, columns)
    op.add_column("dataset_version", sa.Column("basis", sa.Text(), nullable=False, server_default="measured"))
    for table, names in _TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.Text(), nullable=True))
    op.add_column("mixture_component", sa.Column("tokens", sa.BigInteger(), nullable=True))
    _add_evidence()
    _create(views | {name: _changed(name, views[name]) for name in _CHANGES}, before["PUBLIC"])
    _let_read(readers)


def downgrade() -> None:
    """Take them away again, and bring the views back; refused where what is recorded would be lost."""
    _refuse_loss()
    before = runpy.run_path(str(Path(__file__).with_name("0002_public_views.py")))
    views: dict[str, str] = before["PROJECTIONS"] | before["PUBLIC"]
    readers = _readers()
    _drop(views)
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("fk_training_run_evidence_id"), "training_run", type_="foreignkey")
    op.drop_column("training_run", "evidence_id")
    op.drop_column("mixture_component", "tokens")
    for table, names in _TEXTS.items():
        for name in names:
            op.drop_column(table, name)
    op.drop_column("dataset_version", "basis")
    for table in _STATEMENTS:
        op.drop_table(table)
    _create(views, before["PUBLIC"])
    _let_read(readers)


def _refuse_loss() -> None:
    for what, where in _INEXPRESSIBLE.items():
        count = op.get_bind().scalar(sa.text(f"SELECT COUNT(*) FROM {where}"))  # noqa: S608 - constants above
        if count:
            raise StoreError(
                f"schema {down_revision} cannot hold what is recorded: {what} ({count:,})",
                hint="go back to a backup that was made before the upgrade",
            )


def _create_statement_table(table: str, target: str, reference: str, columns: tuple[str, ...]) -> None:
    op.create_table(
        table,
        sa.Column(reference, sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in columns),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text(), nullable=True),
        sa.Column("asserted_by", sa.Text(), nullable=False),
        sa.Column("evidence_id", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint([reference], [f"{target}.id"], name=op.f(f"fk_{table}_{reference}")),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f(f"fk_{table}_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{reference}"), table, [reference], unique=False)


def _add_evidence() -> None:
    """A column with a reference: SQLite adds both at once or never, PostgreSQL names the reference."""
    if op.get_bind().dialect.name == "postgresql":
        op.add_column("training_run", sa.Column("evidence_id", sa.Text(), nullable=True))
        name = op.f("fk_training_run_evidence_id")
        op.create_foreign_key(name, "training_run", "evidence", ["evidence_id"], ["id"])
    else:
        column = sa.Column("evidence_id", sa.Text(), sa.ForeignKey("evidence.id"), nullable=True)
        op.add_column("training_run", column, inline_references=True)


def _readers() -> list[tuple[str, str]]:
    """Views of PostgreSQL and the roles that may read them, which a new view would forget."""
    if op.get_bind().dialect.name != "postgresql":
        return []
    granted = sa.text(
        "SELECT table_name, grantee FROM information_schema.role_table_grants "
        "WHERE table_name LIKE 'public\\_%' AND privilege_type = 'SELECT' AND grantee <> current_user"
    )
    return [(str(view), str(role)) for view, role in op.get_bind().execute(granted)]


def _let_read(readers: list[tuple[str, str]]) -> None:
    for view, role in readers:
        name = "PUBLIC" if role == "PUBLIC" else '"' + role.replace('"', '""') + '"'
        op.execute(f"GRANT SELECT ON {view} TO {name}")


def _changed(name: str, query: str) -> str:
    for old, new in _CHANGES[name]:
        if old not in query:
            raise RuntimeError(f"the view {name} is not as this migration knows it")
        query = query.replace(old, new)
    return query


def _drop(views: dict[str, str]) -> None:
    for name in reversed(views):
        op.execute(f"DROP VIEW {name}")


def _create(views: dict[str, str], public: dict[str, str]) -> None:
    for name, query in views.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if op.get_bind().dialect.name == "postgresql":
        for name in public:  # else a reader's condition may be tried on the rows that a view hides
            op.execute(f"ALTER VIEW {name} SET (security_barrier = true)")
