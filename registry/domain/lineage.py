"""The graph of what was made from what: ancestors by shortest path, cycles, self-loops, dangling references.

Nodes are texts: `name@label` of a version here, else an address or a name elsewhere. Everything ends on any
graph, and gives the same answer for the same links in any order.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

# What a contradiction says of a dataset that is said to be made from itself: no derivation, but recorded.
NOT_FROM_ITSELF = "nothing is made from itself"


class LinkKind(StrEnum):
    """How a link is known."""

    DECLARED = "declared"  # stated by someone
    DETECTED = "detected"  # the two share content; nobody stated that one was made from the other


@dataclass(frozen=True, slots=True)
class Link:
    """One step: `child` was made from `parent`, or may have been; with what says so, who, and since when."""

    child: str
    parent: str
    kind: LinkKind = LinkKind.DECLARED
    evidence: str = ""
    asserted_by: str = ""
    recorded_at: str = ""


@dataclass(frozen=True, slots=True)
class Ancestor:
    """What something was made from, in one step or more: the last link, and the ancestor below it."""

    reference: str
    link: Link
    below: "Ancestor | None" = None

    @property
    def path(self) -> tuple[Link, ...]:
        """The links from what was made up to this ancestor: a shortest path."""
        links = [self.link]
        step = self.below
        while step is not None:
            links.append(step.link)
            step = step.below
        return tuple(reversed(links))

    @property
    def is_declared(self) -> bool:
        """Whether every step is declared."""
        return all(link.kind is LinkKind.DECLARED for link in self.path)


Parents = Mapping[str, Sequence[Link]]


def by_child(links: Iterable[Link]) -> dict[str, tuple[Link, ...]]:
    """The links by what was made, without self-loops; one for each parent, the one that sorts first."""
    groups: dict[str, list[Link]] = {}
    for link in links:
        if link.child != link.parent:
            groups.setdefault(link.child, []).append(link)
    return {child: _each_parent_once(groups[child]) for child in sorted(groups)}


def _each_parent_once(found: list[Link]) -> tuple[Link, ...]:
    if len(found) == 1:
        return (found[0],)
    first: dict[str, Link] = {}
    for link in sorted(found, key=_order):
        first.setdefault(link.parent, link)
    return tuple(first.values())


# Declared sorts before detected.
_order = attrgetter("child", "parent", "kind", "evidence", "asserted_by", "recorded_at")


def ancestors(of: str, parents: Parents) -> tuple[Ancestor, ...]:
    """Everything that `of` was made from, the nearest first, each by a shortest path.

    Of several shortest paths the one whose names sort first. `of` is no ancestor of itself, even in a cycle.
    """
    found: dict[str, Ancestor] = {}
    frontier: list[tuple[str, Ancestor | None]] = [(of, None)]
    while frontier:
        reached: list[tuple[str, Ancestor | None]] = []
        for node, below in frontier:
            for link in parents.get(node, ()):
                if link.parent != of and link.parent not in found:
                    found[link.parent] = Ancestor(link.parent, link, below)
                    reached.append((link.parent, found[link.parent]))
        frontier = reached
    return tuple(found.values())


def possible_ancestors(
    of: str, declared: Parents, detected: Parents, known: Set[str]
) -> tuple[Ancestor, ...]:
    """What `of` may have been made from: by a path with exactly one detected step, the nearest first.

    One step, since sharing content is not passed on: A shares with B and B with C, A and C need not. `known`
    are the declared ancestors, and are left out.
    """
    found: dict[tuple[str, bool], Ancestor] = {}
    frontier: list[tuple[str, bool, Ancestor | None]] = [(of, False, None)]
    while frontier:
        reached: list[tuple[str, bool, Ancestor | None]] = []
        for node, used, below in frontier:
            for link, now_used in _steps(node, declared, detected, used=used):
                state = (link.parent, now_used)
                if link.parent != of and state not in found:
                    found[state] = Ancestor(link.parent, link, below)
                    reached.append((*state, found[state]))
        frontier = reached
    return tuple(one for (node, used), one in found.items() if used and node not in known)


def _steps(node: str, declared: Parents, detected: Parents, *, used: bool) -> Iterator[tuple[Link, bool]]:
    steps = [(link, used) for link in declared.get(node, ())]
    if not used:
        steps += [(link, True) for link in detected.get(node, ())]
    return iter(sorted(steps, key=lambda step: (step[0].parent, step[1])))


def self_loops(links: Iterable[Link]) -> tuple[Link, ...]:
    """What is said to be made from itself."""
    return tuple(sorted({link for link in links if link.child == link.parent}, key=_order))


def dangling(links: Iterable[Link], here: Set[str]) -> tuple[Link, ...]:
    """Links to what is not here: nothing is known of its license."""
    return tuple(sorted({link for link in links if link.parent not in here}, key=_order))


def cycles(parents: Parents) -> tuple[tuple[Link, ...], ...]:
    """A shortest cycle through the first name of each group of things that were made from one another."""
    found = (_cycle(min(group), parents) for group in _strongly_connected(parents) if len(group) > 1)
    return tuple(sorted(found, key=lambda cycle: cycle[0].child))


def _cycle(start: str, parents: Parents) -> tuple[Link, ...]:
    above: dict[str, Ancestor | None] = {start: None}
    above |= {one.reference: one for one in ancestors(start, parents)}
    back = (
        (len(one.path) if one else 0, link.child, one, link)
        for node, one in above.items()
        for link in parents.get(node, ())
        if link.parent == start
    )
    _, _, one, link = min(back, key=lambda step: step[:2])
    return (*(one.path if one else ()), link)


def _strongly_connected(parents: Parents) -> Iterator[list[str]]:
    """Tarjan's algorithm (SIAM Journal on Computing 1, 1972), with a stack of its own."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: dict[str, None] = {}
    for root in sorted(parents):
        if root in index:
            continue
        work = [(root, iter(parents.get(root, ())))]
        index[root] = low[root] = len(index)
        open_[root] = None
        while work:
            node, links = work[-1]
            for link in links:
                if link.parent not in index:
                    index[link.parent] = low[link.parent] = len(index)
                    open_[link.parent] = None
                    work.append((link.parent, iter(parents.get(link.parent, ()))))
                    break
                if link.parent in open_:
                    low[node] = min(low[node], index[link.parent])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    yield _popped(open_, node)


def _popped(open_: dict[str, None], until: str) -> list[str]:
    group = []
    while True:
        node, _ = open_.popitem()
        group.append(node)
        if node == until:
            return group
