"""License and notice files as text: their encodings, and what is none."""

import hashlib

import pytest

from registry.domain.notices import MOST_BYTES, read_notice

TEXT = "Copyright © 2024 Zoë\nPermission is granted.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
    ],
)
def test_a_text_is_read_in_its_encoding_under_the_digest_of_its_bytes(data: bytes, encoding: str) -> None:
    found = read_notice(data)
    assert found is not None
    assert (found.text, found.encoding) == (TEXT, encoding)
    assert found.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("data", [b"", b" \n", b"PK\x03\x04\x00\x00", b"x" * (MOST_BYTES + 1)])
def test_what_is_empty_too_long_or_no_text_is_not_kept(data: bytes) -> None:
    assert read_notice(data) is None


def test_controls_and_overrides_of_direction_do_not_stay() -> None:
    found = read_notice("\u202eevil\x1b[31m\n".encode())
    assert found is not None
    assert found.text == "evil[31m\n"
