from pathlib import Path
from textwrap import dedent

import pytest

from registry.domain.dataset import FileRole
from registry.errors import SourceError
from registry.sources.interface import ReadOptions
from registry.sources.layout import looks_split
from registry.sources.open import open_source


def make(folder: Path, *names: str, card: str = "") -> str:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text('{"a": 1}\n')
    if card:
        (folder / "README.md").write_text(dedent(card))
    return str(folder)


def splits(spec: str, options: ReadOptions | None = None) -> dict[str, str | None]:
    """The split of every file that is read."""
    source = open_source([spec], options or ReadOptions())
    return {file.path: file.split for file in source.files if file.role is FileRole.DATA}


CARD = """\
    ---
    license: mit
    configs:
    - config_name: en
      data_files:
      - {split: train, path: en/*.jsonl}
      - {split: test, path: more/held-out.jsonl}
    - config_name: de
      data_files: de/*.jsonl
    ---
    # A dataset
    """


def test_splits_are_known_by_the_usual_names(tmp_path: Path) -> None:
    spec = make(tmp_path, "data/train-00000-of-00001.jsonl", "data/test-00000-of-00001.jsonl")
    assert splits(spec) == {
        "data/test-00000-of-00001.jsonl": "test",
        "data/train-00000-of-00001.jsonl": "train",
    }
    assert splits(spec, ReadOptions(split="test")) == {"data/test-00000-of-00001.jsonl": "test"}


def test_without_such_names_no_split_is_claimed(tmp_path: Path) -> None:
    spec = make(tmp_path, "trained_models.jsonl", "b.jsonl")
    assert set(splits(spec).values()) == {None}
    assert len(splits(spec, ReadOptions(split="train"))) == 2


def test_the_card_says_which_files_make_a_configuration(tmp_path: Path) -> None:
    spec = make(tmp_path, "en/a.jsonl", "more/held-out.jsonl", "de/b.jsonl", "other.jsonl", card=CARD)
    assert splits(spec) == {
        "de/b.jsonl": "train",
        "en/a.jsonl": "train",
        "more/held-out.jsonl": "test",
        "other.jsonl": None,
    }
    assert splits(spec, ReadOptions(config="de")) == {"de/b.jsonl": "train"}
    assert splits(spec, ReadOptions(config="en", split="test")) == {"more/held-out.jsonl": "test"}


def test_what_was_left_out_is_said(tmp_path: Path) -> None:
    spec = make(tmp_path, "train.jsonl", "test.jsonl", "extra.jsonl")
    source = open_source([spec], ReadOptions(split="train"))
    assert source.warnings == ["not read, outside train: extra.jsonl, test.jsonl"]


@pytest.mark.parametrize(
    ("options", "there"),
    [
        (ReadOptions(config="fr"), "it has: de, en"),
        (ReadOptions(config="en", split="dev"), "it has: test, train"),
        (ReadOptions(split="train"), "choose one with --config"),
    ],
)
def test_a_choice_that_is_not_there_lists_what_is(tmp_path: Path, options: ReadOptions, there: str) -> None:
    spec = make(tmp_path, "en/a.jsonl", "more/held-out.jsonl", "de/b.jsonl", card=CARD)
    with pytest.raises(SourceError) as error:
        open_source([spec], options)
    assert error.value.hint == there


def test_a_single_file_has_no_splits(tmp_path: Path) -> None:
    make(tmp_path, "train.jsonl")
    with pytest.raises(SourceError, match="has no split 'train'"):
        open_source([str(tmp_path / "train.jsonl")], ReadOptions(split="train"))


@pytest.mark.parametrize(
    "front", ["configs: 3", "configs: [{a: b}]", "configs: [{config_name: a, data_files: 3}]", "a: [", "- 1"]
)
def test_a_card_that_cannot_be_followed_is_an_error(tmp_path: Path, front: str) -> None:
    spec = make(tmp_path, "train.jsonl", card=f"---\n{front}\n---\n")
    with pytest.raises(SourceError):
        open_source([spec], ReadOptions(split="train"))


@pytest.mark.parametrize(
    ("path", "expected"), [("data/train.jsonl", True), ("x/dev-1.csv", True), ("a.csv", False)]
)
def test_names_that_speak_of_splits(path: str, expected: bool) -> None:
    assert looks_split([path]) is expected
