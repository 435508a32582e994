"""HTML and XHTML: what a paragraph is, what is left out and said, and what hostile documents meet."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import SourceError
from registry.sources.markup import html
from registry.sources.markup.html import html_batches

BOOK = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "standardebooks_pp"
XHTML = "http://www.w3.org/1999/xhtml"
STRICT = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://127.0.0.1:1/DTD/xhtml1-strict.dtd">'
)

Record = dict[str, str]


def read(
    data: str | bytes, *, xhtml: bool = False, batch_bytes: int = 8 << 20
) -> tuple[list[Record], dict[str, int]]:
    """The records of a document and the words left out."""
    stream = io.BytesIO(data.encode() if isinstance(data, str) else data)
    words: dict[str, int] = {}
    found: list[Record] = []
    for batch in html_batches(
        stream, file="f.html", xhtml=xhtml, left_out=words.__setitem__, batch_bytes=batch_bytes
    ):
        leaves = batch.leaves()
        for record in range(leaves.records):
            span = range(leaves.record[record], leaves.record[record + 1])
            found.append({leaves.paths[leaves.path[leaf]]: leaves.text(leaf) for leaf in span})
    return found, words


def texts(data: str | bytes, *, xhtml: bool = False) -> list[str]:
    return [record["text"] for record in read(data, xhtml=xhtml)[0]]


def page(body: str, *, doctype: str = "", attributes: str = "") -> str:
    head = "<head><title>Title</title></head>"
    return f'{doctype}<html xmlns="{XHTML}"{attributes}>{head}<body>{body}</body></html>'


both = pytest.mark.parametrize("xhtml", [False, True], ids=["html", "xhtml"])


@both
def test_text_of_a_paragraph(xhtml: bool) -> None:
    body = "<p>\n  To <b>be</b><i>or</i>\tnot,<br/>\n that &amp; &#x201C;is&#8221;\n<script>x()</script></p>"
    assert texts(page(body), xhtml=xhtml) == ["To beor not,\nthat & “is”"]


@both
def test_a_no_break_space_is_kept(xhtml: bool) -> None:
    """CSS Text 3, 4.1.1: only spaces, tabs and line breaks collapse."""
    assert texts(page("<p>Mr.&#160;&#160;Bennet</p>"), xhtml=xhtml) == ["Mr.\xa0\xa0Bennet"]


@both
def test_paragraphs_without_text_are_none(xhtml: bool) -> None:
    assert texts(page("<p></p><p> <br/> </p><p>&#160;</p><p><img src='a'/></p><p>x</p>"), xhtml=xhtml) == [
        "x"
    ]


@both
def test_the_nearest_language_in_scope(xhtml: bool) -> None:
    body = (
        '<p>a</p><div xml:lang="de"><p>b <i xml:lang="fr">c</i></p><p xml:lang="">d</p></div>'
        '<p lang="es">e</p>'
    )
    assert read(page(body, attributes=' lang="en-GB"'), xhtml=xhtml)[0] == [
        {"text": "a", "language": "en-GB"},
        {"text": "b c", "language": "de"},
        {"text": "d"},
        {"text": "e", "language": "es"},
    ]


@both
def test_words_outside_paragraphs_are_counted_and_said(xhtml: bool) -> None:
    body = (
        "<h1>A b<i>i</i>g <em>title</em></h1><p>text</p><ul><li>one</li><li>two</li></ul><style>p {}</style>"
    )
    assert read(page(body), xhtml=xhtml) == ([{"text": "text"}], {"f.html": 5})
    assert read(page("<p>text</p>"), xhtml=xhtml)[1] == {}


@both
@given(body=st.text(st.sampled_from("ab <>&;/p\n")))
def test_any_text_comes_back_in_an_escaped_paragraph(xhtml: bool, body: str) -> None:
    escaped = body.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    expected = " ".join(body.split())
    assert texts(page(f"<p>{escaped}</p>"), xhtml=xhtml) == ([expected] if expected else [])


def test_html_is_read_as_browsers_read_it() -> None:
    """HTML, 13.1.2.4: the end of `p` may be omitted before a block; 13.2.6.4.7: `</p>` alone makes one."""
    assert texts("<!DOCTYPE html><p>a<p>b<div>c</div>d</p>e<p>f<table><p>g</table>") == ["a", "b", "f", "g"]
    assert texts("<p>x<template><p>t</p></template><noscript>y</noscript>") == ["xy"]


def test_xhtml_entities_need_no_dtd_file() -> None:
    assert texts(page("<p>a&nbsp;b&eacute;&hellip;</p>", doctype=STRICT), xhtml=True) == ["a\xa0bé…"]


def test_a_paragraph_in_a_paragraph_is_a_record_of_its_own() -> None:
    assert texts(page("<p>in<object><p>deep</p></object>tail</p>"), xhtml=True) == ["deep", "intail"]


def test_only_html_paragraphs_count_in_xhtml() -> None:
    other = '<m xmlns="urn:other"><p>no</p></m>'
    assert texts(page(f"{other}<h:p xmlns:h='{XHTML}'>yes</h:p>"), xhtml=True) == ["yes"]
    assert texts("<html><p>no namespace</p></html>", xhtml=True) == ["no namespace"]


def test_batches_do_not_change_the_records() -> None:
    data = page("".join(f"<p>{n} " + "word " * 50 + "</p>" for n in range(2000)))
    assert read(data, xhtml=True, batch_bytes=100_000) == read(data, xhtml=True)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>é".encode(), "é"),
        ("\ufeff<meta charset=koi8-r><p>é".encode(), "é"),
        ("<p>é".encode("utf-16"), "é"),
        ("<meta charset='windows-1251'><p>Мир".encode("cp1251"), "Мир"),
        (
            "<meta http-equiv=content-type content='text/html; charset=Shift_JIS'><p>日本".encode("cp932"),
            "日本",
        ),
        (b"<?xml version='1.0' encoding='iso-8859-15'?><p>\xa4", "€"),
        (b"<meta charset=iso-8859-1><p>\x80 \x93x\x94", "€ “x”"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=utf-16><p>x", "x"),
    ],
)
def test_encodings_as_browsers_find_them(data: bytes, text: str) -> None:
    """Encoding Standard, 4.2: latin1 is windows-1252; HTML, 13.2.3.2: a declared UTF-16 is UTF-8."""
    assert texts(data) == [text]


@pytest.mark.parametrize(
    ("data", "xhtml", "row", "message"),
    [
        (b"", False, None, "is empty"),
        (b"", True, None, "is empty"),
        (b"<p>ok\n<p>\xe9", False, 2, "not valid utf-8"),
        (b"<meta charset=klingon><p>x", False, None, "klingon"),
        (b"<meta charset=unicode_escape><p>x", False, None, "unicode_escape"),
        (b"<html>\n<p>x<br></p></html>", True, 2, "mismatched tag"),
        (b"<html>\n<p>&nbsp;</p></html>", True, 2, "undefined entity"),
        (
            b"<!DOCTYPE html SYSTEM 'x'>\n<html><p>&bogus;</p></html>",
            True,
            2,
            "entity &bogus; is not defined",
        ),
        (b"<!DOCTYPE html [<!ENTITY a 'b'>]>\n<html><p>&a;</p></html>", True, 1, "declarations inside"),
        (b"<a>" * 600, True, 1, "nested more than"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, xhtml: bool, row: int | None, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read(data, xhtml=xhtml)
    assert (caught.value.file, caught.value.row) == ("f.html", row)
    assert caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        "<div>" * 50_000,
        "<span>" * 20_000 + "</b>" * 20_000,
        "<p>" + "".join(f"<b id={n}>" for n in range(3000)) + "</p>" + "<p>x</p>" * 3000,
    ],
    ids=["deep", "unmatched ends", "formatting copied into every block"],
)
def test_documents_that_grow_quadratically_are_refused(data: str) -> None:
    with pytest.raises(SourceError, match="nested too deep or too many are never closed"):
        read(data)


def test_deep_but_bearable_nesting_is_read() -> None:
    assert texts("<div>" * 3000 + "<p>x") == ["x"]


def test_the_size_of_an_html_document_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "HTML_BYTES", 1000)
    with pytest.raises(SourceError, match="larger than"):
        read("<p>" + "x" * 1000)


@both
def test_a_published_book(xhtml: bool) -> None:
    if not BOOK.exists():
        pytest.skip("the shared data is not here")
    chapters = [read(path.read_bytes(), xhtml=xhtml) for path in sorted(BOOK.glob("chapter-*.xhtml"))]
    assert sum(len(found) for found, _ in chapters) == 2043
    assert {record["language"] for found, _ in chapters for record in found} == {"en-GB"}
    assert all(words["f.html"] > 0 for _, words in chapters)
