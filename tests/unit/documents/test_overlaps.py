"""What of overlaps an audience may see: nothing of what is not public, nothing that is only detected."""

from dataclasses import replace
from fractions import Fraction

import pytest

from registry.documents.overlaps import (
    Compared,
    LeftOut,
    Overlaps,
    Relation,
    SharedPair,
    project_overlaps,
)
from registry.documents.projection import Audience
from registry.documents.site.overlap import headline, not_printed_said, shares_by_version
from registry.domain.dataset import FingerprintMode, Origin, Visibility
from registry.domain.facts import VersionFacts
from registry.domain.stated import DeclaredSize, Modality
from tests.facts import declared_version, version
from tests.sites import compared, sharing

BASE = version("base")
NEWER = version("base", label="2")
MADE = version("made", derived_from=("base@1",))
OTHER = version("other")
STRANGER = version("stranger")
VERSIONS = (BASE, NEWER, MADE, OTHER, STRANGER)
PAIRS = (
    sharing(BASE, MADE, 90),
    sharing(BASE, NEWER, 80),
    sharing(BASE, OTHER, 70),
    sharing(OTHER, STRANGER, 60),
)


def seen(audience: Audience = Audience.PUBLIC, *, detected: bool = False) -> Overlaps:
    return project_overlaps(compared(*VERSIONS, pairs=PAIRS), VERSIONS, audience, detected=detected)


def told(found: Overlaps) -> list[tuple[str, str, Relation]]:
    return [(pair.a.reference, pair.b.reference, pair.relation) for pair in found.pairs]


def test_the_public_sees_declared_relations_and_how_many_others_were_detected() -> None:
    found = seen()
    assert told(found) == [
        ("base@1", "made@1", Relation.MADE_INTO),
        ("base@1", "base@2", Relation.VERSIONS),
    ]
    assert (found.not_printed, found.small) == (2, 0)
    assert not_printed_said(found) == (
        "2 further overlaps were detected that nobody has declared; they are not printed about others' "
        "datasets. `registry compare --all` lists them, and so does the auditor's copy."
    )


def test_how_many_are_small_is_said() -> None:
    pairs = (*PAIRS, sharing(NEWER, STRANGER, 1, of=(200, 300)))
    found = project_overlaps(compared(*VERSIONS, pairs=pairs), VERSIONS, Audience.PUBLIC)
    assert (found.not_printed, found.small) == (3, 1)
    assert "nobody has declared, 1 of them under 1 %; they" in (not_printed_said(found) or "")


@pytest.mark.parametrize(("audience", "detected"), [(Audience.AUDITOR, False), (Audience.PUBLIC, True)])
def test_an_auditor_sees_all_and_so_does_the_public_on_request(audience: Audience, detected: bool) -> None:
    found = seen(audience, detected=detected)
    assert told(found)[2:] == [
        ("base@1", "other@1", Relation.DETECTED),
        ("other@1", "stranger@1", Relation.DETECTED),
    ]
    assert found.not_printed == 0
    assert not_printed_said(found) is None


@pytest.mark.parametrize("visibility", [Visibility.DESCRIBED, Visibility.PRIVATE])
@pytest.mark.parametrize("detected", [False, True])
def test_what_is_not_public_leaves_no_trace(visibility: Visibility, detected: bool) -> None:
    """Not even in a count: a site tells the same, whether or not a hidden version shares anything."""
    secret = replace(version("base", label="secret", derived_from=("base@1",)), visibility=visibility)
    more = tuple(sharing(secret, one) for one in VERSIONS)
    with_it = project_overlaps(
        compared(*VERSIONS, secret, pairs=(*PAIRS, *more)),
        (*VERSIONS, secret),
        Audience.PUBLIC,
        detected=detected,
    )
    assert with_it == seen(detected=detected)
    audited = project_overlaps(
        compared(*VERSIONS, secret, pairs=(*PAIRS, *more)), (*VERSIONS, secret), Audience.AUDITOR
    )
    assert len(audited.pairs) == len(PAIRS) + len(more)


def test_a_version_that_is_not_listed_stands_nowhere() -> None:
    found = project_overlaps(compared(*VERSIONS, pairs=PAIRS), (BASE, OTHER), Audience.AUDITOR)
    assert told(found) == [("base@1", "other@1", Relation.DETECTED)]
    assert [one.reference for one in found.compared] == ["base@1", "other@1"]


def test_the_greater_share_stands_first_whatever_the_order_it_came_in() -> None:
    small, large = version("small"), version("large")
    for pair in (sharing(small, large, 50), sharing(large, small, 50, of=(200, 100))):
        (found,) = project_overlaps(
            compared(small, large, pairs=(pair,)), (small, large), Audience.AUDITOR
        ).pairs
        assert (found.a.name, found.share, found.turned.share) == ("small", Fraction(1, 2), Fraction(1, 4))
        assert found.resemblance == Fraction(50, 250)


def test_relations_are_told_from_both_sides() -> None:
    (made,) = shares_by_version(seen()).of(MADE).pairs
    assert (made.b.reference, made.relation, made.share) == ("base@1", Relation.MADE_FROM, Fraction(90, 200))
    of_base = shares_by_version(seen()).of(BASE).pairs
    assert [pair.relation for pair in of_base] == [Relation.MADE_INTO, Relation.VERSIONS]
    assert [pair.share for pair in of_base] == [Fraction(9, 10), Fraction(8, 10)]
    assert shares_by_version(seen()).of(STRANGER).pairs == ()


def test_why_a_version_was_not_compared() -> None:
    counts = replace(version("counts"), fingerprint_mode=FingerprintMode.COUNTS)
    gone = replace(version("gone"), withdrawn=True)
    told_only = declared_version("told", DeclaredSize(Modality.TEXT, words=5))
    damaged, late = version("damaged"), version("late")
    hidden = version("hidden", origin=Origin.LICENSED)
    found = project_overlaps(
        Compared(frozenset({BASE.id}), (), {damaged.id: LeftOut.DAMAGED, hidden.id: LeftOut.RECIPE}),
        (BASE, counts, gone, told_only, damaged, late, hidden),
        Audience.PUBLIC,
    )
    assert {one.name: why for one, why in found.left_out} == {
        "counts": LeftOut.COUNTS,
        "gone": LeftOut.WITHDRAWN,
        "told": LeftOut.NOT_READ,
        "damaged": LeftOut.DAMAGED,
        "late": LeftOut.NOT_YET,
    }
    assert shares_by_version(found).of(counts).left_out is LeftOut.COUNTS
    assert shares_by_version(found).of(BASE).left_out is None


def pair_of(a: VersionFacts, b: VersionFacts, common: int, *, scale: int = 1) -> SharedPair:
    return SharedPair(a, b, sharing(a, b, common, scale=scale).overlap, Relation.DETECTED)


@pytest.mark.parametrize(
    ("common", "scale", "said"),
    [
        (100, 1, "All of base@1 is found in other@1"),
        (100, 10, "About 100 % of base@1 is found in other@1"),
        (37, 1, "37 % of base@1 is found in other@1"),
        (37, 10, "About 37 % of base@1 is found in other@1"),
        (2, 10, "About 2 % of base@1 is found in other@1"),
    ],
)
def test_the_title_is_a_fact_that_claims_no_more_than_is_known(common: int, scale: int, said: str) -> None:
    assert headline(Overlaps((pair_of(BASE, OTHER, common, scale=scale),), prints_detected=True)) == said


def test_without_an_overlap_the_title_says_so() -> None:
    both = (BASE, OTHER)
    assert headline(Overlaps(compared=both, prints_detected=True)) == (
        "No two of 2 dataset versions share content"
    )
    assert "declared to be related" in headline(Overlaps(compared=both, not_printed=3))
    assert "could be compared" in headline(Overlaps())
