"""Signatures and datasketch are the same thing."""

import numpy as np
import pytest
from datasketch import MinHash

from registry.fingerprint.reference import field_hashes, shingles
from registry.fingerprint.signature import EMPTY, as_datasketch, permutations, resemblance
from tests.unit.fingerprint.batches import fingerprints

TEXT = "Whan that Aprille with his shoures soote the droghte of March hath perced to the roote " * 3


def datasketch(text: str) -> MinHash:
    """The text's shingles through datasketch itself."""
    minhash = MinHash(num_perm=128, seed=1, scheme="affine32", hashfunc=int)
    minhash.update_batch([value & 0xFFFFFFFF for value in shingles(field_hashes(text))])
    return minhash


@pytest.mark.parametrize(
    "text", [TEXT, "one", "four words are here", TEXT[:100], "吾輩は猫である。名前はまだ無い。"]
)
def test_a_signature_is_bit_identical_to_datasketch(text: str) -> None:
    signatures = fingerprints([[text]]).signatures
    assert signatures is not None
    assert signatures[0].tolist() == datasketch(text).hashvalues.tolist()


@pytest.mark.parametrize(("count", "seed"), [(128, 1), (64, 7), (256, 1)])
def test_permutations_are_those_of_datasketch(count: int, seed: int) -> None:
    expected = MinHash(num_perm=count, seed=seed, scheme="affine32").permutations
    assert np.array_equal(permutations(count, seed), expected)


def test_a_record_without_words_has_the_empty_signature() -> None:
    signatures = fingerprints([["..."], []]).signatures
    assert signatures is not None
    assert np.all(signatures == EMPTY)
    assert as_datasketch(signatures[0]).is_empty()


def test_a_row_serves_as_datasketch_minhash() -> None:
    signatures = fingerprints([[TEXT], [TEXT + " and bathed every veyne in swich licour"]]).signatures
    assert signatures is not None
    row, other = map(as_datasketch, signatures)
    assert row == datasketch(TEXT)
    assert row.jaccard(other) == resemblance(signatures[0], signatures[1])


def test_resemblance_works_on_rows() -> None:
    a = np.arange(256, dtype=np.uint32).reshape(2, 128)
    b = a.copy()
    b[1, :32] += 1
    assert resemblance(a, b).tolist() == [1.0, 0.75]
