"""Everything that a site tells, read from both databases: each dataset version once."""

import pytest
from sqlalchemy import event

from registry.documents.site.registered import Registered
from registry.queries.site import everything
from registry.store.engine import open_engine, reading
from tests.rows import adding


@pytest.fixture
def found(registry_url: str) -> tuple[Registered, list[str]]:
    """Two datasets, one in two versions, under a model, its successor and a model made from it."""
    engine = open_engine(registry_url)
    with adding(engine) as rows:
        ada = rows.agent("Ada Lovelace")
        old = rows.version("poems", "1", sequence=1, size=(10, 100), origin="public")
        new = rows.version("poems", "2", sequence=2, size=(20, 200), origin="public")
        notes = rows.version("notes", "1", size=(5, 50), origin="licensed")
        rows.holding(old, [ada], 10, 100)
        first = rows.model("bard", "1.0", sequence=1)
        second = rows.model("bard", "1.1", sequence=2)
        tutor = rows.model("tutor", "1", visibility="private")
        rows.run(first, [(old, 3, 10, 100), (notes, 1, 5, 50)])
        rows.run(second, [(old, 1, 10, 100), (new, 1, 20, 200)])
        rows.run(tutor, [(notes, 1, 5, 50)])
        rows.base_model(tutor, of=first)
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    with reading(engine) as session:
        registered = everything(session)
    return registered, statements


def test_by_name_and_newest_first(found: tuple[Registered, list[str]]) -> None:
    registered, _ = found
    assert [model.reference for model in registered.models] == ["bard@1.1", "bard@1.0", "tutor@1"]
    assert [held.version.reference for held in registered.datasets] == ["notes@1", "poems@2", "poems@1"]


def test_components_have_the_holders_of_their_versions(found: tuple[Registered, list[str]]) -> None:
    registered, _ = found
    held = {one.version.id: one for one in registered.datasets}
    parts = [part for model in registered.models for part in model.components]
    assert all(part.version is held[part.version.id].version for part in parts)
    assert all(part.holdings is held[part.version.id].holdings for part in parts)
    assert sum(bool(part.holdings) for part in parts) == 2


def test_base_models_here_are_known_in_full(found: tuple[Registered, list[str]]) -> None:
    registered, _ = found
    (base,) = registered.models[2].base_models
    assert base.model is not None
    assert (base.model.reference, base.model.words) == ("bard@1.0", 150)


def test_each_table_is_read_once_for_all_versions(
    found: tuple[Registered, list[str]],
) -> None:
    _, statements = found
    assert sum("FROM version_domain" in one.replace("\n", " ") for one in statements) == 1
