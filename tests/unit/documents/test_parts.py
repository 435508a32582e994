"""A part that was counted record by record is its own whole; any other takes of everything in proportion."""

from dataclasses import replace
from fractions import Fraction

from registry.documents.attribution import build_attribution
from registry.documents.composition import by_language, by_license, uses
from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience, project
from registry.domain.dataset import Origin, SelectionKind, Visibility
from registry.domain.facts import (
    ComponentFacts,
    DomainPart,
    HoldingFacts,
    LanguagePart,
    LicensePart,
    ModelFacts,
    PartFacts,
    Party,
    SelectionFacts,
    Size,
)
from tests.facts import agent, component, holding, model, version

ADA, BEN = agent("Ada Lovelace"), agent("Ben Ali")
FORUM = version(
    "forum",
    size=(10, 1_000, 6_000),
    origin=Origin.CRAWLED,
    license="CC0-1.0",
    licenses={("MIT", "MIT"): (5, 400, 2_400), ("CC-BY-4.0", "CC BY 4.0"): (5, 600, 3_600)},
    languages={"en": (9, 990, 5_940), "de": (1, 10, 60)},
    language_basis="field",
    domains={"a.example": (9, 900, 5_000), "b.example": (1, 100, 1_000)},
)
WHOLE = component(
    FORUM,
    holding((5, 400, 2_400), ADA, license="MIT"),
    holding((5, 600, 3_600), BEN, license="CC-BY-4.0"),
)
SIZE = Size(2, 150, 800)
COUNTED = replace(
    WHOLE,
    records=SIZE.records,
    words=SIZE.words,
    holdings=(HoldingFacts((Party(ADA, Fraction(1)),), "MIT", "stated", SIZE),),
    selection=SelectionFacts(SelectionKind.WHERE, "records where license is MIT"),
    part=PartFacts(
        SIZE,
        licenses=(LicensePart("MIT", "MIT", SIZE),),
        languages=(LanguagePart("de", "field", SIZE),),
        domains=(DomainPart("b.example", SIZE),),
    ),
)


def words(found: ModelFacts) -> dict[str, int]:
    return {holder.name: holder.words for holder in build_attribution(found).holders}


def test_a_counted_part_has_the_licenses_languages_and_domains_of_its_own() -> None:
    found = uses(model(COUNTED))
    assert [(part.key, part.words) for part in by_license(found)] == [("MIT", 150)]
    assert [(part.key, part.words) for part in by_language(found)] == [("de", 150)]
    assert [row.domain for row in build_disclosure(model(COUNTED)).domains] == ["b.example"]
    assert words(model(COUNTED)) == {"Ada Lovelace": 150}


def test_any_other_part_takes_of_everything_in_proportion() -> None:
    share = replace(WHOLE, records=2, words=100)
    assert words(model(share)) == {"Ada Lovelace": 40, "Ben Ali": 60}


def test_two_runs_over_different_parts_weigh_each_by_its_own_holders() -> None:
    both = model(replace(COUNTED, epochs=Fraction(2)), replace(WHOLE, run=2, stage="fine-tuning"))
    rows = {row.holder: row.weighted_words for row in build_attribution(both).rows}
    assert rows == {"Ada Lovelace": 2 * 150 + 400, "Ben Ali": 600}
    assert words(both) == {"Ada Lovelace": 400, "Ben Ali": 600}


def test_a_part_of_a_described_version_shows_no_more_than_the_version() -> None:
    hidden = replace(
        COUNTED,
        version=replace(FORUM, visibility=Visibility.DESCRIBED),
        part=replace(
            COUNTED.part or PartFacts(SIZE),
            licenses=(LicensePart("LicenseRef-Secret-Deal", "the secret deal", SIZE),),
        ),
    )
    (shown,) = project(model(hidden), Audience.PUBLIC).components
    assert isinstance(shown, ComponentFacts)
    assert shown.part is not None
    assert shown.part.domains == ()
    assert "ecret" not in str(shown.part)
    assert (shown.part.size, shown.words) == (SIZE, 150)
