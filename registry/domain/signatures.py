"""Which modality bytes are of, by how they begin: what files are called says nothing here."""

import re

from registry.domain.stated import Modality

_HEAD = 4096
_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"\x00\x00\x00\x0cJXL \r\n\x87\n",
    b"\x00\x00\x00\x0cjP  \r\n\x87\n",
)
_SOUNDS = (b"fLaC", b"OggS", b"#!AMR", b".snd", b"caff\x00", b"wvpk")
_FILMS = (b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"FLV\x01")
_ASF = b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel"
_RIFF = {b"WEBP": Modality.IMAGE, b"WAVE": Modality.AUDIO, b"AVI ": Modality.VIDEO}
_IMAGE_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"mif1", b"msf1")
_SOUND_BRANDS = (b"M4A ", b"M4B ", b"M4P ")
_BMP_HEADERS = (12, 40, 52, 56, 64, 108, 124)
_TS_PACKET = 188
_TYPED = b"ftyp"
_LONGEST_BOX = 1 << 28
_BEFORE_ROOT = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+svg[^>[]*(?:\[.*?\]\s*)?>)*", re.DOTALL)
_BOXES = frozenset({_TYPED, b"moov", b"mdat", b"wide"})
_FIRST = frozenset(b"RFBG<\xff\xef \t\r\n") | {each[0] for each in (*_IMAGES, *_SOUNDS, *_FILMS, _ASF)}
_KBITS = (  # of MPEG-1 layer III, then of MPEG-2 and 2.5
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_HERTZ = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def modality_of_bytes(value: bytes | memoryview) -> Modality | None:
    """Image, audio or video; None where the beginning is of no known format.

    Containers that can hold both, as MP4, Matroska and ASF, count as video here, Ogg as audio: which it is,
    only their tracks say.
    """
    may_be = len(value) > 0 and (value[0] in _FIRST or bytes(value[4:8]) in _BOXES)
    return _of_head(bytes(value[:_HEAD])) if may_be else None  # most bytes in tables are no media


def _of_head(head: bytes) -> Modality | None:
    if head.startswith(_IMAGES) or _is_bitmap(head) or _is_svg(head):
        return Modality.IMAGE
    if _is_box(head):
        return _of_boxes(head)
    if head[:4] in {b"RIFF", b"RF64"}:
        return _RIFF.get(head[8:12])
    if head.startswith(_SOUNDS) or _is_tagged(head) or _is_aiff(head) or _is_frames(head):
        return Modality.AUDIO
    if head.startswith((*_FILMS, _ASF)) or _is_stream(head):
        return Modality.VIDEO
    return None


def _of_boxes(head: bytes) -> Modality:
    """By the brand of an ISO container, or of QuickTime, which names none."""
    brand = head[8:12] if head[4:8] == _TYPED else b""
    if brand in _IMAGE_BRANDS:
        return Modality.IMAGE
    return Modality.AUDIO if brand in _SOUND_BRANDS else Modality.VIDEO


def _is_bitmap(head: bytes) -> bool:
    """A BMP: two letters alone would be found in many bytes that are none."""
    header = int.from_bytes(head[14:18], "little")
    return head[:2] == b"BM" and head[6:10] == bytes(4) and header in _BMP_HEADERS


def _is_svg(head: bytes) -> bool:
    """Markup whose root is `svg`; a page with a drawing in it is a page."""
    root = _BEFORE_ROOT.sub(b"", head.removeprefix(b"\xef\xbb\xbf"), count=1)
    return root.startswith(b"<svg")


def _is_tagged(head: bytes) -> bool:
    """An ID3v2 tag, or Monkey's Audio: their letters alone begin sentences too."""
    if head[:4] == b"MAC ":
        return 3_000 <= int.from_bytes(head[4:6], "little") <= 9_999  # its version, in thousandths
    versions = head[3:5]
    return (
        head[:3] == b"ID3"
        and len(head) >= 10
        and max(versions) < 0xFF
        and max(head[6:10]) < 0x80
        and (versions[0] in {2, 3, 4})
    )


def _is_box(head: bytes) -> bool:
    """An ISO box: its size stands before its type, which a text of letters would make a gigabyte."""
    size = int.from_bytes(head[:4], "big")
    return head[4:8] in _BOXES and (size in {0, 1} or 8 <= size < _LONGEST_BOX)


def _is_aiff(head: bytes) -> bool:
    return head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}


def _is_stream(head: bytes) -> bool:
    """An MPEG transport stream: its packets begin alike."""
    return len(head) > 2 * _TS_PACKET and head[0] == head[_TS_PACKET] == head[2 * _TS_PACKET] == 0x47


def _is_frames(head: bytes) -> bool:
    """MP3 or AAC without any header before it: a frame, and another where it ends."""
    size = _frame_size(head[:7])
    return 0 < size <= len(head) - 2 and head[size] == 0xFF and head[size + 1] & 0xF6 == head[1] & 0xF6


def _frame_size(head: bytes) -> int:
    """Bytes of an MPEG layer III or ADTS frame; 0 where it is none."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    if head[1] & 0xF6 == 0xF0:
        return (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    version, layer, rate, hertz = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or rate in {0, 15} or hertz == 3:
        return 0
    kbits, samples = (_KBITS[0], 144) if version == 3 else (_KBITS[1], 72)
    return samples * kbits[rate] * 1000 // _HERTZ[version][hertz] + (head[2] >> 1 & 1)
