"""Agreed splits: who has which share of a claim, as the parties of a dataset agreed."""

from collections.abc import Iterator
from fractions import Fraction

from registry.documents.allocation.basis import NOBODY, Basis, Claim, Payee
from registry.domain.agent import normalise_name
from registry.domain.identifiers import identity
from registry.domain.stated import AUTHOR, PUBLISHER


def split_claim(claim: Claim, basis: Basis) -> Iterator[tuple[Payee, Fraction | int]]:
    """The payees of a claim with their shares, which add up to 1; without an agreement, its holder."""
    version = basis.versions[claim.version]
    if version.splits is None:
        yield claim.payee, 1
        return
    for party, share in version.splits.shares:
        if party == AUTHOR:
            yield claim.payee, Fraction(share)
        elif party == PUBLISHER:
            yield publisher_payee(version.publisher), Fraction(share)
        else:
            yield basis.agents.get(party, NOBODY), Fraction(share)


def publisher_payee(name: str | None) -> Payee:
    """The publisher of a dataset as a payee; nobody where none is stated."""
    if name is None:
        return NOBODY
    return Payee(identity("publisher", normalise_name(name)), name)
