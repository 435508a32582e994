"""What was taken against a reservation: by domain, as far as it is known, and said in the documents."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.documents.reservations import looked_at, newest_answer, taken
from registry.domain.facts import DomainPart, ReservationFacts, Size, VersionFacts
from registry.domain.reservation import Protocol, Says, Standing
from registry.domain.stated import Description, Period
from registry.render.dataset_reservations import reserved
from tests import facts


def said(
    domain: str | None = "a.example",
    says: str = "disallow",
    observed: str = "2025-03-01",
    *,
    place: str = "robots.txt",
    is_whole: bool = True,
    malformed: str | None = None,
) -> ReservationFacts:
    return ReservationFacts(
        domain, f"{domain} {place}", Protocol.ROBOTS, "*", "/", is_whole, Says(says), observed, malformed
    )


def version(*reservations: ReservationFacts, period: Period = Period("2025-01", "2025-06")) -> VersionFacts:
    domains = tuple(DomainPart(name, Size(10, 100, 600)) for name in ("a.example", "b.example"))
    return replace(
        facts.version("posts"),
        domains=domains,
        reservations=reservations,
        description=Description(collected=period),
    )


def test_a_disallow_of_one_place_is_not_lifted_by_another() -> None:
    (found,) = taken(version(said(), said(says="allow", place="tdmrep.json")))
    assert (found.domain, found.is_against, found.size) == ("a.example", True, Size(10, 100, 600))


def test_what_the_same_place_said_before_the_collection_counts_no_more() -> None:
    assert taken(version(said(observed="2024-01-01"), said(says="allow", observed="2024-06-01"))) == ()


@pytest.mark.parametrize(
    ("reservation", "period", "standing", "is_whole"),
    [
        (said(observed="2025-07-01"), Period("2025-01", "2025-06"), Standing.LATER, True),
        (said(), Period(), Standing.UNDATED, True),
        (said(is_whole=False), Period("2025-01", "2025-06"), Standing.IN_FORCE, False),
    ],
)
def test_what_cannot_be_decided_is_no_finding(
    reservation: ReservationFacts, period: Period, standing: Standing, is_whole: bool
) -> None:
    (found,) = taken(version(reservation, period=period))
    assert (found.standing, found.is_whole, found.is_against) == (standing, is_whole, False)


def test_a_reservation_on_a_domain_of_unknown_size_is_listed_without_one() -> None:
    (found,) = taken(version(said("c.example")))
    assert found.size is None
    assert taken(version(said("c.example")), version().domains) == ()


def test_domains_are_counted_by_what_they_say_now() -> None:
    seen = looked_at(
        [
            version(said(), said(says="allow", observed="2025-05-01")),
            version(said("b.example", "unset", malformed="no"), said("c.example", is_whole=False)),
        ]
    )
    assert (seen.domains, seen.observed) == (3, 3)
    assert (seen.allow, seen.disallow, seen.in_part, seen.malformed) == (1, 0, 1, 1)


@given(st.lists(st.builds(said, says=st.sampled_from(["allow", "unset", "disallow"]), place=st.text("xyz"))))
def test_any_disallow_wins(found: list[ReservationFacts]) -> None:
    """The combination rule: one place that disallows now is enough."""
    answers = {one.says for one in found}
    assert (newest_answer(found) is Says.DISALLOW) == (Says.DISALLOW in answers)


def test_the_page_has_a_row_for_each_domain_and_none_where_nobody_looked() -> None:
    assert reserved(version()) is None
    found = reserved(version(said(), said("b.example", "unset", malformed="no rule in it")))
    assert found is not None
    assert found.said == "1 domain disallows training"
    assert [(row[0], row[1], row[6]) for row in found.table.rows] == [
        ("a.example", "disallows", "–"),
        ("b.example", "says nothing of all of it", "no rule in it"),
    ]
