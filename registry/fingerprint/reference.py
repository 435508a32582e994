"""The text recipe in plain Python: its documentation, and the oracle the kernel is tested against."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from registry.fingerprint.parameters import MASK64, RECIPE, Recipe
from registry.fingerprint.signature import EMPTY, permutations
from registry.fingerprint.words import words

MASK32: Final = 0xFFFF_FFFF


def fmix64(value: int) -> int:
    """Finalizer of MurmurHash3, 64 bits."""
    value = (value ^ value >> 33) * 0xFF51AFD7ED558CCD & MASK64
    value = (value ^ value >> 33) * 0xC4CEB9FE1A85EC53 & MASK64
    return value ^ value >> 33


def fmix32(value: int) -> int:
    """Finalizer of MurmurHash3, 32 bits."""
    value = (value ^ value >> 16) * 0x85EBCA6B & MASK32
    value = (value ^ value >> 13) * 0xC2B2AE35 & MASK32
    return value ^ value >> 16


def word_hash(word: str, recipe: Recipe = RECIPE) -> int:
    """64-bit hash of a folded word: its UTF-8, padded with zeros to blocks of two little-endian numbers.

    Words of up to 8 bytes never collide with each other: each step is a bijection. No word holds a zero byte.
    """
    text = word.encode()
    value = recipe.word_seed
    for start in range(0, len(text), 16):
        block = text[start : start + 16].ljust(16, b"\0")
        low, high = int.from_bytes(block[:8], "little"), int.from_bytes(block[8:], "little")
        value = (value ^ low) * recipe.word_first & MASK64
        value ^= value >> 32
        value = (value ^ high) * recipe.word_second & MASK64
        value ^= value >> 29
    return value


def shingles(hashes: Sequence[int], recipe: Recipe = RECIPE) -> list[int]:
    """Shingle hashes of a field, from its word hashes: a polynomial over each run of `shingle` words, mixed.

    A shorter field is one shingle, started apart from whole ones by the number of words missing.
    """
    width = min(recipe.shingle, len(hashes))
    found = []
    for start in range(len(hashes) - width + 1 if hashes else 0):
        value = (recipe.shingle - width) * recipe.short
        for each in hashes[start : start + width]:
            value = value * recipe.polynomial + each & MASK64
        found.append(fmix64(value))
    return found


def passages(hashes: Sequence[int], recipe: Recipe = RECIPE) -> list[int]:
    """Winnowing of one field's shingle hashes (Schleimer, Wilkerson, Aiken 2003).

    Each window selects its minimum, the rightmost of equal ones; a position selected by consecutive windows
    counts once. A field of fewer shingles than a window is one window.
    """
    if not hashes:
        return []
    width = min(recipe.window, len(hashes))
    windows = (range(start, start + width) for start in range(len(hashes) - width + 1))
    selected = [min(window, key=lambda place: (hashes[place], -place)) for window in windows]
    return [hashes[selected[0]]] + [hashes[new] for old, new in pairwise(selected) if new != old]


def field_digest(hashes: Sequence[int], recipe: Recipe = RECIPE) -> tuple[int, int]:
    """128 bits that stand for one field's sequence of word hashes."""
    first = second = 0
    for place, each in enumerate(hashes, start=1):
        value = (each ^ place * recipe.position & MASK64) * recipe.digest_first & MASK64
        value ^= value >> 32
        first += value
        value = value * recipe.digest_second & MASK64
        second += value ^ value >> 29
    return finish(first, second, len(hashes))


def finish(first: int, second: int, count: int) -> tuple[int, int]:
    """Mix two sums and the number of their terms."""
    first = fmix64(first + count & MASK64)
    return first, fmix64(second & MASK64 ^ first)


def words_digest(fields: Iterable[Sequence[int]], recipe: Recipe = RECIPE) -> bytes:
    """128-bit hash of the set of the fields' word sequences; zeros when no field has a word."""
    distinct = {field_digest(hashes, recipe) for hashes in fields if hashes}
    if not distinct:
        return bytes(16)
    sums = sum(first for first, _ in distinct), sum(second for _, second in distinct)
    return b"".join(half.to_bytes(8, "little") for half in finish(*sums, len(distinct)))


def signature(hashes: Iterable[int], recipe: Recipe = RECIPE) -> list[int]:
    """MinHash of shingle hashes: datasketch's `affine32` fed their low 32 bits."""
    a, b = (each.tolist() for each in permutations(recipe.permutations, recipe.seed))
    minima = [EMPTY] * recipe.permutations
    for value in (fmix32(each & MASK32) for each in hashes):
        minima = [min(m, x * value + y & MASK32) for m, x, y in zip(minima, a, b, strict=True)]
    return minima


def field_hashes(text: str, recipe: Recipe = RECIPE) -> list[int]:
    """Word hashes of one field."""
    return [word_hash(word, recipe) for word in words(text)]
