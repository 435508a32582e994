"""User SQL on PostgreSQL: a role that can read the public views alone, one cursor, a watch from this side."""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Timer
from typing import Any

import psycopg
from psycopg import IsolationLevel, errors, sql

from registry.queries.sandbox_role import check_role
from registry.queries.sandbox_rules import COMMANDS, LISTING, Collected, ContainedError, Limits, grants

WAIT_FOR_SERVER = 5
FETCHED_AT_ONCE = 500
# Set where this role may: they bound what the server spends on one query.
SERVER_LIMITS = {
    "work_mem": "64MB",
    "temp_file_limit": "1GB",
    "max_parallel_workers_per_gather": "0",
    "client_connection_check_interval": "500",
}
WRITES = (errors.ReadOnlySqlTransaction, errors.ActiveSqlTransaction, errors.FeatureNotSupported)
CONNECTION = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow, errors.InvalidPassword)
_NEAR = re.compile(r'at or near "(\w+)"')


def run(request: Mapping[str, Any], limits: Limits) -> tuple[list[str], Collected]:
    """Column names and rows of one SELECT, over a connection of its own."""
    try:
        with _connected(request["connect"], limits) as connection:
            if not request["everything"]:
                check_role(connection)
            _restrict(connection)
            with _watched(connection, limits):
                return _select(connection, request["sql"], request["parameters"], limits)
    except psycopg.Error as error:
        raise _translated(error, limits) from error


@contextmanager
def _connected(arguments: dict[str, Any], limits: Limits) -> Iterator[psycopg.Connection]:
    milliseconds = int(limits.seconds * 1000)
    settings = {
        "default_transaction_read_only": "on",
        "statement_timeout": milliseconds,
        "lock_timeout": milliseconds,
        "idle_in_transaction_session_timeout": milliseconds + 2000,
    }
    options = " ".join(
        [arguments.pop("options", ""), *(f"-c {name}={value}" for name, value in settings.items())]
    )
    connection = psycopg.connect(
        **{"connect_timeout": WAIT_FOR_SERVER, "application_name": "registry query", **arguments},
        options=options.strip(),
        autocommit=True,
    )
    try:
        yield connection
    finally:
        connection.close()  # an open transaction is rolled back


def _restrict(connection: psycopg.Connection) -> None:
    for name, value in SERVER_LIMITS.items():
        try:
            connection.execute(sql.SQL("SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
        except (errors.InsufficientPrivilege, errors.InvalidParameterValue, errors.UndefinedObject):
            continue  # the superuser may have set it for the role, or this server does not know it


@contextmanager
def _watched(connection: psycopg.Connection, limits: Limits) -> Iterator[None]:
    """Cancel from here what is still running at the deadline: a query can switch off the server's timeout."""
    timer = Timer(limits.seconds, connection.cancel_safe, kwargs={"timeout": 1})
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _select(
    connection: psycopg.Connection, text: str, values: list[str], limits: Limits
) -> tuple[list[str], Collected]:
    """Declared as a cursor, and by the extended protocol: no other kind of statement, and no second one."""
    connection.autocommit = False
    connection.read_only = True
    connection.isolation_level = IsolationLevel.REPEATABLE_READ
    deadline = time.monotonic() + limits.seconds
    found = Collected(limits)
    with psycopg.RawServerCursor(connection, "registry_query") as cursor:
        cursor.execute(text.encode(), values or None)
        columns = [column.name for column in cursor.description or ()]
        while rows := cursor.fetchmany(min(FETCHED_AT_ONCE, limits.rows + 1)):
            if not all(found.add(row) for row in rows):
                break
            if time.monotonic() > deadline:
                raise ContainedError("refused", **limits.time_exceeded())
    return columns, found


def _translated(error: psycopg.Error, limits: Limits) -> ContainedError:
    message = str(error.diag.message_primary or error).strip()
    if isinstance(error, errors.QueryCanceled):
        return ContainedError("refused", **limits.time_exceeded())
    if "out of memory" in message or (isinstance(error, psycopg.InternalError) and error.sqlstate is None):
        return ContainedError("refused", **limits.memory_exceeded())  # the second is psycopg's word for it
    if isinstance(error, errors.SyntaxError) and "multiple commands" in message:
        return ContainedError("refused", "there is more than one statement", "run one query at a time")
    near = _NEAR.search(message)
    if isinstance(error, WRITES) or (near and near[1].upper() in COMMANDS):
        return ContainedError("refused", f"the query does more than read: {message}", LISTING)
    if isinstance(error, errors.InsufficientPrivilege):
        hint = f"{LISTING}; where a view is missing, as the owner: {grants('ROLE')[2]}"
        return ContainedError("refused", f"the query does more than read the public views: {message}", hint)
    return _failed(error, message)


def _failed(error: psycopg.Error, message: str) -> ContainedError:
    if isinstance(error, psycopg.ProgrammingError | psycopg.DataError):
        return ContainedError("usage", f"PostgreSQL cannot run this: {message}", LISTING)
    if error.sqlstate is not None and not isinstance(error, CONNECTION):
        return ContainedError("refused", f"PostgreSQL does not run this: {message}", LISTING)
    hint = "check that the server runs and that REGISTRY_QUERY_DATABASE names the right user and database"
    return ContainedError("store", f"the query database failed: {message}", hint)
