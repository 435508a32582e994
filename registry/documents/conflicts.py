"""Licenses that do not go together, by content, along the lineage, or as stated: a document."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from registry.documents.inherited_terms import link_json
from registry.domain.lineage import Link

Json = dict[str, Any]
CAVEAT: Final = (
    "The same content stands under different licenses. Several may hold at once, one may be wrong, or "
    "whoever published it may have had the right to choose: this shows where to look, not who is right."
)
CAVEAT_OF_LINEAGE: Final = (
    "A license that leaves out a duty does not lift it, and may rest on a permission that is not recorded "
    "here."
)
CAVEAT_OF_OVERLAP: Final = "Overlap shows that content is shared, not who copied whom nor without permission."


class ConflictKind(StrEnum):
    """What the versions share, from the most to the least certain; then what follows from their lineage."""

    IDENTICAL_FILES = "identical-files"
    EQUAL_CONTENT = "equal-content"
    EQUAL_RECORDS = "equal-records"
    CONTAINMENT = "containment"
    INVERSION = "inversion"  # grants more than something it is declared to be made from
    POSSIBLE_INVERSION = "possible-inversion"  # the same, by a path with a step that was only detected
    INCOMPATIBLE = "incompatible"  # licenses that one adaptation cannot keep at once
    TAG = "tag"  # what is declared is none of the licenses that a reviewer concluded
    PARTIAL_TAG = "partial-tag"  # it is one of several, and leaves out duties of the others


BY_CONTENT: Final = frozenset(
    {
        ConflictKind.IDENTICAL_FILES,
        ConflictKind.EQUAL_CONTENT,
        ConflictKind.EQUAL_RECORDS,
        ConflictKind.CONTAINMENT,
    }
)
OF_TAGS: Final = (ConflictKind.TAG, ConflictKind.PARTIAL_TAG)
NO_HOST: Final = "not known"


@dataclass(frozen=True, slots=True)
class Licensed:
    """A version, or something elsewhere, and the license it stands under."""

    reference: str
    license: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Licenses that do not go together, and of what.

    evidence: one sentence for each thing that shows it
    lacks:    the duties that the one license leaves out
    path:     from the dataset to what it was made from, the shortest
    terms:    the licenses in conflict, where they are not simply those of the datasets
    host:     whose tag it is, as far as that is known
    """

    kind: ConflictKind
    versions: tuple[Licensed, ...]
    evidence: tuple[str, ...]
    lacks: tuple[str, ...] = ()
    path: tuple[Link, ...] = ()
    terms: tuple[str, ...] = ()
    host: str | None = None

    @property
    def licenses(self) -> tuple[str, ...]:
        """The different licenses; sorted, where no order says anything."""
        return self.terms or tuple(sorted({one.license for one in self.versions}))


@dataclass(frozen=True, slots=True)
class Tangles:
    """What of the lineage itself is odd: cycles, self-loops, references to what is not here."""

    derivations: int = 0
    cycles: tuple[tuple[Link, ...], ...] = ()
    self_loops: tuple[str, ...] = ()
    dangling: tuple[Link, ...] = ()


_EXAMPLES = 10


def conflicts_json(
    found: Sequence[Conflict], not_compared: Sequence[str], tangles: Tangles = Tangles()
) -> Json:
    """The document."""
    return {
        "conflicts": [_conflict_json(one) for one in found],
        "counts": counts(found),
        "counts_by_host": counts_by_host(found),
        "lineage": {
            "derivations": tangles.derivations,
            "cycles": [[link.child for link in cycle] for cycle in tangles.cycles],
            "self_loops": list(tangles.self_loops),
            "dangling": {
                "count": len(tangles.dangling),
                "examples": [
                    {"dataset": one.child, "made_from": one.parent} for one in tangles.dangling[:_EXAMPLES]
                ],
            },
        },
        "not_compared": list(not_compared),
        "caveat": " ".join(caveats(found)),
    }


def caveats(found: Sequence[Conflict]) -> list[str]:
    """What the conflicts found do not show, in sentences."""
    kinds = {one.kind for one in found}
    said = [(CAVEAT, not kinds.isdisjoint(BY_CONTENT)), (CAVEAT_OF_LINEAGE, not kinds <= BY_CONTENT)]
    return [*(text for text, applies in said if applies), CAVEAT_OF_OVERLAP]


def counts(found: Sequence[Conflict]) -> dict[str, int]:
    """How many there are of each kind that was found, in the order of the kinds."""
    number = Counter(one.kind for one in found)
    return {kind.value: number[kind] for kind in ConflictKind if number[kind]}


def counts_by_host(found: Sequence[Conflict]) -> dict[str, dict[str, int]]:
    """How many there are of each kind of tag and host that was found, the most first."""
    number = Counter((one.kind, one.host or NO_HOST) for one in found if one.kind in OF_TAGS)
    return {
        kind.value: {host: count for (of, host), count in number.most_common() if of is kind}
        for kind in OF_TAGS
        if any(of is kind for of, _ in number)
    }


def _conflict_json(one: Conflict) -> Json:
    return {
        "kind": one.kind.value,
        "datasets": [version.reference for version in one.versions],
        "licenses": list(one.licenses),
        "license_of": {version.reference: version.license for version in one.versions},
        "host": one.host,
        "lacks": list(one.lacks),
        "evidence": list(one.evidence),
        "path": [link_json(link) for link in one.path],
    }
