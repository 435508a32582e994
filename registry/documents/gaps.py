"""What a document leaves open: every gap, and every answer that lacks something."""

from collections.abc import Iterable

from registry.documents.fields import Gap, Section, Status


def gaps_of(sections: Iterable[Section]) -> tuple[Gap, ...]:
    """The open fields in the order of the form; a gap of a whole section stands for its fields."""
    fields = [field for section in sections for field in section.fields]
    whole = {field.id for field in fields if field.status is Status.GAP}
    return tuple(
        Gap(field.id, field.title, field.closed_by)
        for field in fields
        if field.closed_by and field.id.rpartition(".")[0] not in whole
    )
