"""How much of each modality there is, counted in the values that are bytes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from registry.domain.dataset import FieldRole
from registry.domain.facts import LASTING, MediaPart
from registry.domain.signatures import modality_of_bytes
from registry.domain.stated import Modality
from registry.fingerprint.leaves import Leaves, Tag
from registry.measure.media.containers import Container, read_container
from registry.measure.roles import Roles
from registry.measure.values import record_of_leaf

MOST_RATES = 20
_FREE = frozenset({FieldRole.CONTENT, FieldRole.OTHER})


@dataclass(frozen=True, slots=True)
class Item:
    """One image, sound or film, or bytes of no known format.

    is_read: whether it was recognised, and lasting as long as its container says
    """

    record: int
    modality: Modality
    bytes: int
    is_read: bool
    milliseconds: int | None = None
    rate: str | None = None


def items_of(leaves: Leaves, roles: Roles) -> tuple[Item, ...]:
    """The items of a batch. What a value holds counts before what its field or name declares.

    Bytes that play a part of their own, as identifiers, are no items.
    """
    free = np.array([roles.of(path)[0] in _FREE for path in leaves.paths], np.bool_)
    which = np.flatnonzero(free[leaves.path] & (leaves.tag == Tag.BINARY))
    declared = [leaves.media.get(path.removesuffix(".bytes")) for path in leaves.paths]
    record, data = record_of_leaf(leaves), leaves.data.data
    held = (
        _item(int(record[leaf]), data[start:stop], declared[path])
        for leaf, path, start, stop in zip(
            which.tolist(),
            leaves.path[which].tolist(),
            leaves.start[which].tolist(),
            leaves.stop[which].tolist(),
            strict=True,
        )
    )
    return (*held, *_without_bytes(leaves, record))


def _item(record: int, value: memoryview, declared: Modality | None) -> Item:
    found = modality_of_bytes(value)
    modality = found or declared or Modality.OTHER
    if modality not in LASTING:
        return Item(record, modality, len(value), found is not None or declared is None)
    container = read_container(value)
    return _lasting(record, container.modality or modality, len(value), container)


def _lasting(record: int, modality: Modality, size: int, container: Container) -> Item:
    length = container.milliseconds
    return Item(record, modality, size, length is not None, length, container.rate)


def _without_bytes(leaves: Leaves, record: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Iterator[Item]:
    """Files without a byte, and values that only name a file, which lies elsewhere."""
    yield from (Item(place, modality, 0, False) for place, modality in leaves.empty.items())
    for path, modality in leaves.media.items():
        if modality is None:
            continue
        names, values = (
            np.bincount(record[np.isin(leaves.path, _numbers(leaves, name))], minlength=leaves.records)
            for name in (f"{path}.path", f"{path}.bytes")
        )
        lacking = np.maximum(names - values, 0)
        for place in np.flatnonzero(lacking).tolist():
            yield from (Item(place, modality, 0, False) for _ in range(int(lacking[place])))


def _numbers(leaves: Leaves, path: str) -> list[int]:
    return [number for number, name in enumerate(leaves.paths) if name == path]


@dataclass(slots=True)
class _Sum:
    items: int = 0
    records: int = 0
    bytes: int = 0
    milliseconds: int = 0
    undetermined: int = 0
    rates: Counter[str] = field(default_factory=Counter)


class MediaCounts:
    """The items by modality, over all batches."""

    def __init__(self) -> None:
        self._sums: dict[Modality, _Sum] = {}

    def add(self, items: Iterable[Item]) -> None:
        """Count one batch."""
        records: dict[Modality, set[int]] = {}
        for item in items:
            total = self._sums.setdefault(item.modality, _Sum())
            total.items += 1
            total.bytes += item.bytes
            total.milliseconds += item.milliseconds or 0
            total.undetermined += not item.is_read
            if item.rate:
                total.rates[item.rate] += 1
            records.setdefault(item.modality, set()).add(item.record)
        for modality, found in records.items():
            self._sums[modality].records += len(found)

    def result(self) -> tuple[MediaPart, ...]:
        """The modalities in the order of the EU template."""
        return tuple(_part(each, self._sums[each]) for each in Modality if each in self._sums)


def _part(modality: Modality, total: _Sum) -> MediaPart:
    is_known = modality in LASTING and total.undetermined < total.items
    rates = sorted((rate for rate, _ in total.rates.most_common(MOST_RATES)), key=float)
    return MediaPart(
        modality=modality,
        items=total.items,
        records=total.records,
        bytes=total.bytes,
        milliseconds=total.milliseconds if is_known else None,
        undetermined=total.undetermined,
        rates=tuple(rates),
    )
