"""Folders of images, audio and video as records."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from registry.domain.dataset import FileRole
from registry.errors import SourceError
from registry.fingerprint.digest import record_digests
from registry.fingerprint.leaves import Leaves, Tag
from registry.sources import media
from registry.sources.interface import ReadOptions, Source
from registry.sources.open import open_source
from tests.media import JPEG, mp4, png, wav

Record = dict[str, bytes | str]


def opened(*paths: Path) -> Source:
    return open_source([str(path) for path in paths], ReadOptions())


def fill(folder: Path, **files: bytes | str) -> Path:
    """Files by their names, `_` for the dot before the ending, `__` for a folder's slash."""
    for name, content in files.items():
        path = folder / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def records(source: Source) -> list[Record]:
    return [record for batch in source.batches() for record in _records(batch.leaves())]


def _records(leaves: Leaves) -> list[Record]:
    found: list[Record] = []
    for low, high in zip(leaves.record[:-1], leaves.record[1:], strict=True):
        found.append({})
        for leaf in range(low, high):
            value = bytes(leaves.data[leaves.start[leaf] : leaves.stop[leaf]])
            is_binary = leaves.tag[leaf] == Tag.BINARY
            found[-1][leaves.paths[leaves.path[leaf]]] = value if is_binary else value.decode()
    return found


def digests(source: Source) -> list[bytes]:
    return sorted(bytes(row) for batch in source.batches() for row in record_digests(batch.leaves()))


def test_a_file_is_a_record_that_is_called_nothing(tmp_path: Path) -> None:
    folder = fill(tmp_path, a_png=png(1), deep__b_wav=wav(0.1), c_mp4=mp4(100))
    source = opened(folder)
    assert records(source) == [{"image.bytes": png(1)}, {"video.bytes": mp4(100)}, {"audio.bytes": wav(0.1)}]
    assert source.warnings == []
    assert [(file.path, file.format) for file in source.files] == [
        ("a.png", "image"),
        ("c.mp4", "video"),
        ("deep/b.wav", "audio"),
    ]


def test_a_folder_has_the_records_of_a_table_with_the_same_bytes_whatever_names_and_order(
    tmp_path: Path,
) -> None:
    pictures = [png(number) for number in range(9)]
    parquet.write_table(
        pa.table({"image": [{"bytes": picture, "path": None} for picture in pictures]}),
        tmp_path / "t.parquet",
    )
    one = fill(tmp_path / "one", **{f"p{number}_png": picture for number, picture in enumerate(pictures)})
    other = fill(
        tmp_path / "other" / "where",
        **{f"q{9 - number}_png": picture for number, picture in enumerate(pictures)},
    )
    assert digests(opened(one)) == digests(opened(other)) == digests(opened(tmp_path / "t.parquet"))


def test_what_a_file_holds_counts_not_how_its_name_ends(tmp_path: Path) -> None:
    source = opened(fill(tmp_path, a_jpg=png(1), b_mp3="a text", c_jpg=JPEG))
    assert records(source) == [{"image.bytes": png(1)}, {"file.bytes": b"a text"}, {"image.bytes": JPEG}]
    assert source.warnings == [
        "counted as what they hold, not as their names end: b.mp3 (of no known format)"
    ]


def test_a_file_without_a_byte_is_a_record_of_what_its_name_says(tmp_path: Path) -> None:
    source = opened(fill(tmp_path, a_png=png(), b_wav=b""))
    [batch] = source.batches()
    leaves = batch.leaves()
    assert source.warnings == ["without a byte: b.wav"]
    assert (leaves.records, dict(leaves.empty)) == (2, {1: "audio"})


def test_a_large_file_is_mapped_and_stands_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(media, "BATCH_BYTES", 500)
    source = opened(fill(tmp_path, a_png=png(), b_wav=wav(0.2), c_png=png(1)))
    batches = list(source.batches())
    assert [batch.leaves().records for batch in batches] == [1, 1, 1]
    assert isinstance(batches[1].leaves().data, np.memmap)
    assert records(source) == [{"image.bytes": png()}, {"audio.bytes": wav(0.2)}, {"image.bytes": png(1)}]


def test_a_file_that_changed_since_it_was_found_is_refused(tmp_path: Path) -> None:
    source = opened(fill(tmp_path, a_png=png()))
    (tmp_path / "a.png").write_bytes(png() + b"more")
    [batch] = source.batches()
    with pytest.raises(SourceError, match="changed while it was read"):
        batch.leaves()


class TestWithOtherFiles:
    def test_texts_beside_are_records_of_their_own(self, tmp_path: Path) -> None:
        found = records(opened(fill(tmp_path, a_png=png(1), a_txt="a grey dot")))
        assert found == [{"text": "a grey dot"}, {"image.bytes": png(1)}]

    def test_a_logo_beside_tables_is_left_out_and_said(self, tmp_path: Path) -> None:
        source = opened(fill(tmp_path, t_jsonl='{"a": "b"}', logo_png=png()))
        assert records(source) == [{"a": "b"}]
        assert source.warnings == ["not read, media beside tables: logo.png; name them to read them"]

    def test_named_by_the_user_it_is_read(self, tmp_path: Path) -> None:
        folder = fill(tmp_path, t_jsonl='{"a": "b"}', logo_png=png())
        found = records(opened(folder / "t.jsonl", folder / "logo.png"))
        assert found == [{"a": "b"}, {"image.bytes": png()}]

    def test_more_images_than_tables_are_data(self, tmp_path: Path) -> None:
        source = opened(fill(tmp_path, t_jsonl='{"a": "b"}', a_png=png(1), b_png=png(2)))
        assert [file.role for file in source.files] == [FileRole.DATA] * 3
        assert len(records(source)) == 3


class TestMetadata:
    ROWS = ({"file_name": "a.png", "caption": "one"}, {"file_name": "deep/b.png", "caption": "two"})

    @pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
    def test_a_row_and_the_file_it_names_are_one_record(self, tmp_path: Path, form: str) -> None:
        folder = fill(tmp_path / "x", a_png=png(1), deep__b_png=png(2), c_png=png(3))
        if form == "jsonl":
            (folder / "metadata.jsonl").write_text("".join(json.dumps(row) + "\n" for row in self.ROWS))
        elif form == "csv":
            lines = [f"{row['file_name']},{row['caption']}\n" for row in self.ROWS]
            (folder / "metadata.csv").write_text("file_name,caption\n" + "".join(lines))
        else:
            parquet.write_table(pa.Table.from_pylist(list(self.ROWS)), folder / "metadata.parquet")
        assert records(opened(folder)) == [
            {"image.bytes": png(1), "caption": "one"},
            {"image.bytes": png(2), "caption": "two"},
            {"image.bytes": png(3)},
        ]

    def test_joined_records_are_those_of_a_table(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(media, "BATCH_BYTES", 3 * len(png()))
        rows = [
            {"image": {"bytes": png(i), "path": None}, "caption": f"n{i}", "tags": ["x", "y"]}
            for i in range(9)
        ]
        parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
        folder = fill(tmp_path / "x", **{f"p{i}_png": png(i) for i in range(9)})
        lines = [{"tags": ["x", "y"], "file_name": f"p{i}.png", "caption": f"n{i}"} for i in range(9)]
        (folder / "metadata.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        source = opened(folder)
        assert len(list(source.batches())) > 1
        assert digests(source) == digests(opened(tmp_path / "t.parquet"))

    def test_it_speaks_of_files_below_its_own_folder(self, tmp_path: Path) -> None:
        folder = fill(tmp_path, a_png=png(1), deep__a_png=png(2), deep__b_png=png(3))
        (folder / "deep" / "metadata.jsonl").write_text('{"file_name": "a.png", "caption": "deep"}\n')
        assert records(opened(folder)) == [
            {"image.bytes": png(2), "caption": "deep"},
            {"image.bytes": png(1)},
            {"image.bytes": png(3)},
        ]

    def test_a_row_about_no_file_stays_as_it_is(self, tmp_path: Path) -> None:
        folder = fill(tmp_path, a_png=png(1), metadata_jsonl='{"file_name": "gone.png", "caption": "one"}')
        assert records(opened(folder)) == [
            {"file_name": "gone.png", "caption": "one"},
            {"image.bytes": png(1)},
        ]


def _dictionary(values: pa.DataType) -> pa.DataType:
    return pa.dictionary(pa.int32(), values)


def test_a_schema_says_which_values_are_files() -> None:
    file = pa.struct([("path", pa.string()), ("bytes", pa.large_binary())])
    schema = pa.schema(
        [
            ("photo", file),
            ("clips", pa.list_(file)),
            ("deep", pa.struct([("a.b", file), ("bytes", pa.binary())])),
            ("again", pa.struct([("bytes", _dictionary(pa.binary())), ("path", _dictionary(pa.string()))])),
            ("text", pa.string()),
        ]
    )
    from registry.sources.features import media_values

    features = {"photo": {"_type": "Image"}, "clips": {"_type": "List", "feature": {"_type": "Video"}}}
    known = schema.with_metadata({b"huggingface": json.dumps({"info": {"features": features}}).encode()})
    paths = {"photo", "clips[]", "deep.a\\.b", "again"}
    assert media_values(schema) == dict.fromkeys(paths)
    assert media_values(known) == {"photo": "image", "clips[]": "video", "deep.a\\.b": None, "again": None}
    assert media_values(schema.with_metadata({b"huggingface": b"no json"})) == dict.fromkeys(paths)
