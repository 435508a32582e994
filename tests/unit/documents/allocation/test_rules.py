"""What each rule gives, by examples that can be done by hand."""

from dataclasses import replace
from fractions import Fraction

import pytest

from registry.documents.allocation.basis import NOBODY, Basis, Texts, TextSum, basis_of
from registry.documents.allocation.classes import license_class
from registry.documents.allocation.compare import compared, ranks_of
from registry.documents.allocation.rules import RULES, Terms
from registry.documents.allocation.splits import publisher_payee
from registry.documents.allocation.statement import amounts_of
from registry.documents.projection import Audience, project
from registry.domain.dataset import SelectionKind
from registry.domain.facts import BaseModelFacts, ComponentFacts, PartFacts, SelectionFacts, Size
from registry.domain.stated import AgreedSplits, DeclaredSize, Modality
from tests.facts import agent, component, declared_version, holding, model, several_origins, version
from tests.unit.documents.allocation.claims import PAYEES, basis, claim, counted, units

ADA, BEN = PAYEES[1:3]
HALF = Fraction(1, 2)


def given(rule: str, found: Basis, terms: Terms | None = None) -> dict[str, Fraction]:
    return units(RULES[rule].weigh(found, terms or Terms()).parts)


def test_words_count_as_often_as_they_were_seen() -> None:
    found = basis(claim(ADA, "a@1", 100, epochs=3), claim(BEN, "b@1", 100))
    assert given("words", found) == {ADA.key: 300, BEN.key: 100}


def test_records_count_as_often_as_they_were_seen_and_works_once() -> None:
    found = basis(claim(ADA, "a@1", 100, records=2, epochs=3), claim(BEN, "b@1", 9, records=4))
    assert given("records", found) == {ADA.key: 6, BEN.key: 4}
    assert given("equal-per-work", found) == {ADA.key: 2, BEN.key: 4}


def test_a_work_may_be_a_dataset_or_all_of_a_holder() -> None:
    found = basis(
        claim(ADA, "a@1", 100, records=1), claim(BEN, "a@1", 9, records=3), claim(BEN, "b@1", 1, records=7)
    )
    assert given("equal-per-work", found, Terms(work="dataset")) == {
        ADA.key: Fraction(1, 4),
        BEN.key: Fraction(7, 4),
    }
    assert given("equal-per-work", found, Terms(work="holder")) == {ADA.key: 1, BEN.key: 1}


@pytest.mark.parametrize("tag", ["zh", "zh-Hant"])
def test_a_language_has_its_declared_factor(tag: str) -> None:
    mixed = replace(counted("a@1"), languages=((tag, HALF), ("en", HALF)))
    found = basis(claim(ADA, "a@1", 100), claim(BEN, "b@1", 100), versions=[mixed])
    assert given("words", found, Terms({"zh": HALF})) == {ADA.key: 75, BEN.key: 100}


def test_a_shared_text_is_split_equally_and_a_text_of_one_is_its_own() -> None:
    whole = Fraction(1)
    sums = (
        TextSum(((ADA.key, whole),), "a@1", sharers=2, texts=1, words=40),
        TextSum(((BEN.key, whole),), "b@1", sharers=2, texts=1, words=40),
        TextSum(((ADA.key, HALF), (BEN.key, HALF)), "a@1", sharers=1, texts=1, words=10),
    )
    found = basis(claim(ADA, "a@1", 50), claim(BEN, "b@1", 40), texts=Texts(sums))
    assert given("deduplicated-words", found) == {ADA.key: 25, BEN.key: 25}


def test_what_cannot_be_told_apart_counts_once_as_it_is_and_is_said() -> None:
    texts = Texts(without={"a@1": "only counts of it are kept"})
    found = basis(claim(ADA, "a@1", 50, epochs=4), texts=texts)
    weighed = RULES["deduplicated-words"].weigh(found, Terms())
    assert units(weighed.parts) == {ADA.key: 50}
    assert weighed.notes == (
        "Not de-duplicated, counted once as it is: a@1 (1 word): only counts of it are kept.",
    )


@pytest.mark.parametrize(
    ("expression", "family"),
    [
        ("MIT", "attribution"),
        ("CC0-1.0", "public-domain"),
        ("CC-BY-4.0", "attribution"),
        ("CC-BY-SA-4.0", "share-alike"),
        ("CC-BY-NC-SA-4.0", "non-commercial"),
        ("CC-BY-NC-ND-4.0", "no-derivatives"),
        ("AGPL-3.0-only", "share-alike"),
        ("NOASSERTION", "not-stated"),
        ("NONE", "no-license"),
        ("LicenseRef-Contract", "other"),
    ],
)
def test_a_license_has_one_family(expression: str, family: str) -> None:
    assert license_class(expression) == family


def test_a_class_has_its_weight_and_one_of_none_is_left_out_with_a_reason() -> None:
    found = basis(
        claim(ADA, "a@1", 100), claim(BEN, "b@1", 100), versions=[replace(counted("b@1"), origin="licensed")]
    )
    terms = Terms(classes="origin", class_weights={"licensed": Fraction(3), "public": Fraction(0)})
    weighed = RULES["by-class"].weigh(found, terms)
    assert units(weighed.parts) == {ADA.key: 0, BEN.key: 300}
    assert [(one.what, one.reason, one.words) for one in weighed.excluded] == [
        ("class public", "its declared weight is 0", 100)
    ]


def test_an_agreed_split_goes_to_authors_publisher_and_agents() -> None:
    splits = AgreedSplits((("author", "1/2"), ("press", "1/6"), ("publisher", "1/3")), "contract 7")
    agreed = replace(counted("a@1"), splits=splits, publisher="Example Forum")
    found = replace(
        basis(claim(ADA, "a@1", 60), claim(NOBODY, "a@1", 60), claim(BEN, "b@1", 30), versions=[agreed]),
        agents={"press": BEN},
    )
    weighed = RULES["agreed-splits"].weigh(found, Terms())
    assert units(weighed.parts) == {
        ADA.key: 30,
        NOBODY.key: 30,
        publisher_payee("Example Forum").key: 40,
        BEN.key: 50,
    }
    assert weighed.notes[0] == "a@1: author 1/2, press 1/6, publisher 1/3; contract 7"
    assert "without an agreed split" in weighed.notes[1]


def test_a_publisher_nobody_stated_is_nobody() -> None:
    assert publisher_payee(None) == NOBODY
    assert publisher_payee("Example  press").key == publisher_payee("EXAMPLE Press").key


def test_claims_add_up_to_what_the_model_saw() -> None:
    facts = project(several_origins(), Audience.AUDITOR)
    found = basis_of(facts)
    assert sum(one.weighted_words for one in found.claims) == facts.words_seen
    assert sum(one.words for one in found.claims) == facts.words
    records = sum(part.records * part.epochs for part in facts.components)
    assert sum(one.weighted_records for one in found.claims) == records


def test_data_without_words_takes_no_part_in_words_and_says_so() -> None:
    talks = declared_version("talks", DeclaredSize(Modality.AUDIO, records=3, hours="8"))
    found = basis_of(project(model(component(talks), component(version("texts"))), Audience.AUDITOR))
    weighed = RULES["words"].weigh(found, Terms())
    assert [(one.what, one.records) for one in weighed.excluded] == [("talks@1", 3)]
    assert RULES["records"].weigh(found, Terms()).excluded == ()


def test_what_base_models_brought_counts_only_when_asked_and_each_version_once() -> None:
    ada = agent("Ada")
    texts, more = version("texts"), version("more", size=(5, 70, 400))
    base = model(component(texts, epochs=9), component(more, holding((5, 70, 400), ada)), name="base")
    facts = project(
        model(
            component(texts),
            base_models=(
                BaseModelFacts("base@1.0", None, model=base),
                BaseModelFacts(None, "https://other.example/model"),
            ),
        ),
        Audience.AUDITOR,
    )
    own, both = basis_of(facts), basis_of(facts, inherited=True)
    assert list(own.versions) == ["texts@1"]
    assert [(one.what, one.words) for one in own.excluded] == [
        ("base model base@1.0", 1_070),
        ("base model https://other.example/model", None),
    ]
    assert {key: one.base for key, one in both.versions.items()} == {"more@1": "base@1.0", "texts@1": ""}
    assert [one.what for one in both.excluded] == ["base model https://other.example/model"]
    assert {one.payee.name: one.weighted_words for one in both.claims} == {"Ada": 70, "unidentified": 1_000}


def test_the_larger_use_of_a_version_counts_whoever_used_it() -> None:
    ada, ben = agent("Ada"), agent("Ben")
    texts = version("texts", size=(10, 100, 600))
    held = (holding((6, 60, 360), ada), holding((4, 40, 240), ben))
    counted = PartFacts(Size(6, 60, 360))
    only = SelectionFacts(SelectionKind.WHERE, "records where by is Ada")
    part = replace(component(texts, held[0], used=(6, 60)), part=counted, selection=only)
    base = model(component(texts, *held, epochs=2), name="base")
    made = model(part, base_models=(BaseModelFacts("base@1.0", None, model=base),))
    facts = project(made, Audience.AUDITOR)
    own, both = basis_of(facts), basis_of(facts, inherited=True)
    assert units(RULES["words"].weigh(own, Terms()).parts) == {ada.id: 60}
    assert units(RULES["words"].weigh(both, Terms()).parts) == {ada.id: 120, ben.id: 80}
    assert both.versions["texts@1"].base == "base@1.0"
    assert both.excluded == ()  # all of the version counts, the part with it


def test_a_smaller_part_of_another_model_or_run_is_listed_as_left_out() -> None:
    texts = version("texts", size=(10, 100, 600))

    def part(run: int, words: int, text: str) -> ComponentFacts:
        used = component(texts, holding((words // 10, words, words), agent(text)), used=(words // 10, words))
        chosen = SelectionFacts(SelectionKind.WHERE, text)
        return replace(used, run=run, part=PartFacts(Size(words // 10, words, words)), selection=chosen)

    base = model(part(1, 20, "of base"), name="base")
    made = model(
        part(1, 50, "news"), part(2, 40, "blog"), base_models=(BaseModelFacts("base@1.0", None, model=base),)
    )
    found = basis_of(project(made, Audience.AUDITOR), inherited=True)
    assert [(one.what, one.records, one.words) for one in found.excluded] == [
        ("texts@1, the part of base model base@1.0 (of base)", 2, 20)
    ]
    once = RULES["equal-per-work"].weigh(found, Terms())
    assert [(one.what, one.records, one.words) for one in once.excluded] == [
        ("texts@1, the part of run 2 (blog)", 4, 40)
    ]
    assert units(once.parts) == {agent("news").id: 5, agent("blog").id: 0}
    assert units(RULES["words"].weigh(found, Terms()).parts) == {agent("news").id: 50, agent("blog").id: 40}
    assert RULES["words"].weigh(found, Terms()).excluded == ()


def test_of_parts_in_proportion_the_one_with_the_most_words_is_not_left_out() -> None:
    texts = version("texts", size=(10, 1_000, 6_000))
    parts = (component(texts, used=(5, 400)), component(texts, used=(4, 500), run=2))
    shares = [
        replace(part, selection=SelectionFacts(SelectionKind.SHARE, text))
        for part, text in zip(parts, ("a share", "another"), strict=True)
    ]
    (left_out,) = basis_of(model(*shares)).versions["texts@1"].smaller
    assert (left_out.what, left_out.words) == ("texts@1, the part of run 1 (a share)", 400)


def test_a_counted_part_stands_under_the_licenses_of_its_own_records() -> None:
    texts = version("texts", size=(10, 100, 600), license="MIT AND ISC")
    used = component(texts, holding((6, 60, 360), agent("Ada"), license="ISC"), used=(6, 60))
    part = replace(used, part=PartFacts(Size(6, 60, 360)))
    licenses = [basis_of(model(one)).versions["texts@1"].license for one in (used, part)]
    assert licenses == ["MIT AND ISC", "ISC"]


def test_rules_stand_side_by_side_with_ranks() -> None:
    found = basis(claim(ADA, "a@1", 100, records=1), claim(BEN, "b@1", 50, records=9), texts=Texts())
    columns = {column.rule.id: column for column in compared(found, 1_000, Terms())}
    assert columns["words"].amounts == {ADA.key: 667, BEN.key: 333}
    assert columns["records"].ranks == {BEN.key: 1, ADA.key: 2}
    assert (
        columns["deduplicated-words"].why
        == "there are no words of distinct texts that the pool could be shared by"
    )
    assert set(columns) == set(RULES)


def test_equal_amounts_have_one_rank() -> None:
    assert ranks_of({"a": 5, "b": 7, "c": 5, "d": 1}) == {"b": 1, "a": 2, "c": 2, "d": 4}


def test_a_tie_goes_to_the_key_that_sorts_first() -> None:
    found = basis(claim(ADA, "a@1", 1), claim(BEN, "a@1", 1))
    first, second = sorted((ADA.key, BEN.key))
    assert amounts_of(RULES["words"].weigh(found, Terms()).parts, 3) == {first: 2, second: 1}
