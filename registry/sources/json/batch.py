"""A block of whole records, and what its bytes say as `Leaves`."""

import secrets
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from registry.errors import SourceError
from registry.fingerprint.leaves import I32, I64, U8, U32, Leaves, escape
from registry.sources.buffers import doubles_of, integers
from registry.sources.json.boundaries import count_lines
from registry.sources.json.faults import FAULT, Place, fault_message
from registry.sources.json.names import NODE, fill_table
from registry.sources.json.parser import STATE, parse
from registry.sources.json.scalars import PADDING, RAW
from registry.sources.json.utf8 import first_invalid
from registry.sources.numbers import float_text

_buffer: Any = pa.py_buffer
_PATH_CHARACTERS = 256 << 20  # of all paths of a batch: deep names in wide objects multiply
_NUMBER_CHARACTERS = 1 << 30  # of all numbers of a batch: 1e300 stands for 301 digits
_WIDEST_NUMBER = 310


@dataclass(frozen=True, slots=True)
class JsonBatch:
    """Consecutive records of one file.

    text:    the block (`size` bytes), `PADDING` zeros, room for as many bytes again, `PADDING`
    row:     number of the first record of an array, of the first line otherwise
    array:   whether the records are the elements of one array, each but the first behind its comma
    opening: nothing of the array stands before the block
    longest: bytes a record may have
    """

    file: str
    source_bytes: int
    text: U8
    size: int
    row: int
    array: bool
    opening: bool
    longest: int

    def leaves(self) -> Leaves:
        """Decode. Raises `SourceError` with file and row."""
        parsed = _Parsed(self)
        fault = parsed.run()
        at = int(parsed.state[STATE.FAULT_AT]) if fault else self.size
        invalid = first_invalid(self.text, at)
        if invalid is not None:
            raise self._invalid_text(invalid)
        if fault:
            raise self._fault(fault, parsed)
        return parsed.leaves()

    def fault_inside(self) -> SourceError | None:
        """What is wrong with the block, unless it is only that the block is cut off."""
        try:
            parsed = _Parsed(self)
            if parsed.run() and parsed.state[STATE.FAULT_AT] < self.size:
                self.leaves()
        except SourceError as error:
            return error
        return None

    def row_of(self, records: int, at: int) -> int:
        """The row of the record that begins at a place, after so many records of the block."""
        return self.row + (records if self.array else int(count_lines(self.text, at)))

    def _fault(self, fault: int, parsed: "_Parsed") -> SourceError:
        state = parsed.state
        begin, at = int(state[STATE.RECORD_AT]), int(state[STATE.FAULT_AT])
        place = Place(
            before=bytes(self.text[max(begin, at - 16) : at]),
            rest=bytes(self.text[at : min(self.size, at + 16)]),
            lines=int(count_lines(self.text, at) - count_lines(self.text, begin)),
            name=parsed.name(int(state[STATE.NAME])),
            longest=self.longest,
        )
        message, hint = fault_message(fault, place)
        return SourceError(
            message, file=self.file, row=self.row_of(int(state[STATE.RECORDS]), begin), hint=hint
        )

    def _invalid_text(self, at: int) -> SourceError:
        text = np.concatenate((self.text[:at], np.zeros(at + 2 * PADDING, np.uint8)))
        before = _Parsed(replace(self, text=text, size=at))
        before.run()
        row = self.row_of(int(before.state[STATE.RECORDS]), int(before.state[STATE.RECORD_AT]))
        message = f"byte 0x{int(self.text[at]):02x} is not valid UTF-8"
        return SourceError(
            message, file=self.file, row=row, hint="convert the file to UTF-8, e.g. with iconv"
        )


class _Parsed:
    """The arrays that the kernel fills, grown until they are large enough."""

    def __init__(self, batch: JsonBatch) -> None:
        self.batch = batch
        self.state: I64 = np.zeros(len(STATE), np.int64)
        self.state[STATE.OPENING], self.state[STATE.NODES] = batch.opening, 1
        self.state[STATE.TAIL] = batch.size + PADDING
        self.state[STATE.SEED] = secrets.randbits(62)
        self.nodes: NDArray[np.void] = np.empty(256, NODE)
        for field in ("first", "next", "element", "path", "seen", "start"):
            self.nodes[field][0] = -1
        self.nodes["plain"][0] = 0
        self.table: I32 = np.full(1024, -1, np.int32)
        leaves = 256 + batch.size // 64
        self.record: I64 = np.zeros(leaves, np.int64)
        self.path: I32 = np.empty(leaves, np.int32)
        self.tag: U8 = np.empty(leaves, np.uint8)
        self.start: I64 = np.empty(leaves, np.int64)
        self.stop: I64 = np.empty(leaves, np.int64)
        self.position: I64 = np.zeros(leaves + 1, np.int64)
        self.positions: U32 = np.empty(leaves, np.uint32)

    def run(self) -> int:
        """Parse to the end of the block or to the first fault, which is returned."""
        while True:
            fault = parse(
                self.batch.text,
                self.batch.size,
                self.batch.array,
                self.batch.longest,
                self.state,
                self.nodes,
                self.table,
                self.record,
                self.path,
                self.tag,
                self.start,
                self.stop,
                self.position,
                self.positions,
            )
            if fault != FAULT.FULL:
                return int(fault)
            self._grow()

    def _grow(self) -> None:
        for name in ("nodes", "record", "path", "tag", "start", "stop", "position", "positions"):
            old = getattr(self, name)
            new = np.empty(2 * old.size, old.dtype)
            new[: old.size] = old
            setattr(self, name, new)
        self.table = np.full(2 * self.table.size, -1, np.int32)
        fill_table(self.nodes, self.state[STATE.NODES], self.table)

    def name(self, node: int) -> str:
        """The name of an object's member."""
        start, stop = self.nodes["start"][node], self.nodes["stop"][node]
        return bytes(self.batch.text[start:stop]).decode(errors="replace")

    def leaves(self) -> Leaves:
        """What has been parsed, numbers in their canonical text."""
        count, records = int(self.state[STATE.LEAVES]), int(self.state[STATE.RECORDS])
        data = self._with_canonical_numbers(count)
        paths, number = self._paths()
        return Leaves(
            records=records,
            paths=paths,
            record=self.record[: records + 1],
            path=self.path[:count] if number is None else number[self.path[:count]],
            tag=self.tag[:count],
            start=self.start[:count],
            stop=self.stop[:count],
            data=data,
            position=self.position[: count + 1],
            positions=self.positions[: int(self.state[STATE.POSITIONS])],
        )

    def _paths(self) -> tuple[tuple[str, ...], I32 | None]:
        """The paths in order of first appearance; their new numbers where two nodes have one path."""
        nodes = self.nodes[: int(self.state[STATE.NODES])]
        spelled = [""]
        characters = 0
        for node in range(1, nodes.size):
            above = spelled[nodes["parent"][node]]
            if nodes["start"][node] < 0:
                spelled.append(above + "[]")
            else:
                spelled.append(above + ("." if above else "") + escape(self.name(node)))
            characters += len(spelled[node])
            if characters > _PATH_CHARACTERS:
                raise SourceError(
                    f"the field names of the records from row {self.batch.row} on take more than"
                    f" {_PATH_CHARACTERS} characters written out",
                    file=self.batch.file,
                    hint="values used as names belong into values",
                )
        used = np.flatnonzero(nodes["path"] >= 0)
        in_order = used[np.argsort(nodes["path"][used])]
        paths = [spelled[node] for node in in_order]
        distinct = tuple(dict.fromkeys(paths))
        if len(distinct) == len(paths):
            return distinct, None
        place = {path: number for number, path in enumerate(distinct)}
        return distinct, np.array([place[path] for path in paths], np.int32)

    def _with_canonical_numbers(self, count: int) -> U8:
        """The buffer up to its last used byte, with the text of the numbers that the kernel left raw."""
        end = int(self.state[STATE.TAIL])
        if not self.state[STATE.RAW]:
            return self.batch.text[:end]
        raw = np.flatnonzero(self.tag[:count] == RAW)
        text, tags = float_text(self._doubles(raw))
        _, places, letters = (np.asarray(buffer) for buffer in text.buffers())
        offsets = places.view(np.int32)[: raw.size + 1].astype(np.int64)
        self.tag[raw], self.start[raw], self.stop[raw] = tags, offsets[:-1] + end, offsets[1:] + end
        return np.concatenate((self.batch.text[:end], letters.view(np.uint8)[: offsets[-1]]))

    def _doubles(self, raw: I64) -> "pa.Array":
        """The numbers as the nearest doubles; refuses those that are none."""
        between = np.stack((self.start[raw], self.stop[raw]), axis=1).ravel()
        buffers = [None, _buffer(between), _buffer(self.batch.text)]
        pieces = pa.Array.from_buffers(pa.large_utf8(), between.size - 1, buffers)
        doubles = pieces.take(integers(np.arange(0, between.size, 2))).cast(pa.float64())
        values = doubles_of(doubles)
        infinite = np.flatnonzero(np.isinf(values))
        if infinite.size:
            raise self._out_of_range(int(raw[infinite[0]]))
        if np.count_nonzero(np.abs(values) >= 2.0**63) * _WIDEST_NUMBER > _NUMBER_CHARACTERS:
            raise SourceError(
                f"the numbers of the records from row {self.batch.row} on take more than"
                f" {_NUMBER_CHARACTERS} digits written out",
                file=self.batch.file,
                hint="write such numbers as strings",
            )
        return doubles

    def _out_of_range(self, leaf: int) -> SourceError:
        record = (
            int(np.searchsorted(self.record[: int(self.state[STATE.RECORDS]) + 1], leaf, side="right")) - 1
        )
        start, stop = int(self.start[leaf]), int(self.stop[leaf])
        number = bytes(self.batch.text[start : min(stop, start + 40)]).decode()
        return SourceError(
            f"the number {number} is too large for a double (IEEE 754)",
            file=self.batch.file,
            row=self.batch.row_of(record, start),
            hint="write it as a string, or as an integer without exponent",
        )
