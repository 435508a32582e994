"""User SQL is contained: it reads the public views alone, cannot write, and ends in time."""

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import URL, Engine, make_url, text

from registry.errors import RefusedError, RegistryError, StoreError, UsageError
from registry.queries import sandbox, sandbox_sqlite
from registry.queries.sandbox import QueryResult, run_query
from registry.queries.sandbox_rules import COMMANDS, Limits, grants
from registry.queries.views import VIEWS
from registry.store.engine import open_engine, reading
from registry.store.tables.all import METADATA
from tests.rows import adding

SECRET = "sesame"
LIMITS = Limits(seconds=0.6)
CONTAINED_WITHIN = LIMITS.seconds + 2

NOBODY = 65534

Run = Callable[..., QueryResult]
Tables = dict[str, list[str]]
ON_SQLITE_ONLY = pytest.mark.parametrize("module_registry_url", ["sqlite"], indirect=True)
ON_POSTGRESQL_ONLY = pytest.mark.parametrize("module_registry_url", ["postgresql"], indirect=True)


@pytest.fixture(scope="module")
def owner(module_registry_url: str) -> Engine:
    engine = open_engine(module_registry_url)
    with adding(engine) as rows:
        public, private = rows.version("open"), rows.version(SECRET, visibility="private")
        for version, domain in ((public, "open.example"), (private, f"{SECRET}.example")):
            rows.license(version, "MIT", raw=SECRET if version == private else "MIT")
            rows.domain(version, domain, 10, 100)
            rows.contribution(version, rows.agent(f"maker of {domain}"), 1, 10)
        rows.agent(f"agent {SECRET}", shown_as="withheld", identifiers={"url": SECRET})
    return engine


@pytest.fixture(scope="module")
def reader_url(owner: Engine) -> Iterator[str | None]:
    """The database as a role that may read the public views; None on SQLite, which knows no roles."""
    if owner.dialect.name == "sqlite":
        yield None
        return
    with _role(owner) as url:
        yield url


@pytest.fixture(scope="module")
def before(owner: Engine) -> Tables:
    return _everything(owner)


@pytest.fixture
def run(owner: Engine, reader_url: str | None) -> Run:
    url = owner.url.render_as_string(hide_password=False)

    def run(sql: str, limits: Limits = LIMITS, **parameters: str) -> QueryResult:
        return run_query(url, sql, query_database_url=reader_url, parameters=parameters, limits=limits)

    return run


@pytest.fixture
def kind(owner: Engine) -> str:
    return owner.dialect.name


@contextmanager
def _role(owner: Engine) -> Iterator[str]:
    name = f"reader_{uuid4().hex}"
    try:
        _administer(owner, *grants(name))
        url = make_url(owner.url).set(username=name, password="choose one")
        yield url.render_as_string(hide_password=False)
    finally:
        _administer(owner, f'DROP OWNED BY "{name}" CASCADE', f'DROP ROLE "{name}"')


def _administer(owner: Engine, *statements: str) -> None:
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _everything(engine: Engine) -> Tables:
    with reading(engine) as session:
        return {
            name: sorted(repr(row) for row in session.execute(table.select()))
            for name, table in METADATA.tables.items()
        }


ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
ATTACKS = {
    "base table": "SELECT * FROM agent",
    "base table counted": "SELECT COUNT(*) FROM agent",
    "base table in a subquery": "SELECT (SELECT MAX(name) FROM agent)",
    "base table by existence": "SELECT 1 WHERE EXISTS (SELECT 1 FROM agent WHERE name LIKE '%sesame%')",
    "base table joined": "SELECT a.name FROM public_dataset d, agent a",
    "base table in upper case": 'SELECT * FROM "AGENT"',
    "view's name taken": "WITH public_dataset AS (SELECT name FROM agent) SELECT * FROM public_dataset",
    "projection's name taken": "WITH stated_version AS (SELECT name FROM agent) SELECT * FROM stated_version",
    "projection": "SELECT * FROM projected_version",
    "view's name nested": (
        "WITH public_version_domain AS (SELECT name AS domain FROM dataset), x AS "
        "(SELECT domain FROM public_version_domain) SELECT * FROM x"
    ),
    "delete": "DELETE FROM agent",
    "insert": "INSERT INTO dataset VALUES ('x', 'x', 'x')",
    "update": "UPDATE dataset SET name = 'x'",
    "update of a view": "UPDATE public_dataset SET dataset = 'x'",
    "delete in a table expression": "WITH x AS (DELETE FROM agent RETURNING *) SELECT * FROM x",
    "delete after a table expression": "WITH x AS (SELECT 1) DELETE FROM agent",
    "hidden by a comment": "/* SELECT */ -- SELECT\n DELETE FROM agent",
    "drop": "DROP TABLE agent",
    "temporary table": "CREATE TEMPORARY TABLE t AS SELECT 1 AS a",
    "select into": "SELECT 1 AS a INTO t",
    "two statements": "SELECT 1; DELETE FROM agent",
    "two statements after a commit": "SELECT 1; COMMIT; DELETE FROM agent",
    "two statements in a comment's shade": "SELECT 1; /* */ DELETE FROM agent; --",
    "endless recursion": f"{ENDLESS} SELECT COUNT(*) FROM c",
    "endless rows": f"{ENDLESS} SELECT n FROM c ORDER BY n DESC",
    "cross join": (
        "WITH t(n) AS (VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(0)) SELECT COUNT(*) FROM "
        "t a, t b, t c, t d, t e, t f, t g, t h, t i, t j, t k, t l, t m, t n, t o WHERE a.n + b.n < c.n"
    ),
    "explain": "EXPLAIN SELECT * FROM agent",
    "nothing": " -- nothing",
    "NUL": "SELECT 1\0; DELETE FROM agent",
    "surrogate": "SELECT '\ud800'",
}
ON_SQLITE = {
    "attach": "ATTACH 'leak.db' AS leak",
    "vacuum into": "VACUUM INTO 'leak.db'",
    "vacuum": "VACUUM",
    "pragma": "PRAGMA query_only = off",
    "writable schema": "PRAGMA writable_schema = on",
    "pragma as a table": "SELECT * FROM pragma_database_list",
    "columns of a table": "SELECT * FROM pragma_table_info('agent')",
    "schema": "SELECT * FROM sqlite_master",
    "schema of temporary things": "SELECT * FROM sqlite_temp_master",
    "schema by its other name": "SELECT sql FROM temp.sqlite_schema",
    "pages": "SELECT * FROM dbstat",
    "prepared statements": "SELECT * FROM sqlite_stmt",
    "main's table": "SELECT * FROM main.agent",
    "temporary name": "SELECT * FROM temp.agent",
    "load extension": "SELECT load_extension('libc.so.6')",
    "read a file": "SELECT readfile('/etc/passwd')",
    "write a file": "SELECT writefile('leak', 'x')",
    "edit": "SELECT edit('x', 'sh')",
    "tokenizer": "SELECT fts3_tokenizer('simple')",
    "tokenizer set": "SELECT fts3_tokenizer('simple', x'4141414141414141')",
    "blob": "SELECT randomblob(900000000)",
    "zero blob": "SELECT zeroblob(900000000)",
    "blob doubled": (
        "WITH RECURSIVE b(x) AS (SELECT zeroblob(9) UNION ALL SELECT x || x FROM b) SELECT MAX(x) FROM b"
    ),
    "memory": f"{ENDLESS} SELECT COUNT(*) FROM (SELECT zeroblob(5000000 + n) AS z FROM c ORDER BY 1)",
    "long format": "SELECT printf('%.*c', 2000000000, 'x')",
    "one slow call: trim": "SELECT trim(printf('%.*c', 9000000, 'a'), printf('%.*c', 800000, 'b') || 'a')",
    "one slow call: instr": "SELECT instr(printf('%.*c', 9000000, 'a'), printf('%.*c', 4000000, 'a') || 'b')",
    "like": f"SELECT printf('%.*c', 9000000, 'a') LIKE '{'%a_' * 300}b'",
    "glob": f"SELECT printf('%.*c', 9000000, 'a') GLOB '{'*a?' * 300}b'",
    "deep expression": f"SELECT {'(' * 5000}1{')' * 5000}",
    "many compounds": " UNION ALL ".join(["SELECT 1"] * 5000),
    "long statement": f"SELECT '{'x' * 2_000_000}'",
}
# The role's rights, not the list of words, contain these: each is a SELECT.
ON_POSTGRESQL = {
    "timeout switched off": "SELECT set_config('statement_timeout', '0', false), pg_sleep(60)",
    "timeout switched off, working": (
        f"{ENDLESS} SELECT COUNT(*) FROM c WHERE set_config('statement_timeout', '0', false) = '0'"
    ),
    "sleep": "SELECT pg_sleep(60)",
    "sleep for each row": f"{ENDLESS} SELECT n, pg_sleep(0.05) FROM c",
    "set": "SET statement_timeout = 0",
    "set, then another": "SET statement_timeout = 0; SELECT pg_sleep(60)",
    "set role": "SET ROLE postgres",
    "role by configuration": "SELECT set_config('role', 'postgres', false)",
    "session by configuration": "SELECT set_config('session_authorization', 'postgres', false)",
    "role undone in a nested query": (
        "SELECT * FROM ts_stat('SELECT set_config(''role'', ''none'', true)::tsvector') UNION ALL "
        "SELECT name, 1, 1 FROM agent"
    ),
    "nested query": "SELECT * FROM ts_stat('SELECT to_tsvector(name) FROM agent')",
    "query to XML": "SELECT query_to_xml('SELECT * FROM agent', true, true, '')",
    "database to XML": "SELECT table_to_xml('agent', true, true, '')",
    "writing switched on": "SELECT set_config('transaction_read_only', 'off', true)",
    "writing switched on, nested": (
        "SELECT set_config('transaction_read_only', 'off', true), "
        "query_to_xml('DELETE FROM agent RETURNING 1', true, true, '')"
    ),
    "copy to a program": "COPY (SELECT 1) TO PROGRAM 'id'",
    "copy to a file": "COPY (SELECT 1) TO '/tmp/leak'",
    "read a file": "SELECT pg_read_file('/etc/passwd')",
    "read a binary file": "SELECT pg_read_binary_file('PG_VERSION')",
    "list a folder": "SELECT pg_ls_dir('.')",
    "import a file": "SELECT lo_import('/etc/passwd')",
    "large object": "SELECT lo_from_bytea(0, 'x')",
    "passwords": "SELECT rolpassword FROM pg_authid",
    "statistics of values": f"SELECT * FROM pg_stats WHERE most_common_vals::text LIKE '%{SECRET}%'",
    "raw statistics": "SELECT * FROM pg_statistic",
    "do": "DO $$ BEGIN DELETE FROM agent; END $$",
    "cast that tells what it saw": "SELECT * FROM public_version_domain WHERE CAST(domain AS integer) = 1",
    "row lock": "SELECT * FROM public_version_domain FOR UPDATE",
    "memory": "SELECT repeat('x', 1000000000)",
    "memory in many cells": "SELECT repeat('x', 100000000) FROM generate_series(1, 100)",
    "other backends": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> session_user",
}

STATEMENTS = {
    attack.split()[0]: attack
    for attack in (*ATTACKS.values(), *ON_SQLITE.values(), *ON_POSTGRESQL.values())
    if attack.split()[0] in COMMANDS
}


def _contain(run: Run, attack: str) -> QueryResult | RegistryError:
    started = time.monotonic()
    outcome = _outcome(run, attack)
    assert time.monotonic() - started < CONTAINED_WITHIN
    said = repr(outcome)
    if isinstance(outcome, RegistryError):
        assert outcome.hint, "an error says what to do"
        said = f"{outcome.message} {outcome.hint}"
    assert SECRET not in said.replace(attack, "")
    return outcome


def _outcome(run: Run, attack: str) -> QueryResult | RegistryError:
    try:
        return run(attack)
    except RegistryError as error:
        return error


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_is_refused(run: Run, owner: Engine, before: Tables, attack: str) -> None:
    assert isinstance(_contain(run, attack), RefusedError | UsageError)
    assert _everything(owner) == before


@pytest.mark.parametrize("attack", STATEMENTS.values(), ids=STATEMENTS)
def test_the_database_refuses_what_the_first_word_gives_away(
    run: Run, owner: Engine, before: Tables, monkeypatch: pytest.MonkeyPatch, attack: str
) -> None:
    """The list of words makes a better message; it is not what contains."""
    monkeypatch.setattr(sandbox, "_check_kind", lambda sql: None)
    assert isinstance(_contain(run, attack), RefusedError | UsageError)
    assert _everything(owner) == before


@ON_SQLITE_ONLY
@pytest.mark.parametrize("attack", ON_SQLITE.values(), ids=ON_SQLITE)
def test_an_attack_on_sqlite_is_contained(run: Run, owner: Engine, before: Tables, attack: str) -> None:
    folder = Path(owner.url.database or "").parent
    _contain(run, attack)
    assert _everything(owner) == before
    assert {file.name for file in folder.iterdir()} <= {"registry.db", "registry.db-wal", "registry.db-shm"}
    assert not Path("leak.db").exists()


@ON_POSTGRESQL_ONLY
@pytest.mark.parametrize("attack", ON_POSTGRESQL.values(), ids=ON_POSTGRESQL)
def test_an_attack_on_postgresql_is_contained(run: Run, owner: Engine, before: Tables, attack: str) -> None:
    _contain(run, attack)
    assert _everything(owner) == before
    assert _running(owner) == 0


def _running(owner: Engine) -> int:
    """Queries still running on the server, after a moment to end."""
    for _ in range(20):
        with reading(owner) as session:
            count = session.scalar(
                text("SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'registry query'")
            )
        if not count:
            return 0
        time.sleep(0.1)
    return int(count)


def test_a_condition_is_not_tried_on_hidden_rows(run: Run, kind: str) -> None:
    """Else the error it raises there would tell what stands in them, one bit a query."""
    bomb = {
        "sqlite": "LENGTH(zeroblob(2000000000))",
        "postgresql": "CAST(domain AS integer)",
    }[kind]
    condition = f"CASE WHEN domain LIKE 'sesa%' THEN {bomb} ELSE 1 END = 1"
    sql = f"SELECT domain FROM public_version_domain WHERE {condition}"
    assert run(sql).rows == [("open.example",)]


def test_memory_is_bounded(run: Run, kind: str) -> None:
    limits = Limits(seconds=5, memory_bytes=250_000_000)
    greedy = {
        "sqlite": f"{ENDLESS} SELECT COUNT(*) FROM (SELECT zeroblob(5000000 + n) AS z FROM c ORDER BY 1)",
        "postgresql": "SELECT repeat('x', 100000000)",
    }[kind]
    with pytest.raises(RefusedError, match="memory"):
        run(greedy, limits)


class TestAnswers:
    """What may be asked is answered, the same on both databases."""

    def test_rows_and_columns(self, run: Run) -> None:
        found = run(
            "SELECT dataset, words AS w, 1.5 AS x, NULL AS n FROM public_dataset ORDER BY w DESC, dataset"
        )
        assert found.columns == ("dataset", "w", "x", "n")
        assert found.rows == [("open", 100, 1.5, None), ("withheld (1)", 100, 1.5, None)]
        assert not found.truncated

    def test_every_view_is_readable(self, run: Run) -> None:
        counts = ", ".join(f"(SELECT COUNT(*) FROM {view.name})" for view in VIEWS)
        assert all(count >= 0 for count in run(f"SELECT {counts}").rows[0])

    def test_sums_are_integers(self, run: Run) -> None:
        assert run("SELECT SUM(words), COUNT(*), AVG(words) FROM public_dataset").rows == [(200, 2, 100)]

    def test_joins_groups_windows_and_table_expressions(self, run: Run) -> None:
        sql = """
            WITH sized AS (SELECT v.dataset, v.words, l.expression FROM public_dataset_version v
                           JOIN public_version_license l ON l.dataset = v.dataset AND l.version = v.version)
            SELECT dataset, RANK() OVER (ORDER BY SUM(words) DESC) FROM sized GROUP BY dataset"""
        assert run(sql).rows == [("open", 1)]

    def test_more_rows_than_allowed_are_cut_and_said_so(self, run: Run) -> None:
        endless = f"{ENDLESS} SELECT n FROM c LIMIT 50"
        cut = run(endless, Limits(rows=20))
        assert (len(cut.rows), cut.truncated) == (20, True)
        whole = run(endless, Limits(rows=50))
        assert (len(whole.rows), whole.truncated) == (50, False)

    def test_a_large_answer_is_cut(self, run: Run, kind: str) -> None:
        text = {"sqlite": "printf('%.*c', 1000, 'x')", "postgresql": "repeat('x', 1000)"}[kind]
        found = run(f"{ENDLESS} SELECT {text} FROM c LIMIT 100", Limits(result_bytes=10_000))
        assert (len(found.rows), found.truncated) == (10, True)

    def test_parameters_are_values(self, run: Run) -> None:
        sql = "SELECT dataset FROM public_dataset WHERE dataset = :name AND ':name' <> :name -- :other"
        assert run(sql, name="open").rows == [("open",)]
        assert run(sql, name="x' OR '1' = '1").rows == []

    def test_a_parameter_may_be_a_number(self, run: Run) -> None:
        sql = "SELECT dataset FROM public_dataset_version WHERE words >= CAST(:least AS integer)"
        assert run(sql, least="100").rows == [("open",)]

    def test_missing_and_unknown_parameters(self, run: Run) -> None:
        with pytest.raises(UsageError, match="needs the parameter 'name'"):
            run("SELECT :name")
        with pytest.raises(UsageError, match="has no parameter 'nam'"):
            run("SELECT 1", nam="x")

    def test_infinity_is_a_word(self, run: Run, kind: str) -> None:
        infinite = {"sqlite": "9e999", "postgresql": "CAST('Infinity' AS double precision)"}[kind]
        rows = run(f"SELECT {infinite}").rows
        assert json.loads(json.dumps(rows, allow_nan=False))


class TestErrors:
    """Errors say what the database said, and what to do."""

    def test_a_syntax_error_is_named(self, run: Run) -> None:
        with pytest.raises(UsageError, match="syntax error"):
            run("SELEC 1")

    def test_an_unknown_table_hints_at_the_list(self, run: Run) -> None:
        with pytest.raises(UsageError, match="nowhere") as caught:
            run("SELECT * FROM nowhere")
        assert "registry query --list" in str(caught.value.hint)

    def test_a_base_table_is_named(self, run: Run) -> None:
        with pytest.raises(RefusedError, match="agent"):
            run("SELECT * FROM agent")

    def test_the_time_limit_is_named(self, run: Run) -> None:
        with pytest.raises(RefusedError, match=r"longer than 0\.6 s"):
            run(ATTACKS["endless recursion"])

    def test_a_registry_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="no database file"):
            run_query(f"sqlite:///{tmp_path / 'none.db'}", "SELECT 1")

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "a.db").write_text("not a database, but long enough to look at" * 100)
        with pytest.raises(StoreError, match="not a database"):
            run_query(f"sqlite:///{tmp_path / 'a.db'}", "SELECT 1")


class TestEverything:
    """The owner may read all tables, and still cannot write."""

    def test_base_tables_are_readable(self, owner: Engine) -> None:
        url = owner.url.render_as_string(hide_password=False)
        found = run_query(url, "SELECT name FROM dataset ORDER BY name", everything=True)
        assert found.rows == [("open",), (SECRET,)]

    @pytest.mark.parametrize(
        "attack", ["delete", "delete after a table expression", "two statements", "drop"]
    )
    def test_nothing_is_written(self, owner: Engine, before: Tables, attack: str) -> None:
        url = owner.url.render_as_string(hide_password=False)
        with pytest.raises(RefusedError):
            run_query(url, ATTACKS[attack], everything=True, limits=LIMITS)
        assert _everything(owner) == before


@ON_POSTGRESQL_ONLY
class TestRole:
    """On PostgreSQL the role is checked on every connection."""

    def test_without_a_role_there_are_no_queries(self, owner: Engine) -> None:
        with pytest.raises(RefusedError) as caught:
            run_query(owner.url.render_as_string(hide_password=False), "SELECT 1")
        for statement in grants("registry_reader"):
            assert statement in str(caught.value.hint)

    def test_the_owner_is_no_such_role(self, owner: Engine) -> None:
        url = owner.url.render_as_string(hide_password=False)
        with pytest.raises(RefusedError, match="SUPERUSER"):
            run_query(url, "SELECT 1", query_database_url=url)

    @pytest.mark.parametrize(
        ("given", "finding", "remedy"),
        [
            ("ALTER ROLE {role} CREATEROLE", "it is CREATEROLE", "NOCREATEROLE"),
            ("ALTER ROLE {role} REPLICATION", "it is REPLICATION", "NOREPLICATION"),
            ("GRANT pg_read_all_data TO {role}", "member of pg_read_all_data", "REVOKE pg_read_all_data"),
            ("GRANT pg_read_server_files TO {role}", "pg_read_server_files", "REVOKE pg_read_server_files"),
            ("GRANT pg_execute_server_program TO {role}", "pg_execute_server_program", "REVOKE"),
            ("GRANT SELECT ON agent TO {role}", "rights on agent", "REVOKE ALL ON agent"),
            ("GRANT SELECT (name) ON agent TO {role}", "rights on agent", "REVOKE ALL ON agent"),
            ("GRANT SELECT ON projected_version TO {role}", "rights on projected_version", "REVOKE ALL"),
            ("GRANT TRUNCATE ON dataset TO {role}", "rights on dataset", "REVOKE ALL ON dataset"),
            ("GRANT UPDATE ON public_dataset TO {role}", "rights on public_dataset", "REVOKE ALL"),
            (
                "GRANT CREATE ON SCHEMA public TO {role}",
                "may create in schema public",
                "REVOKE CREATE ON SCHEMA",
            ),
            ("GRANT EXECUTE ON FUNCTION pg_read_file(text) TO {role}", "pg_read_file", "REVOKE EXECUTE"),
            (
                "CREATE FUNCTION leak() RETURNS text SECURITY DEFINER LANGUAGE sql AS 'SELECT 1'",
                "may call leak",
                "REVOKE EXECUTE ON FUNCTION leak()",
            ),
            (
                "CREATE TABLE own (a int); ALTER TABLE own OWNER TO {role}",
                "owns own",
                "ALTER TABLE own OWNER TO",
            ),
        ],
    )
    def test_a_role_that_may_do_more_is_refused(
        self, owner: Engine, given: str, finding: str, remedy: str
    ) -> None:
        with _role(owner) as url:
            role = f'"{make_url(url).username}"'
            try:
                _administer(owner, given.format(role=role))
                with pytest.raises(RefusedError) as caught:
                    run_query(str(owner.url), "SELECT 1", query_database_url=url)
            finally:
                _administer(owner, "DROP FUNCTION IF EXISTS leak()")
        assert finding in caught.value.message
        assert remedy in str(caught.value.hint)

    def test_a_role_without_the_grants_is_told_which(self, owner: Engine) -> None:
        with _role(owner) as url:
            role = make_url(url).username
            _administer(owner, f'REVOKE SELECT ON public_gap FROM "{role}"')
            with pytest.raises(RefusedError, match="public_gap") as caught:
                run_query(str(owner.url), "SELECT * FROM public_gap", query_database_url=url)
        assert "GRANT SELECT ON public_dataset" in str(caught.value.hint)

    def test_a_server_that_does_not_answer(self, owner: Engine) -> None:
        nowhere = "postgresql://reader@127.0.0.1:1/registry"
        with pytest.raises(StoreError, match="query database failed"):
            run_query(str(owner.url), "SELECT 1", query_database_url=nowhere)


def test_a_folder_that_cannot_be_written_is_readable(sqlite_template: Path) -> None:
    """A write-ahead log needs files beside the database; where nobody can make them, nobody writes."""
    with tempfile.TemporaryDirectory() as name, _read_only(Path(name), sqlite_template) as file:
        request = {"file": str(file), "sql": "SELECT COUNT(*) FROM public_dataset", "parameters": {}}
        columns, found = sandbox_sqlite.run({**request, "everything": False}, LIMITS)
    assert (columns, found.rows) == (["COUNT(*)"], [[0]])


@pytest.mark.parametrize("columns", ["*", "COUNT(*)"])
def test_sqlite_s_own_tables_are_not_readable(sqlite_template: Path, tmp_path: Path, columns: str) -> None:
    folder = tmp_path / "a b#c%20d?e"
    folder.mkdir()
    url = URL.create("sqlite", database=str(folder / "registry.db")).render_as_string()
    (folder / "registry.db").write_bytes(sqlite_template.read_bytes())
    with adding(open_engine(url)) as rows:
        rows.version("open")
        rows.session.execute(text("ANALYZE"))
    assert run_query(url, "SELECT dataset FROM public_dataset").rows == [("open",)]
    with pytest.raises(RefusedError):
        run_query(url, f"SELECT {columns} FROM sqlite_stat1")


@contextmanager
def _read_only(folder: Path, database: Path) -> Iterator[Path]:
    file = folder / "registry.db"
    file.write_bytes(database.read_bytes())
    file.chmod(0o444)
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:  # whom no mode keeps from writing
        os.seteuid(NOBODY)
    try:
        yield file
    finally:
        os.seteuid(user)
        folder.chmod(0o755)
