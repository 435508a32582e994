"""What records say, as codes."""

import numpy as np

from registry.domain.dataset import FieldMapping, FieldRole
from registry.fingerprint.leaves import Leaves, Tag
from registry.measure.roles import Roles
from registry.measure.values import NOTHING, Vocabulary, code_records


def leaves(records: list[list[tuple[str, str]]]) -> Leaves:
    """Leaves of records given as lists of (path, text)."""
    flat = [leaf for record in records for leaf in record]
    paths = tuple(dict.fromkeys(path for path, _ in flat))
    texts = [text.encode() for _, text in flat]
    stop = np.cumsum([len(text) for text in texts], dtype=np.int64)
    return Leaves(
        records=len(records),
        paths=paths,
        record=np.cumsum([0] + [len(record) for record in records], dtype=np.int64),
        path=np.array([paths.index(path) for path, _ in flat], np.int32),
        tag=np.full(len(flat), Tag.STRING, np.uint8),
        start=stop - np.array([len(text) for text in texts], np.int64),
        stop=stop,
        data=np.frombuffer(b"".join(texts), np.uint8),
        position=np.zeros(len(flat) + 1, np.int64),
        positions=np.empty(0, np.uint32),
    )


def said(records: list[list[tuple[str, str]]], *paths: str) -> list[tuple[str, ...]]:
    """The creators of each record, with these paths as alternatives."""
    vocabulary = Vocabulary(lambda text: text.strip())
    codes = code_records(leaves(records), FieldRole.CREATOR, Roles(FieldMapping(creator=paths)), vocabulary)
    return [vocabulary.values[code] for code in codes]


def test_the_first_alternative_with_a_value_counts() -> None:
    records = [[("id", "7"), ("name", "Ada")], [("name", "Bob")], [("body", "x")]]
    assert said(records, "id", "name") == [("7",), ("Bob",), NOTHING]


def test_a_list_says_several_each_once_in_order() -> None:
    records = [[("by[]", "Ada"), ("by[]", "Bob"), ("by[]", "Ada")], [("by[]", "Bob")]]
    assert said(records, "by[]") == [("Ada", "Bob"), ("Bob",)]


def test_values_that_read_as_nothing_are_nothing() -> None:
    assert said([[("by", "  ")]], "by") == [NOTHING]


def test_no_records_and_no_leaves() -> None:
    assert said([], "by") == []
    assert said([[], []], "by") == [NOTHING, NOTHING]
