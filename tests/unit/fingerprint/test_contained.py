"""Records of one version within records of another, all at once, against the definition written out."""

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint.contained import (
    FORM_RECORDS,
    MOST_LIKELY,
    Asked,
    asked_records,
    joined,
    likeliest,
    mark,
    measured,
    proven,
    sharing,
)
from registry.fingerprint.leaves import U32, U64
from registry.fingerprint.shingled import Shingled, as_records, shingled
from registry.fingerprint.text import fingerprint_text

LEAST, LEAST_FIELD = 13, 8
WORDS = tuple(f"w{number}" for number in range(5000))


def of(*texts: str) -> Shingled:
    return shingled(as_records([text.encode() for text in texts]), np.ones(1, np.bool_))


def asked(*texts: str) -> Asked:
    return asked_records(of(*texts), len(texts))


def index(*texts: str) -> tuple[U64, U32]:
    """The passages of some records, as a folder keeps them."""
    found = fingerprint_text(as_records([text.encode() for text in texts]), np.ones(1, np.bool_), threshold=0)
    order = np.lexsort((found.passage_records, found.passage_hashes))
    return found.passage_hashes[order], found.passage_records[order].astype(np.uint32)


def words(count: int, start: int = 0) -> str:
    return " ".join(WORDS[start : start + count])


def covered_by(question: Asked, *others: str) -> list[int]:
    """Words of each asked record that stand in runs in common, each pair of records looked at."""
    text = of(*others)
    pairs = sharing(
        question.text.hashes,
        np.repeat(question.text.record, np.diff(question.text.field)).astype(np.int64),
        *index(*others),
    )
    covered = np.zeros(len(question.text.hashes), np.bool_)
    mark(question, pairs, text, pairs.other, LEAST, LEAST_FIELD, covered)
    found: list[int] = measured(question, covered, LEAST).covered.tolist()
    return found


def common_words(one: list[str], other: list[str]) -> int:
    """Words of `one` that stand in a run of at least `LEAST` words of both: the definition."""
    least = min(LEAST, max(LEAST_FIELD, len(one)))
    inside = [False] * len(one)
    for start in range(len(one) - least + 1):
        for place in range(len(other) - least + 1):
            if one[start : start + least] == other[place : place + least]:
                inside[start : start + least] = [True] * least
    return sum(inside)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(14, 60), st.integers(0, 4))
def test_a_run_of_36_words_is_always_found_and_all_of_its_words_are_counted(
    seed: int, length: int, copies: int
) -> None:
    """A run of 36 words within one field of both leaves a hash in both (winnowing)."""
    draw = random.Random(seed)
    one = draw.sample(WORDS, 80)
    run = one[10 : 10 + length]
    other = draw.sample(WORDS[:200], 30) + run + draw.sample(WORDS[200:400], 30) + run * copies
    found = covered_by(asked(" ".join(one)), " ".join(other))
    expected = common_words(one, other)
    assert found[0] in ({expected} if length >= 36 else {0, expected})


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
def test_what_the_index_proves_is_never_more_than_what_the_records_have_in_common(seed: int) -> None:
    """A passage between two neighbours that one record selected too begins and ends in words of both."""
    draw = random.Random(seed)
    one = draw.sample(WORDS, 150)
    start, stop = sorted((draw.randrange(150), draw.randrange(150)))
    other = draw.sample(WORDS[:300], 40) + one[start:stop] + draw.sample(WORDS[300:600], 40)
    question = asked(" ".join(one))
    covered = proven(question, *index(" ".join(other)))
    found = int(measured(question, covered, LEAST).covered[0])
    assert found <= max(common_words(one, other), stop - start)
    if stop - start >= 100:
        assert found >= stop - start - 2 * 36


def test_passages_of_different_records_prove_nothing_together() -> None:
    one = words(120)
    halves = " ".join(one.split()[:36]), " ".join(one.split()[84:])
    question = asked(one)
    proved = int(measured(question, proven(question, *index(*halves)), LEAST).covered[0])
    assert proved <= 72


def test_a_short_field_counts_where_it_stands_whole() -> None:
    eight = words(8)
    assert covered_by(asked(eight), eight) == [8]
    assert covered_by(asked(words(7)), words(7)) == [0]
    assert covered_by(asked(words(12)), " ".join(WORDS[:11])) == [0]


def test_a_run_does_not_go_on_from_one_field_into_the_next() -> None:
    """Passages lie within one field: two halves of twelve words in two fields are no run of 24."""
    leaves = as_records([words(12).encode(), words(12, 12).encode()])
    two_fields = shingled(leaves, np.ones(1, np.bool_))
    one_record = Shingled(two_fields.hashes, two_fields.field, two_fields.words, np.zeros(2, np.int64))
    question = asked_records(one_record, 1)
    covered = np.zeros(len(question.text.hashes), np.bool_)
    pairs = sharing(question.text.hashes, np.zeros(len(question.text.hashes), np.int64), *index(words(24)))
    mark(question, pairs, of(words(24)), pairs.other, LEAST, LEAST_FIELD, covered)
    assert measured(question, covered, LEAST).covered.tolist() == [24]
    other_way = asked(words(24))
    covered = np.zeros(len(other_way.text.hashes), np.bool_)
    pairs = sharing(other_way.text.hashes, np.zeros(len(other_way.text.hashes), np.int64), *index(words(24)))
    mark(other_way, pairs, one_record, np.zeros(len(pairs.other), np.int64), LEAST, LEAST_FIELD, covered)
    assert measured(other_way, covered, LEAST).covered.tolist() == [0]


def test_what_many_records_of_a_benchmark_say_is_its_form_and_no_evidence() -> None:
    instruction = "choose the one answer that is right of the four that follow and write its letter"
    question = asked(*(f"{instruction} {words(20, 20 * number)}" for number in range(FORM_RECORDS + 1)))
    found = measured(question, np.ones(len(question.text.hashes), np.bool_), LEAST)
    assert max(found.words) <= 24
    assert max(covered_by(question, f"please {instruction} now and then go on to the next")) == 0


def test_without_words_in_common_nothing_is_found() -> None:
    assert covered_by(asked(words(50), ""), words(50, 100)) == [0, 0]
    empty = measured(asked(), np.zeros(0, np.bool_), LEAST)
    assert empty.words.tolist() == []


def test_batches_are_joined_as_if_they_were_one() -> None:
    texts = [words(20, start) for start in (0, 30, 60)]
    whole, parts = of(*texts), joined([of(*texts[:2]), of(texts[2])], [0, 2])
    for name in ("hashes", "field", "words", "record"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name))


def test_the_likeliest_are_those_that_share_most() -> None:
    others = [words(20 + number) for number in range(MOST_LIKELY + 4)]
    question = asked(words(60))
    hashes = question.text.hashes
    found = sharing(hashes, np.zeros(len(hashes), np.int64), *index(*others))
    kept = likeliest(found, 2)
    assert len(kept.other) == 2
    assert min(kept.shared) >= max(set(found.shared.tolist()) - set(kept.shared.tolist()), default=0)
