"""User SQL, contained: one SELECT over the public views, in a process of its own."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from registry.errors import RefusedError, RegistryError, StoreError, UsageError
from registry.queries.sandbox_rules import COMMANDS, Limits, grants
from registry.store.engine import open_engine, sqlite_file

DEFAULT = Limits()
GRACE = 1.5  # seconds to start the process, to be told of the deadline, and to answer
ERRORS: Mapping[str, type[RegistryError]] = {
    "refused": RefusedError,
    "usage": UsageError,
    "store": StoreError,
}
# `-I` keeps the current folder and PYTHON* variables out; the module path is this process's own.
_CHILD = """
import sys
sys.path[:] = sys.argv[1:]
from registry.queries.sandbox_child import main
sys.exit(main())
"""
_FIRST_WORD = re.compile(r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/|\()*([A-Za-z]+)", re.DOTALL)
_TOKEN = re.compile(
    r"""[eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | "(?:[^"]|"")*"   # strings and quoted names
      | --[^\n]* | /\*.*?\*/ | \$(?P<tag>\w*)\$.*?\$(?P=tag)\$       # comments, dollar quotes
      | :: | :(?P<name>[A-Za-z_]\w*)                                 # a cast, a parameter""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class QueryResult:
    """Names of the columns and the rows; values are str, int, float or None. `truncated`: there were more."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool


def run_query(
    database_url: str,
    sql: str,
    *,
    query_database_url: str | None = None,
    parameters: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT,
    everything: bool = False,
) -> QueryResult:
    """Answer one SELECT; `:name` in it stands for a parameter.

    It reads the public views alone, unless the owner asks for `everything`; even then it cannot write. On
    PostgreSQL it runs as the role of `query_database_url`. Raises `RefusedError` where it would do more than
    read or exceed a limit, `UsageError` where it is no valid SQL.
    """
    _check_text(sql, *(parameters or {}).values())
    _check_kind(sql)
    text, values = _bound(sql, parameters or {}, numbered=not database_url.startswith("sqlite"))
    target = _target(database_url, query_database_url, everything=everything)
    request = {
        "sql": text,
        "parameters": values,
        "everything": everything,
        "limits": asdict(limits),
        **target,
    }
    return _answer(request, limits)


def _check_text(*texts: str) -> None:
    """One rule for both databases: PostgreSQL takes no NUL, neither takes half a character."""
    for text in texts:
        if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise UsageError("the query holds a NUL or half a character (a lone surrogate)", hint="remove it")


def _check_kind(sql: str) -> None:
    match = _FIRST_WORD.match(sql)
    if match is None:
        raise UsageError("there is no SQL to run", hint="list queries and views with: registry query --list")
    if match[1].upper() in COMMANDS:
        raise RefusedError(
            f"{match[1].upper()} is not run here: queries only read", hint="begin with SELECT or WITH"
        )


def _bound(
    sql: str, parameters: Mapping[str, str], *, numbered: bool
) -> tuple[str, list[str] | dict[str, str]]:
    """The SQL with its parameters: numbered `$1` for PostgreSQL, as they are for SQLite."""
    names = list(dict.fromkeys(match["name"] for match in _TOKEN.finditer(sql) if match["name"]))
    for name in names:
        if name not in parameters:
            raise UsageError(f"the query needs the parameter '{name}'", hint=f"add --param {name}=VALUE")
    for name in parameters:
        if name not in names:
            known = ", ".join(names) or "none"
            raise UsageError(f"the query has no parameter '{name}'", hint=f"its parameters: {known}")
    if not numbered:
        return sql, {name: parameters[name] for name in names}
    text = _TOKEN.sub(lambda match: f"${names.index(match['name']) + 1}" if match["name"] else match[0], sql)
    return text, [parameters[name] for name in names]


def _target(database_url: str, query_database_url: str | None, *, everything: bool) -> dict[str, Any]:
    engine = open_engine(database_url)
    if engine.dialect.name == "sqlite":
        return {"kind": "sqlite", "file": str(_existing(engine))}
    if everything:
        return {"kind": "postgresql", "connect": _connect_arguments(engine)}
    if query_database_url is None:
        statements = "; ".join(grants("registry_reader"))
        raise RefusedError(
            "queries on PostgreSQL need a role of their own, which may read the public views and no more",
            hint=f"as the owner run: {statements}; then set REGISTRY_QUERY_DATABASE to a URL with that role",
        )
    reader = open_engine(query_database_url)
    if reader.dialect.name != "postgresql":
        raise UsageError(
            "the query database is not PostgreSQL", hint="set REGISTRY_QUERY_DATABASE to postgresql://..."
        )
    return {"kind": "postgresql", "connect": _connect_arguments(reader)}


def _existing(engine: Engine) -> Path:
    file = sqlite_file(engine)
    if file is None or not file.is_file():
        raise StoreError(f"there is no database file {file}", hint="create the registry with: registry init")
    return file.resolve()


def _connect_arguments(engine: Engine) -> dict[str, Any]:
    arguments = engine.dialect.create_connect_args(engine.url)[1]
    return {name: value for name, value in arguments.items() if isinstance(value, str | int)}


def _answer(request: Mapping[str, Any], limits: Limits) -> QueryResult:
    command = [sys.executable, "-I", "-c", _CHILD, *(str(Path(entry or ".").resolve()) for entry in sys.path)]
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter and our own module
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=limits.seconds + GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise RefusedError(**limits.time_exceeded()) from error
    if not done.stdout:
        raise RefusedError(
            f"the query's process ended with status {done.returncode}: {_last_line(done.stderr)}",
            hint=f"a query may use {limits.memory_bytes // 1_000_000} MB of memory: ask for less",
        )
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise ERRORS[answer["error"]](answer["message"], hint=answer["hint"])
    return QueryResult(tuple(answer["columns"]), [tuple(row) for row in answer["rows"]], answer["truncated"])


def _last_line(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "killed"
