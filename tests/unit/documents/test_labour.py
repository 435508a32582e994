"""People who labelled and wrote data: totals, what is open, and that no small group can be told apart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.documents.beyond import LABOUR
from registry.documents.disclosure import build_disclosure
from registry.documents.disclosure_json import as_json
from registry.documents.engagements import FEWEST, MERGED, public_engagements
from registry.documents.fields import Field, Status, Table
from registry.documents.projection import Audience
from registry.domain.dataset import Visibility
from registry.domain.facts import ModelFacts, ProviderFacts
from registry.domain.stated import Description, Engagement, Pay, ProviderAnswers
from tests.facts import component, described_in_words, fully_declared, model, nothing_known, version

Engagements = tuple[Engagement, ...] | None
WRITERS = Engagement(
    "writing", "Example Words", ("US", "PH"), 120, None, Pay("9", "USD", "hour"), ("breaks",)
)


def of(*stated: Engagements, labour: Engagements = None, visibility: Visibility | None = None) -> ModelFacts:
    """A model over datasets a, b, ... of which this is stated."""
    components = (
        component(
            described_in_words(version(name, visibility=visibility), Description(engagements=engagements))
        )
        for name, engagements in zip("abcdef", stated, strict=False)
    )
    answers = ProviderFacts("ACME AI", answers=ProviderAnswers(labour=labour))
    return replace(model(*components), provider_facts=answers)


def field_of(facts: ModelFacts, audience: Audience = Audience.PUBLIC) -> Field:
    return next(one for one in build_disclosure(facts, audience=audience).beyond if one.id == LABOUR)


def summary(facts: ModelFacts) -> str:
    value = field_of(facts).value
    assert isinstance(value, Table)
    return value.summary


def test_where_nobody_has_said_anything_there_is_a_gap() -> None:
    found = field_of(nothing_known())
    assert found.status is Status.GAP
    assert "`engagements` of files@1, or `none`" in (found.closed_by or "")
    assert LABOUR in {gap.field for gap in build_disclosure(nothing_known()).gaps}


def test_none_is_an_answer() -> None:
    found = field_of(of((), labour=()))
    assert (found.status, found.closed_by) == (Status.DECLARED, None)
    assert "Nobody was engaged" in str(found.value)


def test_of_a_dataset_that_says_nothing_the_rest_stands_and_it_stays_open() -> None:
    found = field_of(of((WRITERS,), None, labour=()))
    assert found.status is Status.DECLARED
    assert "`engagements` of b@1, or `none`" in (found.closed_by or "")


def test_a_key_that_is_left_out_is_asked_for_by_its_dataset() -> None:
    found = field_of(of((Engagement("writing", people=120),), (WRITERS,), labour=()))
    assert found.closed_by is not None
    for key in ("countries", "pay", "protections"):
        assert f"`{key}` in `engagements` of a@1" in found.closed_by
    assert "b@1" not in found.closed_by


def test_everything_said_leaves_nothing_open() -> None:
    assert field_of(fully_declared(), Audience.AUDITOR).closed_by is None


def test_pay_is_given_by_currency_and_unit_and_never_converted() -> None:
    paid = (
        Pay("2.50", "USD", "hour"),
        Pay("10", "USD", "hour"),
        Pay("0.05", "USD", "item"),
        Pay("7", "EUR", "hour"),
    )
    told = summary(of(tuple(replace(WRITERS, pay=one) for one in paid), labour=()))
    assert "EUR 7 for each hour, USD 2.50 to 10 for each hour, USD 0.05 for each item" in told
    assert told.startswith("480 people in 4 engagements")


class TestSmallGroups:
    """Cells of fewer than ten people are merged; annotators are never shown one by one."""

    FEW = Engagement(
        "checking", "One Person Ltd", ("NZ",), 4, "12", Pay("50", "USD", "hour"), (), "freelance"
    )

    def test_of_a_small_group_nothing_is_public_but_that_there_is_one(self) -> None:
        facts = of((WRITERS, self.FEW), labour=())
        twin = str(as_json(build_disclosure(facts)))
        assert MERGED in twin
        for secret in ("checking", "One Person", "NZ", "freelance", "USD 50"):
            assert secret not in twin, secret
        assert "One Person" in str(as_json(build_disclosure(facts, audience=Audience.AUDITOR)))

    def test_several_small_groups_are_one_line_with_their_people_where_these_are_enough(self) -> None:
        other = replace(self.FEW, task="translating", people=7)
        assert public_engagements((self.FEW, other)) == (Engagement(MERGED, people=11),)

    def test_the_pay_of_a_group_of_unknown_size_is_not_public(self) -> None:
        (shown,) = public_engagements((replace(WRITERS, people=None),)) or ()
        assert (shown.pay, shown.countries) == (None, ("US", "PH"))

    @given(
        st.lists(
            st.builds(
                Engagement,
                task=st.sampled_from(["a", "b"]),
                vendor=st.just("V"),
                people=st.none() | st.integers(0, 30),
                pay=st.just(Pay("1", "EUR", "hour")),
                visibility=st.none() | st.sampled_from(Visibility),
            ),
            max_size=4,
        )
    )
    def test_no_public_line_tells_of_fewer_than_ten(self, stated: list[Engagement]) -> None:
        """Each line that names a vendor or a pay is of at least ten people, or of nobody knows how many."""
        for one in public_engagements(tuple(stated)) or ():
            assert one.people is None or one.people >= FEWEST
            assert one.pay is None or (one.people or 0) >= FEWEST
            assert one.visibility is not Visibility.PRIVATE


@pytest.mark.parametrize("visibility", [Visibility.DESCRIBED, Visibility.PRIVATE])
def test_a_dataset_that_is_not_public_names_no_vendor(visibility: Visibility) -> None:
    twin = str(as_json(build_disclosure(of((WRITERS,), labour=(), visibility=visibility))))
    assert "Example Words" not in twin


def test_an_engagement_that_is_described_names_no_vendor_either() -> None:
    hidden = replace(WRITERS, visibility=Visibility.DESCRIBED)
    assert "Example Words" not in str(as_json(build_disclosure(of((hidden,), labour=(hidden,)))))


def test_no_mail_address_of_a_vendor_is_public() -> None:
    facts = of((replace(WRITERS, vendor="Jo jo@mail.example", contract="see jo@mail.example"),), labour=())
    assert "jo@mail.example" not in str(as_json(build_disclosure(facts)))
