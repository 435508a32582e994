"""Holders partition the words; every row says title, author, source, license; totals are the disclosure's."""

import json
from dataclasses import replace
from fractions import Fraction

import jsonschema
import pytest

from registry.documents.attribution import build_attribution
from registry.documents.attribution_json import as_json
from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience
from registry.documents.schema import attribution_schema
from registry.domain.dataset import FileRole, Origin, SelectionKind, SizeBasis
from registry.domain.facts import HoldingFacts, Party, ProviderFacts, SelectionFacts, Size, VersionFacts
from registry.domain.stated import (
    DeclaredSize,
    Description,
    Modality,
    ProviderAnswers,
    RightsContact,
)
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
    licensed = {found.license: (found.records, found.words) for found in manifest.licenses if found.is_own}
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


def test_the_headline_is_a_fact() -> None:
    assert build_attribution(several_origins()).headline == (
        "3 named rights holders hold rights in 54.8 % of the words mathlet 1.0 was trained on"
    )
    nobody = build_attribution(nothing_known()).headline
    assert nobody == "No rights holder is named of what tiny 1 was trained on"
    assert build_attribution(model()).headline == "What mathlet 1.0 was trained on is not recorded"


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
        "(https://creativecommons.org/licenses/by/4.0/). Changes: not stated"
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
    assert (manifest.unclassified, manifest.own.unclassified_rows) == (12, 1)
    assert {gap.field for gap in manifest.gaps} == {
        "holders",
        "licenses",
        "titles",
        "addresses",
        "base-models",
        "rights-contact",
    }


def test_every_gap_of_own_training_names_the_key_that_closes_it() -> None:
    closers = {gap.field: gap.closed_by for gap in build_attribution(nothing_known()).gaps}
    for field, key in {
        "holders": "`rights_holders`, or `fields.rights_holder` or `fields.creator`, of files.",
        "licenses": "`license` or `fields.license` of files",
        "titles": "`title` of files@1",
        "addresses": "`url` of files@1",
        "base-models": "`base_models` of tiny@1",
        "rights-contact": "`provider.rights_contact`",
    }.items():
        assert key in closers[field]
        assert "in registry.yaml: " in closers[field]
        assert "not read" not in closers[field]


def test_a_name_that_a_license_asks_for_and_that_is_withheld_is_a_gap() -> None:
    assert "credits" in {gap.field for gap in build_attribution(guarded()).gaps}
    assert "credits" not in {gap.field for gap in build_attribution(several_origins()).gaps}


def test_a_stated_contact_is_on_the_manifest_and_no_gap() -> None:
    contact = RightsContact("https://acme.example/rights", None, "A person reads it.", 14)
    provider = ProviderFacts("ACME AI", answers=ProviderAnswers(rights_contact=contact))
    manifest = build_attribution(replace(several_origins(), provider_facts=provider))
    assert (manifest.contact.address, manifest.contact.answer_within_days) == (contact.url, 14)
    assert "rights-contact" not in {gap.field for gap in manifest.gaps}


# --- changes and parts -----------------------------------------------------------------------------------


def stated(of: VersionFacts, *processing: str) -> VersionFacts:
    return replace(of, description=Description(processing=processing))


def test_stated_changes_are_in_the_attribution() -> None:
    x = stated(version("x", license="CC-BY-4.0"), "markup removed", "duplicates removed")
    manifest = build_attribution(model(component(x)))
    assert manifest.rows[0].attribution.endswith(". Changes: markup removed; duplicates removed")
    assert "changes" not in {gap.field for gap in manifest.gaps}


def test_changes_are_a_gap_where_the_license_asks_to_state_them() -> None:
    free, asking = version("free", license="CC0-1.0"), version("asking", license="CC-BY-4.0")
    manifest = build_attribution(model(component(free), component(asking)))
    (gap,) = [gap for gap in manifest.gaps if gap.field == "changes"]
    assert "`processing` of asking@1." in gap.closed_by
    assert "free" not in gap.title
    assert [row.attribution.endswith("Changes: not stated") for row in manifest.rows] == [True, False]


@pytest.mark.parametrize(
    ("kind", "text", "label", "said"),
    [
        (SelectionKind.SHARE, "30 % of the records", None, "a part: 30 % of the records"),
        (SelectionKind.SHARE, "30 % of the records", "short", "a part: 30 % of the records, short"),
        (
            SelectionKind.WHERE,
            "subject: physics",
            "physics",
            "a part: subject: physics, 30 % of the records, physics",
        ),
        (SelectionKind.ALL, "all", None, "a part: 30 % of the records"),
    ],
)
def test_a_part_is_said_to_be_one(kind: SelectionKind, text: str, label: str | None, said: str) -> None:
    chosen = SelectionFacts(kind, text, label)
    part = replace(component(version("x"), used=(3, 290)), selection=chosen)
    assert build_attribution(model(part)).rows[0].attribution.endswith(f". Used {said}")


def test_a_version_that_one_run_used_whole_is_no_part() -> None:
    x = version("x")
    manifest = build_attribution(model(component(x), component(x, used=(1, 100), run=2)))
    assert "Used" not in manifest.rows[0].attribution


# --- declared, not measured ------------------------------------------------------------------------------


def declared(name: str, measured: DeclaredSize) -> VersionFacts:
    size = (measured.records or 0, measured.words or 0, measured.bytes or 0)
    found = version(name, size=size, license="CC-BY-4.0")
    return replace(found, basis=SizeBasis.DECLARED, description=Description(measured=measured))


def test_a_declared_size_is_marked_so() -> None:
    x = declared("x", DeclaredSize(records=5, words=700))
    row = build_attribution(model(component(x, holding((5, 700, 0), ADA)))).rows[0]
    assert (row.words, row.basis, row.size_text) == (700, "stated", "declared, not measured")
    assert row.basis_text == "stated; declared, not measured"


def test_words_that_nobody_counted_are_not_none() -> None:
    audio = DeclaredSize(modality=Modality.AUDIO, records=40, hours="1200.5")
    manifest = build_attribution(
        model(component(declared("talks", audio), holding((40, 0, 0), ADA)), component(version("x")))
    )
    (source,) = manifest.own.without_words
    assert (source.dataset, source.credit.size.amount) == ("talks", "1,200.5 hours of audio")
    by_name = {holder.name: holder for holder in manifest.holders}
    assert not by_name["Ada"].words_known
    assert by_name["unidentified"].words_known
    assert not next(one for one in manifest.licenses if one.license == "CC-BY-4.0").words_known
    assert "`measured.words` of talks@1" in next(g.closed_by for g in manifest.gaps if g.field == "sizes")
    twin = as_json(manifest)
    assert twin["totals"]["datasets_without_words"] == 1
    assert twin["holders"][0]["rows"][0]["size_note"] == "declared, not measured; words not known"
    assert "size_note" not in twin["holders"][1]["rows"][0]


def test_no_words_are_known_to_be_none_where_they_were_counted() -> None:
    manifest = build_attribution(model(component(version("empty", size=(3, 0, 0)))))
    assert manifest.own.without_words == ()


def test_a_holder_of_what_has_no_counted_words_is_still_unclassified() -> None:
    silent = declared("silent", DeclaredSize(modality=Modality.VIDEO, hours="3"))
    manifest = build_attribution(model(component(silent)))
    assert (manifest.unclassified, manifest.own.unclassified_rows) == (0, 1)


class TestAPartOfADataset:
    """Which holders and licenses are in a part is not counted: they are in proportion, and that is said."""

    MIXED = version("forum", size=(10, 1_000, 6_000))
    HELD = (
        holding((4, 400, 2_400), ADA, license="CC-BY-4.0"),
        holding((6, 600, 3_600), BEN, license="MIT"),
    )
    NOTE = "in proportion to the whole dataset"

    def test_the_rows_the_source_and_the_gaps_say_so(self) -> None:
        twin = as_json(build_attribution(model(component(self.MIXED, *self.HELD, used=(5, 300)))))
        assert [row["size_note"] for found in twin["holders"] for row in found["rows"]] == [self.NOTE] * 2
        assert [row["words"] for found in twin["holders"] for row in found["rows"]] == [120, 180]
        assert [source["in_proportion"] for source in twin["sources"]] == [True]
        gap = next(gap for gap in twin["gaps"] if gap["field"] == "selections")
        assert "of forum@1: all holders and licenses of the whole dataset are named" in gap["title"]
        assert "`selection`" in gap["closed_by"]

    def test_the_disclosure_says_so(self) -> None:
        mixed = version("forum", licenses={("MIT", "mit"): (4, 400, 1), ("CC0-1.0", "cc0"): (6, 600, 1)})
        built = build_disclosure(model(component(mixed, used=(5, 300))))
        values = {found.id: str(found.value) for found in built.fields}
        assert "Of forum@1 a part was used: its licenses" in values["1.3.g"]
        assert "licenses in proportion to the whole dataset" in values["2.1.e"]

    def test_not_of_the_whole_and_not_where_all_of_it_is_one(self) -> None:
        whole = component(self.MIXED, *self.HELD)
        alike = component(self.MIXED, holding((10, 1_000, 6_000), ADA), used=(5, 300))
        for one in (whole, alike):
            twin = as_json(build_attribution(model(one)))
            assert not any("size_note" in row for found in twin["holders"] for row in found["rows"])
            assert "selections" not in {gap["field"] for gap in twin["gaps"]}


def test_a_size_that_was_counted_is_not_declared_because_a_part_is() -> None:
    """One run used all of it, another a part of declared size: the size counted once was measured."""
    corpus = version("corpus", size=(10, 1_000, 6_000))
    part = replace(
        component(corpus, stage="alignment", run=2, used=(2, 150)),
        selection=SelectionFacts(SelectionKind.DECLARED, "declared: 2 records", basis=SizeBasis.DECLARED),
    )
    facts = model(component(corpus), part)
    disclosure = build_disclosure(facts)
    assert (disclosure.declared_records, disclosure.declared_words) == (0, 0)
    row = build_attribution(facts).rows[0]
    assert row.basis_text == "unidentified; a part of it declared, not measured"
    assert build_attribution(facts).sources[0].credit.size.remark == ""


def test_the_name_of_a_holder_in_a_described_dataset_is_closed_by_the_dataset() -> None:
    """`shown_as` of an agent does not show it there: the visibility of the dataset does."""
    held = version("contract", origin=Origin.LICENSED, license="CC-BY-4.0")
    facts = model(component(held, holding((10, 1_000, 6_000), ADA)))
    gap = next(gap for gap in build_attribution(facts).gaps if gap.field == "credits")
    assert "`visibility: public` for licensed dataset 1" in gap.closed_by
    assert "shown_as" not in gap.closed_by


def test_sentences_are_joined_without_doubled_marks() -> None:
    told = replace(
        version("corpus", license="CC-BY-4.0"),
        description=Description(processing=("Duplicates were removed.", "Typos were kept.")),
    )
    text = build_attribution(model(component(told, used=(5, 300)))).rows[0].attribution
    assert "Changes: Duplicates were removed; Typos were kept. Used a part" in text
