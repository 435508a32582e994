"""Links from a disclosure to those of the models that it names: base models, models that generated data."""

from collections.abc import Mapping
from dataclasses import replace

from registry.documents.disclosure import Disclosure
from registry.documents.edition import DISCLOSURE
from registry.documents.fields import Field, Section, Table
from registry.documents.site.places import link
from registry.domain.facts import ModelFacts

_NAMING = frozenset({"1.2.b", "2.5.c"})


def with_summaries(disclosure: Disclosure, folder: str, places: Mapping[str, str]) -> Disclosure:
    """The report with links where a model has one on this site, too.

    folder: that of the report's model; places: the folders of the models by their reference
    """
    known = _named_here(disclosure.model) | {reference: reference for reference in places}
    here = {name: places[reference] for name, reference in known.items() if reference in places}
    page = f"{folder}/{DISCLOSURE}"
    hrefs = {name: link(page, f"{found}/{DISCLOSURE}") for name, found in here.items() if found != folder}
    return replace(disclosure, sections=tuple(_linked(section, hrefs) for section in disclosure.sections))


def _named_here(model: ModelFacts) -> dict[str, str]:
    """The references of the models that a name without a version stands for."""
    return {known.reference.partition("@")[0]: known.reference for known in model.models_here}


def _linked(section: Section, hrefs: Mapping[str, str]) -> Section:
    return replace(section, fields=tuple(_field(field, hrefs) for field in section.fields))


def _field(field: Field, hrefs: Mapping[str, str]) -> Field:
    if field.id not in _NAMING or not isinstance(field.value, Table):
        return field
    found = tuple(hrefs.get(str(row[0])) for row in field.value.rows)
    return replace(field, value=replace(field.value, hrefs=found)) if any(found) else field
