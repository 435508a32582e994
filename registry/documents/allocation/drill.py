"""One record behind a line of an allocation."""

from dataclasses import dataclass
from fractions import Fraction

from registry.documents.allocation.basis import Payee


@dataclass(frozen=True, slots=True)
class Record:
    """A record of which a payee has a share; its number is the one it has in its version."""

    payee: Payee
    dataset: str
    version: str
    record: int
    words: int
    share: Fraction
    domain: str
