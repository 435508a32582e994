"""JSON files as batches of records: one value after the other (JSON Lines or not), or one array of them."""

from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

from registry.errors import SourceError
from registry.fingerprint.leaves import U8, Batch
from registry.sources.json.batch import JsonBatch
from registry.sources.json.boundaries import SKIM, count_lines, skim
from registry.sources.json.faults import MAX_DEPTH, too_long
from registry.sources.json.scalars import PADDING, skip_blanks

_ARRAY, _ARRAY_END = ord("["), ord("]")
_LOOKED_AT = 1 << 20  # bytes of an endless record that are looked at for what is wrong
_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def json_batches(
    stream: BinaryIO, *, file: str, batch_bytes: int = 8 << 20, max_record_bytes: int = 512 << 20
) -> Iterator[Batch]:
    """The records of a JSON file, in blocks of about `batch_bytes` that end where a record ends.

    `stream` gives decompressed bytes, `file` is the display path. The first byte says what the file is: `[`
    begins an array of records, all else a sequence of them. Numbers, strings and names are read by RFC 8259
    and RFC 7493 (unique names, whole surrogate pairs), with Python's NaN and Infinity besides.
    Raises `SourceError` (here or from `Batch.leaves`) with the element number in an array, the number of the
    line on which the record begins otherwise.
    """
    reader = _Reader(stream, file, batch_bytes, max_record_bytes)
    found = False
    for batch in reader.batches():
        found = True
        yield batch
    if not found:
        raise SourceError("the file holds no records", file=file, hint="leave it out, or get a complete copy")


class _Unread:
    """Bytes of a stream from the first that no batch has taken: `text[:size]`, then `PADDING` zeros."""

    def __init__(self, stream: BinaryIO, room: int) -> None:
        self.stream = stream
        self.room = room
        self.size = 0
        self.ended = False
        self.text = _allocate(room)

    def fill(self, wanted: int) -> None:
        """Read until there are so many bytes, or to the end of the stream."""
        if wanted > self._capacity():
            larger = _allocate(wanted)
            larger[: self.size] = self.text[: self.size]
            self.text = larger
        while self.size < wanted and not self.ended:
            self._read(wanted)
        self.text[self.size : self.size + PADDING] = 0

    def take(self, cut: int) -> U8:
        """Give the buffer away with the bytes before `cut`; the others move to a new one."""
        taken, rest = self.text, self.size - cut
        self.text = _allocate(max(self.room, rest))
        self.text[:rest] = taken[cut : self.size]
        self.size = rest
        taken[cut : cut + PADDING] = 0
        self.text[rest : rest + PADDING] = 0
        return taken

    def drop(self, count: int) -> None:
        """Pass over bytes."""
        rest = self.size - count
        self.text[:rest] = self.text[count : self.size].copy()
        self.size = rest
        self.text[rest : rest + PADDING] = 0

    def drop_blanks(self) -> int:
        """Pass over blanks, reading on while there is nothing else; the number of line ends among them."""
        lines = 0
        while True:
            self.fill(max(self.size, 1))
            blanks = skip_blanks(self.text, 0)
            lines += count_lines(self.text, blanks)
            self.drop(blanks)
            if self.size or self.ended:
                return lines

    def _capacity(self) -> int:
        return int(self.text.size) // 2 - PADDING

    def _read(self, wanted: int) -> None:
        into = getattr(self.stream, "readinto", None)
        if into is not None:
            count = into(self.text.data[self.size : self._capacity()])
        else:
            data = self.stream.read(wanted - self.size)
            count = len(data)
            self.text[self.size : self.size + count] = np.frombuffer(data, np.uint8)
        self.ended = not count
        self.size += count or 0


class _Reader:
    def __init__(self, stream: BinaryIO, file: str, batch_bytes: int, longest: int) -> None:
        self.unread = _Unread(stream, batch_bytes)
        self.file = file
        self.batch_bytes = batch_bytes
        self.longest = longest
        self.row = 1
        self.array = False
        self.opening = True
        self.state = np.zeros(len(SKIM), np.int64)
        self.kinds = np.zeros(MAX_DEPTH, np.uint8)

    def batches(self) -> Iterator[Batch]:
        self._begin()
        while self._find_cut():
            stopped, values = int(self.state[SKIM.STOPPED]), int(self.state[SKIM.VALUES])
            closed = stopped > 0 and self._closes_array(stopped - 1)
            batch = self._take(stopped or int(self.state[SKIM.CUT]))
            if values:
                yield batch
            else:
                batch.leaves()
            if stopped:
                return self._check_end(closed)
        self._check_rest()

    def _find_cut(self) -> bool:
        """Read on until a record is complete, or what cannot go on is found; False at the end of the file."""
        wanted = self.batch_bytes
        while True:
            self.unread.fill(wanted)
            size, ended = self.unread.size, self.unread.ended
            skim(self.unread.text, size, self.batch_bytes, ended, self.state, self.kinds)
            if self.state[SKIM.CUT] or self.state[SKIM.STOPPED]:
                return True
            if ended:
                return False
            self._check_beginning()
            enough = self.longest + max(self.batch_bytes, 2 * PADDING)
            if wanted == enough:
                raise self._too_long()
            wanted = 2 * wanted if 4 * wanted < self.longest else enough

    def _take(self, cut: int) -> JsonBatch:
        """The batch of the bytes before `cut`, which are passed over."""
        text = self.unread.take(cut)
        batch = JsonBatch(self.file, cut, text, cut, self.row, self.array, self.opening, self.longest)
        self.row += int(self.state[SKIM.VALUES] if self.array else count_lines(text, cut))
        self.state[SKIM.AT] -= cut
        self.state[SKIM.CUT] = self.state[SKIM.VALUES] = 0
        self.opening = False
        return batch

    def _closes_array(self, at: int) -> bool:
        return bool(self.array and not self.state[SKIM.DEPTH] and self.unread.text[at] == _ARRAY_END)

    def _check_beginning(self) -> None:
        """Refuse a record that has been read in part if its beginning is wrong."""
        size = min(self.unread.size, _LOOKED_AT)
        text = _allocate(size)
        text[:size] = self.unread.text[:size]
        text[size : size + PADDING] = 0
        fault = JsonBatch(
            self.file, 0, text, size, self.row, self.array, self.opening, self.longest
        ).fault_inside()
        if fault is not None:
            raise fault

    def _too_long(self) -> SourceError:
        text = self.unread.text
        blank_lines = 0 if self.array else int(count_lines(text, skip_blanks(text, 0)))
        message, hint = too_long(self.longest)
        return SourceError(message, file=self.file, row=self.row + blank_lines, hint=hint)

    def _check_rest(self) -> None:
        """What stands at the end of the file without being a whole record: blanks, or an error."""
        self._take(self.unread.size).leaves()
        if self.array:
            raise SourceError(
                "the array of records is not closed: the file ends inside it",
                file=self.file,
                row=self.row,
                hint="get a complete copy of the file",
            )

    def _check_end(self, closed: bool) -> None:
        """Behind the array there may be blanks only."""
        if not closed:
            return
        self.unread.drop_blanks()
        if self.unread.size:
            raise SourceError(
                f"there is more after the end of the array: byte 0x{int(self.unread.text[0]):02x}",
                file=self.file,
                hint="the file may hold one array of records, or one record per line",
            )

    def _begin(self) -> None:
        """See what the file is from its first bytes."""
        self.unread.fill(4)
        head = bytes(self.unread.text[: min(4, self.unread.size)])
        if head.startswith(_OTHER_MARKS) or (len(head) > 1 and b"\0" in head):
            raise SourceError(
                "the file is not UTF-8 (it looks like UTF-16 or UTF-32)",
                file=self.file,
                row=1,
                hint="convert it, e.g. iconv -f UTF-16 -t UTF-8",
            )
        if head.startswith(_UTF8_MARK):
            self.unread.drop(len(_UTF8_MARK))
        lines = self.unread.drop_blanks()
        self.array = bool(self.unread.size and self.unread.text[0] == _ARRAY)
        if self.array:
            self.unread.drop(1)
        else:
            self.row += lines


def _allocate(room: int) -> U8:
    """A buffer for a text of so many bytes, as `JsonBatch.text` wants it."""
    return np.empty(2 * (room + PADDING), np.uint8)
