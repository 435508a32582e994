"""Derive `registry/fingerprint/unicode_table.npz` from Unicode's data files (Debian: unicode-data)."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.unicode_table import CODE_POINTS, Kind, texts

VERSION = "15.0.0"
TABLE = Path(__file__).resolve().parents[1] / "registry" / "fingerprint" / "unicode_table.npz"
STRIPPED = {"Latin", "Greek", "Cyrillic"}
# Written without spaces between words. Tibetan is not: its syllables are set apart by the tsheg.
UNSPACED = {
    "Ahom", "Balinese", "Bopomofo", "Han", "Hiragana", "Javanese", "Katakana", "Khitan_Small_Script", "Khmer",
    "Lao", "Myanmar", "New_Tai_Lue", "Nushu", "Tai_Le", "Tai_Tham", "Tai_Viet", "Tangut", "Thai", "Yi",
}  # fmt: skip
DIACRITIC_BLOCKS = (
    (0x0300, 0x036F),  # Combining Diacritical Marks
    (0x1AB0, 0x1AFF),  # ... Extended
    (0x1DC0, 0x1DFF),  # ... Supplement
    (0x20D0, 0x20FF),  # ... for Symbols
    (0xFE20, 0xFE2F),  # Combining Half Marks
)


def rows(file: Path) -> Iterator[tuple[int, int, list[str]]]:
    """First and last code point and the further fields of each line of a UCD property file."""
    for line in file.read_text("utf-8").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if fields[0]:
            first, _, last = fields[0].partition("..")
            yield int(first, 16), int(last or first, 16), fields[1:]


def decode(codes: str) -> str:
    """Text of code points in hexadecimal."""
    return "".join(chr(int(code, 16)) for code in codes.split())


@dataclass
class Database:
    """The properties the table is derived from, by code point."""

    category: dict[int, str]
    combining_class: dict[int, int]
    canonical: dict[int, str]
    compatibility: dict[int, str]
    scripts: dict[int, set[str]]
    case_fold: dict[int, str]
    ignorable: set[int]
    excluded: set[int]

    @classmethod
    def read(cls, folder: Path) -> "Database":
        """Read the files of one UCD folder; they must be of `VERSION`."""
        if VERSION not in (folder / "Scripts.txt").read_text("utf-8").splitlines()[0]:
            sys.exit(f"{folder} does not hold Unicode {VERSION}")
        database = cls({}, {}, {}, {}, {}, {}, set(), set())
        database._read_characters(folder / "UnicodeData.txt")
        database._read_scripts(folder)
        for code, _, fields in rows(folder / "CaseFolding.txt"):
            if fields[0] in "CF":
                database.case_fold[code] = decode(fields[1])
        database.ignorable = members(folder / "DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
        database.excluded = members(folder / "DerivedNormalizationProps.txt", "Full_Composition_Exclusion")
        return database

    def _read_characters(self, file: Path) -> None:
        first = 0
        for line in file.read_text("utf-8").splitlines():
            fields = line.split(";")
            code = int(fields[0], 16)
            if fields[1].endswith(", First>"):
                first = code
            for each in range(first, code + 1) if fields[1].endswith(", Last>") else (code,):
                self.category[each] = fields[2]
            if fields[3] != "0":
                self.combining_class[code] = int(fields[3])
            if fields[5]:
                compatible = fields[5].startswith("<")
                (self.compatibility if compatible else self.canonical)[code] = decode(
                    fields[5].split(">")[-1]
                )

    def _read_scripts(self, folder: Path) -> None:
        names = {}
        for line in (folder / "PropertyValueAliases.txt").read_text("utf-8").splitlines():
            fields = [field.strip() for field in line.split(";")]
            if fields[0] == "sc":
                names[fields[1]] = fields[2]
        for first, last, (script, *_) in rows(folder / "Scripts.txt"):
            self.scripts.update({code: {script} for code in range(first, last + 1)})
        for first, last, (short, *_) in rows(folder / "ScriptExtensions.txt"):
            extension = {names[name] for name in short.split()}
            for code in range(first, last + 1):
                if self.scripts[code] & {"Common", "Inherited"}:
                    self.scripts[code] = extension

    def decompose(self, code: int, *, compatibly: bool) -> str:
        """Full decomposition, canonical or compatible (Hangul syllables excepted)."""
        parts = self.canonical.get(code) or (self.compatibility.get(code) if compatibly else None)
        if parts is None:
            return chr(code)
        return "".join(self.decompose(ord(part), compatibly=compatibly) for part in parts)

    def kind(self, code: int) -> Kind:
        """What the code point does to a word."""
        category = self.category.get(code, "Cn")
        if code in self.ignorable or self.is_diacritic(code):
            return Kind.SKIPPED
        if chr(code) == "_":
            return Kind.LETTER
        if category[0] not in "LMN":
            return Kind.SEPARATOR
        return Kind.ALONE if category != "Nd" and self.scripts[code] <= UNSPACED else Kind.LETTER

    def is_diacritic(self, code: int) -> bool:
        """A combining mark of Latin, Greek, Cyrillic or of any alphabet."""
        if self.category.get(code, "Cn")[0] != "M":
            return False
        general = any(first <= code <= last for first, last in DIACRITIC_BLOCKS)
        return general or self.scripts[code] <= STRIPPED

    def fold(self, code: int) -> str:
        """The letters a word character folds to."""
        if not self.scripts[code] <= STRIPPED:
            folded = self.case_fold.get(code, chr(code))
            return folded if folded == chr(code) else "".join(self.fold(ord(letter)) for letter in folded)
        parts = self.decompose(code, compatibly=True)
        folded = "".join(self.case_fold.get(ord(part), part) for part in parts if self._stays(part))
        again = "".join(self.decompose(ord(part), compatibly=True) for part in folded)
        return "".join(part for part in again if self._stays(part))

    def _stays(self, part: str) -> bool:
        return self.kind(ord(part)) in {Kind.LETTER, Kind.ALONE}


def members(file: Path, name: str) -> set[int]:
    """The code points of a binary property."""
    return {
        code for first, last, fields in rows(file) if fields[0] == name for code in range(first, last + 1)
    }


def pack(name: str, table: dict[int, str]) -> dict[str, NDArray[Any]]:
    """Three arrays for a map from code point to text."""
    return {
        f"{name}_code": np.array(list(table), np.uint32),
        f"{name}_length": np.array([len(text) for text in table.values()], np.uint8),
        f"{name}_letters": np.array([ord(letter) for text in table.values() for letter in text], np.uint32),
    }


def primary_composites(database: Database) -> Iterable[tuple[int, int, int]]:
    """Pairs that compose, and what to (Unicode Standard, D114)."""
    for code, parts in sorted(database.canonical.items()):
        if code not in database.excluded:
            yield ord(parts[0]), ord(parts[1]), code


def build(database: Database) -> dict[str, NDArray[Any]]:
    """The arrays of the table."""
    kinds = np.array([database.kind(code) for code in range(CODE_POINTS)], np.uint8)
    classes = np.zeros(CODE_POINTS, np.uint8)
    classes[list(database.combining_class)] = list(database.combining_class.values())
    folds = {int(code): database.fold(int(code)) for code in np.flatnonzero(kinds >= Kind.LETTER)}
    kinds[[code for code, text in folds.items() if not text]] = Kind.SEPARATOR  # spacing iota subscript
    canonical = {code: database.decompose(code, compatibly=False) for code in sorted(database.canonical)}
    return {
        "version": np.array(VERSION),
        "kind": kinds,
        "combining_class": classes,
        **pack("fold", {code: text for code, text in folds.items() if text not in ("", chr(code))}),
        **pack("decomposition", canonical),
        "composition": np.array(list(primary_composites(database)), np.uint32),
    }


def same(left: dict[str, NDArray[Any]], right: dict[str, NDArray[Any]]) -> bool:
    """Equal arrays (compressed bytes differ between versions of zlib)."""
    return left.keys() == right.keys() and all(np.array_equal(left[name], right[name]) for name in left)


def main() -> None:
    """Build the table or check the committed one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("/usr/share/unicode"))
    parser.add_argument(
        "--check", action="store_true", help="compare with the committed table, write nothing"
    )
    arguments = parser.parse_args()
    arrays = build(Database.read(arguments.folder))
    if not arguments.check:
        np.savez_compressed(TABLE, allow_pickle=False, **arrays)
    with np.load(TABLE) as data:
        committed = dict(data)
    folds = texts(committed["fold_code"], committed["fold_length"], committed["fold_letters"])
    print(f"{TABLE.name}: Unicode {committed['version']}, {len(folds)} folds, {TABLE.stat().st_size} bytes")
    if not same(arrays, committed):
        sys.exit(f"{TABLE.name} is not what {arguments.folder} gives: run scripts/unicode_table.py")


if __name__ == "__main__":
    main()
