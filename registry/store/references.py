"""What each record of a version says of its rights: a Parquet file beside the fingerprints."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from registry.domain.dataset import FieldRole
from registry.fingerprint.leaves import I64, U8
from registry.store.fingerprints.staging import staging_folder, sync

COLUMNS = {
    FieldRole.LICENSE: "licenses",
    FieldRole.CREATOR: "creators",
    FieldRole.RIGHTS_HOLDER: "rights_holders",
    FieldRole.LANGUAGE: "languages",
    FieldRole.URL: "domains",
}
SCHEMA = pa.schema(
    [
        pa.field("record_digest", pa.binary(32)),
        *(pa.field(name, pa.list_(pa.string())) for name in COLUMNS.values()),
    ]
)


class ReferenceWriter:
    """Streams the references of one version into a staged file; nothing is visible until `commit`.

    Rows carry the record digest: two versions may hold the same records in another order.
    """

    def __init__(self, root: Path, staged: Path) -> None:
        self._root = root
        self._staged = staged
        self._writer = pq.ParquetWriter(staged, SCHEMA, compression="zstd", write_page_checksum=True)

    @classmethod
    @contextmanager
    def staged(cls, root: Path) -> Iterator["ReferenceWriter"]:
        """A writer whose file is gone at the end unless it was committed."""
        with staging_folder(root) as folder:
            writer = cls(root, folder / "references.parquet")
            try:
                yield writer
            finally:
                writer.close()

    def close(self) -> None:
        """Write the footer."""
        self._writer.close()

    def add(
        self,
        digests: U8,
        codes: Mapping[FieldRole, I64],
        values: Mapping[FieldRole, Sequence[tuple[str, ...]]],
    ) -> None:
        """Take a batch: digests uint8[records, 32]; `codes[role]` int64[records] index `values[role]`."""
        columns = [
            pa.FixedSizeBinaryArray.from_buffers(pa.binary(32), len(digests), [None, pa.py_buffer(digests)])
        ]
        columns += [_column(codes[role], values[role]) for role in COLUMNS]
        self._writer.write_batch(pa.record_batch(columns, schema=SCHEMA))

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
    column = pq.read_table(file, columns=["record_digest"])["record_digest"].combine_chunks()
    own = np.frombuffer(column.buffers()[1], np.uint8).reshape(-1, 32)[column.offset :][: len(column)]
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


def _column(codes: I64, values: Sequence[tuple[str, ...]]) -> pa.Array:
    distinct, places = np.unique(codes, return_inverse=True)
    lists = pa.array([values[code] for code in distinct.tolist()], pa.list_(pa.string()))
    return lists.take(pa.array(places))
