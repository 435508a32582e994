"""Agents that are one, on both databases: read as one everywhere, and nothing lost or shown by it."""

import runpy
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from registry.domain.agent import ContributorType
from registry.errors import RefusedError
from registry.queries.agents import find_agents, list_agents
from registry.queries.catalogue import version_facts
from registry.queries.holdings import holdings_of
from registry.store.agents import declared_agent, save_declared
from registry.store.contributors import StatedContributor, state_contributors
from registry.store.engine import open_engine, reading, writing
from registry.store.merges import merge, split
from registry.store.named_agents import named_agents, save_named
from registry.store.statements import Evidence, state
from registry.store.tables.agents import AgentRow
from registry.store.tables.datasets import VersionPropertyRow
from tests.rows import LATER, NOW, adding

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"
LATEST = "2026-03-04T05:06:07Z"
SAYS = Evidence("declared", "registry agent merge", "provider", "a test")


@pytest.fixture
def engine(registry_url: str) -> Engine:
    return open_engine(registry_url)


def _contributions(engine: Engine) -> list[tuple[str, int, int]]:
    with reading(engine) as session:
        rows = session.execute(text("SELECT contributor, records, words FROM public_contribution"))
        return sorted((str(name), int(records), int(words)) for name, records, words in rows)


def _build(engine: Engine) -> tuple[str, list[str]]:
    """A version of three agents: one record by two of them together."""
    with adding(engine) as rows:
        version = rows.version("posts", size=(3, 30))
        agents = [rows.agent(name) for name in ("Ada", "A. L.", "Ben")]
        rows.holding(version, agents[:2], 1, 10)
        rows.holding(version, agents[:1], 1, 12)
        rows.holding(version, agents[2:], 1, 8)
        for agent, words in zip(agents, (22, 10, 8), strict=True):
            rows.contribution(version, agent, 1, words)
    return version, agents


def test_merged_agents_are_read_as_one_and_split_again(engine: Engine) -> None:
    version, (ada, al, ben) = _build(engine)
    before = _contributions(engine)
    with writing(engine) as session:
        assert merge(session, al, ada, SAYS, NOW)
        assert not merge(session, al, ada, SAYS, NOW)
    assert _contributions(engine) == [("Ada", 2, 32), ("Ben", 1, 8)]
    with reading(engine) as session:
        found = holdings_of(session, version)
        assert sum(holding.size.words for holding in found) == 30
        assert {
            (party.agent.id, party.share, holding.size.words)
            for holding in found
            for party in holding.parties
        } == {(ada, Fraction(1), 22), (ben, Fraction(1), 8)}
        assert {party.also for holding in found for party in holding.parties} == {("A. L.",), ()}
        assert version_facts(session, version).contributors.count == 2
        (agent,) = find_agents(session, "A. L.")
        assert (agent.id, agent.words, agent.holds_words) == (ada, 32, 22)
        assert list_agents(session, limit=1).total == 2
    with writing(engine) as session:
        assert split(session, al, NOW)
        assert not split(session, al, NOW)
    assert _contributions(engine) == before


def test_chains_lead_to_the_last_and_circles_are_refused(engine: Engine) -> None:
    _, (ada, al, ben) = _build(engine)
    with writing(engine) as session:
        merge(session, ada, al, SAYS, NOW)
        merge(session, al, ben, SAYS, NOW)
        for agent in (ada, al):
            row = session.get_one(AgentRow, agent)
            session.refresh(row)
            assert row.merged_into == ben
        with pytest.raises(RefusedError, match="already"):
            merge(session, ben, ada, SAYS, NOW)
        with pytest.raises(RefusedError, match="itself"):
            merge(session, ben, ben, SAYS, NOW)
        split(session, al, NOW)
    assert _contributions(engine) == [("A. L.", 2, 32), ("Ben", 1, 8)]


def test_who_is_withheld_never_stands_under_the_name_of_another(engine: Engine) -> None:
    with adding(engine) as rows:
        version = rows.version("posts")
        hidden, shown = rows.agent("Hidden", shown_as="withheld"), rows.agent("Shown")
        rows.contribution(version, hidden, 1, 10)
        rows.contribution(version, shown, 1, 20)
        merge(rows.session, hidden, shown, SAYS, NOW)
    assert _contributions(engine) == [("Shown", 1, 20), ("withheld (1)", 1, 10)]
    with writing(engine) as session:
        save_declared(session, "Shown", {"visibility": "private"}, (), SAYS, NOW)
    assert _contributions(engine) == [("withheld (1)", 2, 30)]


def test_spellings_keep_their_identifiers_from_one_version_to_the_next(engine: Engine) -> None:
    with writing(engine) as session:
        first = save_named(session, "posts", ["Zo\u00eb", "ZOE\u0308", "Ada"], NOW)
        again = save_named(session, "posts", ["zo\u00eb ", "Zo\u00eb", "ada"], NOW)
        assert again["Zo\u00eb"] == first["Zo\u00eb"]
        assert len({*first.values(), *again.values()}) == 5
        assert named_agents(session, "posts", again) == again
        summaries = list_agents(session)
        assert summaries.total == 2


def test_stated_contributors_are_in_the_view_and_annotators_are_not_named(engine: Engine) -> None:
    with adding(engine) as rows:
        version = rows.version("posts")
        stated = [StatedContributor(rows.agent("Eva"), ContributorType.EDITOR, "edt", None, 7)]
        stated += [
            StatedContributor(rows.agent(f"Ann {number}"), ContributorType.ANNOTATOR) for number in range(10)
        ]
        assert state_contributors(rows.session, version, "declared", stated, SAYS, NOW)
        assert not state_contributors(rows.session, version, "declared", stated, SAYS, NOW)
    with reading(engine) as session:
        rows_found = session.execute(
            text("SELECT contributor, contributor_type, records, words FROM public_contribution")
        )
        assert sorted(map(tuple, rows_found)) == [
            ("Eva", "Editor", None, 7),
            ("withheld (10)", "Annotator", None, None),
        ]
        assert len(version_facts(session, version).stated_contributors) == 11


def test_the_public_reads_no_name_that_stands_only_in_what_is_not_public(engine: Engine) -> None:
    """Whoever stands for an agent is named as public versions or declarations name one of them."""
    with adding(engine) as rows:
        versions = {
            name: rows.version(name, origin="public", visibility=visibility)
            for name, visibility in (("open", "public"), ("vault", "private"))
        }
        alan, al = rows.agent("Alan", scope="open"), rows.agent("Al", scope="open", shown_as="handle")
        secret = rows.agent("Secret", scope="vault")
        for agent, version, words in ((alan, "open", 10), (al, "open", 11), (secret, "vault", 12)):
            rows.holding(versions[version], [agent], 1, words)
            rows.contribution(versions[version], agent, 1, words)
        for agent in (alan, al):
            merge(rows.session, agent, secret, SAYS, NOW)
    ((shown, records, words),) = _contributions(engine)
    assert (shown in {"Alan", "Al"}, records, words) == (True, 2, 21)
    assert _holders(engine, versions["open"]) == {("Secret", shown)}
    with writing(engine) as session:
        state_of = {"version_id": versions["vault"], "property": "visibility"}
        state(session, VersionPropertyRow, state_of, {"value": "public"}, SAYS, LATER)
    assert _contributions(engine) == [("Secret", 1, 12), ("Secret", 2, 21)]
    assert _holders(engine, versions["open"]) == {("Secret", None)}
    with writing(engine) as session:
        state(session, VersionPropertyRow, state_of, {"value": "described"}, SAYS, LATEST)
    assert _contributions(engine) == [(shown, 2, 21)]
    with writing(engine) as session:
        for agent in (alan, al):
            split(session, agent, NOW)
    assert _contributions(engine) == [("Alan", 1, 10), ("withheld (1)", 1, 11)]


def test_a_declared_name_is_public_where_it_stands_for_others(engine: Engine) -> None:
    with adding(engine) as rows:
        version = rows.version("open", origin="public", visibility="public")
        al = rows.agent("Al", scope="open")
        rows.contribution(version, al, 1, 10)
        save_declared(rows.session, "turing", {"name": "Alan Turing"}, (), SAYS, NOW)
        merge(rows.session, al, declared_agent("turing"), SAYS, NOW)
    assert _contributions(engine) == [("Alan Turing", 1, 10)]
    with writing(engine) as session:
        split(session, al, NOW)
        assert session.get_one(AgentRow, declared_agent("turing")).shown_as == "handle"
    assert _contributions(engine) == [("Al", 1, 10)]


def _holders(engine: Engine, version: str) -> set[tuple[str, str | None]]:
    """The name of each holder of a version, and in public where that is another."""
    with reading(engine) as session:
        agents = [party.agent for one in holdings_of(session, version) for party in one.parties]
    return {(agent.name, agent.in_public.name if agent.in_public else None) for agent in agents}


def test_contributions_are_those_that_were_read_for_each_kind_of_row(engine: Engine) -> None:
    """The view of schema 0015 reads all at once, and has the rows of that of 0013."""
    with adding(engine) as rows:
        versions = [
            rows.version(name, origin="public", visibility=visibility)
            for name, visibility in (("open", "public"), ("more", "public"), ("vault", "private"))
        ]
        agents = [
            rows.agent(f"Person {number}", scope="open", shown_as=shown_as)
            for number, shown_as in enumerate(("name", "handle", "withheld") * 6)
        ]
        for place, agent in enumerate(agents):
            for number, license_ in enumerate((None, "MIT")):
                version = versions[(place + number) % 3]
                rows.contribution(version, agent, 1, 10 + place, license_=license_)
                rows.holding(version, [agent], 1, 10 * place + number)
            rows.contribution(versions[place % 2], agent, 1, 3, contributor_type="Annotator")
        kinds = (ContributorType.EDITOR, ContributorType.ANNOTATOR)
        for version, kind in zip(versions, (*kinds, kinds[0]), strict=True):
            stated = [StatedContributor(agent, kind, "edt", None, 7) for agent in agents]
            state_contributors(rows.session, version, "declared", stated, SAYS, NOW)
        for place in (3, 4, 5, 8):
            merge(rows.session, agents[place], agents[place - 3], SAYS, NOW)
    of_before = runpy.run_path(str(MIGRATIONS / "0013_names.py"))["_AFTER"]
    agents_before = of_before["projected_agent"]
    before = of_before["public_contribution"].replace("JOIN projected_agent a", f"JOIN ({agents_before}) a")
    with reading(engine) as session:
        now = session.execute(text("SELECT * FROM public_contribution"))
        columns = [*now.keys()]
        found = sorted(map(str, now))
        then = session.execute(text(before))
        assert [*then.keys()] == columns
        assert sorted(map(str, then)) == found
    assert len(found) > len(agents)
