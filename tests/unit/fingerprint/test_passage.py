"""Texts inside longer records."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint import passage as module
from registry.fingerprint.asked import Asked, asked
from registry.fingerprint.bands import build_bands
from registry.fingerprint.leaves import U32, U64
from registry.fingerprint.neighbours import Side
from registry.fingerprint.passage import Hits, Run, alike, hits, runs
from registry.fingerprint.reference import field_hashes, passages, shingles
from registry.fingerprint.words import words
from tests.properties.texts import texts
from tests.unit.fingerprint.batches import fingerprints

SOME = st.lists(st.sampled_from("abcdefgh"), max_size=120)


def prose(start: int, count: int) -> str:
    """Words of their own, the same for the same numbers."""
    return " ".join(f"w{number}" for number in range(start, start + count))


def index(records: list[list[str]]) -> tuple[U64, U32]:
    """Passages as a folder keeps them: in order, each pair once."""
    found = fingerprints(records)
    pairs = sorted(set(zip(found.passage_hashes.tolist(), found.passage_records.tolist(), strict=True)))
    return np.array([pair[0] for pair in pairs], np.uint64), np.array([pair[1] for pair in pairs], np.uint32)


def look(text: str, records: list[list[str]]) -> Hits:
    return hits(asked(text), *index(records))


@settings(deadline=None)
@given(texts(200))
def test_a_text_is_hashed_in_full(text: str) -> None:
    question = asked(text)
    hashes = shingles(field_hashes(text))
    enough = len(words(text)) >= 5
    assert question.words == len(words(text))
    assert question.hashes.tolist() == (hashes if enough else [])
    assert question.hashes[question.selected].tolist() == (passages(hashes) if enough else [])
    assert question.distinct.tolist() == sorted(set(question.hashes.tolist()))
    for number, value in enumerate(question.distinct.tolist()):
        at = question.places[question.first[number] : question.first[number + 1]]
        assert at.tolist() == [place for place, each in enumerate(hashes) if each == value]


@settings(deadline=None, max_examples=60)
@given(SOME, SOME)
def test_hits_are_the_records_that_share_a_selected_hash(text: list[str], record: list[str]) -> None:
    """Of few different words, so that everything repeats."""
    records = [[" ".join(record)], [" ".join(record[:40])], ["elsewhere"]]
    found = look(" ".join(text), records)
    mine = set(asked(" ".join(text)).hashes.tolist())
    shared = [len(mine & set(passages(shingles(field_hashes(each))))) for [each] in records]
    assert dict(zip(found.records.tolist(), found.shared.tolist(), strict=True)) == {
        number: count for number, count in enumerate(shared) if count
    }
    assert found.complete


def test_a_run_of_36_words_is_hit_and_one_of_68_is_a_passage() -> None:
    for start in range(0, 300, 7):
        for size in (36, 68):
            run = prose(start, size)
            text = f"{prose(10_000, 90)} {run} {prose(20_000, 90)}"
            found = look(text, [[prose(0, 400)], [prose(5_000, 400)]])
            assert found.records.tolist() == [0]
            if size == 68:
                assert 90 <= found.start[0] < found.stop[0] <= 90 + 68
                assert found.shared[0] >= 2


def test_hashes_of_one_record_in_two_places_are_no_passage() -> None:
    """Two phrases of a record that stand apart in the text, with words of its own between."""
    record = prose(0, 200)
    text = " ".join(f"{prose(start, 5)} {prose(1000 + 100 * start, 60)}" for start in range(200))
    found = look(text, [[record]])
    assert found.shared[0] > 2
    assert found.start.tolist() == found.stop.tolist()


@settings(deadline=None, max_examples=60)
@given(SOME, st.lists(SOME, max_size=3), st.integers(5, 9))
def test_runs_are_the_longest_common_ones(text: list[str], fields: list[list[str]], least: int) -> None:
    hashed = [np.array(shingles(field_hashes(" ".join(field))), np.uint64) for field in fields]
    expected = []
    for number, field in enumerate(fields):
        if len(field) < 5:
            continue
        for i in range(len(text)):
            for j in range(len(field)):
                if i and j and text[i - 1] == field[j - 1]:
                    continue  # begins earlier
                size = 0
                while i + size < len(text) and j + size < len(field) and text[i + size] == field[j + size]:
                    size += 1
                if size >= least:
                    expected.append(Run(i, i + size, number, j))

    def key(run: Run) -> tuple[int, int, int]:
        return run.field, run.place, run.start

    found = runs(asked(" ".join(text)), hashed, least)
    assert sorted(found, key=key) == sorted(expected, key=key)


def test_more_hits_than_are_looked_at_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_HITS", 3)
    found = look(prose(0, 200), [[prose(0, 200)] for _ in range(5)])
    assert not found.complete
    assert 0 < len(found.records) < 5


def side(records: list[list[str]]) -> Side:
    signatures = fingerprints(records).signatures
    assert signatures is not None
    return Side(signatures, build_bands(signatures))


def test_a_paragraph_is_looked_up_as_a_record_of_its_own() -> None:
    text = f"{prose(0, 30)}\n\n{prose(100, 30)}\n \n{prose(200, 3)}\n\n\n{prose(300, 30)}"
    question: Asked = asked(text)
    spans = list(zip(question.parts.start.tolist(), question.parts.stop.tolist(), strict=True))
    assert spans == [(0, 93), (0, 30), (30, 60), (63, 93)]
    found = alike(question, side([[prose(300, 30)], [prose(900, 30)], [text], [prose(100, 29) + " other"]]))
    pairs = list(zip(found.part.tolist(), found.record.tolist(), strict=True))
    assert set(pairs) >= {(3, 0), (0, 2), (2, 3)}
    assert dict(zip(pairs, found.equal.tolist(), strict=True))[3, 0] == 128


@settings(deadline=None, max_examples=30)
@given(st.lists(texts(), max_size=4))
def test_paragraphs_hold_the_words_of_the_text(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    parts = asked(text).parts
    assert (parts.start[0], parts.stop[0]) == (0, len(words(text)))
    for start, stop in zip(parts.start[1:].tolist(), parts.stop[1:].tolist(), strict=True):
        assert stop - start >= 5
        assert asked(text).spelled.text(start, stop).split(" ") == words(text)[start:stop]


def test_nothing_is_found_of_nothing() -> None:
    for text in ("", "...", "four words are here"):
        found = look(text, [[prose(0, 50)]])
        assert (len(found.records), found.complete) == (0, True)
        assert runs(asked(text), [np.array([1, 2], np.uint64)], 5) == []
    assert len(look(prose(0, 50), []).records) == 0


def test_two_places_of_one_hash_prove_no_passage() -> None:
    """A text may repeat what a record holds once: its length would be no lower bound."""
    text = " ".join(["ha"] * 40)
    found = look(text, [["ha ha ha ha ha"], [text]])
    assert found.shared.tolist() == [1, 1]
    assert found.start.tolist() == found.stop.tolist()
