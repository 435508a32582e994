"""Random texts over real words of ten scripts; the same seed gives the same texts on every machine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

Random = np.random.RandomState  # its streams are frozen (NEP 19)
Record = tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """A writing system: some of its words, and what stands between two of them.

    In scripts written without spaces the recipe takes each letter for a word, and so do these texts.
    """

    name: str
    words: tuple[str, ...]
    between: str = " "

    def text(self, words: Sequence[str]) -> str:
        """Words as a text."""
        return self.between.join(words)

    def draw(self, random: Random, count: int) -> list[str]:
        """So many words, each as likely as any other."""
        return [self.words[at] for at in random.randint(0, len(self.words), count).tolist()]


def _spaced(name: str, words: str) -> Script:
    return Script(name, tuple(words.split()))


def _unspaced(name: str, letters: str) -> Script:
    return Script(name, tuple(dict.fromkeys(letters)), between="")


SCRIPTS: Final = (
    _spaced(
        "Latin",
        "the garden of a quiet house where nobody had lived since winter was full bees and old roses that "
        "climbed over its broken wall while children from village came to look for apples every autumn",
    ),
    _spaced(
        "Latin, accented",
        "über straße größe übung café élève garçon où déjà forêt château señor niño año corazón kuře žlutý "
        "kůň příliš łódź żółw gęś fjord smörgås ångström việt nước đường người İstanbul ağaç çiçek ﬁn",
    ),
    _spaced(
        "Greek",
        "ο κήπος του σπιτιού ήταν γεμάτος λουλούδια και παλιά βιβλία που κανείς δεν είχε διαβάσει ποτέ "
        "θάλασσα άνεμος νύχτα δρόμος λόγος ψυχή Όμηρος μῆνιν ἄειδε θεὰ ῥόδον ἥλιος",
    ),
    _spaced(
        "Cyrillic",
        "сад старого дома был полон цветов и пчёл где никто не жил с прошлой зимы ветер море книга йод "
        "ёлка мой їжак ґанок люди город вечер снег дорога письмо",
    ),
    _spaced(
        "Arabic",
        "كان البيت القديم في آخر القرية وحوله حديقة مليئة بالورد والنحل ولم يسكنه أحد منذ الشتاء كتاب مدرسة "
        "بحر ليل طريق مدينة قلم شمس قمر نهر جبل سَلَام مؤمن",
    ),
    _spaced(
        "Devanagari",
        "पुराने घर का बगीचा फूलों और मधुमक्खियों से भरा था जहाँ सर्दियों के बाद कोई नहीं रहा किताब समुद्र रात रास्ता नगर "
        "क़लम सूरज चाँद नदी पहाड़ हिन्दी संस्कृत विद्या",
    ),
    _spaced(
        "Hangul",
        "오래된 집의 정원에는 꽃과 벌이 가득했고 지난 겨울부터 아무도 살지 않았다 책 바다 밤 길 "
        "도시 연필 태양 달 강 산 한국어 사람 마음 학교 아이들이 사과를 찾아 왔다",
    ),
    _unspaced(
        "Han",
        "天地玄黃宇宙洪荒日月盈昃辰宿列張寒來暑往秋收冬藏閏餘成歲律呂調陽雲騰致雨露結爲霜金生麗水玉出崑岡",
    ),
    _unspaced(
        "Kana and Han",
        "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてアサキユメミシ古池蛙飛込水音夏草兵夢跡",
    ),
    _unspaced("Thai", "กขคงจฉชซญดตถทธนบปผพฟมยรลวสหอฮะาเแโใไ"),
)


def written_otherwise(script: Script, random: Random, words: Sequence[str]) -> str:
    """The same words as somebody else would write them: other case, punctuation, line breaks."""
    if not script.between:
        return "".join(
            word + ("，" if mark < 0.1 else "")
            for word, mark in zip(words, random.random(len(words)), strict=True)
        )
    cased = (
        word.upper() if case < 0.2 else word
        for word, case in zip(words, random.random(len(words)), strict=True)
    )
    marks = random.choice([" ", ", ", "\n", " -- ", ". "], len(words), p=[0.7, 0.1, 0.1, 0.05, 0.05]).tolist()
    return "".join(word + mark for word, mark in zip(cased, marks, strict=True)).rstrip()
