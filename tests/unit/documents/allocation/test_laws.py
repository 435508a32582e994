"""The laws of allocations, over all rules and whatever claims there are."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.documents.allocation.basis import Basis, Texts, TextSum, ordered_claims
from registry.documents.allocation.rules import RULES, Terms, Weighed
from registry.documents.allocation.statement import amounts_of
from registry.fingerprint.distinct import distinct
from tests.unit.documents.allocation.claims import (
    BY_CLAIMS,
    PAYEES,
    bases,
    basis,
    claim,
    merged,
    shares,
    terms,
    units,
)

PRO_RATA = ("words", "records", "by-class")
rules = st.sampled_from(BY_CLAIMS)
pools = st.integers(1, 10**14)
Record = tuple[int, int, int]  # text, payee, version


def weighed(rule: str, found: Basis, stated: Terms) -> Weighed:
    result = RULES[rule].weigh(found, stated)
    assume(any(part.units for part in result.parts))
    return result


@given(bases(), terms, rules, pools)
def test_conservation(found: Basis, stated: Terms, rule: str, net: int) -> None:
    """The sum equals the pool, always; each amount is within one minor unit of its exact share."""
    parts = weighed(rule, found, stated).parts
    amounts, exact = amounts_of(parts, net), shares(parts)
    assert sum(amounts.values()) == net
    assert sum(exact.values()) == 1
    assert all(abs(amounts[key] - net * exact[key]) < 1 for key in amounts)


@given(bases(), terms, rules, pools, st.randoms(use_true_random=False))
def test_permutation_of_inputs_changes_nothing(
    found: Basis, stated: Terms, rule: str, net: int, order: Random
) -> None:
    claims, versions = list(found.claims), list(found.versions.items())
    order.shuffle(claims)
    order.shuffle(versions)
    again = replace(found, claims=ordered_claims(claims), versions=dict(versions))
    first, second = weighed(rule, found, stated), weighed(rule, again, stated)
    assert amounts_of(first.parts, net) == amounts_of(second.parts, net)
    assert units(first.parts) == units(second.parts)


@given(bases(), terms, st.sampled_from(PRO_RATA), pools, st.integers(0, 11), st.integers(1, 10**6))
def test_adding_a_work_never_lowers_its_holders_amount_under_pro_rata(
    found: Basis, stated: Terms, rule: str, net: int, place: int, more: int
) -> None:
    """Adding a work never lowers its holder's amount under pro rata: neither exactly nor rounded.

    The remainders of all others shrink, but of those who lose a whole unit, which is then there to give.
    """
    before = weighed(rule, found, stated).parts
    one = found.claims[place % len(found.claims)]
    added = replace(
        one,
        records=more,
        words=more,
        weighted_records=Fraction(more),
        weighted_words=Fraction(more),
    )
    after = weighed(rule, replace(found, claims=ordered_claims([*found.claims, added])), stated).parts
    key = one.payee.key
    assert shares(after)[key] >= shares(before)[key]
    assert amounts_of(after, net)[key] >= amounts_of(before, net)[key]


@given(bases(), terms, st.sampled_from(("words", "records", "by-class", "agreed-splits")), pools)
def test_merging_two_payees_adds_their_amounts_up_to_rounding(
    found: Basis, stated: Terms, rule: str, net: int
) -> None:
    gone, into = PAYEES[1], PAYEES[2]
    before = weighed(rule, found, stated).parts
    one = replace(merged(found, gone, into), agents={"press": into})
    after = weighed(rule, one, stated).parts
    keys = (gone.key, into.key)
    assert shares(after).get(into.key, 0) == sum(shares(before).get(key, 0) for key in keys)
    separate = sum(amounts_of(before, net).get(key, 0) for key in keys)
    assert abs(amounts_of(after, net).get(into.key, 0) - separate) <= 2


# --- texts that stand in several datasets ----------------------------------------------------------------

records = st.lists(
    st.tuples(st.integers(1, 8), st.integers(0, 4), st.integers(0, 2)), min_size=1, max_size=30
)


def deduplicated(found: Sequence[Record]) -> dict[str, Fraction]:
    """Units by payee; text t has 10 t words, version n is called n@1."""
    digests = np.zeros((len(found), 16), np.uint8)
    digests[:, 0] = [text for text, _, _ in found]
    counted = distinct(digests, *(np.array(column, np.int64) for column in _columns(found)))
    rows = zip(counted.groups, counted.versions, counted.sharers, counted.texts, counted.words, strict=True)
    sums = tuple(
        TextSum(((PAYEES[group].key, Fraction(1)),), f"{version}@1", int(sharers), int(texts), int(words))
        for group, version, sharers, texts, words in rows
    )
    claims = [claim(PAYEES[payee], f"{version}@1", 1) for _, payee, version in found]
    return units(RULES["deduplicated-words"].weigh(basis(*claims, texts=Texts(sums)), Terms()).parts)


def _columns(found: Sequence[Record]) -> tuple[list[int], list[int], list[int]]:
    return (
        [payee for _, payee, _ in found],
        [version for _, _, version in found],
        [10 * text for text, _, _ in found],
    )


@given(records)
def test_every_text_is_paid_once(found: list[Record]) -> None:
    """A text that stands in three datasets is paid once."""
    assert sum(deduplicated(found).values()) == sum(10 * text for text in {text for text, _, _ in found})


@given(records, st.integers(0, 2), st.integers(3, 5))
def test_duplicating_a_dataset_does_not_pay(found: list[Record], copied: int, name: int) -> None:
    """Duplicating a dataset does not pay under the de-duplicated rule: in whole, or any record again."""
    copy = [(text, payee, name) for text, payee, version in found if version == copied]
    assert deduplicated([*found, *copy]) == deduplicated(found)
    assert deduplicated([*found, *copy[:1]]) == deduplicated(found)


@given(records, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(found: list[Record], order: Random) -> None:
    shuffled = list(found)
    order.shuffle(shuffled)
    assert deduplicated(shuffled) == deduplicated(found)


@given(records)
def test_merging_two_payees_of_texts_never_gains(found: list[Record]) -> None:
    """One who shared a text with a third under two names had two parts of it, and has one under one name.

    Where no text is held by both and a third, merging adds their units exactly.
    """
    before = deduplicated(found)
    after = deduplicated([(text, 2 if payee == 1 else payee, version) for text, payee, version in found])
    separate = before.get(PAYEES[1].key, Fraction(0)) + before.get(PAYEES[2].key, Fraction(0))
    assert after.get(PAYEES[2].key, Fraction(0)) <= separate
    holders = {text: {payee for one, payee, _ in found if one == text} for text, _, _ in found}
    if not any(who > {1, 2} for who in holders.values()):
        assert after.get(PAYEES[2].key, Fraction(0)) == separate
