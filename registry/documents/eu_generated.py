"""Sections 2.4 to 2.6 of the EU template: data of users, synthetic data, other sources."""

import re
from collections.abc import Callable, Iterator

from registry.documents.composition import Use
from registry.documents.eu_model import answers_of
from registry.documents.eu_parts import comments, content_lacking, content_of, used, without_origin
from registry.documents.eu_sizes import modalities
from registry.documents.eu_template import PROVIDER, declared, gap, not_applicable
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import counted
from registry.documents.names import WITHHELD_AGENT
from registry.documents.periods import period_of, period_text
from registry.documents.projection import shown_as
from registry.documents.subject import Subject, closer, languages_of, listed, needed, stated_texts
from registry.documents.summary_address import summary_address
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import KnownModel, ModelFacts
from registry.domain.stated import Answer, UserData

_URL = re.compile(r"https?://[^\s<>()\"']+", re.IGNORECASE)
_ANSWERS = {Answer.YES: "Yes", Answer.NO: "No", Answer.UNKNOWN: "Not known to the provider"}


def generated_fields(subject: Subject) -> Iterator[Field]:
    """Fields 2.4 to 2.6.c."""
    yield from _users(subject)
    yield from _synthetic(subject)
    yield from _other(subject)


# --- data of users ---------------------------------------------------------------------------------------


def _users(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.USER)
    if not found:
        yield from without_origin(subject, Origin.USER, "2.4")
        return
    yield from used(subject, Origin.USER, "2.4", asked=False)
    yield _answered("2.4.a", found, lambda data: data.interactions)
    yield _answered("2.4.b", found, lambda data: data.other_services)
    yield _services(found)
    yield modalities("2.4.d", found)
    yield comments("2.4.e", subject, found)


def _user_data(use: Use) -> UserData:
    return use.version.description.user_data or UserData()


def _answered(
    identifier: str, found: tuple[Use, ...], question: Callable[[UserData], Answer | None]
) -> Field:
    """Yes where any dataset says so; else what they say, dataset by dataset where they differ."""
    answers = [(use, question(_user_data(use))) for use in found]
    by_answer = {
        answer: [shown_as(use.version) for use, said in answers if said is answer] for answer in Answer
    }
    given = [answer for answer in (Answer.YES, Answer.UNKNOWN, Answer.NO) if by_answer[answer]]
    if not given:
        return gap(identifier)
    texts = [_ANSWERS[answer] for answer in given]
    if len(given) > 1:
        texts = [f"{_ANSWERS[answer]}: {listed(by_answer[answer])}" for answer in given]
    lacking = (use for use, said in answers if said is None)
    return declared(
        identifier,
        f"{'; '.join(texts)}.",
        "As declared for each dataset.",
        still_open=closer(identifier, lacking),
    )


def _services(found: tuple[Use, ...]) -> Field:
    columns = (Column("service", "Service or product"), Column("dataset", "Dataset"))
    rows = tuple((service, shown_as(use.version)) for use in found for service in _user_data(use).services)
    lacking = tuple(
        use
        for use in found
        if not _user_data(use).services and _user_data(use).other_services is not Answer.NO
    )
    if not rows:
        no_service = "As declared, no data came from other services of the provider."
        return gap("2.4.c") if lacking else not_applicable("2.4.c", no_service)
    summary = f"{'; '.join(dict.fromkeys(str(service) for service, _ in rows))}."
    method = "As declared for each dataset."
    return declared("2.4.c", Table(summary, columns, rows), method, still_open=closer("2.4.c", lacking))


# --- synthetic data --------------------------------------------------------------------------------------


def _synthetic(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.SYNTHETIC)
    if not found:
        yield from without_origin(subject, Origin.SYNTHETIC, "2.5")
        return
    yield from used(subject, Origin.SYNTHETIC, "2.5")
    yield modalities("2.5.b", found)
    yield from _generators(subject.model, found)
    yield comments("2.5.e", subject, found)


def _generators(model: ModelFacts, found: tuple[Use, ...]) -> Iterator[Field]:
    """2.5.c: models with an address, or of this registry; 2.5.d: all others."""
    here = _models_here(model)
    datasets: dict[str, list[str]] = {}
    for use in found:
        for name in use.version.description.generated_by or ():
            datasets.setdefault(name, []).append(shown_as(use.version))
    marketed = {name for name in datasets if name in here or _URL.search(name)}
    rows = tuple((*_linked(name, here), listed(datasets[name])) for name in datasets if name in marketed)
    others = tuple((name, listed(datasets[name])) for name in datasets if name not in marketed)
    unstated = tuple(use for use in found if use.version.description.generated_by is None)
    columns = (Column("model", "Model"), Column("url", "Summary", Kind.LINK), Column("datasets", "Datasets"))
    unlinked = [str(name) for name, url, _ in rows if url is None]
    url_missing = f"{PROVIDER}`url` of {listed(unlinked)}." if unlinked else None
    yield _generator_field("2.5.c", columns, rows, unstated, url_missing)
    yield _generator_field("2.5.d", (columns[0], columns[2]), others, unstated, _withheld(datasets))


def _generator_field(
    identifier: str,
    columns: tuple[Column, ...],
    rows: tuple[tuple[Cell, ...], ...],
    unstated: tuple[Use, ...],
    more: str | None,
) -> Field:
    still_open = " ".join(filter(None, (closer(identifier, unstated), more))) or None
    if rows:
        summary = f"{counted(len(rows), 'model')}: {listed([str(row[0]) for row in rows])}."
        method = "From the models that the datasets name as their source."
        return declared(identifier, Table(summary, columns, rows), method, still_open=still_open)
    if unstated:
        return gap(identifier, closer(identifier, unstated))
    other = {"2.5.c": "is on the market as far as is stated", "2.5.d": "is other than those in 2.5.c"}
    return not_applicable(identifier, f"Of the models that generated the data, none {other[identifier]}.")


def _withheld(names: dict[str, list[str]]) -> str | None:
    return "The provider: `visibility` of the models that are withheld." if WITHHELD_AGENT in names else None


def _models_here(model: ModelFacts) -> dict[str, str | None]:
    """The addresses of the models that are known by name: of this registry, and base models."""
    place = answers_of(model).published_at
    found = {known.reference: _of_model_here(known, place) for known in model.models_here}
    found[model.reference] = model.url
    for base in model.base_models:
        if base.model is not None:
            found |= _models_here(base.model)
        if base.shown != WITHHELD_AGENT:
            found.setdefault(base.shown, base.url or (base.disclosure.url if base.disclosure else None))
    by_name = {reference.partition("@")[0]: url for reference, url in found.items()}
    return by_name | found


def _of_model_here(known: KnownModel, place: str | None) -> str | None:
    """Of its summary where that is published beside this one, else of its documentation."""
    is_public = known.visibility is Visibility.PUBLIC
    return (summary_address(place, known.reference) if is_public else None) or known.url


def _linked(name: str, here: dict[str, str | None]) -> tuple[str, str | None]:
    """A model and its address: of this registry, or as written beside its name."""
    address = _URL.search(name)
    if address is None:
        return name, here[name]
    rest = _URL.sub("", name).strip(" ()<>,;:")
    return rest or address[0], address[0]


# --- other sources ---------------------------------------------------------------------------------------


def _other(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.OTHER)
    if not found:
        yield from without_origin(subject, Origin.OTHER, "2.6")
        return
    yield from used(subject, Origin.OTHER, "2.6")
    yield _narrative(found)
    yield comments("2.6.c", subject, found)


def _narrative(found: tuple[Use, ...]) -> Field:
    columns = (
        Column("dataset", "Dataset"),
        Column("description", "What it is"),
        Column("content", "Types of content"),
        Column("processing", "How it was made and processed"),
        Column("languages", "Languages"),
        Column("collected", "Collected"),
    )
    if not any(content_of(use.version) or use.version.description.processing for use in found):
        return gap("2.6.b")
    rows = tuple(_narrative_row(use) for use in found)
    told = [text for use in found if (text := use.version.description.summary or content_of(use.version))]
    lacking = (
        (use, [*content_lacking(use), *([] if use.version.description.processing else ["`processing`"])])
        for use in found
    )
    summary = " ".join(_sentence(text) for text in dict.fromkeys(told)) or "The sources are described below."
    method = "As declared for each dataset."
    return declared("2.6.b", Table(summary, columns, rows), method, still_open=needed(lacking))


def _narrative_row(use: Use) -> tuple[Cell, ...]:
    said = use.version.description
    return (
        shown_as(use.version),
        said.summary or use.version.title or content_of(use.version),
        content_of(use.version),
        stated_texts(said.processing),
        languages_of((use,)),
        period_text(period_of(use.version)),
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
