"""What an undocumented dataset is made of, as a document."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from registry.documents.comparison import CAVEAT, ends
from registry.domain.license import Duty, Obligations, combine, obligations
from registry.fingerprint.overlap import Interval
from registry.fingerprint.parameters import RECIPE

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KnownPart:
    """What a version of the registry explains of the dataset in question, see `fingerprint.cover.Part`.

    contributors: named in the version: those whom an attribution would have to name
    """

    dataset: str
    version: str
    license: str
    contributors: int
    share: float
    interval: Interval | None
    unique_share: float
    reference_covered: float
    declared: bool
    ties: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """`dataset@version`."""
        return f"{self.dataset}@{self.version}"


@dataclass(frozen=True, slots=True)
class Identified:
    """The answer.

    cover:       in the order chosen; `unassigned` is the share that none explains
    overlaps:    every version with the least share, whether it is in the cover or not
    shadowed:    those of `overlaps` that others explain
    too_coarse:  versions whose sketch is too coarse for a dataset of this size
    declared_but_not_found: datasets it is declared to be derived from that explain less than the least share
    found_but_not_declared: of the cover and its ties, each by itself
    declared_elsewhere: addresses it is declared to be derived from, which this registry cannot compare
    """

    name: str
    license: str | None
    records: int
    words: int
    least_share: float
    scale: int
    cover: tuple[KnownPart, ...]
    overlaps: tuple[KnownPart, ...]
    shadowed: tuple[str, ...]
    unassigned: float
    too_coarse: tuple[str, ...]
    declared_but_not_found: tuple[str, ...]
    declared_elsewhere: tuple[str, ...]
    found_but_not_declared: tuple[str, ...]


def identified_json(found: Identified) -> Json:
    """The document."""
    return {
        "name": found.name,
        "records": found.records,
        "words": found.words,
        "cover": [_part(part) for part in found.cover],
        "unassigned": found.unassigned,
        "overlaps": [_part(part) for part in found.overlaps],
        "shadowed": list(found.shadowed),
        "too_coarse": list(found.too_coarse),
        "declared_but_not_found": list(found.declared_but_not_found),
        "declared_elsewhere": list(found.declared_elsewhere),
        "found_but_not_declared": list(found.found_but_not_declared),
        "license": found.license,
        "licenses": [
            {
                "license": one.license,
                "share": one.share,
                "datasets": list(one.versions),
                "contributors": one.contributors,
                "duties": owed(one.license),
            }
            for one in licenses(found)
        ],
        "duties_together": _duties(together(found)),
        "least_share": found.least_share,
        "scale": found.scale,
        "recipe": RECIPE.as_dict(),
        "caveat": CAVEAT,
    }


@dataclass(frozen=True, slots=True)
class Licensed:
    """All that overlaps under one license: the greatest share, and who is named in these versions."""

    license: str
    share: float
    versions: tuple[str, ...]
    contributors: int


def licenses(found: Identified) -> list[Licensed]:
    """Licenses of all that overlaps, that of the greatest share first."""
    by_license: dict[str, list[KnownPart]] = {}
    for part in found.overlaps:
        by_license.setdefault(part.license, []).append(part)
    rows = [
        Licensed(
            license=expression,
            share=max(part.share for part in parts),
            versions=tuple(part.reference for part in parts),
            contributors=sum(part.contributors for part in parts),
        )
        for expression, parts in by_license.items()
    ]
    return sorted(rows, key=lambda row: (-row.share, row.license))


def owed(expression: str) -> list[str]:
    """The duties that a license is known to ask for."""
    return _duties(obligations(expression))


def together(found: Identified) -> Obligations:
    """The strictest duties of all that overlaps: every overlap counts, not the cover alone."""
    return combine(obligations(part.license) for part in found.overlaps)


def _duties(obligations_: Obligations) -> list[str]:
    asked: Iterable[tuple[str, Duty]] = obligations_.duties().items()
    return [name for name, duty in asked if duty in {Duty.YES, Duty.CONTESTED}]


def _part(part: KnownPart) -> Json:
    return {
        "dataset": part.dataset,
        "version": part.version,
        "share": part.share,
        "interval": ends(part.interval),
        "unique_share": part.unique_share,
        "reference_covered": part.reference_covered,
        "license": part.license,
        "contributors": part.contributors,
        "declared": part.declared,
        "ties": list(part.ties),
    }
