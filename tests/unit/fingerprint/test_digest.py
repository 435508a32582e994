"""Record digests: the format to the byte, and the same ones on every machine."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray

from registry.fingerprint import digest, sha256
from registry.fingerprint.digest import PREFIX, record_digests
from registry.fingerprint.leaves import Leaves, Tag
from tests.unit.fingerprint.batches import ROOT, python

Leaf: TypeAlias = tuple[str, tuple[int, ...], Tag, bytes]


def leaves_of(records: Sequence[Sequence[Leaf]], paths: Sequence[str] | None = None) -> Leaves:
    """Records of (path, positions, tag, value) as a batch, the leaves in the order given."""
    flat = [leaf for record in records for leaf in record]
    names = list(dict.fromkeys(paths or [path for path, *_ in flat]))
    ends = np.cumsum([0, *(len(value) for *_, value in flat)], dtype=np.int64)
    return Leaves(
        records=len(records),
        paths=tuple(names),
        record=np.cumsum([0, *map(len, records)], dtype=np.int64),
        path=np.array([names.index(path) for path, *_ in flat], np.int32),
        tag=np.array([tag for _, _, tag, _ in flat], np.uint8),
        start=ends[:-1],
        stop=ends[1:],
        data=np.frombuffer(b"".join(value for *_, value in flat), np.uint8),
        position=np.cumsum([0, *(len(at) for _, at, _, _ in flat)], dtype=np.int64),
        positions=np.array([place for _, at, _, _ in flat for place in at], np.uint32),
    )


def expected(record: Sequence[Leaf]) -> bytes:
    """The digest as specified, by hashlib and Python's own order of tuples."""
    message = PREFIX
    ordered = sorted((path.encode(), positions, tag, value) for path, positions, tag, value in record)
    for path, positions, tag, value in ordered:
        message += len(path).to_bytes(4, "little") + path + len(positions).to_bytes(4, "little")
        message += b"".join(place.to_bytes(4, "little") for place in positions)
        message += bytes([tag]) + len(value).to_bytes(8, "little") + value
    return hashlib.sha256(message).digest()


def digests_of(records: Sequence[Sequence[Leaf]]) -> list[bytes]:
    return [row.tobytes() for row in record_digests(leaves_of(records))]


def text(path: str, value: str | bytes, *positions: int) -> Leaf:
    return path, positions, Tag.STRING, value.encode() if isinstance(value, str) else value


def test_the_format_to_the_byte() -> None:
    record = [text("b[]", "é", 7), ("a", (), Tag.INTEGER, b"-1")]
    message = (
        b"record-digest/1\n"
        b"\x01\0\0\0a"
        b"\0\0\0\0"
        b"\x02"
        b"\x02\0\0\0\0\0\0\0-1"
        b"\x03\0\0\0b[]"
        b"\x01\0\0\0\x07\0\0\0"
        b"\x01"
        b"\x02\0\0\0\0\0\0\0\xc3\xa9"
    )
    assert digests_of([record]) == [hashlib.sha256(message).digest()]
    assert digests_of([record])[0].hex() == "014993d978a8ea8b90e6ad9017cb0119ba1ca92b0853bbd4e4aaed2ff8971082"


def test_a_record_without_leaves_is_the_prefix_alone() -> None:
    record = [text("a", "x")]
    empty = hashlib.sha256(PREFIX).digest()
    assert digests_of([[], record, []]) == [empty, expected(record), empty]
    assert digests_of([[]]) == [empty]
    assert record_digests(leaves_of([])).shape == (0, 32)


@pytest.mark.parametrize("size", [*range(8100, 8200), 100_000])
def test_values_around_the_size_of_the_buffer(size: int) -> None:
    record = [text("long", b"\xff" * size), text("next[]", "y", 3, 4)]
    assert digests_of([record]) == [expected(record)]


def test_paths_come_in_the_order_of_their_bytes() -> None:
    names = ["é", "z", "", "a", "aa", "a.b", "Z", "\U0001f600", "\uffff"]
    record = [text(name, "x") for name in names]
    assert digests_of([record]) == [expected(record)]


def test_lists_out_of_order_and_repeated_leaves() -> None:
    record = [text("a[]", str(place % 7), place % 50) for place in range(300, 0, -1)] * 2
    assert digests_of([record]) == [expected(record)]
    assert digests_of([record[:300]]) != digests_of([record])


def test_a_long_record_of_interleaved_lists() -> None:
    record = [text(f"messages[].{name}", "x", place) for place in range(2000) for name in ("role", "content")]
    assert digests_of([record]) == [expected(record)]


def test_what_belongs_together_is_not_interchangeable() -> None:
    records: list[list[Leaf]] = [
        [text("ab", "c")],
        [text("a", "bc")],
        [("ab", (), Tag.BINARY, b"c")],
        [text("ab", "c", 0)],
        [text("ab", "c", 1)],
        [text("ab", "c", 0, 1)],
        [text("ab", "c"), text("ab", "c")],
    ]
    assert len(set(digests_of(records))) == len(records)


def test_read_only_and_strided_arrays_need_no_second_compilation() -> None:
    leaves = leaves_of([[text("a", "x"), text("b", "y")]])
    writable = replace(leaves, data=leaves.data.copy())
    strided = replace(leaves, tag=np.repeat(leaves.tag, 2)[::2])
    results = {record_digests(each).tobytes() for each in (leaves, writable, strided)}
    assert len(results) == 1
    assert len(digest._digest_records.signatures) == 1


def test_threads_do_not_disturb_each_other() -> None:
    batches = [leaves_of([[text("a", f"{i}-{j}")] for j in range(200)]) for i in range(16)]
    alone = [record_digests(each).tobytes() for each in batches]
    with ThreadPoolExecutor(4) as pool:
        assert [found.tobytes() for found in pool.map(record_digests, batches)] == alone


def padded(message: bytes) -> NDArray[np.uint8]:
    end = b"\x80" + bytes(-(len(message) + 9) % 64) + (8 * len(message)).to_bytes(8, "big")
    return np.frombuffer(message + end, np.uint8)


@pytest.mark.parametrize("by", ["portable", "instructions"])
def test_both_ways_of_sha256_equal_hashlib(by: str) -> None:
    if by == "instructions" and not sha256.has_sha_instructions():
        pytest.skip("this CPU has no SHA instructions")
    compress = getattr(sha256, f"compress_{'by_' if by == 'instructions' else ''}{by}")
    for size in [*range(301), 4095, 4096, 10_000]:
        message = np.random.default_rng(size).bytes(size)
        state, data = sha256.INITIAL.copy(), padded(message)
        compress(state, data, 0, len(data) // 64)
        assert state.astype(">u4").tobytes() == hashlib.sha256(message).digest(), size


@pytest.mark.parametrize("by", ["portable", "by_instructions"])
def test_two_messages_side_by_side_are_as_each_alone(by: str) -> None:
    if by == "by_instructions" and not sha256.has_sha_instructions():
        pytest.skip("this CPU has no SHA instructions")
    one, other = sha256.INITIAL.copy(), sha256.INITIAL.copy()
    message = np.random.default_rng(0).integers(0, 256, 64 * 9, np.uint8)
    getattr(sha256, f"_two_{by}")(one, message, 64, other, message, 192, 5)
    for state, at in ((one, 64), (other, 192)):
        alone = sha256.INITIAL.copy()
        sha256.compress(alone, message, at, 5)
        assert state.tolist() == alone.tolist()


def test_records_of_all_sizes_side_by_side() -> None:
    """Those that end about where the buffer does, too."""
    whole = digest._BUFFER
    sizes = [1, whole, 3, 3 * whole, *range(whole - 90, whole - 20), 5, 2 * whole - 50, 70, 0, 64]
    records = [[text("a", "x" * size)] if size else [] for size in sizes]
    assert digests_of(records) == [expected(record) for record in records]
    assert digests_of(records[::-1]) == [expected(record) for record in records[::-1]]


RECORDS = {size: [text("a", "x" * size)] for size in [*range(1, 130), 9_000, 20_000]}


def test_a_cpu_without_sha_instructions_gives_the_same() -> None:
    """Every place where a message may end in a block, and more than the buffer holds."""
    code = (
        "from tests.unit.fingerprint.test_digest import *\n"
        "print(sha256.has_sha_instructions(), sha256.compress is sha256.compress_portable)\n"
        "print(*(digests_of([RECORDS[size]])[0].hex() for size in RECORDS))"
    )
    plain = python(code, NUMBA_CPU_NAME="generic")
    assert plain.splitlines() == [
        "False True",
        " ".join(expected(record).hex() for record in RECORDS.values()),
    ]


def test_without_any_writable_cache_directory_it_still_works(tmp_path: Path) -> None:
    (tmp_path / "kernels.py").write_text(
        "from registry.fingerprint.compiled import compiled\n@compiled\ndef double(x):\n    return 2 * x\n"
    )
    (tmp_path / "__pycache__").touch()
    printed = python(
        "import kernels; print(kernels.double(21), kernels.double._cache.__class__.__name__)",
        PYTHONPATH=f"{ROOT}{os.pathsep}{tmp_path}",
        XDG_CACHE_HOME=str(tmp_path / "kernels.py" / "no"),
    )
    assert printed == "42 NullCache"
