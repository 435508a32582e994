"""What contains user SQL on both databases: the limits, the words, the role."""

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TypedDict

from registry.queries.views import VIEWS

# First words of statements that do more than read, or tell how rather than what.
# fmt: off
COMMANDS = frozenset({
    "ALTER", "ANALYZE", "ATTACH", "BEGIN", "CALL", "CHECKPOINT", "CLOSE", "CLUSTER", "COMMENT", "COMMIT",
    "COPY", "CREATE", "DEALLOCATE", "DECLARE", "DELETE", "DETACH", "DISCARD", "DO", "DROP", "END",
    "EXECUTE", "EXPLAIN", "FETCH", "GRANT", "IMPORT", "INSERT", "LISTEN", "LOAD", "LOCK", "MERGE",
    "MOVE", "NOTIFY", "PRAGMA", "PREPARE", "REASSIGN", "REFRESH", "REINDEX", "RELEASE", "REPLACE",
    "RESET", "REVOKE", "ROLLBACK", "SAVEPOINT", "SECURITY", "SET", "SHOW", "START", "TRUNCATE",
    "UNLISTEN", "UPDATE", "VACUUM",
})
# fmt: on
PUBLIC_VIEWS = tuple(view.name for view in VIEWS)
LISTING = "list the views and named queries with: registry query --list"
LARGEST_INTEGER = 2**63


class Exceeded(TypedDict):
    """Message and hint of the error that a limit ends in."""

    message: str
    hint: str


class ContainedError(Exception):
    """Why a query is not answered; `kind` is `refused`, `usage` or `store`."""

    def __init__(self, kind: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a query may run, how much it may answer, and how much memory it may take."""

    rows: int = 10_000
    seconds: float = 10.0
    cell_bytes: int = 10_000_000
    result_bytes: int = 64_000_000
    memory_bytes: int = 1_000_000_000

    def time_exceeded(self) -> Exceeded:
        """What to say when the time is over."""
        return {
            "message": f"the query ran longer than {self.seconds:g} s",
            "hint": "narrow it with WHERE, join fewer views, or allow more time: --timeout SECONDS",
        }

    def size_exceeded(self) -> Exceeded:
        """What to say of a value that is too large."""
        return {
            "message": f"a value of the query is longer than {self.cell_bytes / 1_000_000:g} MB",
            "hint": "select fewer columns, or shorten it with substr()",
        }

    def memory_exceeded(self) -> Exceeded:
        """What to say when the memory is used up."""
        return {
            "message": f"the query needs more than {self.memory_bytes // 1_000_000} MB of memory",
            "hint": "narrow it with WHERE, sort or join less at once",
        }


class Collected:
    """The rows of an answer, up to the limits."""

    def __init__(self, limits: Limits) -> None:
        self.rows: list[list[object]] = []
        self.truncated = False
        self._limits = limits
        self._bytes = 0

    def add(self, row: tuple[object, ...]) -> bool:
        """Take a row; returns whether there is room for another."""
        values = [_plain(value) for value in row]
        self._bytes += sum(len(value) if isinstance(value, str) else 8 for value in values)
        self.truncated = len(self.rows) >= self._limits.rows or self._bytes > self._limits.result_bytes
        if not self.truncated:
            self.rows.append(values)
        return not self.truncated


def grants(role: str) -> list[str]:
    """The SQL, for the owner of the registry, that makes a role for queries on PostgreSQL."""
    name = '"' + role.replace('"', '""') + '"'
    return [
        f"CREATE ROLE {name} LOGIN PASSWORD 'choose one'",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT ON {', '.join(PUBLIC_VIEWS)} TO {name}",
    ]


def _plain(value: object) -> object:
    """A value as JSON holds it; both databases give the same."""
    if value is None or isinstance(value, str | int):
        return int(value) if isinstance(value, bool) else value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Decimal):
        return _number(value)
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def _number(value: Decimal) -> int | float | str:
    if not value.is_finite() or abs(value) >= LARGEST_INTEGER:
        return str(value)
    return int(value) if value == value.to_integral_value() else float(value)
