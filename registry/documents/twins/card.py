"""Dataset and model cards of the Hugging Face Hub: YAML front matter, and a short text for people.

https://huggingface.co/docs/hub/datasets-cards and https://huggingface.co/docs/hub/model-cards, as
huggingface_hub 2 reads them. The hub knows one license a card, repositories of its own as sources and base
models, and no versions; all else is in the text.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.documents.composition import Use
from registry.documents.disclosure import Disclosure
from registry.documents.figures import exact, exactly, told
from registry.documents.periods import period_of, period_text
from registry.documents.projection import Audience, shown_as
from registry.documents.subject import languages_of, spoken
from registry.documents.twins.addresses import data_on_hub, hub_repository, on_hub, page_of, uri
from registry.documents.twins.hub_licenses import hub_license
from registry.documents.twins.shared import (
    SOFTWARE,
    Json,
    collection_said,
    holders,
    not_known,
    personal_said,
    present,
    sizes,
    state_of,
    used_size,
    written,
)
from registry.domain.dataset import Origin
from registry.domain.facts import BaseModelFacts, ComponentFacts, VersionFacts
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED, primary
from registry.domain.license import license_title

_REST = "What is not here is not known to it."
_MOST_HOLDERS = 20
_SIZES = ((3, "1K"), (4, "10K"), (5, "100K"), (6, "1M"), (7, "10M"), (8, "100M"), (9, "1B"), (10, "10B"))
_LARGER = ((11, "100B"), (12, "1T"))


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is said under it, as a link where `address` is there."""

    label: str
    value: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A dataset in the mixture of a model: its name and address, and what was used of it."""

    name: str
    address: str | None
    license: str
    used: str
    size: str


@dataclass(frozen=True, slots=True)
class Card:
    """A card as a value: the front matter, the text, what is not known, and what wrote it."""

    front: Json
    title: str
    summary: str
    facts: tuple[Fact, ...]
    mixture: tuple[Row, ...]
    gaps: tuple[str, ...]
    written: str


def dataset_card(
    component: ComponentFacts, software: str | None, audience: Audience = Audience.PUBLIC
) -> Card:
    """The card of a projected version with its projected holders."""
    version = component.version
    title = version.title or version.reference
    return Card(
        front=_dataset_front(version),
        title=title,
        summary=version.description.summary or f"{title}: {sizes(version)}.",
        facts=tuple(_dataset_facts(component)),
        mixture=(),
        gaps=tuple(not_known(version)),
        written=f"{written(software, audience)} {_REST}",
    )


def model_card(disclosure: Disclosure) -> Card:
    """The card of a projected model."""
    model = disclosure.model
    gaps = (f"{gap.title}. {gap.closed_by}" for gap in disclosure.gaps)
    return Card(
        front=_model_front(disclosure),
        title=model.reference,
        summary=f"{disclosure.headline}.",
        facts=tuple(_model_facts(disclosure)),
        mixture=tuple(map(_row, disclosure.uses)),
        gaps=("The license of the model is not recorded here.", *gaps),
        written=f"{written(disclosure.software, disclosure.audience)} {_REST}",
    )


# --- datasets --------------------------------------------------------------------------------------------


def _dataset_front(version: VersionFacts) -> Json:
    records = version.amount("records")
    synthetic = version.origin is Origin.SYNTHETIC or bool(version.description.generated_by)
    return present(
        pretty_name=version.title,
        **hub_license(version.license.stated, version.license.declared_raw),
        language=_codes(part.language for part in version.languages),
        size_categories=None if records is None else [_size_category(records)],
        source_datasets=_sources(version),
        tags=[*(["synthetic"] if synthetic else []), SOFTWARE],
    )


def _codes(tags: Iterable[str]) -> list[str]:
    """Languages as the hub takes them: without region or script."""
    codes = dict.fromkeys(primary(tag) for tag in tags)
    return [code for code in codes if code not in {UNDETERMINED, NO_LANGUAGE}]


def _size_category(records: int) -> str:
    """A class of the hub: "1K<n<10K"."""
    bounds = (*_SIZES, *_LARGER)
    if records < 1000:
        return "n<1K"
    below = [name for power, name in bounds if records >= 10**power]
    above = [name for power, name in bounds if records < 10**power]
    return f"{below[-1]}<n<{above[0]}" if above else f"n>{below[-1]}"


def _sources(version: VersionFacts) -> list[str]:
    """What it was made from: repositories of the hub by name, others by address."""
    if version.is_original:
        return ["original"]
    addresses = (address for address in version.derived_from if "://" in address)
    return [data_on_hub(address) or address for address in addresses]


def _dataset_facts(component: ComponentFacts) -> Iterator[Fact]:
    version, said = component.version, component.version.description
    found: tuple[tuple[str, str | None], ...] = (
        ("Version", version.reference),
        ("State", state_of(version)),
        ("Size", sizes(version)),
        ("Publisher", version.publisher),
        ("License, declared", _license(version.license.declared)),
        ("License, concluded by a reviewer", _license(version.license.concluded)),
        ("Licenses by record", _by_record(version)),
        ("Rights holders", _holders(component)),
        ("Content", told(said.content_types)),
        ("Characteristics", told(said.characteristics)),
        ("Collected", period_text(period_of(version))),
        ("Published", version.description.published),
        ("How it came about", collection_said(version)),
        ("Processing", told(said.processing)),
        ("Purpose", said.purpose),
        ("Personal information", personal_said(said.personal_information)),
        ("Made from", told(version.derived_from)),
        ("Generated by", told(said.generated_by or ())),
        ("Fields", _fields(version)),
        ("Content digest", version.content_digest),
    )
    yield from (Fact("Page", address, address) for address in (page_of(version),) if address)
    yield from (Fact(label, value) for label, value in found if value)


def _license(expression: str | None) -> str | None:
    return None if expression is None else f"{expression} ({license_title(expression)})"


def _by_record(version: VersionFacts) -> str | None:
    parts = version.licenses
    if not any(part.raw for part in parts):
        return None
    return "; ".join(f"{part.expression}: {exactly(part.size.records, 'record')}" for part in parts)


def _holders(component: ComponentFacts) -> str | None:
    names = list(dict.fromkeys(one.name for one in holders(component)))
    more = len(names) - _MOST_HOLDERS
    told_of = "; ".join(names[:_MOST_HOLDERS])
    return (f"{told_of} and {exact(more)} more" if more > 0 else told_of) or None


def _fields(version: VersionFacts) -> str | None:
    names = [field.path for field in version.fields]
    more = len(names) - _MOST_HOLDERS
    told_of = ", ".join(names[:_MOST_HOLDERS])
    return (f"{told_of} and {exact(more)} more" if more > 0 else told_of) or None


# --- models ----------------------------------------------------------------------------------------------


def _model_front(disclosure: Disclosure) -> Json:
    model = disclosure.model
    bases = (on_hub(_address(base)) for base in model.base_models)
    datasets = (_repository(use.version) for use in disclosure.uses)
    return present(
        base_model=[base for base in dict.fromkeys(bases) if base],
        datasets=[name for name in dict.fromkeys(datasets) if name],
        language=_codes(part.key for part in spoken(disclosure.uses)),
        tags=[SOFTWARE],
    )


def _repository(version: VersionFacts) -> str | None:
    found = hub_repository(version)
    return found[0] if found else data_on_hub(version.url)


def _address(base: BaseModelFacts) -> str | None:
    own, elsewhere = base.model, base.disclosure
    return base.url or (own.url if own else None) or (elsewhere.url if elsewhere else None)


def _model_facts(disclosure: Disclosure) -> Iterator[Fact]:
    model = disclosure.model
    bases = "; ".join(base.shown for base in model.base_models)
    found: tuple[tuple[str, str | None, str | None], ...] = (
        ("Provider", model.provider, uri(model.provider_facts.url) if model.provider_facts else None),
        ("Documentation", model.url, uri(model.url)),
        ("On the Union market since", model.placed_on_eu_market, None),
        ("Made from", "no other model" if model.no_base_model else bases, None),
        ("Training data", _amount(disclosure), None),
        ("Languages", languages_of(disclosure.uses), None),
    )
    yield from (Fact(label, value, address) for label, value, address in found if value)


def _amount(disclosure: Disclosure) -> str:
    sums = f"{exactly(disclosure.records, 'record')}, {exactly(disclosure.words, 'word')}"
    declared = disclosure.declared_words or disclosure.declared_records
    return f"{sums}, in parts declared, not measured" if declared else sums


def _row(use: Use) -> Row:
    used = "; ".join(dict.fromkeys(part.selection.text for part in use.components))
    version = use.version
    return Row(shown_as(version), page_of(version), version.license.stated, used, used_size(use))
