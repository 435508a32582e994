"""Drafting the disclosure report of a model."""

from pathlib import Path

from registry import __version__
from registry.app.home import Home
from registry.app.written import Written
from registry.documents.dated import dated_disclosure
from registry.documents.disclosure import build_disclosure
from registry.documents.edition import DISCLOSURE
from registry.documents.projection import Audience
from registry.queries.editions import all_editions, document_address
from registry.queries.training import find_model, model_facts
from registry.render.disclosure import render_disclosure
from registry.render.folder import write_folder


def disclose(home: Home, model: str, out: Path, *, audience: str, exact_sizes: bool) -> Written:
    """Write the disclosure's folder: HTML, JSON with its schema, the list of domains where crawled.

    It is the published edition where nothing has changed since, else the draft of the next.
    """
    with home.read() as session:
        facts = model_facts(session, find_model(session, model), with_holdings=True, with_bases=True)
        kept = all_editions(session, facts.id).get((DISCLOSURE, facts.id), ())
        place = document_address(session, facts, DISCLOSURE)
    reader = Audience(audience)
    disclosure = dated_disclosure(
        build_disclosure(facts, audience=reader, exact_sizes=exact_sizes, software=__version__),
        kept if reader is Audience.PUBLIC else (),
        place,
    )
    write_folder(render_disclosure(disclosure), out)
    fields = disclosure.fields
    gaps = [field.id for field in fields if field.status == "gap"]
    answered = len(fields) - len(gaps)
    remark = f"{answered} of {len(fields)} fields are answered"
    return Written(facts.reference, f"{remark}; the page says who can close each gap" if gaps else remark)
