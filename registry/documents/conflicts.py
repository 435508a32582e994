"""The same content under different licenses, as a document."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Json = dict[str, Any]
CAVEAT: Final = (
    "The same content stands under different licenses. Several may hold at once, one may be wrong, or "
    "whoever published it may have had the right to choose: this shows where to look, not who is right."
)


class ConflictKind(StrEnum):
    """What the versions share, from the most to the least certain."""

    IDENTICAL_FILES = "identical-files"
    EQUAL_CONTENT = "equal-content"
    EQUAL_RECORDS = "equal-records"
    CONTAINMENT = "containment"


@dataclass(frozen=True, slots=True)
class Licensed:
    """A version, and the license it stands under."""

    dataset: str
    version: str
    license: str

    @property
    def reference(self) -> str:
        """`dataset@version`."""
        return f"{self.dataset}@{self.version}"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Versions of different datasets that share content, and stand under different licenses.

    evidence: one sentence for each thing that they share
    """

    kind: ConflictKind
    versions: tuple[Licensed, ...]
    evidence: tuple[str, ...]

    @property
    def licenses(self) -> tuple[str, ...]:
        """The different licenses, sorted."""
        return tuple(sorted({one.license for one in self.versions}))


def conflicts_json(found: Sequence[Conflict], not_compared: Sequence[str]) -> Json:
    """The document."""
    return {
        "conflicts": [
            {
                "kind": one.kind.value,
                "datasets": [version.reference for version in one.versions],
                "licenses": list(one.licenses),
                "license_of": {version.reference: version.license for version in one.versions},
                "evidence": list(one.evidence),
            }
            for one in found
        ],
        "not_compared": list(not_compared),
        "caveat": CAVEAT,
    }
