"""What records say of their rights, row by row."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from numpy.typing import NDArray

from registry.domain.dataset import FieldRole
from registry.store.part_records import keep_records, kept_records
from registry.store.references import COLUMNS, TEXTS, ReferenceWriter, every_reference

ROWS = 50
VALUES: dict[FieldRole, list[tuple[str, ...]]] = {role: [(), ("a",), ("a", "b")] for role in COLUMNS}


def texts(first: int, last: int) -> dict[FieldRole, NDArray[np.object_]]:
    """Each record has texts of its own."""
    own = np.empty(last - first, object)
    for place in range(last - first):
        own[place] = (f"text {first + place}",)
    return dict.fromkeys(TEXTS, own)


def written(root: Path, cuts: Sequence[int]) -> Path:
    """The references of the same records in batches that end at the cuts."""
    digests = np.arange(ROWS * 32, dtype=np.uint8).reshape(ROWS, 32)
    codes = {role: np.arange(ROWS, dtype=np.int64) % (2 + i % 2) for i, role in enumerate(COLUMNS)}
    root.mkdir()
    with ReferenceWriter.staged(root) as writer:
        for first, last in zip([0, *cuts], [*cuts, ROWS], strict=True):
            part = {role: values[first:last] for role, values in codes.items()}
            writer.add(digests[first:last], part, VALUES, texts(first, last))
        return writer.commit("version")


def test_batches_change_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.store.fingerprints.row_groups.ROW_GROUP", 16)
    once = written(tmp_path / "once", [])
    again = written(tmp_path / "again", [1, 7, 7, 40])
    assert once.read_bytes() == again.read_bytes()
    table = pq.read_table(once)
    assert table["licenses"].to_pylist()[:3] == [[], ["a"], []]
    assert table["creators"].to_pylist()[:4] == [[], ["a"], ["a", "b"], []]
    assert table["record_digest"][1].as_py() == bytes(range(32, 64))
    assert pq.ParquetFile(once).num_row_groups == 4


def test_the_records_of_a_part_are_told_whatever_order_it_was_read_in(tmp_path: Path) -> None:
    root = tmp_path / "root"
    digests = np.arange(ROWS * 32, dtype=np.uint8).reshape(ROWS, 32)[:8]  # of more, some are equal
    written(root, [])
    keep_records(root, "version", "some", digests[[5, 2]])
    keep_records(root, "version", "none", digests[:0])
    parts = [kept_records(root, "version", name) for name in ("some", "none")]
    known = [part for part in parts if part is not None]
    assert len(known) == len(parts)
    assert [one.number for one in every_reference(root, "version", known) if one.parts][:2] == [2, 5]
    assert {one.parts for one in every_reference(root, "version", known)} == {(), (0,)}
    assert kept_records(root, "version", "of an earlier edition of this software") is None


def test_without_records_it_is_an_empty_table(tmp_path: Path) -> None:
    with ReferenceWriter.staged(tmp_path) as writer:
        file = writer.commit("version")
    assert pq.read_table(file).num_rows == 0
