"""Bands of signatures: which records may resemble each other (locality-sensitive hashing).

Records that agree in all the values of one band stand side by side in it (Indyk and Motwani 1998). With 25
bands of 5 values a pair of resemblance 0.8 is missed once in 20,000 times: (1 - 0.8^5)^25.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import U32, U64
from registry.fingerprint.signature import EMPTY

BANDS: Final = 25
ROWS: Final = 5
BUCKET: Final = 8  # entries to a slot of the directory, on average
MOST_BITS: Final = 21
BLOCK: Final = 8192  # records: their values stay in the cache while all bands are computed


@dataclass(frozen=True, slots=True)
class Bands:
    """An index over signatures; records without words are not in it.

    entries:   uint64[BANDS, n], each row ascending: fingerprint of the band << 32 | record
    directory: uint32[BANDS, 2^bits + 1]: where the entries begin whose fingerprint has these first bits
    """

    entries: U64
    directory: U32


def with_words(signatures: U32) -> NDArray[np.bool_]:
    """Which of some signatures (uint32[n, permutations]) are of records that have words."""
    found = signatures[:, 0] != EMPTY
    rare = np.flatnonzero(~found)  # the first value is that of the empty set, by chance perhaps
    found[rare] = (signatures[rare] != EMPTY).any(axis=1)
    return found


def fill_entries(signatures: Iterable[U32], entries: U64) -> None:
    """Write the entries of signatures, which come in blocks, in order; `entries` may lie on a file."""
    record = place = 0
    for block in signatures:
        chosen = np.flatnonzero(with_words(block)).astype(np.uint32)
        _fill(read_only(block), read_only(chosen), record, place, entries)
        record, place = record + len(block), place + len(chosen)
    for row in entries:
        row.sort()


def build_directory(entries: U64) -> U32:
    """The directory over entries in order."""
    bits = min(MOST_BITS, max(1, (entries.shape[1] // BUCKET).bit_length()))
    directory = np.empty((len(entries), (1 << bits) + 1), np.uint32)
    for row, slots in zip(entries, directory, strict=True):
        _direct(read_only(row), np.uint64(64 - bits), slots)
    return directory


def build_bands(signatures: U32) -> Bands:
    """The index of signatures in memory."""
    entries = np.empty((BANDS, int(with_words(signatures).sum())), np.uint64)
    fill_entries([signatures], entries)
    return Bands(read_only(entries), read_only(build_directory(entries)))


def candidates(bands: Bands, signature: U32) -> U32:
    """The records that share a band with a signature (uint32[permutations]), ascending, each once."""
    found: U32 = look_up(signature, bands.entries, bands.directory)
    return found


@compiled
def _key(signatures: U32, record: int, band: int) -> np.uint64:
    value = np.uint64(band + 1) * np.uint64(0x9E3779B97F4A7C15)
    for place in range(band * ROWS, (band + 1) * ROWS):
        value = (value ^ np.uint64(signatures[record, place])) * np.uint64(0xC2B2AE3D27D4EB4F)
        value ^= value >> np.uint64(29)
    value *= np.uint64(0xFF51AFD7ED558CCD)
    return value ^ (value >> np.uint64(32))


@compiled
def _fill(signatures: U32, chosen: U32, record: int, place: int, entries: U64) -> None:
    """Entries of the chosen ones of a block whose first is `record`, from `place` on."""
    for first in range(0, len(chosen), BLOCK):
        for band in range(BANDS):
            for at in range(first, min(first + BLOCK, len(chosen))):
                key = _key(signatures, np.int64(chosen[at]), band) & np.uint64(0xFFFFFFFF00000000)
                entries[band, place + at] = key | np.uint64(record + np.int64(chosen[at]))


@compiled
def _direct(row: U64, shift: np.uint64, slots: U32) -> None:
    at = 0
    for slot in range(len(slots) - 1):
        while at < len(row) and row[at] >> shift < np.uint64(slot):
            at += 1
        slots[slot] = np.uint32(at)
    slots[len(slots) - 1] = np.uint32(len(row))


@compiled
def look_up(signature: U32, entries: U64, directory: U32) -> U32:
    """Entries of empty signatures do not exist, so that these find nothing but by a one in 2^32 chance."""
    shift = np.uint64(33)
    while directory.shape[1] >> (np.uint64(33) - shift):
        shift -= np.uint64(1)
    row = signature.reshape((1, len(signature)))
    found, count = np.empty(16, np.uint32), 0
    for band in range(len(entries)):
        key = _key(row, 0, band) >> np.uint64(32)
        slot = np.int64(key >> shift)
        for at in range(directory[band, slot], directory[band, slot + 1]):
            if entries[band, at] >> np.uint64(32) == key:
                if count == len(found):
                    larger = np.empty(2 * count, np.uint32)
                    larger[:count] = found
                    found = larger
                found[count] = np.uint32(entries[band, at] & np.uint64(0xFFFFFFFF))
                count += 1
    return _distinct(found, count)


@compiled
def _distinct(found: U32, count: int) -> U32:
    ordered = np.sort(found[:count])
    kept = 0
    for at in range(count):
        if at == 0 or ordered[at] != ordered[at - 1]:
            ordered[kept] = ordered[at]
            kept += 1
    return ordered[:kept]
