"""Sections 1.1 and 1.2 of the EU template: the provider, the model, and what it was made from."""

from collections.abc import Iterator, Mapping

from registry.documents.contact import contact_of
from registry.documents.eu_template import CLOSERS, PROVIDER, computed, declared, gap, not_applicable
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import counted, day
from registry.documents.names import WITHHELD_AGENT
from registry.documents.subject import Subject, dataset_count, headline, listed
from registry.documents.summary_address import summary_address
from registry.domain.dataset import Visibility
from registry.domain.facts import BaseModelFacts, ModelFacts
from registry.domain.stated import NOT_APPLICABLE as STATED_NOT_APPLICABLE
from registry.domain.stated import ProviderAnswers

_AS_STATED = "As the provider states."
_Chain = tuple[tuple[str, BaseModelFacts], ...]


def model_fields(subject: Subject) -> Iterator[Field]:
    """Fields 1.1.a to 1.2.c."""
    yield _provider(subject.model)
    yield _representative(answers_of(subject.model))
    yield _model(subject.model)
    yield _base_models(subject.model)
    yield _placed_on_market(subject.model)


def answers_of(model: ModelFacts) -> ProviderAnswers:
    """What the provider answers; nothing where nobody is named."""
    return model.provider_facts.answers if model.provider_facts else ProviderAnswers()


def _provider(model: ModelFacts) -> Field:
    facts = model.provider_facts
    name = facts.name if facts else model.provider
    if name is None:
        return gap("1.1.a")
    contact = _contact_link(facts.contact if facts else None)
    rights = contact_of(model).address
    is_link = contact is None or "://" in contact or contact.startswith("mailto:")
    cells: list[tuple[Column, Cell]] = [
        (Column("provider", "Provider"), name),
        (Column("contact", "Contact", Kind.LINK if is_link else Kind.TEXT), contact or rights),
        (Column("rights_contact", "Contact for rights in the training data", Kind.LINK), rights),
        (Column("url", "Website", Kind.LINK), facts.url if facts else None),
        (Column("identifiers", "Identifiers"), _identifiers(facts.identifiers if facts else ())),
    ]
    shown = [cell for cell in cells if cell[0].key in {"provider", "contact"} or cell[1] is not None]
    columns, row = tuple(column for column, _ in shown), tuple(cell for _, cell in shown)
    still_open = None if contact or rights else PROVIDER + "`contact` of the agent."
    return declared("1.1.a", Table(f"{name}.", columns, (row,)), still_open=still_open)


def _contact_link(contact: str | None) -> str | None:
    """A contact as a link where it is an address."""
    bare = contact is not None and "@" in contact and " " not in contact and "://" not in contact
    return f"mailto:{contact}" if bare and not str(contact).startswith("mailto:") else contact


def _identifiers(found: tuple[tuple[str, str], ...]) -> str | None:
    return "; ".join(f"{scheme.upper()} {value}" for scheme, value in found) or None


def _representative(answers: ProviderAnswers) -> Field:
    said = answers.authorised_representative
    if said is None:
        return gap("1.1.b")
    if said.casefold() == STATED_NOT_APPLICABLE:
        return not_applicable("1.1.b", f"{_AS_STATED} A provider established in the Union needs none.")
    return declared("1.1.b", said)


def _model(model: ModelFacts) -> Field:
    columns = (Column("model", "Model version"), Column("url", "Documentation", Kind.LINK))
    table = Table("This summary is of one model version.", columns, ((model.reference, model.url),))
    return declared("1.2.a", table, still_open=None if model.url else CLOSERS["1.2.a"])


def _base_models(model: ModelFacts) -> Field:
    if not model.base_models and model.no_base_model:
        return not_applicable("1.2.b", f"{_AS_STATED} The model was made from no other model.")
    if not model.base_models:
        return gap("1.2.b", method="No base model is stated, nor that there is none.")
    chain = tuple(_chain(model.reference, model.base_models))
    urls = _addresses(model, chain)
    names = _names(model, chain)
    covers = (
        f"{counted(len(names), 'base model')}: {listed(names)}. This summary covers what was added to "
        f"{'it, not its' if len(names) == 1 else 'them, not their'} own training data."
    )
    return computed(
        "1.2.b", _base_table(covers, chain, urls), _base_method(chain), still_open=_base_closer(chain, urls)
    )


def _names(model: ModelFacts, chain: _Chain) -> list[str]:
    """The base models, each once, whichever ways lead there; of those that are withheld nobody can tell."""
    shown = [base.shown for _, base in chain]
    hidden = [name for name in shown if name == WITHHELD_AGENT]
    return [*dict.fromkeys(name for name in shown if name not in {WITHHELD_AGENT, model.reference}), *hidden]


def _addresses(model: ModelFacts, chain: _Chain) -> dict[str, str | None]:
    """The address of each base model, from whichever place in the chain tells it."""
    found: dict[str, str | None] = {model.reference: model.url}
    place = answers_of(model).published_at
    for _, base in chain:
        found[base.shown] = found.get(base.shown) or _address(base, place)
    return found


def _base_table(summary: str, chain: _Chain, urls: Mapping[str, str | None]) -> Table:
    """The chain of base models; without the columns of which nothing is known of any."""
    columns = (
        Column("model", "Base model"),
        Column("of", "Base of"),
        Column("url", "Documentation or summary", Kind.LINK),
        Column("provider", "Provider"),
        Column("data", "Its training data"),
    )
    rows = [_base_row(of, base, urls[base.shown]) for of, base in chain]
    kept = [place for place in range(len(columns)) if place < 3 or any(row[place] for row in rows)]
    return Table(
        summary,
        tuple(columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
    )


def _chain(of: str, bases: tuple[BaseModelFacts, ...]) -> Iterator[tuple[str, BaseModelFacts]]:
    """Every base model with the model it is a base of, down to those that have none that is known."""
    for base in bases:
        yield of, base
        if base.model is not None:
            yield from _chain(base.shown, base.model.base_models)


def _base_row(of: str, base: BaseModelFacts, url: str | None) -> tuple[Cell, ...]:
    provider = data = None
    if base.model is not None:
        provider = base.model.provider
        data = f"{headline(base.model, dataset_count(base.model), base.model.words)}."
    elif base.disclosure is not None:
        provider, data = base.disclosure.provider, f"{base.disclosure.headline}."
    return base.shown, of, url, provider, data


def _address(base: BaseModelFacts, place: str | None) -> str | None:
    """Of its summary where that is published beside this one, else as it is stated."""
    is_here = base.reference is not None and base.visibility is Visibility.PUBLIC
    summary = summary_address(place, base.reference or "") if is_here else None
    own = base.model.url if base.model else None
    return base.url or summary or own or (base.disclosure.url if base.disclosure else None)


def _base_method(chain: _Chain) -> str:
    files = [f"{base.shown}: {base.disclosure.sha256}" for _, base in chain if base.disclosure]
    digests = f" SHA-256 of the disclosures that were read: {'; '.join(files)}." if files else ""
    return f"From the base models stated for each model, down to those of which none is known.{digests}"


def _base_closer(chain: _Chain, urls: Mapping[str, str | None]) -> str | None:
    shown = {base.shown for _, base in chain}
    without = [name for name, url in urls.items() if not url and name in shown and name != WITHHELD_AGENT]
    parts = [f"{PROVIDER}`url` of {listed(without)}."] if without else []
    if WITHHELD_AGENT in shown:
        parts.append("The provider: `visibility` of the base models that are withheld.")
    return " ".join(parts) or None


def _placed_on_market(model: ModelFacts) -> Field:
    said = model.placed_on_eu_market
    if said is None:
        return gap("1.2.c")
    if said.casefold() == STATED_NOT_APPLICABLE:
        return not_applicable("1.2.c", f"{_AS_STATED} The model was not placed on the Union market.")
    return declared("1.2.c", day(said))
