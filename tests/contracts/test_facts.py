"""The facts of one version and of all of them are the same, on both databases."""

import pytest
from sqlalchemy import Engine, text

from registry.queries.catalogue import every_version, version_facts
from registry.queries.holdings import every_holding, holdings_of
from registry.store.engine import open_engine, reading
from tests.contracts.test_views import build
from tests.rows import adding


@pytest.fixture(scope="module")
def engine(module_registry_url: str) -> Engine:
    found = open_engine(module_registry_url)
    with adding(found) as rows:
        build(rows)
        held = rows.version("held", size=(10, 100), origin="crawled", language="en")
        rows.license(held, "MIT")
        rows.license(held, "CC-BY-4.0", kind="concluded")
        rows.license(held, "GPL-3.0-only", superseded=True)
        rows.holding(held, [rows.agent("Zoe"), rows.agent("Ada")], 4, 40)
        rows.holding(held, [], 6, 60)
        for number, domain in enumerate(("b.example", "a.example", "c.example")):
            rows.domain(held, domain, 1, 10 - number % 2)
        rows.field(held, "text")
        rows.file(held, "b.jsonl")
        rows.file(held, "a.jsonl")
        rows.version("bare")
    return found


def test_every_version_is_as_it_is_alone(engine: Engine) -> None:
    with reading(engine) as session:
        together = list(every_version(session))
        ids = set(session.scalars(text("SELECT id FROM dataset_version")))
        assert {version.id for version in together} == ids
        assert len(together) == len(ids) > 6
        for version in together:
            assert version == version_facts(session, version.id)


def test_every_holding_is_as_it_is_alone(engine: Engine) -> None:
    with reading(engine) as session:
        together = every_holding(session)
        assert any(holding.parties for holdings in together.values() for holding in holdings)
        for version in every_version(session):
            assert together.get(version.id, ()) == holdings_of(session, version.id)


def test_by_name_and_then_the_newest(engine: Engine) -> None:
    with reading(engine) as session:
        names = [version.name for version in every_version(session)]
        labels = [version.label for version in every_version(session) if version.name == "open"]
    assert names == sorted(names)
    assert labels == ["2", "1"]
