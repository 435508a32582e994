from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.license import (
    alternatives,
    combine,
    license_title,
    license_url,
    obligations,
    parse_license,
)
from registry.domain.license.duties import exceptions, licenses
from registry.domain.license.spdx import entries

# surrogates included: a record's cell may hold anything
ANY_TEXT = st.text(st.characters(codec=None), max_size=80)
PIECES = (
    "MIT mit ISC gpl-3.0 GPL-2.0+ CC-BY-SA-4.0 LicenseRef-a LicenseRef-Gemma Apache-2.0+ ( ) and OR with :: "
    "BY 4.0 cc Classpath-exception-2.0 NONE NOASSERTION license v3 / , + - "
    "https://creativecommons.org/licenses/"
)
WORDS = st.sampled_from(PIECES.split())
ALMOST = st.lists(WORDS | st.text(max_size=3), max_size=12).map(" ".join)
IDS = st.sampled_from(
    [entry.id for entry in entries().values() if entry.kind != "exception"] + list(licenses())
)
EXPRESSIONS = st.recursive(
    IDS,
    lambda inner: st.builds(
        lambda parts, operator: "(" + f" {operator} ".join(parts) + ")",
        st.lists(inner, min_size=2, max_size=3),
        st.sampled_from(["AND", "OR", "and", "or"]),
    ),
    max_leaves=6,
)


@given(ANY_TEXT | ALMOST | EXPRESSIONS)
@settings(deadline=None)
def test_parsing_is_total_keeps_the_spelling_and_is_idempotent(raw: str) -> None:
    found = parse_license(raw)
    again = parse_license(found.expression)
    assert found.raw == raw
    assert again.expression == found.expression
    assert not found.known or again.status == found.status
    assert found.title
    assert found.url is None or found.url.startswith("https://")
    assert len(obligations(found.expression).duties()) == 9


@given(EXPRESSIONS)
@settings(deadline=None)
def test_every_valid_expression_is_known(raw: str) -> None:
    """SPDX 3 annex B: identifiers and operators are compared without regard to case."""
    found = parse_license(raw)
    assert found.known
    assert parse_license(raw.lower()).expression.lower() == found.expression.lower()


@given(EXPRESSIONS, EXPRESSIONS)
@settings(deadline=None)
def test_a_sum_never_asks_for_less_and_a_choice_never_for_more(one: str, other: str) -> None:
    """Law: duty(a OR b) <= duty(a) <= duty(a AND b), and each answer is that of a clause."""
    one, other = parse_license(one).expression, parse_license(other).expression
    alone = obligations(one)
    both, choice = obligations(f"({one}) AND ({other})"), obligations(f"({one}) OR ({other})")
    for name, duty in alone.duties().items():
        assert choice.duties()[name].rank <= duty.rank <= both.duties()[name].rank
        for found in (alone, both, choice):
            assert {clause.answer for clause in found.clauses_of(name)} <= {found.duties()[name]}


@given(st.sampled_from(licenses()), st.sampled_from(exceptions()))
def test_an_exception_never_asks_for_more(license_: str, exception: str) -> None:
    """Law: duty(a WITH e) <= duty(a), as an exception is a permission more (GPL 3 section 7)."""
    plain, lessened = obligations(license_).duties(), obligations(f"{license_} WITH {exception}").duties()
    assert all(lessened[name].rank <= duty.rank for name, duty in plain.items())


@given(st.lists(IDS, min_size=2, max_size=4))
@settings(deadline=None)
def test_a_choice_never_asks_for_more_than_a_sum(ids: list[str]) -> None:
    rank = {"no": 0, "unknown": 1, "contested": 2, "yes": 3}
    choice, both = obligations(" OR ".join(ids)).duties(), obligations(" AND ".join(ids)).duties()
    assert all(rank[choice[name]] <= rank[both[name]] for name in both)
    assert combine(obligations(one) for one in ids).duties() == both
    assert {alternative for one in ids for alternative in alternatives(one)} == set(
        alternatives(" OR ".join(ids))
    )


@given(IDS)
def test_every_listed_license_has_a_name_and_an_address(identifier: str) -> None:
    canonical = parse_license(identifier).expression
    assert license_title(canonical) != canonical or canonical == "BSD-Inferno-Nettverk"
    assert license_url(canonical) or canonical.startswith("LicenseRef-")
