"""What counts as a word, by example."""

import pytest

from registry.fingerprint.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \t\n.,;", []),
        ("The quick, brown FOX!", ["the", "quick", "brown", "fox"]),
        ("don't stop", ["don", "t", "stop"]),
        ("first_name = x1 + _", ["first_name", "x1", "_"]),
        ("Çà et là: L’Été, cœur", ["ca", "et", "la", "l", "ete", "cœur"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ﬁn ﬂoor ǅ", ["fin", "floor", "dz"]),
        ("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", ["οδυσσευσ", "οδυσσευσ"]),
        ("Ёлка Й", ["елка", "и"]),
        ("İstanbul ISTANBUL ırmak", ["istanbul", "istanbul", "ırmak"]),
        ("co\u00adop joi\u200dner va\ufe0fr", ["coop", "joiner", "var"]),
        ("한국어 텍스트", ["한국어", "텍스트"]),
        ("漢字かな交じり", ["漢", "字", "か", "な", "交", "じ", "り"]),
        ("用Python3写", ["用", "python3", "写"]),
        ("が か\u3099", ["が", "が"]),
        ("ภาษา ๑๒๓", ["ภ", "า", "ษ", "า", "๑๒๓"]),
        ("हिन्दी \u0958 \u0915\u093c", ["हिन्दी", "\u0915\u093c", "\u0915\u093c"]),
        ("কো \u0995\u09c7\u09be", ["কো", "কো"]),
        ("السَّلام", ["السَّلام"]),
        ("שָׁלוֹם", ["שָׁלוֹם"]),
        ("ოქრო ᲝᲥᲠᲝ", ["ოქრო", "ოქრო"]),
        ("ok 👍🏽 2️⃣ done", ["ok", "2", "done"]),
        ("x² ½ Ⅳ", ["x²", "½", "iv"]),
        ("a\U000e0fffb \uffff \ue000 \u0378", ["ab"]),
        ("\U00010400 𝒳", ["\U00010428", "𝒳"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
