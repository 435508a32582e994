"""How long audio and video last and at which rate, as their containers say: read by MediaInfo.

The library is an optional extra; without it no length is known.
"""

import io
import json
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from registry.domain.stated import Modality

if TYPE_CHECKING:
    from pymediainfo import MediaInfo

EXTRA = "training-data-registry[media]"
READER = "MediaInfo"
_TRACKS = {"Audio": Modality.AUDIO, "Video": Modality.VIDEO}
_RATES = {Modality.AUDIO: "SamplingRate", Modality.VIDEO: "FrameRate"}


@dataclass(frozen=True, slots=True)
class Container:
    """What tracks it holds, how long it lasts, its Hz or frames per second; None: it does not say."""

    modality: Modality | None
    milliseconds: int | None
    rate: str | None


class _View(io.RawIOBase):
    """Bytes as a file that is read in place: a film is in memory no second time, mapped not even once."""

    def __init__(self, value: memoryview) -> None:
        self._value, self._at = value, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        part = self._value[self._at : self._at + len(into)]
        into[: len(part)] = part
        self._at += len(part)
        return len(part)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: len(self._value)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at


@cache
def reader() -> "type[MediaInfo] | None":
    """The library, where it is installed and works."""
    try:
        from pymediainfo import MediaInfo
    except ImportError:
        return None
    return MediaInfo if MediaInfo.can_parse() else None


def reader_version() -> str | None:
    """What lengths are read with; None where nothing can."""
    library = reader()
    if library is None:
        return None
    made = json.loads(str(library.parse(io.BytesIO(), output="JSON", full=False)))["creatingLibrary"]
    return f"{READER} {made['version']} (pymediainfo {version('pymediainfo')})"


def read_container(value: memoryview) -> Container:
    """What a container says of itself; nothing where it is damaged, or nothing can read it."""
    library = reader()
    if library is None:
        return Container(None, None, None)
    try:
        told = library.parse(_View(value), output="JSON", full=False)
        tracks = json.loads(str(told), strict=False)["media"]["track"]
    except (ValueError, TypeError, KeyError, RuntimeError):
        return Container(None, None, None)
    return _container(tracks)


def _container(tracks: list[dict[str, Any]]) -> Container:
    """A film is one with a picture that moves; its length is the container's, else that of its own track."""
    by_kind = {track.get("@type"): track for track in reversed(tracks)}
    kind = next((name for name in ("Video", "Audio") if name in by_kind), None)
    if kind is None:
        return Container(None, None, None)
    own, modality = by_kind[kind], _TRACKS[kind]
    seconds = _number(by_kind.get("General", {}).get("Duration")) or _number(own.get("Duration"))
    rate = _number(own.get(_RATES[modality]))
    return Container(modality, round(seconds * 1000) if seconds else None, _shown(rate))


def _number(text: Any) -> Fraction | None:
    """A positive number; several in one text are alternatives, of which the first is the container's."""
    try:
        found = Fraction(str(text).split(" / ")[0])
    except (ValueError, ZeroDivisionError):
        return None
    return found if found > 0 else None


def _shown(rate: Fraction | None) -> str | None:
    """To two decimals, without trailing zeros."""
    return None if rate is None else f"{float(rate):.2f}".rstrip("0").rstrip(".")
