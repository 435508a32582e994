"""Images, audio and video that were counted in the data, on the form and in the sums."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest

from registry.documents.composition import Use, uses
from registry.documents.dataset import as_json
from registry.documents.dataset_gaps import dataset_gaps
from registry.documents.disclosure import build_disclosure
from registry.documents.eu_sizes import HOUR_BANDS, IMAGE_BANDS
from registry.documents.eu_template import NOT_APPLICABLE
from registry.documents.figures import lasting, lasting_exactly
from registry.documents.media import media_amounts
from registry.documents.projection import Audience, project
from registry.documents.sizes import hours, images, may_hold_more, modalities_of, undetermined
from registry.domain.dataset import Visibility
from registry.domain.facts import MediaPart, VersionFacts
from registry.domain.stated import DeclaredSize, Description, Modality
from tests.facts import component, declared_version, model, version
from tests.unit.documents.reading import disclosed, field, rows

HOUR = 3_600_000
IMAGES = MediaPart(Modality.IMAGE, items=7, records=5, bytes=700)
AUDIO = MediaPart(Modality.AUDIO, 10, 10, 9_000, milliseconds=3 * HOUR, rates=("8000", "16000"))
VIDEO = MediaPart(Modality.VIDEO, 2, 2, 50_000, milliseconds=HOUR, rates=("25",))
BYTES = MediaPart(Modality.OTHER, 4, 4, 40)


def holding_media(
    *parts: MediaPart, name: str = "m", words: int = 0, visibility: Visibility = Visibility.PUBLIC
) -> VersionFacts:
    found = version(name, size=(10, words, 6 * words), types=("binary",), visibility=visibility)
    return replace(found, media=parts, measured_with="MediaInfo 1 (pymediainfo 2)")


def use(found: VersionFacts, used: tuple[int, int] | None = None) -> Use:
    [one] = uses(model(component(found, used=used)))
    return one


def sizes(found: Iterable[VersionFacts], *, exact: bool = False) -> dict[object, dict[str, object]]:
    built = build_disclosure(model(*map(component, found)), exact_sizes=exact)
    return {row["modality"]: row for row in rows(built, "1.3.b")}


class TestSizes:
    def test_what_was_counted_is_measured_and_the_rest_absent(self) -> None:
        found = sizes([holding_media(IMAGES, AUDIO)])
        told = {key: (row["size"], row["other_unit"], row["known"]) for key, row in found.items()}
        assert told["image"] == (IMAGE_BANDS[0], "7 images", "measured")
        assert told["audio"] == (HOUR_BANDS[0], "3.0 hours in 10 items", "measured")
        assert told["video"] == told["text"] == (NOT_APPLICABLE,) * 3

    def test_audio_and_video_of_one_dataset_are_not_added_up(self) -> None:
        found = sizes([holding_media(AUDIO, VIDEO)])
        assert found["audio"]["other_unit"] == "3.0 hours in 10 items"
        assert found["video"]["other_unit"] == "1.0 hours in 2 items"
        both = use(holding_media(AUDIO, VIDEO))
        assert [hours(both, only) for only in (None, Modality.VIDEO, Modality.IMAGE)] == [4, 1, None]

    def test_exact_sizes_are_those_of_the_media(self) -> None:
        found = sizes([holding_media(IMAGES, AUDIO, words=50)], exact=True)
        columns = ("records", "words", "bytes")
        assert [found["text"][key] for key in columns] == [10, 50, 300]
        assert [found["image"][key] for key in columns] == [5, 0, 700]
        assert [found["audio"][key] for key in columns] == [10, 0, 9_000]

    def test_of_a_part_media_count_with_the_records(self) -> None:
        part = use(holding_media(IMAGES, AUDIO, words=1_000), used=(3, 900))
        assert images(part) == 3  # 2.1, rounded up
        assert hours(part) == Fraction(9, 10)

    def test_measured_and_declared_add_up_and_are_marked(self) -> None:
        declared = declared_version("d", DeclaredSize(Modality.AUDIO, hours="20000"))
        found = sizes([holding_media(AUDIO), declared])["audio"]
        assert (found["size"], found["other_unit"]) == (HOUR_BANDS[1], "20,000 hours")
        assert found["known"] == "in parts declared, not measured"

    def test_what_was_counted_counts_before_what_is_declared(self) -> None:
        both = replace(
            holding_media(IMAGES), description=Description(measured=DeclaredSize(Modality.IMAGE, images=9))
        )
        assert images(use(both)) == 7

    def test_items_of_unknown_length_make_the_hours_a_least_and_stay_open(self) -> None:
        built = disclosed([holding_media(replace(AUDIO, undetermined=4))])
        found = rows(built, "1.3.b")[2]
        assert found["other_unit"] == "at least 3.0 hours in 10 items"
        assert found["known"] == "measured; without 4 items of unknown length"
        assert "The provider: the length of 4 audio items of m@1" in (field(built, "1.3.b").closed_by or "")

    def test_without_any_length_the_size_is_a_gap_that_names_the_extra(self) -> None:
        built = disclosed([holding_media(replace(AUDIO, milliseconds=None, undetermined=10))])
        found = rows(built, "1.3.a")[2]
        assert found["present"] == "yes"
        assert "training-data-registry[media]" in (field(built, "1.3.b").closed_by or "")

    def test_how_they_were_measured_names_rates_and_reader(self) -> None:
        told = str(field(disclosed([holding_media(AUDIO, VIDEO)]), "1.3.g").value)
        assert "Sampling rates of the audio: 8000, 16000 Hz. Frame rates of the video: 25 per second." in told
        assert "MediaInfo 1 (pymediainfo 2)" in told


class TestOpenQuestions:
    def test_bytes_that_were_recognised_leave_none(self) -> None:
        assert not may_hold_more(holding_media(IMAGES))
        assert modalities_of(holding_media(IMAGES, AUDIO, words=3)) == {
            Modality.TEXT,
            Modality.IMAGE,
            Modality.AUDIO,
        }

    @pytest.mark.parametrize("parts", [(), (BYTES,), (IMAGES, BYTES)])
    def test_bytes_that_were_not_do(self, parts: tuple[MediaPart, ...]) -> None:
        assert may_hold_more(holding_media(*parts))

    def test_bytes_of_no_known_format_are_of_another_modality_by_number(self) -> None:
        assert sizes([holding_media(BYTES)])["other"]["size"] == "4 items"

    def test_a_dataset_says_what_could_not_be_read(self) -> None:
        version_ = holding_media(replace(AUDIO, undetermined=2), replace(IMAGES, undetermined=1), BYTES)
        told = [gap.unknown for gap in dataset_gaps(version_) if gap.field == "media"]
        assert told == [
            "the length of 2 audio items could not be read",
            "the content of 1 image item could not be read",
            "the format of 4 values of bytes is not known",
        ]

    def test_pictures_without_words_are_in_no_language(self) -> None:
        unknown = version("x", languages={"und": (10, 0, 0)}).languages
        silent = replace(holding_media(IMAGES), languages=unknown)
        assert not [gap for gap in dataset_gaps(silent) if gap.field == "languages"]
        spoken = replace(silent, media=(IMAGES, AUDIO))
        assert [gap for gap in dataset_gaps(spoken) if gap.field == "languages"]


class TestVisibility:
    def test_described_datasets_show_their_sizes(self) -> None:
        [one] = project(
            model(component(holding_media(AUDIO, visibility=Visibility.DESCRIBED))), Audience.PUBLIC
        ).components
        assert one.version.name == "public dataset 1"
        assert one.version.media == (AUDIO,)

    def test_private_ones_are_part_of_the_sum_as_far_as_they_were_used(self) -> None:
        first = holding_media(IMAGES, AUDIO, name="first", visibility=Visibility.PRIVATE)
        second = holding_media(replace(IMAGES, undetermined=3), name="second", visibility=Visibility.PRIVATE)
        facts = model(component(first, used=(5, 0)), component(second, used=(5, 0)))
        [line] = uses(project(facts, Audience.PUBLIC))
        assert line.version.name == "withheld (2)"
        assert images(line) == 8  # twice half of 7, each rounded up
        assert (hours(line), undetermined(line, Modality.IMAGE)) == (Fraction(3, 2), 2)
        assert all(part.rates == () for part in line.version.media)


def test_lengths_in_words() -> None:
    assert [lasting(Fraction(hours, 60)) for hours in (0, 1, 59, 60, 90, 600, 74_000)] == [
        "0 minutes",
        "1 minute",
        "59 minutes",
        "1.0 hours",
        "1.5 hours",
        "10 hours",
        "1,233 hours",
    ]
    assert lasting_exactly(Fraction(2401, 2)) == "1,200.5 hours"
    assert lasting_exactly(Fraction(28_817_500, HOUR)) == "8 hours 0 minutes 17.5 seconds"
    assert media_amounts((IMAGES, AUDIO, replace(VIDEO, milliseconds=None), BYTES)) == [
        "7 images",
        "3.0 hours of audio",
        "2 video items",
        "4 values of unknown format",
    ]


def test_the_twin_has_every_modality() -> None:
    [part] = as_json(holding_media(AUDIO))["media"]
    assert part == {
        "modality": "audio",
        "items": 10,
        "records": 10,
        "bytes": 9_000,
        "milliseconds": 3 * HOUR,
        "undetermined": 0,
        "rates": ["8000", "16000"],
    }
