"""Who was erased: known by a keyed hash of the name alone, so that it stays away when it comes again."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from registry.domain.agent import normalise_name

# Scopes that are no datasets, whose names have no colon.
DECLARED = ":declared"  # the agents of declaration files
ASKED = ":asked"  # the words of an erasure by identifier, so that the same words find it again


def tombstone(number: int) -> str:
    """What stands in the place of a name."""
    return f"erased ({number})"


def is_tombstone(name: str) -> bool:
    """Whether it is no name, but stands in the place of one."""
    return name.startswith("erased (") and name.endswith(")") and name[8:-1].isdecimal()


def commitment(key: bytes, name: str, scope: str = "") -> str:
    """HMAC-SHA256 of a normalised name, in hexadecimal: without the key nobody can tell whose it is.

    scope: the dataset within which the name means the person, `DECLARED`, or `ASKED`; empty for everywhere
    """
    said = f"{scope}\0{normalise_name(name)}".encode("utf-8", "surrogatepass")
    return hmac.new(key, said, sha256).hexdigest()


@dataclass(frozen=True)
class Erased:
    """The erasures of a registry, by commitment; `scope` is where the names stand that are asked about."""

    key: bytes = b""
    numbers: Mapping[str, int] = field(default_factory=dict)
    scope: str = ""

    def number(self, name: str) -> int | None:
        """Under which number a name was erased; None where it was not."""
        if not self.numbers:
            return None
        everywhere = self.numbers.get(commitment(self.key, name))
        if everywhere is not None or not self.scope:
            return everywhere
        return self.numbers.get(commitment(self.key, name, self.scope))

    def shown(self, name: str) -> str:
        """The name, or the tombstone in its place."""
        number = self.number(name)
        return name if number is None else tombstone(number)


NOBODY = Erased()
