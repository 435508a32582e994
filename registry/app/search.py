"""Searching by name, domain, handle or identifier: a start for whoever has no text to look up."""

from collections.abc import Collection

from registry.app.home import Home
from registry.measure.domains import registrable_domain
from registry.queries.hits import Hits, Subject
from registry.queries.search import search
from registry.store.agent_names import are_current, bring_up_to_date

NAMES = {Subject.NAME, Subject.HANDLE, Subject.IDENTIFIER}


def bring_names_up_to_date(home: Home) -> None:
    """Let the names of agents be found by the database; written only where that is news."""
    with home.read() as session:
        current = are_current(session)
    if not current:
        with home.write() as session:
            bring_up_to_date(session)


def run(home: Home, asked: str, kinds: Collection[Subject], *, public: bool) -> Hits:
    """What is found of a text; the names of agents are brought up to date first."""
    wanted = set(kinds) or set(Subject)
    if wanted & NAMES:
        bring_names_up_to_date(home)
    with home.read() as session:
        return search(session, asked, wanted, registrable_domain(asked.strip()), public=public)
