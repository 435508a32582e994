"""What is not known, grouped by who can close it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from registry.documents.fields import Gap

_WHO = re.compile(r"((?:The|Whoever) [^:;.`]+(?:registry\.yaml)?): ")
_OTHERS = "Others"


@dataclass(frozen=True, slots=True)
class Closer:
    """Who can close some gaps, and where; the gaps' `closed_by` then says only how."""

    who: str
    gaps: tuple[Gap, ...]


def by_closer(gaps: Iterable[Gap]) -> tuple[Closer, ...]:
    """Closers in the order of their first gap, those whose words name nobody last.

    Gaps that the same words close are one, its title naming all of them.
    """
    groups: dict[str, list[Gap]] = {}
    for gap in _merged(gaps):
        named = _WHO.match(gap.closed_by)
        how = gap.closed_by[named.end() :] if named else gap.closed_by
        groups.setdefault(named[1] if named else _OTHERS, []).append(replace(gap, closed_by=how))
    ordered = sorted(groups.items(), key=lambda item: item[0] == _OTHERS)
    return tuple(Closer(who, tuple(found)) for who, found in ordered)


def _merged(gaps: Iterable[Gap]) -> Iterable[Gap]:
    same: dict[str, list[Gap]] = {}
    for gap in gaps:
        same.setdefault(gap.closed_by, []).append(gap)
    for closed_by, found in same.items():
        title = "; ".join(dict.fromkeys(gap.title for gap in found))
        yield Gap(found[0].field, title, closed_by)
