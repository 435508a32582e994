"""A finding of a check, as every check prints it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether something is missing that the form requires or is due, or could be better."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, at which key of which entry or which field, and what to do about it."""

    severity: Severity
    path: str
    message: str
    remedy: str
