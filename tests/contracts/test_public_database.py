"""public.db: what the public views say, as tables, the same bytes from either database, and nothing more."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registry.queries.public_database import public_database
from registry.queries.views import VIEWS, View
from registry.store.engine import open_engine, reading
from tests.command import Command
from tests.contracts.test_views import PRIVATE, build
from tests.rows import adding

DESCRIBED = {"public_view", "public_column"}


@pytest.fixture(scope="module")
def engine(module_registry_url: str) -> Engine:
    found = open_engine(module_registry_url)
    with adding(found) as rows:
        build(rows)
    return found


@pytest.fixture
def database(engine: Engine) -> Iterator[sqlite3.Connection]:
    with reading(engine) as session:
        content = public_database(session)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        yield connection


def tables_of(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_there_is_a_table_for_every_view_and_for_what_they_mean(database: sqlite3.Connection) -> None:
    assert tables_of(database) == {view.name for view in VIEWS} | DESCRIBED
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_table_has_the_columns_and_rows_of_its_view(
    engine: Engine, database: sqlite3.Connection, view: View
) -> None:
    columns = [
        (name, type_.lower()) for _, name, type_, *_ in database.execute(f"PRAGMA table_info({view.name})")
    ]
    assert columns == [(column.name, column.type) for column in view.columns]
    with reading(engine) as session:
        wanted: list[Any] = [tuple(row) for row in session.execute(text(f"SELECT * FROM {view.name}"))]
    found = database.execute(f"SELECT * FROM {view.name}").fetchall()
    assert found
    assert sorted(found, key=repr) == sorted(wanted, key=repr)


def test_every_column_is_explained(database: sqlite3.Connection) -> None:
    rows = database.execute(
        'SELECT view, "column", type, meaning FROM public_column ORDER BY rowid'
    ).fetchall()
    assert rows == [
        (view.name, column.name, column.type, column.meaning) for view in VIEWS for column in view.columns
    ]


def test_what_names_a_version_finds_it_by_an_index(database: sqlite3.Connection) -> None:
    plan = database.execute(
        "EXPLAIN QUERY PLAN SELECT words FROM public_version_language WHERE dataset = 'a' AND version = '1'"
    ).fetchone()
    assert "USING INDEX" in plan[3]


def test_nothing_private_is_in_any_of_its_bytes(engine: Engine) -> None:
    with reading(engine) as session:
        content = public_database(session)
    for secret in (PRIVATE.encode(), b"corp.example>", b"/home/", b"press@acme"):
        assert secret not in content


def test_both_databases_give_the_same_bytes(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    found = []
    for registry in (Command(tmp_path / "one"), Command(tmp_path / "other", postgresql_url)):
        registry("init")
        engine = open_engine(registry.database or f"sqlite:///{registry.home}/registry.db")
        with adding(engine) as rows:
            build(rows)
        with reading(engine) as session:
            found.append(public_database(session))
    assert found[0] == found[1]


def test_the_site_of_the_public_has_it_and_that_of_auditors_has_not(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Some words to be counted.")
    registry = Command(tmp_path / "home")
    registry("ingest", tmp_path / "a.txt", "--name", "a", "--origin", "public")
    for audience in ("public", "auditor"):
        registry("publish", "--out", tmp_path / audience, "--audience", audience)
    with closing(sqlite3.connect(tmp_path / "public" / "public.db")) as database:
        assert database.execute("SELECT dataset, words FROM public_dataset").fetchall() == [("a", 5)]
    assert b'href="public.db"' in (tmp_path / "public" / "index.html").read_bytes()
    assert not (tmp_path / "auditor" / "public.db").exists()
    before = (tmp_path / "public" / "public.db").read_bytes()
    registry("publish", "--out", tmp_path / "public")
    assert (tmp_path / "public" / "public.db").read_bytes() == before
