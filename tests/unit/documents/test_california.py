"""The twelve items of California Civil Code section 3111: each known, in part, withheld, or a gap."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator

from registry.documents.california.contents import in_range
from registry.documents.california.known import claims_copyright
from registry.documents.california.law import EXEMPTIONS, TITLES, open_items
from registry.documents.disclosure import Disclosure, build_disclosure
from registry.documents.disclosure_json import as_json
from registry.documents.fields import Field, Status, Table
from registry.documents.projection import Audience
from registry.documents.schema import disclosure_schema
from registry.domain.dataset import FileRole, Origin, Visibility
from registry.domain.facts import ModelFacts, RunFacts, Size, VersionFacts
from registry.domain.stated import (
    Acquisition,
    AggregateConsumerInformation,
    Answer,
    DeclaredSize,
    Description,
    Exemption,
    IntellectualProperty,
    Modality,
    Period,
    PersonalInformation,
)
from tests.facts import (
    CASES,
    agent,
    component,
    declared_version,
    described_in_words,
    fully_declared,
    guarded,
    holding,
    model,
    several_origins,
    version,
)


def item(disclosure: Disclosure, number: int) -> Field:
    return next(found for found in disclosure.california if found.id == f"3111.a.{number}")


def table(disclosure: Disclosure, number: int) -> Table:
    value = item(disclosure, number).value
    assert isinstance(value, Table)
    return value


def rows(disclosure: Disclosure, number: int) -> dict[str, dict[str, object]]:
    """The rows of an item by dataset, and by column."""
    found = table(disclosure, number)
    keys = [column.key for column in found.columns]
    return {str(row[0]): dict(zip(keys, row, strict=True)) for row in found.rows}


def one(said: Description | None = None, **stated: object) -> Disclosure:
    """The documentation of a model that was trained on one dataset, `d`."""
    return built(described_in_words(version("d", **stated), said or Description()))  # type: ignore[arg-type]


def built(*versions: VersionFacts, **stated: object) -> Disclosure:
    facts: ModelFacts = model(*map(component, versions))
    return build_disclosure(replace(facts, **stated))  # type: ignore[arg-type]


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("case", CASES)
def test_the_twelve_items_in_order_with_a_row_for_each_dataset(case: str, audience: Audience) -> None:
    found = build_disclosure(CASES[case](), audience=audience)
    assert [one.id for one in found.california] == [f"3111.a.{number}" for number in range(1, 13)]
    tables = [one.value for one in found.california if isinstance(one.value, Table)]
    assert tables
    assert {len(one.rows) for one in tables} == {len(found.uses)}
    assert all(one.summary.strip() for one in tables)
    assert all(one.closed_by for one in found.california if one.status is Status.GAP)


def test_of_a_fully_declared_model_every_item_is_answered_in_full() -> None:
    found = build_disclosure(fully_declared())
    assert [(one.id, one.closed_by) for one in found.california if one.closed_by] == []
    assert open_items(found.california) == ()


def test_of_a_model_without_datasets_all_twelve_are_gaps() -> None:
    found = build_disclosure(model(name="empty"))
    assert {one.status for one in found.california} == {Status.GAP}
    assert all("`training`" in (one.closed_by or "") for one in found.california)


NOTHING = replace(declared_version("x", DeclaredSize(), origin=None), description=Description())
CLOSING: tuple[tuple[int, tuple[str, ...], Mapping[str, object]], ...] = (
    (
        1,
        ("url", "origin", "publisher"),
        {"url": "https://x.example", "origin": Origin.PUBLIC, "publisher": "P"},
    ),
    (2, ("purpose", "intended_purpose"), {"purpose": "arithmetic"}),
    (3, ("measured",), {"size": Size(7, 0, 0)}),
    (4, ("labels", "content_types"), {"labels": ("topic",), "content_types": ("news",)}),
    (
        5,
        (
            "intellectual_property.copyright",
            "intellectual_property.trademark",
            "intellectual_property.patent",
        ),
        {"intellectual_property": IntellectualProperty(Answer.NO, Answer.UNKNOWN, Answer.YES)},
    ),
    (6, ("acquired.purchased", "acquired.licensed"), {"acquired": Acquisition(Answer.NO, Answer.NO)}),
    (7, ("personal_information",), {"personal_information": PersonalInformation(Answer.NO)}),
    (
        8,
        ("aggregate_consumer_information",),
        {"aggregate_consumer_information": AggregateConsumerInformation(Answer.UNKNOWN)},
    ),
    (9, ("processing", "processing_purpose"), {"processing": ("read",), "processing_purpose": "to know"}),
    (10, ("collected.from", "collected.until"), {"collected": Period("2020-01", "ongoing")}),
    (11, ("started", "training"), {}),
    (12, ("generated_by",), {"generated_by": ()}),
)


@pytest.mark.parametrize(("number", "keys", "stated"), CLOSING)
def test_of_a_dataset_of_which_nothing_is_known_each_gap_names_the_keys_that_close_it(
    number: int, keys: tuple[str, ...], stated: Mapping[str, object]
) -> None:
    before = item(built(NOTHING), number)
    assert before.status is Status.GAP
    assert set(re.findall(r"`([^`]+)`", before.closed_by or "")) == set(keys)
    facts = {"url", "origin", "publisher", "size"}
    said = {key: value for key, value in stated.items() if key not in facts}
    known = replace(
        NOTHING,
        description=Description(**said),  # type: ignore[arg-type]
        **{key: value for key, value in stated.items() if key in facts},  # type: ignore[arg-type]
    )
    runs = (RunFacts(1, "pretraining", None, "2026-01"),)
    after = item(built(known, intended_purpose="tutoring", runs=runs), number)
    assert (after.status is not Status.GAP, after.closed_by) == (True, None)


@pytest.mark.parametrize("why", list(Exemption))
def test_of_an_exempt_model_no_item_is_asked_and_each_says_why(why: Exemption) -> None:
    found = build_disclosure(replace(several_origins(), california_exemption=why))
    assert {one.status for one in found.california} == {Status.NOT_APPLICABLE}
    assert all(EXEMPTIONS[why] in (one.method or "") for one in found.california)
    assert open_items(found.california) == ()
    assert any(one.status is Status.GAP for one in found.fields), "the form of the Union stays"


class TestSources:
    def test_owners_are_the_publisher_and_the_named_holders(self) -> None:
        found = rows(build_disclosure(several_origins()), 1)["forum@1"]
        assert found["source"] == "publicly available: https://forum.example/dump"
        assert found["owners"] == (
            "Example Forum; 3 named holders, among them Example Press; nobody for 16.7 %"
        )

    def test_organizations_are_named_the_largest_first_and_people_are_counted(self) -> None:
        houses = [
            holding((1, 100 + number, 600), agent(f"House {number}", kind="organization"))
            for number in range(5)
        ]
        people = [holding((1, 100, 600), agent(f"Person {number}")) for number in range(10)]
        found = build_disclosure(model(component(version("d"), *houses, *people)))
        told = "15 named holders, among them House 4, House 3, House 2 and 2 more"
        assert rows(found, 1)["d@1"]["owners"] == told
        assert not re.search(r"Person \d", json.dumps(as_json(found)))

    def test_crawled_synthetic_and_user_data_name_their_kind_of_source(self) -> None:
        found = built(version("a", origin=Origin.CRAWLED, domains={"x.example": (1, 1, 1)}))
        assert rows(found, 1)["a@1"]["source"] == "web sites that were crawled: 1 domain name"
        made = one(Description(generated_by=("teacher@2",)), origin=Origin.SYNTHETIC)
        assert rows(made, 1)["d@1"]["source"] == "generated by teacher@2"
        users = one(origin=Origin.USER, visibility=Visibility.PUBLIC)
        assert rows(users, 1)["d@1"]["source"] == "users of the provider"

    def test_a_file_of_this_machine_is_no_source(self) -> None:
        assert rows(one(publisher="P", source="/home/x/d.jsonl"), 1)["d@1"]["source"] is None
        assert "hf://a/b" in str(rows(one(source="hf://a/b"), 1)["d@1"]["source"])


class TestPurpose:
    def test_the_intended_purpose_comes_first(self) -> None:
        said = described_in_words(version("d"), Description(purpose="sums"))
        found = built(said, version("e"), intended_purpose="tutoring")
        assert table(found, 2).summary == (
            "Intended purpose: tutoring. What each dataset is for is stated of 1 of 2."
        )
        assert item(found, 2).closed_by == "The provider, in registry.yaml: `purpose` of e@1."


class TestDataPoints:
    @pytest.mark.parametrize(
        ("number", "text"),
        [
            (1, "fewer than 10 words"),
            (9, "fewer than 10 words"),
            (10, "10 to 100 words"),
            (99, "10 to 100 words"),
            (100, "100 to 1,000 words"),
            (999_999, "100,000 to 1 million words"),
            (1_000_000, "1 million to 10 million words"),
            (5 * 10**11, "100 billion to 1 trillion words"),
        ],
    )
    def test_ranges_are_powers_of_ten(self, number: int, text: str) -> None:
        assert in_range(number, "word") == text

    def test_general_ranges_unless_exact_sizes_are_asked_for(self) -> None:
        found = build_disclosure(several_origins())
        assert "1,000" not in str(rows(found, 3)["crawl@2026-01"]["size"]).replace("1,000 records", "")
        exact = build_disclosure(several_origins(), exact_sizes=True)
        assert rows(exact, 3)["crawl@2026-01"]["size"] == "500 records, 60,000 words"
        assert table(exact, 3).summary == "3 datasets: 1,600 records, 182,333 words."

    def test_images_hours_and_tokens_as_declared(self) -> None:
        found = build_disclosure(
            model(
                component(declared_version("p", DeclaredSize(Modality.IMAGE, images=1_234))),
                component(declared_version("a", DeclaredSize(Modality.AUDIO, hours="12.5"))),
                component(declared_version("t", DeclaredSize(tokens=50_000))),
            ),
            exact_sizes=True,
        )
        sizes = {name: (row["size"], row["known"]) for name, row in rows(found, 3).items()}
        declared = "declared, not measured"
        assert sizes == {
            "p@1": ("1,234 images", declared),
            "a@1": ("12 hours", declared),
            "t@1": ("50,000 tokens", declared),
        }

    def test_of_data_that_still_grows_it_is_an_estimate(self) -> None:
        found = one(Description(collected=Period("2020-01", "ongoing")))
        assert "Estimates, as collection is ongoing: d@1." in table(found, 3).summary
        assert rows(found, 3)["d@1"]["known"] == "measured; an estimate, as collection is ongoing"


class TestTypes:
    def test_labels_where_there_are_any_else_what_characterizes_the_data(self) -> None:
        said = [Description(labels=("topic", "rating")), Description(labels=(), content_types=("news",))]
        named = (version("a"), version("b"), version("c"))
        found = built(*map(described_in_words, named, (*said, Description())))
        types = {name: row["types"] for name, row in rows(found, 4).items()}
        assert types == {"a@1": "labels: topic; rating", "b@1": "no labels; news", "c@1": None}
        assert table(found, 4).summary == (
            "Labels: topic and rating. Without labels: b@1. Whether there are labels is not known of c@1."
        )
        assert item(found, 4).closed_by == (
            "The provider, in registry.yaml: `labels` and `content_types` of c@1."
        )


class TestProtection:
    @pytest.mark.parametrize(
        ("expression", "claimed"),
        [
            ("MIT", True),
            ("CC-BY-4.0", True),
            ("CC0-1.0", False),
            ("PDDL-1.0", False),
            ("LicenseRef-PublicDomain", False),
            ("NONE", None),
            ("NOASSERTION", None),
            ("MIT AND CC0-1.0", True),
            ("MIT OR Unlicense", False),
            ("LicenseRef-OpenAI-Terms", None),
            ("LicenseRef-withheld", True),
        ],
    )
    def test_what_a_license_implies(self, expression: str, claimed: bool | None) -> None:
        assert claims_copyright(expression) is claimed

    def test_one_part_under_a_license_is_enough_and_all_must_give_it_up(self) -> None:
        mixed = {("CC0-1.0", "cc0"): (5, 500, 9), ("CC-BY-4.0", "by"): (5, 500, 9)}
        partly = {("CC0-1.0", "cc0"): (5, 500, 9), ("NOASSERTION", "?"): (5, 500, 9)}
        found = built(
            version("mixed", licenses=mixed),
            version("partly", licenses=partly),
            version("free", license="CC0-1.0"),
        )
        told = {name: (row["copyright"], row["public_domain"]) for name, row in rows(found, 5).items()}
        assert told == {
            "mixed@1": ("yes, claimed by CC-BY-4.0", "no"),
            "partly@1": (None, None),
            "free@1": ("no, given up by CC0-1.0", "yes, as to copyright"),
        }

    def test_what_is_stated_holds_and_what_contradicts_it_stands_beside(self) -> None:
        said = Description(intellectual_property=IntellectualProperty(Answer.NO, Answer.NO, Answer.NO))
        row = rows(one(said, license="MIT"), 5)["d@1"]
        assert row["copyright"] == "no, as stated; yet claimed by MIT"

    def test_only_the_answers_that_are_missing_are_asked_for(self) -> None:
        said = Description(intellectual_property=IntellectualProperty(trademark=Answer.UNKNOWN))
        found = item(one(said, license="MIT"), 5)
        assert found.closed_by == "The provider, in registry.yaml: `intellectual_property.patent` of d@1."
        assert rows(one(said, license="MIT"), 5)["d@1"]["trademark"] == "not known to the provider"


class TestAcquisition:
    @pytest.mark.parametrize(
        ("origin", "license_", "stated", "told"),
        [
            (Origin.PUBLIC, "MIT", None, ("licensed", "no: publicly available", "yes: MIT")),
            (Origin.CRAWLED, None, None, (None, "no: crawled by or for the provider", None)),
            (
                Origin.CRAWLED,
                "NONE",
                None,
                ("neither", "no: crawled by or for the provider", "no: no license is granted"),
            ),
            (Origin.OTHER, None, None, None),
            (
                Origin.OTHER,
                None,
                Acquisition(Answer.YES, Answer.YES),
                ("purchased and licensed", "yes, as stated", "yes, as stated"),
            ),
            (Origin.OTHER, None, Acquisition(Answer.YES), ("purchased", "yes, as stated", None)),
        ],
    )  # fmt: skip
    def test_from_statements_origin_and_licenses(
        self,
        origin: Origin,
        license_: str | None,
        stated: Acquisition | None,
        told: tuple[str | None, ...] | None,
    ) -> None:
        found = one(Description(acquired=stated), origin=origin, license=license_)
        if told is None:
            assert item(found, 6).status is Status.GAP
        else:
            assert tuple(rows(found, 6)["d@1"].values())[1:] == told

    def test_the_origin_licensed_is_a_license_by_rights_holders(self) -> None:
        row = rows(one(origin=Origin.LICENSED), 6)["licensed dataset 1"]
        assert (row["acquired"], row["licensed"]) == ("licensed", "yes, by rights holders")


def test_personal_and_aggregate_information_are_told_as_stated() -> None:
    said = Description(
        personal_information=PersonalInformation(Answer.YES, "names of authors"),
        aggregate_consumer_information=AggregateConsumerInformation(Answer.NO),
    )
    found = built(described_in_words(version("d"), said), version("e"))
    assert table(found, 7).summary == (
        "With personal information (section 1798.140(v)): d@1. Not known of e@1."
    )
    assert rows(found, 7)["d@1"]["explanation"] == "names of authors"
    assert table(found, 8).summary == "Without: d@1. Not known of e@1."


class TestProcessing:
    def test_none_is_an_answer(self) -> None:
        found = one(Description(processing=("none",)))
        assert table(found, 9).summary == "Used as it was: d@1."
        assert item(found, 9).closed_by is None

    def test_the_purpose_is_asked_for_beside_what_was_done(self) -> None:
        found = item(one(Description(processing=("cleaned",))), 9)
        assert found.closed_by == "The provider, in registry.yaml: `processing_purpose` of d@1."


class TestTimes:
    def test_the_span_and_a_notice_where_collection_goes_on(self) -> None:
        said = [
            Description(collected=Period("2019-05", "2020-06")),
            Description(collected=Period("2021-01", "ongoing")),
        ]
        found = built(*map(described_in_words, (version("a"), version("b")), said))
        assert table(found, 10).summary == "Collected from 05/2019. Collection is ongoing: b@1."
        over = built(described_in_words(version("a"), said[0]))
        assert table(over, 10).summary == "Collected 05/2019 to 06/2020. No collection is ongoing."

    def test_first_use_is_the_start_of_the_first_run_over_a_dataset(self) -> None:
        used = version("a"), version("b")
        facts = model(
            component(used[0], run=1),
            component(used[0], run=2, stage="fine-tuning"),
            component(used[1], run=2, stage="fine-tuning"),
        )
        runs = RunFacts(1, "pretraining", None, "2025-03"), RunFacts(2, "fine-tuning", "second", "2025-01-09")
        found = build_disclosure(replace(facts, runs=runs))
        first = {name: (row["first_used"], row["run"]) for name, row in rows(found, 11).items()}
        assert first == {"a@1": ("01/2025", "fine-tuning: second"), "b@1": ("01/2025", "fine-tuning: second")}

    def test_an_undated_run_leaves_the_first_use_open(self) -> None:
        used = version("a"), version("b")
        facts = model(component(used[0], run=1), component(used[1], run=2), component(used[0], run=2))
        runs = RunFacts(1, "pretraining"), RunFacts(2, "pretraining", None, "2025-01")
        found = build_disclosure(replace(facts, runs=runs))
        assert {name: row["first_used"] for name, row in rows(found, 11).items()} == {
            "a@1": None,
            "b@1": "01/2025",
        }
        assert "`started` in `training` of the model, for run 1 (pretraining)" in str(
            item(found, 11).closed_by
        )


class TestSynthetic:
    @pytest.mark.parametrize(
        ("origin", "models", "until", "told"),
        [
            (Origin.PUBLIC, (), None, ("no", "no model", "Not applicable")),
            (Origin.PUBLIC, ("gpt",), None, ("yes, by others", "gpt", "no")),
            (Origin.SYNTHETIC, ("gpt",), "ongoing", ("yes", "gpt", "yes")),
            (Origin.SYNTHETIC, ("gpt",), "2025-01", ("yes", "gpt", "no")),
            (Origin.SYNTHETIC, None, None, ("yes", None, None)),
        ],
    )
    def test_used_by_whom_and_whether_it_goes_on(
        self, origin: Origin, models: tuple[str, ...] | None, until: str | None, told: tuple[str | None, ...]
    ) -> None:
        found = one(Description(generated_by=models, collected=Period("2024-01", until)), origin=origin)
        assert tuple(rows(found, 12)["d@1"].values())[1:] == told

    def test_continuous_generation_is_said(self) -> None:
        said = Description(generated_by=("gpt",), collected=Period("2024-01", "ongoing"))
        assert table(one(said, origin=Origin.SYNTHETIC), 12).summary == (
            "Synthetic data generation was used: d@1. It is used continuously: d@1."
        )

    def test_that_none_was_used_is_said_only_where_all_datasets_say_so(self) -> None:
        none = described_in_words(version("d"), Description(generated_by=()))
        assert table(built(none), 12).summary == "No synthetic data generation was used."
        assert table(built(none, version("e")), 12).summary == "Whether it was used is not known of e@1."


class TestVisibility:
    def test_of_private_datasets_only_the_size_of_their_sum_is_told(self) -> None:
        said = replace(fully_declared().components[0].version.description, purpose="unmistakable purpose")
        hidden = replace(
            described_in_words(version("vault", size=(7, 701, 9), license="MIT"), said),
            visibility=Visibility.PRIVATE,
        )
        other = version("open", size=(10, 1_000, 9))
        found = build_disclosure(model(component(hidden), component(other)), exact_sizes=True)
        assert rows(found, 3)["withheld (1)"]["size"] == "7 records, 701 words"
        for number in (1, 2, *range(4, 13)):
            value = item(found, number).value
            cells = (
                [row for row in value.rows if row[0] == "withheld (1)"] if isinstance(value, Table) else []
            )
            assert {cell for row in cells for cell in row[1:]} <= {"withheld"}, number
        text = json.dumps(as_json(found)["california"])
        assert "unmistakable purpose" not in text
        assert "vault" not in text
        assert "`visibility`" in (item(found, 5).closed_by or "")

    def test_of_described_datasets_neither_source_nor_owner_nor_fields_are_told(self) -> None:
        found = build_disclosure(guarded())
        text = json.dumps([item(found, number).value for number in (1, 4, 5)], default=str)
        for secret in ("secret", "Secret", "vault-a"):
            assert secret not in text
        assert rows(found, 1)["licensed dataset 1"] == {
            "dataset": "licensed dataset 1",
            "source": "licensed by rights holders",
            "owners": "withheld",
        }
        assert rows(found, 4)["licensed dataset 1"]["fields"] == "withheld"

    def test_a_private_dataset_leaves_open_that_no_synthetic_data_was_used(self) -> None:
        hidden = replace(version("v"), visibility=Visibility.PRIVATE)
        none = described_in_words(version("d"), Description(generated_by=()))
        assert table(built(none, hidden), 12).summary == "Withheld: withheld (1)."


@pytest.mark.parametrize("case", CASES)
def test_the_twin_holds_the_items_and_fits_its_schema(case: str) -> None:
    document = json.loads(json.dumps(as_json(build_disclosure(CASES[case]()))))
    validator = Draft202012Validator(disclosure_schema())
    assert list(validator.iter_errors(document)) == []
    assert list(document["california"]) == list(TITLES)
    broken = json.loads(json.dumps(document))
    del broken["california"]["3111.a.7"]
    assert not validator.is_valid(broken)


def test_notices_beside_the_data_change_no_item() -> None:
    plain, noted = version("d"), version("d", files=(("NOTICE", FileRole.NOTICE),))
    assert built(plain).california == built(noted).california


def test_a_part_that_was_used_counts_as_such() -> None:
    part = component(version("d", size=(100, 10_000, 9)), used=(10, 1_000), epochs=Fraction(1, 2))
    found = build_disclosure(model(part), exact_sizes=True)
    assert rows(found, 3)["d@1"]["size"] == "10 records, 1,000 words"
