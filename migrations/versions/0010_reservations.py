"""What sites and people ask: reservations, requests, erasures; and the names that agents are searched by."""

import runpy
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from registry.errors import StoreError

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_STATEMENT = ("id", "recorded_at", "asserted_by", "evidence_id")
_TABLES = ("agent_name", "redaction", "erasure", "request_resolution", "request", "reservation")
_RESERVATION = """
        SELECT p.dataset, p.version, r.domain, r.protocol, r.agent, r.path, r.says AS answer, r.scope,
               r.observed, {begin} AS collected_from, {end} AS collected_until, d.records, d.words
        FROM reservation r
        JOIN version_domain d ON d.domain = r.domain
        JOIN projected_version p ON p.version_id = d.version_id
        LEFT JOIN version_property c ON c.version_id = d.version_id AND c.property = 'collected'
                                        AND c.superseded_at IS NULL
        WHERE r.superseded_at IS NULL AND (r.version_id IS NULL OR r.version_id = d.version_id)
              AND p.visibility = 'public' AND r.protocol NOT IN ('contract', 'letter')"""


# A period is kept as {"begin":"2025-01","end":"2025-06"}; text is all that both databases, and what user SQL
# may call, have in common.
_BEGIN = """CASE WHEN c.value LIKE '{"begin":"____-__-__"%' THEN SUBSTR(c.value, 11, 10)
                    WHEN c.value LIKE '{"begin":"____-__"%' THEN SUBSTR(c.value, 11, 7)
                    WHEN c.value LIKE '{"begin":"____"%' THEN SUBSTR(c.value, 11, 4) END"""
_END = """CASE WHEN c.value LIKE '%"end":"ongoing"}' THEN 'ongoing'
                    WHEN c.value LIKE '%"end":"____-__-__"}' THEN SUBSTR(c.value, LENGTH(c.value) - 11, 10)
                    WHEN c.value LIKE '%"end":"____-__"}' THEN SUBSTR(c.value, LENGTH(c.value) - 8, 7)
                    WHEN c.value LIKE '%"end":"____"}' THEN SUBSTR(c.value, LENGTH(c.value) - 5, 4) END"""


def upgrade() -> None:
    """Add the tables and the view."""
    _statements(
        "reservation",
        required=("host", "place", "observed", "protocol", "agent", "path", "scope", "says"),
        optional=("domain", "malformed", "policy"),
        references={"version_id": ("dataset_version", True)},
        checks={"says": "says IN ('allow', 'disallow', 'unset')", "scope": "scope IN ('whole', 'part')"},
    )
    op.create_index(op.f("ix_reservation_domain"), "reservation", ["domain"])
    op.create_table(
        "request",
        *_texts("id", "kind", "asked_by", "about", "received", "found", "recorded_at"),
        *_texts("due", "evidence", nullable=True),
        sa.CheckConstraint("kind IN ('removal', 'opt-out', 'attribution')", name=op.f("ck_request_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request")),
    )
    _statements(
        "request_resolution",
        required=("outcome", "because", "resolved_by"),
        references={"request_id": ("request", False)},
        checks={"outcome": "outcome IN ('done', 'refused', 'partly')"},
    )
    _erasures()
    op.create_table(
        "agent_name",
        *_texts("normalised", "agent_id"),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_agent_name_agent_id")),
        sa.PrimaryKeyConstraint("normalised", "agent_id", name=op.f("pk_agent_name")),
    )
    op.create_index(op.f("ix_agent_name_agent_id"), "agent_name", ["agent_id"])
    view = _RESERVATION.format(begin=_BEGIN, end=_END)
    then = runpy.run_path(str(Path(__file__).with_name("0003_declarations.py")))
    then["_create"]({"public_reservation": view}, {"public_reservation": view})


def downgrade() -> None:
    """Take them away again; refused where something is recorded that would be lost."""
    for table in ("reservation", "request", "erasure"):
        count = op.get_bind().scalar(sa.text(f"SELECT COUNT(*) FROM {table}"))  # noqa: S608 - constants above
        if count:
            raise StoreError(
                f"schema {down_revision} cannot hold what is recorded: rows of {table} ({count:,})",
                hint="go back to a backup that was made before the upgrade",
            )
    op.execute("DROP VIEW public_reservation")
    for table in _TABLES:
        op.drop_table(table)


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]


def _statements(
    table: str,
    *,
    required: tuple[str, ...],
    optional: tuple[str, ...] = (),
    references: dict[str, tuple[str, bool]],
    checks: dict[str, str],
) -> None:
    """A table of statements; references: the table of each, and whether it may be null."""
    op.create_table(
        table,
        *(sa.Column(name, sa.Text(), nullable=null) for name, (_, null) in references.items()),
        *_texts(*required, *_STATEMENT),
        *_texts(*optional, "superseded_at", nullable=True),
        *(sa.CheckConstraint(text, name=op.f(f"ck_{table}_{name}")) for name, text in checks.items()),
        *(
            sa.ForeignKeyConstraint([name], [f"{target}.id"], name=op.f(f"fk_{table}_{name}"))
            for name, (target, _) in references.items()
        ),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name=op.f(f"fk_{table}_evidence_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for name in references:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _erasures() -> None:
    op.create_table(
        "erasure",
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        *_texts("commitment", "erased_at", "removed"),
        *_texts("because", "erased_by", nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_erasure")),
    )
    op.create_table(
        "redaction",
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("erasure", sa.BigInteger(), nullable=False),
        *_texts("digest_before", "digest_after"),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_redaction_edition_id")),
        sa.ForeignKeyConstraint(["erasure"], ["erasure.number"], name=op.f("fk_redaction_erasure")),
        sa.PrimaryKeyConstraint("edition_id", "erasure", name=op.f("pk_redaction")),
    )
