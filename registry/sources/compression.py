"""Streams that decompress while they are read, and never take cut or foreign bytes for an end."""

import io
import lzma
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, Protocol

import zstandard

from registry.errors import SourceError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

ENDINGS = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd", ".xz": "xz"}
MAGIC = {"gzip": b"\x1f\x8b", "zstd": b"\x28\xb5\x2f\xfd", "xz": b"\xfd7zXZ\x00"}
_LONGEST_WINDOW = 1 << 31  # `zstd --long=31`, which dumps of forums are published with
_XZ_MEMORY = 512 << 20
_OUTPUT = 1 << 20


class _Member(Protocol):
    """One gzip member, zstd frame or xz stream; `eof` after its end, `unused_data` what follows."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def feed(self, data: bytes) -> bytes: ...
    def wants_input(self) -> bool: ...


class _Gzip:
    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def wants_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def feed(self, data: bytes) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, _OUTPUT)


class _Xz:
    def __init__(self) -> None:
        self._inner = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def wants_input(self) -> bool:
        return self._inner.needs_input

    def feed(self, data: bytes) -> bytes:
        return self._inner.decompress(data, _OUTPUT)


class _Zstd:
    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=_LONGEST_WINDOW).decompressobj()

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def wants_input(self) -> bool:
        return True

    def feed(self, data: bytes) -> bytes:
        return self._inner.decompress(data)


# Bytes fed at once: zstd has no limit on what comes out of a call, at most 32 KiB for each byte put in.
_MEMBERS: dict[str, tuple[Callable[[], _Member], int]] = {
    "gzip": (_Gzip, 1 << 16),
    "xz": (_Xz, 1 << 16),
    "zstd": (_Zstd, 1 << 12),
}


class _Decompressing(io.RawIOBase):
    """Concatenated members one after the other; what is cut raises EOFError, what is no member its error."""

    def __init__(self, raw: BinaryIO, compression: str) -> None:
        self._raw = raw
        self._new, self._chunk = _MEMBERS[compression]
        self._member: _Member | None = None
        self._ahead = b""
        self._ready = memoryview(b"")
        self._started = False

    def readable(self) -> bool:
        return True

    def readinto(self, target: "WriteableBuffer", /) -> int:
        view = memoryview(target).cast("B")
        while not self._ready:
            if not self._step():
                return 0
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()

    def _step(self) -> bool:
        """Decompress a little more into `_ready`; False at the end of the last member."""
        member = self._member
        if member is None:
            return self._next_member()
        data = self._take() if member.wants_input() else b""
        self._ready = memoryview(member.feed(data))
        if member.eof:
            self._ahead = member.unused_data + self._ahead
            self._member = None
        elif not data and not self._ready:
            raise EOFError
        return True

    def _next_member(self) -> bool:
        data = self._take()
        if self._started and self._new is _Gzip:
            data = self._without_padding(data)
        if not data:
            return False
        self._ahead = data + self._ahead
        self._member, self._started = self._new(), True
        return True

    def _without_padding(self, data: bytes) -> bytes:
        """Zero bytes after a member, as tapes leave them, are skipped: gzip(1) does so too."""
        while data and not (rest := data.lstrip(b"\0")):
            data = self._take()
        return data and rest

    def _take(self) -> bytes:
        if not self._ahead:
            return self._raw.read(self._chunk)
        data, self._ahead = self._ahead[: self._chunk], self._ahead[self._chunk :]
        return data


def decompressed(raw: BinaryIO, compression: str, file: str) -> BinaryIO:
    """The plain bytes of `raw`. Raises `SourceError` where it does not start as that compression does."""
    head = raw.read(6)
    if not _starts(head, compression):
        raw.close()
        raise SourceError(
            f"is not compressed with {compression}, as its ending says",
            file=file,
            hint="rename it to what it is, or fetch it again",
        )
    raw.seek(0)
    return io.BufferedReader(_Decompressing(raw, compression), 1 << 18)


def _starts(head: bytes, compression: str) -> bool:
    """Whether it begins so; zstd may begin with a skippable frame (RFC 8878, 3.1.2)."""
    skippable = compression == "zstd" and head[1:4] == b"\x2a\x4d\x18" and head[0] & 0xF0 == 0x50
    return skippable or head.startswith(MAGIC[compression])
