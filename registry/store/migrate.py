"""The schema's version: where it is, where it should be, and the way there."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from registry.assets import folder
from registry.errors import StoreError
from registry.store.engine import WRITES, translated


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest version; a no-op where it is."""
    with (
        translated(engine),
        engine.connect().execution_options(**{WRITES: True}) as connection,
        connection.begin(),
    ):
        command.upgrade(_config(connection), "head")


def current(engine: Engine) -> str | None:
    """The version the database is at; None where it holds no registry."""
    with translated(engine), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def head() -> str:
    """The version this software works with."""
    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    if revision is None:
        raise StoreError("no migrations are in this installation", hint="install the package again")
    return revision


def require_current(engine: Engine) -> None:
    """Refuse a database of another version."""
    at = current(engine)
    if at is None:
        raise StoreError("there is no registry in this database", hint="create it with: registry init")
    if at != head():
        known = {script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()}
        hint = (
            "back it up, then run: registry database upgrade"
            if at in known
            else "it was written by a newer version of this software: install that"
        )
        raise StoreError(f"the database is at schema {at}, this software works with {head()}", hint=hint)


def differences(engine: Engine) -> list[str]:
    """What the database's tables lack or have too much, against the code; empty where all is well."""
    from alembic.autogenerate import compare_metadata

    from registry.store.tables.all import METADATA

    with translated(engine), engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [str(difference) for difference in compare_metadata(context, METADATA)]


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
