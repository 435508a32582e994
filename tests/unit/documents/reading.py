"""Reading the fields of a built disclosure."""

from collections.abc import Sequence
from dataclasses import replace

from registry.documents.disclosure import Disclosure, build_disclosure
from registry.documents.fields import Field, Table
from registry.domain.dataset import Origin
from registry.domain.facts import ModelFacts, VersionFacts
from registry.domain.stated import Description
from tests.facts import component, described_in_words, model, version


def field(disclosure: Disclosure, identifier: str) -> Field:
    """One field of the form."""
    return next(found for found in disclosure.fields if found.id == identifier)


def rows(disclosure: Disclosure, identifier: str) -> list[dict[str, object]]:
    """The rows of a field's table, by column."""
    value = field(disclosure, identifier).value
    assert isinstance(value, Table)
    return [dict(zip((column.key for column in value.columns), row, strict=True)) for row in value.rows]


def summary(disclosure: Disclosure, identifier: str) -> str:
    """The sentence of a field."""
    value = field(disclosure, identifier).value
    assert value is not None
    return value if isinstance(value, str) else value.summary


def said(*descriptions: Description, origin: Origin = Origin.PUBLIC, **stated: object) -> Disclosure:
    """The disclosure of a model over datasets d0, d1, ... of which this is stated."""
    versions = [version(f"d{number}", origin=origin) for number in range(len(descriptions))]
    pairs = zip(versions, descriptions, strict=True)
    return disclosed([described_in_words(found, description) for found, description in pairs], **stated)


def disclosed(versions: Sequence[VersionFacts], **stated: object) -> Disclosure:
    """The disclosure of a model over these versions, of which this is stated."""
    facts: ModelFacts = model(*map(component, versions))
    return build_disclosure(replace(facts, **stated))  # type: ignore[arg-type]
