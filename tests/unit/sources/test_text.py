import io
from pathlib import Path

import pytest

from registry.domain.dataset import SplitText
from registry.errors import SourceError
from registry.sources.interface import ReadOptions
from registry.sources.open import open_source
from registry.sources.text import text_batches

DOCUMENT, PARAGRAPH, LINE = SplitText.DOCUMENT, SplitText.PARAGRAPH, SplitText.LINE


def records(content: bytes, split: SplitText, batch_bytes: int = 1 << 20) -> list[str]:
    found = []
    for batch in text_batches(io.BytesIO(content), split, file="a.txt", batch_bytes=batch_bytes):
        leaves = batch.leaves()
        found += [leaves.text(i) for i in range(leaves.records)]
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    ("content", "split", "expected"),
    [
        (b"a\n\nb\n", DOCUMENT, ["a\n\nb\n"]),
        (b"\xef\xbb\xbfa", DOCUMENT, ["a"]),
        (b"a\x00b", DOCUMENT, ["a\x00b"]),
        (b" \n\t\r\n", DOCUMENT, []),
        (b"a\nb\n\n\nc\n \t\nd", PARAGRAPH, ["a\nb", "c", "d"]),
        (b"\n\na\r\nb\r\n\r\nc\r\n", PARAGRAPH, ["a\r\nb", "c"]),
        (b"  indented\n\n", PARAGRAPH, ["  indented"]),
        (b"a\r\n\r\n b\nc", LINE, ["a", " b", "c"]),
        (b"\n\n", LINE, []),
        ("é\n日本\n".encode(), LINE, ["é", "日本"]),
    ],
)
def test_text_is_split_the_same_in_blocks_of_any_size(
    content: bytes, split: SplitText, expected: list[str], size: int
) -> None:
    assert records(content, split, size) == expected


def test_the_line_of_invalid_utf8_is_named_beyond_the_first_block() -> None:
    content = b"good\n" * 99 + b"b\xffd\n"
    with pytest.raises(SourceError, match=r"a\.txt, row 100: is not valid UTF-8"):
        records(content, LINE, 20)


def test_a_record_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(SourceError, match="document of more than"):
        list(text_batches(io.BytesIO(b"a" * 5000), DOCUMENT, file="a", batch_bytes=100, max_record_bytes=999))


def test_an_empty_text_among_others_is_a_warning_alone_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text("\n \n")
    source = open_source([str(tmp_path)], ReadOptions())
    assert [batch.leaves().records for batch in source.batches()] == [1]
    assert source.warnings == ["without any text: b.txt, c.txt"]
    for name in "bc":
        with pytest.raises(SourceError, match="holds no text"):
            list(open_source([str(tmp_path / f"{name}.txt")], ReadOptions()).batches())


def test_tiny_shakespeare_has_7222_speeches(shared_data: Path) -> None:
    path = shared_data / "tinyshakespeare" / "input.txt"
    if not path.exists():
        pytest.skip("the shared data is absent")
    batches = open_source([str(path)], ReadOptions(split_text=PARAGRAPH)).batches()
    assert sum(batch.leaves().records for batch in batches) == 7222
