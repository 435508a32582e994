"""What is wrong in a declaration file: where, in plain words, and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.errors import RegistryError

_LONGEST = 60
_MOST = 100


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake, or something to look at: `path` is `datasets[2].fields.license`, "" for the whole file.

    They sort by line.
    """

    file: str
    line: int | None
    path: str
    message: str
    remedy: str | None = None

    def __lt__(self, other: "Problem") -> bool:
        return self._place < other._place

    @property
    def _place(self) -> tuple[int, str, str]:
        return self.line or 0, self.path, self.message

    @property
    def sentence(self) -> str:
        """Place, path and message, without the remedy: `registry.yaml:12: datasets[3].license: is empty`."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.path, self.message) if part)


class DeclarationError(RegistryError):
    """A declaration file has mistakes; all of them are in `problems`, by line."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        head = f"{file} has {'a mistake' if count == 1 else f'{count:,} mistakes'}"
        lines = [_line(problem) for problem in self.problems[:_MOST]]
        more = [f"  and {count - _MOST:,} more"] if count > _MOST else []
        super().__init__("\n".join([head, *lines, *more]), hint="correct what is listed, then run again")


def _line(problem: Problem) -> str:
    return f"  {problem.sentence}" + (f" ({problem.remedy})" if problem.remedy else "")


def shown(value: str) -> str:
    """A value in quotes as a message shows it: on one line, cut where it is long."""
    text = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}..."
    return repr(text)


def listed(words: Iterable[str]) -> str:
    """Choices as a sentence lists them: `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
