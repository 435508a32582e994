"""Laws of words, over texts of all planes."""

import unicodedata
from typing import Final

from hypothesis import given
from hypothesis import strategies as st

from registry.fingerprint.unicode_table import Kind, unicode_table
from registry.fingerprint.words import words
from tests.properties.texts import texts

TABLE: Final = unicode_table()


@given(texts())
def test_words_do_not_depend_on_the_normalization_form(text: str) -> None:
    """`words(s) = words(NFC(s)) = words(NFD(s))`."""
    assert words(TABLE.nfc(text)) == words(text) == words(TABLE.nfd(text))


@given(texts())
def test_the_frozen_normalization_is_the_interpreters(text: str) -> None:
    """Normalization is stable: all versions agree on the code points they know."""
    known = "".join(c for c in text if TABLE.kind[ord(c)] and unicodedata.category(c) != "Cn")
    assert TABLE.nfc(known) == unicodedata.normalize("NFC", known)
    assert TABLE.nfd(known) == unicodedata.normalize("NFD", known)


def is_ignorable(letter: str) -> bool:
    return TABLE.kind[ord(letter)] == Kind.SKIPPED and not TABLE.combining_class[ord(letter)]


@given(texts())
def test_words_of_words_are_the_same_words(text: str) -> None:
    """Folding what is folded changes nothing.

    Left out: ignorable code points, which may keep two marks from being put in order until they are skipped.
    """
    found = words("".join(each for each in text if not is_ignorable(each)))
    assert [word for each in found for word in words(each)] == found


@given(texts(), texts(), st.sampled_from([" ", "\n", ", ", "—", "\u3000", "。", "🎉"]))
def test_separators_separate(left: str, right: str, separator: str) -> None:
    assert words(left + separator + right) == words(left) + words(right)


@given(texts(), st.sampled_from("\u00ad\u200b\u2060\ufeff\ufe0f\U000e0100"), st.data())
def test_ignorable_code_points_are_skipped_not_separators(
    text: str, ignorable: str, data: st.DataObject
) -> None:
    """In a word of letters that do not compose (a joiner keeps apart what would)."""
    word = "".join(character for character in text if character.isascii() and character.isalnum()) or "a"
    place = data.draw(st.integers(0, len(word)))
    assert words(word[:place] + ignorable + word[place:]) == words(word)
