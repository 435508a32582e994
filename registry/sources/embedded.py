"""JSON held as text inside other formats, as the `Json` feature of `datasets` stores mixed values."""

import io
from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from registry.errors import SourceError
from registry.fingerprint.leaves import I32, Leaves
from registry.sources.gather import borders
from registry.sources.json.reader import json_batches

_NAME = "v"
_ONE_LINE = bytes.maketrans(b"\r\n", b"  ")


def json_leaves(texts: pa.StringArray) -> Leaves:
    """The values as records `{"v": value}`, a null as one without leaves.

    Raises `SourceError` where a text is no JSON value; its row is the place in `texts`.
    """
    # Wrapped, so that scalars and lists are records too; a raw line break in JSON is white space.
    lines = [
        b"{}" if text is None else b'{"v":%b}' % text.encode().translate(_ONE_LINE)
        for text in texts.to_pylist()
    ]
    stream = io.BytesIO(b"\n".join(lines))
    size = stream.getbuffer().nbytes + 1
    leaves = concatenated(
        [
            batch.leaves()
            for batch in json_batches(stream, file="JSON", batch_bytes=size, max_record_bytes=size)
        ]
    )
    if leaves.records != len(texts) or any(
        path.split(".")[0].split("[")[0] != _NAME for path in leaves.paths
    ):
        raise SourceError("holds text that is no JSON value", file="JSON")
    return leaves


def rests(leaves: Leaves) -> Iterator[tuple[str, int]]:
    """What follows the wrapping name in each path, and in how many lists it leads."""
    for path in leaves.paths:
        yield path[len(_NAME) :], path.count("[]")


def concatenated(parts: Sequence[Leaves]) -> Leaves:
    """The records of several batches as one."""
    if len(parts) == 1:
        return parts[0]
    paths: dict[str, int] = {}
    numbers = [
        np.array([paths.setdefault(path, len(paths)) for path in part.paths], np.int32) for part in parts
    ]
    path: list[I32] = [number[part.path] for number, part in zip(numbers, parts, strict=True)]
    before = np.cumsum([0, *(part.data.size for part in parts)])
    return Leaves(
        records=sum(part.records for part in parts),
        paths=tuple(paths),
        record=borders(np.concatenate([np.diff(part.record) for part in parts])),
        path=np.concatenate(path) if path else np.empty(0, np.int32),
        tag=np.concatenate([part.tag for part in parts]),
        start=np.concatenate([part.start + shift for part, shift in zip(parts, before[:-1], strict=True)]),
        stop=np.concatenate([part.stop + shift for part, shift in zip(parts, before[:-1], strict=True)]),
        data=np.concatenate([part.data for part in parts]),
        position=borders(np.concatenate([np.diff(part.position) for part in parts])),
        positions=np.concatenate([part.positions for part in parts]),
    )
