"""HTML and XHTML documents: every paragraph is a record."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import TYPE_CHECKING, BinaryIO

from registry.errors import SourceError
from registry.fingerprint.leaves import Batch
from registry.sources.columns import StringBatch
from registry.sources.markup.encoding import decode_html
from registry.sources.markup.xml import RECORD_BYTES, Document

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

LeftOut = Callable[[str, int], None]

HTML_BYTES = 16 << 20
OPEN_ELEMENTS = 100_000_000  # sum over all tags of the elements open around them: 0.3 s
COPIED_ELEMENTS = 2_000_000  # the same of formatting elements, which each new block copies: 0.7 GB

_XHTML = "http://www.w3.org/1999/xhtml"
_XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
_SPACE = re.compile("[ \t\n\r\f]+")
_TAG = re.compile("<(/?)([A-Za-z][^ \t\n\r\f/>]*)")
_UNSEEN = frozenset({"head", "title", "script", "style", "template", "iframe", "noembed", "noframes"})
_FORMATTING = frozenset(
    "a b big code em font i nobr s small strike strong tt u".split()  # noqa: SIM905 - reads better
)
_INLINE = _FORMATTING | frozenset(
    "abbr bdi bdo cite data del dfn img ins kbd label mark q rb rp rt rtc ruby samp span sub sup"  # noqa: SIM905
    " time var wbr".split()
)
_NEVER_OPEN = frozenset(
    "area base br caption col colgroup dd dt embed hr img input li link meta optgroup option p param"  # noqa: SIM905
    " rb rp rt rtc source tbody td tfoot th thead tr track wbr html head body".split()
)


def html_batches(
    stream: BinaryIO, *, file: str, xhtml: bool, left_out: LeftOut | None = None, batch_bytes: int = 8 << 20
) -> Iterator[Batch]:
    """The paragraphs (`p` elements) of a document that hold text; each is a record of two fields.

    text:     its text content without scripts and styles, white space collapsed, `br` a line feed
    language: the nearest `lang` or `xml:lang` around it as written, absent where none is in scope

    Both fields count in the record's digest. Text outside paragraphs (headings, list items, tables) is no
    record: at the end `left_out(file, words)` is called with its words between white space, if any.
    HTML is read by the HTML Standard's algorithm, at once and up to `HTML_BYTES`; XHTML as XML, streamed.
    Raises `SourceError` with file and, where known, line.
    """
    paragraphs = _Paragraphs(file, StringBatch(file))
    if xhtml:
        yield from _xhtml_batches(stream, paragraphs, batch_bytes)
    else:
        yield from _html_batch(stream, paragraphs)
    paragraphs.count_outside()
    if left_out and paragraphs.outside_words:
        left_out(file, paragraphs.outside_words)


@dataclass(slots=True)
class _Scope:
    """What an open element means for the text in it; `lines` are those of the paragraph around it."""

    tag: str
    language: str
    unseen: bool
    lines: list[list[str]] | None


@dataclass(slots=True)
class _Paragraphs:
    """Collects records from a document's events."""

    file: str
    batch: StringBatch
    open: list[_Scope] = field(default_factory=lambda: [_Scope("", "", unseen=False, lines=None)])
    held: int = 0
    outside: list[str] = field(default_factory=list)
    outside_words: int = 0

    def start(self, tag: str, language: str | None) -> None:
        around = self.open[-1]
        lines = around.lines
        if tag == "p":
            lines = [[]]
        elif tag == "br" and lines is not None:
            lines.append([])
        self._border(tag)
        self.open.append(
            _Scope(
                tag,
                language=around.language if language is None else language.strip(),
                unseen=around.unseen or tag in _UNSEEN,
                lines=lines,
            )
        )

    def text(self, text: str) -> None:
        scope = self.open[-1]
        if scope.unseen:
            return
        self.held += len(text)
        if self.held > RECORD_BYTES:
            raise SourceError(f"a run of text is longer than {RECORD_BYTES >> 20} MB", file=self.file)
        target = self.outside if scope.lines is None else scope.lines[-1]
        target.append(text)

    def end(self) -> None:
        scope = self.open.pop()
        if scope.tag == "p" and scope.lines and not scope.unseen:
            self._record(scope.lines, scope.language)
        self._border(scope.tag)

    def take(self, source_bytes: int) -> StringBatch:
        """The finished records; those to come go into a new batch."""
        batch, self.batch = self.batch, StringBatch(self.file)
        batch.source_bytes = source_bytes
        return batch

    def count_outside(self) -> None:
        """Count the words outside paragraphs up to here."""
        self.outside_words += len("".join(self.outside).split())
        self.outside.clear()

    def _border(self, tag: str) -> None:
        """Words do not run across the borders of blocks."""
        if tag not in _INLINE and self.open[-1].lines is None:
            self.count_outside()
            self.held = 0

    def _record(self, lines: list[list[str]], language: str) -> None:
        text = "\n".join(_SPACE.sub(" ", "".join(line)).strip(" ") for line in lines).strip("\n")
        if text.strip():
            self.batch.add("text", text)
            self.batch.add("language", language)
            self.batch.end_record()


def _xhtml_batches(stream: BinaryIO, paragraphs: _Paragraphs, batch_bytes: int) -> Iterator[StringBatch]:
    document = Document(
        paragraphs.file,
        namespaces=True,
        hint="the file is damaged or cut short, or it is HTML and should be named .html",
    )

    def start(name: str, attributes: list[str]) -> None:
        document.check_depth(len(paragraphs.open))
        named = dict(zip(attributes[::2], attributes[1::2], strict=True))
        paragraphs.start(_html_tag(name), named.get(_XML_LANG, named.get("lang")))

    def entity(name: str, is_parameter_entity: bool) -> None:
        """The HTML Standard's entities in XHTML that has a DOCTYPE (HTML, 14.2 Parsing XML documents)."""
        if (text := html5.get(f"{name};")) is None:
            document.refuse_entity(name, is_parameter_entity)
        else:
            paragraphs.text(text)

    document.parser.StartElementHandler = start
    document.parser.EndElementHandler = lambda _name: paragraphs.end()
    document.parser.CharacterDataHandler = paragraphs.text
    document.parser.SkippedEntityHandler = entity
    accounted = 0
    for consumed in document.feed(stream):
        if paragraphs.batch.records and consumed - accounted >= batch_bytes:
            yield paragraphs.take(consumed - accounted)
            accounted = consumed
    if paragraphs.batch.records:
        yield paragraphs.take(consumed - accounted)


def _html_tag(name: str) -> str:
    """The local name of an element of XHTML or of no namespace; elsewhere only of what is never seen."""
    namespace, _, local = name.rpartition(" ")
    return local if namespace in {"", _XHTML} or local in _UNSEEN else ""


def _html_batch(stream: BinaryIO, paragraphs: _Paragraphs) -> Iterator[StringBatch]:
    from selectolax.lexbor import LexborHTMLParser

    data = stream.read(HTML_BYTES + 1)
    if not data:
        raise SourceError("the file is empty", file=paragraphs.file, hint="remove it from the source")
    if len(data) > HTML_BYTES:
        raise SourceError(
            f"an HTML document larger than {HTML_BYTES >> 20} MB is not read",
            file=paragraphs.file,
            hint="split it, or convert it to XHTML, which is read piece by piece",
        )
    text = decode_html(data, file=paragraphs.file)
    _check_nesting(text, paragraphs.file)
    root = LexborHTMLParser(text).root
    if root is not None:
        _walk(root, paragraphs)
    if paragraphs.batch.records:
        yield paragraphs.take(len(data))


def _check_nesting(text: str, file: str) -> None:
    """Raises `SourceError` where the HTML Standard's algorithm takes quadratic time or memory.

    18 kB of unclosed formatting elements make a million nodes (adoption agency, 13.2.4.3). Elements whose
    end is implied do not pile up and are not counted.
    """
    open_tags: Counter[str] = Counter()
    depth = formatting = steps = copies = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        steps += depth
        copies += 0 if name in _FORMATTING else formatting
        if steps > OPEN_ELEMENTS or copies > COPIED_ELEMENTS:
            raise SourceError(
                "its elements are nested too deep or too many are never closed",
                file=file,
                row=text.count("\n", 0, match.start()) + 1,
                hint="repair the document, for example with tidy",
            )
        if name in _NEVER_OPEN or (match[1] and not open_tags[name]):
            continue
        change = -1 if match[1] else 1
        open_tags[name] += change
        depth += change
        formatting += change * (name in _FORMATTING)


def _walk(root: "LexborNode", paragraphs: _Paragraphs) -> None:
    """The events of a tree, in document order; without recursion, as trees may be deep."""
    node: LexborNode | None = root
    around: list[LexborNode] = []
    while node is not None:
        if node.is_element_node:
            attributes = node.attributes
            paragraphs.start(node.tag or "", attributes.get("lang", attributes.get("xml:lang")))
            around.append(node)
            node = node.child
        else:
            if node.is_text_node:
                paragraphs.text(node.text_content or "")
            node = node.next
        while node is None and around:
            paragraphs.end()
            ended = around.pop()
            node = ended.next if around else None
