"""Builders and strategies of what allocations are computed from."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from registry.documents.allocation.basis import NOBODY, Basis, Claim, Counted, Payee, Texts, ordered_claims
from registry.documents.allocation.rules import RULES, Part, Terms
from registry.domain.stated import AgreedSplits
from tests.facts import agent

LICENSES = ("MIT", "CC-BY-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0", "NOASSERTION")
ORIGINS = ("public", "licensed", "crawled", None)
BY_CLAIMS = tuple(name for name in RULES if name != "deduplicated-words")
PAYEES = (NOBODY, *(Payee(agent(f"payee {number}").id, f"payee {number}") for number in range(6)))


def claim(payee: Payee, version: str, words: int, *, records: int = 1, epochs: Fraction | int = 1) -> Claim:
    """A claim under no stated license."""
    return Claim(payee, version, "NOASSERTION", records, words, records * epochs, words * epochs)


def basis(*claims: Claim, texts: Texts | None = None, versions: Iterable[Counted] = ()) -> Basis:
    """The claims with their versions, which have nothing to them unless they are given."""
    found = {one.version: counted(one.version) for one in claims}
    found |= {one.reference: one for one in versions}
    return Basis(ordered_claims(claims), dict(sorted(found.items())), texts=texts)


def counted(reference: str, *, languages: tuple[tuple[str, Fraction], ...] = ()) -> Counted:
    """A measured version."""
    return Counted(
        id=reference,
        reference=reference,
        digest="0" * 64,
        origin="public",
        license="NOASSERTION",
        records=1,
        words=1,
        words_seen=Fraction(1),
        words_known=True,
        basis="measured",
        languages=languages,
    )


def units(parts: Iterable[Part]) -> dict[str, Fraction]:
    """Units by payee key."""
    found: dict[str, Fraction] = {}
    for part in parts:
        found[part.payee.key] = found.get(part.payee.key, Fraction(0)) + part.units
    return found


def shares(parts: Iterable[Part]) -> dict[str, Fraction]:
    """Exact shares by payee key."""
    found = units(parts)
    whole = sum(found.values())
    return {key: value / whole for key, value in found.items()} if whole else {}


def merged(found: Basis, gone: Payee, into: Payee) -> Basis:
    """The claims of one payee as another's."""
    claims = [replace(one, payee=into) if one.payee == gone else one for one in found.claims]
    return replace(found, claims=ordered_claims(claims))


_epochs = st.fractions(Fraction(1, 4), 5, max_denominator=6)
_claims = st.builds(
    lambda payee, version, license_, records, words, epochs: Claim(
        payee, version, license_, records, words, records * epochs, words * epochs
    ),
    st.sampled_from(PAYEES),
    st.sampled_from(("a@1", "b@1", "c@2")),
    st.sampled_from(LICENSES),
    st.integers(0, 50),
    st.integers(0, 10**9),
    _epochs,
)
_splits = st.sampled_from(
    (
        None,
        AgreedSplits((("author", "1/2"), ("publisher", "1/2"))),
        AgreedSplits((("author", "1/3"), ("press", "2/3"))),
    )
)
_versions = st.builds(
    lambda origin, splits, publisher, share: replace(
        counted("", languages=(("zh", share), ("en", 1 - share))),
        origin=origin,
        splits=splits,
        publisher=publisher,
    ),
    st.sampled_from(ORIGINS),
    _splits,
    st.sampled_from((None, "Example Press")),
    st.fractions(0, 1, max_denominator=7),
)


@st.composite
def bases(draw: st.DrawFn) -> Basis:
    """Claims of several payees in several versions."""
    claims = draw(st.lists(_claims, min_size=1, max_size=12))
    versions = {name: replace(draw(_versions), id=name, reference=name) for name in ("a@1", "b@1", "c@2")}
    press = {"press": PAYEES[1]}
    return Basis(ordered_claims(claims), versions, agents=press)


terms = st.builds(
    lambda factor, work, classes, weight: Terms(
        {"zh": factor}, work, classes, {"attribution": weight, "public": weight}
    ),
    st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(2, 3))),
    st.sampled_from(("record", "dataset", "holder")),
    st.sampled_from(("license", "origin")),
    st.sampled_from((Fraction(1), Fraction(0), Fraction(3, 2))),
)
