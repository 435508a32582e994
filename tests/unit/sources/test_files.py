import gzip
import hashlib
import lzma
import os
import zlib
from pathlib import Path

import pytest
import zstandard

from registry.domain.dataset import FileRole
from registry.errors import SourceError
from registry.sources.files import Listing, classify, format_of, listing, open_bytes, sha256_of
from registry.sources.interface import SourceFile


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}\n")


def data_paths(found: Listing) -> list[str]:
    return [file.path for file in found.files if file.role is FileRole.DATA]


def only(path: Path) -> SourceFile:
    [file] = listing([str(path)]).files
    return file


@pytest.mark.parametrize(
    ("name", "role", "format_", "compression"),
    [
        ("a.jsonl", FileRole.DATA, "json", None),
        ("deep/a.JSON.GZ", FileRole.DATA, "json", "gzip"),
        ("a.tsv.zst", FileRole.DATA, "tsv", "zstd"),
        ("a.md", FileRole.DATA, "text", None),
        ("a.feather", FileRole.DATA, "arrow", None),
        ("a.xhtml", FileRole.DATA, "html", None),
        ("deep/README.md", FileRole.CARD, None, None),
        ("README", FileRole.CARD, None, None),
        ("dataset_card.md", FileRole.CARD, None, None),
        ("LICENSE.upstream", FileRole.LICENSE, None, None),
        ("LICENCE.txt", FileRole.LICENSE, None, None),
        ("COPYING", FileRole.LICENSE, None, None),
        ("UNLICENSE", FileRole.LICENSE, None, None),
        ("licenses.parquet", FileRole.DATA, "parquet", None),
        ("NOTICE", FileRole.NOTICE, None, None),
        ("dataset_infos.json", FileRole.METADATA, None, None),
        ("croissant-v1.json", FileRole.METADATA, None, None),
        ("content.opf", FileRole.METADATA, None, None),
        ("metadata.yml", FileRole.METADATA, None, None),
        ("state.json", FileRole.METADATA, None, None),
        ("deep/a.JPEG", FileRole.DATA, "image", None),
        ("a.flac", FileRole.DATA, "audio", None),
        ("a.webm", FileRole.DATA, "video", None),
        ("a.png.gz", FileRole.OTHER, None, None),
        ("notes.docx", FileRole.OTHER, None, None),
        ("a.gz", FileRole.OTHER, None, None),
    ],
)
def test_a_path_says_what_a_file_is_for(
    name: str, role: FileRole, format_: str | None, compression: str | None
) -> None:
    assert classify(name) == (role, format_, compression)


def test_a_folder_lists_every_file_sorted_and_says_what_is_not_read(tmp_path: Path) -> None:
    make(tmp_path, "b.jsonl", "a/x.csv", "README.md", "LICENSE", "paper.docx", ".hidden", ".git/config")
    found = listing([str(tmp_path)])
    assert [file.path for file in found.files] == [
        "LICENSE",
        "README.md",
        "a/x.csv",
        "b.jsonl",
        "paper.docx",
    ]
    assert data_paths(found) == ["a/x.csv", "b.jsonl"]
    assert found.warnings == (
        "hidden, not read: .git, .hidden",
        "not read, of no known data format: paper.docx",
    )


def test_a_file_named_by_the_user_is_data_whatever_its_name(tmp_path: Path) -> None:
    make(tmp_path, "README.md", "state.json")
    assert [only(tmp_path / name).format for name in ("README.md", "state.json")] == ["text", "json"]


def test_several_specs_are_united_below_their_common_folder(tmp_path: Path) -> None:
    make(tmp_path, "one/a.jsonl", "two/a.jsonl", "two/README.md")
    found = listing([str(tmp_path / "one"), str(tmp_path / "two" / "a.jsonl")])
    assert data_paths(found) == ["one/a.jsonl", "two/a.jsonl"]
    again = listing([str(tmp_path / "two"), str(tmp_path / "two" / "a.jsonl")])
    assert data_paths(again) == ["a.jsonl"]


def test_a_glob_finds_files_below_its_fixed_part(tmp_path: Path) -> None:
    make(tmp_path, "x/a.jsonl", "y/b.jsonl", "y/README.md")
    assert data_paths(listing([f"{tmp_path}/*/*"])) == ["x/a.jsonl", "y/b.jsonl"]
    assert data_paths(listing([f"{tmp_path}/**/b.*"])) == ["y/b.jsonl"]


def test_a_name_with_glob_characters_is_a_name(tmp_path: Path) -> None:
    make(tmp_path, "a[1].jsonl")
    assert only(tmp_path / "a[1].jsonl").path == "a[1].jsonl"


@pytest.mark.parametrize("spec", ["absent", "*.absent", "absent/*/x.jsonl"])
def test_what_is_not_there_is_an_error_with_a_hint(tmp_path: Path, spec: str) -> None:
    with pytest.raises(SourceError) as error:
        listing([f"{tmp_path}/{spec}"])
    assert error.value.hint


def test_a_folder_without_data_and_an_unknown_format_are_errors(tmp_path: Path) -> None:
    make(tmp_path, "README.md", "a.psd")
    with pytest.raises(SourceError, match="holds no data files"):
        listing([str(tmp_path)])
    with pytest.raises(SourceError, match="no known data format"):
        listing([str(tmp_path / "a.psd")])


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_devices_are_never_read(device: str) -> None:
    with pytest.raises(SourceError, match="no regular file"):
        listing([device])


def test_pipes_and_links_that_loop_or_dangle_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, "a/b.jsonl")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.jsonl").symlink_to(tmp_path / "nowhere")
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.jsonl")
    found = listing([str(tmp_path)])
    assert data_paths(found) == ["a/b.jsonl"]
    [warning] = found.warnings
    assert all(name in warning for name in ("a/loop", "gone.jsonl", "zero.jsonl", "pipe.jsonl"))


def test_links_to_files_and_folders_are_followed(tmp_path: Path) -> None:
    make(tmp_path / "elsewhere", "a.jsonl")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "b.jsonl").symlink_to(tmp_path / "elsewhere" / "a.jsonl")
    (folder / "c").symlink_to(tmp_path / "elsewhere")
    assert data_paths(listing([str(folder)])) == ["b.jsonl", "c/a.jsonl"]


def test_a_name_that_is_no_utf8_is_shown_escaped(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff.jsonl")).write_text("{}")
    assert data_paths(listing([str(tmp_path)])) == ["a\\xff.jsonl"]


def test_the_digest_is_that_of_the_stored_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b"{}"))
    assert sha256_of(only(path)) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_that_changed_is_not_hashed(tmp_path: Path) -> None:
    make(tmp_path, "a.jsonl")
    file = only(tmp_path / "a.jsonl")
    (tmp_path / "a.jsonl").write_text("{} \n")
    with pytest.raises(SourceError, match=r"a\.jsonl: changed while it was read"):
        sha256_of(file)


PLAIN = os.urandom(3000) + b"a" * 3_000_000
COMPRESSED = {
    ".gz": gzip.compress(PLAIN),
    ".zst": zstandard.compress(PLAIN),
    ".xz": lzma.compress(PLAIN),
}


def unpacked(path: Path, stored: bytes) -> bytes:
    path.write_bytes(stored)
    with open_bytes(only(path)) as stream:
        return stream.read()


@pytest.mark.parametrize("ending", COMPRESSED)
def test_every_member_of_a_compressed_file_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.txt{ending}"
    assert unpacked(path, COMPRESSED[ending]) == PLAIN
    assert unpacked(path, COMPRESSED[ending] * 3) == PLAIN * 3


@pytest.mark.parametrize("ending", COMPRESSED)
@pytest.mark.parametrize("cut", [1, 4, 300])
def test_cut_compressed_bytes_are_no_end(tmp_path: Path, ending: str, cut: int) -> None:
    for stored in (COMPRESSED[ending], COMPRESSED[ending] * 2):
        with pytest.raises(EOFError):
            unpacked(tmp_path / f"a.txt{ending}", stored[:-cut])


@pytest.mark.parametrize("ending", COMPRESSED)
def test_garbage_is_not_taken_for_compressed_bytes(tmp_path: Path, ending: str) -> None:
    with pytest.raises(SourceError, match="is not compressed with"):
        unpacked(tmp_path / f"a.txt{ending}", b"plain text")
    with pytest.raises((zlib.error, zstandard.ZstdError, lzma.LZMAError)):
        unpacked(tmp_path / f"a.txt{ending}", COMPRESSED[ending] + b"garbage")


def test_zero_bytes_after_gzip_and_skippable_frames_of_zstd_are_skipped(tmp_path: Path) -> None:
    assert unpacked(tmp_path / "a.txt.gz", COMPRESSED[".gz"] + b"\0" * 100_000) == PLAIN
    skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc"
    assert unpacked(tmp_path / "a.txt.zst", skippable + COMPRESSED[".zst"] + skippable) == PLAIN


def test_endings_are_read_without_regard_to_case() -> None:
    assert format_of("A.B.PARQUET") == ("parquet", None)
