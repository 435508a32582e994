"""The frozen table: where it comes from, how it normalizes, and the law of words over every code point."""

import bz2
import hashlib
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from registry.fingerprint.parameters import RECIPE
from registry.fingerprint.reference import field_hashes, words_digest
from registry.fingerprint.unicode_table import CODE_POINTS, Kind, unicode_table
from registry.fingerprint.words import words
from tests.unit.fingerprint.batches import digests

CHECKOUT = Path(__file__).resolve().parents[3]
DATABASE = Path("/usr/share/unicode")
TABLE = unicode_table()
EVERY = [chr(code) for code in range(CODE_POINTS) if not 0xD800 <= code < 0xE000]
ACTIVE = [
    character for character in EVERY if TABLE.kind[ord(character)] or ord(character) in TABLE.decomposition
]
# Around each code point: letters, and what composes or changes places with what stands next to it.
STABLE = [character for character in EVERY if not TABLE.kind[ord(character)]][::50]
CONTEXTS = ["a{}b", "か{}\u3099", "\u0651{}\u064e", "\u1100{}\u11a8", "\u09c7{}\u09be"]


def test_the_committed_table_is_what_the_script_makes() -> None:
    if not DATABASE.is_dir():
        pytest.skip("the Unicode Character Database is not installed (Debian: unicode-data)")
    command = [sys.executable, "scripts/unicode_table.py", "--check"]
    subprocess.run(command, cwd=CHECKOUT, env={"PYTHONPATH": str(CHECKOUT)}, check=True, capture_output=True)


def test_the_recipe_names_the_table() -> None:
    digest = hashlib.sha256()
    with (files("registry.fingerprint") / "unicode_table.npz").open("rb") as file, np.load(file) as data:
        for name in sorted(data.files):
            digest.update(name.encode() + str(data[name].dtype).encode() + data[name].tobytes())
    assert (RECIPE.unicode, RECIPE.fold_table) == (TABLE.version, digest.hexdigest()[:16])


def test_words_are_the_same_in_every_normalization_form() -> None:
    """`words(s) = words(NFC(s)) = words(NFD(s))`, by the kernel: each code point in each context.

    Of the code points that separate and never change, all alike to the table, one in fifty is tried.
    """
    for context in CONTEXTS:
        texts = [context.format(character) for character in ACTIVE + STABLE]
        composed, decomposed = ([form(text) for text in texts] for form in (TABLE.nfc, TABLE.nfd))
        changed = [
            place for place, text in enumerate(texts) if not text == composed[place] == decomposed[place]
        ]
        expected = digests([texts[place] for place in changed])
        for forms in (composed, decomposed):
            assert digests([forms[place] for place in changed]) == expected, context


def test_the_kernel_and_the_specification_agree_on_every_code_point() -> None:
    """A thousand code points at a time, each between letters."""
    tried = ACTIVE + STABLE
    for start in range(0, len(tried), 1000):
        text = " ".join(f"a{character}b" for character in tried[start : start + 1000])
        assert digests([text]) == [words_digest([field_hashes(text)])], hex(ord(tried[start]))


def test_normalization_agrees_with_the_interpreter() -> None:
    """Normalization is stable: all versions agree on what both know."""
    known = [character for character in ACTIVE if unicodedata.category(character) != "Cn"]
    for form, normalize in (("NFC", TABLE.nfc), ("NFD", TABLE.nfd)):
        assert [c for c in known if normalize(c) != unicodedata.normalize(form, c)] == []  # type: ignore[arg-type]


def test_normalization_conforms() -> None:
    """c2 = NFC(c1, c2, c3), c4 = NFC(c4, c5); c3 = NFD(c1, c2, c3), c5 = NFD(c4, c5)."""
    file = DATABASE / "NormalizationTest.txt.bz2"
    if not file.exists():
        pytest.skip("the Unicode Character Database is not installed (Debian: unicode-data)")
    for line in bz2.decompress(file.read_bytes()).decode().splitlines():
        fields = line.split("#")[0].split(";")[:5]
        if len(fields) == 5:
            c = ["".join(chr(int(code, 16)) for code in field.split()) for field in fields]
            assert [TABLE.nfc(text) for text in c] == [c[1], c[1], c[1], c[3], c[3]], line
            assert [TABLE.nfd(text) for text in c] == [c[2], c[2], c[2], c[4], c[4]], line


def test_letters_that_differ_stay_different() -> None:
    """No two different Hangul syllables, kana or Indic letters become equal that case folding keeps apart."""
    stripped = re.compile("LATIN|GREEK|CYRILLIC|ANGSTROM|OHM|KELVIN|ORDINAL|MODIFIER LETTER|SCRIPT|LONG")
    equal = defaultdict(set)
    for character in ACTIVE:
        name = unicodedata.name(character, "")
        letter = TABLE.kind[ord(character)] >= Kind.LETTER and unicodedata.category(character)[0] == "L"
        if letter and not stripped.search(name):
            equal[tuple(words(character))].add(unicodedata.normalize("NFC", character).casefold())
    merged = {folded: texts for folded, texts in equal.items() if len(texts) > 1}
    assert merged == {}


def test_folds_are_settled() -> None:
    """Folding what is folded changes nothing, and a fold has letters only."""
    for text in TABLE.fold.values():
        for letter in text:
            assert TABLE.kind[ord(letter)] >= Kind.LETTER
            assert TABLE.fold.get(ord(letter), letter) == letter
