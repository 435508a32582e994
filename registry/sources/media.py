"""Files of media as records: each is one, told apart by what it holds, called nothing.

What a row of a `metadata` file beside them says of a file (`imagefolder`, `audiofolder` of `datasets`) is of
the same record: the file stands in the place of its `file_name`.
"""

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from registry.domain.dataset import FileRole
from registry.domain.signatures import modality_of_bytes
from registry.domain.stated import Modality
from registry.fingerprint.leaves import U8, Batch, Leaves, Tag
from registry.sources.failures import reading
from registry.sources.files import MEDIA, is_metadata, is_remote, left_out, open_raw, some, unchanged
from registry.sources.interface import SourceFile
from registry.sources.streams import Collector, finish, merge

BATCH_BYTES = 8 << 20
_BATCH_FILES = 256
_NAME = "file_name"
_UNKNOWN = "file"

Notice = Callable[[SourceFile, Modality | None], None]


def without_illustrations(
    files: Sequence[SourceFile], named: Iterable[str] = ()
) -> tuple[list[SourceFile], list[str]]:
    """(the files; warnings): media are data unless there are as many files of records or more.

    A logo beside tables is none of their records. Texts, and `metadata` files of media, go with media.
    named: locations that the user named one by one; these are read in any case
    """
    data = [file for file in files if file.role is FileRole.DATA]
    media = [file for file in data if file.format in MEDIA]
    tables = [file for file in data if file.format not in {*MEDIA, "text"} and not is_metadata(file)]
    beside = {file.location for file in media} - set(named) if len(media) <= len(tables) else set()
    if not beside:
        return list(files), []
    names = [file.path for file in media if file.location in beside]
    warning = f"not read, media beside tables: {some(names)}; name them to read them"
    return [left_out(file) if file.location in beside else file for file in files], [warning]


@dataclass(frozen=True, slots=True)
class MediaBatch:
    """Some files, a record each; `notice` is told of what each holds."""

    files: tuple[SourceFile, ...]
    notice: Notice

    @property
    def file(self) -> str:
        """Display path of the first file."""
        return self.files[0].path

    @property
    def source_bytes(self) -> int:
        """The bytes of all of them."""
        return sum(file.bytes for file in self.files)

    def leaves(self) -> Leaves:
        """One leaf a record, `image.bytes` or the like; a file without a byte is a record without leaves."""
        contents = [_content(file) for file in self.files]
        collector = Collector()
        streams = []
        for record, (file, content) in enumerate(zip(self.files, contents, strict=True)):
            streams.append(
                collector.stream(
                    _path(file, content, self.notice),
                    0,
                    np.array([record], np.int64),
                    content,
                    np.zeros(1, np.int64),
                    np.array([content.size], np.int64),
                    Tag.BINARY,
                )
            )
        leaves = finish(merge(streams, len(self.files)), len(self.files), collector)
        empty = {
            record: Modality(file.format or Modality.OTHER)
            for record, file in enumerate(self.files)
            if not file.bytes
        }
        return replace(leaves, empty=empty)


@dataclass(frozen=True, slots=True)
class JoinedBatch:
    """Some rows of a metadata file, with the files they name, by the leaf that names them."""

    file: str
    source_bytes: int
    rows: Leaves
    named: Mapping[int, SourceFile]
    notice: Notice

    def leaves(self) -> Leaves:
        """The rows, each file in the place of its name."""
        rows, paths = self.rows, dict.fromkeys(self.rows.paths)
        start, stop, tag, path = rows.start.copy(), rows.stop.copy(), rows.tag.copy(), rows.path.copy()
        parts, used = [rows.data], rows.data.size
        for leaf, file in self.named.items():
            content = _content(file)
            paths.setdefault(found := _path(file, content, self.notice))
            parts.append(content)
            start[leaf], stop[leaf], tag[leaf] = used, used + content.size, Tag.BINARY
            path[leaf] = list(paths).index(found)
            used += content.size
        return replace(
            rows,
            paths=tuple(paths),
            path=path,
            tag=tag,
            start=start,
            stop=stop,
            data=np.concatenate(parts),
        )


def media_batches(files: Iterable[SourceFile], notice: Notice) -> Iterator[MediaBatch]:
    """The files in groups of about `BATCH_BYTES`, larger ones by themselves."""
    group: list[SourceFile] = []
    held = 0
    for file in files:
        if group and (held + file.bytes > BATCH_BYTES or len(group) == _BATCH_FILES):
            yield MediaBatch(tuple(group), notice)
            group, held = [], 0
        group.append(file)
        held += file.bytes
    if group:
        yield MediaBatch(tuple(group), notice)


def joined(
    batches: Iterable[Batch], metadata: SourceFile, media: Mapping[str, SourceFile], notice: Notice
) -> Iterator[JoinedBatch]:
    """The rows of a metadata file with the files they name, relative to its folder; others as they are."""
    folder = posixpath.dirname(metadata.path)
    for batch in batches:
        rows = batch.leaves()
        named = {
            leaf: media[place]
            for leaf in np.flatnonzero(_named(rows)).tolist()
            if (place := posixpath.normpath(posixpath.join(folder, rows.text(leaf)))) in media
            and media[place].bytes
        }
        for number, (first, last) in enumerate(_pieces(rows, named)):
            low, high = int(rows.record[first]), int(rows.record[last])
            chosen = {leaf - low: file for leaf, file in named.items() if low <= leaf < high}
            size = sum(file.bytes for file in chosen.values()) + (0 if number else batch.source_bytes)
            yield JoinedBatch(batch.file, size, _rows(rows, first, last), chosen, notice)


def _named(rows: Leaves) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """bool[n]: which leaves say what a file is called."""
    here = np.array([path == _NAME for path in rows.paths], np.bool_)
    return here[rows.path] & (rows.tag == Tag.STRING)


def _pieces(rows: Leaves, named: Mapping[int, SourceFile]) -> Iterator[tuple[int, int]]:
    """Ranges of records whose files are about `BATCH_BYTES`."""
    sizes = np.zeros(len(rows.path) + 1, np.int64)
    for leaf, file in named.items():
        sizes[leaf + 1] = file.bytes
    before = np.cumsum(sizes)[rows.record]
    first = 0
    while first < rows.records:
        last = int(np.searchsorted(before, before[first] + BATCH_BYTES, "right")) - 1
        last = min(rows.records, max(first + 1, last))
        yield first, last
        first = last


def _rows(rows: Leaves, first: int, last: int) -> Leaves:
    """Records `first` to `last` alone; their values stay where they are."""
    low, high = int(rows.record[first]), int(rows.record[last])
    begin, end = int(rows.position[low]), int(rows.position[high])
    return replace(
        rows,
        records=last - first,
        record=rows.record[first : last + 1] - low,
        path=rows.path[low:high],
        tag=rows.tag[low:high],
        start=rows.start[low:high],
        stop=rows.stop[low:high],
        position=rows.position[low : high + 1] - begin,
        positions=rows.positions[begin:end],
    )


def _content(file: SourceFile) -> U8:
    """The bytes; those of a large local file stay on the disk, and are read as they are hashed."""
    with reading(file.path), unchanged(file):
        if file.bytes > BATCH_BYTES and not is_remote(file):
            return np.memmap(file.location, np.uint8, "r")
        with open_raw(file) as stream:
            return np.frombuffer(stream.read(), np.uint8)


def _path(file: SourceFile, content: U8, notice: Notice) -> str:
    """Where a file's bytes stand in a record: below what its content is, whatever it is called."""
    found = modality_of_bytes(content.data)
    notice(file, found)
    return f"{found.value if found else _UNKNOWN}.bytes"
