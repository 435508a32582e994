"""Drafting the disclosure report of a model."""

from collections.abc import Collection
from pathlib import Path

from registry import __version__
from registry.app.benchmarks import search_benchmarks
from registry.app.home import Home
from registry.app.written import Written
from registry.documents.dated import dated_disclosure
from registry.documents.disclosure import Disclosure, build_disclosure
from registry.documents.edition import DISCLOSURE
from registry.documents.fields import Field, Status
from registry.documents.projection import Audience
from registry.queries.editions import all_editions, document_address, public_references
from registry.queries.training import find_model, model_facts
from registry.render.folder import write_folder
from registry.render.forms import Law, render_forms


def disclose(
    home: Home,
    model: str,
    out: Path,
    *,
    audience: str,
    laws: Collection[str] = (),
    exact_sizes: bool,
    small_provider: bool = False,
) -> Written:
    """Write the disclosure's folder: a page for each law, JSON with its schema, domains where crawled.

    It is the published edition where nothing has changed since, else the draft of the next. laws: all that
    are known where none is named.
    """
    asked = tuple(law for law in Law if law in laws) or tuple(Law)
    with home.read() as session:
        facts = model_facts(session, find_model(session, model), with_holdings=True, with_bases=True)
        kept = all_editions(session, facts.id).get((DISCLOSURE, facts.id), ())
        place = document_address(session, facts, DISCLOSURE)
        public = public_references(session)
    (facts,) = search_benchmarks(home, (facts,)).models
    reader = Audience(audience)
    built = build_disclosure(
        facts,
        audience=reader,
        exact_sizes=exact_sizes,
        small_provider=small_provider,
        software=__version__,
    )
    disclosure = dated_disclosure(built, kept if reader is Audience.PUBLIC else (), place, public)
    write_folder(render_forms(disclosure, asked), out)
    return Written(facts.reference, _remark(disclosure, asked))


def _remark(disclosure: Disclosure, asked: tuple[Law, ...]) -> str:
    """How many questions of each of these laws have an answer."""
    forms = {
        Law.EU: (disclosure.fields, "fields"),
        Law.CALIFORNIA: (disclosure.california, "items of the law of California"),
    }
    told = [f"{_answered(fields)} {what} are answered" for fields, what in map(forms.__getitem__, asked)]
    open_ones = any(_is_gap(field) for law in asked for field in forms[law][0])
    return ", ".join(told) + ("; the page says who can close each gap" if open_ones else "")


def _answered(fields: Collection[Field]) -> str:
    return f"{sum(not _is_gap(field) for field in fields)} of {len(fields)}"


def _is_gap(field: Field) -> bool:
    return field.status is Status.GAP
