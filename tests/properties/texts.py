"""Texts as hypothesis strategies: arbitrary, in one script, mixed, in any normalization form."""

from hypothesis import strategies as st

from registry.fingerprint.unicode_table import unicode_table

SCRIPTS = {
    "ascii": "abcdefgh ABC xyz .,;_-'\"0123\n",
    "latin": "éàüßçñøœĲǆﬁẞİı ÉÀÜ e\u0301a\u0327\u0323 ’«»",
    "greek": "αβγΣςᾳΐῆ ΆΈ\u0345\u0301",
    "cyrillic": "абвЁйЙ и\u0306 ѣ\u0483",
    "arabic": "سلامآؤ ا\u0653\u0655\u064e\u0651\u0650",
    "hebrew": "שלום ש\u05c1\u05b8\u05bc",
    "indic": "कखगढ़ \u0928\u093c\u094d ো\u09c7\u09be\u09dfয\u0bc6\u0bbe\u0dd9\u0dca\u0dcf",
    "unspaced": "漢字かなガ\u3099\u309aﾊﾟ ไทย่้\u0e38 ខ្មែរ ဥ\u102eဦ 𠀀",
    "hangul": "한국어 \u1112\u1161\u11ab\u1100ㅎ",
    "planes": "👩🏽‍🚀𝒳𐐀\U0001d15e\U0001d165\U00011099\U000110ba\U0001bc9e\ufffe\u0378\ue000",
    "joints": " \u00ad\u034f\u200b\u200c\u200d\ufe0f\u0300\u0327\u0340\u0344\u0f73\u0f71",
}


def texts(longest: int = 60) -> st.SearchStrategy[str]:
    """Text of all planes, of one script, or of several, as it is, composed or decomposed."""
    table = unicode_table()
    mixed = st.lists(st.sampled_from([*SCRIPTS.values()]).flatmap(st.sampled_from), max_size=longest)
    single = st.sampled_from([*SCRIPTS.values()]).flatmap(lambda script: st.lists(st.sampled_from(script)))
    plain = st.one_of(st.text(max_size=longest), mixed.map("".join), single.map("".join))
    forms = st.sampled_from([str, table.nfc, table.nfd])
    return st.builds(lambda form, text: form(text), forms, plain)
