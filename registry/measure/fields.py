"""Counts the fields of the data as they appear."""

import numpy as np
from numpy.typing import NDArray

from registry.domain.dataset import FieldRole
from registry.fingerprint.leaves import Leaves, Tag
from registry.measure.measurement import MeasuredField
from registry.measure.roles import Roles

TAGS = max(Tag) + 1


class FieldCounts:
    """Values by path and kind, over all batches."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[Tag, int]] = {}
        self._content: set[str] = set()

    def add(self, leaves: Leaves, content: NDArray[np.bool_]) -> None:
        """Count the values of one batch, of which the paths are content for which `content` is true."""
        self._content.update(leaves.paths[number] for number in np.flatnonzero(content).tolist())
        cells = leaves.path.astype(np.int64) * TAGS + leaves.tag
        counts = np.bincount(cells, minlength=len(leaves.paths) * TAGS)
        for cell in np.flatnonzero(counts).tolist():
            by_tag = self._counts.setdefault(leaves.paths[cell // TAGS], {})
            tag = Tag(cell % TAGS)
            by_tag[tag] = by_tag.get(tag, 0) + int(counts[cell])

    def result(self, roles: Roles) -> tuple[MeasuredField, ...]:
        """The fields, sorted by path. Only strings are content, whatever the mapping says of their path."""
        return tuple(
            _field(path, by_tag, roles, is_content=path in self._content and Tag.STRING in by_tag)
            for path, by_tag in sorted(self._counts.items())
        )


def _field(path: str, by_tag: dict[Tag, int], roles: Roles, *, is_content: bool) -> MeasuredField:
    role = roles.of(path)[0]
    if role is FieldRole.CONTENT and not is_content:
        role = FieldRole.OTHER
    types = tuple(tag.name.lower() for tag in sorted(by_tag))
    return MeasuredField(path, role, is_content, types, sum(by_tag.values()))
