"""Conflicts along the lineage: a license that grants more than an ancestor's, and licenses that clash."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, combinations_with_replacement

from registry.documents.conflicts import Conflict, ConflictKind, Licensed
from registry.domain.license import Duty, obligations
from registry.domain.license.compatibility import NO_DERIVATIVES, NO_LICENSE, clash, grants_more
from registry.domain.lineage import Ancestor, Link, LinkKind, Parents, ancestors, possible_ancestors
from registry.domain.terms import UNSTATED, Terms

_ASKED = {
    "use_restrictions": "restricts uses",
    "share_alike": "asks for its own terms in what is made from it (share-alike)",
    "disclose_source": "asks to disclose the source",
    "network_copyleft": "counts use over a network as distribution",
    "non_commercial": "allows no commercial use",
    NO_DERIVATIVES: "allows no adaptations to be shared",
    "state_changes": "asks to state changes",
    NO_LICENSE: "is said to have no license",
}


def lineage_conflicts(terms: Mapping[str, Terms], declared: Parents, detected: Parents) -> Iterator[Conflict]:
    """All conflicts of each version with what it was made from, or may have been; by its name.

    terms: the own terms of all that is here, by reference
    """
    for reference in sorted(terms):
        above = ancestors(reference, declared)
        yield from _inversions(reference, above, terms, ConflictKind.INVERSION)
        yield from _incompatible(reference, above, terms)
        if detected:
            known = {one.reference for one in above}
            possible = possible_ancestors(reference, declared, detected, known)
            # A detected step alone is a conflict by content already.
            further = tuple(one for one in possible if one.below is not None)
            yield from _inversions(reference, further, terms, ConflictKind.POSSIBLE_INVERSION)


def asked(duties: Iterable[str]) -> str:
    """What a license does that imposes these duties, in words."""
    return " and ".join(_ASKED.get(duty, f"asks for {duty.replace('_', ' ')}") for duty in duties)


def _inversions(
    reference: str, above: tuple[Ancestor, ...], terms: Mapping[str, Terms], kind: ConflictKind
) -> Iterator[Conflict]:
    own = terms[reference].expression
    for one in above:
        theirs = terms.get(one.reference, UNSTATED).expression
        lacks = grants_more(own, theirs)
        if lacks:
            sentence = (
                f"{one.reference} ({theirs}) {asked(lacks)}; {reference} ({own}) does not carry that on"
            )
            yield Conflict(
                kind=kind,
                versions=(Licensed(reference, own), Licensed(one.reference, theirs)),
                evidence=(sentence, *map(step, one.path)),
                lacks=lacks,
                path=one.path,
            )


def step(link: Link) -> str:
    """One step of a path with what shows it, in a sentence."""
    if link.kind is LinkKind.DETECTED:
        return f"{link.child} shares content with {link.parent}: {link.evidence}"
    by, when = link.asserted_by or "someone", link.recorded_at[:10]
    said = f"stated by the {by}" + (f" on {when}" if when else "")
    return f"{link.child} was made from {link.parent}: {said}" + (
        f", in {link.evidence}" if link.evidence else ""
    )


def _incompatible(
    reference: str, above: tuple[Ancestor, ...], terms: Mapping[str, Terms]
) -> Iterator[Conflict]:
    """Licenses that hold at once in a version, of its own or inherited, and that no adaptation can keep."""
    own, paths = terms[reference], {one.reference: one.path for one in above}
    holders: dict[str, list[str]] = {}
    for holder in (reference, *paths):
        for expression in terms.get(holder, UNSTATED).expressions:
            holders.setdefault(expression, []).append(holder)
    for a, b in combinations(holders, 2):
        told = set(holders[a]) & set(holders[b]) or clash(a, a) or clash(b, b)  # of one holder alone
        found = None if told else clash(a, b)
        if found:
            others = {holders[one][0]: one for one in (a, b) if holders[one][0] != reference}
            yield _clash(reference, own, others, paths, (a, b), f"{found.why} ({found.source})")
    for a, b in combinations_with_replacement(own.expressions, 2):
        found = clash(a, b)
        if found:  # the first two stand for all
            yield _clash(reference, own, {}, paths, found.licenses, f"{found.why} ({found.source})")
            break
    for one, expression in ((each, said) for each in above for said in _terms_of(each, terms)):
        if obligations(expression).no_derivatives is Duty.YES:
            why = f"{expression} lets nobody share one; whether {reference} is one, is for a person to say"
            yield _clash(reference, own, {one.reference: expression}, paths, (expression,), why)


def _terms_of(one: Ancestor, terms: Mapping[str, Terms]) -> tuple[str, ...]:
    return terms.get(one.reference, UNSTATED).expressions


def _clash(
    reference: str,
    own: Terms,
    others: Mapping[str, str],
    paths: Mapping[str, tuple[Link, ...]],
    licenses: tuple[str, ...],
    why: str,
) -> Conflict:
    """A conflict of a version; `others` are the ancestors that brought in the licenses, with these."""
    steps = dict.fromkeys(link for one in others for link in paths[one])
    return Conflict(
        kind=ConflictKind.INCOMPATIBLE,
        versions=(
            Licensed(reference, own.expression),
            *(Licensed(one, license_) for one, license_ in others.items()),
        ),
        evidence=(
            f"As for adaptations, {why}; side by side, each part may keep its own license",
            *map(step, steps),
        ),
        path=paths[next(iter(others))] if others else (),
        terms=licenses,
    )
