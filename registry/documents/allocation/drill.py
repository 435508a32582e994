"""One record behind a line of an allocation."""

from dataclasses import dataclass
from fractions import Fraction

from registry.documents.allocation.basis import Payee

YES, NOT_KNOWN = "yes", "not known"


@dataclass(frozen=True, slots=True)
class Record:
    """A record of which a payee has a share; its number is the one it has in its version.

    used: `yes`, or `not known` where a part was used of which nobody knows the records
    """

    payee: Payee
    dataset: str
    version: str
    record: int
    words: int
    share: Fraction
    domain: str
    used: str
