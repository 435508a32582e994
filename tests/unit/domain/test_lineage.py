"""What was made from what: shortest paths, cycles, self-loops, dangling references."""

import pytest

from registry.domain.lineage import (
    Ancestor,
    Link,
    LinkKind,
    ancestors,
    by_child,
    cycles,
    dangling,
    possible_ancestors,
    self_loops,
)


def links(*pairs: str, kind: LinkKind = LinkKind.DECLARED) -> list[Link]:
    """`a>b`: a was made from b."""
    split = (pair.partition(">") for pair in pairs)
    return [Link(child, parent, kind) for child, _, parent in split]


def detected(*pairs: str) -> list[Link]:
    return links(*pairs, kind=LinkKind.DETECTED)


def path(one: Ancestor) -> str:
    return ">".join([one.path[0].child, *(link.parent for link in one.path)])


def test_the_nearest_come_first_and_paths_are_shortest() -> None:
    found = ancestors("d", by_child(links("d>c", "c>b", "b>a", "d>b")))
    assert [path(one) for one in found] == ["d>b", "d>c", "d>b>a"]


def test_of_two_shortest_paths_the_names_decide_whatever_the_order() -> None:
    pairs = ("d>y", "d>x", "x>a", "y>a")
    for given in (pairs, pairs[::-1]):
        assert [path(one) for one in ancestors("d", by_child(links(*given)))] == ["d>x", "d>y", "d>x>a"]


def test_a_cycle_ends_and_nothing_is_its_own_ancestor() -> None:
    parents = by_child(links("a>b", "b>c", "c>a", "c>z", "q>q"))
    assert [one.reference for one in ancestors("a", parents)] == ["b", "c", "z"]
    assert ancestors("q", parents) == ()
    assert ["".join(link.child for link in cycle) for cycle in cycles(parents)] == ["abc"]


def test_each_group_tells_one_shortest_cycle() -> None:
    parents = by_child(links("a>b", "b>c", "c>a", "b>a", "x>y", "y>x", "a>x"))
    assert ["".join(link.child for link in cycle) for cycle in cycles(parents)] == ["ab", "xy"]


def test_self_loops_and_dangling_references_are_told() -> None:
    given = links("a>a", "a>b", "b>https://example.org/x")
    assert self_loops(given) == (Link("a", "a"),)
    assert dangling(given, {"a", "b"}) == (Link("b", "https://example.org/x"),)


def test_a_statement_goes_before_a_detection_of_the_same_step() -> None:
    [link] = by_child([*detected("a>b"), *links("a>b")])["a"]
    assert link.kind is LinkKind.DECLARED


def test_a_possible_path_has_one_detected_step() -> None:
    declared, found = by_child(links("b>c", "d>a")), by_child(detected("a>b", "b>a", "c>z", "z>c"))
    possible = possible_ancestors("d", declared, found, {"a"})
    assert [path(one) for one in possible] == ["d>a>b", "d>a>b>c"]
    assert [one.is_declared for one in possible] == [False, False]


@pytest.mark.parametrize("size", [20_000])
def test_a_long_chain_needs_no_recursion(size: int) -> None:
    parents = by_child(Link(str(one), str(one + 1)) for one in range(size))
    found = ancestors("0", parents)
    assert len(found) == size
    assert len(found[-1].path) == size
    assert cycles(parents) == ()
