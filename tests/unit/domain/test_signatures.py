"""What bytes are, by how they begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.signatures import modality_of_bytes
from registry.domain.stated import Modality
from tests.media import BMP, GIF, JPEG, SVG, TIFF, WEBP, mp4, png, wav

_MP3 = b"\xff\xfb\x90\x00" + bytes(413)  # MPEG-1 layer III, 128 kbit/s, 44,100 Hz: 417 bytes a frame
_AAC = b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(9)  # ADTS, 16 bytes a frame


@pytest.mark.parametrize("value", [png(), JPEG, GIF, WEBP, TIFF, BMP, SVG, b"\0\0\0\x18ftypavif\0\0\0\0"])
def test_images_are_told_by_their_first_bytes(value: bytes) -> None:
    assert modality_of_bytes(value) is Modality.IMAGE
    assert modality_of_bytes(memoryview(value)) is Modality.IMAGE


@pytest.mark.parametrize(
    "value",
    [
        wav(0.1),
        b"fLaC\0\0\0\x22",
        b"OggS\0\2",
        b"ID3\4\0\0\0\0\0\x10",
        b"MAC \x96\x0f",
        b"FORM\0\0\0\x10AIFF",
        b"\0\0\0\x18ftypM4A ",
        2 * _MP3,
        2 * _AAC,
    ],
)
def test_recordings_are_told_by_their_first_bytes(value: bytes) -> None:
    assert modality_of_bytes(value) is Modality.AUDIO


@pytest.mark.parametrize(
    "value",
    [mp4(1000), b"\x1aE\xdf\xa3\x01", b"RIFF\0\0\0\0AVI LIST", b"\0\0\1\xba", 3 * (b"G" + bytes(187))],
)
def test_films_are_told_by_their_first_bytes(value: bytes) -> None:
    assert modality_of_bytes(value) is Modality.VIDEO


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"\x89PNG",
        b"words, no sound",
        b"BM is a text",
        b"RIFFtext",
        b"%PDF-1.7",
        b"<p>no picture</p>",
        b"<!DOCTYPE html><html><body><svg/></body></html>",
        b"<?xml version='1.0'?><html><svg/></html>",
        b"The wide world",
        b"The moov box",
        b"MAC address list",
        b"ID3 is a tag format",
        _MP3,
        _MP3 + bytes(99),
    ],
)
def test_what_only_begins_alike_is_none_of_them(value: bytes) -> None:
    assert modality_of_bytes(value) is None


@given(
    st.binary(max_size=64),
    st.sampled_from([b"", b"\xff\xfb", b"BM", b"\0\0\0\0ftyp", b"RIFF", b"<?xml", b"G"]),
)
def test_whatever_the_bytes_there_is_an_answer(rest: bytes, start: bytes) -> None:
    modality_of_bytes(start + rest)
