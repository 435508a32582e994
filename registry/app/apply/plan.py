"""What applying a declaration file does, entry by entry."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from registry.declarations.problems import Problem


class Action(StrEnum):
    """What happens to an entry."""

    CREATE = "create"
    CHANGE = "change"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one entry: `facts` are the keys that change, `note` what a user should know of it."""

    action: Action
    kind: str
    name: str
    facts: tuple[str, ...] = ()
    note: str | None = None


@dataclass(slots=True)
class Plan:
    """The steps in the order of the file, and what stands in their way."""

    steps: list[Step] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(
        self, kind: str, name: str, facts: Sequence[str], *, created: bool, note: str | None = None
    ) -> None:
        """A step; what is neither new nor changed is kept."""
        action = Action.CREATE if created else Action.CHANGE if facts else Action.KEEP
        self.steps.append(Step(action, kind, name, tuple(dict.fromkeys(facts)), note))
