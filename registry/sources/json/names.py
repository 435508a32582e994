"""Kernels for the names of a batch: a tree of the ways to its values, found again by hashing."""

from typing import Any

import numpy as np

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I32, U8
from registry.sources.json.vectors import different, word

NODE = np.dtype(
    [
        ("start", np.int64),  # the name in the buffer
        ("stop", np.int64),
        ("hash", np.uint64),
        ("seen", np.int64),  # the object this name was last met in
        ("parent", np.int32),
        ("first", np.int32),  # the name that came first in the last object here
        ("next", np.int32),  # the name that came after this one
        ("element", np.int32),  # the node of the list elements here
        ("path", np.int32),  # the number of the path, once it has a leaf
        ("plain", np.int32),  # whether the name stands in the source without escapes
    ]
)
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@compiled
def _hash(buffer: U8, start: int, stop: int, mixed: np.uint64) -> np.uint64:
    """A hash of a name, seeded with `mixed`."""
    at = start
    while at < stop:
        eight = word(buffer, at)
        if stop - at < 8:
            eight &= (np.uint64(1) << np.uint64(8 * (stop - at))) - np.uint64(1)
        mixed = (mixed ^ eight) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
        at += 8
    return mixed


@compiled
def same_bytes(buffer: U8, start: int, stop: int, other: int) -> bool:
    """Whether the bytes from `start` to `stop` stand at `other` too."""
    while stop - start >= 64:
        if different(buffer, start, other):
            return False
        start += 64
        other += 64
    return start == stop or different(buffer, start, other) << np.uint64(64 - (stop - start)) == 0


@compiled
def enter_name(
    buffer: U8, start: int, stop: int, parent: int, seed: np.uint64, nodes: Any, count: int, table: I32
) -> int:
    """The node of a name under `parent`; `count` where it is new and has been added."""
    hashed = _hash(buffer, start, stop, (seed ^ np.uint64(parent)) * _MULTIPLIER ^ np.uint64(stop - start))
    slot = np.int64(hashed & np.uint64(table.size - 1))
    while table[slot] >= 0:
        node = nodes[table[slot]]
        if (
            node.hash == hashed
            and node.parent == parent
            and node.stop - node.start == stop - start
            and same_bytes(buffer, start, stop, node.start)
        ):
            return table[slot]
        slot = (slot + 1) & (table.size - 1)
    table[slot] = count
    add_node(nodes, count, parent, start, stop)
    nodes[count].hash = hashed
    return count


@compiled
def add_node(nodes: Any, count: int, parent: int, start: int, stop: int) -> None:
    """A new node; a list's elements have no name (-1)."""
    nodes[count].start, nodes[count].stop, nodes[count].parent = start, stop, parent
    nodes[count].seen = nodes[count].first = nodes[count].next = -1
    nodes[count].element = nodes[count].path = -1
    nodes[count].plain = 0


@compiled
def fill_table(nodes: Any, count: int, table: I32) -> None:
    """Enter the names of a dictionary into a fresh hash table (a power of two of cells, all -1)."""
    for number in range(1, count):
        if nodes[number].start >= 0:
            slot = np.int64(nodes[number].hash & np.uint64(table.size - 1))
            while table[slot] >= 0:
                slot = (slot + 1) & (table.size - 1)
            table[slot] = number
