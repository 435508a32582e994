"""Frozen bytes as columns hold them: compressed, and read back to the very same."""

import zstandard

_LEVEL = 9  # written once, read often


def packed(content: bytes) -> bytes:
    """Bytes as a column holds them."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(content)


def unpacked(column: bytes) -> bytes:
    """The bytes that were packed."""
    return zstandard.ZstdDecompressor().decompress(column)
