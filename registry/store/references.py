"""What each record of a version says of its rights: a Parquet file beside the fingerprints."""

from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from registry.domain.dataset import FieldRole
from registry.fingerprint.leaves import I64, U8, U64
from registry.store.fingerprints.columns import binary_column
from registry.store.fingerprints.row_groups import RowGroups
from registry.store.fingerprints.staging import staging_folder, sync
from registry.store.part_records import beginnings

COLUMNS = {
    FieldRole.LICENSE: "licenses",
    FieldRole.CREATOR: "creators",
    FieldRole.RIGHTS_HOLDER: "rights_holders",
    FieldRole.LANGUAGE: "languages",
    FieldRole.URL: "domains",
}
TEXTS = {
    FieldRole.ID: "ids",
    FieldRole.TITLE: "titles",
    FieldRole.URL: "urls",
}  # older files lack these
_AT_ONCE = 4_096  # records that are read together
DIGEST = "record_digest"
SCHEMA = pa.schema(
    [
        pa.field(DIGEST, pa.binary(32)),
        *(pa.field(name, pa.list_(pa.string())) for name in (*COLUMNS.values(), *TEXTS.values())),
    ]
)


class ReferenceWriter:
    """Streams the references of one version into a staged file; nothing is visible until `commit`.

    Rows carry the record digest: two versions may hold the same records in another order.
    """

    def __init__(self, root: Path, staged: Path) -> None:
        self._root = root
        self._staged = staged
        self._writer = pq.ParquetWriter(
            staged,
            SCHEMA,
            compression={name: "none" if name == DIGEST else "zstd" for name in _stored()},
            use_dictionary=[name for name in _stored() if name != DIGEST],  # a digest hardly stands twice
            write_page_checksum=True,
        )
        self._groups = RowGroups(self._write)
        self._values: Mapping[FieldRole, Sequence[tuple[str, ...]]] = {}

    @classmethod
    @contextmanager
    def staged(cls, root: Path) -> Iterator["ReferenceWriter"]:
        """A writer whose file is gone at the end unless it was committed."""
        with staging_folder(root) as folder:
            writer = cls(root, folder / "references.parquet")
            try:
                yield writer
            finally:
                writer._writer.close()

    def close(self) -> None:
        """Write the rest and the footer; `add` nothing after it."""
        self._groups.close()
        self._writer.close()

    def add(
        self,
        digests: U8,
        codes: Mapping[FieldRole, I64],
        values: Mapping[FieldRole, Sequence[tuple[str, ...]]],
        texts: Mapping[FieldRole, NDArray[np.object_]],
    ) -> None:
        """Take a batch: digests uint8[records, 32]; `codes[role]` int64[records] index `values[role]`.

        texts[role]: tuple[str, ...][records], what nearly every record has of its own.

        The values may grow from call to call, but those that a code has meant stay.
        """
        self._values = values
        self._groups.add(digests, *(codes[role] for role in COLUMNS), *(texts[role] for role in TEXTS))

    def _write(self, columns: list[NDArray[Any]]) -> None:
        digests, *codes = columns[: len(COLUMNS) + 1]
        lists = [_lists(each, self._values[role]) for each, role in zip(codes, COLUMNS, strict=True)]
        texts = columns[len(COLUMNS) + 1 :]
        lists += [_lists(np.arange(len(each), dtype=np.int64), each.tolist()) for each in texts]
        self._writer.write_table(pa.table([binary_column(digests), *lists], schema=SCHEMA))

    def commit(self, version_id: str) -> Path:
        """Make the file durable and visible under the version's id; one that is there already is kept."""
        self.close()
        final = reference_file(self._root, version_id)
        if not final.exists():
            final.parent.mkdir(parents=True, exist_ok=True)
            sync(self._staged)
            self._staged.replace(final)
            sync(final.parent)
        return final


def reference_file(root: Path, version_id: str) -> Path:
    """Where the references of a version lie."""
    return root / "versions" / f"{version_id}.parquet"


def own_numbers(root: Path, version_id: str, records: I64, digests: U8) -> I64:
    """The numbers that records have in this version, whose content another one may have in another order.

    records: int64[n], their numbers in the fingerprints; digests: uint8[n, 32]. Of equal records the first
    that is free is taken; a version without references has no order of its own.
    """
    file = reference_file(root, version_id)
    if not file.exists() or not len(records):
        return records
    own = _digests(pq.read_table(file, columns=[DIGEST])[DIGEST].combine_chunks())
    if np.array_equal(own[records], digests):
        return records
    wanted: dict[bytes, list[int]] = {}
    for place, digest in enumerate(digests):
        wanted.setdefault(digest.tobytes(), []).append(place)
    numbers = np.full(len(records), -1, np.int64)
    keys, asked = own.view("V32").ravel(), np.unique(digests.view("V32").ravel())
    for number in np.flatnonzero(np.isin(keys, asked)).tolist():
        if places := wanted[own[number].tobytes()]:
            numbers[places.pop(0)] = number
    return numbers


def record_licenses(root: Path, version_id: str, records: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The licenses that records of a version name, as spelled; nothing where it has no references."""
    file = reference_file(root, version_id)
    if not file.exists():
        return {}
    column = pq.read_table(file, columns=["licenses"])["licenses"]
    return {record: tuple(column[record].as_py() or ()) for record in records}


@dataclass(frozen=True, slots=True)
class Reference:
    """What a record says of itself, as spelled; `number` is its place in the version.

    parts: the places of those among the parts asked about that hold it
    """

    number: int
    ids: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    rights_holders: tuple[str, ...] = ()
    licenses: tuple[str, ...] = ()
    parts: tuple[int, ...] = ()


_SAID = tuple(one.name for one in fields(Reference) if one.name not in {"number", "parts"})


def every_reference(root: Path, version_id: str, parts: Sequence[U64] = ()) -> Iterator[Reference]:
    """What the records of a version say, in their order, some thousand in memory at once.

    parts: those of whose records is to be told which they are, as `kept_records` gives them

    None without a file; a file of an earlier edition of this software has no ids, titles and addresses.
    """
    file = reference_file(root, version_id)
    if not file.exists():
        return
    with pq.ParquetFile(file) as table:
        wanted = [name for name in _SAID if name in table.schema_arrow.names]
        number = 0
        for batch in table.iter_batches(_AT_ONCE, columns=[*wanted, *([DIGEST] if parts else [])]):
            columns = [batch.column(name).to_pylist() for name in wanted]
            within = _within(batch, parts)
            for place, values in enumerate(zip(*columns, strict=True)):
                said = {name: tuple(value or ()) for name, value in zip(wanted, values, strict=True)}
                yield Reference(number, **said, parts=within[place] if parts else ())
                number += 1


def _within(batch: pa.RecordBatch, parts: Sequence[U64]) -> list[tuple[int, ...]]:
    """The places of the parts that hold each record of a batch."""
    if not parts:
        return []
    first = beginnings(_digests(batch.column(DIGEST)))
    held = np.stack([_is_in(first, part) for part in parts], axis=1)
    return [tuple(np.flatnonzero(row).tolist()) for row in held]


def _is_in(asked: U64, kept: U64) -> NDArray[np.bool_]:
    """bool[asked]: whether each stands in a sorted array."""
    if not len(kept):
        return np.zeros(len(asked), np.bool_)
    found: NDArray[np.bool_] = kept[np.minimum(np.searchsorted(kept, asked), len(kept) - 1)] == asked
    return found


def _digests(column: pa.Array) -> U8:
    """The digests that a column holds: uint8[records, 32]."""
    return np.frombuffer(column.buffers()[1], np.uint8).reshape(-1, 32)[column.offset :][: len(column)]


def rename(root: Path, version_id: str, shown: Callable[[str], str]) -> int:
    """Put other names in the place of some that the records give; returns how many records that changes.

    The file is written anew, group by group, and takes the place of the one before once it is whole.
    """
    file = reference_file(root, version_id)
    if not file.exists():
        return 0
    names = [COLUMNS[FieldRole.CREATOR], COLUMNS[FieldRole.RIGHTS_HOLDER]]
    with pq.ParquetFile(file) as source:
        if not _changes(source, names, shown):
            return 0
        changed = 0
        with staging_folder(root) as folder:
            staged = folder / "references.parquet"
            stored = [name for name in source.schema_arrow.names if name != DIGEST]
            lists = [f"{name}.list.element" for name in stored]
            with pq.ParquetWriter(
                staged,
                source.schema_arrow,
                compression={name: "none" if name == DIGEST else "zstd" for name in (DIGEST, *lists)},
                use_dictionary=lists,
                write_page_checksum=True,
            ) as writer:
                for group in range(source.num_row_groups):
                    table, count = _renamed(source.read_row_group(group), names, shown)
                    changed += count
                    writer.write_table(table, row_group_size=max(1, table.num_rows))
            sync(staged)
            staged.replace(file)
            sync(file.parent)
    return changed


def _changes(source: pq.ParquetFile, names: Sequence[str], shown: Callable[[str], str]) -> bool:
    for group in range(source.num_row_groups):
        table = source.read_row_group(group, columns=list(names))
        for name in names:
            given = table[name].combine_chunks().flatten().unique().to_pylist()
            if any(shown(one) != one for one in given if one):
                return True
    return False


def _renamed(table: pa.Table, names: Sequence[str], shown: Callable[[str], str]) -> tuple[pa.Table, int]:
    """A group of records with other names, and how many records that changes."""
    changed: set[int] = set()
    for name in names:
        lists = table[name].to_pylist()
        place, kind = table.schema.get_field_index(name), table.schema.field(name)
        new = [None if each is None else list(dict.fromkeys(map(shown, each))) for each in lists]
        changed.update(
            row for row, (before, after) in enumerate(zip(lists, new, strict=True)) if before != after
        )
        table = table.set_column(place, kind, pa.array(new, kind.type))
    return table, len(changed)


def _stored() -> list[str]:
    """The columns of the Parquet file as it names them."""
    return [DIGEST, *(f"{name}.list.element" for name in (*COLUMNS.values(), *TEXTS.values()))]


def _lists(codes: I64, values: Sequence[tuple[str, ...]]) -> pa.Array:
    """What each code means, as lists of strings; by buffers, since `pa.array` imports pandas (0.4 s)."""
    distinct = np.flatnonzero(np.bincount(codes))
    place = np.zeros(int(codes.max(initial=0)) + 1, np.int64)
    place[distinct] = np.arange(len(distinct))
    meant = [values[code] for code in distinct.tolist()]
    texts = [text.encode() for texts in meant for text in texts]
    strings = pa.StringArray.from_buffers(len(texts), _offsets(texts), pa.py_buffer(b"".join(texts)))
    kind = pa.list_(pa.string())
    lists = pa.ListArray.from_buffers(kind, len(meant), [None, _offsets(meant)], children=[strings])
    buffer = pa.py_buffer(place[codes])
    return lists.take(pa.Array.from_buffers(pa.int64(), len(codes), [None, buffer]))


def _offsets(parts: Sequence[Sized]) -> pa.Buffer:
    return pa.py_buffer(np.cumsum([0, *map(len, parts)], dtype=np.int32))
