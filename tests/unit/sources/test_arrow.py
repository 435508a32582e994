from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from registry.errors import SourceError
from registry.fingerprint.leaves import Leaves, Tag
from registry.sources.arrow import leaves_of
from registry.sources.interface import ReadOptions
from registry.sources.open import open_source
from registry.sources.tables import BATCH_BYTES, pieces


def values(array: Any) -> list[tuple[Tag, str]]:
    leaves = leaves_of(pa.table({"a": array}))
    return [(Tag(leaves.tag[i]), leaves.text(i)) for i in range(len(leaves.path))]


def paths(leaves: Leaves) -> list[tuple[str, list[int], str]]:
    return [
        (
            leaves.paths[leaves.path[i]],
            leaves.positions[leaves.position[i] : leaves.position[i + 1]].tolist(),
            leaves.text(i),
        )
        for i in range(len(leaves.path))
    ]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_equal_instants_in_other_units_are_equal_texts(unit: str) -> None:
    seconds = pa.array([0, 1_700_000_000, -1], pa.timestamp("s", "Asia/Tokyo"))
    assert values(seconds.cast(pa.timestamp(unit, "UTC"))) == [
        (Tag.TIMESTAMP, "1970-01-01T00:00:00Z"),
        (Tag.TIMESTAMP, "2023-11-14T22:13:20Z"),
        (Tag.TIMESTAMP, "1969-12-31T23:59:59Z"),
    ]


@pytest.mark.parametrize(
    ("array", "tag", "texts"),
    [
        (pa.array([1, -1], pa.timestamp("ns")), Tag.TIMESTAMP,
         ["1970-01-01T00:00:00.000000001", "1969-12-31T23:59:59.999999999"]),
        (pa.array([1500], pa.timestamp("ms", "UTC")), Tag.TIMESTAMP, ["1970-01-01T00:00:01.5Z"]),
        (pa.array([86_400_000], pa.date64()), Tag.DATE, ["1970-01-02"]),
        (pa.array([-1], pa.date32()), Tag.DATE, ["1969-12-31"]),
        (pa.array([3661], pa.time32("s")), Tag.TIME, ["01:01:01"]),
        (pa.array([1], pa.time64("ns")), Tag.TIME, ["00:00:00.000000001"]),
        (pa.array([-1500, 2000], pa.duration("ms")), Tag.DURATION, ["-1.5", "2"]),
        (pa.array([-(2**63) + 1], pa.duration("ns")), Tag.DURATION, ["-9223372036.854775807"]),
        (pa.array([0.1], pa.float32()), Tag.FLOAT, ["0.1"]),
        (pa.array(np.array([0.1], np.float16)), Tag.FLOAT, ["0.1"]),
        (pa.array([2.0, -0.0, 1e22]), Tag.INTEGER, ["2", "0", "10000000000000000000000"]),
        (pa.array([float("nan"), float("-inf")]), Tag.NON_FINITE, ["nan", "-inf"]),
        (pa.array([b"\xff\x00"]), Tag.BINARY, None),
        (pa.array([2**64 - 1], pa.uint64()), Tag.INTEGER, ["18446744073709551615"]),
    ],
)  # fmt: skip
def test_canonical_texts(array: Any, tag: Tag, texts: list[str] | None) -> None:
    leaves = leaves_of(pa.table({"a": array}))
    assert set(leaves.tag.tolist()) == {tag}
    if texts:
        assert [leaves.text(i) for i in range(len(texts))] == texts


def test_a_map_is_a_list_of_keys_and_values() -> None:
    array = pa.array([[("x", 1)], None, [("y", 2), ("z", None)]], pa.map_(pa.string(), pa.int64())).slice(1)
    assert paths(leaves_of(pa.table({"m": array}))) == [
        ("m[].key", [0], "y"), ("m[].value", [0], "2"), ("m[].key", [1], "z"),
    ]  # fmt: skip


@pytest.mark.parametrize("dense", [True, False])
def test_a_union_holds_its_values(dense: bool) -> None:
    codes = pa.array([0, 1, 0, 1], pa.int8())
    if dense:
        offsets = pa.array([0, 0, 1, 1], pa.int32())
        array = pa.UnionArray.from_dense(codes, offsets, [pa.array([1, 2]), pa.array(["x", "y"])])
    else:
        array = pa.UnionArray.from_sparse(codes, [pa.array([1, 0, 2, 0]), pa.array(["", "x", "", "y"])])
    assert [text for _, text in values(array)] == ["1", "x", "2", "y"]
    assert [text for _, text in values(array.slice(1, 2))] == ["x", "2"]


def test_extension_types_are_their_storage_and_runs_are_repeated() -> None:
    uuids = pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"0123456789abcdef"], pa.binary(16)))
    assert values(uuids) == [(Tag.BINARY, "0123456789abcdef")]
    runs: Any = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a", "b"]))
    assert [text for _, text in values(runs)] == ["a", "a", "b"]


def test_leaves_stand_in_the_order_of_the_source() -> None:
    rows = [{"m": [{"r": "u", "c": "1"}, {"r": "", "c": ""}, {"r": "b", "c": "2"}], "z": "end"}]
    assert paths(leaves_of(pa.Table.from_pylist(rows))) == [
        ("m[].r", [0], "u"), ("m[].c", [0], "1"), ("m[].r", [1], "b"), ("m[].c", [1], "2"), ("z", [], "end"),
    ]  # fmt: skip


def test_a_single_string_column_is_not_copied() -> None:
    column: Any = pa.array(["a", "", "bc", None, "d"] * 100)
    leaves = leaves_of(pa.table({"t": column, "empty": [None] * 500}))
    buffer = np.frombuffer(column.buffers()[2], np.uint8)
    assert np.shares_memory(leaves.data, buffer)
    assert leaves.data.tobytes() == b"abcd" * 100


def test_two_columns_of_one_name_are_two_leaves() -> None:
    batch = pa.RecordBatch.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["a", "a"])
    assert paths(leaves_of(batch)) == [("a", [], "x"), ("a", [], "y")]


def test_intervals_hold_no_comparable_values() -> None:
    with pytest.raises(SourceError, match="'a' is of type month_day_nano_interval"):
        leaves_of(pa.table({"a": pa.array([(1, 2, 3)], pa.month_day_nano_interval())}))


def strings(data: bytes) -> Any:
    """Four-byte strings of any bytes."""
    offsets = np.arange(0, len(data) + 1, 4, dtype=np.int32)
    return pa.StringArray.from_buffers(len(data) // 4, pa.py_buffer(offsets.tobytes()), pa.py_buffer(data))


@pytest.mark.parametrize("wrap", [lambda a: a, lambda a: pa.StructArray.from_arrays([a], ["x"])])
def test_invalid_utf8_is_refused_with_its_row(wrap: object) -> None:
    array = strings(b"good" * 70 + b"b\xffad" + b"good" * 30)
    column = wrap(array)  # type: ignore[operator]
    with pytest.raises(SourceError, match=r"f\.parquet, row 1071: holds text that is not valid UTF-8"):
        leaves_of(pa.table({"t": column}), file="f.parquet", first_row=1001)


def test_offsets_beyond_their_values_are_refused() -> None:
    offsets = pa.py_buffer(np.array([0, 4000, 2], np.int32).tobytes())
    lists = pa.Array.from_buffers(pa.list_(pa.int64()), 2, [None, offsets], children=[pa.array([1, 2])])
    with pytest.raises(SourceError, match="is damaged"):
        leaves_of(pa.table({"t": lists}))


def test_pieces_are_cut_by_bytes_and_one_record_may_be_larger() -> None:
    texts = ["a" * 1000] * 20_000 + ["b" * (3 * BATCH_BYTES)] + ["c"] * 10
    batch = pa.record_batch({"t": texts})
    parts = list(pieces(batch))
    assert sum(part.num_rows for part in parts) == batch.num_rows
    assert max(part.nbytes for part in parts if part.num_rows > 1) <= 3 * BATCH_BYTES
    assert any(part.num_rows == 1 for part in parts)


def test_repeated_long_values_do_not_fill_the_memory(tmp_path: Path) -> None:
    """A small Parquet file can hold one long text very often."""
    path = tmp_path / "a.parquet"
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 5000, pa.int32()), pa.array(["long " * 20_000]))
    parquet.write_table(pa.table({"t": column.cast(pa.string())}).slice(0, 5000), path)
    sizes = [int(batch.leaves().start.size) for batch in open_source([str(path)], ReadOptions()).batches()]
    assert sum(sizes) == 5000
    assert max(sizes) * 100_000 <= 4 * BATCH_BYTES


PIECES = st.sampled_from(
    [b"a" * 63, b"b", "é".encode(), "日本".encode(), "\U0001f600".encode(), b"\xc3", b"\xa9", b"\xff"]
)


@settings(deadline=None)
@given(st.lists(st.lists(PIECES, max_size=4).map(b"".join), max_size=8), st.integers(0, 3))
def test_text_is_refused_where_arrow_refuses_it(values: list[bytes], first: int) -> None:
    """Characters that two neighbours share make neither of them text."""
    array = pa.array(values, pa.binary()).view(pa.string()).slice(first)
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        with pytest.raises(SourceError, match="UTF-8"):
            leaves_of(pa.record_batch([array], ["text"]))
        return
    leaves = leaves_of(pa.record_batch([array], ["text"]))
    assert [leaves.text(leaf).encode() for leaf in range(len(leaves.tag))] == [v for v in values[first:] if v]
