import pytest

from registry.domain.languages import OFFICIAL, is_official, language_name, language_tag

# What py3langid 0.4 can answer.
DETECTED = """
af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu ha he hi hr ht hu
hy id ig is it ja jv ka kk km kn ko ku ky la lg ln lo lt lv mg mk ml mn mr ms my ne nl no om or pa pl ps
pt qu ro ru sa si sk sl so sq sr sv sw ta te th tl tr ug uk ur uz vi xh yo zh zu zxx ace bcl dz ext gcf
gom grc gug hbo kik nso pcm rw se sn st an ary crh fo fuv gcr guw kab lb lij ltg uzs wa sdh arz ba mt nn
oc tg tk tt vec vo wuu yue und
"""


@pytest.mark.parametrize("tag", DETECTED.split())
def test_every_language_that_is_detected_has_a_name(tag: str) -> None:
    assert "code" not in language_name(tag)


def test_the_union_has_24_official_languages() -> None:
    assert len(OFFICIAL) == 24
    assert all("code" not in language_name(tag) for tag in OFFICIAL)


@pytest.mark.parametrize(
    ("tag", "name", "official"),
    [
        ("de", "German", True),
        ("deu", "German", True),
        ("pt-BR", "Portuguese (BR)", True),
        ("zh-Hant", "Chinese (Hant)", False),
        ("nob", "Norwegian Bokmål", False),
        ("qqq", "language with the code qqq", False),
    ],
)
def test_names_of_tags(tag: str, name: str, official: bool) -> None:
    assert language_name(tag) == name
    assert is_official(tag) is official


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        (" EN ", "en"),
        ("pt_br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("deu", "de"),
        ("German", "de"),
        ("no", "no"),
        ("42", None),
        ("", None),
        ("français", None),
        ("not a lang", None),
        ("secretco-lang", None),
        ("en-", None),
        ("en-toolongsubtag", None),
    ],
)
def test_a_tag_in_its_usual_spelling(text: str, tag: str | None) -> None:
    assert language_tag(text) == tag
