"""The texts of licenses and notices, as they are read and kept."""

import codecs
from dataclasses import dataclass
from hashlib import sha256

from registry.domain.agent import clean_text

COPYRIGHT, NOTICE = "copyright, as stated", "notice, as stated"  # where a path of a file would stand
MOST_BYTES = 1 << 20  # the longest license texts in use have a tenth of that
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The text of a file with that SHA-256, and the encoding that its bytes were read as."""

    sha256: str
    encoding: str
    text: str


def read_notice(data: bytes) -> NoticeText | None:
    """The text of a license or notice file: by its byte order mark, else UTF-8, else Windows-1252.

    None where it is no text (it holds NUL bytes), longer than `MOST_BYTES`, or empty.
    """
    if len(data) > MOST_BYTES:
        return None
    encoding, text = _decoded(data)
    if "\0" in text or not text.strip():
        return None
    return NoticeText(sha256(data).hexdigest(), encoding, clean_text(text))


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :].decode(encoding, "replace")
    try:
        return "utf-8", data.decode()
    except UnicodeDecodeError:
        return "cp1252", data.decode("cp1252", "replace")


def stated_notice(text: str) -> NoticeText:
    """A notice that someone states, as a file with nothing else in it would be kept."""
    return NoticeText(sha256(text.encode()).hexdigest(), "utf-8", text)
