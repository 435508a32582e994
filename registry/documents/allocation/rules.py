"""Rules: from who has how much to who has how many units of a pool. Plain functions of exact numbers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from registry.documents.allocation.basis import NOBODY, Basis, Claim, Counted, Excluded, Payee
from registry.documents.allocation.classes import CLASSES, license_class, origin_class
from registry.documents.allocation.splits import split_claim
from registry.documents.figures import counted, exactly
from registry.domain.stated import AgreedSplits

Units = int | Fraction


@dataclass(frozen=True, slots=True)
class Terms:
    """The parameters of the rules; a rule ignores those that it does not read.

    factors: by language; work: record, dataset or holder; class_weights: of the classes by `classes`
    """

    factors: Mapping[str, Fraction] = field(default_factory=dict)
    work: str = "record"
    classes: str = "license"
    class_weights: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """The units of a payee in one dataset version under one license, and what they are counted in."""

    payee: Payee
    version: str
    license: str
    records: int
    words: int
    units: Units


@dataclass(frozen=True, slots=True)
class Weighed:
    """The parts under a rule, what takes no part, and what to know of how it was counted."""

    parts: tuple[Part, ...]
    excluded: tuple[Excluded, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its words for people; `parameters` are the terms that it reads."""

    id: str
    title: str
    text: str
    unit: str
    measured: str
    weigh: Callable[[Basis, Terms], Weighed]
    parameters: tuple[str, ...] = ()


def factor_of(version: Counted, factors: Mapping[str, Fraction]) -> Fraction:
    """The factor of a version: of its languages, by their shares of the words; 1 where none is declared."""
    if not factors or not version.languages:
        return Fraction(1)
    return sum((share * _factor(tag, factors) for tag, share in version.languages), Fraction(0))


def _factor(tag: str, factors: Mapping[str, Fraction]) -> Fraction:
    return factors.get(tag, factors.get(tag.partition("-")[0], Fraction(1)))


# --- the rules -------------------------------------------------------------------------------------------


def _words(basis: Basis, terms: Terms) -> Weighed:
    parts = _each(basis.claims, _by_words(basis, terms))
    return Weighed(tuple(parts), _without_words(basis))


def _records(basis: Basis, _terms: Terms) -> Weighed:
    return Weighed(tuple(_each(basis.claims, lambda claim: claim.weighted_records)))


def _works(basis: Basis, terms: Terms) -> Weighed:
    if terms.work == "dataset":
        return Weighed(tuple(_each(basis.claims, _by_dataset(basis))), _smaller_parts(basis))
    if terms.work == "holder":
        return Weighed(tuple(_each(basis.claims, _by_holder(basis))))
    return Weighed(tuple(_each(basis.claims, lambda claim: claim.records)), _smaller_parts(basis))


def _classes(basis: Basis, terms: Terms) -> Weighed:
    by_words = _by_words(basis, terms)

    def weighed(claim: Claim) -> Units:
        return by_words(claim) * terms.class_weights.get(class_of(claim, basis, terms), Fraction(1))

    parts = tuple(_each(basis.claims, weighed))
    found: dict[str, list[Units]] = {}
    for claim in basis.claims:
        found.setdefault(class_of(claim, basis, terms), []).append(claim.words)
    zero = [name for name in sorted(found) if terms.class_weights.get(name) == 0]
    excluded = (
        Excluded(f"class {name}", "its declared weight is 0", words=int(sum(found[name]))) for name in zero
    )
    present = ", ".join(
        f"{name} {terms.class_weights.get(name, 1)} ({counted(int(sum(found[name])), 'word')})"
        for name in CLASSES[terms.classes]
        if name in found
    )
    note = f"Classes by {terms.classes}, each with its weight: {present}."
    return Weighed(parts, (*_without_words(basis), *excluded), (note,))


def _splits(basis: Basis, terms: Terms) -> Weighed:
    by_words = _by_words(basis, terms)
    parts = tuple(
        Part(payee, claim.version, claim.license, claim.records, claim.words, by_words(claim) * share)
        for claim in basis.claims
        for payee, share in split_claim(claim, basis)
    )
    agreed = [version for version in basis.versions.values() if version.splits]
    without = len(basis.versions) - len(agreed)
    notes = [f"{one.reference}: {_split_text(one)}" for one in agreed]
    if without:
        notes.append(
            f"{counted(without, 'dataset version')} without an agreed split: all of it to the holders, as "
            "under `words`. Agreements are stated as `agreed_splits` of a dataset in registry.yaml."
        )
    return Weighed(parts, _without_words(basis), tuple(notes))


def _split_text(version: Counted) -> str:
    splits = version.splits or AgreedSplits()
    shares = ", ".join(f"{party} {share}" for party, share in splits.shares)
    said = (splits.authority or "authority not stated", splits.evidence)
    return "; ".join(filter(None, (shares, *said)))


def _deduplicated(basis: Basis, terms: Terms) -> Weighed:
    texts = basis.texts
    if texts is None:
        raise ValueError("the rule deduplicated-words needs the distinct texts")
    names = {claim.payee.key: claim.payee for claim in basis.claims}
    cells: dict[tuple[str, str], Part] = {}
    for one in texts.sums:
        version = basis.versions[one.version]
        weight = factor_of(version, terms.factors) * texts.scales.get(one.version, Fraction(1)) / one.sharers
        for key, share in one.holders:
            before = cells.get((key, one.version))
            cells[key, one.version] = Part(
                names.get(key, NOBODY),
                one.version,
                version.license,
                one.texts + (before.records if before else 0),
                one.words + (before.words if before else 0),
                one.words * share * weight + (before.units if before else 0),
            )
    rest = (claim for claim in basis.claims if claim.version in texts.without)
    by_words = _by_words(basis, terms, once=True)
    parts = (*(cells[key] for key in sorted(cells)), *_each(rest, by_words))
    excluded = (*_without_words(basis), *_smaller_parts(basis))
    return Weighed(parts, excluded, tuple(_dedup_notes(basis)))


def _dedup_notes(basis: Basis) -> Iterator[str]:
    texts = basis.texts
    if texts is None:
        return
    for reference, reason in sorted(texts.without.items()):
        words = exactly(basis.versions[reference].words, "word")
        yield f"Not de-duplicated, counted once as it is: {reference} ({words}): {reason}."
    for reference, scale in sorted(texts.scales.items()):
        if scale != 1:
            yield f"{reference} was used in part: each of its texts counts {scale}."


# --- what they have in common ----------------------------------------------------------------------------


def _each(claims: Iterable[Claim], units: Callable[[Claim], Units]) -> Iterator[Part]:
    return (
        Part(claim.payee, claim.version, claim.license, claim.records, claim.words, units(claim))
        for claim in claims
    )


def _by_words(basis: Basis, terms: Terms, *, once: bool = False) -> Callable[[Claim], Units]:
    factors = {key: factor_of(version, terms.factors) for key, version in basis.versions.items()}

    def units(claim: Claim) -> Units:
        words = claim.words if once else claim.weighted_words
        factor = factors[claim.version]
        return words if factor == 1 else words * factor

    return units


def _by_dataset(basis: Basis) -> Callable[[Claim], Units]:
    """Each version is one work; its holders share it by their records, without records by their words."""
    sums: dict[str, tuple[int, int, int]] = {}
    for claim in basis.claims:
        records, words, rows = sums.get(claim.version, (0, 0, 0))
        sums[claim.version] = (records + claim.records, words + claim.words, rows + 1)

    def units(claim: Claim) -> Units:
        records, words, rows = sums[claim.version]
        if records:
            return Fraction(claim.records, records)
        return Fraction(claim.words, words) if words else Fraction(1, rows)

    return units


def _by_holder(basis: Basis) -> Callable[[Claim], Units]:
    rows: dict[str, int] = {}
    for claim in basis.claims:
        rows[claim.payee.key] = rows.get(claim.payee.key, 0) + 1
    return lambda claim: Fraction(1, rows[claim.payee.key])


def class_of(claim: Claim, basis: Basis, terms: Terms) -> str:
    """The class of a claim: of its own license, or of the origin of its version."""
    if terms.classes == "license":
        return license_class(claim.license)
    return origin_class(basis.versions[claim.version].origin)


def _smaller_parts(basis: Basis) -> tuple[Excluded, ...]:
    return tuple(part for version in basis.versions.values() for part in version.smaller)


def _without_words(basis: Basis) -> tuple[Excluded, ...]:
    return tuple(
        Excluded(version.reference, "nobody has counted or declared its words", version.records)
        for version in basis.versions.values()
        if not version.words_known
    )


_SEEN = "words of the content as the registry counts them, times epochs, times the factor of their language"
_FACTORS = ("factors",)
RULES = {
    rule.id: rule
    for rule in (
        Rule(
            "words",
            "Pro rata by words",
            "Each payee has a share of the pool in proportion to the words of theirs that the model saw.",
            "words seen",
            _SEEN,
            _words,
            _FACTORS,
        ),
        Rule(
            "records",
            "Pro rata by records",
            "Each payee has a share of the pool in proportion to the records of theirs that the model saw.",
            "records seen",
            "records times epochs",
            _records,
        ),
        Rule(
            "deduplicated-words",
            "Pro rata by words, each text paid once",
            "Each distinct text counts once, however many datasets hold it and however often it was seen. "
            "Where several have it, it is split equally among them; holders of one record together are one.",
            "words of distinct texts",
            "texts are the same where their words are, whatever case and punctuation (words digest); words "
            "once, without epochs, times the factor of their language",
            _deduplicated,
            _FACTORS,
        ),
        Rule(
            "equal-per-work",
            "Equal per work",
            "Each work has the same share of the pool, whatever its length and however often it was seen.",
            "works",
            "a work is what --work says: a record, a dataset version (shared by its holders in proportion to "
            "their records), or all that one holder has; each counts once, without epochs",
            _works,
            ("work",),
        ),
        Rule(
            "by-class",
            "By class of work",
            "Each payee has a share in proportion to the words of theirs that the model saw, times the "
            "declared weight of the class of the work.",
            "weighted words seen",
            f"{_SEEN}, times the weight of the class",
            _classes,
            ("factors", "classes", "class_weights"),
        ),
        Rule(
            "agreed-splits",
            "By agreed splits",
            "Each dataset version has a share in proportion to the words that the model saw; inside it, the "
            "parties have the shares that they agreed on: `author` is whoever holds rights in each record.",
            "words seen",
            _SEEN,
            _splits,
            _FACTORS,
        ),
    )
}
