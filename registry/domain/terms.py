"""The terms of a dataset, its own and those it inherits along declared derivations (ADR 12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.domain.dataset import Visibility
from registry.domain.license import (
    NOASSERTION,
    NONE,
    Obligations,
    combine,
    conjunction,
    obligations,
)
from registry.domain.lineage import Ancestor


@dataclass(frozen=True, slots=True)
class Terms:
    """The different expressions under which the parts of something stand, and whether every part has one."""

    expressions: tuple[str, ...]
    is_complete: bool

    @property
    def expression(self) -> str:
        """All of them at once; `NOASSERTION` where nobody has stated any."""
        return conjunction(self.expressions)


UNSTATED = Terms((), is_complete=False)


def own_terms(stated: str, records: Iterable[str] = ()) -> Terms:
    """The terms of a dataset: as stated of the whole, and as its records carry them.

    A record without a license of its own stands under what is stated of the whole; where nothing is, the
    terms are not complete. Where every record carries one, nothing need be stated of the whole.
    """
    carried = tuple(dict.fromkeys(records))
    known = tuple(one for one in carried if one != NOASSERTION)
    if stated != NOASSERTION:
        return Terms(tuple(dict.fromkeys((stated, *known))), is_complete=True)
    return Terms(known, is_complete=bool(known) and len(known) == len(carried))


@dataclass(frozen=True, slots=True)
class InheritedLicense:
    """What something was made from, with its own terms and the path that leads there.

    visibility: of a version here; None of what is elsewhere
    """

    ancestor: Ancestor
    terms: Terms
    visibility: Visibility | None = None

    @property
    def reference(self) -> str:
        """`name@label`, an address, or a name elsewhere."""
        return self.ancestor.reference


def effective_expression(own: Terms, inherited: Sequence[InheritedLicense]) -> str:
    """Its own terms and all that are known of its ancestors, at once.

    `NONE` where a part is said to have no license. `NOASSERTION` where nobody has stated its own terms: the
    licenses of its ancestors permit nothing of what was added. An ancestor of unknown terms leaves the
    expression as it is and stands in `incomplete`.
    """
    every = [*own.expressions, *(one for found in inherited for one in found.terms.expressions)]
    if NONE in every:
        return NONE
    return conjunction(every) if own.expressions else NOASSERTION


def effective_duties(own: Terms, inherited: Sequence[InheritedLicense]) -> Obligations:
    """The strictest of all duties; what nobody has stated makes a duty unknown that no one else imposes."""
    return combine(
        obligations(expression)
        for terms in (own, *(found.terms for found in inherited))
        for expression in (*terms.expressions, *(() if terms.is_complete else (NOASSERTION,)))
    )
