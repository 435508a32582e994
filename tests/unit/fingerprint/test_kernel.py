"""The compiled kernel where batches are odd."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from registry.fingerprint import compiled, kernel, text
from registry.fingerprint.leaves import Tag
from registry.fingerprint.parameters import threshold
from registry.fingerprint.reference import field_hashes, passages, shingles, signature, words_digest
from registry.fingerprint.text import fingerprint_text
from tests.unit.fingerprint.batches import batch, digests, fingerprints, python

ALL = np.ones(1, np.bool_)


def test_no_records() -> None:
    found = fingerprints([])
    assert [len(part) for part in (found.bytes, found.characters, found.words, found.words_digests)] == [
        0
    ] * 4
    assert found.signatures is not None
    assert found.signatures.shape == (0, 128)
    assert len(found.passage_hashes) == len(found.passage_records) == len(found.sketch_hashes) == 0


def test_records_without_content() -> None:
    found = fingerprint_text(batch([["a text"], []]), np.zeros(1, np.bool_), threshold=threshold(1))
    assert found.bytes.tolist() == found.characters.tolist() == found.words.tolist() == [0, 0]
    assert not found.words_digests.any()


@pytest.mark.parametrize("tag", [tag for tag in Tag if tag != Tag.STRING])
def test_only_strings_are_content(tag: Tag) -> None:
    assert fingerprint_text(batch([["12"]], tag), ALL, threshold=0).words.tolist() == [0]


def test_what_is_not_asked_for_is_not_made() -> None:
    leaves = batch([["a few words in a field"]])
    found = fingerprint_text(leaves, ALL, threshold=threshold(1), signatures=False, passages=False)
    assert found.signatures is None
    assert len(found.passage_hashes) == 0
    assert len(found.sketch_hashes) == 2


def test_content_is_chosen_by_path() -> None:
    leaves = replace(batch([["one two", "three"]]), paths=("a", "b"), path=np.array([0, 1], np.int32))
    counted = fingerprint_text(leaves, np.array([False, True]), threshold=0)
    assert (counted.words.tolist(), counted.bytes.tolist()) == ([1], [5])


def test_sizes_count_bytes_characters_and_words() -> None:
    found = fingerprints([["Éte", "漢字 🎉!"], ["x"]])
    assert found.bytes.tolist() == [4 + 6 + 1 + 4 + 1, 1]
    assert found.characters.tolist() == [3 + 5, 1]
    assert found.words.tolist() == [3, 1]


@pytest.mark.parametrize("letter", ["a", "é", "漢", "\U00010428", "\u1100", "が", "\u0958"])
def test_every_length_up_to_some_blocks(letter: str) -> None:
    """Words and texts that end before, at and after the edges of blocks of 8, 16 and 64 bytes."""
    texts = [" " * before + letter * size + " b" for before in (0, 1, 63) for size in range(140)]
    assert digests(texts) == [words_digest([field_hashes(text)]) for text in texts]


def test_every_code_point_of_two_and_three_bytes_in_every_place_of_a_block() -> None:
    """Blocks fold code points where they stand, and take out what is left over."""
    letters = [chr(code) for code in range(0x80, 0x10000) if not 0xD800 <= code < 0xE000]
    texts = [
        "x" * (start // 40 % 64) + between.join(letters[start : start + 40])
        for between in ("", "a", " é")
        for start in range(0, len(letters), 40)
    ]
    assert digests(texts) == [words_digest([field_hashes(text)]) for text in texts]


MIXED = [
    " " * before + "naïve Привет мир — ‘quoted’ … soft\u00adhyphen 漢字 नमस्ते e\u0301 \u1e9e 🎉 ὀδός " * size
    for before in range(0, 70, 3)
    for size in (1, 2, 5)
]


def test_a_cpu_that_cannot_pack_blocks_gives_the_same() -> None:
    code = (
        "from tests.unit.fingerprint.test_kernel import *\n"
        "print(kernel.PACKS, *(digest.hex() for digest in digests(MIXED)))"
    )
    expected = [words_digest([field_hashes(text)]).hex() for text in MIXED]
    assert python(code, NUMBA_CPU_NAME="generic").split() == ["False", *expected]


def test_scratch_memory_left_by_one_batch_means_nothing_to_the_next() -> None:
    small = [["a few words", "é"], ["one"]]
    fresh = fingerprints(small)
    fingerprints([["more words than that, many more " * 500] * 9])
    again = fingerprints(small)
    assert again.words_digests.tolist() == fresh.words_digests.tolist()
    assert again.passage_hashes.tolist() == fresh.passage_hashes.tolist()
    assert again.sketch_hashes.tolist() == fresh.sketch_hashes.tolist()


def test_a_field_too_big_to_keep_scratch_memory_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "KEPT", 1000)
    field = "word " * 30_000
    assert digests([field, "word"]) == [words_digest([field_hashes(each)]) for each in (field, "word")]


def test_a_field_longer_than_all_buffers() -> None:
    text = "".join(f"{number:x} " for number in range(40_000)) + "w" * 100_000
    found, hashes = fingerprints([[text]], scale=100), field_hashes(text)
    assert found.words.tolist() == [40_001]
    assert found.words_digests[0].tobytes() == words_digest([hashes])
    assert found.passage_hashes.tolist() == passages(shingles(hashes))
    assert found.sketch_hashes.tolist() == [h for h in shingles(hashes) if h <= threshold(100)]


def test_many_fields_and_repeated_ones() -> None:
    fields = [f"field {number % 700}" for number in range(3000)]
    hashes = [field_hashes(field) for field in fields]
    found = fingerprints([fields, sorted(set(fields))])
    assert found.words_digests[0].tobytes() == words_digest(hashes) == found.words_digests[1].tobytes()
    assert found.signatures is not None
    assert found.signatures[0].tolist() == signature(h for each in hashes for h in shingles(each))


def test_a_repeated_word_selects_each_window_anew() -> None:
    """The rightmost of equal minima moves with every window."""
    found = fingerprints([["again " * 40]])
    assert len(found.passage_hashes) == 36 - 32 + 1
    assert len(set(found.passage_hashes.tolist())) == 1


def test_invalid_utf8_is_read_within_bounds() -> None:
    random = np.random.default_rng(1)
    lead = np.array([0x61, 0x20, 0x80, 0xC3, 0xE0, 0xE3, 0xF0, 0xF4, 0xF8, 0xFF], np.uint8)
    for _ in range(300):
        fields = [random.choice(lead, random.integers(1, 80)).tobytes() for _ in range(4)]
        found = fingerprints([fields, [b"\xe3"], [b"\xf4\xbf\xbf\xbf"]])
        assert found.words[0] <= sum(map(len, fields))


def test_read_only_and_writable_arrays_use_one_compilation() -> None:
    leaves = batch([["some text"]])
    data = leaves.data.copy()
    data.setflags(write=True)
    writable = replace(leaves, data=data, start=leaves.start.copy(), stop=leaves.stop.copy())
    leaves.start.setflags(write=False)
    found = [
        fingerprint_text(each, ALL, threshold=0).words_digests[0].tobytes() for each in (leaves, writable)
    ]
    assert found == digests(["some text"]) * 2
    assert len(kernel.run.signatures) == 1


def test_an_unwritable_cache_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numba raises `RuntimeError` where no cache folder is writable."""
    asked: list[dict[str, Any]] = []

    def njit(*_: object, **options: Any) -> Any:
        asked.append(options)
        if "cache" in options:
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(compiled, "njit", njit)
    assert compiled.compiled_for("types")(kernel.fingerprint) is kernel.fingerprint
    assert asked == [{"nogil": True, "cache": True}, {"nogil": True}]
