"""Laws of lineage: any graph ends, paths are shortest, and an ancestor never lessens a duty."""

from itertools import pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.license import NONE, obligations
from registry.domain.license.compatibility import clash, grants_more
from registry.domain.license.duties import Duty, licenses
from registry.domain.lineage import Ancestor, Link, ancestors, by_child, cycles
from registry.domain.terms import InheritedLicense, effective_duties, effective_expression, own_terms

NODES = "abcdef"
PAIRS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=14)
LICENSES = st.sampled_from(
    [*sorted(name for name in licenses() if name.startswith(("CC", "LicenseRef"))), "MIT", "Apache-2.0"]
)
RANK = list(Duty)


def _shortest(start: str, end: str, edges: set[tuple[str, str]]) -> int | None:
    """The number of steps, by trying every way to go."""
    others = [node for node in NODES if node not in {start, end}]
    for steps in range(len(others) + 1):
        for between in permutations(others, steps):
            if all(pair in edges for pair in pairwise((start, *between, end))):
                return steps + 1
    return None


@given(PAIRS)
@settings(deadline=None, max_examples=60)
def test_ancestors_are_all_that_can_be_reached_each_by_a_shortest_path(pairs: list[tuple[str, str]]) -> None:
    """Any graph, with cycles and self-loops: breadth-first search against brute force."""
    parents = by_child(Link(*pair) for pair in pairs)
    for start in NODES:
        found = {one.reference: one.path for one in ancestors(start, parents)}
        for end in set(NODES) - {start}:
            path = found.get(end)
            assert (len(path) if path else None) == _shortest(start, end, set(pairs))
            if path:
                assert [link.parent for link in path[:-1]] == [link.child for link in path[1:]]
                assert (path[0].child, path[-1].parent) == (start, end)


@given(PAIRS, st.randoms())
@settings(deadline=None)
def test_the_order_of_the_links_changes_nothing(pairs: list[tuple[str, str]], random: object) -> None:
    """Permutation of the input leaves every answer as it is."""
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = (by_child(Link(*pair) for pair in given) for given in (pairs, shuffled))
    assert [ancestors(node, one) for node in NODES] == [ancestors(node, other) for node in NODES]
    assert cycles(one) == cycles(other)


@given(PAIRS)
@settings(deadline=None)
def test_a_cycle_is_told_where_two_are_made_from_each_other(pairs: list[tuple[str, str]]) -> None:
    """Cycles are closed, and cover every pair that reaches one another; a self-loop is none."""
    parents = by_child(Link(*pair) for pair in pairs)
    found = cycles(parents)
    above = {node: {one.reference for one in ancestors(node, parents)} for node in NODES}
    assert bool(found) == any(a in above[b] and b in above[a] for a in NODES for b in NODES if a != b)
    for cycle in found:
        assert len(cycle) > 1
        for link, after in pairwise((*cycle, cycle[0])):
            assert link.parent == after.child


def _inherited(licenses: list[str]) -> list[InheritedLicense]:
    return [
        InheritedLicense(Ancestor(str(place), Link("d", str(place))), own_terms(license_))
        for place, license_ in enumerate(licenses)
    ]


@given(LICENSES, st.lists(LICENSES | st.sampled_from(["NOASSERTION", NONE]), max_size=4), LICENSES)
@settings(deadline=None)
def test_an_ancestor_never_lessens_a_duty(own: str, above: list[str], more: str) -> None:
    """The effective license is monotone: with one more ancestor, every duty is as strict or stricter."""
    terms = own_terms(own)
    before = effective_duties(terms, _inherited(above)).duties()
    after = effective_duties(terms, _inherited([*above, more])).duties()
    assert all(RANK.index(after[name]) >= RANK.index(before[name]) for name in before)


@given(LICENSES, st.lists(LICENSES, max_size=4))
@settings(deadline=None)
def test_the_expression_asks_for_what_the_duties_say(own: str, above: list[str]) -> None:
    """Where all terms are known, the duties are those of the expression."""
    terms, inherited = own_terms(own), _inherited(above)
    assert obligations(effective_expression(terms, inherited)).duties() == (
        effective_duties(terms, inherited).duties()
    )


@given(LICENSES, LICENSES, LICENSES)
@settings(deadline=None)
def test_what_grants_more_is_an_order_with_choices(one: str, other: str, third: str) -> None:
    """Nothing grants more than itself; a further choice grants no less; a clash has no sides."""
    assert grants_more(one, one) == ()
    assert grants_more(one, f"{one} OR {other}") == ()
    if grants_more(one, third):
        assert grants_more(f"{one} OR {other}", third)
    assert (clash(one, other) is None) == (clash(other, one) is None)
