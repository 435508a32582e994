"""Checking what a disclosure would say, before it is published."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import islice, product

from registry import __version__
from registry.app.benchmarks import search_benchmarks
from registry.app.home import Home
from registry.documents.dated import dated_disclosure
from registry.documents.disclosure import build_disclosure, with_history
from registry.documents.edition import DISCLOSURE
from registry.documents.grade.check import Check, check_disclosure
from registry.documents.projection import Audience
from registry.queries.editions import all_editions, document_address, public_references
from registry.queries.training import find_model, model_facts


def check(
    home: Home,
    model: str,
    *,
    audience: str,
    on: date | None = None,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Check:
    """The grade and the findings of a disclosure as its audience would see it; `on` is today by default.

    The tests that the model is measured by are looked for first, as far as that is not known yet; `told`
    hears how many such searches are done, of how many.

    What was published, and whether it still holds, is that of the public disclosure for every audience, with
    whichever options it was published.
    """
    with home.read() as session:
        facts = model_facts(session, find_model(session, model), with_holdings=True, with_bases=True)
        kept = all_editions(session, facts.id).get((DISCLOSURE, facts.id), ())
        place = document_address(session, facts, DISCLOSURE)
        public = public_references(session)
    (facts,) = search_benchmarks(home, (facts,), told).models
    drafts = (
        build_disclosure(facts, exact_sizes=exact, small_provider=small, software=__version__)
        for exact, small in product((False, True), repeat=2)
    )
    dated = [
        dated_disclosure(draft, kept, place, public) for draft in (drafts if kept else islice(drafts, 1))
    ]
    found = next((one for one in dated if one.history.is_current), dated[0])
    reader = Audience(audience)
    if reader is not Audience.PUBLIC:
        shown = build_disclosure(facts, audience=reader, software=__version__)
        found = with_history(shown, found.history)
    return check_disclosure(found, on or datetime.now(UTC).date())
