from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint.leaves import Leaves, Tag, escape
from registry.sources.arrow import leaves_of
from registry.sources.interface import ReadOptions
from registry.sources.open import open_source
from tests.builders import write_arrow, write_json, write_jsonl, write_parquet

Leaf = tuple[int, str, tuple[int, ...], int, bytes]
UTC = dt.UTC


def multiset(leaves: Leaves, first: int = 0) -> list[Leaf]:
    """(record, path, positions, tag, text) of every leaf, sorted."""
    return sorted(
        (
            first + record,
            leaves.paths[leaves.path[i]],
            tuple(leaves.positions[leaves.position[i] : leaves.position[i + 1]].tolist()),
            int(leaves.tag[i]),
            leaves.data[leaves.start[i] : leaves.stop[i]].tobytes(),
        )
        for record in range(leaves.records)
        for i in range(leaves.record[record], leaves.record[record + 1])
    )


def walk(
    value: Any, path: str, places: tuple[int, ...] = ()
) -> list[tuple[str, tuple[int, ...], int, bytes]]:
    """The leaves of a Python value, one object after the other."""
    if isinstance(value, dict):
        return [
            leaf
            for name, inner in value.items()
            for leaf in walk(inner, f"{path}.{escape(name)}" if path else escape(name), places)
        ]
    if isinstance(value, list):
        found: list[tuple[str, tuple[int, ...], int, bytes]] = []
        place = 0
        for element in value:
            inside = walk(element, path + "[]", (*places, place))
            place += bool(inside)
            found += inside
        return found
    if value is None or value in ("", b""):
        return []
    tag, text = scalar(value)
    return [(path, places, int(tag), text)]


def scalar(value: Any) -> tuple[Tag, bytes]:  # noqa: PLR0911
    match value:
        case bool():
            return Tag.BOOLEAN, b"true" if value else b"false"
        case str():
            return Tag.STRING, value.encode()
        case bytes():
            return Tag.BINARY, value
        case int():
            return Tag.INTEGER, str(value).encode()
        case float() if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124
            return Tag.NON_FINITE, str(value).encode()
        case float() if value == int(value):
            return Tag.INTEGER, str(int(value)).encode()
        case float():
            return Tag.FLOAT, np.format_float_positional(value, trim="-").encode()
        case Decimal():
            text = format(value, "f")
            text = text.rstrip("0").rstrip(".") if "." in text else text
            return (Tag.DECIMAL if "." in text else Tag.INTEGER), ("0" if text == "-0" else text).encode()
        case dt.datetime():
            text = (value.astimezone(UTC) if value.tzinfo else value).replace(tzinfo=None).isoformat()
            text = text.rstrip("0") if "." in text else text
            return Tag.TIMESTAMP, (text + ("Z" if value.tzinfo else "")).encode()
        case dt.date():
            return Tag.DATE, value.isoformat().encode()
        case dt.time():
            text = value.isoformat()
            return Tag.TIME, (text.rstrip("0") if "." in text else text).encode()
        case dt.timedelta():
            seconds = Decimal(value // dt.timedelta(microseconds=1)).scaleb(-6)
            text = format(seconds, "f").rstrip("0").rstrip(".")
            return Tag.DURATION, (text or "0").encode()
    raise AssertionError(type(value))


def expected(rows: list[dict[str, Any]]) -> list[Leaf]:
    return sorted((i, *leaf) for i, row in enumerate(rows) for leaf in walk(row, ""))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
NAMES = st.text(st.sampled_from("ab.[]\\é "), min_size=1, max_size=3)
FLOATS = st.floats(width=64).map(lambda x: x if abs(x) < 2**53 and (x == 0 or abs(x) > 1e-6) else 1.5)
NAIVE = st.datetimes(dt.datetime(1900, 1, 1), dt.datetime(2200, 1, 1))  # noqa: DTZ001
SCALARS: list[tuple[pa.DataType, st.SearchStrategy[Any]]] = [
    (pa.string(), TEXT),
    (pa.large_string(), TEXT),
    (pa.string_view(), TEXT),
    (pa.dictionary(pa.int8(), pa.string()), TEXT),
    (pa.int8(), st.integers(-128, 127)),
    (pa.uint64(), st.integers(0, 2**64 - 1)),
    (pa.float64(), FLOATS),
    (pa.bool_(), st.booleans()),
    (pa.binary(), st.binary(max_size=4)),
    (pa.large_binary(), st.binary(max_size=4)),
    (pa.binary_view(), st.binary(max_size=4)),
    (pa.binary(2), st.binary(min_size=2, max_size=2)),
    (pa.decimal128(20, 3), st.decimals(-(10**9), 10**9, places=3)),
    (pa.decimal256(50, 10), st.decimals(-(10**9), 10**9, places=10)),
    (pa.date32(), st.dates(dt.date(1, 1, 1))),
    (pa.time64("us"), st.times()),
    (pa.timestamp("us"), NAIVE),
    (pa.timestamp("us", "Europe/Berlin"), NAIVE.map(lambda x: x.replace(tzinfo=UTC))),
    (pa.duration("us"), st.timedeltas(dt.timedelta(-9999), dt.timedelta(9999))),
    (pa.null(), st.none()),
]


def optional(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """(type, values) pairs of lists and structs of pairs."""

    def lists(pair: tuple[pa.DataType, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
        type_, values = pair
        several = st.lists(optional(values), max_size=3)
        two = st.lists(optional(values), min_size=2, max_size=2)
        kinds = [(pa.list_(type_), several), (pa.large_list(type_), several), (pa.list_(type_, 2), two)]
        if not pa.types.is_dictionary(type_):
            kinds.append((pa.list_view(type_), several))
        return st.sampled_from(kinds)

    def struct(fields: dict[str, Any]) -> tuple[pa.DataType, st.SearchStrategy[Any]]:
        type_ = pa.struct([pa.field(name, pair[0]) for name, pair in fields.items()])
        return type_, st.fixed_dictionaries({name: optional(pair[1]) for name, pair in fields.items()})

    return inner.flatmap(lists) | st.dictionaries(NAMES, inner, min_size=1, max_size=3).map(struct)


PAIRS = st.recursive(st.sampled_from(SCALARS), nested, max_leaves=4)


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    fields = draw(st.dictionaries(NAMES, PAIRS, min_size=1, max_size=3))
    size = draw(st.integers(0, 4))
    arrays = {
        name: pa.array(draw(st.lists(optional(values), min_size=size, max_size=size)), type_)
        for name, (type_, values) in fields.items()
    }
    return pa.table(arrays)


@settings(deadline=None, max_examples=300)
@given(tables(), st.integers(0, 3), st.integers(0, 4))
def test_leaves_are_those_of_a_walk_over_python_values(table: pa.Table, start: int, length: int) -> None:
    assert multiset(leaves_of(table)) == expected(table.to_pylist())
    part = table.slice(start, length)
    assert multiset(leaves_of(part)) == expected(part.to_pylist())
    twice = pa.concat_tables([part, table])
    assert multiset(leaves_of(twice)) == expected(twice.to_pylist())


@settings(deadline=None, max_examples=200)
@given(tables())
def test_a_batch_of_leaves_is_consistent(table: pa.Table) -> None:
    leaves = leaves_of(table)
    count = len(leaves.path)
    assert len(leaves.record) == leaves.records + 1 == table.num_rows + 1
    assert leaves.record[-1] == count == len(leaves.tag) == len(leaves.start) == len(leaves.stop)
    assert (leaves.stop > leaves.start).all()
    assert list(dict.fromkeys(leaves.path.tolist())) == list(range(len(leaves.paths)))
    depth = np.array([path.count("[]") for path in leaves.paths], np.int64)
    assert np.array_equal(np.diff(leaves.position), depth[leaves.path])
    assert leaves.position[-1] == len(leaves.positions)


JSON_SCALARS = (
    st.none() | TEXT | st.booleans() | st.integers(-(2**63), 2**63 - 1) | FLOATS.filter(np.isfinite)
)


@st.composite
def json_records(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Records with one type a column, as Arrow can hold them."""
    kinds = st.sampled_from([TEXT, st.booleans(), st.integers(-(2**63), 2**63 - 1)])
    fields = draw(st.dictionaries(st.sampled_from("abc"), kinds, min_size=1))
    record = {name: optional(kind) for name, kind in fields.items()}
    record["list"] = st.lists(optional(draw(kinds)), max_size=3)
    record["objects"] = st.lists(
        st.fixed_dictionaries({"x": optional(TEXT), "y": st.lists(TEXT, max_size=2)}), max_size=3
    )
    return draw(st.lists(st.fixed_dictionaries(record), min_size=1, max_size=4))


@pytest.mark.parametrize(
    "write", [write_jsonl, write_json, write_parquet, write_arrow], ids=["jsonl", "json", "parquet", "arrow"]
)
@settings(deadline=None, max_examples=60)
@given(records=json_records())
def test_the_same_records_have_the_same_leaves_in_every_format(
    write: Any, records: list[dict[str, Any]]
) -> None:
    """definitions: nested records have one content digest as JSON, Parquet, Arrow."""
    ending = {write_jsonl: ".jsonl", write_json: ".json", write_parquet: ".parquet", write_arrow: ".arrow"}[
        write
    ]
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / f"a{ending}", records)
        [batch] = open_source([str(path)], ReadOptions()).batches()
        assert multiset(batch.leaves()) == expected(records)


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.none() | st.dictionaries(TEXT, JSON_SCALARS | st.lists(JSON_SCALARS, max_size=3)), max_size=4)
)
def test_a_json_column_holds_what_its_text_says(values: list[Any]) -> None:
    texts = [None if value is None else json.dumps(value, indent=1) for value in values]
    column = pa.ExtensionArray.from_storage(pa.json_(), pa.array(texts, pa.string()))
    rows = [{"j": value} for value in values]
    assert multiset(leaves_of(pa.table({"j": column}))) == expected(rows)
