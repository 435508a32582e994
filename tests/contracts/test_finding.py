"""Finding people on both databases: by the names that are kept, and no more than the public may see."""

import random

import pytest
from sqlalchemy import Engine

from registry.domain.agent import ContributorType
from registry.queries.agents import list_agents
from registry.queries.hits import Hits, Subject
from registry.queries.requests import agents_named, parts_of_agents
from registry.queries.search import MOST, search
from registry.store.agent_names import LONGEST, are_current, bring_up_to_date
from registry.store.contributors import StatedContributor, state_contributors
from registry.store.engine import open_engine, reading, writing
from registry.store.merges import merge
from registry.store.statements import Evidence
from tests.rows import NOW, Rows, adding

SAYS = Evidence("declared", "registry.yaml", "provider", "a test")


@pytest.fixture
def engine(registry_url: str) -> Engine:
    return open_engine(registry_url)


def _search(engine: Engine, asked: str, *, public: bool) -> Hits:
    with writing(engine) as session:
        bring_up_to_date(session)
    with reading(engine) as session:
        return search(session, asked, [Subject.NAME], None, public=public)


def _credit(rows: Rows, version: str, agent: str, *sizes: int | None) -> None:
    credited = StatedContributor(agent, ContributorType.EDITOR, "edt", *sizes)
    assert state_contributors(rows.session, version, "declared", [credited], SAYS, NOW)


def test_the_public_is_told_of_public_people_and_of_no_others(engine: Engine) -> None:
    with adding(engine) as rows:
        described = rows.version("hidden", visibility="described")
        for number in range(MOST + 100):
            rows.contribution(described, rows.agent(f"Aa Smithson {number:03}"), 1, 10)
        rows.contribution(rows.version("posts"), rows.agent("Zz Smithson"), 1, 10)
    found = _search(engine, "Smithson", public=True)
    assert [(hit.found, hit.dataset, hit.records) for hit in found.hits] == [("Zz Smithson", "posts@1", 1)]
    assert found.more == 0
    assert _search(engine, "Smithson", public=False).more == 101


def test_a_public_search_counts_the_public_people_that_it_leaves_out(engine: Engine) -> None:
    with adding(engine) as rows:
        version = rows.version("posts")
        for number in range(MOST + 3):
            rows.contribution(version, rows.agent(f"Smithson {number:03}"), 1, 10)
        rows.contribution(version, rows.agent("Smithson Hidden", shown_as="withheld"), 1, 10)
        rows.contribution(
            version, rows.agent("Smithson Annotator"), 1, 10, contributor_type=ContributorType.ANNOTATOR.value
        )
    found = _search(engine, "smithson", public=True)
    assert (len(found.hits), found.more) == (MOST, 3)


def test_who_is_credited_for_a_whole_is_found_with_what_is_known(engine: Engine) -> None:
    with adding(engine) as rows:
        book, posts, secret = (
            rows.version("book"), rows.version("posts"), rows.version("secret", visibility="private")
        )  # fmt: skip
        eva, also = rows.agent("Eva"), rows.agent("E. V. A.")
        rows.contribution(posts, also, 3, 30)
        for version in (book, posts, secret):
            _credit(rows, version, eva)
        merge(rows.session, also, eva, SAYS, NOW)
    with reading(engine) as session:
        assert [(one.dataset, one.records, one.how) for one in parts_of_agents(session, [eva, also])] == [
            ("book@1", None, "credited for the whole"),
            ("posts@1", 3, "named in the records, or declared; credited for the whole"),
            ("secret@1", None, "credited for the whole"),
        ]
        (agent,) = list_agents(session).agents
        assert (agent.name, agent.versions, agent.records, agent.words) == ("Eva", 3, 3, 30)
    for public in (True, False):
        found = _search(engine, "eva", public=public)
        assert {(hit.dataset, hit.records, hit.words) for hit in found.hits} == {
            ("book@1", None, None),
            ("posts@1", 3, 30),
            *([] if public else [("secret@1", None, None)]),
        }


def test_the_public_finds_who_holds_rights_and_contributed_nothing(engine: Engine) -> None:
    with adding(engine) as rows:
        posts, described, secret = (
            rows.version("posts"),
            rows.version("hidden", visibility="described"),
            rows.version("secret", visibility="private"),
        )
        press, ann, al = rows.agent("Smith Press"), rows.agent("Ann Smith"), rows.agent("A. Smith")
        shy = rows.agent("Shy Smith", shown_as="withheld")
        rows.holding(posts, [press], 3, 30, license_="MIT")
        rows.holding(posts, [press, ann, al], 2, 20)
        rows.holding(posts, [shy], 1, 5)
        for version in (described, secret):
            rows.holding(version, [press], 4, 40)
            rows.holding(version, [rows.agent("Smith Secret")], 4, 40)
        merge(rows.session, al, ann, SAYS, NOW)
    found = _search(engine, "smith", public=True)
    licensed = [hit.license for hit in found.hits if hit.words == 30]
    assert {(hit.found, hit.dataset, hit.records, hit.words) for hit in found.hits} == {
        ("Smith Press", "posts@1", 3, 30),
        ("Smith Press", "posts@1", 2, 20),
        ("Ann Smith", "posts@1", 2, 20),
    }
    assert (licensed, found.more, len(found.hits)) == (["MIT"], 0, 3)


def test_what_is_stated_of_a_version_is_not_added_to_what_its_records_say(engine: Engine) -> None:
    with adding(engine) as rows:
        book, posts = rows.version("book"), rows.version("posts")
        eva = rows.agent("Eva")
        rows.contribution(posts, eva, 3, 30)
        _credit(rows, posts, eva, 2, 20)
        _credit(rows, book, eva, None, 7)
    with reading(engine) as session:
        (agent,) = list_agents(session).agents
        assert (agent.versions, agent.records, agent.words) == (2, 3, 37)


def test_names_of_any_length_are_kept_and_told_apart(engine: Engine) -> None:
    draw = random.Random(1)
    start = "".join(chr(draw.randrange(0x20000, 0x2A6D6)) for _ in range(LONGEST))  # what does not compress
    names = ["Ada", f"{start} one", f"{start} two", start]
    with adding(engine) as rows:
        agents = {name: rows.agent(name) for name in names}
    for current in (False, True):
        with writing(engine) as session:
            if current:
                bring_up_to_date(session)
            assert are_current(session) is current
            for name, key in agents.items():
                assert [row.id for row in agents_named(session, f" {name.upper()}")] == [key]
            assert agents_named(session, "Nobody") == []


@pytest.mark.parametrize("few", [5, 1_000])
def test_the_first_agents_of_a_list_are_those_of_the_whole(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("registry.queries.agents._FEW", few)
    draw = random.Random(few)
    with adding(engine) as rows:
        version, other = rows.version("posts"), rows.version("book")
        agents = [rows.agent(f"Person {number:02}") for number in range(20)]
        for number, agent in enumerate(agents[:16]):
            rows.contribution(version, agent, 1, draw.randrange(1, 6))
            rows.holding(other, [agent], number, draw.randrange(1, 6))
        merge(rows.session, agents[3], agents[4], SAYS, NOW)
        merge(rows.session, agents[17], agents[5], SAYS, NOW)
        _credit(rows, other, agents[18], 1, 9)
        _credit(rows, version, agents[3], 1, 99)
    with reading(engine) as session:
        whole = list_agents(session)
        assert whole.total == len(whole.agents) == 18
        for limit in range(1, 20):
            assert list_agents(session, limit=limit).agents == whole.agents[:limit]
