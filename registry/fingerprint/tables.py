"""The Unicode table and the recipe, packed for the kernel."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from registry.errors import RefusedError
from registry.fingerprint import kernel
from registry.fingerprint.parameters import Recipe
from registry.fingerprint.signature import permutations
from registry.fingerprint.unicode_table import (
    HANGUL_L,
    HANGUL_SYLLABLE,
    HANGUL_T,
    HANGUL_V,
    L_COUNT,
    T_COUNT,
    V_COUNT,
    Kind,
    UnicodeTable,
    unicode_table,
)

U8 = NDArray[np.uint8]
U32 = NDArray[np.uint32]
U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]


@cache
def kernel_tables(recipe: Recipe) -> kernel.Tables:
    """Tables of one recipe. Raises `RefusedError` where this version of the kernel is another's."""
    table = unicode_table()
    fixed = (table.version, 5, kernel.WINDOW)
    if (recipe.unicode, recipe.shingle, recipe.window) != fixed or recipe.permutations % kernel.LANES:
        raise RefusedError(
            f"recipe {recipe} asks for what this version cannot compute",
            hint="use the version the fingerprints were made with",
        )
    entry, care, expansions = entries(table)
    drawn = permutations(recipe.permutations, recipe.seed)
    tables = kernel.Tables(
        leads(), entry, care, padded(table.combining_class), *packed(table.decomposition),
        *composition(table), *packed(expansions), masks(), numbers(recipe), drawn[0], drawn[1],
    )  # fmt: skip
    for array in tables:
        array.setflags(write=False)
    return tables


def numbers(recipe: Recipe) -> U64:
    """The recipe's constants in the kernel's order."""
    return np.array(
        [
            recipe.word_seed, recipe.word_first, recipe.word_second, recipe.polynomial, recipe.short,
            recipe.position, recipe.digest_first, recipe.digest_second,
        ],
        np.uint64,
    )  # fmt: skip


def leads() -> U32:
    """By first byte: length | shift << 8 | mask << 16; continuation and invalid bytes say U+0000."""
    shape = np.full(256, 1 | 18 << 8, np.uint32)
    for first, last, length, mask in (
        (0, 0x7F, 1, 0x7F),
        (0xC0, 0xDF, 2, 31),
        (0xE0, 0xEF, 3, 15),
        (0xF0, 0xF4, 4, 7),
    ):
        shape[first : last + 1] = length | (18 - 6 * (length - 1)) << 8 | mask << 16
    return shape


def masks() -> U64:
    """For words of 0 to 16 bytes: masks of the lower and the upper eight, one after the other."""
    ends = [[min(length, 8), max(length - 8, 0)] for length in range(17)]
    return np.array([[(1 << 8 * low) - 1, (1 << 8 * high) - 1] for low, high in ends], np.uint64).ravel()


def padded(values: bytes) -> U8:
    """Values by code point, up to the end of the kernel's code space."""
    return np.frombuffer(values.ljust(kernel.CODE_SPACE, b"\0"), np.uint8).copy()


def packed(texts: dict[int, str]) -> tuple[U32, I64, U32]:
    """Sorted code points, ranges, and parts of a map from code point to text."""
    codes = sorted(texts)
    starts = np.cumsum([0] + [len(texts[code]) for code in codes], dtype=np.int64)
    parts = [ord(part) for code in codes for part in texts[code]]
    return np.array(codes, np.uint32), starts, np.array(parts, np.uint32)


def composition(table: UnicodeTable) -> tuple[U64, U32]:
    """Sorted first << 32 | second, and the composites."""
    pairs = sorted((first << 32 | second, whole) for (first, second), whole in table.composition.items())
    return np.array([pair for pair, _ in pairs], np.uint64), np.array(
        [whole for _, whole in pairs], np.uint32
    )


def entries(table: UnicodeTable) -> tuple[U32, U8, dict[int, str]]:
    """The arrays `entry` and `care` of `kernel.Tables`, and the code points that expand to more."""
    kinds = padded(table.kind)
    letters, lengths = utf8(np.arange(kernel.CODE_SPACE, dtype=np.uint32))
    taken = lengths.copy()
    care = np.where(lengths == 4, kernel.WIDE, 0).astype(np.uint8)
    expansions = {}
    for code in {*table.fold, *table.decomposition}:
        kind, text = settled(table, code)
        kinds[code] = kind
        if len(text) == 1:
            letters[code], lengths[code], care[code] = letters[ord(text)], lengths[ord(text)], care[ord(text)]
            continue
        size = len(text.encode())
        letters[code], lengths[code], care[code] = int.from_bytes(text.encode()[:3], "little"), size, 0
        if size > 3:
            care[code] = kernel.EXPANDS
            expansions[code] = text
    mark(table, care, kinds, expansions)
    word, alone = kinds >= Kind.LETTER, kinds == Kind.ALONE
    letters[~word] = 0
    lengths = np.where(word, lengths + 2 * alone, kinds == Kind.SEPARATOR).astype(np.uint32)
    care[~word] &= ~np.uint8(kernel.WIDE)
    watched = care & (kernel.MARK | kernel.COMPOSES | kernel.EXPANDS | kernel.WIDE) != 0
    entry = letters | alone * np.uint32(kernel.ALONE) | (lengths & 7) << np.uint32(kernel.LENGTH_SHIFT)
    level = ~watched & ~alone & (lengths <= taken)
    for size in (2, 3):
        entry |= (level & (taken == size)) * np.uint32(1 << kernel.LEVEL + size)
    return entry | watched * np.uint32(kernel.CARE), care, expansions


def settled(table: UnicodeTable, code: int) -> tuple[Kind, str]:
    """Kind and fold of a code point by itself, brought to Normalization Form C."""
    kept = [part for part in table.nfc(chr(code)) if table.kind[ord(part)] != Kind.SKIPPED]
    kinds = [Kind(table.kind[ord(part)]) for part in kept] or [Kind.SKIPPED]
    return max(kinds), "".join(table.fold.get(ord(part), part) for part in kept)


def utf8(codes: U32) -> tuple[U32, U32]:
    """Little-endian UTF-8 and its length; code points of four bytes stay as they are."""
    two = 0x80C0 | codes >> 6 | (codes & 0x3F) << 8
    three = 0x8080E0 | codes >> 12 | (codes >> 6 & 0x3F) << 8 | (codes & 0x3F) << 16
    levels = [codes < 0x80, codes < 0x800, codes < 0x10000]
    letters = np.select(levels, [codes, two, three], codes).astype(np.uint32)
    return letters, np.select(levels, [1, 2, 3], 4).astype(np.uint32)


def mark(table: UnicodeTable, care: U8, kinds: U8, expansions: dict[int, str]) -> None:
    """Set the bits about normalization."""
    kept = kinds >= Kind.LETTER
    combining = padded(table.combining_class)
    care[kept & (combining > 0)] |= kernel.MARK
    care[[code for code, text in expansions.items() if combining[ord(text[0])]]] |= kernel.MARK
    care[list(table.decomposition)] |= kernel.DECOMPOSES
    vowels, finals = range(HANGUL_V, HANGUL_V + V_COUNT), range(HANGUL_T + 1, HANGUL_T + T_COUNT)
    seconds = {*vowels, *finals, *(second for _, second in table.composition)}
    care[list(seconds)] |= kernel.SECOND
    care[[second for second in seconds if kept[second]]] |= kernel.COMPOSES
    syllables = range(HANGUL_SYLLABLE, HANGUL_SYLLABLE + L_COUNT * V_COUNT * T_COUNT)
    firsts = {
        *range(HANGUL_L, HANGUL_L + L_COUNT),
        *(first for first, second in table.composition if kept[second]),
    }
    care[[*firsts, *syllables]] |= kernel.FIRST
    care[[code for code in table.decomposition if reaches(table, code, firsts)]] |= kernel.FIRST


def reaches(table: UnicodeTable, code: int, firsts: set[int]) -> bool:
    """Whether what a code point is normalized to may compose with what follows."""
    last = table.nfc(chr(code))[-1]
    return not table.combining_class[ord(last)] and not firsts.isdisjoint(map(ord, table.nfd(last)))
