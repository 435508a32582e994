"""The fingerprint store: whole or absent, the same for the same records, and no flipped bit unseen."""

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.dataset import FingerprintMode
from registry.errors import RefusedError, StoreError
from registry.fingerprint.leaves import U8, U32, U64
from registry.fingerprint.merkle import content_digest
from registry.fingerprint.sketch import Sketch
from registry.fingerprint.text import TextFingerprints
from registry.store.fingerprints import manifest as layout
from registry.store.fingerprints import staging, writer
from registry.store.fingerprints.folder import Finding, FingerprintFolder, open_fingerprint
from registry.store.fingerprints.passages import PassageSorter
from registry.store.fingerprints.writer import FingerprintWriter, Staged, clean_staging

ID = "0123456789abcdef" * 4
RECIPE = {"name": "1", "permutations": 128, "polynomial": 2**64 - 1}
SKETCH = Sketch(10, np.array([3, 2**64 - 1], np.uint64), np.array([1, 2**40], np.uint64))
ROOT = Path(__file__).resolve().parents[3]


def text_of(count: int, seed: int = 0) -> tuple[U8, TextFingerprints]:
    """Digests and fingerprints of `count` records, at random; a passage hash often stands in many."""
    random = np.random.default_rng(seed)
    pairs = 3 * count
    text = TextFingerprints(
        bytes=random.integers(0, 10**6, count),
        characters=random.integers(0, 10**6, count),
        words=random.integers(0, 10**6, count),
        words_digests=random.integers(0, 256, (count, 16), np.uint8),
        signatures=random.integers(0, 2**32, (count, 128), np.uint32),
        passage_hashes=random.choice(random.integers(0, 2**64, max(1, count // 4), np.uint64), pairs),
        passage_records=np.sort(random.integers(0, max(1, count), pairs)).astype(np.uint32),
        sketch_hashes=np.empty(0, np.uint64),
    )
    return random.integers(0, 256, (count, 32), np.uint8), text


def part(text: TextFingerprints, start: int, stop: int) -> TextFingerprints:
    inside = (text.passage_records >= start) & (text.passage_records < stop)
    assert text.signatures is not None
    return TextFingerprints(
        bytes=text.bytes[start:stop],
        characters=text.characters[start:stop],
        words=text.words[start:stop],
        words_digests=text.words_digests[start:stop],
        signatures=text.signatures[start:stop],
        passage_hashes=text.passage_hashes[inside],
        passage_records=text.passage_records[inside] - np.uint32(start),
        sketch_hashes=text.sketch_hashes,
    )


def store(
    root: Path,
    count: int,
    *,
    mode: str = "full",
    batches: Sequence[int] = (),
    most_pairs: int = 10**6,
    name: str = ID,
) -> FingerprintFolder:
    digests, text = text_of(count)
    cuts = [0, *sorted(cut for cut in batches if cut < count), count]
    with FingerprintWriter(root, mode, RECIPE, most_pairs=most_pairs) as fingerprints:
        for start, stop in pairwise(cuts):
            fingerprints.add(digests[start:stop], part(text, start, stop))
        fingerprints.finish(SKETCH).commit(name)
    return open_fingerprint(root, name)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def visible(root: Path) -> list[str]:
    """Everything under the root but the empty folder of stagings."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.name != "staging")


def test_what_was_written_is_read(tmp_path: Path) -> None:
    digests, text = text_of(1000)
    folder = store(tmp_path, 1000, batches=[300, 301])
    assert folder.path == tmp_path / "01" / ID
    table = pa.concat_tables(folder.records())
    assert table["record_digest"].to_pylist() == [row.tobytes() for row in digests]
    assert table["words_digest"].to_pylist() == [row.tobytes() for row in text.words_digests]
    assert table["words"].to_pylist() == text.words.tolist()
    assert table["characters"].to_pylist() == text.characters.tolist()
    assert table["bytes"].to_pylist() == text.bytes.tolist()
    assert np.array_equal(folder.signatures, text.signatures)  # type: ignore[arg-type]
    pairs = sorted(set(zip(text.passage_hashes.tolist(), text.passage_records.tolist(), strict=True)))
    found = zip(folder.passage_hashes.tolist(), folder.passage_records.tolist(), strict=True)
    assert list(found) == pairs
    assert folder.sketch.scale == 10
    assert np.array_equal(folder.sketch.hashes, SKETCH.hashes)
    assert np.array_equal(folder.sketch.counts, SKETCH.counts)
    assert not folder.signatures.flags.writeable
    assert np.load(folder.path / layout.SIGNATURES).shape == (1000, 128)
    assert visible(tmp_path) == sorted(
        ["01", f"01/{ID}", *(f"01/{ID}/{name}" for name in files(folder.path))]
    )


def test_the_manifest_says_what_there_is(tmp_path: Path) -> None:
    digests, text = text_of(50)
    folder = store(tmp_path, 50)
    manifest = folder.manifest
    assert manifest.fingerprint_id == ID
    assert manifest.content_digest == content_digest(digests).hex()
    assert (manifest.records, manifest.scale, manifest.mode) == (50, 10, FingerprintMode.FULL)
    assert manifest.recipe == RECIPE
    assert manifest.passages == len(folder.passage_hashes)
    sums = (manifest.words, manifest.characters, manifest.bytes)
    assert sums == (text.words.sum(), text.characters.sum(), text.bytes.sum())
    for name, content in files(folder.path).items():
        if name != layout.MANIFEST:
            assert manifest.files[name].sha256 == hashlib.sha256(content).hexdigest()
            assert manifest.files[name].bytes == len(content)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 120), st.lists(st.integers(0, 120)), st.integers(1, 500))
def test_batches_and_memory_change_no_byte(count: int, batches: list[int], most_pairs: int) -> None:
    with TemporaryDirectory() as folder:
        once = store(Path(folder) / "once", count)
        again = store(Path(folder) / "again", count, batches=batches, most_pairs=most_pairs)
        assert files(once.path) == files(again.path)
        assert once.verify(RECIPE) == []


def test_row_groups_do_not_follow_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.store.fingerprints.row_groups.ROW_GROUP", 16)
    once = store(tmp_path / "once", 100)
    again = store(tmp_path / "again", 100, batches=range(0, 100, 7))
    assert [len(table) for table in once.records()] == [16] * 6 + [4]
    assert files(once.path) == files(again.path)
    assert again.verify() == []


@pytest.mark.parametrize(("mode", "kept"), [("sketch", layout.FILES[FingerprintMode.SKETCH]), ("counts", ())])
def test_less_is_kept_on_request(tmp_path: Path, mode: str, kept: tuple[str, ...]) -> None:
    full = store(tmp_path / "full", 20)
    folder = store(tmp_path / mode, 20, mode=mode)
    assert sorted(files(folder.path)) == sorted([layout.MANIFEST, *kept])
    assert folder.manifest.content_digest == full.manifest.content_digest
    assert folder.manifest.words == full.manifest.words
    assert folder.verify(RECIPE) == []
    digests, _ = text_of(20)
    stored = b"".join(files(folder.path).values())
    assert not any(row.tobytes() in stored or row.tobytes().hex().encode() in stored for row in digests)
    for missing in ("signatures", "passage_hashes", "passage_records"):
        with pytest.raises(StoreError, match=f"its mode is {mode}") as error:
            getattr(folder, missing)
        assert error.value.hint is not None
    with pytest.raises(StoreError):
        next(folder.records())


def test_an_empty_version(tmp_path: Path) -> None:
    folder = store(tmp_path, 0)
    assert folder.manifest.content_digest == hashlib.sha256(b"").hexdigest()
    assert folder.signatures.shape == (0, 128)
    assert list(folder.records()) == []
    assert folder.verify() == []


def test_a_failure_midway_leaves_nothing(tmp_path: Path) -> None:
    for mode in FingerprintMode:
        with pytest.raises(KeyError):
            fail_midway(tmp_path, mode)
        assert visible(tmp_path) == []


def fail_midway(root: Path, mode: FingerprintMode) -> None:
    with FingerprintWriter(root, mode, RECIPE, most_pairs=10) as fingerprints:
        fingerprints.add(*text_of(100))
        raise KeyError


def test_finished_but_not_committed_leaves_nothing(tmp_path: Path) -> None:
    with FingerprintWriter(tmp_path, "full", RECIPE) as fingerprints:
        fingerprints.add(*text_of(10))
        assert isinstance(fingerprints.finish(SKETCH), Staged)
    assert visible(tmp_path) == []


def test_the_disk_full_at_any_write_leaves_nothing(tmp_path: Path) -> None:
    """The same in a process whose files may not grow beyond a limit, for many limits."""
    code = """
import resource, signal, sys
from pathlib import Path
from tests.unit.store.test_fingerprints import store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
done = 0
for limit in range(0, 60_000, 3_000):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        store(Path(sys.argv[1]), 100, most_pairs=50)
        done += 1
    except OSError:
        pass
print(done)
"""
    printed = run(code, str(tmp_path))
    assert 0 < int(printed) < 20
    assert len(visible(tmp_path)) == 3 + len(layout.FILES[FingerprintMode.FULL])
    assert open_fingerprint(tmp_path, ID).verify(RECIPE) == []


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    first = store(tmp_path, 30)
    before = {path: path.stat().st_mtime_ns for path in first.path.iterdir()}
    again = store(tmp_path, 30)
    assert {path: path.stat().st_mtime_ns for path in again.path.iterdir()} == before
    assert len(visible(tmp_path)) == 2 + len(before)


@pytest.mark.parametrize("harm", ["manifest", "missing", "short"])
def test_a_damaged_folder_is_replaced(tmp_path: Path, harm: str) -> None:
    folder = store(tmp_path, 30)
    before = files(folder.path)
    if harm == "manifest":
        (folder.path / layout.MANIFEST).write_text("{}")
    elif harm == "missing":
        (folder.path / layout.RECORDS).unlink()
    else:
        os.truncate(folder.path / layout.SIGNATURES, 1000)
    assert files(store(tmp_path, 30).path) == before
    assert len(visible(tmp_path)) == 2 + len(before)


def test_two_writers_of_the_same_content(tmp_path: Path) -> None:
    with (
        FingerprintWriter(tmp_path, "full", RECIPE) as first,
        FingerprintWriter(tmp_path, "full", RECIPE) as second,
    ):
        for each in (first, second):
            each.add(*text_of(10))
        staged = [each.finish(SKETCH) for each in (first, second)]
        paths = {each.commit(ID) for each in staged}
        assert paths == {tmp_path / "01" / ID}
    assert open_fingerprint(tmp_path, ID).verify() == []


def test_a_writer_that_loses_the_race_to_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def beaten(self: Path, target: Path) -> Path:
        if target == tmp_path / "01" / ID and not target.exists():
            monkeypatch.setattr(Path, "rename", rename)
            store(tmp_path, 10)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", beaten)
    assert store(tmp_path, 10).verify() == []


def run(code: str, *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.strip()


def test_leftovers_of_the_dead_are_removed_and_only_they(tmp_path: Path) -> None:
    code = """
import os, signal, sys
from pathlib import Path
from registry.store.fingerprints.writer import FingerprintWriter
with FingerprintWriter(Path(sys.argv[1]), "counts", {}):
    os.kill(os.getpid(), signal.SIGKILL)
"""
    with pytest.raises(subprocess.CalledProcessError) as killed:
        run(code, str(tmp_path))
    assert killed.value.returncode == -signal.SIGKILL
    with FingerprintWriter(tmp_path, "full", RECIPE) as fingerprints:
        assert len(list((tmp_path / "staging").iterdir())) == 2
        assert clean_staging(tmp_path) == 1
        assert clean_staging(tmp_path) == 0
        fingerprints.add(*text_of(10))
        fingerprints.finish(SKETCH).commit(ID)
    assert open_fingerprint(tmp_path, ID).verify() == []
    assert list((tmp_path / "staging").iterdir()) == []


def test_half_removed_leftovers_and_foreign_files(tmp_path: Path) -> None:
    assert clean_staging(tmp_path) == 0
    (tmp_path / "staging" / "a.dead").mkdir(parents=True)
    (tmp_path / "staging" / "b").mkdir()
    (tmp_path / "staging" / "file").touch()
    assert clean_staging(tmp_path) == 1
    assert visible(tmp_path) == ["staging/file"]


def test_a_cleaner_between_the_folder_and_its_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = staging._open_lock
    calls: list[Path] = []

    def slow(folder: Path) -> int:
        if not calls:
            calls.append(folder)
            clean_staging(tmp_path)
        return lock(folder)

    monkeypatch.setattr(staging, "_open_lock", slow)
    assert store(tmp_path, 5).verify() == []
    assert list((tmp_path / "staging").iterdir()) == []


def test_more_records_than_a_number_can_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_RECORDS", 15)
    digests, text = text_of(10)
    with FingerprintWriter(tmp_path, "full", RECIPE) as fingerprints:
        fingerprints.add(digests, text)
        with pytest.raises(RefusedError, match="more than 15 records") as error:
            fingerprints.add(digests, text)
    assert error.value.hint is not None


@cache
def pristine() -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        return files(store(Path(folder), 40).path)


def restored(root: Path, content: dict[str, bytes]) -> FingerprintFolder:
    folder = root / "01" / ID
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in content.items():
        (folder / name).write_bytes(data)
    return open_fingerprint(root, ID)


@pytest.mark.parametrize("name", [layout.MANIFEST, *layout.FILES[FingerprintMode.FULL]])
def test_every_flipped_bit_is_found(tmp_path: Path, name: str) -> None:
    original = pristine()
    bits = np.random.default_rng(len(name)).integers(0, 8 * len(original[name]), 100).tolist()
    for bit in bits:
        flipped = bytearray(original[name])
        flipped[bit // 8] ^= 1 << bit % 8
        findings = restored(tmp_path, {**original, name: bytes(flipped)}).verify(RECIPE)
        assert [finding.file for finding in findings] == [name], bit


@pytest.mark.parametrize("name", [layout.MANIFEST, *layout.FILES[FingerprintMode.FULL]])
def test_every_missing_and_shortened_file_is_found(tmp_path: Path, name: str) -> None:
    folder = restored(tmp_path, pristine())
    os.truncate(folder.path / name, 5)
    assert [finding.file for finding in open_fingerprint(tmp_path, ID).verify()] == [name]
    (folder.path / name).unlink()
    [finding] = open_fingerprint(tmp_path, ID).verify()
    assert finding.file == name
    assert "is missing" in finding.problem


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "7",
        "{}",
        '{"format": 1}',
        '{"format": 2}',
        "\ud800",
        "[" * 100_000,
        '{"format": 1, "digest": 2}',
    ],
)
def test_a_manifest_that_is_none(tmp_path: Path, manifest: str) -> None:
    folder = restored(tmp_path, {layout.MANIFEST: manifest.encode(errors="surrogatepass")})
    assert [finding.file for finding in folder.verify()] == [layout.MANIFEST]
    with pytest.raises(StoreError):
        _ = folder.sketch


def forged(**changes: object) -> bytes:
    """A manifest with other statements and the digest that goes with them."""
    says = json.loads(pristine()[layout.MANIFEST]) | changes
    del says["digest"]
    bare = json.dumps(says, indent=2, sort_keys=True) + "\n"
    says["digest"] = hashlib.sha256(bare.encode()).hexdigest()
    return (json.dumps(says, indent=2, sort_keys=True) + "\n").encode()


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        (
            {"content_digest": "00" * 32},
            Finding(layout.RECORDS, "does not have the content digest of the manifest"),
        ),
        ({"words": 1}, Finding(layout.RECORDS, "does not have the words of the manifest")),
        ({"records": 41}, Finding(layout.SIGNATURES, "does not have a row for each record")),
        ({"passages": 1}, Finding(layout.PASSAGE_HASHES, "does not have the pairs of the manifest")),
        ({"fingerprint_id": "ab" * 32}, Finding(layout.MANIFEST, f"belongs to fingerprint {'ab' * 8}")),
        ({"mode": "sketch"}, Finding(layout.MANIFEST, "does not list the files of mode sketch")),
    ],
)
def test_a_manifest_that_says_something_else(
    tmp_path: Path, changes: dict[str, object], finding: Finding
) -> None:
    folder = restored(tmp_path, {**pristine(), layout.MANIFEST: forged(**changes)})
    assert folder.verify() == [finding]


def test_another_recipe_and_a_stray_file(tmp_path: Path) -> None:
    folder = restored(tmp_path, {**pristine(), "notes.txt": b""})
    other = {**RECIPE, "name": "2"}
    assert folder.verify(other) == [
        Finding(layout.MANIFEST, "was made by another recipe"),
        Finding("notes.txt", "does not belong here"),
    ]


def test_damage_met_while_reading_is_no_traceback(tmp_path: Path) -> None:
    original = pristine()
    for name in layout.FILES[FingerprintMode.FULL]:
        folder = restored(tmp_path, {**original, name: b"\x93NUMPY\x01\x00garbage"})
        with pytest.raises(StoreError, match=name) as error:
            _ = (
                list(folder.records()),
                folder.side,
                folder.passage_hashes,
                folder.passage_records,
                folder.sketch,
            )
        assert error.value.hint is not None


def test_a_flipped_bit_in_a_page_is_met_while_reading(tmp_path: Path) -> None:
    original = pristine()
    flipped = bytearray(original[layout.RECORDS])
    flipped[200] ^= 4
    with pytest.raises(StoreError, match=r"records\.parquet"):
        list(restored(tmp_path, {**original, layout.RECORDS: bytes(flipped)}).records())


def test_absent_fingerprints_and_names_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="0123456789abcdef is not in") as error:
        open_fingerprint(tmp_path, ID)
    assert error.value.hint is not None
    for name in ("", "..", "../" * 12, "staging", ID.upper(), ID + "\n"):
        with pytest.raises(ValueError, match="not a fingerprint id"):
            open_fingerprint(tmp_path, name)


def merged(folder: Path, batches: list[tuple[U64, U32]], most: int) -> tuple[list[tuple[int, int]], int]:
    """All pairs in order, and the size of the largest piece."""
    sorter = PassageSorter(folder, most)
    for hashes, records in batches:
        sorter.add(hashes, records)
    pieces = list(sorter.merged())
    hashes, records = (np.concatenate(column).tolist() for column in zip(*pieces, strict=True))
    return list(zip(hashes, records, strict=True)), max(len(piece.hashes) for piece in pieces)


PAIRS = st.lists(
    st.lists(st.tuples(st.sampled_from([0, 1, 2**63, 2**64 - 1]) | st.integers(0, 99), st.integers(0, 4)))
)


@settings(deadline=None)
@given(PAIRS, st.integers(1, 40))
def test_merging_with_a_tiny_budget_is_sorting(batches: list[list[tuple[int, int]]], most: int) -> None:
    numbered = [
        [(value, 5 * i + record) for value, record in sorted(batch, key=lambda pair: pair[1])]
        for i, batch in enumerate(batches)
    ]
    arrays = [
        (np.array([v for v, _ in batch], np.uint64), np.array([r for _, r in batch], np.uint32))
        for batch in numbered
    ]
    with TemporaryDirectory() as folder:
        found, _ = merged(Path(folder), arrays, most)
    assert found == sorted({pair for batch in numbered for pair in batch})


def test_many_runs_are_merged_in_small_pieces(tmp_path: Path) -> None:
    random = np.random.default_rng(0)
    batches = []
    for first in range(0, 40_000, 1000):
        hashes = random.integers(0, 2**64, 3000, np.uint64) >> random.integers(0, 64, 3000, np.uint64)
        hashes[::3] = 12345  # one phrase in every record, so that its pairs alone do not fit
        batches.append((hashes, np.repeat(np.arange(first, first + 1000, dtype=np.uint32), 3)))
    found, largest = merged(tmp_path, batches, 6000)
    wanted = {
        pair for hashes, records in batches for pair in zip(hashes.tolist(), records.tolist(), strict=True)
    }
    assert found == sorted(wanted)
    assert largest <= 6000
