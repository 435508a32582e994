"""The kernel of the JSON reader (RFC 8259): the values of whole records, without an object per value."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I32, I64, U8, U32, Tag
from registry.sources.json.faults import FAULT, MAX_DEPTH
from registry.sources.json.names import add_node, enter_name, same_bytes
from registry.sources.json.scalars import RAW, read_literal, read_number, read_string, skip_blanks

POSITIONS_PER_BYTE = 8  # more list positions than this need lists nested more than 16 deep


class _State(NamedTuple):
    """Cells of the parser's state; the counts are of complete records."""

    AT: int = 0
    OPENING: int = 1  # an array's first element is still to come
    RECORDS: int = 2
    LEAVES: int = 3
    POSITIONS: int = 4
    NODES: int = 5
    PATHS: int = 6
    TAIL: int = 7
    RAW: int = 8
    OBJECTS: int = 9
    SEED: int = 10
    RECORD_AT: int = 11  # where the record at fault begins
    FAULT_AT: int = 12
    NAME: int = 13  # the node at fault


STATE = _State()
_STRING = int(Tag.STRING)
_QUOTE, _COMMA, _MINUS, _ZERO, _NINE, _COLON = 34, 44, 45, 48, 57, 58
_LIST, _LIST_END, _OBJECT, _OBJECT_END = 91, 93, 123, 125


@compiled
def _full(state: I64, count: int, paths: int, objects: int) -> int:
    """Keep the names met; they will be met again."""
    state[STATE.NODES], state[STATE.PATHS], state[STATE.OBJECTS] = count, paths, objects
    return FAULT.FULL


@compiled
def parse(  # noqa: PLR0911, PLR0912, PLR0915 (one automaton; in pieces it would pass its state around)
    buffer: U8,
    size: int,
    array: bool,
    longest: int,
    state: I64,
    nodes: NDArray[np.void],
    table: I32,
    record: I64,
    path: I32,
    tag: U8,
    start: I64,
    stop: I64,
    position: I64,
    positions: U32,
) -> int:
    """Parse the records of a text from the state on, into the arrays of `Leaves`; gives a `Fault`.

    buffer: the text (`size` bytes), `PADDING` zeros, as many bytes as the text, `PADDING`; what the source
            does not hold as it is (strings with escapes) is written behind the text.
    A record whose values do not fit the arrays leaves the state as it was before it.
    """
    seed = np.uint64(state[STATE.SEED])
    level_node = np.empty(MAX_DEPTH, np.int32)  # the node of the values at this level
    level_last = np.empty(MAX_DEPTH, np.int32)  # objects: the name before
    level_mark = np.empty(MAX_DEPTH, np.int64)  # objects: their number; lists: leaves before the element
    level_list = np.empty(MAX_DEPTH, np.int32)  # 0, or how many lists there are down to this one
    ordinal = np.empty(MAX_DEPTH + 1, np.uint32)  # of each list, the outermost is 1
    at = state[STATE.AT]
    opening = state[STATE.OPENING]
    while True:
        at = skip_blanks(buffer, at)
        if at >= size or (array and buffer[at] == _LIST_END):
            state[STATE.AT] = at
            return FAULT.NONE
        if array and not opening:
            if buffer[at] != _COMMA:
                state[STATE.RECORD_AT] = state[STATE.FAULT_AT] = at
                return FAULT.SEPARATOR
            at = skip_blanks(buffer, at + 1)
        begin = at
        state[STATE.RECORD_AT] = state[STATE.FAULT_AT] = at
        if buffer[at] != _OBJECT:
            return FAULT.RECORD
        leaves, places = state[STATE.LEAVES], state[STATE.POSITIONS]
        count, paths, tail = state[STATE.NODES], state[STATE.PATHS], state[STATE.TAIL]
        raw, objects = state[STATE.RAW], state[STATE.OBJECTS] + 1
        if state[STATE.RECORDS] + 1 >= record.size:
            return FAULT.FULL
        depth = lists = 0
        level_node[0], level_last[0], level_mark[0], level_list[0] = 0, -1, objects, 0
        at += 1
        first = True
        fault = FAULT.NONE
        while depth >= 0:
            at = skip_blanks(buffer, at)
            byte = buffer[at]
            node = level_node[depth]
            value_start = value_stop = value_tag = 0
            if first and byte == (_LIST_END if level_list[depth] else _OBJECT_END):
                byte = 0  # an empty container: no value, its end follows below
            elif not level_list[depth]:
                if byte != _QUOTE:
                    fault = FAULT.NAME
                    break
                last = level_last[depth]
                name = nodes[node].first if last < 0 else nodes[last].next
                at += 1
                known = False
                if name >= 0 and nodes[name].plain:
                    length = nodes[name].stop - nodes[name].start
                    known = buffer[at + length] == _QUOTE
                    known = known and same_bytes(buffer, at, at + length, nodes[name].start)
                    at += length + 1 if known else 0
                if not known:
                    if count >= nodes.size or 2 * count >= table.size:
                        return _full(state, count, paths, objects)
                    key_at = at
                    key_start, key_stop, at, tail, fault = read_string(buffer, at, tail)
                    if fault:
                        break
                    name = enter_name(buffer, key_start, key_stop, node, seed, nodes, count, table)
                    if name == count:
                        count += 1
                        nodes[name].plain = key_start == key_at
                    if last < 0:
                        nodes[node].first = name
                    else:
                        nodes[last].next = name
                if nodes[name].seen == level_mark[depth]:
                    state[STATE.NAME] = name
                    fault = FAULT.DUPLICATE
                    break
                nodes[name].seen = level_mark[depth]
                level_last[depth] = name
                node = name
                at = skip_blanks(buffer, at)
                if buffer[at] != _COLON:
                    fault = FAULT.COLON
                    break
                at = skip_blanks(buffer, at + 1)
                byte = buffer[at]
            if byte == _QUOTE:
                value_tag = _STRING
                value_start, value_stop, at, tail, fault = read_string(buffer, at + 1, tail)
                if fault:
                    break
            elif byte in (_OBJECT, _LIST):
                depth += 1
                if depth == MAX_DEPTH:
                    fault = FAULT.DEPTH
                    break
                at += 1
                first = True
                if byte == _OBJECT:
                    objects += 1
                    level_node[depth], level_last[depth], level_mark[depth] = node, -1, objects
                    level_list[depth] = 0
                else:
                    if nodes[node].element < 0:
                        if count >= nodes.size or 2 * count >= table.size:
                            return _full(state, count, paths, objects)
                        add_node(nodes, count, node, -1, -1)
                        nodes[node].element = count
                        count += 1
                    lists += 1
                    level_node[depth], level_mark[depth] = nodes[node].element, leaves
                    level_list[depth] = lists
                    ordinal[lists] = 0
                continue
            elif _ZERO <= byte <= _NINE or (byte == _MINUS and buffer[at + 1] != ord("I")):
                value_tag, value_start, value_stop, at = read_number(buffer, at)
                raw += value_tag == RAW
            elif byte:
                value_tag, value_start, value_stop, at, tail = read_literal(buffer, at, tail)
            if value_tag < 0:
                fault = -value_tag
                break
            if value_start < value_stop:
                if places - state[STATE.POSITIONS] > POSITIONS_PER_BYTE * (size - begin):
                    fault = FAULT.POSITIONS
                    break
                if leaves >= path.size or places + lists > positions.size:
                    return _full(state, count, paths, objects)
                if nodes[node].path < 0:
                    nodes[node].path = paths
                    paths += 1
                path[leaves], tag[leaves] = nodes[node].path, value_tag
                start[leaves], stop[leaves] = value_start, value_stop
                for place in range(1, lists + 1):
                    positions[places] = ordinal[place]
                    places += 1
                leaves += 1
                position[leaves] = places
            first = False
            while True:
                if level_list[depth] and leaves > level_mark[depth]:
                    level_mark[depth] = leaves
                    ordinal[lists] += 1
                at = skip_blanks(buffer, at)
                byte = buffer[at]
                if byte == _COMMA:
                    at += 1
                    break
                if byte != (_LIST_END if level_list[depth] else _OBJECT_END):
                    fault = FAULT.NEXT
                    break
                at += 1
                lists -= level_list[depth] > 0
                depth -= 1
                if depth < 0:
                    break
            if fault:
                break
        if not fault and at - begin > longest:
            fault = FAULT.TOO_LONG
        if not fault and places - state[STATE.POSITIONS] > POSITIONS_PER_BYTE * (at - begin):
            fault = FAULT.POSITIONS
        if fault:
            state[STATE.FAULT_AT] = at
            return fault
        opening = 0
        state[STATE.RECORDS] += 1
        record[state[STATE.RECORDS]] = leaves
        state[STATE.AT], state[STATE.OPENING] = at, 0
        state[STATE.LEAVES], state[STATE.POSITIONS] = leaves, places
        state[STATE.NODES], state[STATE.PATHS], state[STATE.TAIL] = count, paths, tail
        state[STATE.RAW], state[STATE.OBJECTS] = raw, objects
