"""Nodes of a YAML text from the events of the YAML library: each value with its line, and remarks on it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from registry.declarations.problems import shown

DEEPEST = 40
_LONGEST_KEY = 200
_NULL = {"", "~", "null", "Null", "NULL"}  # YAML 1.2.2, 10.3.2
_PLAIN = (None, "")


class BrokenError(Exception):
    """Reading cannot go on behind this line."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.line, self.message, self.remedy = line, message, remedy


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong at a line with a node, or with one of its keys."""

    line: int
    key: str | None
    message: str
    remedy: str


@dataclass(slots=True)
class Node:
    """A value as it stands in the text: a scalar (None is null), elements, or entries (key, line, value).

    An alias is the very node that it stands for.
    """

    line: int
    scalar: str | None = None
    elements: "list[Node] | None" = None
    entries: "list[tuple[str, int, Node]] | None" = None
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_null(self) -> bool:
        """Whether it is a scalar that says nothing."""
        return self.scalar is None and self.elements is None and self.entries is None


@dataclass(slots=True)
class _Open:
    """A list or mapping that has not ended; of a mapping also the key that waits for its value."""

    node: Node
    anchor: str | None
    first_lines: dict[str, int] = field(default_factory=dict)
    awaits_value: bool = False
    key: str | None = None
    key_line: int = 0


class Builder:
    """Takes events and makes nodes, with a stack of its own: no input overflows Python's."""

    def __init__(self, restored: Callable[[str], str]) -> None:
        self.root: Node | None = None
        self._restored = restored
        self._open: list[_Open] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take the next event. Raises `BrokenError`."""
        line: int = event.start_mark.line + 1
        match type(event).__name__:
            case "ScalarEvent":
                is_null = event.style in _PLAIN and event.tag is None and event.value in _NULL
                text = None if is_null else self._restored(event.value)
                self._add(_noted(Node(line, scalar=text), event.tag), event.anchor)
            case "SequenceStartEvent":
                self._start(_noted(Node(line, elements=[]), event.tag), event.anchor)
            case "MappingStartEvent":
                self._start(_noted(Node(line, entries=[]), event.tag), event.anchor)
            case "MappingEndEvent" | "SequenceEndEvent":
                self._end()
            case "AliasEvent":
                self._add(self._aliased(event.anchor, line), None)
            case "DocumentStartEvent":
                self._documents += 1
                if self._documents > 1:
                    raise BrokenError(line, "a second document begins here", "keep one document in a file")

    def close(self) -> bool:
        """End what has not ended, to see what was read of it; returns whether anything was open."""
        unfinished = bool(self._open)
        while self._open:
            self._end()
        return unfinished

    def _start(self, node: Node, anchor: str | None) -> None:
        if len(self._open) == DEEPEST:
            message = f"lists and mappings are nested more than {DEEPEST} deep"
            raise BrokenError(node.line, message, "check the brackets: no key of the format goes that deep")
        self._open.append(_Open(node, anchor))

    def _end(self) -> None:
        closed = self._open.pop()
        self._add(closed.node, closed.anchor)

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if parent.node.elements is not None:
            parent.node.elements.append(node)
        elif not parent.awaits_value:
            parent.awaits_value, parent.key, parent.key_line = True, _key(parent, node), node.line
        else:
            parent.awaits_value = False
            if parent.key is not None and parent.node.entries is not None:
                parent.node.entries.append((parent.key, parent.key_line, node))

    def _aliased(self, anchor: str, line: int) -> Node:
        if any(one.anchor == anchor for one in self._open):
            raise BrokenError(line, f"the alias *{anchor} stands inside what it stands for", "write it out")
        if anchor not in self._anchors:
            remedy = f"write &{anchor} before the value that is meant, or quote a text that begins with *"
            raise BrokenError(line, f"the alias *{anchor} stands for nothing above it", remedy)
        return self._anchors[anchor]


def _noted(node: Node, tag: str | None) -> Node:
    if tag is not None:
        message = f"has the tag {shown(tag)}; tags mean nothing here"
        node.remarks.append(
            Remark(node.line, None, message, "remove it; quote a text that begins with an exclamation mark")
        )
    return node


def _key(parent: _Open, node: Node) -> str | None:
    """The key that a node is; None, with a remark, for what cannot be one or has come before."""
    parent.node.remarks += node.remarks
    key, wrong = node.scalar, _wrong_key(node)
    if wrong is None and key is not None:
        if key not in parent.first_lines:
            parent.first_lines[key] = node.line
            return key
        wrong = f"is given twice, first in line {parent.first_lines[key]}", "keep one of the two"
    message, remedy = wrong or ("", "")
    parent.node.remarks.append(Remark(node.line, key and key[:_LONGEST_KEY], message, remedy))
    return None


def _wrong_key(node: Node) -> tuple[str, str] | None:
    """What is wrong with a node as a key, and the remedy."""
    if node.scalar is None:
        kind = "null" if node.is_null else "a list or mapping"
        return f"has {kind} as a key", "use a text as the key; put text that holds { or [ in quotes"
    if node.scalar == "<<":
        return "is a merge key, which YAML 1.2 does not have", "write the keys out"
    if len(node.scalar) > _LONGEST_KEY:
        return f"is a key of more than {_LONGEST_KEY} characters", "check the quotes and colons"
    return None
