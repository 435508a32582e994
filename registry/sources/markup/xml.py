"""XML rows, streamed: every child of the root element is a record."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO
from xml.parsers import expat

from registry.errors import SourceError
from registry.fingerprint.leaves import Batch, escape
from registry.sources.columns import StringBatch

CHUNK_BYTES = 1 << 16
TAG_BYTES = 64 << 20  # expat before 2.6 starts over on an unfinished tag with each chunk
RECORD_BYTES = 512 << 20
DEPTH = 512

_SPACE = " \t\r\n"
_escape = lru_cache(maxsize=1 << 12)(escape)
_START_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_NAMED_ENTITY = re.compile(rb"&(?!#|(?:amp|lt|gt|quot|apos);)[^;\s]*")


def xml_batches(stream: BinaryIO, *, file: str, batch_bytes: int = 8 << 20) -> Iterator[Batch]:
    """The records of an XML file in batches of about `batch_bytes` of source, in constant memory.

    A record's fields are its attributes and its child elements, by their names as written: a child with
    nothing but text is a string, one with attributes or children a structure of the same kind. A name that
    occurs more than once in one place is a list. Text beside attributes or children is the field `text`,
    without white space at its ends; empty values and text that is only white space are absent. Everything
    is a string. Raises `SourceError` with file and line for what is not well-formed, for entity
    declarations and internal DTD subsets (XML 1.0, 2.8 and 4.2), and for what passes the limits above.
    """
    rows = _Rows(Document(file), StringBatch(file))
    accounted = 0
    for consumed in rows.document.feed(stream):
        rows.check_size(consumed)
        if rows.batch.records and consumed - accounted >= batch_bytes:
            yield rows.take(consumed - accounted)
            accounted = consumed
    if rows.batch.records:
        yield rows.take(consumed - accounted)


class Document:
    """An expat parser that declares, expands and fetches nothing; set the handlers, then `feed` it.

    A `DOCTYPE` that only points elsewhere is passed over, as a non-validating processor may
    (XML 1.0, 5.1); references to the entities it would define are errors.
    """

    def __init__(
        self,
        file: str,
        *,
        namespaces: bool = False,
        hint: str = "the file is damaged, cut short or not XML: fetch it again",
    ) -> None:
        self.file = file
        self.hint = hint
        self.doctype = False
        self.parser = expat.ParserCreate(namespace_separator=" " if namespaces else None)
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.StartDoctypeDeclHandler = self._start_doctype
        self.parser.EntityDeclHandler = self._refuse_declaration
        self.parser.SkippedEntityHandler = self.refuse_entity

    def feed(self, stream: BinaryIO) -> Iterator[int]:
        """Parse the stream chunk by chunk; yields the number of bytes parsed so far."""
        fed = 0
        while chunk := stream.read(CHUNK_BYTES):
            fed += len(chunk)
            self._parse(chunk, final=False)
            if fed - self.parser.CurrentByteIndex > TAG_BYTES:
                raise self.error(f"a tag or comment is longer than {TAG_BYTES >> 20} MB")
            yield fed
        if not fed:
            raise SourceError("the file is empty", file=self.file, hint="remove it from the source")
        self._parse(b"", final=True)
        yield fed

    def error(self, message: str, hint: str | None = None) -> SourceError:
        """An error at the line where the parser stands."""
        return SourceError(message, file=self.file, row=self.parser.CurrentLineNumber, hint=hint)

    def check_depth(self, depth: int) -> None:
        """Raises `SourceError` for elements nested deeper than `DEPTH`."""
        if depth > DEPTH:
            raise self.error(f"elements are nested more than {DEPTH} deep", hint="flatten the file")

    def check_attributes(self) -> None:
        """Raises `SourceError` for an undefined entity in a start tag: after a DOCTYPE expat drops those."""
        tag = _START_TAG.match((self.parser.GetInputContext() or b"").replace(b"\0", b""))
        if tag and (entity := _NAMED_ENTITY.search(tag[0])):
            self.refuse_entity(entity[0][1:].decode(errors="replace"))

    def refuse_entity(self, name: str, _is_parameter_entity: bool = False) -> None:
        """Raises `SourceError`: the document does not say what the entity stands for."""
        raise self.error(
            f"the entity &{name}; is not defined in the file itself, and no other file is read",
            hint="replace it by its text",
        )

    def _parse(self, chunk: bytes, *, final: bool) -> None:
        try:
            self.parser.Parse(chunk, final)
        except expat.ExpatError as error:
            raise SourceError(
                f"not well-formed XML: {expat.ErrorString(error.code)}",
                file=self.file,
                row=error.lineno,
                hint=self.hint,
            ) from error
        except (LookupError, ValueError) as error:
            raise self.error(
                f"its declared encoding cannot be read ({error})",
                hint="convert the file to UTF-8 and change the encoding in its first line",
            ) from error

    def _start_doctype(
        self, _name: str, _system: str | None, _public: str | None, has_internal_subset: bool
    ) -> None:
        self.doctype = True
        if has_internal_subset:
            self._refuse_declaration()

    def _refuse_declaration(self, *_declaration: object) -> None:
        raise self.error(
            "declarations inside a DOCTYPE are refused: they can grow without limit and name other files",
            hint="remove what stands between [ and ] in the DOCTYPE",
        )


@dataclass(slots=True)
class _Element:
    name: str
    fields: list["tuple[str, str | _Element]"] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """The handlers that turn the children of the root into records of `batch`."""

    document: Document
    batch: StringBatch
    open: list[_Element] = field(default_factory=list)
    record_start: int = 0

    def __post_init__(self) -> None:
        self.document.parser.StartElementHandler = self.start
        self.document.parser.EndElementHandler = self.end
        self.document.parser.CharacterDataHandler = self.text

    def start(self, name: str, attributes: list[str]) -> None:
        self.document.check_depth(len(self.open) + 1)
        if self.document.doctype:
            self.document.check_attributes()
        element = _Element(name)
        for attribute, value in zip(attributes[::2], attributes[1::2], strict=True):
            if value and attribute != "xmlns" and not attribute.startswith("xmlns:"):
                element.fields.append((attribute, value))
        if len(self.open) > 1:
            self.open[-1].fields.append((name, element))
        elif self.open:
            self.record_start = self.document.parser.CurrentByteIndex
        self.open.append(element)

    def text(self, text: str) -> None:
        if len(self.open) > 1:
            self.open[-1].text.append(text)
        elif text.strip(_SPACE):
            raise self.document.error(
                "text stands directly in the root element, outside records",
                hint="XML is read as rows: every child of the root element is one record",
            )

    def end(self, _name: str) -> None:
        element = self.open.pop()
        if len(self.open) == 1:
            _add(element, "", (), self.batch)
            self.batch.end_record()

    def take(self, source_bytes: int) -> StringBatch:
        """The finished records; those to come go into a new batch."""
        batch, self.batch = self.batch, StringBatch(self.document.file)
        batch.source_bytes = source_bytes
        return batch

    def check_size(self, consumed: int) -> None:
        if len(self.open) > 1 and consumed - self.record_start > RECORD_BYTES:
            raise self.document.error(
                f"a record is longer than {RECORD_BYTES >> 20} MB",
                hint="XML is read as rows: every child of the root element is one record",
            )


def _add(element: _Element, path: str, positions: tuple[int, ...], batch: StringBatch) -> None:
    """Add the leaves of an element to the batch."""
    fields = list(element.fields)
    if text := "".join(element.text).strip(_SPACE):
        fields.append(("text", text))
    repeated = _repeated(fields)
    places: Counter[str] = Counter()
    for name, value in fields:
        inner = f"{path}.{_escape(name)}" if path else _escape(name)
        where = positions
        if name in repeated:
            inner, where = f"{inner}[]", (*positions, places[name])
        before = batch.size
        if isinstance(value, str):
            batch.add(inner, value, where)
        elif value.fields:
            _add(value, inner, where, batch)
        elif (text := "".join(value.text)).strip(_SPACE):
            batch.add(inner, text, where)
        if name in repeated:
            places[name] += batch.size > before


def _repeated(fields: list[tuple[str, "str | _Element"]]) -> set[str]:
    """The names that occur more than once."""
    if len({name for name, _ in fields}) == len(fields):
        return set()
    count = Counter(name for name, _ in fields)
    return {name for name in count if count[name] > 1}
