from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import SourceError
from registry.sources.beside import cards_of
from registry.sources.card import front_matter, stated
from registry.sources.files import listing
from registry.sources.interface import Card, CardFact, ReadOptions
from registry.sources.open import open_source


def facts(text: str) -> dict[str, list[str]]:
    """What a card's front matter declares, by property."""
    found: dict[str, list[str]] = {}
    for fact in stated(front_matter(f"---\n{text}\n---\n"), "README.md").facts:
        found.setdefault(fact.property, []).append(fact.value)
    return found


def warnings(text: str) -> list[str]:
    return stated(front_matter(f"---\n{text}\n---\n"), "README.md").warnings


def test_a_language_is_a_text_by_the_rules_of_yaml_1_2() -> None:
    assert front_matter("---\nlanguage: no\nlicense: mit\n---\n# T\n") == {"language": "no", "license": "mit"}
    assert front_matter("---\nlanguage: [no, on, y]\ngated: true\nversion: 1.10\n---\n") == {
        "language": ["no", "on", "y"],
        "gated": True,
        "version": "1.10",
    }


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    assert front_matter("\ufeff---\r\nlicense: mit\r\n---\r\ntext") == {"license": "mit"}


@pytest.mark.parametrize("text", ["", "# Title\n---\na: 1\n---\n", "---\n---\n", "---\n# nothing\n---\n"])
def test_without_front_matter_nothing_is_declared(text: str) -> None:
    assert front_matter(text) == {}


@pytest.mark.parametrize(
    "inside",
    [
        "- 1",
        "a: [",
        "text",
        "&a [*a]",
        "!!python/object:os.system {}",
        "a: !!int ''",
        "a: !!bool x",
        "a: !!timestamp x",
        "[" * 5000,
        "{a: {b: c}}: d\n- 1",
    ],
)
def test_what_is_no_mapping_is_an_error(inside: str) -> None:
    with pytest.raises(SourceError, match="no YAML mapping"):
        front_matter(f"---\n{inside}\n---\n")


def test_every_fact_says_where_it_stands() -> None:
    found = stated({"license": "mit", "pretty_name": "Chat", "language": ["no", "pt_br"]}, "README.md")
    assert found.facts == [
        CardFact("license", "mit", "card", "README.md: license"),
        CardFact("title", "Chat", "card", "README.md: pretty_name"),
        CardFact("language", "no", "card", "README.md: language"),
        CardFact("language", "pt-BR", "card", "README.md: language"),
    ]
    assert found.warnings == []


def test_several_licenses_stay_one_text_and_other_goes_by_its_name() -> None:
    assert facts("license: [mit, apache-2.0]") == {"license": ["mit, apache-2.0"]}
    assert facts("license: other") == {"license": ["other"]}
    assert facts("license: [other]\nlicense_name: acme-1.0\nlicense_link: LICENSE") == {
        "license": ["acme-1.0"]
    }
    assert facts("license: mit\nlicense_name: x\nlicense_link: https://example.org/l") == {
        "license": ["mit"],
        "license_url": ["https://example.org/l"],
    }


def test_languages_are_tags_and_what_names_none_is_left_out() -> None:
    assert facts("language: [deu, zh-hant, multilingual, code, English]") == {
        "language": ["de", "zh-Hant", "en"]
    }
    assert facts("language: klingonish") == {}
    assert warnings("language: klingonish") == ["README.md: language holds no language tag, not used"]


def test_what_a_dataset_was_made_from_is_an_address_on_the_hub() -> None:
    text = "source_datasets: [original, extended|squad_v2, a/b, extended|c/d, extended|other-x, wikipedia]"
    hub = "https://huggingface.co/datasets"
    assert facts(text) == {"derived_from": [f"{hub}/squad_v2", f"{hub}/a/b", f"{hub}/c/d"]}
    assert warnings(text) == []


def test_how_annotations_were_made_is_kept() -> None:
    assert facts("annotations_creators: [machine-generated, found]\ntags: [x]") == {
        "annotations": ["machine-generated", "found"]
    }


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("license: true", "license holds true or false"),
        ("license: {name: mit}", "license holds an object"),
        ("pretty_name: [[a]]", "pretty_name holds a list"),
        ("language: !!int 5", "language holds a number"),
        ("license: mit\nlicense_link: http//x", None),
        ("license_link: ftp://x/y", "license_link holds no web address"),
        ("pretty_name: jane@example.org", "pretty_name holds only an e-mail address"),
    ],
)
def test_wrong_values_are_not_used_and_named(text: str, what: str | None) -> None:
    assert warnings(text) == ([f"README.md: {what}, not used"] if what else [])
    assert facts(text).keys() <= {"license"}


def test_values_are_one_clean_line_without_e_mail_addresses() -> None:
    text = 'pretty_name: "Chat\\e[31m by\\n  Jane <jane@example.org> \\u202Eab"'
    assert facts(text) == {"title": ["Chat[31m by Jane ab"]}
    [long] = facts(f"pretty_name: {'word ' * 10_000}")["title"]
    assert len(long) <= 2000
    assert long.endswith("word …")


@given(st.text())
def test_any_front_matter_is_read_or_refused(text: str) -> None:
    try:
        front = front_matter(f"---\n{text}\n---\n")
    except SourceError:
        return
    stated(front, "README.md")


def test_the_card_is_the_readme_of_the_folder_itself(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "README.md").write_text("---\nlicense: other\n---\n")
    assert cards_of(listing([str(tmp_path)]).files).card is None
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n")
    found = cards_of(listing([str(tmp_path)]).files)
    assert found.front == {"license": "mit"}
    assert found.card == Card((CardFact("license", "mit", "card", "README.md: license"),))


def test_a_readme_beside_a_file_counts_by_its_front_matter_and_is_no_file_of_the_source(
    tmp_path: Path,
) -> None:
    data, readme = tmp_path / "a.jsonl", tmp_path / "README.md"
    data.write_text('{"a": 1}\n')
    readme.write_text("# A\nlicense: mit\n")
    assert open_source([str(data)], ReadOptions()).card is None
    readme.write_text("---\nlicense: mit\n---\n")
    source = open_source([str(data)], ReadOptions())
    assert source.card == Card((CardFact("license", "mit", "card", "README.md: license"),))
    assert [file.path for file in source.files] == ["a.jsonl"]
    named = open_source([str(readme)], ReadOptions())
    assert named.card is None


def test_front_matter_that_is_wrong_is_an_error_of_a_folder_and_a_warning_beside_a_file(
    tmp_path: Path,
) -> None:
    data = tmp_path / "a.jsonl"
    data.write_text('{"a": 1}\n')
    (tmp_path / "README.md").write_text("---\nno mapping\n---\n")
    source = open_source([str(data)], ReadOptions())
    assert source.card is None
    assert source.warnings == ["README.md: has front matter that is no YAML mapping, not used"]
    with pytest.raises(SourceError, match="no YAML mapping"):
        open_source([str(tmp_path)], ReadOptions())


def test_cards_of_several_folders_are_not_of_files_that_lie_in_all_of_them(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.jsonl").write_text('{"a": 1}\n')
        (tmp_path / name / "README.md").write_text("---\nlicense: mit\n---\n")
    one = open_source([str(tmp_path / "a" / "x.jsonl")], ReadOptions())
    assert one.card is not None
    both = open_source([str(tmp_path / "a" / "x.jsonl"), str(tmp_path / "b" / "x.jsonl")], ReadOptions())
    assert both.card is None
