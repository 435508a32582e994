"""What a disclosure says beyond the forms of laws: parts that no law asks for, and users do."""

from collections.abc import Iterable

from registry.documents.fields import Field, Gap, Section, Status, Value

PREFIX = "beyond."
OVERLAP, LABOUR = "beyond.train_test_overlap", "beyond.labour"
TITLES = {
    OVERLAP: "Overlap of tests and training data",
    LABOUR: "People who labelled and wrote data",
}
SECTION = "beyond"
TITLE = "Beyond the forms"


def beyond_field(
    identifier: str,
    status: Status,
    value: Value,
    closed_by: str | None = None,
    method: str | None = None,
) -> Field:
    """A field of this part."""
    return Field(identifier, TITLES[identifier], status, value, closed_by, method)


def as_section(fields: Iterable[Field]) -> Section:
    """The fields as a part of a page."""
    return Section(SECTION, TITLE, tuple(fields))


def key_of(field: Field) -> str:
    """Its key in the JSON."""
    return field.id.removeprefix(PREFIX)


def gaps_beyond(fields: Iterable[Field]) -> tuple[Gap, ...]:
    """What is open in this part."""
    return tuple(Gap(one.id, one.title, one.closed_by) for one in fields if one.closed_by)
