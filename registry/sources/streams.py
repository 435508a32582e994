"""Leaves on their way from columns to records: streams in source order, merged slot by slot."""

from dataclasses import dataclass, field

import numpy as np

from registry.fingerprint.leaves import I32, I64, U8, U32, Leaves, Tag
from registry.sources.gather import Columns, borders, first_seen, gathered, places, scatter


@dataclass(frozen=True, slots=True)
class Stream:
    """Leaves in source order, each owned by a slot (row, list element) of the array they come from.

    owner:     int64[n], never falling
    path:      int32[n], index into the paths of the `Collector`
    which:     int32[n], index into the buffers of the `Collector`
    positions: uint32[n, width], places in lists, outermost first, as many as the path has lists, then zeros
    """

    owner: I64
    path: I32
    tag: U8
    which: I32
    start: I64
    stop: I64
    positions: U32

    def columns(self) -> Columns:
        """What moves with a leaf, besides its positions."""
        return self.path, self.tag, self.which, self.start, self.stop

    def take(self, chosen: I64, owner: I64) -> "Stream":
        """The chosen leaves under other owners."""
        return Stream(
            owner,
            self.path[chosen],
            self.tag[chosen],
            self.which[chosen],
            self.start[chosen],
            self.stop[chosen],
            self.positions[chosen],
        )


@dataclass(slots=True)
class Collector:
    """What the streams of one batch refer to."""

    paths: dict[str, int] = field(default_factory=dict)
    depth: list[int] = field(default_factory=list)
    buffers: list[U8] = field(default_factory=list)

    def path(self, path: str, depth: int) -> int:
        """The number of a path that lies in `depth` lists."""
        if path not in self.paths:
            self.depth.append(depth)
        return self.paths.setdefault(path, len(self.paths))

    def stream(
        self, path: str, depth: int, owner: I64, data: U8, start: I64, stop: I64, tag: U8 | Tag
    ) -> Stream:
        """Leaves of one path; empty values are none."""
        keep = np.flatnonzero(stop > start)
        if keep.size < start.size:
            owner, start, stop = owner[keep], start[keep], stop[keep]
            tag = tag if isinstance(tag, Tag) else tag[keep]
        self.buffers.append(data)
        return Stream(
            owner=owner,
            path=np.full(owner.size, self.path(path, depth), np.int32),
            tag=np.full(owner.size, tag, np.uint8) if isinstance(tag, Tag) else tag,
            which=np.full(owner.size, len(self.buffers) - 1, np.int32),
            start=start,
            stop=stop,
            positions=np.zeros((owner.size, 0), np.uint32),
        )


def merge(streams: list[Stream], slots: int) -> Stream:
    """Several streams over the same slots as one: slot by slot, in each the streams in their order."""
    streams = [stream for stream in streams if stream.owner.size]
    if len(streams) == 1:
        return streams[0]
    total = np.zeros(slots, np.int64)
    for stream in streams:
        total += np.bincount(stream.owner, minlength=slots)
    base = np.cumsum(total) - total
    size, width = int(total.sum()), max((stream.positions.shape[1] for stream in streams), default=0)
    merged = Stream(
        owner=np.repeat(np.arange(slots), total),
        path=np.empty(size, np.int32),
        tag=np.empty(size, np.uint8),
        which=np.empty(size, np.int32),
        start=np.empty(size, np.int64),
        stop=np.empty(size, np.int64),
        positions=np.zeros((size, width), np.uint32),
    )
    for stream in streams:
        at = np.empty(stream.owner.size, np.int64)
        places(stream.owner, base, at)
        scatter(stream.columns(), at, merged.columns())
        if width:
            merged.positions[at, : stream.positions.shape[1]] = stream.positions
    return merged


def finish(stream: Stream, records: int, collector: Collector) -> Leaves:
    """The stream of a batch with its values in one buffer and its paths in order of first appearance."""
    data, start, stop = gathered(collector.buffers, stream.which, stream.start, stream.stop)
    names, path = first_seen(stream.path, list(collector.paths))
    depth = np.array(collector.depth, np.int64)[stream.path]
    used = np.arange(stream.positions.shape[1]) < depth[:, None]
    return Leaves(
        records=records,
        paths=names,
        record=borders(np.bincount(stream.owner, minlength=records)),
        path=path,
        tag=stream.tag,
        start=start,
        stop=stop,
        data=data,
        position=borders(depth),
        positions=stream.positions[used],
    )
