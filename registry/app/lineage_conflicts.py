"""License conflicts along the lineage, and between the tag of a dataset and its audit."""

import re
from collections.abc import Iterator, Sequence
from pathlib import PureWindowsPath
from typing import NamedTuple

from registry.app.dpi_entries import host_of_tag
from registry.documents.conflicts import Conflict, ConflictKind, Licensed, Tangles
from registry.documents.inversions import asked, lineage_conflicts
from registry.domain.agent import without_email
from registry.domain.license import NOASSERTION, NONE, licenses_of
from registry.domain.license.compatibility import NO_LICENSE, grants_more
from registry.domain.license.references import UNSTATED_PART
from registry.domain.lineage import Link, LinkKind, ancestors, by_child, cycles, dangling, self_loops
from registry.queries.lineage import Lineage, SaidOfLicense, TwiceStated


class Shared(NamedTuple):
    """Two versions of which one holds much of the other's text, and how much in a sentence."""

    a: str
    b: str
    evidence: str


def along(lineage: Lineage, shared: Sequence[Shared]) -> list[Conflict]:
    """Conflicts along declared derivations, and along paths with one step that was only detected."""
    return list(lineage_conflicts(lineage.terms, lineage.parents, by_child(_detected(lineage, shared))))


def _detected(lineage: Lineage, shared: Sequence[Shared]) -> Iterator[Link]:
    """A step either way: overlap does not tell who took from whom. Not where a derivation explains it."""
    for a, b, evidence in shared:
        if a.partition("@")[0] == b.partition("@")[0]:
            continue
        above = {one: {each.reference for each in ancestors(one, lineage.parents)} for one in (a, b)}
        if b in above[a] or a in above[b]:
            continue
        yield Link(a, b, LinkKind.DETECTED, evidence, "registry")
        yield Link(b, a, LinkKind.DETECTED, evidence, "registry")


def tangles(lineage: Lineage, said_of_themselves: Sequence[str]) -> Tangles:
    """What of the lineage is odd, and no license conflict."""
    loops = {link.child for link in self_loops(lineage.links)} | set(said_of_themselves)
    return Tangles(
        derivations=len(lineage.links),
        cycles=cycles(lineage.parents),
        self_loops=tuple(sorted(loops)),
        dangling=dangling(lineage.links, lineage.terms.keys()),
    )


def tag_conflicts(found: Sequence[TwiceStated]) -> Iterator[Conflict]:
    """Datasets that are declared under other licenses than a reviewer concluded, or under some of them.

    A tag that names no license is in conflict with a review that found one; not with one that found none, or
    none of a part.
    """
    for one in found:
        declared, concluded = one.declared.expression, one.concluded.expression
        kind, lacks = _compared(declared, concluded)
        if kind is not None:
            yield Conflict(
                kind=kind,
                versions=(Licensed(one.reference, concluded),),
                evidence=(_sentence("declared", one.declared), _sentence("concluded", one.concluded))
                + ((_left_out(declared, concluded, lacks),) if lacks else ()),
                lacks=lacks,
                terms=(declared, concluded),
                host=host_of_tag(one.declared.place),
            )


_WORDS = {NONE: "no license (NONE)", NOASSERTION: "nothing that names a license (NOASSERTION)"}
_ABSOLUTE = re.compile(r"[/\\~]|[A-Za-z]:[/\\]|file:")
_FOLDERS = re.compile(r"(?:[^\s:/\\]*[/\\])+")


def _sentence(kind: str, said: SaidOfLicense) -> str:
    """What is stated of a license, by which role and where; who the reviewer is and why is not for others."""
    spelled = f" as '{said.spelled}'" if said.spelled and said.spelled != said.expression else ""
    words = _WORDS.get(said.expression, said.expression)
    return without_email(f"{kind}: {words}{spelled}, by the {said.by}, in {_place(said.place)}")


def _place(location: str) -> str:
    """Where something is said; a file without its folders."""
    if _ABSOLUTE.match(location):
        return PureWindowsPath(location).name
    folders = None if "://" in location else _FOLDERS.match(location)
    return location[folders.end() :] if folders else location


def _left_out(declared: str, concluded: str, lacks: Sequence[str]) -> str:
    """What a reviewer found that the tag leaves out, in a sentence."""
    if NO_LICENSE in lacks:
        return f"The reviewer found no license; the tag says {declared} all the same"
    return f"{concluded} {asked(lacks)}; {declared} leaves that out"


def _compared(declared: str, concluded: str) -> tuple[ConflictKind | None, tuple[str, ...]]:
    found = licenses_of(concluded)
    nothing_granted = declared in {NOASSERTION, NONE} and (not found or UNSTATED_PART in found)
    if concluded in {NOASSERTION, declared} or nothing_granted:
        return None, ()
    lacks = grants_more(declared, concluded)
    if licenses_of(declared) and licenses_of(declared) <= found:
        return (ConflictKind.PARTIAL_TAG if lacks else None), lacks
    return ConflictKind.TAG, lacks
