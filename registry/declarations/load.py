"""Reading a declaration file: all that is wrong with it at once, or what it declares."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.declarations.checks import check
from registry.declarations.findings import Finding
from registry.declarations.problems import DeclarationError, Problem
from registry.declarations.schema import Declarations
from registry.declarations.shape import validated
from registry.declarations.yaml import read_yaml


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file declares, the line of each path (`datasets[2].license`), and what to look at."""

    declarations: Declarations
    line_of: Mapping[str, int]
    warnings: tuple[Problem, ...]


def load(text: str | bytes, file: str) -> Loaded:
    """Read what stands in a declaration file; `file` is the name that messages give it.

    Raises `DeclarationError` with every mistake.
    """
    document = read_yaml(text if isinstance(text, str) else _decoded(text, file), file)
    if document.values is None:
        raise DeclarationError(file, document.problems)
    declarations, found = validated(document.values)
    found += check(document.values, document.line_of)
    mistakes = _problems((one for one in found if one.is_mistake), file, document.line_of)
    if declarations is None or mistakes or document.problems:
        raise DeclarationError(file, [*document.problems, *mistakes])
    return Loaded(declarations, document.line_of, tuple(sorted(_problems(found, file, document.line_of))))


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "save the file as UTF-8"
        raise DeclarationError(file, [Problem(file, line, "", "is not UTF-8 text", remedy)]) from error


def _problems(found: Iterable[Finding], file: str, line_of: Mapping[str, int]) -> list[Problem]:
    """Findings with their lines, each once."""
    return [
        Problem(file, _line(one.path, line_of), one.path, one.message, one.remedy)
        for one in dict.fromkeys(found)
    ]


def _line(path: str, line_of: Mapping[str, int]) -> int:
    """The line of a path, or of what it would stand in."""
    while path and path not in line_of:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return line_of.get(path, 1)
