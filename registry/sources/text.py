"""Text files as records: whole documents, paragraphs or lines, as views of the bytes read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
import pyarrow as pa

from registry.domain.dataset import SplitText
from registry.errors import SourceError
from registry.fingerprint.leaves import I64, U8, Leaves, Tag
from registry.sources.failures import not_utf8

FIELD = "text"
MAX_RECORD_BYTES = 512 << 20
BATCH_BYTES = 8 << 20
_BOM = b"\xef\xbb\xbf"
_NEWLINE, _RETURN = 10, 13
_BLANK = np.zeros(256, np.bool_)
_BLANK[list(b" \t\n\r\f\v")] = True


@dataclass(frozen=True, slots=True)
class TextBatch:
    """Some whole records of a text file, not yet looked at; `first_line` is the number of its first line."""

    file: str
    source_bytes: int
    content: bytes
    split: SplitText
    first_line: int

    def leaves(self) -> Leaves:
        """One leaf `text` a record. Raises `SourceError` with the line where it is no UTF-8."""
        self._check_utf8()
        data = np.frombuffer(self.content, np.uint8)
        start, stop = _records(data, self.split)
        count = start.size
        return Leaves(
            records=count,
            paths=(FIELD,) if count else (),
            record=np.arange(count + 1, dtype=np.int64),
            path=np.zeros(count, np.int32),
            tag=np.full(count, Tag.STRING, np.uint8),
            start=start,
            stop=stop,
            data=data,
            position=np.zeros(count + 1, np.int64),
            positions=np.empty(0, np.uint32),
        )

    def _check_utf8(self) -> None:
        borders = pa.py_buffer(np.array([0, len(self.content)], np.int64).tobytes())
        try:
            pa.LargeStringArray.from_buffers(1, borders, pa.py_buffer(self.content)).validate(full=True)
        except pa.ArrowInvalid as error:
            raise not_utf8(self.file, self._line_of_fault(), self.content[:2]) from error

    def _line_of_fault(self) -> int:
        try:
            self.content.decode()
        except UnicodeDecodeError as error:
            return self.first_line + self.content.count(b"\n", 0, error.start)
        return self.first_line


def text_batches(
    stream: BinaryIO,
    split: SplitText,
    *,
    file: str,
    batch_bytes: int = BATCH_BYTES,
    max_record_bytes: int = MAX_RECORD_BYTES,
) -> Iterator[TextBatch]:
    """The records of a UTF-8 text: document (the whole), paragraph (between blank lines), line (not empty).

    A byte order mark is skipped; line ends inside a paragraph stay as they are, those after it are no part
    of it.
    Raises `SourceError` where a record is longer than `max_record_bytes`.
    """
    held, line = stream.read(len(_BOM)), 1
    taken = len(held)
    held = held.removeprefix(_BOM)
    # Reading as much as is held keeps the copying linear however long a record is.
    while block := stream.read(max(batch_bytes, min(len(held), max_record_bytes))):
        held += block
        taken += len(block)
        if cut := _last_border(held, split):
            if not (content := held[:cut]).isspace():
                yield TextBatch(file, taken, content, split, line)
            line += held.count(b"\n", 0, cut)
            held, taken = held[cut:], 0
        elif len(held) > max_record_bytes:
            raise SourceError(
                f"holds a {split} of more than {max_record_bytes >> 20} MB",
                file=file,
                row=line,
                hint="split the file, or read it by --split-text paragraph or line",
            )
    if held and not held.isspace():
        yield TextBatch(file, taken, held, split, line)


def _last_border(content: bytes, split: SplitText) -> int:
    """Where the last record that surely ended in `content` is over; 0 where none did."""
    if split is SplitText.DOCUMENT:
        return 0
    if split is SplitText.LINE:
        return content.rfind(b"\n") + 1
    end = content.rfind(b"\n")
    while end > 0:
        before = content.rfind(b"\n", 0, end)
        if not content[before + 1 : end].strip():
            return end + 1
        end = before
    return 0


def _records(data: U8, split: SplitText) -> tuple[I64, I64]:
    """Byte ranges of the records."""
    if split is SplitText.DOCUMENT:
        blank = data.size == 0 or bool(_BLANK[data].all())
        return np.zeros(0 if blank else 1, np.int64), np.full(0 if blank else 1, data.size, np.int64)
    start, stop = _lines(data)
    if split is SplitText.LINE:
        keep = stop > start
        return start[keep], stop[keep]
    return _paragraphs(data, start, stop)


def _lines(data: U8) -> tuple[I64, I64]:
    """Byte ranges of all lines without their ends (LF or CR LF)."""
    ends = np.flatnonzero(data == _NEWLINE)
    if data.size and data[-1] != _NEWLINE:
        ends = np.append(ends, data.size)
    start = np.concatenate([np.zeros(min(1, ends.size), np.int64), ends[:-1] + 1])
    has_return = (ends > start) & (data[np.maximum(ends - 1, 0)] == _RETURN)
    return start, ends - has_return


def _paragraphs(data: U8, start: I64, stop: I64) -> tuple[I64, I64]:
    """Byte ranges of the runs of lines that are not blank."""
    if start.size == 0:
        return start, stop
    written = np.add.reduceat(~_BLANK[data], start, dtype=np.int64) > 0
    opens = written & ~np.concatenate([[False], written[:-1]])
    closes = written & ~np.concatenate([written[1:], [False]])
    return start[opens], stop[closes]
