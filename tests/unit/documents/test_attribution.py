"""Holders partition the words; every row says title, author, source, license; totals are the disclosure's."""

import json
from fractions import Fraction

import jsonschema
import pytest

from registry.documents.attribution import build_attribution
from registry.documents.attribution_json import as_json
from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience
from registry.documents.schema import attribution_schema
from registry.domain.dataset import FileRole
from registry.domain.facts import BaseModelFacts, HoldingFacts, Party, Size
from tests.facts import (
    CASES,
    agent,
    component,
    guarded,
    holding,
    model,
    nothing_known,
    several_origins,
    version,
)

ADA, BEN = agent("Ada"), agent("Ben")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("audience", list(Audience))
def test_the_twin_is_valid(case: str, audience: Audience) -> None:
    schema = attribution_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    twin = as_json(build_attribution(CASES[case](), audience=audience, software="0.1.0"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(twin)))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("audience", list(Audience))
def test_totals_are_those_of_the_disclosure_to_the_word(case: str, audience: Audience) -> None:
    manifest = build_attribution(CASES[case](), audience=audience)
    disclosure = build_disclosure(CASES[case](), audience=audience)
    assert sum(row.words for row in manifest.rows) == disclosure.words
    assert sum(row.records for row in manifest.rows) == disclosure.records
    assert sum((row.weighted_words for row in manifest.rows), Fraction(0)) == disclosure.words_seen
    licensed = {found.license: (found.records, found.words) for found in manifest.licenses}
    assert licensed == {part.key: (part.records, part.words) for part in disclosure.licenses}


@pytest.mark.parametrize("case", CASES)
def test_shares_as_printed_add_up_to_one(case: str) -> None:
    manifest = build_attribution(CASES[case]())
    assert sum(Fraction(row.share) for row in manifest.rows) == 1
    assert manifest.share_sum == "1"


def test_a_model_without_data_has_no_rows() -> None:
    manifest = build_attribution(model())
    assert manifest.rows == ()
    assert manifest.share_sum == "0"


def test_a_joint_holding_is_split_exactly() -> None:
    parties = (Party(ADA, Fraction(1, 3)), Party(BEN, Fraction(2, 3)))
    joint = HoldingFacts(parties, None, "stated", Size(9, 900, 9))
    manifest = build_attribution(model(component(version("x", size=(9, 900, 9)), joint)))
    assert {holder.name: (holder.records, holder.words) for holder in manifest.holders} == {
        "Ada": (3, 300),
        "Ben": (6, 600),
    }


def test_a_selection_takes_of_every_holding_in_proportion() -> None:
    x = version("x", size=(10, 1_000, 9))
    manifest = build_attribution(
        model(component(x, holding((6, 700, 9), ADA), holding((4, 300, 9)), used=(5, 500)))
    )
    assert [(holder.name, holder.records, holder.words) for holder in manifest.holders] == [
        ("Ada", 3, 350),
        ("unidentified", 2, 150),
    ]


def test_what_no_holding_covers_is_unidentified() -> None:
    manifest = build_attribution(
        model(component(version("x", size=(10, 1_000, 9)), holding((4, 400, 9), ADA)))
    )
    assert [(holder.name, holder.words) for holder in manifest.holders] == [
        ("Ada", 400),
        ("unidentified", 600),
    ]


def test_runs_add_up_in_weighted_words_alone() -> None:
    """Definitions, Sizes: words of a version once; words seen times epochs."""
    x = version("x", size=(10, 1_000, 9))
    held = holding((10, 1_000, 9), ADA)
    manifest = build_attribution(
        model(component(x, held, epochs=Fraction(3, 2)), component(x, held, epochs=2, run=2))
    )
    assert [(row.words, row.weighted_words) for row in manifest.rows] == [(1_000, Fraction(3_500))]


def test_a_part_stands_under_its_own_license_else_under_that_of_the_version() -> None:
    x = version("x", license="MIT")
    manifest = build_attribution(
        model(component(x, holding((5, 500, 9), ADA, license="CC-BY-4.0"), holding((5, 500, 9), ADA)))
    )
    assert [(row.license, row.words) for row in manifest.rows] == [("CC-BY-4.0", 500), ("MIT", 500)]


def test_without_holdings_the_licenses_of_the_records_still_tell_parts_apart() -> None:
    parts = {
        ("CC-BY-4.0", "cc-by"): (4, 400, 9),
        ("NOASSERTION", ""): (5, 500, 9),
        ("NOASSERTION", "?"): (1, 100, 9),
    }
    manifest = build_attribution(model(component(version("x", license="MIT", licenses=parts))))
    assert {row.license: row.words for row in manifest.rows} == {
        "CC-BY-4.0": 400,
        "MIT": 500,
        "NOASSERTION": 100,
    }


def test_presumed_authors_are_contributors_too() -> None:
    held = (holding((5, 500, 9), ADA, basis="presumed-author"), holding((5, 500, 9), BEN))
    rows = build_attribution(model(component(version("x"), *held))).rows
    assert [(row.holder, row.contributor, row.basis) for row in rows] == [
        ("Ada", "Ada", "presumed-author"),
        ("Ben", "", "stated"),
    ]


def test_names_come_first_then_the_withheld_then_the_unidentified() -> None:
    assert [holder.name for holder in build_attribution(guarded()).holders] == [
        "@open_handle",
        "withheld (2)",
        "unidentified",
    ]


def test_namesakes_in_two_datasets_stay_two() -> None:
    """Definitions: agents are never merged across datasets by name alone."""
    namesakes = [agent("Sam", scope=scope) for scope in ("x", "y")]
    facts = model(*(component(version(one.scope), holding((10, 1_000, 9), one)) for one in namesakes))
    assert [holder.name for holder in build_attribution(facts).holders] == ["Sam", "Sam"]


def test_the_text_gives_title_author_source_and_license() -> None:
    first = build_attribution(several_origins()).rows[0]
    assert first.attribution == (
        '"Example Forum Posts" (forum@1), by Ada Lovelace, published by Example Forum, '
        "https://forum.example/dump, Creative Commons Attribution 4.0 International "
        "(https://creativecommons.org/licenses/by/4.0/)"
    )


def test_duties_stand_with_their_clauses() -> None:
    found = {one.license: one for one in build_attribution(several_origins()).licenses}
    assert dict(found["CC-BY-SA-4.0"].duties)["share_alike"] == "yes"
    assert found["CC-BY-SA-4.0"].sources
    assert set(dict(found["NOASSERTION"].duties).values()) == {"unknown"}


def test_notice_files_are_listed() -> None:
    x = version(
        "x", files=(("data.csv", FileRole.DATA), ("NOTICE", FileRole.NOTICE), ("LICENSE", FileRole.LICENSE))
    )
    assert [path for path, _ in build_attribution(model(component(x))).sources[0].notices] == [
        "NOTICE",
        "LICENSE",
    ]


def test_what_is_not_classified_is_counted_and_is_a_gap() -> None:
    manifest = build_attribution(nothing_known())
    assert manifest.unclassified == 12
    assert {gap.field for gap in manifest.gaps} == {
        "holders",
        "licenses",
        "titles",
        "addresses",
        "changes",
        "rights-contact",
    }


def test_a_name_that_a_license_asks_for_and_that_is_withheld_is_a_gap() -> None:
    assert "credits" in {gap.field for gap in build_attribution(guarded()).gaps}
    assert "credits" not in {gap.field for gap in build_attribution(several_origins()).gaps}


def test_the_works_behind_a_base_model_are_elsewhere() -> None:
    facts = model(component(version("x")), base_models=(BaseModelFacts("base@1", None),))
    found = {gap.field: gap.closed_by for gap in build_attribution(facts).gaps}
    assert "base@1" in found["base-models"]
