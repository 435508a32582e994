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


def _column(codes: I64, values: Sequence[tuple[str, ...]]) -> pa.Array:
    distinct, places = np.unique(codes, return_inverse=True)
    lists = pa.array([values[code] for code in distinct.tolist()], pa.list_(pa.string()))
    return lists.take(pa.array(places))
