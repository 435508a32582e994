"""When a file is read for its digest, and when what is remembered of it is trusted."""

import hashlib
import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from registry.app.digests import MOST_FILES, FileDigests
from registry.app.version_record import hashed, hashing
from registry.domain.dataset import FileRole
from registry.sources.files import listing
from registry.sources.interface import SourceFile

LONG_AGO = 1_600_000_000_000_000_000


def source_file(path: Path) -> SourceFile:
    """The file as a source finds it now."""
    return listing([str(path)]).files[0]


def written(path: Path, text: str, *, modified: int = LONG_AGO) -> SourceFile:
    """A file with this text and time of modification (ns)."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(modified, modified))
    return source_file(path)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "file-digests.json"


def remember(cache: Path, file: SourceFile) -> None:
    digests = FileDigests(cache)
    digests.sha256(file)
    digests.save()


def test_an_unchanged_size_and_time_are_trusted(tmp_path: Path, cache: Path) -> None:
    remember(cache, written(tmp_path / "a.txt", "before"))
    spoiled = written(tmp_path / "a.txt", "behind")
    digests = FileDigests(cache)
    assert digests.trusted(spoiled) == digest("before")
    assert digests.sha256(spoiled) == digest("before")


def test_rehash_reads_and_corrects_what_was_remembered(tmp_path: Path, cache: Path) -> None:
    remember(cache, written(tmp_path / "a.txt", "before"))
    spoiled = written(tmp_path / "a.txt", "behind")
    digests = FileDigests(cache, rehash=True)
    assert digests.trusted(spoiled) is None
    assert digests.sha256(spoiled) == digest("behind")
    digests.save()
    assert FileDigests(cache).trusted(spoiled) == digest("behind")


def test_rehash_reads_a_file_once(tmp_path: Path, cache: Path) -> None:
    file = written(tmp_path / "a.txt", "before")
    digests = FileDigests(cache, rehash=True)
    digests.sha256(file)
    (tmp_path / "a.txt").unlink()
    assert digests.sha256(file) == digest("before")


def test_a_touched_file_is_read_again(tmp_path: Path, cache: Path) -> None:
    remember(cache, written(tmp_path / "a.txt", "before"))
    touched = written(tmp_path / "a.txt", "behind", modified=LONG_AGO + 1)
    digests = FileDigests(cache)
    assert digests.trusted(touched) is None
    assert digests.sha256(touched) == digest("behind")


def test_a_file_of_another_size_is_read_again(tmp_path: Path, cache: Path) -> None:
    remember(cache, written(tmp_path / "a.txt", "before"))
    longer = written(tmp_path / "a.txt", "before and after")
    assert FileDigests(cache).sha256(longer) == digest("before and after")


@pytest.mark.parametrize("ahead", [0, 3600])
def test_a_file_that_was_just_written_is_not_remembered(tmp_path: Path, cache: Path, ahead: int) -> None:
    file = written(tmp_path / "a.txt", "young", modified=time.time_ns() + ahead * 10**9)
    remember(cache, file)
    assert FileDigests(cache).trusted(file) is None


def test_what_the_host_states_is_passed_on_even_where_all_is_read_again(cache: Path) -> None:
    stated = replace(SourceFile("a", "hf://x/a", FileRole.DATA, 1), sha256="ab" * 32)
    assert FileDigests(cache, rehash=True).sha256(stated) == "ab" * 32
    assert not cache.exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"\xff\x00",
        b"[]",
        b"null",
        b'{"form": 2, "files": {}}',
        b'{"form": 1}',
        b'{"form": 1, "files": []}',
        b'{"form": 1, "files": {"/a": 1}}',
        b'{"form": 1, "files": {"/a": [1, 2]}}',
        b'{"form": 1, "files": {"/a": [1, 2, "zz"]}}',
        b'{"form": 1, "files": {"/a": ["1", 2, "' + b"ab" * 32 + b'"]}}',
        b'{"form": 1, "files": ' * 3,
    ],
)
def test_a_damaged_cache_is_an_empty_one(tmp_path: Path, cache: Path, damage: bytes) -> None:
    cache.write_bytes(damage)
    file = written(tmp_path / "a.txt", "text")
    remember(cache, file)
    assert FileDigests(cache).trusted(file) == digest("text")


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    remember(tmp_path / "nowhere" / "file-digests.json", written(tmp_path / "a.txt", "text"))
    (tmp_path / "folder.json").mkdir()
    remember(tmp_path / "folder.json", source_file(tmp_path / "a.txt"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "folder.json"]


def test_two_that_save_at_once_keep_what_both_read(tmp_path: Path, cache: Path) -> None:
    files = [written(tmp_path / name, name) for name in ("a.txt", "b.txt")]
    both = [FileDigests(cache), FileDigests(cache)]
    for digests, file in zip(both, files, strict=True):
        digests.sha256(file)
        digests.save()
    assert [FileDigests(cache).trusted(file) for file in files] == [digest("a.txt"), digest("b.txt")]
    assert not list(tmp_path.glob(".file-digests*"))


def test_the_files_used_longest_ago_make_room(tmp_path: Path, cache: Path) -> None:
    known = {f"/old/{number}": [1, 2, "ab" * 32] for number in range(MOST_FILES)}
    cache.write_text(json.dumps({"form": 1, "files": known}))
    digests = FileDigests(cache)
    first, second = (SourceFile("x", f"/old/{number}", FileRole.DATA, 1, modified=2) for number in (0, 1))
    new = written(tmp_path / "a.txt", "text")
    assert digests.trusted(first) == "ab" * 32
    digests.sha256(new)
    digests.save()
    saved = FileDigests(cache)
    assert saved.trusted(first)
    assert saved.trusted(new)
    assert saved.trusted(second) is None
    assert len(json.loads(cache.read_bytes())["files"]) == MOST_FILES


def test_names_that_are_no_utf8_are_remembered(tmp_path: Path, cache: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    file = written(tmp_path / name, "text")
    remember(cache, file)
    assert FileDigests(cache).trusted(file) == digest("text")


def test_ten_thousand_files_are_looked_up_in_a_moment(tmp_path: Path, cache: Path) -> None:
    count = 10_000
    files = [
        SourceFile("x", f"{tmp_path}/part-{n:05}", FileRole.DATA, n, modified=LONG_AGO + n)
        for n in range(count)
    ]
    known = {file.location: [file.bytes, file.modified, digest(file.location)] for file in files}
    cache.write_text(json.dumps({"form": 1, "files": known}))
    begun = time.process_time()
    digests = FileDigests(cache)
    found = [digests.trusted(file) for file in files]
    assert time.process_time() - begun < 0.3
    assert None not in found


def test_distributions_have_the_remembered_digests(tmp_path: Path, cache: Path) -> None:
    file = written(tmp_path / "a.txt", "before")
    remember(cache, file)
    (tmp_path / "a.txt").unlink()
    assert [found.sha256 for found in hashed([file], 2, FileDigests(cache))] == [digest("before")]


def test_hashing_that_nobody_waits_for_ends(tmp_path: Path) -> None:
    os.truncate(written(tmp_path / "a.txt", "long").location, 1 << 36)
    begun = time.monotonic()
    with hashing([source_file(tmp_path / "a.txt")], 1):
        pass
    assert time.monotonic() - begun < 5
