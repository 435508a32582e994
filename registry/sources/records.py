"""Files read as records, whatever their format: what local and hub sources have in common."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from registry.domain.dataset import FieldMapping, FileRole
from registry.domain.stated import Modality
from registry.errors import SourceError
from registry.fingerprint.leaves import Batch, Leaves
from registry.sources.compression import MAGIC, decompressed
from registry.sources.delimited import delimited_batches
from registry.sources.explode import exploded, list_paths
from registry.sources.failures import reading
from registry.sources.files import MEDIA, is_metadata, open_raw, some, unchanged
from registry.sources.interface import Card, ReadOptions, SaidOfFiles, SourceFile
from registry.sources.json.reader import json_batches
from registry.sources.markup.html import LeftOut, html_batches
from registry.sources.markup.xml import xml_batches
from registry.sources.media import JoinedBatch, joined, media_batches
from registry.sources.tables import arrow_batches, parquet_batches
from registry.sources.text import text_batches

_MANY = 9  # the tenth element of a list: what makes a single record look like a whole dataset
_HEAD = 8
_BINARY = {**MAGIC, "Parquet": b"PAR1", "Arrow": b"ARROW1", "zip": b"PK\x03\x04", "PDF": b"%PDF-"}


@dataclass(frozen=True, slots=True)
class FileBatch:
    """A batch of a file; `notice`, where given, is told what was decoded."""

    batch: Batch
    source_bytes: int
    notice: Callable[[str, Leaves], None] | None = None

    @property
    def file(self) -> str:
        """Display path of the file."""
        return self.batch.file

    def leaves(self) -> Leaves:
        """Decode. Raises `SourceError` with file and row."""
        with reading(self.file):
            leaves = self.batch.leaves()
        if self.notice:
            self.notice(self.file, leaves)
        return leaves


@dataclass(slots=True)
class FileSource:
    """Files whose records are read one file after the other; a `Source`.

    `location` is the source as the user named it, `revision` the host's name of its state, `notes` the
    warnings known before reading.
    """

    location: str
    files: tuple[SourceFile, ...]
    options: ReadOptions
    revision: str | None = None
    card: Card | None = None
    notes: list[str] = field(default_factory=list)
    said_of_files: SaidOfFiles = field(default_factory=dict)
    _lists: dict[str, list[str]] = field(default_factory=dict)
    _single: set[str] = field(default_factory=set)
    _blank: list[str] = field(default_factory=list)
    _outside: dict[str, int] = field(default_factory=dict)
    _other_kind: list[str] = field(default_factory=list)
    _empty: list[str] = field(default_factory=list)

    @property
    def warnings(self) -> list[str]:
        """What a user should know, what was noticed while reading included."""
        blank = [f"without any text: {some(sorted(self._blank))}"] if self._blank else []
        return [*self.notes, *blank, *self._about_kinds(), *self._about_outside(), *self._about_nested()]

    @property
    def implied(self) -> FieldMapping:
        """A document's language is its `lang` attribute."""
        is_html = any(file.format == "html" for file in self.files)
        return FieldMapping(language=("language",)) if is_html else FieldMapping()

    def batches(self) -> Iterator[Batch]:
        """The records, file by file in the order of `files`; files of media that no metadata names come last.

        Raises `SourceError` where a file cannot be read as what it is, or changes meanwhile.
        """
        data = [file for file in self.files if file.role is FileRole.DATA]
        media = {file.path: file for file in data if file.format in MEDIA}
        named: set[str] = set()
        for file in data:
            if file.path in media:
                continue
            count = 0
            with unchanged(file):
                for batch in self._of_file(file, media):
                    count += 1
                    if isinstance(batch, JoinedBatch):
                        named.update(found.path for found in batch.named.values())
                    yield batch
            if count == 1:
                self._single.add(file.path)
            if count == 0 and file.format == "text":
                self._note_blank(file, alone=len(data) == 1)
        rest = (file for path, file in media.items() if path not in named)
        yield from media_batches(rest, self._note_kind)

    def _of_file(self, file: SourceFile, media: Mapping[str, SourceFile]) -> Iterator[Batch]:
        batches = file_batches(file, self.options, self._outside.__setitem__)
        if media and is_metadata(file) and not self.options.explode:
            yield from joined(batches, file, media, self._note_kind)
            return
        if self.options.explode:
            batches = exploded(batches, self.options.explode, file=file.path)
        for batch in batches:
            yield FileBatch(batch, batch.source_bytes, self._notice)

    def _note_kind(self, file: SourceFile, found: Modality | None) -> None:
        """What a file holds counts, not how its name ends; of one that holds nothing there is only that."""
        if not file.bytes:
            self._empty.append(file.path)
        elif file.format != found:
            self._other_kind.append(f"{file.path} ({found.value if found else 'of no known format'})")

    def _note_blank(self, file: SourceFile, *, alone: bool) -> None:
        """A text without text is an error where it is all there is, as in a folder it often is on purpose."""
        if alone:
            raise SourceError("holds no text", file=file.path, hint="fetch it again, or name another file")
        self._blank.append(file.path)

    def _notice(self, file: str, leaves: Leaves) -> None:
        if leaves.records == 1 and leaves.positions.max(initial=0) >= _MANY and not self.options.explode:
            self._lists[file] = list_paths(leaves)

    def _about_kinds(self) -> list[str]:
        empty, other = sorted(set(self._empty)), sorted(set(self._other_kind))
        told = [f"without a byte: {some(empty)}"] if empty else []
        return [
            *told,
            *([f"counted as what they hold, not as their names end: {some(other)}"] if other else []),
        ]

    def _about_outside(self) -> list[str]:
        if not self._outside:
            return []
        words, files = sum(self._outside.values()), some(sorted(self._outside))
        return [f"{words} words outside paragraphs (headings, lists, tables) are in no record: {files}"]

    def _about_nested(self) -> list[str]:
        """Files that are one record of long lists, as nested data is when it is read as it stands."""
        files = sorted(self._single & self._lists.keys())
        lists = sorted({path for file in files for path in self._lists[file]})
        if not files:
            return []
        sentence = (
            f"one record a file, with lists inside: {some(files)}; if their elements are the records, read"
        )
        return [f"{sentence} them with --explode PATH, where PATH is one of: {some(lists)}"]


def file_batches(file: SourceFile, options: ReadOptions, left_out: LeftOut) -> Iterator[Batch]:
    """The batches of one file with role data, not exploded; `left_out` is told of text that is in no record.

    Raises `SourceError` where it cannot be read as its format.
    """
    if file.bytes == 0 and file.format != "text":
        raise SourceError("is empty", file=file.path, hint="fetch it again, or leave it out")
    with reading(file.path):
        if file.format == "parquet":
            yield from parquet_batches(file)
        elif file.format == "arrow":
            yield from arrow_batches(file)
        else:
            yield from _of_stream(file, options, left_out)


def _of_stream(file: SourceFile, options: ReadOptions, left_out: LeftOut) -> Iterator[Batch]:
    """Batches that account for the stored bytes, compressed or not, that were taken for them."""
    with open_raw(file) as raw:
        stream = decompressed(raw, file.compression, file.path) if file.compression else raw
        head = stream.peek(_HEAD)[:_HEAD] if isinstance(stream, io.BufferedReader) else b""
        for what, magic in _BINARY.items():
            if head.startswith(magic):
                raise SourceError(
                    f"holds {what} data, not {file.format}, as its ending says",
                    file=file.path,
                    hint="rename it to what it is",
                )
        before = 0
        for batch in _parsed(stream, file, options, left_out):
            at = raw.tell()
            yield FileBatch(batch, at - before)
            before = at


def _parsed(stream: BinaryIO, file: SourceFile, options: ReadOptions, left_out: LeftOut) -> Iterator[Batch]:
    match file.format:
        case "json":
            return json_batches(stream, file=file.path)
        case "csv":
            return delimited_batches(stream, ",", file=file.path)
        case "tsv":
            return delimited_batches(stream, "\t", file=file.path)
        case "text":
            return text_batches(stream, options.split_text, file=file.path)
        case "xml":
            return xml_batches(stream, file=file.path)
        case "html":
            xhtml = ".xhtml" in file.path.rsplit("/", 1)[-1].lower()
            return html_batches(stream, file=file.path, xhtml=xhtml, left_out=left_out)
        case _:
            raise SourceError(f"is of a format that is not read: {file.format}", file=file.path)
