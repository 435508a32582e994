"""How much of each modality values that are bytes hold, and how long it lasts."""

import sys
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest

from registry.domain.dataset import FieldMapping
from registry.domain.facts import MediaPart
from registry.domain.stated import Modality
from registry.measure.media.containers import Container, read_container, reader, reader_version
from registry.measure.media.counts import MOST_RATES, Item, MediaCounts, items_of
from registry.measure.roles import Roles
from registry.measure.run import content_paths
from registry.sources.tables import TableBatch
from tests.media import JPEG, mp4, png, wav

FILE = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
HUGGING_FACE = b'{"info": {"features": {"sound": {"_type": "Audio"}, "pictures": [{"_type": "Image"}]}}}'


@pytest.fixture
def without_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "pymediainfo", None)
    reader.cache_clear()
    yield
    reader.cache_clear()


def batch(columns: dict[str, pa.Array], metadata: bytes | None = None) -> TableBatch:
    table = pa.record_batch(columns)
    if metadata:
        table = table.replace_schema_metadata({b"huggingface": metadata})
    return TableBatch("x.parquet", 0, table, 1)


def counted(columns: dict[str, pa.Array], metadata: bytes | None = None) -> dict[Modality, MediaPart]:
    counts = MediaCounts()
    counts.add(items_of(batch(columns, metadata).leaves(), Roles(FieldMapping(id=("key",)))))
    return {part.modality: part for part in counts.result()}


class TestContainers:
    def test_a_container_says_its_length_to_the_millisecond_and_its_rate(self) -> None:
        assert read_container(memoryview(wav(1.234, 16_000))) == Container(Modality.AUDIO, 1234, "16000")
        assert read_container(memoryview(mp4(2500))) == Container(Modality.VIDEO, 2500, "20")

    def test_the_tracks_decide_what_a_container_is(self) -> None:
        assert read_container(memoryview(mp4(2500, handler=b"soun"))).modality is Modality.AUDIO

    @pytest.mark.parametrize("value", [b"", b"OggS", wav(3)[:20], mp4(2500)[:100], b"\x1aE\xdf\xa3" * 9])
    def test_what_is_damaged_has_no_length(self, value: bytes) -> None:
        assert read_container(memoryview(value)).milliseconds is None

    def test_the_reader_is_named_with_its_version(self) -> None:
        assert (reader_version() or "").startswith("MediaInfo ")

    @pytest.mark.usefixtures("without_reader")
    def test_without_the_reader_nothing_is_known(self) -> None:
        assert reader_version() is None
        assert read_container(memoryview(wav(1))) == Container(None, None, None)


class TestCounting:
    def test_several_modalities_in_a_record_are_counted_side_by_side(self) -> None:
        found = counted(
            {
                "picture": pa.array([png(1), None, JPEG]),
                "sound": pa.array([wav(1.5), wav(0.25, 11_025), None]),
                "text": pa.array(["a", "b", "c"]),
            }
        )
        size = len(wav(1.5)) + len(wav(0.25, 11_025))
        assert found[Modality.AUDIO] == MediaPart(Modality.AUDIO, 2, 2, size, 1750, 0, ("8000", "11025"))
        assert found[Modality.IMAGE] == MediaPart(Modality.IMAGE, 2, 2, len(png(1)) + len(JPEG))
        assert found.keys() == {Modality.AUDIO, Modality.IMAGE}

    def test_a_record_with_several_images_is_one_record(self) -> None:
        found = counted({"pictures": pa.array([[png(1), png(2)], [], [png(3)]])})
        assert (found[Modality.IMAGE].items, found[Modality.IMAGE].records) == (3, 2)

    def test_bytes_of_no_known_format_are_of_another_modality_unless_they_play_a_part(self) -> None:
        found = counted({"vector": pa.array([b"\1\2\3", b"\4"]), "key": pa.array([b"a1", b"a2"])})
        assert found == {Modality.OTHER: MediaPart(Modality.OTHER, 2, 2, 4)}

    def test_content_counts_before_what_a_feature_declares_and_that_before_nothing(self) -> None:
        sounds = pa.array(
            [{"bytes": png(), "path": "a.wav"}, {"bytes": b"not a sound", "path": "b.wav"}], type=FILE
        )
        found = counted({"sound": sounds}, HUGGING_FACE)
        assert (found[Modality.IMAGE].items, found[Modality.IMAGE].undetermined) == (1, 0)
        assert (found[Modality.AUDIO].items, found[Modality.AUDIO].undetermined) == (1, 1)
        assert counted({"sound": sounds})[Modality.OTHER].items == 1

    def test_files_that_are_only_named_are_items_that_could_not_be_read(self) -> None:
        pictures = pa.array(
            [[{"bytes": None, "path": "/far/a.png"}, {"bytes": png(), "path": None}]], type=pa.list_(FILE)
        )
        [part] = counted({"pictures": pictures}, HUGGING_FACE).values()
        assert (part.modality, part.items, part.records, part.undetermined) == (Modality.IMAGE, 1, 1, 0)
        both = pa.array(
            [[{"bytes": None, "path": "a"}], [{"bytes": png(), "path": "b"}]], type=pa.list_(FILE)
        )
        [part] = counted({"pictures": both}, HUGGING_FACE).values()
        assert (part.items, part.records, part.undetermined) == (2, 2, 1)

    def test_damaged_recordings_are_counted_without_a_length(self) -> None:
        part = counted({"sound": pa.array([wav(2), wav(2)[:20]])})[Modality.AUDIO]
        assert (part.items, part.milliseconds, part.undetermined) == (2, 2000, 1)

    @pytest.mark.usefixtures("without_reader")
    def test_without_the_reader_items_are_counted_and_no_length_is_known(self) -> None:
        found = counted({"sound": pa.array([wav(2), mp4(100)]), "picture": pa.array([png(), png()])})
        assert found[Modality.AUDIO] == MediaPart(Modality.AUDIO, 1, 1, len(wav(2)), None, 1)
        assert found[Modality.VIDEO].milliseconds is None
        assert found[Modality.IMAGE].undetermined == 0

    def test_of_many_rates_the_most_frequent_are_kept_in_order(self) -> None:
        counts = MediaCounts()
        rates = [str(1000 - number) for number in range(MOST_RATES + 5)]
        counts.add(
            Item(0, Modality.VIDEO, 1, True, 1, rate) for rate in (*rates, *rates[:MOST_RATES], "0.5", "0.5")
        )
        [part] = counts.result()
        assert part.rates == tuple(sorted(rates[:MOST_RATES], key=float))


class TestNamesOfFiles:
    COLUMNS = {"sound": pa.array([{"bytes": wav(0.1), "path": "birds in may.wav"}], type=FILE)}  # noqa: RUF012

    def content(self, mapping: FieldMapping) -> set[str]:
        leaves = batch(self.COLUMNS).leaves()
        return {leaves.paths[number] for number in np.flatnonzero(content_paths(leaves, Roles(mapping)))}

    def test_what_a_file_is_called_is_no_content(self) -> None:
        assert self.content(FieldMapping()) == {"sound.bytes"}

    def test_unless_someone_says_so(self) -> None:
        assert self.content(FieldMapping(text=("sound.path",))) == {"sound.path"}
