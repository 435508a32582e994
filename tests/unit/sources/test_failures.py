import errno
import zlib
from pathlib import Path

import pyarrow as pa
import pytest

from registry.errors import RefusedError, SourceError
from registry.sources.failures import reading, source_error
from registry.sources.interface import ReadOptions
from registry.sources.open import open_source


class _Foreign:
    """Errors as libraries define them, without importing these."""

    def __init__(self, module: str, name: str, base: type[Exception] = Exception) -> None:
        self.error: Exception = type(name, (base,), {"__module__": module})("what it says\nand more")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            pa.ArrowInvalid("Parquet magic bytes not found\nmore"),
            "cannot be read: Parquet magic bytes not found",
        ),
        (UnicodeDecodeError("utf-8", b"\xe9t\xe9", 0, 1, "invalid"), "is not valid UTF-8"),
        (UnicodeDecodeError("utf-8", b"\xff\xfea\0", 0, 1, "invalid"), "is UTF-16, not UTF-8"),
        (EOFError("Compressed file ended"), "ends too early"),
        (zlib.error("Error -3"), "is not what it was compressed as: Error -3"),
        (StopIteration(), "is empty"),
        (RecursionError("deep"), "is nested too deeply"),
        (MemoryError(), "needs more memory than there is"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "does not exist"),
        (PermissionError(errno.EACCES, "denied"), "may not be read"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read: Input/output error"),
        (ConnectionError("refused"), "cannot be reached"),
        (_Foreign("pandas.errors", "EmptyDataError", ValueError).error, "is empty"),
        (_Foreign("pandas.errors", "ParserError", ValueError).error, "cannot be read: what it says"),
        (_Foreign("datasets.table", "CastError", ValueError).error, "cannot be read: what it says"),
        (_Foreign("huggingface_hub.errors", "GatedRepoError").error, "is gated"),
        (_Foreign("fsspec.exceptions", "FSTimeoutError").error, "did not answer in time"),
    ],
)
def test_foreign_errors_name_file_cause_and_remedy(error: Exception, said: str) -> None:
    with pytest.raises(SourceError) as found, reading("a.csv", 7):
        raise error
    assert str(found.value) == f"a.csv, row 7: {said}"
    assert found.value.hint
    assert found.value.__cause__ is error


def test_a_generator_that_stops_for_nothing_is_an_empty_file() -> None:
    error = RuntimeError("generator raised StopIteration")
    error.__cause__ = StopIteration()
    assert str(source_error(error, "a.jsonl")) == "a.jsonl: is empty"


def test_a_generation_error_is_its_cause() -> None:
    error = _Foreign("datasets.exceptions", "DatasetGenerationError").error
    error.__cause__ = UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "invalid")
    assert str(source_error(error, "a.txt")) == "a.txt: is not valid UTF-8"


@pytest.mark.parametrize("error", [ValueError("bug"), TypeError("bug"), RuntimeError("bug")])
def test_mistakes_of_ours_are_not_blamed_on_the_file(error: Exception) -> None:
    with pytest.raises(type(error), match="bug"), reading("a.csv"):
        raise error


def test_our_own_errors_pass() -> None:
    with pytest.raises(RefusedError), reading("a.csv"):
        raise RefusedError("no")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n3\n", "a.csv, row 3: has 1 cells where the header has 2"),
        (b"a,b\n\n1,2\n\n3,4,5\n", "a.csv, row 3: has 3 cells where the header has 2"),
        (b'a,b\n"x\ny",2\n3\n', "a.csv, row 3: has 1 cells where the header has 2"),
        (b'a,b\n1,"x\n2,y\n', "a.csv, row 2: ends inside a quoted cell that begins with '\"x'"),
        (b"a,b\n1,2\n\xff,2\n", "a.csv, row 3: holds text that is not valid UTF-8"),
        (b"a,b\n1,2\n\xff\n", "a.csv, row 3: is not valid UTF-8"),
        (b"\n\n", "a.csv: has no header row"),
        ("a,b\n1,2\n".encode("utf-16"), "a.csv, row 1: is UTF-16, not UTF-8"),
    ],
)
def test_csv_errors_name_their_row(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    batches = open_source([str(tmp_path / "a.csv")], ReadOptions()).batches()
    with pytest.raises(SourceError) as error:
        [batch.leaves() for batch in batches]
    assert str(error.value) == said


@pytest.mark.parametrize(
    ("content", "records"),
    [
        (b"\xef\xbb\xbfa,b\r\n1,2\r\n", [["1", "2"]]),
        (b"a,b\r1,2\r", [["1", "2"]]),
        (b'a,b\n"l1\r\nl2","say ""no"""\n', [["l1\r\nl2", 'say "no"']]),
        (b'a,b\nx"y,5" disk\n', [['x"y', '5" disk']]),
        (b"a,b\nx\x00y,2", [["x\x00y", "2"]]),
        (b"a,a\n1,2\n", [["1", "2"]]),
        (b"a,,b\n007,NA,1e5\n", [["007", "NA", "1e5"]]),
        (b"a,b\n,\n1,\n", [[], ["1"]]),
        (b"a,b\n" + b"x" * 300_000 + b",2\n", [["x" * 300_000, "2"]]),
        (b"a,b\n", []),
    ],
)
def test_csv_cells_are_what_is_written(tmp_path: Path, content: bytes, records: list[list[str]]) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    found = []
    for batch in open_source([str(tmp_path / "a.csv")], ReadOptions()).batches():
        leaves = batch.leaves()
        found += [
            [leaves.text(i) for i in range(leaves.record[record], leaves.record[record + 1])]
            for record in range(leaves.records)
        ]
    assert found == records
