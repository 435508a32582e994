"""Drafting the disclosure report of a model."""

from pathlib import Path

from registry import __version__
from registry.app.home import Home
from registry.app.written import Written
from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience
from registry.queries.training import find_model, model_facts
from registry.render.disclosure import render_disclosure
from registry.render.folder import write_folder


def disclose(home: Home, model: str, out: Path, *, audience: str, exact_sizes: bool) -> Written:
    """Write the disclosure's folder: HTML, JSON with its schema, the list of domains where crawled."""
    with home.read() as session:
        facts = model_facts(session, find_model(session, model), with_holdings=True, with_bases=True)
    disclosure = build_disclosure(
        facts, audience=Audience(audience), exact_sizes=exact_sizes, software=__version__
    )
    write_folder(render_disclosure(disclosure), out)
    fields = disclosure.fields
    gaps = [field.id for field in fields if field.status == "gap"]
    answered = len(fields) - len(gaps)
    remark = f"{answered} of {len(fields)} fields are answered"
    return Written(facts.reference, f"{remark}; the page says who can close each gap" if gaps else remark)
