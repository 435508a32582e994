"""Images, audio and video, from the files to the form: counted, lasting as long as they do."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from registry.measure.media.containers import reader
from tests.command import Command
from tests.media import mp4, png, wav

FILE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
FEATURES = {
    "image": {"_type": "Image"},
    "audio": {"_type": "Audio", "sampling_rate": 8000},
    "caption": {"_type": "Value", "dtype": "string"},
}
FORM = ("size", "other_unit", "known")


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    return Command(tmp_path / "home")


@pytest.fixture
def without_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "pymediainfo", None)
    reader.cache_clear()
    yield
    reader.cache_clear()


def speech(folder: Path) -> Path:
    """Ten recordings of 1, 2, ... 10 seconds and one film of a minute and a half."""
    folder.mkdir()
    for number in range(1, 11):
        (folder / f"{number}.wav").write_bytes(wav(number, 16_000 if number == 3 else 8_000))
    (folder / "film.mp4").write_bytes(mp4(90_000))
    return folder


def pictures(file: Path) -> Path:
    """Eight pictures, each with a sound of two seconds and a caption of three words, as `datasets` has it."""
    table = pa.table(
        {
            "image": pa.array([{"bytes": png(n), "path": f"dots in grey {n}.png"} for n in range(8)], FILE),
            "audio": pa.array([{"bytes": wav(2), "path": None} for _ in range(8)], FILE),
            "caption": [f"dot number n{n}" for n in range(8)],
        }
    )
    metadata = json.dumps({"info": {"features": FEATURES}})
    pq.write_table(table.replace_schema_metadata({"huggingface": metadata}), file)
    return file


def media(registry: Command, name: str) -> dict[str, dict[str, Any]]:
    found = registry("dataset", "show", name, "--format", "json").json
    return {part["modality"]: part for part in found["media"]}


def test_a_folder_of_recordings_and_films_is_measured_in_its_containers(
    registry: Command, tmp_path: Path
) -> None:
    told = registry("ingest", speech(tmp_path / "speech"), "--name", "speech")
    assert "11 records, 0 words, 0 bytes of content, 1 minute of audio, 2 minutes of video;" in told.stderr
    found = media(registry, "speech")
    assert (found["audio"]["items"], found["audio"]["milliseconds"]) == (10, 55_000)
    assert found["audio"]["rates"] == ["8000", "16000"]
    assert (found["video"]["items"], found["video"]["milliseconds"]) == (1, 90_000)
    shown = registry("dataset", "show", "speech").stdout
    assert "8000, 16000 Hz" in shown
    rows = registry("query", "SELECT modality, milliseconds FROM public_version_media", "--format", "json")
    assert rows.json == [
        {"modality": "audio", "milliseconds": 55_000},
        {"modality": "video", "milliseconds": 90_000},
    ]


def test_names_of_files_are_no_words_and_values_of_files_are_no_open_question(
    registry: Command, tmp_path: Path
) -> None:
    registry("ingest", pictures(tmp_path / "p.parquet"), "--name", "pictures")
    shown = registry("dataset", "show", "pictures", "--format", "json").json
    assert (shown["records"], shown["words"]) == (8, 24)
    roles = {field["path"]: field["role"] for field in shown["fields"]}
    assert (roles["image.path"], roles["caption"]) == ("other", "content")


def test_damaged_and_empty_files_are_counted_and_told(registry: Command, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "good.wav").write_bytes(wav(3))
    (folder / "cut.wav").write_bytes(wav(3)[:20])
    (folder / "empty.wav").write_bytes(b"")
    (folder / "text.mp3").write_text("no sound at all")
    told = registry("ingest", folder, "--name", "broken").stderr
    assert "the length of 2 of 3 audio items cannot be read" in told
    assert "text.mp3 (of no known format)" in told
    found = media(registry, "broken")
    assert (found["audio"]["items"], found["audio"]["milliseconds"]) == (3, 3_000)
    assert (found["audio"]["undetermined"], found["other"]["items"]) == (2, 1)


@pytest.mark.usefixtures("without_reader")
def test_without_the_extra_files_are_counted_and_the_extra_is_named(
    registry: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = speech(tmp_path / "speech")
    told = registry("ingest", folder, "--name", "speech").stderr
    assert "the length of 10 of 10 audio items is not known: install training-data-registry[media]" in told
    assert media(registry, "speech")["audio"]["milliseconds"] is None
    before = registry("dataset", "show", "speech", "--format", "json").json

    monkeypatch.delitem(sys.modules, "pymediainfo")
    reader.cache_clear()
    again = registry("ingest", folder, "--name", "speech")
    assert "length" not in again.stderr
    after = registry("dataset", "show", "speech", "--format", "json").json
    assert (after["version"], after["digest"]) == (before["version"], before["digest"])
    assert "MediaInfo" in after["measured_with"]
    assert media(registry, "speech")["audio"]["milliseconds"] == 55_000


@pytest.mark.parametrize("exact", [False, True])
def test_the_form_gives_images_and_hours_as_they_were_measured(
    registry: Command, tmp_path: Path, exact: bool
) -> None:
    speech(tmp_path / "speech")
    pictures(tmp_path / "p.parquet")
    (tmp_path / "registry.yaml").write_text(
        """
datasets:
  - {name: speech, version: "1", source: speech, origin: public}
  - {name: pictures, version: "1", source: p.parquet, origin: licensed}
  - {name: secret, version: "1", source: p.parquet, origin: public, visibility: private}
models:
  - name: m
    version: "1"
    training:
      - stage: pretraining
        mixture:
          - {dataset: speech, epochs: 3}
          - {dataset: pictures, selection: {share: 0.5}}
          - dataset: secret
"""
    )
    registry("apply", tmp_path / "registry.yaml")
    registry("disclose", "m", "--out", tmp_path / "out", *(["--exact-sizes"] if exact else []))
    fields = json.loads((tmp_path / "out" / "disclosure.json").read_text())["fields"]
    found = {row["modality"]: row for row in fields["1.3.b"]["value"]["rows"]}
    images, audio, video = (tuple(found[kind][key] for key in FORM) for kind in ("image", "audio", "video"))
    assert images == ("less than 1 million images", "12 images", "measured")  # half of 8, and 8
    lengths = ("0 hours 1 minute 19 seconds", "0.025 hours") if exact else ("1 minute", "2 minutes")
    assert audio == ("less than 10,000 hours", f"{lengths[0]} in 22 items", "measured")  # 55 + 8 + 16 seconds
    assert video == ("less than 10,000 hours", f"{lengths[1]} in 1 item", "measured")
    if exact:
        assert (found["text"]["words"], found["image"]["records"]) == (36, 12)
    how = fields["1.3.g"]["value"]
    assert "Sampling rates of the audio: 8000, 16000 Hz. Frame rates of the video:" in how
    assert "MediaInfo" in how
    assert "Of parts of licensed dataset 1, images, audio and video are taken in proportion" in how
    page = (tmp_path / "out" / "index.html").read_text()
    assert "was trained on 3 datasets, 36 words, 12 images, 1 minute of audio, 2 minutes of video" in page


def test_the_pages_tell_how_much_there_is(registry: Command, tmp_path: Path) -> None:
    registry("ingest", speech(tmp_path / "speech"), "--name", "speech", "--origin", "public")
    registry("publish", "--out", tmp_path / "site")
    page = next((tmp_path / "site").rglob("speech/**/index.html")).read_text()
    assert "speech@1 holds 1 minute of audio and 2 minutes of video" in page
    assert "0 hours 0 minutes 55 seconds" in page
