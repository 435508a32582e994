"""Laws of text fingerprints: the kernel is its specification, and what is promised to readers holds."""

from random import Random

import numpy as np
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from registry.fingerprint.parameters import threshold
from registry.fingerprint.reference import (
    field_hashes,
    passages,
    shingles,
    signature,
    words_digest,
)
from tests.properties.texts import texts
from tests.unit.fingerprint.batches import fingerprints

RECORDS = st.lists(st.lists(texts(), max_size=4), max_size=4)
VOCABULARY = ["the", "cat", "sat", "on", "a", "mat", "Æsir", "и", "犬", "ß", "x" * 20]


def prose(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Words of a small vocabulary."""
    return st.lists(st.sampled_from(VOCABULARY), min_size=least, max_size=most)


@given(RECORDS, st.sampled_from([1, 2, 10]))
def test_the_kernel_is_the_reference(records: list[list[str]], scale: int) -> None:
    found = fingerprints(records, scale)
    hashes = [[field_hashes(field) for field in record] for record in records]
    runs = [[shingles(field) for field in record] for record in hashes]
    selected = [(value, i) for i, record in enumerate(runs) for run in record for value in passages(run)]
    assert found.bytes.tolist() == [sum(len(field.encode()) for field in record) for record in records]
    assert found.characters.tolist() == [sum(map(len, record)) for record in records]
    assert found.words.tolist() == [sum(map(len, record)) for record in hashes]
    assert [row.tobytes() for row in found.words_digests] == [words_digest(record) for record in hashes]
    assert found.signatures is not None
    assert found.signatures.tolist() == [signature(h for run in record for h in run) for record in runs]
    assert list(zip(found.passage_hashes.tolist(), found.passage_records.tolist(), strict=True)) == selected
    kept = [h for record in runs for run in record for h in run if h <= threshold(scale)]
    assert found.sketch_hashes.tolist() == kept


@given(prose(0, 300), st.integers(0, 300))
def test_the_kernel_is_the_reference_on_long_fields(text: list[str], place: int) -> None:
    fields = [" ".join(text[:place]), " ".join(text[place:])]
    found, runs = fingerprints([fields]), [shingles(field_hashes(field)) for field in fields]
    assert found.sketch_hashes.tolist() == runs[0] + runs[1]
    assert found.passage_hashes.tolist() == passages(runs[0]) + passages(runs[1])


@given(texts())
def test_a_signature_is_datasketchs(text: str) -> None:
    """Bit-identical to `MinHash(num_perm=128, seed=1, scheme="affine32")` fed the low 32 bits."""
    minhash = MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=int)
    minhash.update_batch([value & 0xFFFFFFFF for value in shingles(field_hashes(text))])
    signatures = fingerprints([[text]]).signatures
    assert signatures is not None
    assert np.array_equal(signatures[0], minhash.hashvalues)


@given(prose(0, 200), prose(36, 60), prose(0, 200))
def test_a_run_of_36_words_is_found(before: list[str], quote: list[str], after: list[str]) -> None:
    """Any verbatim run of 36 words (window + 4) inside one field of one record is found, with certainty.

    The asked text is hashed in full, the indexed one is winnowed.
    """
    indexed = fingerprints([[" ".join(before + quote + after)]]).passage_hashes
    asked = fingerprints([[" ".join(quote)]]).sketch_hashes
    assert np.isin(asked, indexed).any()


@given(st.lists(texts(), min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_a_words_digest_is_of_the_set_of_fields(fields: list[str], random: Random) -> None:
    """Same words, whatever the columns, their order and repetition, and fields without words."""
    shuffled = [*fields, fields[0], "...", ""]
    random.shuffle(shuffled)
    digests = fingerprints([fields, shuffled]).words_digests
    assert digests[0].tobytes() == digests[1].tobytes()


@given(prose(1, 12), prose(1, 12))
def test_different_words_have_different_digests(left: list[str], right: list[str]) -> None:
    digests = fingerprints([[" ".join(left)], [" ".join(right)]]).words_digests
    assert (digests[0].tobytes() == digests[1].tobytes()) == (left == right)
    assert digests.any(axis=1).all()
