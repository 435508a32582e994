"""What a check finds, by path; and values with the paths where they stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.declarations.yaml import Value, below


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake at a path, or a warning; the line is found by the path."""

    path: str
    message: str
    remedy: str | None = None
    is_mistake: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a declaration file and its path; what is not there, or of another kind, is as if null.

    Checks of how values fit together run on these, so that they run beside the checks of each value.
    """

    value: Value
    path: str = ""

    def __getitem__(self, key: str) -> "Place":
        """What stands under a key."""
        stated = self.value.get(key) if isinstance(self.value, dict) else None
        return Place(stated, below(self.path, key))

    @property
    def text(self) -> str | None:
        """The text, without blanks around it; None where there is no text."""
        return self.value.strip() or None if isinstance(self.value, str) else None

    @property
    def is_stated(self) -> bool:
        """Whether anything stands here."""
        return self.value is not None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which something is stated."""
        entries = self.value.items() if isinstance(self.value, dict) else ()
        return tuple(key for key, value in entries if value is not None)

    def each(self) -> Iterator["Place"]:
        """The elements of a list; a text that stands alone is the only one."""
        if isinstance(self.value, list):
            for number, value in enumerate(self.value):
                yield Place(value, below(self.path, number))
        elif isinstance(self.value, str):
            yield self
