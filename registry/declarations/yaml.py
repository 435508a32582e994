"""YAML 1.2 text as plain values with the line of each: scalars stay the text that was written."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from registry.declarations.nodes import DEEPEST, BrokenError, Builder, Node
from registry.declarations.problems import Problem
from registry.declarations.syntax import explained

Value = str | None | list["Value"] | dict[str, "Value"]

MOST_VALUES = 500_000  # with every alias replaced by what it stands for
_MOST_PATHS = 100_000_000  # characters
_MOST_REPORTED = 20
_UNPRINTABLE = re.compile(  # YAML 1.2.2, 5.1
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_NO_LINE_ENDS = "\x85\u2028\u2029"  # ends of lines in YAML 1.1, which the library reads; text in 1.2 (5.4)
_BARE_KEY = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Document:
    """What a text says, the line of every value by its path, and what is wrong with it as YAML.

    values:  None where the text cannot be read to its end or is no mapping
    line_of: of a key's value the line of the key, of an element where it begins; `line_of[""]` is the first
    """

    values: dict[str, Value] | None
    line_of: dict[str, int]
    problems: tuple[Problem, ...]


def below(path: str, step: str | int) -> str:
    """The path of a key's value or of an element: `datasets[2].fields`, `where["a.b"]`."""
    if isinstance(step, int):
        return f"{path}[{step}]"
    if not _BARE_KEY.fullmatch(step):
        return f"{path}[{json.dumps(step, ensure_ascii=False)}]"
    return f"{path}.{step}" if path else step


def read_yaml(text: str, file: str) -> Document:
    """Read one YAML document whose top level is a mapping. Never raises: what is wrong becomes problems."""
    text = text.removeprefix("\ufeff")
    if unprintable := _unprintable(text, file):
        return Document(None, {"": 1}, unprintable)
    readable, restored = _guarded(text)
    builder = Builder(restored)
    broken = _build(builder, readable, file)
    unfinished = builder.close()
    if builder.root is None or builder.root.is_null:
        nothing = Problem(file, 1, "", "declares nothing", "write `datasets:` and what is known of them")
        return Document(None, {"": 1}, broken or (nothing,))
    expansion = _Expansion(file)
    values = expansion.of(builder.root, "", 0)
    problems = [*expansion.problems, *broken]
    if not isinstance(values, dict) and not broken:
        keys = "begin with a key: agents, provider, datasets or models"
        problems.append(Problem(file, builder.root.line, "", "is no mapping of keys to values", keys))
    if unfinished or expansion.stopped or not isinstance(values, dict):
        return Document(None, expansion.line_of, tuple(problems))
    return Document(values, expansion.line_of, tuple(problems))


def _build(builder: Builder, text: str, file: str) -> tuple[Problem, ...]:
    """Feed all events to the builder; what stopped it."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
    except BrokenError as error:
        return (Problem(file, error.line, "", error.message, error.remedy),)
    except yaml.YAMLError as error:
        line, message, remedy = explained(error, text)
        return (Problem(file, line, "", message, remedy),)
    return ()


class _Expansion:
    """Nodes as values, with the line of every path; the remarks on a node are told where it stands first."""

    def __init__(self, file: str) -> None:
        self.line_of: dict[str, int] = {"": 1}
        self.problems: list[Problem] = []
        self.stopped = False
        self._file = file
        self._told: set[int] = set()
        self._path_characters = 0

    def of(self, node: Node, path: str, depth: int) -> Value:
        """The value of a node at a path."""
        self._tell(node, path)
        if node.elements is None and node.entries is None:
            return node.scalar
        if depth > DEEPEST:
            self._stop(node, path, f"aliases nest lists and mappings more than {DEEPEST} deep")
        if node.entries is not None:
            mapping: dict[str, Value] = {}
            for key, line, inner in node.entries:
                if self._enter(node, place := below(path, key), line):
                    mapping[key] = self.of(inner, place, depth + 1)
            return mapping
        values: list[Value] = []
        for number, inner in enumerate(node.elements or ()):
            if self._enter(node, place := below(path, number), inner.line):
                values.append(self.of(inner, place, depth + 1))
        return values

    def _enter(self, node: Node, path: str, line: int) -> bool:
        """Whether there is room for one more value."""
        if self.stopped:
            return False
        self.line_of[path] = line
        self._path_characters += len(path)
        if len(self.line_of) > MOST_VALUES or self._path_characters > _MOST_PATHS:
            self._stop(node, path, f"there are more than {MOST_VALUES:,} values, aliases written out")
        return not self.stopped

    def _stop(self, node: Node, path: str, message: str) -> None:
        if not self.stopped:
            remedy = "use fewer aliases, or make it several files"
            self.problems.append(Problem(self._file, node.line, path, message, remedy))
        self.stopped = True

    def _tell(self, node: Node, path: str) -> None:
        if not node.remarks or id(node) in self._told:
            return
        self._told.add(id(node))
        for remark in node.remarks:
            place = path if remark.key is None else below(path, remark.key)
            self.problems.append(Problem(self._file, remark.line, place, remark.message, remark.remedy))


def _guarded(text: str) -> tuple[str, Callable[[str], str]]:
    """The text with private-use characters for what ends lines in YAML 1.1 only, and the way back."""
    present = [character for character in _NO_LINE_ENDS if character in text]
    if not present:
        return text, str
    free = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)
    guards = dict(zip(present, free, strict=False))
    there = str.maketrans(guards)
    back = str.maketrans({guard: character for character, guard in guards.items()})
    return text.translate(there), lambda value: value.translate(back)


def _unprintable(text: str, file: str) -> tuple[Problem, ...]:
    """The first characters that YAML does not allow."""
    problems = []
    for found in _UNPRINTABLE.finditer(text):
        line = len(re.findall("\r\n|\r|\n", text[: found.start()])) + 1
        message = f"holds the character U+{ord(found[0]):04X}, which YAML does not allow"
        problems.append(
            Problem(file, line, "", message, "remove it; in double quotes it can be written as \\uXXXX")
        )
        if len(problems) == _MOST_REPORTED:
            break
    return tuple(problems)
