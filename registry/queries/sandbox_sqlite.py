"""User SQL on SQLite: the registry attached read-only under a secret name, views over it, an authorizer."""

import os
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from registry.queries.sandbox_rules import LISTING, PUBLIC_VIEWS, Collected, ContainedError, Limits

Authorizer = Callable[[int, str | None, str | None, str | None, str | None], int]

# fmt: off
FUNCTIONS = frozenset({
    "abs", "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "avg", "ceil", "ceiling",
    "changes", "char", "coalesce", "concat", "concat_ws", "cos", "cosh", "count", "cume_dist", "date",
    "datetime", "degrees", "dense_rank", "exp", "first_value", "floor", "format", "glob", "group_concat",
    "hex", "ifnull", "iif", "instr", "json_array", "json_group_array", "json_group_object",
    "json_object", "json_quote", "julianday", "lag", "last_value", "lead", "length", "like", "ln", "log",
    "log10", "log2", "lower", "ltrim", "max", "min", "mod", "nth_value", "ntile", "nullif",
    "octet_length", "percent_rank", "pi", "pow", "power", "printf", "quote", "radians", "random",
    "randomblob", "rank", "replace", "round", "row_number", "rtrim", "sign", "sin", "sinh", "sqrt",
    "strftime", "string_agg", "substr", "substring", "sum", "tan", "tanh", "time", "total", "trim",
    "trunc", "typeof", "unhex", "unicode", "unixepoch", "upper", "zeroblob",
})
# fmt: on
SETTINGS = ("PRAGMA trusted_schema=OFF", "PRAGMA temp_store=MEMORY", "PRAGMA mmap_size=0")
STEPS_BETWEEN_LOOKS_AT_THE_CLOCK = 1000
_MANY_STATEMENTS = "one statement at a time"
_PRIVATE = re.compile(r"no such table: (?:\w+\.)?\w+ is private: (.*)")


def run(request: Mapping[str, Any], limits: Limits) -> tuple[list[str], Collected]:
    """Column names and rows of one SELECT."""
    try:
        with closing(_open(limits)) as connection:
            schema = _attach(connection, Path(request["file"]))
            _contain(connection, schema, limits, everything=request["everything"])
            return _select(connection, request["sql"], request["parameters"], limits)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _translated(error, limits) from error


def _open(limits: Limits) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", uri=True, isolation_level=None, timeout=limits.seconds)
    connection.text_factory = lambda value: value.decode(errors="replace")
    for setting in SETTINGS:
        connection.execute(setting)
    return connection


def _attach(connection: sqlite3.Connection, file: Path) -> str:
    """Attach the registry under a name nobody can guess, and hold a snapshot; returns the name.

    Trust in the names of views alone would not do: the authorizer is told the same of a view's reading and of
    a common table expression that took the view's name.
    """
    schema = f"s{secrets.token_hex(16)}"
    address = f"file:{quote(str(file))}?mode=ro"
    try:
        _snapshot(connection, schema, address)
    except sqlite3.OperationalError:
        if os.access(file.parent, os.W_OK, effective_ids=True) or file.with_name(f"{file.name}-wal").exists():
            raise
        _snapshot(connection, schema, f"{address}&immutable=1")  # nobody can write here: no log, no lock
    return schema


def _snapshot(connection: sqlite3.Connection, schema: str, address: str) -> None:
    connection.execute(f"ATTACH ? AS {schema}", (address,))
    try:
        connection.execute("BEGIN")
        connection.execute(f"SELECT COUNT(*) FROM {schema}.sqlite_master").fetchone()  # noqa: S608
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        connection.execute(f"DETACH {schema}")
        raise


def _contain(connection: sqlite3.Connection, schema: str, limits: Limits, *, everything: bool) -> None:
    names = connection.execute(
        f"SELECT name, type FROM {schema}.sqlite_master WHERE type IN ('table', 'view')"  # noqa: S608
    ).fetchall()
    if not everything:
        _cover(connection, schema, [name for name, _ in names if not _is_own(name)])
    connection.execute("PRAGMA query_only=ON")
    for kind, most in (
        (sqlite3.SQLITE_LIMIT_LENGTH, limits.cell_bytes),
        (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 50),
        (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 500),
        (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000),
        (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
        (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
    ):
        connection.setlimit(kind, most)
    views = {name for name, kind in names if kind == "view"}
    connection.set_authorizer(_authorizer(schema, views, everything=everything))
    deadline = time.monotonic() + limits.seconds
    connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_LOOKS_AT_THE_CLOCK)


def _cover(connection: sqlite3.Connection, schema: str, names: Iterable[str]) -> None:
    """Put a temporary view over every name: the public ones lead to the registry, the others nowhere.

    LIMIT keeps a reader's condition from being tried on rows that the view hides: SQLite neither flattens
    such a view nor pushes conditions into it.
    """
    for name in names:
        leads_to = f'{schema}."{name}" LIMIT -1' if name in PUBLIC_VIEWS else f'"{schema} is private: {name}"'
        connection.execute(f'CREATE TEMP VIEW "{name}" AS SELECT * FROM {leads_to}')  # noqa: S608


def _authorizer(schema: str, views: set[str], *, everything: bool) -> Authorizer:
    """Allow selecting, known functions, and reading public views through their own definitions; no more."""

    def reads(table: str | None, column: str | None, database: str | None, through: str | None) -> bool:
        if column == "":  # something is joined or counted, and nothing taken from it
            return not _is_own(table or "")
        inside = database == schema and (everything or through in views)
        return inside or (database == "temp" and table in PUBLIC_VIEWS)

    def authorize(
        action: int, first: str | None, second: str | None, database: str | None, through: str | None
    ) -> int:
        allowed = (
            action in {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE}
            or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in FUNCTIONS)
            or (action == sqlite3.SQLITE_READ and reads(first, second, database, through))
        )
        return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY

    return authorize


def _is_own(table: str) -> bool:
    """Whether the table is SQLite's: such names cannot be covered."""
    return table.lower().startswith("sqlite_")


def _select(
    connection: sqlite3.Connection, sql: str, parameters: Mapping[str, str], limits: Limits
) -> tuple[list[str], Collected]:
    found = Collected(limits)
    with closing(connection.execute(sql, parameters)) as cursor:
        columns = [column[0] for column in cursor.description or ()]
        for row in cursor:
            if not found.add(row):
                break
    return columns, found


def _translated(error: sqlite3.Error | sqlite3.Warning, limits: Limits) -> ContainedError:
    message = str(error)
    code = getattr(error, "sqlite_errorcode", None)
    if private := _PRIVATE.match(message):
        return ContainedError("refused", f"'{private[1]}' is not one of the public views", LISTING)
    if code == sqlite3.SQLITE_AUTH or "prohibited" in message or "not authorized" in message:
        does_more = f"the query does more than read the public views: {message}"
        return ContainedError("refused", does_more, LISTING)
    if _MANY_STATEMENTS in message:
        return ContainedError("refused", "there is more than one statement", "run one query at a time")
    for signs, exceeded in (
        ({sqlite3.SQLITE_INTERRUPT}, limits.time_exceeded()),
        ({sqlite3.SQLITE_TOOBIG}, limits.size_exceeded()),
        ({sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}, limits.memory_exceeded()),
    ):
        if code in signs:
            return ContainedError("refused", **exceeded)
    if code in {None, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_RANGE, sqlite3.SQLITE_MISMATCH}:
        return ContainedError("usage", f"SQLite cannot run this: {message}", LISTING)
    hint = "check it with: registry database check"
    return ContainedError("store", f"the database failed: {message}", hint)
