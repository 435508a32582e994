"""What every format promises alike: the same records, the same errors, whatever holds them."""

import itertools
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from registry.domain.dataset import SplitText
from registry.errors import SourceError
from registry.fingerprint.leaves import Leaves
from registry.sources.interface import ReadOptions
from registry.sources.open import open_source
from tests.builders import COMPRESSORS, WRITERS, Records, save_to_disk, write

FLAT = [
    {"id": "1", "text": 'He said "no",\nand left\r\n', "license": "MIT"},
    {"id": "2", "text": "日本語 🙂 e\u0301", "license": ""},
    {"id": "007", "text": "NA", "license": "null"},
    {"id": "3", "text": " \t padded ", "license": "2024-01-01"},
    {"id": "", "text": "", "license": ""},
    {"id": "4", "text": "a\x00b", "license": "1e5"},
]
NESTED: list[dict[str, Any]] = [
    {"id": 1, "messages": [{"role": "user", "content": "hi"}, {"role": "bot", "content": ""}], "score": 0.5},
    {"id": 2**53, "messages": [], "score": None, "tags": ["a", "", "b"]},
    {"id": -3, "messages": [{"role": "", "content": ""}, {"role": "user", "content": "x"}], "tags": None},
]
NESTING = [".jsonl", ".json", ".parquet", ".arrow", ".ipc", ".feather"]

Leaf = tuple[str, tuple[int, ...], int, bytes]


def record_leaves(leaves: Leaves) -> list[list[Leaf]]:
    """For each record its leaves (path, positions, tag, value), sorted."""
    return [
        sorted(
            (
                leaves.paths[leaves.path[i]],
                tuple(leaves.positions[leaves.position[i] : leaves.position[i + 1]].tolist()),
                int(leaves.tag[i]),
                leaves.data[leaves.start[i] : leaves.stop[i]].tobytes(),
            )
            for i in range(first, last)
        )
        for first, last in itertools.pairwise(leaves.record.tolist())
    ]


def read(path: Path, options: ReadOptions | None = None) -> list[list[Leaf]]:
    batches = open_source([str(path)], options or ReadOptions()).batches()
    return [record for batch in batches for record in record_leaves(batch.leaves())]


@pytest.mark.parametrize("compression", ["", *COMPRESSORS])
@pytest.mark.parametrize("ending", WRITERS)
def test_flat_strings_are_the_same_records_in_every_format(
    tmp_path: Path, ending: str, compression: str
) -> None:
    expected = read(write(tmp_path / "expected.jsonl", FLAT))
    assert read(write(tmp_path / f"found{ending}{compression}", FLAT)) == expected


@pytest.mark.parametrize("ending", NESTING)
def test_nested_values_are_the_same_records_in_every_format(tmp_path: Path, ending: str) -> None:
    expected = read(write(tmp_path / "expected.jsonl", NESTED))
    assert read(write(tmp_path / f"found{ending}", NESTED)) == expected
    assert [len(record) for record in expected] == [5, 3, 3]


@pytest.mark.parametrize("records", [FLAT, NESTED], ids=["flat", "nested"])
def test_a_saved_dataset_holds_the_same_records(tmp_path: Path, records: Records) -> None:
    expected = read(write(tmp_path / "expected.jsonl", records))
    assert read(save_to_disk(tmp_path / "saved", records, shards=2)) == expected


@pytest.mark.parametrize("ending", WRITERS)
def test_batches_name_their_file_and_account_for_its_bytes(tmp_path: Path, ending: str) -> None:
    (tmp_path / "deep").mkdir()
    path = write(tmp_path / "deep" / f"a{ending}", FLAT)
    batches = list(open_source([str(tmp_path)], ReadOptions()).batches())
    assert {batch.file for batch in batches} == {f"deep/a{ending}"}
    assert 0.8 * path.stat().st_size <= sum(batch.source_bytes for batch in batches) <= path.stat().st_size


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet", ".arrow"])
def test_a_late_column_and_another_type_in_another_file_are_fine(tmp_path: Path, ending: str) -> None:
    write(tmp_path / f"a{ending}", [{"a": "1"}])
    write(tmp_path / f"b{ending}", [{"a": 1, "late": "x"}])
    paths = [[leaf[0] for leaf in record] for record in read(tmp_path)]
    assert paths == [["a"], ["a", "late"]]


GARBAGE = bytes(range(1, 256)) * 9
BAD: dict[str, Callable[[str], bytes]] = {
    "empty": lambda _: b"",
    "blank": lambda _: b" \n\r\n \n",
    "garbage": lambda _: GARBAGE,
    "invalid UTF-8": lambda text: text.encode() + b'{"text": "\xff"}\n',
    "Latin-1": lambda text: text.replace("x", "é").encode("latin-1"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "gzip": lambda text: COMPRESSORS[".gz"](text.encode()),
    "Parquet": lambda _: b"PAR1" + GARBAGE,
}
TEXTS = {
    ".jsonl": '{"text": "x"}\n' * 3,
    ".json": '[{"text": "x"}]',
    ".csv": "text,b\nx,1\n",
    ".tsv": "text\tb\nx\t1\n",
    ".txt": "x\n",
    ".xml": "<a><b>x</b></a>",
    ".parquet": "",
    ".arrow": "",
}


@pytest.mark.parametrize("ending", TEXTS)
@pytest.mark.parametrize("kind", BAD)
def test_what_is_not_what_its_ending_says_is_refused_by_name(tmp_path: Path, ending: str, kind: str) -> None:
    if ending == ".xml" and kind == "UTF-16":
        pytest.skip("XML declares its encoding: UTF-16 is allowed")
    path = tmp_path / f"bad{ending}"
    path.write_bytes(BAD[kind](TEXTS[ending]))
    with pytest.raises(SourceError) as error:
        read(path)
    assert error.value.file == f"bad{ending}"


@pytest.mark.parametrize("cut", [1, 9, 40])
@pytest.mark.parametrize(
    "ending", [".parquet", ".arrow", ".feather", *(f".jsonl{end}" for end in COMPRESSORS)]
)
def test_a_truncated_file_is_refused(tmp_path: Path, ending: str, cut: int) -> None:
    path = write(tmp_path / f"a{ending}", FLAT * 20)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(SourceError) as error:
        read(path)
    assert error.value.file == f"a{ending}"


@pytest.mark.parametrize("ending", [*WRITERS, ".txt"])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a{ending}"
    if ending == ".txt":
        path.write_text("text")
    else:
        write(path, FLAT)
    batches = open_source([str(path)], ReadOptions(split_text=SplitText.LINE)).batches()
    next(batches)
    with path.open("ab") as stream:
        stream.write(b"\n")
    with pytest.raises(SourceError, match="changed while it was read"):
        list(batches)


def test_exploded_elements_are_the_records_they_would_be_by_themselves(tmp_path: Path) -> None:
    elements: list[dict[str, Any]] = [{"q": "a", "n": [1, 2]}, {}, {"q": "", "n": [{"deep": "x"}]}]
    nested = write(tmp_path / "nested.json", [{"items": elements[:2]}, {"items": elements[2:]}])
    flat = write(tmp_path / "flat.jsonl", [element for element in elements if element])
    assert read(nested, ReadOptions(explode="items")) == read(flat)


def test_opening_and_reading_files_loads_no_heavy_library(tmp_path: Path) -> None:
    path = write(tmp_path / "a.parquet", FLAT)
    write(tmp_path / "numbers.parquet", [{"a": 1.5}, {"a": 2.0}, {"a": None}])
    numbers = tmp_path / "numbers.jsonl"
    numbers.write_text('{"a": 0.10}\n{"a": 1e3}\n')
    code = (
        "import sys; from registry.sources.open import open_source; from registry.sources.interface import *;"
        f"source = open_source([{str(path)!r}, {str(tmp_path / 'numbers*')!r}], ReadOptions());"
        "[batch.leaves() for batch in source.batches()];"
        "print(*{'datasets', 'pandas', 'huggingface_hub', 'fsspec'} & sys.modules.keys())"
    )
    found = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
