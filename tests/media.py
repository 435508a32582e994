"""Small images, recordings and films, made byte by byte."""

import io
import struct
import wave
import zlib

HERTZ = 8000


def wav(seconds: float, hertz: int = HERTZ) -> bytes:
    """A WAVE file of one channel, as long as asked for; its samples are of no interest."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(hertz)
        file.writeframes(b"\x80" * round(seconds * hertz))
    return held.getvalue()


def png(number: int = 0) -> bytes:
    """A picture of one grey dot that differs from those of other numbers."""
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"tEXt", b"number\0%d" % number),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def mp4(milliseconds: int, *, handler: bytes = b"vide", frames: int = 50) -> bytes:
    """An MP4 film (handler `vide`) or recording (`soun`) of one track, without any picture or sound in it."""
    header = _box(b"mvhd", _full(0, 0, 1000, milliseconds) + _matrix_of_movie())
    media = _box(b"mdhd", _full(0, 0, 1000, milliseconds) + b"\x55\xc4\0\0")
    kind = _box(b"hdlr", struct.pack(">II4s12x", 0, 0, handler) + b"\0")
    tables = (
        _box(b"stsd", struct.pack(">II", 0, 1) + _sample_entry(handler))
        + _box(b"stts", struct.pack(">IIII", 0, 1, frames, milliseconds // frames))
        + _box(b"stsc", struct.pack(">IIIII", 0, 1, 1, frames, 1))
        + _box(b"stsz", struct.pack(">III", 0, 1, frames))
        + _box(b"stco", struct.pack(">III", 0, 1, 0))
    )
    about = _box(b"vmhd", bytes(12)) if handler == b"vide" else _box(b"smhd", bytes(8))
    track = _box(b"tkhd", struct.pack(">IIIIII", 3, 0, 0, 1, 0, milliseconds) + bytes(60))
    inside = _box(b"mdia", media + kind + _box(b"minf", about + _box(b"stbl", tables)))
    movie = _box(b"moov", header + _box(b"trak", track + inside))
    return _box(b"ftyp", b"isom\0\0\2\0isom") + movie + _box(b"mdat", bytes(frames))


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(data), kind) + data


def _full(*numbers: int) -> bytes:
    return struct.pack(">I", 0) + b"".join(struct.pack(">I", number) for number in numbers)


def _matrix_of_movie() -> bytes:
    """Rate, volume, and the unit matrix."""
    matrix = (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    return struct.pack(">IH10x", 0x10000, 0x100) + struct.pack(">9I", *matrix) + bytes(24) + b"\0\0\0\2"


def _sample_entry(handler: bytes) -> bytes:
    if handler == b"vide":
        picture = struct.pack(">HHIII", 0, 0, 0, 0, 0) + struct.pack(">HHII", 16, 16, 0x480000, 0x480000)
        return _box(b"mp4v", struct.pack(">6xH", 1) + picture + struct.pack(">IH32xHh", 0, 1, 24, -1))
    return _box(b"sowt", struct.pack(">6xH8xHHIHH", 1, 1, 8, 0, HERTZ, 0))


JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"
GIF = b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\0;"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f" + bytes(12)
TIFF = b"II*\0\x08\0\0\0" + bytes(6)
BMP = b"BM" + struct.pack("<IIII", 58, 0, 54, 40) + bytes(40)
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'
