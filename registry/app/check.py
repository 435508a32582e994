"""Checking what a disclosure would say, before it is published."""

from datetime import UTC, date, datetime

from registry import __version__
from registry.app.home import Home
from registry.documents.disclosure import build_disclosure
from registry.documents.grade.check import Check, check_disclosure
from registry.documents.projection import Audience
from registry.queries.training import find_model, model_facts


def check(home: Home, model: str, *, audience: str, on: date | None = None) -> Check:
    """The grade and the findings of a disclosure as its audience would see it; `on` is today by default."""
    with home.read() as session:
        facts = model_facts(session, find_model(session, model), with_holdings=True, with_bases=True)
    disclosure = build_disclosure(facts, audience=Audience(audience), software=__version__)
    return check_disclosure(disclosure, on or datetime.now(UTC).date())
