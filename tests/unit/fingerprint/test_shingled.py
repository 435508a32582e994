"""Shingles in full, and the true resemblance."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint.reference import field_hashes, shingles, word_hash, words_digest
from registry.fingerprint.shingled import ShingleSets, jaccards, sets_of, shingled, spelled, together
from registry.fingerprint.words import words
from tests.properties.texts import texts
from tests.unit.fingerprint.batches import batch

records = st.lists(st.lists(texts(), max_size=4), max_size=5)
CONTENT = np.ones(1, np.bool_)


@settings(deadline=None)
@given(records)
def test_every_shingle_of_every_field_in_order(given_: list[list[str]]) -> None:
    found = shingled(batch(given_), CONTENT)
    fields = [(number, text) for number, record in enumerate(given_) for text in record]
    assert [int(one) for one in found.record] == [number for number, _ in fields]
    assert found.words.tolist() == [len(words(text)) for _, text in fields]
    for place, (_, text) in enumerate(fields):
        expected = shingles(field_hashes(text))
        assert found.hashes[found.field[place] : found.field[place + 1]].tolist() == expected
    for number, record in enumerate(given_):
        assert [field.tolist() for field in found.fields_of(number)] == [
            shingles(field_hashes(text)) for text in record
        ]


@settings(deadline=None)
@given(records, records)
def test_the_true_resemblance_is_that_of_the_sets(a: list[list[str]], b: list[list[str]]) -> None:
    first, second = (
        sets_of(shingled(batch(each), CONTENT), np.arange(len(each), dtype=np.int64)) for each in (a, b)
    )
    pairs = [(i, j) for i in range(len(a)) for j in range(len(b))]
    i, j = (np.array([pair[side] for pair in pairs], np.int64) for side in range(2))
    for (x, y), found in zip(pairs, jaccards(first, i, second, j).tolist(), strict=True):
        one, other = (
            {shingle for text in record for shingle in shingles(field_hashes(text))}
            for record in (a[x], b[y])
        )
        assert set(first[x].tolist()) == one
        assert found == (len(one & other) / len(one | other) if one | other else 0)


def test_sets_of_several_batches_follow_each_other() -> None:
    parts = [
        sets_of(shingled(batch(each), CONTENT), np.arange(len(each), dtype=np.int64))
        for each in ([["a b"], ["c"]], [["d e f"]])
    ]
    joined = together(parts)
    assert isinstance(joined, ShingleSets)
    assert [joined[at].tolist() for at in range(3)] == [
        parts[0][0].tolist(),
        parts[0][1].tolist(),
        parts[1][0].tolist(),
    ]
    assert len(together([]).hashes) == 0


@settings(deadline=None)
@given(st.lists(texts(), max_size=5))
def test_words_are_spelled_as_the_recipe_folds_them(fields: list[str]) -> None:
    found = spelled([text.encode() for text in fields])
    expected = [words(text) for text in fields]
    assert len(found) == sum(map(len, expected))
    assert np.diff(found.field).tolist() == [len(each) for each in expected]
    assert found.hashes.tolist() == [word_hash(word) for each in expected for word in each]
    for place, each in enumerate(expected):
        assert found.text(int(found.field[place]), int(found.field[place + 1])) == " ".join(each)


@settings(deadline=None)
@given(texts(), st.data())
def test_a_stretch_has_the_digest_of_a_record_of_its_words(text: str, data: st.DataObject) -> None:
    found = spelled([text.encode()])
    spans = st.tuples(st.integers(0, len(found)), st.integers(0, len(found))).map(sorted)
    chosen = [span for span in data.draw(st.lists(spans, max_size=5)) if span[0] < span[1]]
    start = np.array([low for low, _ in chosen], np.int64)
    size = np.array([high - low for low, high in chosen], np.int64)
    assert [row.tobytes() for row in found.digests(start, size)] == [
        words_digest([field_hashes(text)[low:high]]) for low, high in chosen
    ]
