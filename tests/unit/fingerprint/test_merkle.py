"""The content digest is the tree hash of RFC 6962, whatever the order and however little memory there is."""

import hashlib
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.fingerprint.leaves import U8
from registry.fingerprint.merkle import content_digest, content_digest_of_chunks

ENTRIES = st.lists(
    st.binary(min_size=32, max_size=32)
    | st.sampled_from([bytes(32), b"\xff" * 32, bytes(31) + b"\x01", bytes(8) + b"\x01" + bytes(23)]),
    max_size=40,
)


def tree_hash(entries: Sequence[bytes]) -> bytes:
    """RFC 6962, 2.1: "Let k be the largest power of two smaller than n"."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1 << (len(entries) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + tree_hash(entries[:k]) + tree_hash(entries[k:])).digest()


def rows(entries: Sequence[bytes]) -> U8:
    return np.frombuffer(b"".join(entries), np.uint8).reshape(-1, 32)


def random_digests(count: int, seed: int = 0) -> U8:
    return np.random.default_rng(seed).integers(0, 256, (count, 32), np.uint8)


def chunked(digests: U8, size: int, most: int) -> bytes:
    return content_digest_of_chunks(
        lambda: [digests[i : i + size] for i in range(0, len(digests), size)], most
    )


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Compile before the first example, which would take too long for one."""
    content_digest(random_digests(1))


@pytest.mark.parametrize("count", [*range(70), 127, 128, 129, 1000])
def test_the_shape_of_the_tree(count: int) -> None:
    digests = random_digests(count, count)
    assert content_digest(digests) == tree_hash(sorted(map(bytes, digests)))


def test_no_records_at_all() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert content_digest(rows([])).hex() == empty
    assert chunked(rows([]), 1, 1).hex() == empty


@given(ENTRIES, st.randoms(use_true_random=False), st.integers(1, 50), st.integers(1, 50))
def test_neither_order_nor_chunks_nor_memory_matter(
    entries: list[bytes], random: Random, size: int, most: int
) -> None:
    wanted = tree_hash(sorted(entries))
    shuffled = rows(random.sample(entries, len(entries)))
    assert content_digest(shuffled) == wanted
    assert chunked(shuffled, size, most) == wanted


@given(ENTRIES.filter(bool))
def test_duplicates_count(entries: list[bytes]) -> None:
    assert content_digest(rows([*entries, entries[0]])) != content_digest(rows(entries))


def test_read_only_and_strided_digests() -> None:
    digests = random_digests(100)
    wide = np.zeros((100, 64), np.uint8)
    wide[:, :32] = digests
    digests.flags.writeable = False
    assert content_digest(digests) == content_digest(wide[:, :32]) == content_digest(digests[::-1])


def test_many_duplicates_need_little_memory() -> None:
    digests = np.repeat(random_digests(10), 5000, axis=0)
    held: list[int] = []

    def chunks() -> list[U8]:
        held.append(1)
        return [digests[i : i + 1000] for i in range(0, len(digests), 1000)]

    assert content_digest_of_chunks(chunks, 2000) == content_digest(digests)
    assert len(held) <= 11


def test_more_digests_than_are_held() -> None:
    digests = np.concatenate([random_digests(20_000), random_digests(5000)])
    assert chunked(digests, 777, 3000) == content_digest(digests)
