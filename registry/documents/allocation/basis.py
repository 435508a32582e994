"""What an allocation is computed from: who has how much in which dataset version, as exact numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from registry.documents.composition import Use, by_language, by_license, uses
from registry.documents.holders import works_of
from registry.documents.partition import UNIDENTIFIED
from registry.documents.works import Works
from registry.domain.facts import BaseModelFacts, ModelFacts
from registry.domain.license import conjunction
from registry.domain.stated import AgreedSplits

OWN = ""
_ONCE = "counts once, by its largest part: what the parts share is not known"


@dataclass(frozen=True, slots=True)
class Payee:
    """Who may receive something; the key is the agent's identifier, or `unidentified`."""

    key: str
    name: str


NOBODY = Payee(UNIDENTIFIED, UNIDENTIFIED)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a payee has in one dataset version under one license; weighted: times epochs."""

    payee: Payee
    version: str
    license: str
    records: int
    words: int
    weighted_records: int | Fraction
    weighted_words: int | Fraction


@dataclass(frozen=True, slots=True)
class Counted:
    """A dataset version that counts: `digest` None where its sizes are declared; `base` names the base model.

    languages: tag and share of the words; basis: measured or declared
    smaller: the parts that other runs used, which take no part where a version counts once
    """

    id: str
    reference: str
    digest: str | None
    origin: str | None
    license: str
    records: int
    words: int
    words_seen: Fraction
    words_known: bool
    basis: str
    languages: tuple[tuple[str, Fraction], ...]
    publisher: str | None = None
    splits: AgreedSplits | None = None
    base: str = OWN
    smaller: tuple["Excluded", ...] = ()


@dataclass(frozen=True, slots=True)
class Excluded:
    """Something that takes no part, and why; `words` None where nobody knows."""

    what: str
    reason: str
    records: int | None = None
    words: int | None = None


@dataclass(frozen=True, slots=True)
class TextSum:
    """Distinct texts of one group of holders, counted in one version, which as many groups in all have."""

    holders: tuple[tuple[str, Fraction], ...]
    version: str
    sharers: int
    texts: int
    words: int


@dataclass(frozen=True, slots=True)
class Texts:
    """The distinct texts of the versions whose records are fingerprinted one by one.

    scales: of a version used in part, the share of its words that was used; without: why a version's texts
    could not be told apart
    """

    sums: tuple[TextSum, ...] = ()
    scales: Mapping[str, Fraction] = field(default_factory=dict)
    without: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Basis:
    """Claims and versions in a fixed order, whatever order they came in.

    agents: the names of agents that agreed splits name, by the id in the declaration file
    """

    claims: tuple[Claim, ...]
    versions: Mapping[str, Counted]
    excluded: tuple[Excluded, ...] = ()
    texts: Texts | None = None
    agents: Mapping[str, Payee] = field(default_factory=dict)


def basis_of(shown: ModelFacts, own: Works | None = None, *, inherited: bool = False) -> Basis:
    """Whose works a projected model was trained on; `inherited`: also its base models, each version once.

    own: those of its own training, for whoever has them already
    """
    found = counted_uses(shown, inherited=inherited)
    versions = {use.version.reference: _counted(use, base) for base, use in found}
    works = works_of(tuple(use for _, use in found)) if inherited or own is None else own
    claims = [
        Claim(
            NOBODY if holder.identity == UNIDENTIFIED else Payee(holder.identity, holder.name),
            f"{row.dataset}@{row.version}",
            row.license,
            row.records,
            row.words,
            row.weighted_records,
            row.weighted_words,
        )
        for holder in works.holders
        for row in holder.rows
    ]
    left_out = (*_left_out(shown, inherited=inherited), *_by_others(shown, found, inherited=inherited))
    return Basis(ordered_claims(claims), dict(sorted(versions.items())), tuple(left_out))


def ordered_claims(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Claims in the order that the rules take them in, the same for every order they come in."""
    return tuple(
        sorted(
            claims,
            key=lambda one: (
                one.payee.key,
                one.version,
                one.license,
                one.weighted_words,
                one.weighted_records,
            ),
        )
    )


def counted_uses(shown: ModelFacts, *, inherited: bool) -> list[tuple[str, Use]]:
    """The versions that count, each once, with the base model that brought them; "" for own training.

    Where several models of the chain used a version, the one that used the most of it counts, of equal ones
    the nearest: so whoever holds rights in what only a base model used has a line.
    """
    every = _every_use(shown, inherited=inherited)
    found: dict[str, tuple[str, Use]] = {}
    for base, use in every:
        before = found.setdefault(use.version.id, (base, use))[1]
        if (use.words, use.records) > (before.words, before.records):
            found[use.version.id] = (base, use)
    return list(found.values())


def _every_use(shown: ModelFacts, *, inherited: bool) -> Iterator[tuple[str, Use]]:
    """The uses of own training, then those of each base model, the nearest first."""
    yield from ((OWN, use) for use in uses(shown))
    for base in base_models(shown) if inherited else ():
        yield from ((base.shown, use) for use in (uses(base.model) if base.model else ()))


def base_models(shown: ModelFacts) -> Iterator[BaseModelFacts]:
    """Every base model once, the nearest first."""
    seen = {shown.reference}
    waiting = list(shown.base_models)
    for base in waiting:  # grows while it is read
        if base.shown not in seen:
            seen.add(base.shown)
            yield base
            waiting += base.model.base_models if base.model else ()


def _counted(use: Use, base: str) -> Counted:
    version, seen = use.version, use.words_seen
    known = bool(use.words) or version.amount("words") is not None
    return Counted(
        id=version.id,
        reference=version.reference,
        digest=version.content_digest or None,
        origin=version.origin.value if version.origin else None,
        license=_license(use),
        records=use.records,
        words=use.words,
        words_seen=seen,
        words_known=known,
        basis=version.basis.value,
        languages=_languages(use),
        publisher=version.publisher,
        splits=version.description.agreed_splits,
        base=base,
        smaller=tuple(_smaller(use)),
    )


def _license(use: Use) -> str:
    """That of the version; of a part that was counted by itself, those of its own records."""
    own = [part.key for part in by_license((use,))] if use.once.part else []
    return conjunction(own) if own else use.version.license.stated


def _languages(use: Use) -> tuple[tuple[str, Fraction], ...]:
    parts = by_language((use,))
    whole = sum(part.words for part in parts)
    return tuple((part.key, Fraction(part.words, whole)) for part in parts if part.words)


def _smaller(use: Use) -> Iterator[Excluded]:
    """The parts of a version that other runs used, where the largest, which counts once, is not all of it."""
    parts = {(part.words, part.selection.text): part for part in use.components}
    kept = (use.once.words, use.once.selection.text)  # its records may be the most of any
    for key, part in parts.items():
        if key != kept and not use.once.takes_all:
            what = f"{use.version.reference}, the part of run {part.run} ({part.selection.text})"
            yield Excluded(what, _ONCE, part.records, part.words)


def _by_others(
    shown: ModelFacts, counted: Sequence[tuple[str, Use]], *, inherited: bool
) -> Iterator[Excluded]:
    """Other parts of a version that counts, as another model of the chain used it."""
    kept = {use.version.id: (base, use.once) for base, use in counted}
    for base, use in _every_use(shown, inherited=inherited):
        brought, once = kept[use.version.id]
        same = (use.records, use.words, use.once.selection) == (once.records, once.words, once.selection)
        if base != brought and not (same or once.takes_all):
            who = f"base model {base}" if base else "own training"
            what = f"{use.version.reference}, the part of {who} ({use.once.selection.text})"
            yield Excluded(what, _ONCE, use.records, use.words)


def _left_out(shown: ModelFacts, *, inherited: bool) -> Iterable[Excluded]:
    for base in base_models(shown):
        known = base.model or base.disclosure
        size = (known.records, known.words) if known else (None, None)
        if base.model is None:
            reason = "who holds rights in what it was trained on is not known here"
        elif inherited:
            continue
        else:
            reason = "inherited, not own training; --inherited counts it too"
        yield Excluded(f"base model {base.shown}", reason, *size)
