"""Holders that are declared of parts of a version, on both databases: the holdings stay a partition."""

from fractions import Fraction

import pytest
from alembic import command
from sqlalchemy import Engine

from registry.domain.declared_part import DeclaredPart, declared_part
from registry.domain.facts import Size
from registry.errors import RefusedError, StoreError
from registry.queries.holdings import holdings_of
from registry.queries.parts import declared_parties
from registry.store import migrate
from registry.store.engine import WRITES, open_engine, reading, writing
from registry.store.erasures import Person, erase
from registry.store.holdings import (
    BY_DECLARATION,
    DeclaredHolder,
    DeclaredHolders,
    SizesOfParts,
    part_sizes,
    say_holders,
    state_holders,
    stated_parts,
)
from registry.store.statements import Evidence, save_evidence
from registry.store.tables.rights import RightsHoldingRow
from tests.rows import LATER, NOW, adding

SAYS = Evidence(BY_DECLARATION, "registry.yaml: datasets: posts@1: rights_holders", "provider")
OF_ADA = declared_part({"by": ["Ada Lovelace", "Zoe"]}, None)
OF_SITE = declared_part({"kind": ["blog"]}, "a.example")


@pytest.fixture
def engine(registry_url: str) -> Engine:
    return open_engine(registry_url)


def _build(engine: Engine) -> tuple[str, dict[str, str]]:
    """A version of 10 records, 2 of which name their holder, and four declared agents."""
    with adding(engine) as rows:
        version = rows.version("posts", size=(10, 100))
        agents = {name: rows.agent(name) for name in ("press", "agency", "host", "house")}
        named = rows.agent("Ben", scope="posts")
        by_field = save_evidence(rows.session, Evidence("field", "by", "data"), NOW)
        said = rows.holding(version, [named], 2, 20)
        rows.session.get_one(RightsHoldingRow, said).evidence_id = by_field
        rows.holding(version, [], 5, 50)
        rows.holding(version, [], 3, 30, license_="MIT")
    return version, agents


def _declare(engine: Engine, version: str, declared: DeclaredHolders, sizes: SizesOfParts) -> None:
    with writing(engine) as session:
        assert say_holders(session, version, declared, SAYS, LATER)
        assert not say_holders(session, version, declared, SAYS, LATER)
        state_holders(session, version, declared, sizes, SAYS, LATER)


def _words(engine: Engine, version: str) -> dict[str, Fraction]:
    """By holder; all of them add up to the version."""
    with reading(engine) as session:
        found = holdings_of(session, version)
    assert sum(holding.size.records for holding in found) == 10
    assert sum(holding.size.words for holding in found) == 100
    words: dict[str, Fraction] = {}
    for holding in found:
        for party in holding.parties:
            name = party.agent.name
            words[name] = words.get(name, Fraction(0)) + party.share * holding.size.words
    return words


def test_parts_and_the_rest_partition_what_names_nobody(engine: Engine) -> None:
    version, agents = _build(engine)
    whole = (DeclaredHolder(agents["house"], Fraction(1)),)
    half = tuple(DeclaredHolder(agents[name], Fraction(1, 4)) for name in ("press", "agency"))
    sizes: dict[DeclaredPart, dict[str | None, Size]] = {
        OF_ADA: {None: Size(2, 20, 120), "MIT": Size(1, 8, 48)},
        OF_SITE: {"MIT": Size(2, 22, 132)},
    }
    parts = {OF_ADA: half, OF_SITE: (DeclaredHolder(agents["host"], Fraction(1)),)}
    _declare(engine, version, DeclaredHolders(whole, parts), sizes)
    assert _words(engine, version) == {"Ben": 20, "press": 7, "agency": 7, "host": 22, "house": 30}
    with reading(engine) as session:
        assert stated_parts(session, version) == {OF_ADA, OF_SITE}
        assert part_sizes(session, version) == sizes
        assert {part: len(parties) for part, parties in declared_parties(session, version).items()} == {
            OF_ADA: 2,
            OF_SITE: 1,
            None: 1,
        }
    _declare(engine, version, DeclaredHolders((), {OF_ADA: half}), {OF_ADA: sizes[OF_ADA]})
    assert _words(engine, version) == {"Ben": 20, "press": 7, "agency": 7}
    too_much: dict[DeclaredPart, dict[str | None, Size]] = {OF_ADA: {None: Size(6, 60, 360)}}
    with pytest.raises(RefusedError, match="more than what names nobody"):
        _declare(engine, version, DeclaredHolders(whole, {OF_ADA: half}), too_much)
    assert _words(engine, version) == {"Ben": 20, "press": 7, "agency": 7}
    _declare(engine, version, DeclaredHolders(), {})
    assert _words(engine, version) == {"Ben": 20}


def test_whoever_is_erased_leaves_the_part_and_what_was_counted_of_it(engine: Engine) -> None:
    version, agents = _build(engine)
    holders = (DeclaredHolder(agents["press"], Fraction(1)),)
    sizes: dict[DeclaredPart, dict[str | None, Size]] = {OF_ADA: {None: Size(2, 20, 120)}}
    _declare(engine, version, DeclaredHolders((), {OF_ADA: holders}), sizes)
    with writing(engine) as session:
        erase(session, Person((agents["press"],), ("Ada Lovelace", "press")), 1, b"key", LATER)
    with reading(engine) as session:
        (part,) = stated_parts(session, version)
        assert part == declared_part({"by": ["Zoe", "erased (1)"]}, None)
        assert part_sizes(session, version) == {part: sizes[OF_ADA]}
        assert [party.agent.name for party in declared_parties(session, version)[part]] == ["erased (1)"]


def test_no_way_back_loses_a_holder_of_a_part(engine: Engine) -> None:
    version, agents = _build(engine)
    holders = (DeclaredHolder(agents["press"], Fraction(1)),)
    _declare(engine, version, DeclaredHolders(holders), {})
    _migrate(engine, "0013")
    _migrate(engine, "head")
    assert _words(engine, version) == {"Ben": 20, "press": 80}
    _declare(engine, version, DeclaredHolders((), {OF_ADA: holders}), {OF_ADA: {None: Size(2, 20, 120)}})
    with pytest.raises(StoreError, match=r"holders of parts of datasets \(1\)"):
        _migrate(engine, "0013")
    assert _words(engine, version) == {"Ben": 20, "press": 20}


def _migrate(engine: Engine, revision: str) -> None:
    go = command.upgrade if revision == "head" else command.downgrade
    with engine.connect().execution_options(**{WRITES: True}) as connection, connection.begin():
        go(migrate._config(connection), revision)
