"""Records nested in the lists of a record, each made a record of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from registry.errors import SourceError
from registry.fingerprint.leaves import ABOVE, I32, I64, Batch, Leaves
from registry.sources.gather import borders, first_seen, ranges

_LIST = "[]"


@dataclass(frozen=True, slots=True)
class Ready:
    """A batch whose leaves are known already."""

    file: str
    source_bytes: int
    decoded: Leaves

    def leaves(self) -> Leaves:
        """The leaves."""
        return self.decoded


@dataclass(frozen=True, slots=True)
class Exploded:
    """A batch whose records are the elements found under `path`."""

    batch: Batch
    path: str

    @property
    def file(self) -> str:
        """Display path of the file."""
        return self.batch.file

    @property
    def source_bytes(self) -> int:
        """Bytes of the source this batch accounts for."""
        return self.batch.source_bytes

    def leaves(self) -> Leaves:
        """Decode, then explode."""
        return explode(self.batch.leaves(), self.path)


def exploded(batches: Iterator[Batch], path: str, *, file: str) -> Iterator[Batch]:
    """The batches of one file, exploded on the worker.

    Batches are decoded here only until the path was met once. Raises `SourceError` after the last where it
    never was, listing the lists there are.
    """
    lists: dict[str, None] = {}
    for batch in batches:
        leaves = batch.leaves()
        lists.update(dict.fromkeys(list_paths(leaves)))
        yield Ready(batch.file, batch.source_bytes, explode(leaves, path))
        if any(_way(tokens(each), names_of(path)) for each in leaves.paths):
            break
    else:
        raise SourceError(
            f"has no list of records at {path!r}",
            file=file,
            hint=f"its lists are: {', '.join(lists)}" if lists else "it holds no lists: leave --explode out",
        )
    for batch in batches:
        yield Exploded(batch, path)


def tokens(path: str) -> tuple[str, ...]:
    """The names of a path, still escaped, and `[]` for each list level."""
    found, name, i = [], "", 0
    while i < len(path):
        if path[i] == "\\":
            name += path[i : i + 2]
            i += 2
            continue
        if path[i] in ".[":
            found += [name] if name else []
            name = ""
        if path[i] == "[":
            found.append(_LIST)
            i += 2
            continue
        name += path[i] if path[i] != "." else ""
        i += 1
    return (*found, name) if name else tuple(found)


def names_of(path: str) -> tuple[str, ...]:
    """The names of a path to nested records, where `[]` may be left out."""
    return tuple(token for token in tokens(path) if token != _LIST)


def list_paths(leaves: Leaves) -> list[str]:
    """The paths of all lists, without brackets, in order of first appearance."""
    found: dict[str, None] = {}
    for path in leaves.paths:
        parts = tokens(path)
        for i, token in enumerate(parts):
            if token == _LIST:
                found[".".join(part for part in parts[:i] if part != _LIST)] = None
    return list(found)


def explode(leaves: Leaves, path: str) -> Leaves:
    """Each element of the lists at `path` (dotted names, `[]` optional) as a record, in order.

    Its leaves have paths relative to it, a scalar element the list's last name. Kept with it are the fields
    of the objects it lies in that are in no other list, under a dot and their dotted names. Records without
    such elements give none.
    """
    names = names_of(path)
    parts = [tokens(each) for each in leaves.paths]
    ways = dict.fromkeys(way for each in parts if (way := _way(each, names)))
    found = _Found(leaves)
    for way in ways:
        _collect(found, parts, way)
    return found.assembled()


def _way(parts: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...] | None:
    """The part of a leaf's path that leads to the element it lies in; None where it lies in none."""
    met = 0
    for i, token in enumerate(parts):
        if token == _LIST:
            if met == len(names):
                return parts[: i + 1]
        elif met < len(names) and token == names[met]:
            met += 1
        else:
            return None
    return None


class _Found:
    """The leaves of the new records, gathered way by way."""

    def __init__(self, leaves: Leaves) -> None:
        self.leaves = leaves
        self.record = np.repeat(np.arange(leaves.records), np.diff(leaves.record))
        self.origin: list[I64] = []  # the old record of each new one
        self.records = 0
        self._paths: dict[str, int] = {}
        self._parts: list[tuple[I64, I64, I32, I64]] = []

    def of_paths(self, chosen: Sequence[int]) -> I64:
        """Indices of the leaves that have one of these paths."""
        wanted = np.zeros(len(self.leaves.paths), np.bool_)
        wanted[list(chosen)] = True
        return np.flatnonzero(wanted[self.leaves.path])

    def keys(self, leaf: I64, lists: int) -> I64:
        """For each leaf one number for its record and places in the outermost lists, in their order."""
        key = self.record[leaf]
        for level in range(lists):
            place = self.leaves.positions[self.leaves.position[leaf] + level].astype(np.int64)
            # Dense numbers below 2^31 times places below 2^32 stay within 63 bits.
            key = np.unique(key, return_inverse=True)[1] * (int(place.max(initial=0)) + 1) + place
        return key

    def add(self, record: I64, leaf: I64, renamed: dict[int, str], dropped: int) -> None:
        """Leaves of new records; `dropped` are the outermost lists that their new paths no longer have."""
        number = np.zeros(len(self.leaves.paths), np.int32)
        for old, name in renamed.items():
            number[old] = self._paths.setdefault(name, len(self._paths))
        path = number[self.leaves.path[leaf]]
        self._parts.append((record, leaf, path, np.full(leaf.size, dropped)))

    def assembled(self) -> Leaves:
        """The new records, in the order of the old ones, each with its leaves in the order they had."""
        origin = np.concatenate([*self.origin, np.empty(0, np.int64)])
        rank = np.empty(self.records, np.int64)
        rank[np.argsort(origin, kind="stable")] = np.arange(self.records)
        empty = np.empty(0, np.int64)
        columns = zip((empty, empty, np.empty(0, np.int32), empty), *self._parts, strict=True)
        record, leaf, path, dropped = (np.concatenate(column) for column in columns)
        order = np.lexsort((leaf, rank[record]))
        record, leaf, path, dropped = rank[record][order], leaf[order], path[order], dropped[order]
        names, path = first_seen(path, list(self._paths))
        depth = np.diff(self.leaves.position)[leaf] - dropped
        return Leaves(
            records=self.records,
            paths=names,
            record=borders(np.bincount(record, minlength=self.records)),
            path=path,
            tag=self.leaves.tag[leaf],
            start=self.leaves.start[leaf],
            stop=self.leaves.stop[leaf],
            data=self.leaves.data,
            position=borders(depth),
            positions=self.leaves.positions[ranges(self.leaves.position[leaf] + dropped, depth)],
        )


def _collect(found: _Found, parts: Sequence[tuple[str, ...]], way: tuple[str, ...]) -> None:
    """The elements at the end of one way (`data [] qas []`), and what their ancestors give them."""
    lists = way.count(_LIST)
    inside = {i: _relative(each, way) for i, each in enumerate(parts) if each[: len(way)] == way}
    leaf = found.of_paths(tuple(inside))
    _, first, element = np.unique(found.keys(leaf, lists), return_index=True, return_inverse=True)
    found.add(found.records + element, leaf, inside, lists)
    for level in range(lists):
        outer = {
            i: ABOVE + ".".join(token for token in each if token != _LIST)
            for i, each in enumerate(parts)
            if _ancestor_level(each, way) == level
        }
        _attach(found, leaf[first], found.of_paths(tuple(outer)), outer, level)
    found.origin.append(found.record[leaf[first]])
    found.records += first.size


def _attach(found: _Found, elements: I64, outer: I64, renamed: dict[int, str], level: int) -> None:
    """Give each outer leaf to all elements (in order, by one of their leaves) below its object."""
    keys = found.keys(np.concatenate([elements, outer]), level)
    below, wanted = keys[: elements.size], keys[elements.size :]
    low = np.searchsorted(below, wanted, "left")
    counts = np.searchsorted(below, wanted, "right") - low
    found.add(found.records + ranges(low, counts), np.repeat(outer, counts), renamed, level)


def _relative(parts: tuple[str, ...], way: tuple[str, ...]) -> str:
    """The path of an element's leaf, seen from the element."""
    rest = parts[len(way) :]
    if not rest or rest[0] == _LIST:
        rest = (next(token for token in reversed(way) if token != _LIST), *rest)
    path = ""
    for token in rest:
        path += token if token == _LIST or not path else f".{token}"
    return path


def _ancestor_level(parts: tuple[str, ...], way: tuple[str, ...]) -> int | None:
    """In how many of the way's lists the object lies that this leaf is a field of; None where it is not."""
    common = 0
    while common < min(len(parts), len(way)) and parts[common] == way[common]:
        common += 1
    if common == len(way) or _LIST in parts[common:]:
        return None
    return parts[:common].count(_LIST)
