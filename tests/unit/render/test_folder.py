"""A folder is written whole or not at all, and never over the files of others."""

import os
from pathlib import Path

import pytest

from registry.errors import RefusedError
from registry.render.folder import MARK, write_folder

ONE = {"index.html": b"1", "disclosure.json": b"{}", "domains.csv": b"a"}
TWO = {"index.html": b"2", "disclosure.json": b"{}"}
OTHER = {"index.html": b"3", "attribution.json": b"{}"}


def content(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != MARK}


def test_a_new_folder_with_its_parents(tmp_path: Path) -> None:
    out = tmp_path / "a" / "b"
    write_folder(ONE, out)
    assert content(out) == ONE
    assert [path.name for path in out.parent.iterdir()] == ["b"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_folder(ONE, tmp_path / "out")
    assert content(tmp_path / "out") == ONE


def test_a_second_writing_brings_it_up_to_date(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(ONE, out)
    write_folder(TWO, out)
    assert content(out) == TWO
    write_folder(ONE, out)
    assert content(out) == ONE


def test_folders_that_hold_nothing_any_more_are_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(ONE | {"models/a/1/index.html": b"", "models/b/1/index.html": b""}, out)
    write_folder(ONE | {"models/b/1/index.html": b""}, out)
    assert [path.name for path in (out / "models").iterdir()] == ["b"]
    write_folder(ONE, out)
    assert content(out) == ONE


@pytest.mark.parametrize("name", ["index.html", "notes.txt", "sub/notes.txt"])
def test_files_of_others_are_refused_untouched(tmp_path: Path, name: str) -> None:
    mine = tmp_path / "out" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(RefusedError, match=r"files of others: .*") as refused:
        write_folder(ONE, tmp_path / "out")
    assert refused.value.hint
    assert mine.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_file_added_by_someone_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(ONE, out)
    (out / "notes.txt").write_text("mine")
    with pytest.raises(RefusedError, match=r"notes\.txt"):
        write_folder(TWO, out)
    assert (out / "index.html").read_bytes() == b"1"


def test_another_document_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_folder(ONE, out)
    with pytest.raises(RefusedError, match="another document"):
        write_folder(OTHER, out)
    assert content(out) == ONE


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(RefusedError, match="not a folder"):
        write_folder(ONE, tmp_path / "out")


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failed_update_can_be_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    out = tmp_path / "out"
    write_folder(TWO, out)
    calls, replace = [], Path.replace

    def full(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space"):
            write_folder(ONE, out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    write_folder(ONE, out)
    assert content(out) == ONE


def test_a_failed_first_writing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_folder(ONE, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
