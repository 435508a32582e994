"""What the JSON reader accepts, refuses, and says."""

import io
import os
import shutil
import subprocess
import sys
import tracemalloc
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from registry.errors import SourceError
from registry.fingerprint.leaves import Leaves, Tag
from registry.sources.json.reader import json_batches


def read(text: bytes, batch_bytes: int = 8 << 20, max_record_bytes: int = 512 << 20) -> list[Leaves]:
    stream = io.BytesIO(text)
    batches = json_batches(
        stream, file="d/f.json", batch_bytes=batch_bytes, max_record_bytes=max_record_bytes
    )
    return [batch.leaves() for batch in batches]


def values(text: bytes, batch_bytes: int = 8 << 20) -> list[tuple[str, Tag, str]]:
    return [
        (leaves.paths[leaves.path[i]], Tag(leaves.tag[i]), leaves.text(i))
        for leaves in read(text, batch_bytes)
        for i in range(leaves.path.size)
    ]


def refusal(text: bytes, batch_bytes: int = 8 << 20) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(text, batch_bytes)
    assert caught.value.file == "d/f.json"
    return caught.value


class Endless(io.RawIOBase):
    """A prefix, then one byte for ever; counts what has been read."""

    def __init__(self, prefix: bytes, byte: bytes) -> None:
        self.prefix, self.byte, self.given = prefix, byte, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = (self.prefix + self.byte * len(buffer))[: len(buffer)]
        buffer[:] = data
        self.prefix = b""
        self.given += len(data)
        return len(data)


RECORDS = [
    b'{"a": 1}\n{"a": 2}\n',
    b'{"a": 1}\n{"a": 2}',
    b'{"a": 1}{"a": 2}',
    b'\n \r\n{"a": 1}\r\n\r\n{"a": 2}\r\n\r\n',
    b'[{"a": 1}, {"a": 2}]',
    b'\n[\n  {\n    "a": 1\n  } ,\n  {"a": 2}\n]\n\n',
    b'{\n  "a": 1\n}\n{\n  "a": 2\n}\n',
    b'{"a": 1}\n{\n"a":\n2}',
    b'\xef\xbb\xbf{"a": 1}\n{"a": 2}\n',
    b'\xef\xbb\xbf[{"a": 1},{"a": 2}]',
]


@pytest.mark.parametrize("text", RECORDS)
@pytest.mark.parametrize("batch_bytes", [1, 10, 64, 100, 8 << 20])
def test_every_layout_holds_the_same_records(text: bytes, batch_bytes: int) -> None:
    assert values(text, batch_bytes) == [("a", Tag.INTEGER, "1"), ("a", Tag.INTEGER, "2")]
    assert sum(leaves.records for leaves in read(text, batch_bytes)) == 2


@pytest.mark.parametrize(
    ("number", "tag", "text"),
    [
        ("-0", Tag.INTEGER, "0"),
        ("123456789012345678901234567890", Tag.INTEGER, "123456789012345678901234567890"),
        ("1.0", Tag.INTEGER, "1"),
        ("-0.0", Tag.INTEGER, "0"),
        ("1e3", Tag.INTEGER, "1000"),
        ("1E+22", Tag.INTEGER, "10000000000000000000000"),
        ("1e23", Tag.INTEGER, "99999999999999991611392"),
        ("9007199254740993.0", Tag.INTEGER, "9007199254740992"),
        ("1e-400", Tag.INTEGER, "0"),
        ("1.50", Tag.FLOAT, "1.5"),
        ("-0.000001", Tag.FLOAT, "-0.000001"),
        ("0.0000001", Tag.FLOAT, "1e-7"),
        ("0.1000000000000000055", Tag.FLOAT, "0.1"),
        ("1234567890123.25", Tag.FLOAT, "1234567890123.25"),
        ("5e-324", Tag.FLOAT, "5e-324"),
        ("NaN", Tag.NON_FINITE, "nan"),
        ("Infinity", Tag.NON_FINITE, "inf"),
        ("-Infinity", Tag.NON_FINITE, "-inf"),
        ("true", Tag.BOOLEAN, "true"),
        ("false", Tag.BOOLEAN, "false"),
        ('"2024-01-01"', Tag.STRING, "2024-01-01"),
        ('"1"', Tag.STRING, "1"),
        (r'"\"\\\/\b\f\n\r\t"', Tag.STRING, '"\\/\b\f\n\r\t'),
        (r'"\u0000\u00e9\u20AC\ud83d\uDE00"', Tag.STRING, "\0\u00e9\u20ac\U0001f600"),
        ('"\u007f\u00e9\U0010ffff"', Tag.STRING, "\u007f\u00e9\U0010ffff"),
    ],
)
def test_a_value_has_one_tag_and_text(number: str, tag: Tag, text: str) -> None:
    assert values(f'{{"a": {number}}}'.encode()) == [("a", tag, text)]


def test_null_and_empty_have_no_leaf() -> None:
    (leaves,) = read(b'{"a": null, "b": "", "c": [], "d": {}, "e": [[], {"f": [null, ""]}]}\n{}')
    assert (leaves.records, leaves.paths, leaves.record.tolist()) == (2, (), [0, 0, 0])


def test_positions_count_the_elements_that_are_not_empty() -> None:
    (leaves,) = read(b'{"m": [null, {"c": "x", "t": [[], ["", 1, 2]]}, {}, {"c": "y"}]}')
    places = [
        tuple(leaves.positions[leaves.position[i] : leaves.position[i + 1]].tolist())
        for i in range(leaves.path.size)
    ]
    assert leaves.paths == ("m[].c", "m[].t[][]")
    assert list(zip(leaves.path.tolist(), places, strict=True)) == [
        (0, (0,)),
        (1, (0, 0, 0)),
        (1, (0, 0, 1)),
        (0, (1,)),
    ]


def test_names_are_escaped_in_paths_and_types_may_change() -> None:
    text = b'{"a.b": 1, "c[]": 2, "d\\\\": 3}\n{"a": {"b": 1}, "c": [2], "a.b": "x", "\\u0061\\u0062": true}'
    assert [path for path, _, _ in values(text)] == [r"a\.b", r"c\[\]", r"d\\", "a.b", "c[]", r"a\.b", "ab"]


def test_decoding_twice_gives_the_same() -> None:
    (batch,) = json_batches(io.BytesIO(b'{"a\\n": "b\\n", "c": 1e300, "d": NaN}'), file="f")
    first, second = batch.leaves(), batch.leaves()
    assert [first.text(i) for i in range(3)] == [second.text(i) for i in range(3)]
    assert batch.source_bytes == 36


def test_a_late_column_and_many_names_in_any_block() -> None:
    text = b"".join(b'{"k%d": %d, "deep": {"k%d": [%d]}}\n' % (i, i, i, i) for i in range(5000))
    whole, parts = values(text), values(text, 1000)
    assert whole == parts
    assert whole[2 * 4321] == ("k4321", Tag.INTEGER, "4321")
    assert whole[2 * 4321 + 1] == ("deep.k4321[]", Tag.INTEGER, "4321")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b"5", "the row is a number, not an object"),
        (b'"x"', "the row is a string, not an object"),
        (b"null", "the row is null, not an object"),
        (b"true", "the row is a boolean, not an object"),
        (b"[1]", "the row is an array, not an object"),
        (b'{"a": 1, "b": 2, "a": 3}', "the field 'a' occurs twice in one object"),
        (b'{"x": {"a": null, "\\u0061": 3}}', "the field 'a' occurs twice in one object"),
        (b'{"a": 1,}', "found '}' after a comma"),
        (b'{"a": [1,]}', "found ']' after a comma"),
        (b'{"a": 01}', "a number begins with a zero"),
        (b'{"a": -01}', "a number begins with a zero"),
        (b'{"a": +1}', "expected a value, found '+'"),
        (b'{"a": .5}', "expected a value, found '.'"),
        (b'{"a": 1.}', "expected a digit, found '}'"),
        (b'{"a": 1e}', "expected a digit, found '}'"),
        (b'{"a": -}', "expected a digit, found '}'"),
        (b'{"a": 1 // x\n}', "expected a \",\" or the end of the object or array, found '/'"),
        (b'/* x */ {"a": 1}', "expected a record, found '/'"),
        (b"{'a': 1}", 'expected a field name in double quotes, found "\'"'),
        (b'{"a" 1}', "expected a \":\" after a field name, found '1'"),
        (b'{"a": nul}', "expected a value, found '}'"),
        (b'{"a": nan}', "expected a value, found 'a'"),
        (b'{"a": 1e400}', "the number 1e400 is too large for a double"),
        (b'{"a": "\\ud800"}', "half of a surrogate pair"),
        (b'{"a": "\\udc00"}', "half of a surrogate pair"),
        (b'{"a": "\\ud800\\u0041"}', "half of a surrogate pair"),
        (b'{"a": "\\x41"}', "bad escape at 'x'"),
        (b'{"a": "\\u12G4"}', "bad escape at 'G'"),
        (b'{"a": "x\ty"}', "raw control character 0x09"),
        (b'{"a": "x\0y"}', "raw control character 0x00"),
        (b'{"a": "x\n"}', "a string is not closed on its line"),
        (b'{"a": "caf\xe9"}', "byte 0xe9 is not valid UTF-8"),
        (b'{"a": "\xc0\x80"}', "byte 0xc0 is not valid UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "byte 0xed is not valid UTF-8"),
        (b'{"a": "\xf4\x90\x80\x80"}', "byte 0xf4 is not valid UTF-8"),
        (b'{"a": "\xe2\x82"}', "byte 0xe2 is not valid UTF-8"),
        (b'{"\xff": 1}', "byte 0xff is not valid UTF-8"),
        (b'{"a": [1}', "expected a \",\" or the end of the object or array, found '}'"),
        (b'{"a": ' + b"[" * 512 + b"]" * 512 + b"}", "more than 512 objects and arrays"),
        (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, "more than 512 objects and arrays"),
    ],
)
@pytest.mark.parametrize("batch_bytes", [50, 8 << 20])
def test_what_is_wrong_is_said_with_its_row(bad: bytes, said: str, batch_bytes: int) -> None:
    """Line numbers for sequences of records, element numbers for arrays."""
    good = b'{"a": "\xc3\xa9", "b": [{"c": "\\n"}]}'
    lines = refusal(b"\n".join([good, b"", good, bad, good, good]), batch_bytes)
    assert lines.row == 4
    assert str(lines).startswith("d/f.json, row 4: ")
    assert said in str(lines)
    array = refusal(b"[" + b",\n\n".join([good, good, bad, good]) + b"]", batch_bytes)
    assert array.row == 3
    assert said in str(array)


@pytest.mark.parametrize("batch_bytes", [1, 70, 8 << 20])
def test_a_file_that_ends_too_early_is_refused(batch_bytes: int) -> None:
    text = b'{"a": "\\u00e9\\ud83d\\ude00", "b": [true, {"c": -1.5e+10, "d": null}]}'
    for end in range(1, len(text)):
        error = refusal(b'{"z": 1}\n' + text[:end], batch_bytes)
        assert (error.row, "ends inside" in str(error)) == (2, True), (end, str(error))
        assert refusal(b'[{"z": 1},' + text[:end], batch_bytes).row == 2
    for unclosed in (b"[", b"[" + text, b"[" + text + b", ", b"[" + text + b"\n"):
        assert "ends inside it" in str(refusal(unclosed, batch_bytes))


@pytest.mark.parametrize("text", [b"", b" \n\r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"[]", b" [ ] \n"])
def test_a_file_without_records_is_refused(text: bytes) -> None:
    assert "holds no records" in str(refusal(text))


@pytest.mark.parametrize("batch_bytes", [1, 8 << 20])
@pytest.mark.parametrize("rest", [b"x", b"]", b'{"a": 1}', b",", b"\n\n[]", b"\0"])
def test_nothing_may_follow_an_array(rest: bytes, batch_bytes: int) -> None:
    assert "after the end of the array" in str(refusal(b'[{"a": 1}] ' + rest, batch_bytes))


@pytest.mark.parametrize(
    "text", [b'[{"a": 1},]', b'[{"a": 1},\n\n]', b"[,]", b'[,{"a": 1}]', b'[{"a": 1} {"a": 2}]']
)
@pytest.mark.parametrize("batch_bytes", [1, 8 << 20])
def test_an_array_has_one_comma_between_records(text: bytes, batch_bytes: int) -> None:
    refusal(text, batch_bytes)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_other_unicode_encodings_are_refused_with_a_hint(encoding: str) -> None:
    error = refusal('[{"a": 1}]'.encode(encoding))
    assert "UTF-16" in str(error)
    assert "iconv" in str(error.hint)


@pytest.mark.parametrize(
    "start", [b'{"a": "', b'[{"a": 1}, {"a": "', b'{"a": 1}\n{"b": [', b"[[", b"{", b'{"a": 1}\n{"a": 1']
)
def test_an_endless_record_ends_at_the_limit(start: bytes) -> None:
    byte = b"1" if start.endswith(b"1") else b" " if start.endswith((b"{", b"[")) else b"x"
    stream = Endless(start, byte)
    limit = 3_000_000
    batches = json_batches(cast("BinaryIO", stream), file="f", batch_bytes=100_000, max_record_bytes=limit)
    tracemalloc.start()
    try:
        with pytest.raises(SourceError) as caught:
            deque((batch.leaves() for batch in batches), maxlen=0)
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
    finally:
        tracemalloc.stop()
    assert stream.given < 2 * limit
    assert caught.value.row == start.count(b"\n") + start.count(b"}") * start.startswith(b"[") + 1
    assert start == b"[[" or "longer than 3000000 bytes" in str(caught.value)


def test_the_longest_record_is_the_same_in_any_block() -> None:
    text = b'{"a": "%s"}' % (b"x" * 90)
    for batch_bytes in (10, 1000):
        assert len(read(text + b"\n" + text, batch_bytes, len(text))) in {1, 2}
        with pytest.raises(SourceError, match="longer than 98 bytes"):
            read(text + b"\n" + text, batch_bytes, len(text) - 1)


def test_what_is_not_json_is_seen_at_once() -> None:
    for junk in (b"\x89PNG", b"x", b"5, ", b'"', b"<html>"):
        stream = Endless(junk, b"7")
        with pytest.raises(SourceError):
            list(json_batches(cast("BinaryIO", stream), file="f", batch_bytes=1000))
        assert stream.given < 100_000


def test_hostile_nesting_of_lists_is_refused() -> None:
    """Each value of a list 500 deep has 500 positions: 8 MB of text would become gigabytes."""
    text = b'{"a": ' + b"[" * 500 + b"1," * 5000 + b"1" + b"]" * 500 + b"}"
    assert "deeply nested" in str(refusal(text))


def test_hostile_names_are_refused() -> None:
    """A long name above many short ones would be written out for each of them."""
    names = b",".join(b'"%d":1' % i for i in range(3000))
    assert "field names" in str(refusal(b'{"%s": {%s}}' % (b"x" * 200_000, names)))


def test_streams_without_readinto_are_read_too() -> None:
    class Plain:
        def __init__(self, pieces: Iterator[bytes]) -> None:
            self.pieces = pieces

        def read(self, _size: int) -> bytes:
            return next(self.pieces, b"")

    stream = Plain(iter([b'{"a"', b": 1}\n", b'{"a": 2}']))
    assert sum(b.leaves().records for b in json_batches(cast("BinaryIO", stream), file="f")) == 2


def test_works_where_no_cache_can_be_written(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    shutil.copytree(root / "registry", tmp_path / "registry", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "registry/sources/json/__pycache__").touch()
    (tmp_path / "file").touch()
    nowhere = str(tmp_path / "file" / "cache")
    program = (
        "import io\n"
        "from registry.sources.json import utf8\n"
        "from registry.sources.json.reader import json_batches\n"
        "print(next(json_batches(io.BytesIO(b'{}'), file='f')).leaves().records, utf8.__file__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"HOME": nowhere, "XDG_CACHE_HOME": nowhere, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout == f"1 {tmp_path / 'registry/sources/json/utf8.py'}\n", done.stderr
