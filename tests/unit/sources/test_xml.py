"""XML rows: what a record is, and what a hostile or damaged file meets."""

import io
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import SourceError
from registry.fingerprint.leaves import Leaves, Tag
from registry.sources.markup import xml
from registry.sources.markup.xml import xml_batches

POSTS = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "se_datascience_meta" / "Posts.xml"

Leaf = tuple[str, tuple[int, ...], str]


def leaves_of_record(leaves: Leaves, record: int) -> list[Leaf]:
    return [
        (
            leaves.paths[leaves.path[leaf]],
            tuple(leaves.positions[leaves.position[leaf] : leaves.position[leaf + 1]].tolist()),
            leaves.text(leaf),
        )
        for leaf in range(leaves.record[record], leaves.record[record + 1])
    ]


def records(data: str | bytes, batch_bytes: int = 8 << 20) -> list[list[Leaf]]:
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    batches = [batch.leaves() for batch in xml_batches(stream, file="f.xml", batch_bytes=batch_bytes)]
    return [leaves_of_record(leaves, record) for leaves in batches for record in range(leaves.records)]


def test_attributes_are_fields_and_never_reinterpreted() -> None:
    data = '<posts>\n <row Id="007" Date="2014-05-14" Body="&lt;p&gt;&#xA;" Empty=""/>\n <row/>\n</posts>'
    assert records(data) == [[("Id", (), "007"), ("Date", (), "2014-05-14"), ("Body", (), "<p>\n")], []]


def test_child_elements_are_fields_and_repeated_ones_lists() -> None:
    data = "<r><book id='1'> <title>A &amp; B</title><tag>x</tag><tag/><tag>y</tag><note>\n</note></book></r>"
    assert records(data) == [
        [("id", (), "1"), ("title", (), "A & B"), ("tag[]", (0,), "x"), ("tag[]", (1,), "y")]
    ]


def test_nested_elements_are_structures() -> None:
    data = (
        "<r><b><who role='aut'>Ann <i>B.</i></who><who role='edt'>C</who>\n own <![CDATA[<text>]]>\n</b></r>"
    )
    assert records(data) == [
        [
            ("who[].role", (0,), "aut"),
            ("who[].i", (0,), "B."),
            ("who[].text", (0,), "Ann"),
            ("who[].role", (1,), "edt"),
            ("who[].text", (1,), "C"),
            ("text", (), "own <text>"),
        ]
    ]


def test_an_attribute_and_a_child_of_one_name_are_a_list() -> None:
    assert records("<r><a x='1'><x>2</x></a></r>") == [[("x[]", (0,), "1"), ("x[]", (1,), "2")]]


def test_names_keep_their_prefix_and_are_escaped_in_paths() -> None:
    data = "<r xmlns:d='u'><a xmlns='v' xmlns:e='w' d:b.c='1'>t</a></r>"
    assert records(data) == [[("d:b\\.c", (), "1"), ("text", (), "t")]]


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.text(st.characters(codec="utf-8")), max_size=3)))
def test_attribute_values_survive(rows: list[dict[str, str]]) -> None:
    """XML 1.0, 2.2: `Char` leaves out control characters; 3.3.3: only references keep other white space."""
    rows = [{k: v for k, v in row.items() if all(map(_is_char, v))} for row in rows]
    entities = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    lines = [" ".join(f"{k}={quoteattr(v, entities)}" for k, v in row.items()) for row in rows]
    data = "<r>" + "".join(f"<row {line}/>" for line in lines) + "</r>"
    assert records(data) == [[(k, (), v) for k, v in row.items() if v] for row in rows]


def _is_char(character: str) -> bool:
    return character in "\t\n\r" or (character >= " " and character not in "\ufffe\uffff")


def test_batches_do_not_change_the_records() -> None:
    data = "<r>" + "".join(f"<row n='{n}'/>" for n in range(20_000)) + "</r>"
    stream = io.BytesIO(data.encode())
    batches = list(xml_batches(stream, file="f.xml", batch_bytes=100_000))
    assert len(batches) > 2
    assert sum(batch.source_bytes for batch in batches) == len(data)
    assert {batch.file for batch in batches} == {"f.xml"}
    assert records(data, batch_bytes=100_000) == records(data) == [[("n", (), str(n))] for n in range(20_000)]


def test_all_leaves_are_strings() -> None:
    [batch] = xml_batches(io.BytesIO(b"<r><a x='1'/></r>"), file="f.xml")
    assert batch.leaves().tag.tolist() == [Tag.STRING]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff<r><a x='é'/></r>".encode(),
        "<r><a x='é'/></r>".encode("utf-16"),
        "<?xml version='1.0' encoding='iso-8859-1'?><r><a x='é'/></r>".encode("latin-1"),
        "<?xml version='1.0' encoding='koi8-r'?><r><a x='&#233;'/></r>".encode("koi8-r"),
    ],
)
def test_byte_order_mark_and_declared_encodings(data: bytes) -> None:
    assert records(data) == [[("x", (), "é")]]


@pytest.mark.parametrize(
    ("data", "row", "message"),
    [
        ("", None, "is empty"),
        ("<r>\n<a x='1'/>\n<a x='", 3, "unclosed token"),
        ("<r>\n<a/>\n", 3, "no element found"),
        ("<r>\n<a></b>\n</r>", 2, "mismatched tag"),
        ("<r/><r/>", 1, "junk after document element"),
        (b"<r>\n<a>\xe9</a></r>", 2, "invalid token"),
        ("<r><a>&nbsp;</a></r>", 1, "undefined entity"),
        ("<r>\nprose <b>bold</b></r>", 2, "outside records"),
        ("<?xml version='1.0' encoding='shift_jis'?><r/>", 1, "multi-byte"),
        ("<?xml version='1.0' encoding='klingon'?><r/>", 1, "klingon"),
    ],
)
def test_what_cannot_be_read_is_said_with_file_and_line(
    data: str | bytes, row: int | None, message: str
) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        records(data)
    assert (caught.value.file, caught.value.row) == ("f.xml", row)
    assert caught.value.hint


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://127.0.0.1:1/evil.dtd"> %p;]>',
        '<!DOCTYPE r SYSTEM "http://127.0.0.1:1/r.dtd" [<!ATTLIST a x CDATA "default">]>',
        "<!DOCTYPE r []>",
    ],
)
def test_declarations_in_the_document_are_refused(doctype: str) -> None:
    with pytest.raises(SourceError, match="declarations inside a DOCTYPE are refused") as caught:
        records(f"{doctype}\n<r><a>&l9;&x;</a></r>")
    assert caught.value.hint


@pytest.mark.parametrize("record", ["<a x='&x;'/>", "<a>&x;</a>", "<a y='>' x=\"1 &x; 2\"/>"])
def test_entities_of_an_external_dtd_are_refused_not_dropped(record: str) -> None:
    with pytest.raises(SourceError, match="entity &x; is not defined"):
        records(f"<!DOCTYPE r PUBLIC '-//X' 'http://127.0.0.1:1/r.dtd'><r>{record}</r>")


def test_an_external_dtd_is_passed_over() -> None:
    data = "<!DOCTYPE r SYSTEM 'http://127.0.0.1:1/r.dtd'><r><a x='&lt; &#62;'><![CDATA[&x;]]></a></r>"
    assert records(data) == [[("x", (), "< >"), ("text", (), "&x;")]]


def test_depth_is_limited() -> None:
    deep = xml.DEPTH
    [[(path, _, value)]] = records("<a>" * deep + "x" + "</a>" * deep)
    assert (path.count("a"), value) == (deep - 2, "x")
    with pytest.raises(SourceError, match="nested more than"):
        records("<a>" * (deep + 1))


def test_sizes_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "RECORD_BYTES", 1 << 18)
    with pytest.raises(SourceError, match="a record is longer"):
        records("<r><a>" + "<b>text</b>" * 50_000 + "</a></r>")
    monkeypatch.setattr(xml, "TAG_BYTES", 1 << 18)
    with pytest.raises(SourceError, match="a tag or comment is longer"):
        records("<r><a x='" + "y" * 500_000 + "'/></r>")


class _Endless(io.RawIOBase):
    """Rows without end, so that a test sees whether memory grows with them."""

    def __init__(self, rows: int) -> None:
        self.parts: Iterator[bytes] = iter(
            [b"<r>", *[b"<row Body='" + b"word " * 200 + b"'/>"] * rows, b"</r>"]
        )

    def read(self, _size: int | None = -1, /) -> bytes:
        return next(self.parts, b"")


def test_memory_is_constant() -> None:
    def peak(rows: int) -> int:
        tracemalloc.start()
        for batch in xml_batches(_Endless(rows), file="f.xml", batch_bytes=1 << 18):  # type: ignore[arg-type]
            batch.leaves()
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    assert peak(8000) < 1.5 * peak(1000)


def test_a_stack_exchange_dump() -> None:
    if not POSTS.exists():
        pytest.skip("the shared data is not here")
    with POSTS.open("rb") as stream:
        posts = [
            {path: value for path, _, value in leaves_of_record(leaves, record)}
            for batch in xml_batches(stream, file="Posts.xml", batch_bytes=1 << 18)
            for leaves in [batch.leaves()]
            for record in range(leaves.records)
        ]
    assert len(posts) == 624
    assert Counter(post["ContentLicense"] for post in posts) == {"CC BY-SA 3.0": 350, "CC BY-SA 4.0": 274}
    assert len({post["OwnerUserId"] for post in posts if "OwnerUserId" in post}) == 190
    named = [post for post in posts if "OwnerDisplayName" in post]
    assert (len(named), sum("OwnerUserId" not in post for post in named)) == (11, 3)
    assert sum("Body" not in post for post in posts) == 1
