"""What one pass over a dataset finds."""

from dataclasses import dataclass, field
from typing import NamedTuple

from registry.domain.dataset import FieldRole
from registry.domain.declared_part import DeclaredPart
from registry.domain.facts import MediaPart, RecordDates, Size
from registry.measure.values import Values


@dataclass(frozen=True, slots=True)
class MeasuredField:
    """A field of the data: the part it plays, the kinds of values seen, and how many there are."""

    path: str
    role: FieldRole
    is_content: bool
    types: tuple[str, ...]
    leaf_count: int


class RightsKey(NamedTuple):
    """What a record says of its rights: holders, creators, and the license as spelled.

    part: the declared part that a record which names nobody is of
    """

    rights_holders: Values
    creators: Values
    licenses: Values
    part: DeclaredPart | None = None


class AnnotationKey(NamedTuple):
    """Who annotated a record, and its license as spelled."""

    annotators: Values
    licenses: Values


@dataclass(frozen=True, slots=True)
class Measurement:
    """Sizes, fields, and who and what the records name; `rights` partitions the records."""

    total: Size
    characters: int
    wordless_records: int
    words_equal_records: int | None
    fields: tuple[MeasuredField, ...]
    rights: dict[RightsKey, Size]
    stated_languages: dict[str, Size]
    sampled_languages: dict[str, Size]
    domains: dict[str, Size]
    annotations: dict[AnnotationKey, Size] = field(default_factory=dict)
    dates: RecordDates | None = None
    media: tuple[MediaPart, ...] = ()

    @property
    def content_paths(self) -> tuple[str, ...]:
        """The paths whose strings were read as content, sorted."""
        return tuple(field.path for field in self.fields if field.is_content)

    def agent_names(self) -> set[str]:
        """Every name the records give to a creator, rights holder or annotator."""
        names = {name for key in self.rights for name in (*key.rights_holders, *key.creators)}
        return names.union(*(key.annotators for key in self.annotations))
