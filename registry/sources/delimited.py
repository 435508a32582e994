"""CSV and TSV (RFC 4180) as strings, cut at record ends and parsed on the worker.

Read here and not through `datasets`: its reader drops cells of long rows, fills short ones, loses a repeated
column, and takes 10,000 rows at once however long they are.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from registry.errors import SourceError
from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I64, U8, Leaves
from registry.sources.arrow import leaves_of
from registry.sources.failures import not_utf8, reading

MAX_RECORD_BYTES = 512 << 20
BATCH_BYTES = 8 << 20
_BOM = b"\xef\xbb\xbf"
_FIELD, _PLAIN, _QUOTED, _CLOSING = 0, 1, 2, 3
_END, _ROWS, _STATE, _OPENED = 0, 1, 2, 3
_LF, _CR, _QUOTE = 10, 13, 34
_RAGGED = re.compile(r"Row #(\d+): Expected (\d+) columns, got (\d+)")
_HEADER = "write the names of the columns into the first row"
_CLOSE = 'close every quoted cell with ", and write a quotation mark inside as ""'


@dataclass(frozen=True, slots=True)
class DelimitedBatch:
    """Some whole records, not yet parsed; `first_row` counts records from 1, the header included."""

    file: str
    source_bytes: int
    content: bytes
    names: tuple[str, ...]
    delimiter: str
    first_row: int

    def leaves(self) -> Leaves:
        """Every cell as a string. Raises `SourceError` with the row of a ragged row or of invalid UTF-8."""
        columns = [str(number) for number in range(len(self.names))]
        with reading(self.file, self.first_row):
            try:
                table = arrow_csv.read_csv(
                    io.BytesIO(self.content),
                    arrow_csv.ReadOptions(
                        column_names=columns, use_threads=False, block_size=len(self.content) + 1
                    ),
                    arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True),
                    arrow_csv.ConvertOptions(
                        column_types=dict.fromkeys(columns, pa.string()),
                        strings_can_be_null=False,
                        check_utf8=False,
                    ),
                )
            except pa.ArrowInvalid as error:
                raise self._refused(error) from error
        return leaves_of(table.rename_columns(list(self.names)), file=self.file, first_row=self.first_row)

    def _refused(self, error: pa.ArrowInvalid) -> Exception:
        """What Arrow's parser says: rows that are no UTF-8 can also look ragged."""
        try:
            self.content.decode()
        except UnicodeDecodeError as fault:
            before = self.content[: fault.start]
            row = self.first_row + int(_scanned(before, self.delimiter)[_ROWS])
            return not_utf8(self.file, row)
        found = _RAGGED.search(str(error))
        if found is None:
            return error
        row, expected, cells = map(int, found.groups())
        return SourceError(
            f"has {cells} cells where the header has {expected}",
            file=self.file,
            row=self.first_row - 1 + row,
            hint="quote cells that hold the delimiter or line breaks",
        )


@compiled
def _scan(data: U8, delimiter: int, found: I64) -> None:
    """Go over `data`, whose first byte begins a record.

    found: the end of the last whole record, how many there are (empty lines are none), the state at the end,
    and where the last quoted cell opened.
    """
    state, length = _FIELD, 0
    for i in range(data.size):
        byte = data[i]
        if state != _QUOTED and byte in (_LF, _CR):
            found[_ROWS] += length > 0
            found[_END] = i + 1
            state, length = _FIELD, 0
            continue
        length += 1
        if byte == _QUOTE and state != _PLAIN:
            if state == _FIELD:
                found[_OPENED] = i
            state = _CLOSING if state == _QUOTED else _QUOTED
        elif state != _QUOTED:
            state = _FIELD if byte == delimiter else _PLAIN
    found[_STATE] = state


def delimited_batches(
    stream: BinaryIO,
    delimiter: str,
    *,
    file: str,
    batch_bytes: int = BATCH_BYTES,
    max_record_bytes: int = MAX_RECORD_BYTES,
) -> Iterator[DelimitedBatch]:
    """The records below the header row. A byte order mark is skipped, empty lines are no records.

    Raises `SourceError` where there is no header, a quoted cell never ends, or a record is longer than
    `max_record_bytes`.
    """
    names: tuple[str, ...] = ()
    for content, row, taken in _whole_records(stream, delimiter, file, batch_bytes, max_record_bytes):
        if names:
            yield DelimitedBatch(file, taken, content, names, delimiter, row)
            continue
        header, body = _split_header(content, delimiter)
        names = _names(header, delimiter, file)
        if _scanned(body, delimiter)[_ROWS]:
            yield DelimitedBatch(file, taken, body, names, delimiter, row + 1)
    if not names:
        raise SourceError(
            "has no header row", file=file, hint="the first row of a CSV file names its columns"
        )


def _whole_records(
    stream: BinaryIO, delimiter: str, file: str, batch_bytes: int, max_record_bytes: int
) -> Iterator[tuple[bytes, int, int]]:
    """(some whole records, the number of the first, bytes taken from the stream for them)."""
    held, row = stream.read(len(_BOM)), 1
    taken = len(held)
    held = held.removeprefix(_BOM)
    # Reading as much as is held keeps the copying linear however long a record is.
    while block := stream.read(max(batch_bytes, min(len(held), max_record_bytes))):
        held += block
        taken += len(block)
        end, rows, _, _ = _scanned(held, delimiter).tolist()
        if rows:
            yield held[:end], row, taken
            row, taken = row + rows, 0
        elif len(held) > max_record_bytes:
            raise SourceError(
                f"holds a record of more than {max_record_bytes >> 20} MB", file=file, row=row, hint=_CLOSE
            )
        held = held[end:]
    _, _, state, opened = _scanned(held, delimiter).tolist()
    if state == _QUOTED:
        start = held[opened:][:40].decode("utf-8", "replace").splitlines()[0]
        raise SourceError(
            f"ends inside a quoted cell that begins with {start!r}", file=file, row=row, hint=_CLOSE
        )
    if held:
        yield held, row, taken


def _scanned(content: bytes, delimiter: str) -> I64:
    found = np.zeros(4, np.int64)
    _scan(np.frombuffer(content, np.uint8), ord(delimiter), found)
    return found


def _split_header(content: bytes, delimiter: str) -> tuple[bytes, bytes]:
    """(first record that is not an empty line, what follows it)."""
    content = content.lstrip(b"\r\n")
    view = np.frombuffer(content, np.uint8)
    for end in (np.flatnonzero((view == _LF) | (view == _CR)) + 1).tolist():
        if _scanned(content[:end], delimiter)[_END] == end:
            return content[:end], content[end:]
    return content, b""


def _names(header: bytes, delimiter: str, file: str) -> tuple[str, ...]:
    with reading(file, 1):
        text = header.decode()
        try:
            names = tuple(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), ()))
        except csv.Error as error:
            raise SourceError(f"has a header that cannot be read: {error}", file=file, row=1) from error
    if not any(name.strip() for name in names):
        raise SourceError("has no header row", file=file, hint=_HEADER)
    return names
