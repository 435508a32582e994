"""Rights and contributions are read alike wherever they are written."""

from collections.abc import Callable, Iterable, Sequence

import pytest
from sqlalchemy import Engine, Subquery, select

from registry.store.engine import open_engine, reading
from registry.store.rights import contributions, shares
from registry.store.tables.agents import AgentRow
from tests.rows import adding


@pytest.fixture
def engine(registry_url: str) -> Engine:
    return open_engine(registry_url)


@pytest.fixture
def keys(engine: Engine) -> dict[str, str]:
    """Two versions, held by one, by two together, as stated, and by nobody."""
    with adding(engine) as rows:
        posts, notes = rows.version("posts"), rows.version("notes")
        ada, bob = rows.agent("Ada"), rows.agent("Bob")
        rows.holding(posts, [ada], 1, 10, basis="presumed-author")
        rows.holding(posts, [ada, bob], 2, 20, basis="presumed-author", license_="MIT")
        rows.holding(posts, [bob], 3, 30)
        rows.holding(notes, [bob], 4, 40, basis="presumed-author")
        rows.holding(notes, [], 5, 50)
        rows.contribution(posts, ada, 6, 60)
        rows.contribution(notes, ada, 7, 70, contributor_type="Annotator")
        rows.contribution(notes, ada, 8, 80, superseded=True)
    return {"posts": posts, "notes": notes, "ada": ada, "bob": bob}


def test_a_share_is_read_whether_its_holder_is_alone_or_not(engine: Engine, keys: dict[str, str]) -> None:
    ada, bob = keys["ada"], keys["bob"]
    every = [
        ("posts", ada, 10, 1, 1),
        ("posts", ada, 20, 1, 2),
        ("posts", bob, 20, 1, 2),
        ("posts", bob, 30, 1, 1),
        ("notes", bob, 40, 1, 1),
    ]
    columns = ("version_id", "agent_id", "words", "numerator", "denominator")
    _same(engine, keys, shares, columns, every)


def test_who_is_presumed_to_hold_what_it_created_contributed_it(engine: Engine, keys: dict[str, str]) -> None:
    ada, bob = keys["ada"], keys["bob"]
    every = [
        ("posts", ada, "Creator", None, 1, 10),
        ("posts", ada, "Creator", "MIT", 2, 20),
        ("posts", bob, "Creator", "MIT", 2, 20),
        ("notes", bob, "Creator", None, 4, 40),
        ("posts", ada, "Creator", None, 6, 60),
        ("notes", ada, "Annotator", None, 7, 70),
    ]
    columns = ("version_id", "agent_id", "contributor_type", "license", "records", "words")
    _same(engine, keys, contributions, columns, every)


def _same(
    engine: Engine,
    keys: dict[str, str],
    read: Callable[..., Subquery],
    columns: tuple[str, ...],
    every: Sequence[tuple[object, ...]],
) -> None:
    """What is read of all, of some agents and of some versions, however these are named, is of these."""
    ada = keys["ada"]
    for asked, of_these in (
        ({}, every),
        ({"agents": [ada]}, [row for row in every if row[1] == ada]),
        (
            {"agents": select(AgentRow.id).where(AgentRow.name == "Ada")},
            [row for row in every if row[1] == ada],
        ),
        ({"versions": [keys["notes"]]}, [row for row in every if row[0] == "notes"]),
        ({"agents": [ada], "versions": [keys["posts"]]}, [row for row in every if row[:2] == ("posts", ada)]),
        ({"agents": []}, []),
    ):
        wanted = [(keys[str(version)], *rest) for version, *rest in of_these]
        assert _read(engine, read(**asked), columns) == _in_order(wanted), asked


def _read(engine: Engine, rows: Subquery, columns: Iterable[str]) -> list[tuple[object, ...]]:
    with reading(engine) as session:
        found = session.execute(select(*(rows.c[column] for column in columns)))
        return _in_order(tuple(row) for row in found)


def _in_order(rows: Iterable[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return sorted(rows, key=str)
