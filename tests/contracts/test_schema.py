"""The schema: one on both databases, reached by the migrations, and keeping its promises."""

import threading

import pytest
from alembic import command
from sqlalchemy import Engine, Insert, func, insert, inspect, select, text, update

from registry.domain.facts import RecordDates
from registry.errors import StoreError
from registry.queries.catalogue import version_facts
from registry.queries.views import VIEWS
from registry.store import migrate
from registry.store.engine import WRITES, open_engine, reading, writing
from registry.store.tables.agents import AgentIdentifierRow
from registry.store.tables.all import METADATA
from registry.store.tables.datasets import DatasetRow, DatasetVersionRow
from registry.store.tables.training import TrainingRunRow
from tests.rows import NOW, adding

ALEMBIC = {"alembic_version"}


@pytest.fixture
def empty(database_url: str) -> Engine:
    return open_engine(database_url)


@pytest.fixture
def engine(registry_url: str) -> Engine:
    return open_engine(registry_url)


def test_the_migrations_lead_from_an_empty_database_to_the_newest_schema(empty: Engine) -> None:
    assert migrate.current(empty) is None
    migrate.upgrade(empty)
    assert migrate.current(empty) == migrate.head()
    assert migrate.differences(empty) == []
    assert set(inspect(empty).get_table_names()) == set(METADATA.tables) | ALEMBIC


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.head()


def test_the_migrations_lead_back_to_an_empty_database(engine: Engine) -> None:
    _migrate(engine, "base")
    assert set(inspect(engine).get_table_names()) <= ALEMBIC
    assert inspect(engine).get_view_names() == []
    assert migrate.current(engine) is None


def test_the_public_views_are_there(engine: Engine) -> None:
    assert {view.name for view in VIEWS} <= set(inspect(engine).get_view_names())


def test_a_row_that_points_nowhere_is_refused(engine: Engine) -> None:
    with pytest.raises(StoreError, match=r"(?i)foreign key"), writing(engine) as session:
        session.execute(
            insert(AgentIdentifierRow).values(agent_id="nobody", scheme="url", value="https://a.example")
        )
    with reading(engine) as session:
        assert session.scalars(select(AgentIdentifierRow)).all() == []


def test_two_writers_never_lose_a_write(engine: Engine) -> None:
    """What one read inside its transaction still holds when it writes."""
    with writing(engine) as session:
        session.execute(_dataset("0"))
    writers = [threading.Thread(target=_count_up, args=(engine, 20)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with reading(engine) as session:
        assert session.scalar(select(DatasetRow.name)) == "60"


def test_a_reader_sees_one_snapshot(engine: Engine) -> None:
    count = select(func.count()).select_from(DatasetRow)
    with reading(engine) as session:
        before = session.scalar(count)
        with writing(engine) as other:
            other.execute(_dataset("new"))
        assert session.scalar(count) == before
    with reading(engine) as session:
        assert session.scalar(count) == (before or 0) + 1


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(KeyboardInterrupt):
        _interrupted(engine)
    with reading(engine) as session:
        assert session.scalars(select(DatasetRow)).all() == []


def _interrupted(engine: Engine) -> None:
    with writing(engine) as session:
        session.execute(_dataset("half"))
        raise KeyboardInterrupt


def _dataset(name: str) -> Insert:
    return insert(DatasetRow).values(id=name, name=name, recorded_at="2026-01-01T00:00:00Z")


def _count_up(engine: Engine, times: int) -> None:
    for _ in range(times):
        with writing(engine) as session:
            value = int(session.scalars(select(DatasetRow.name)).one())
            session.execute(update(DatasetRow).values(name=str(value + 1)))


@pytest.mark.parametrize(("view", "before"), [("public_dataset", "0002"), ("public_reservation", "0018")])
def test_readers_of_the_views_keep_their_rights_through_a_migration(
    registry_url: str, view: str, before: str
) -> None:
    engine = open_engine(registry_url)
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no roles")
    role = f"reader_{engine.url.database}"
    with engine.connect() as connection, connection.begin():
        connection.execute(text(f'CREATE ROLE "{role}"'))
        connection.execute(text(f'GRANT SELECT ON {view} TO "{role}"'))
    for revision in (before, "head"):
        _migrate(engine, revision)
        with engine.connect() as connection, connection.begin():
            may = text(f"SELECT has_table_privilege('{role}', '{view}', 'SELECT')")
            assert connection.scalar(may) is True
    with engine.connect() as connection, connection.begin():
        connection.execute(text(f'DROP OWNED BY "{role}"'))
        connection.execute(text(f'DROP ROLE "{role}"'))


def test_what_was_recorded_before_declarations_reads_the_same_after_the_upgrade(registry_url: str) -> None:
    engine = open_engine(registry_url)
    with adding(engine) as rows:
        poems = rows.version("poems", "1", size=(10, 100), origin="public")
        rows.holding(poems, [rows.agent("Ada Lovelace")], 10, 100)
        rows.run(rows.model("bard"), [(poems, 3, 10, 100)])
    before = _public(engine)
    _migrate(engine, "0002")
    assert "basis" not in {column["name"] for column in inspect(engine).get_columns("dataset_version")}
    _migrate(engine, "head")
    assert migrate.differences(engine) == []
    assert _public(engine) == before
    assert before["public_model_dataset"]


def test_no_way_back_loses_what_was_recorded(registry_url: str) -> None:
    engine = open_engine(registry_url)
    with adding(engine) as rows:
        poems = rows.version("poems", "1", size=(10, 100), origin="public")
        run = rows.run(rows.model("bard"), [(poems, 3, 10, 100)])
    with writing(engine) as session:
        session.get_one(TrainingRunRow, run).superseded_at = NOW
    before = _public(engine)
    with pytest.raises(StoreError, match=r"corrected training runs \(1\)"):
        _migrate(engine, "0002")
    assert migrate.current(engine) == migrate.head()
    assert _public(engine) == before


def test_no_way_back_loses_an_approved_document(registry_url: str) -> None:
    engine = open_engine(registry_url)
    with adding(engine) as rows:
        rows.edition("disclosure", 1, rows.model("bard"))
    with pytest.raises(StoreError, match=r"editions of documents \(1\)"):
        _migrate(engine, "0004")
    assert migrate.current(engine) == migrate.head()


def test_no_way_back_loses_the_dates_of_records(registry_url: str) -> None:
    engine = open_engine(registry_url)
    with adding(engine) as rows:
        version = rows.version("poems")
    _migrate(engine, "0016")
    _migrate(engine, "head")
    with writing(engine) as session:
        row = session.get_one(DatasetVersionRow, version)
        row.first_date, row.last_date, row.dated_records = "2013", "2014-02-01", 2
    with pytest.raises(StoreError, match=r"the dates of records \(1 versions\)"):
        _migrate(engine, "0016")
    with reading(engine) as session:
        assert version_facts(session, version).dates == RecordDates("2013", "2014-02-01", 2)


def test_rights_that_are_written_once_were_written_twice(registry_url: str) -> None:
    engine = open_engine(registry_url)
    with adding(engine) as rows:
        posts = rows.version("posts", "1", size=(60, 600), origin="public")
        ada, bob, eve = (rows.agent(name, scope="posts") for name in ("Ada", "Bob", "Eve"))
        for agents, words, license_, basis in (
            ([ada], 10, None, "presumed-author"),
            ([ada, bob], 20, None, "presumed-author"),
            ([ada], 30, "MIT", "presumed-author"),
            ([eve], 40, None, "stated"),
        ):
            rows.holding(posts, agents, 1, words, license_=license_, basis=basis)
        rows.contribution(posts, ada, 4, 40)
        rows.contribution(posts, bob, 5, 50, license_="MIT")
        rows.contribution(posts, bob, 1, 5, contributor_type="Annotator")
    written = "SELECT agent_id, contributor_type, license, records, words FROM contribution"
    parties = "SELECT agent_id, numerator, denominator FROM rights_holding_party"
    before = _public(engine), _rows(engine, written), _rows(engine, parties)
    assert before[2] == sorted([(ada, 1, 2), (bob, 1, 2)], key=str)
    _migrate(engine, "0015")
    twice = [
        (ada, "Creator", None, 6, 70),
        (ada, "Creator", "MIT", 1, 30),
        (bob, "Creator", None, 1, 20),
        (bob, "Creator", "MIT", 5, 50),
        (bob, "Annotator", None, 1, 5),
    ]
    assert _rows(engine, written) == sorted(twice, key=str)
    alone = [(ada, 1, 1), (ada, 1, 1), (eve, 1, 1)]
    assert _rows(engine, parties) == sorted([*before[2], *alone], key=str)
    assert {view: before[0][view] for view in _public(engine)} == _public(engine)
    _split(engine, ada)
    _migrate(engine, "head")
    assert migrate.differences(engine) == []
    assert (_public(engine), _rows(engine, written), _rows(engine, parties)) == before


def _split(engine: Engine, agent: str) -> None:
    """Two rows of what the agent contributed, as an erasure leaves them of two spellings of one person."""
    rest = "superseded_at, asserted_by, evidence_id, recorded_at FROM contribution"
    of_it = f"WHERE agent_id = '{agent}' AND license IS NULL"
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO contribution (version_id, agent_id, contributor_type, license, records, words, "
            f"bytes, id, superseded_at, asserted_by, evidence_id, recorded_at) SELECT version_id, agent_id, "
            f"contributor_type, license, 1, 1, 1, 'another', {rest} {of_it}"
        )
        connection.exec_driver_sql(
            "UPDATE contribution SET records = records - 1, words = words - 1, bytes = bytes - 1 "
            f"{of_it} AND id <> 'another'"
        )


def _rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with reading(engine) as session:
        return sorted((tuple(row) for row in session.execute(text(query))), key=str)


def _migrate(engine: Engine, revision: str) -> None:
    go = command.upgrade if revision == "head" else command.downgrade
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        go(migrate._config(connection), revision)


def _public(engine: Engine) -> dict[str, list[str]]:
    """Every row of every public view that there is, as text."""
    there = set(inspect(engine).get_view_names()) & {view.name for view in VIEWS}
    with reading(engine) as session:
        return {
            view: sorted(str(tuple(row)) for row in session.execute(text(f"SELECT * FROM {view}")))
            for view in there
        }
