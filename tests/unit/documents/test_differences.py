"""What changed between two editions: by what things are, never by where they stand."""

from dataclasses import replace
from typing import Any

from registry.documents.differences import Difference, Turn, differences
from registry.documents.disclosure import build_disclosure
from registry.documents.disclosure_json import as_json
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import ComponentFacts, ModelFacts
from registry.domain.stated import ProviderAnswers
from tests.facts import component, fully_declared, model, several_origins, version


def between(before: ModelFacts, after: ModelFacts) -> tuple[Difference, ...]:
    return differences(twin(before), twin(after))


def twin(facts: ModelFacts) -> dict[str, Any]:
    return as_json(build_disclosure(facts))


def of(
    part: str, found: tuple[Difference, ...]
) -> list[tuple[str, Turn, str | None, str | None, str | None]]:
    return [(one.subject, one.turn, one.aspect, one.before, one.after) for one in found if one.part == part]


def trained_on(*components: ComponentFacts) -> ModelFacts:
    return model(*components)


POEMS = component(version("poems", license="MIT", languages={"en": (10, 1_000, 6_000)}))
NOTES = component(version("notes", license="MIT", size=(5, 400, 2_000), languages={"de": (5, 400, 2_000)}))


def test_the_same_state_has_no_difference() -> None:
    for facts in (several_origins(), fully_declared()):
        assert between(facts, facts) == ()


def test_the_order_of_a_mixture_is_no_difference() -> None:
    assert between(trained_on(POEMS, NOTES), trained_on(NOTES, POEMS)) == ()


def test_a_dataset_that_came_is_told_with_its_size() -> None:
    found = between(trained_on(POEMS), trained_on(POEMS, NOTES))
    assert of("datasets", found) == [("notes@1", Turn.ADDED, None, None, "5 records, 400 words")]
    assert ("Datasets", Turn.CHANGED, None, "1", "2") in of("figures", found)
    assert ("Words", Turn.CHANGED, None, "1,000", "1,400") in of("figures", found)
    assert ("German", Turn.ADDED, "words", None, "400") in of("languages", found)


def test_a_dataset_that_went_is_told_with_its_size() -> None:
    found = between(trained_on(POEMS, NOTES), trained_on(POEMS))
    assert of("datasets", found) == [("notes@1", Turn.REMOVED, None, "5 records, 400 words", None)]
    assert ("German", Turn.REMOVED, "words", "400", None) in of("languages", found)


def test_a_new_version_is_a_change_of_the_dataset_not_one_that_came_and_one_that_went() -> None:
    newer = component(
        version(
            "poems", label="2", license="MIT", languages={"en": (12, 1_100, 6_500)}, size=(12, 1_100, 6_500)
        )
    )
    found = of("datasets", between(trained_on(POEMS), trained_on(newer)))
    assert ("poems@2", Turn.CHANGED, "version", "poems@1", "poems@2") in found
    assert ("poems@2", Turn.CHANGED, "words", "1,000", "1,100") in found
    assert {turn for _, turn, *_ in found} == {Turn.CHANGED}


def test_a_renamed_dataset_is_known_by_its_content() -> None:
    renamed = replace(POEMS.version, name="verses", id="verses")
    found = of("datasets", between(trained_on(POEMS), trained_on(replace(POEMS, version=renamed))))
    assert found == [("verses@1", Turn.CHANGED, "name", "poems@1", "verses@1")]


def test_what_is_renamed_is_no_change_of_the_fields_that_name_it() -> None:
    renamed = replace(POEMS.version, name="verses", id="verses")
    found = between(trained_on(POEMS, NOTES), trained_on(replace(POEMS, version=renamed), NOTES))
    assert {one.part for one in found} == {"datasets"}


def test_a_changed_license_is_told_of_the_dataset_and_of_the_words() -> None:
    relicensed = component(version("poems", license="CC0-1.0", languages={"en": (10, 1_000, 6_000)}))
    found = between(trained_on(POEMS), trained_on(relicensed))
    assert of("datasets", found) == [("poems@1", Turn.CHANGED, "license", "MIT", "CC0-1.0")]
    assert ("License MIT", Turn.REMOVED, "words", "1,000", None) in of("licenses", found)
    assert ("License CC0-1.0", Turn.ADDED, "words", None, "1,000") in of("licenses", found)


def test_datasets_under_general_names_are_known_by_what_is_said_of_them() -> None:
    """Their numbers are given anew in each document: a larger one that comes renumbers the others."""

    def secret(name: str, words: int) -> ComponentFacts:
        return component(
            version(name, origin=Origin.LICENSED, visibility=Visibility.DESCRIBED, size=(10, words, 6_000))
        )

    found = of(
        "datasets", between(trained_on(secret("b", 500)), trained_on(secret("b", 500), secret("a", 900)))
    )
    assert [(turn, before, after) for _, turn, _, before, after in found if turn is not Turn.CHANGED] == [
        (Turn.ADDED, None, "10 records, 900 words")
    ]


def test_a_mixture_that_is_stated_again_changes_no_dataset_under_a_general_name() -> None:
    """Its runs get other numbers, and nothing else."""

    def mixture(run: int, *more: ComponentFacts) -> ModelFacts:
        hidden = (
            version("users", origin=Origin.USER, visibility=Visibility.DESCRIBED),
            version("a", origin=Origin.LICENSED, visibility=Visibility.DESCRIBED),
            version("b", origin=Origin.LICENSED, visibility=Visibility.DESCRIBED),
            version("own", visibility=Visibility.PRIVATE),
        )
        parts = (*map(component, hidden), POEMS, *more)
        return trained_on(*(replace(part, run=run) for part in parts))

    assert between(mixture(1), mixture(2)) == ()
    found = of("datasets", between(mixture(1), mixture(2, NOTES)))
    assert found == [("notes@1", Turn.ADDED, None, None, "5 records, 400 words")]


def test_a_gap_that_was_closed_is_a_change_of_its_field() -> None:
    facts = fully_declared()
    assert facts.provider_facts
    silent = replace(facts, provider_facts=replace(facts.provider_facts, answers=ProviderAnswers()))
    (found,) = of("3.2", between(silent, facts))
    assert found[3] is None
    assert found[4]


def test_rows_of_a_field_are_told_by_what_they_are_about() -> None:
    crawl = version(
        "crawl", origin=Origin.CRAWLED, domains={f"d{n}.example": (1, 10, 100 - n) for n in range(20)}
    )
    other = replace(crawl, domains=tuple(part for part in crawl.domains if part.domain != "d1.example"))
    (found,) = of("2.3.h", between(trained_on(component(crawl)), trained_on(component(other))))
    assert found[2] == "1 added: d2.example; 1 removed: d1.example"
