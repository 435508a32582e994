"""The editions of a document: its numbered, frozen versions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """A numbered, frozen version of a document.

    number: 1, 2, 3, ... in the order of approval
    approved_at: ISO 8601, UTC
    digest: SHA-256 of the bytes of the frozen JSON, in hexadecimal
    """

    number: int
    approved_by: str
    approved_at: str
    digest: str


@dataclass(frozen=True, slots=True)
class History:
    """All editions of a document, the newest first.

    is_current: the document says now what its newest edition says; else it is a draft of the next
    """

    editions: tuple[Edition, ...] = ()
    is_current: bool = False

    @property
    def latest(self) -> Edition | None:
        """The newest edition."""
        return self.editions[0] if self.editions else None

    @property
    def edition(self) -> Edition | None:
        """The edition that the document is; None of a draft."""
        return self.latest if self.is_current else None
