"""A batch of records as their scalar values: what every source yields and every measurement reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from registry.domain.stated import Modality

U8 = NDArray[np.uint8]
U32 = NDArray[np.uint32]
U64 = NDArray[np.uint64]
I32 = NDArray[np.int32]
I64 = NDArray[np.int64]


class Tag(IntEnum):
    """What kind of value a leaf holds. Part of the record digest: never renumber."""

    STRING = 1
    INTEGER = 2  # exact decimal text, any size; an integral float is this too
    FLOAT = 3  # a finite float with a fraction, shortest round-trip text of its own width (RFC 8785)
    BOOLEAN = 4  # "true" or "false"
    NON_FINITE = 5  # "nan", "inf", "-inf"
    BINARY = 6
    TIMESTAMP = 7  # RFC 3339, fraction without trailing zeros, "Z" or no zone at all
    DATE = 8
    TIME = 9
    DURATION = 10  # seconds as exact decimal text
    DECIMAL = 11  # exact decimal text with a fraction; an integral decimal is an INTEGER


ABOVE = "."  # begins the path of a field of the objects around a nested record


@dataclass(frozen=True, slots=True)
class Leaves:
    """The non-empty scalar values of a batch of records, grouped by record in source order.

    Null, absent, and empty values (empty strings and binaries too) have no leaf. A path names the struct
    fields down to the value, lists as `[]` (`messages[].content`); dots, brackets and backslashes inside a
    name are escaped with a backslash. Of a record that was nested, the fields of the objects around it have
    paths that begin with a dot (`.data.paragraphs.context`). The positions of a leaf are its places in the
    lists above it, counted over the elements that are not empty.

    records: number of records, those without any leaf included
    paths:   distinct paths, in order of first appearance
    record:  int64[records + 1], leaf range of each record
    path:    int32[n], index into `paths`
    tag:     uint8[n], see `Tag`
    start, stop: int64[n], byte range in `data`
    data:    uint8[], values: strings as UTF-8 (valid), all else as its canonical text
    position: int64[n + 1], range in `positions`
    positions: uint32[], places in the enclosing lists, outermost first
    media:    paths whose values are a file each, `{bytes, path}`, with the modality that the format declares
    empty:    records that are a file without a byte, by the modality that its name declares
    """

    records: int
    paths: tuple[str, ...]
    record: I64
    path: I32
    tag: U8
    start: I64
    stop: I64
    data: U8
    position: I64
    positions: U32
    media: Mapping[str, Modality | None] = field(default_factory=dict)
    empty: Mapping[int, Modality] = field(default_factory=dict)

    @property
    def file_names(self) -> frozenset[str]:
        """The paths that say what the files of media are called: no content, unless someone says so."""
        return frozenset(f"{path}.path" for path in self.media)

    def text(self, leaf: int) -> str:
        """The value of one leaf as text."""
        return bytes(self.data[self.start[leaf] : self.stop[leaf]]).decode()


class Batch(Protocol):
    """Some consecutive records of one source file, decoded on demand (on any thread)."""

    @property
    def file(self) -> str:
        """Display path of the file the records come from."""

    @property
    def source_bytes(self) -> int:
        """How many bytes of the source this batch accounts for, for progress."""

    def leaves(self) -> Leaves:
        """Decode. Raises `SourceError` with file and row."""


def escape(name: str) -> str:
    """A field name as it stands in a path; the empty name is a backslash and a zero, to have a path."""
    return "".join("\\" + character if character in "\\.[]" else character for character in name) or "\\0"
