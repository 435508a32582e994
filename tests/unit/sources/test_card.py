from pathlib import Path

import pytest

from registry.errors import SourceError
from registry.sources.card import card_of, front_matter
from registry.sources.files import listing


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


@pytest.mark.parametrize("inside", ["- 1", "a: [", "text", "&a [*a]", "!!python/object:os.system {}"])
def test_what_is_no_mapping_is_an_error(inside: str) -> None:
    with pytest.raises(SourceError, match="no YAML mapping"):
        front_matter(f"---\n{inside}\n---\n")


def test_the_card_is_the_readme_of_the_folder_itself(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "README.md").write_text("---\nlicense: other\n---\n")
    assert card_of(listing([str(tmp_path)]).files) == {}
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n")
    assert card_of(listing([str(tmp_path)]).files) == {"license": "mit"}
