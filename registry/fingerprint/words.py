"""What a word is: the specification in code. The compiled kernel must agree with it to the bit."""

from registry.fingerprint.unicode_table import Kind, unicode_table


def words(text: str) -> list[str]:
    r"""The folded words of a text, in order.

    The text is brought to Normalization Form C by the frozen table, so that canonically equivalent texts have
    the same words. Then each code point, by its kind in the table:

    - letters, numbers, marks and the low line (identifiers are words, as in `\w`) belong to a word, folded:
      Latin, Greek, Cyrillic to the letters of the case-folded compatibility decomposition without diacritics
      (`É` to `e`, `ß` to `ss`, `ﬁ` to `fi`), all others to their case folding;
    - letters and marks of scripts written without spaces (Han, kana, Thai, Lao, Khmer, Burmese, ...) are each
      a word of their own; their decimal digits are not;
    - diacritics of Latin, Greek, Cyrillic and default-ignorable code points (soft hyphen, joiners, variation
      selectors) are skipped and separate nothing;
    - all else separates, code points unassigned in the table's Unicode version too.
    """
    table = unicode_table()
    found: list[str] = []
    word = ""
    for character in table.nfc(text):
        kind = table.kind[ord(character)]
        folded = table.fold.get(ord(character), character)
        if kind == Kind.LETTER:
            word += folded
        elif kind != Kind.SKIPPED:
            found += [word] if word else []
            found += [folded] if kind == Kind.ALONE else []
            word = ""
    return found + ([word] if word else [])
