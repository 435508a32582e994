"""The JSON reader against a slow reading of the same text by the standard library."""

import contextlib
import io
import json
import math
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.errors import SourceError
from registry.fingerprint.leaves import Tag, escape
from registry.sources.json.reader import json_batches

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
SAMPLED_BYTES = 1 << 20

Leaf = tuple[str, Tag, bytes, tuple[int, ...]]


class Refused(Exception):  # noqa: N818
    """The oracle's word for a text that must not be read."""


class Integer(str):
    __slots__ = ()


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) < len(pairs):
        raise Refused
    "".join(name for name, _ in pairs).encode()  # raises for half a surrogate pair
    return dict(pairs)


def ecmascript(value: float) -> str:
    """ECMAScript 2024, Number::toString, for a fraction."""
    sign, digits, exponent = Decimal(repr(value)).normalize().as_tuple()
    assert isinstance(exponent, int)
    point = len(digits) + exponent
    text = "".join(map(str, digits))
    if point > 0:
        text = f"{text[:point]}.{text[point:]}"
    elif point > -6:
        text = f"0.{'0' * -point}{text}"
    else:
        text = f"{text[0]}{'.' if len(text) > 1 else ''}{text[1:]}e{point - 1}"
    return "-" * sign + text


def scalar(value: Any) -> tuple[Tag, str]:
    match value:
        case Integer():
            return Tag.INTEGER, "0" if set(value) <= {"-", "0"} else str(value)
        case str():
            return Tag.STRING, value
        case bool():
            return Tag.BOOLEAN, "true" if value else "false"
        case float() if math.isnan(value) or math.isinf(value):
            return Tag.NON_FINITE, str(value)
        case float():
            return (Tag.INTEGER, str(int(value))) if value == int(value) else (Tag.FLOAT, ecmascript(value))
    raise AssertionError(value)


def leaves_of(value: Any, path: str, places: tuple[int, ...]) -> list[Leaf]:
    if value is None or value == "":
        return []
    found: list[Leaf] = []
    if isinstance(value, dict):
        for name, member in value.items():
            found += leaves_of(member, path + ("." if path else "") + escape(name), places)
    elif isinstance(value, list):
        place = 0
        for element in value:
            inner = leaves_of(element, path + "[]", (*places, place))
            found += inner
            place += bool(inner)
    else:
        tag, text = scalar(value)
        found.append((path, tag, text.encode(), places))
    return found


def finite(text: str) -> float:
    if math.isinf(float(text)):
        raise Refused
    return float(text)


def slow_values(text: str) -> list[Any]:
    """The records of a file."""
    decoder = json.JSONDecoder(parse_int=Integer, parse_float=finite, object_pairs_hook=unique)
    values, at = [], 0
    blanks = " \t\r\n"
    while at < len(text):
        if text[at] in blanks:
            at += 1
        else:
            value, at = decoder.raw_decode(text, at)
            values.append(value)
    is_array = text.lstrip(blanks).startswith("[")
    if is_array and len(values) > 1:
        raise Refused  # more after the end of the array
    records = values[0] if is_array else values
    if not records or not all(isinstance(record, dict) for record in records):
        raise Refused
    return list(records)


def slow(text: str) -> list[list[Leaf]]:
    return [leaves_of(record, "", ()) for record in slow_values(text)]


def read(text: bytes, batch_bytes: int = 8 << 20) -> list[list[Leaf]]:
    """What our reader says, in the oracle's form."""
    records: list[list[Leaf]] = []
    for batch in json_batches(io.BytesIO(text), file="f.json", batch_bytes=batch_bytes):
        leaves = batch.leaves()
        assert len(set(leaves.paths)) == len(leaves.paths)
        assert list(dict.fromkeys(leaves.path.tolist())) == list(range(len(leaves.paths)))
        data = leaves.data.tobytes()
        found = [
            (
                leaves.paths[leaves.path[i]],
                Tag(leaves.tag[i]),
                data[leaves.start[i] : leaves.stop[i]],
                tuple(leaves.positions[leaves.position[i] : leaves.position[i + 1]].tolist()),
            )
            for i in range(len(leaves.path))
        ]
        assert len(leaves.record) == leaves.records + 1
        bounds = zip(leaves.record[:-1], leaves.record[1:], strict=True)
        records += [found[first:last] for first, last in bounds]
        assert leaves.record[-1] == len(found)
    return records


characters = st.characters(exclude_categories=["Cs"])
texts = st.text(characters, max_size=12) | st.sampled_from(["", "\0", "\\", '"', "a.b[]", "x" * 63, "é" * 40])
doubles = st.floats(allow_nan=True, allow_infinity=True)
scalars = st.none() | st.booleans() | st.integers() | st.integers(-(10**40), 10**40) | doubles | texts
documents = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
record_lists = st.lists(st.dictionaries(texts, documents, max_size=5), min_size=1, max_size=6)
styles = st.sampled_from(["lines", "compact", "array", "pretty array", "pretty values", "crlf"])


def written(records: list[Any], style: str, ascii_only: bool) -> str:
    indent = 2 if "pretty" in style else None
    if "array" in style:
        return json.dumps(records, ensure_ascii=ascii_only, indent=indent) + "\n"
    separator = {"lines": "\n", "compact": "", "crlf": "\r\n \r\n", "pretty values": "\n"}[style]
    return separator.join(json.dumps(record, ensure_ascii=ascii_only, indent=indent) for record in records)


@settings(deadline=None)
@given(record_lists, styles, st.booleans(), st.integers(1, 300))
@example([{"": {"a": 1}, "a": 2}], "lines", True, 1)
@example([{"a": [[], [None], [1, [""], {"b": [2]}]]}], "array", True, 70)
@example([{"a\\": 1, "a": 2}, {"a\\": 1, "a": 2}, {"a": 1, "a\\": 3}], "lines", True, 64)
def test_leaves_are_those_of_the_standard_library_in_any_style_and_block_size(
    records: list[Any], style: str, ascii_only: bool, batch_bytes: int
) -> None:
    text = written(records, style, ascii_only)
    assert read(text.encode(), batch_bytes) == slow(text)


number_texts = st.from_regex(r"-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?", fullmatch=True)


@settings(deadline=None, max_examples=300)
@given(st.lists(number_texts, min_size=1, max_size=8))
@example(["0.000001", "0.0000001", "0.10", "-0.0", "-0", "1.0", "1e3", "-0e-400", "123456789012345.0"])
@example(["999999999999999.5", "0.30000000000000004", "9007199254740993.0", "1e-7", "12345678901.25"])
@example(["1e400"])
def test_numbers_in_any_notation_are_doubles_or_whole(numbers: list[str]) -> None:
    """RFC 8259 section 6 and RFC 8785 section 3.2.2.3."""
    text = f'{{"n": [{",".join(numbers)}]}}'
    try:
        expected = slow(text)
    except Refused:
        with pytest.raises(SourceError, match="too large for a double"):
            read(text.encode())
    else:
        assert read(text.encode()) == expected


@settings(deadline=None, max_examples=300)
@given(st.data(), record_lists, styles)
def test_a_damaged_text_is_refused_or_read_as_the_standard_library_reads_it(
    data: st.DataObject, records: list[Any], style: str
) -> None:
    text = written(records, style, True)
    at = data.draw(st.integers(0, len(text) - 1))
    piece = data.draw(
        st.sampled_from(["", '"', "{", "}", "[", "]", ",", ":", "\\", "0", "-", "\n", "e", ".", "\x01"])
    )
    damaged = text[:at] + piece + text[at + 1 :]
    try:
        expected = slow(damaged)
    except (Refused, ValueError):
        with pytest.raises(SourceError, match=r"^f\.json"):
            read(damaged.encode(), 100)
    else:
        assert read(damaged.encode(), 100) == expected


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:\\u0dae1-. \n').map(str.encode))
def test_any_bytes_are_read_or_refused(text: bytes) -> None:
    with contextlib.suppress(SourceError):
        read(text, 70)


def files() -> list[Path]:
    return sorted(path for path in DATA.rglob("*") if path.suffix in {".json", ".jsonl"} and path.is_file())


def start_of(path: Path) -> bytes:
    """A whole file, or the whole lines at the beginning of a large one."""
    text = path.read_bytes()
    if path.suffix == ".jsonl" and len(text) > SAMPLED_BYTES:
        return text[: text.rindex(b"\n", 0, SAMPLED_BYTES)]
    return text


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not there")
def test_real_files_are_read_as_by_the_standard_library() -> None:
    read_files = 0
    for path in files():
        text = start_of(path)
        try:
            expected = slow(text.decode())
        except (Refused, ValueError):
            with pytest.raises(SourceError):
                read(text)
        else:
            assert read(text) == expected, path
            read_files += 1
    assert read_files > 100
