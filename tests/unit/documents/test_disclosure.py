"""Every field of the EU template is there: answered, not applicable, or a gap with who can close it."""

import json
from fractions import Fraction

import jsonschema
import pytest

from registry.documents.disclosure import Disclosure, build_disclosure
from registry.documents.disclosure_json import as_json
from registry.documents.eu_sizes import BANDS
from registry.documents.eu_template import CLOSERS, TITLES
from registry.documents.fields import Field, Status, Table
from registry.documents.projection import Audience
from registry.documents.schema import disclosure_schema
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import BaseModelFacts, ModelFacts
from tests.facts import CASES, component, guarded, model, nothing_known, several_origins, version

FORM = """
    0.a 0.b 1.1.a 1.1.b 1.2.a 1.2.b 1.2.c 1.3.a 1.3.b 1.3.c 1.3.d 1.3.e 1.3.f 1.3.g
    2.1 2.2.1 2.2.2 2.3.a 2.3.b 2.3.c 2.3.d 2.3.e 2.3.f 2.3.g 2.3.h 2.3.i 2.4 2.5 2.6 3.1 3.2 3.3
"""


def field(disclosure: Disclosure, identifier: str) -> Field:
    return next(found for found in disclosure.fields if found.id == identifier)


def rows(disclosure: Disclosure, identifier: str) -> list[dict[str, object]]:
    value = field(disclosure, identifier).value
    assert isinstance(value, Table)
    return [dict(zip((column.key for column in value.columns), row, strict=True)) for row in value.rows]


def of(*origins: Origin | None) -> Disclosure:
    return build_disclosure(
        model(*(component(version(f"d{n}", origin=one)) for n, one in enumerate(origins)))
    )


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("exact_sizes", [False, True])
def test_the_twin_is_valid(case: str, audience: Audience, exact_sizes: bool) -> None:
    built = build_disclosure(CASES[case](), audience=audience, exact_sizes=exact_sizes, software="0.1.0")
    schema = disclosure_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(json.dumps(as_json(built))))


@pytest.mark.parametrize("case", CASES)
def test_every_field_of_the_form_is_answered_or_says_who_can(case: str) -> None:
    built = build_disclosure(CASES[case]())
    assert [found.id for found in built.fields] == list(TITLES)
    assert set(FORM.split()) <= set(TITLES)
    for found in built.fields:
        if found.status is Status.GAP:
            assert found.value is None
            assert found.closed_by
        else:
            assert found.value
        if found.status is Status.NOT_APPLICABLE:
            assert found.value == "Not applicable"
        if found.status in {Status.COMPUTED, Status.NOT_APPLICABLE}:
            assert found.method


def test_a_model_without_data_is_all_gaps_but_itself() -> None:
    built = build_disclosure(model(provider=None))
    assert built.headline == "What mathlet 1.0 was trained on is not recorded"
    assert field(built, "2.1").status is Status.GAP
    assert field(built, "1.3.b").status is Status.GAP


def test_the_title_is_a_fact() -> None:
    assert (
        build_disclosure(several_origins()).headline == "mathlet 1.0 was trained on 3 datasets, 182,000 words"
    )


def test_withheld_datasets_count_one_by_one() -> None:
    assert build_disclosure(guarded()).datasets == 6


def test_dates_come_from_the_last_statement() -> None:
    assert field(build_disclosure(several_origins()), "0.b").value == "09/03/2026"


def test_it_is_a_draft() -> None:
    assert as_json(build_disclosure(several_origins()))["status"] == "draft"


def test_the_model_and_its_version_are_named_apart() -> None:
    twin = as_json(build_disclosure(several_origins()))
    assert (twin["model"], twin["version"]) == ("mathlet", "1.0")


def test_totals_count_a_dataset_once_and_words_seen_over_all_runs() -> None:
    """Definitions, Sizes: "of a version, once"; "`words_seen` = times epochs"."""
    twin = as_json(build_disclosure(several_origins()))
    assert twin["totals"] == {
        "datasets": 3,
        "records": 1_000 + 500 + 100,
        "words": 120_000 + 60_000 + 2_333,
        "words_seen": str(360_000 + 20_000 + 4_666 + 1_300),
        "declared": {"datasets": 0, "records": 0, "words": 0},
    }


@pytest.mark.parametrize("part", ["datasets", "origins", "licenses", "languages"])
@pytest.mark.parametrize("case", CASES)
def test_every_breakdown_adds_up_to_the_totals(case: str, part: str) -> None:
    twin = as_json(build_disclosure(CASES[case]()))
    assert sum(row["words"] for row in twin[part]) == twin["totals"]["words"]
    assert sum(row["records"] for row in twin[part]) == twin["totals"]["records"]


class TestSizeBand:
    @pytest.mark.parametrize(
        ("size", "band"),
        [
            ((1, 1, 5), BANDS[0]),
            ((10**6, 10**8, 900 * 10**6), BANDS[0]),
            ((10**6, 2 * 10**10, 10**11), BANDS[1]),
            ((10**9, 2 * 10**14, 10**15), BANDS[2]),
        ],
    )
    def test_stated_where_every_tokenizer_agrees(self, size: tuple[int, int, int], band: str) -> None:
        built = build_disclosure(model(component(version("x", size=size))))
        found = rows(built, "1.3.b")[0]
        assert (found["modality"], found["size"], found["known"]) == ("text", band, "measured")

    def test_data_without_any_words_has_no_size_of_text(self) -> None:
        built = build_disclosure(model(component(version("x", size=(5, 0, 0)))))
        assert field(built, "1.3.b").status is Status.NOT_APPLICABLE

    @pytest.mark.parametrize("size", [(10**6, 2 * 10**8, 2 * 10**9), (10**9, 5 * 10**12, 5 * 10**13)])
    def test_else_a_gap_that_says_what_is_known(self, size: tuple[int, int, int]) -> None:
        found = field(build_disclosure(model(component(version("x", size=size)))), "1.3.b")
        assert found.status is Status.GAP
        assert "tokenizer" in (found.closed_by or "")
        assert "words measured" in (found.method or "")

    def test_exact_sizes_are_an_option(self) -> None:
        facts = several_origins()
        assert "words" not in rows(build_disclosure(facts), "1.3.b")[0]
        assert rows(build_disclosure(facts, exact_sizes=True), "1.3.b")[0]["words"] == 182_333


class TestModalities:
    def test_other_than_text_are_absent_where_every_value_is_text(self) -> None:
        present = {row["modality"]: row["present"] for row in rows(of(Origin.PUBLIC), "1.3.a")}
        assert present == {"text": "yes", "image": "no", "audio": "no", "video": "no", "other": "no"}

    def test_are_not_known_where_fields_hold_binary_values(self) -> None:
        built = build_disclosure(model(component(version("x", types=("binary", "string")))))
        assert rows(built, "1.3.a")[1]["present"] is None
        assert field(built, "1.3.a").closed_by


class TestLanguages:
    def test_by_name_with_those_of_the_union_and_shares_of_the_words(self) -> None:
        built = build_disclosure(several_origins())
        value = field(built, "1.3.e").value
        assert isinstance(value, Table)
        assert (
            value.summary
            == "2 languages: English, German. Of the 24 official languages of the Union: English, German."
        )
        found = {row["tag"]: row["language"] for row in rows(built, "1.3.e")}
        assert found["und"] == "undetermined"
        assert found["de"] == "German"

    def test_shares_add_up(self) -> None:
        shares = [row["share"] for row in rows(build_disclosure(several_origins()), "1.3.e")]
        assert sum(share for share in shares if isinstance(share, Fraction)) == 1

    def test_the_method_says_how_they_are_known(self) -> None:
        method = field(build_disclosure(several_origins()), "1.3.e").method or ""
        assert "as the records state it" in method
        assert "detected on samples (500 records" in method

    def test_a_gap_where_nothing_is_known(self) -> None:
        assert field(build_disclosure(nothing_known()), "1.3.e").status is Status.GAP


SECTION_OF = {
    Origin.PUBLIC: "2.1",
    Origin.LICENSED: "2.2.1",
    Origin.THIRD_PARTY: "2.2.2",
    Origin.CRAWLED: "2.3",
    Origin.USER: "2.4",
    Origin.SYNTHETIC: "2.5",
    Origin.OTHER: "2.6",
}


class TestOrigins:
    @pytest.mark.parametrize("origin", list(Origin))
    def test_one_is_used_and_the_others_certainly_not(self, origin: Origin) -> None:
        built = of(origin)
        for other, section in SECTION_OF.items():
            expected = Status.COMPUTED if other is origin else Status.NOT_APPLICABLE
            assert field(built, section).status is expected

    @pytest.mark.parametrize("origin", [one for one in Origin if one is not Origin.PUBLIC])
    def test_a_dataset_without_an_origin_leaves_the_others_open(self, origin: Origin) -> None:
        built = of(Origin.PUBLIC, None)
        found = field(built, SECTION_OF[origin])
        assert found.status is Status.GAP
        assert "`origin` of d1@1" in (found.closed_by or "")
        assert field(built, "2.1").status is Status.COMPUTED
        assert field(built, "2.1").closed_by

    def test_a_private_dataset_leaves_the_others_open_to_the_public_alone(self) -> None:
        facts = model(component(version("p", origin=Origin.OTHER, visibility=Visibility.PRIVATE)))
        assert field(build_disclosure(facts), "2.6").status is Status.GAP
        audited = build_disclosure(facts, audience=Audience.AUDITOR)
        assert field(audited, "2.6").status is Status.COMPUTED


class TestLargePublicDatasets:
    def facts(self) -> ModelFacts:
        """A is large by both readings, B of the public datasets alone, C by neither."""
        return model(
            component(version("a", size=(10, 90_000, 9)), used=(5, 45_000)),
            component(version("b", size=(10, 4_000, 9))),
            component(version("c", size=(10, 1_000, 9))),
            component(version("crawl", size=(10, 100_000, 9), origin=Origin.CRAWLED)),
        )

    def test_more_than_3_percent_of_the_public_words(self) -> None:
        assert [row["dataset"] for row in rows(build_disclosure(self.facts()), "2.1.c")] == ["a", "b"]
        assert [row["dataset"] for row in rows(build_disclosure(self.facts()), "2.1.d")] == ["c@1"]

    def test_both_readings_and_their_denominators_are_printed(self) -> None:
        method = field(build_disclosure(self.facts(), exact_sizes=True), "2.1.c").method or ""
        assert "50,000 words), the reading used for this list: 2" in method
        assert "150,000 words), the other reading: 1" in method

    def test_exactly_3_percent_is_not_large(self) -> None:
        facts = model(component(version("a", size=(1, 97, 9))), component(version("b", size=(1, 3, 9))))
        assert [row["dataset"] for row in rows(build_disclosure(facts), "2.1.c")] == ["a"]

    def test_a_part_says_how_much(self) -> None:
        first = rows(build_disclosure(self.facts()), "2.1.c")[0]
        assert first["selection"] == "50 % of the records; how the part was chosen is not stated"
        assert "`selection`" in (field(build_disclosure(self.facts()), "2.1.c").closed_by or "")


class TestDomains:
    @pytest.mark.parametrize(("names", "listed"), [(1, 1), (10, 1), (11, 2), (25, 3)])
    def test_the_top_tenth_of_the_names(self, names: int, listed: int) -> None:
        assert len(rows(self.crawled(names), "2.3.h")) == listed

    @pytest.mark.parametrize(("names", "listed"), [(20, 1), (21, 2), (30_000, 1_000)])
    def test_small_providers_list_a_twentieth_or_a_thousand(self, names: int, listed: int) -> None:
        assert len(rows(self.crawled(names, small_provider=True), "2.3.h")) == listed

    def test_ranked_by_bytes_with_cumulative_shares(self) -> None:
        built = build_disclosure(several_origins())
        found = rows(built, "2.3.h")
        assert [row["domain"] for row in found] == ["site25.example", "site24.example", "site23.example"]
        assert found[-1]["cumulative_share"] == sum(Fraction(str(row["share"])) for row in found)
        assert built.domains[-1].cumulative_share == 1

    def test_a_crawl_without_domains_is_a_gap(self) -> None:
        found = field(of(Origin.CRAWLED), "2.3.h")
        assert found.status is Status.GAP
        assert "--url-field" in (found.closed_by or "")

    @staticmethod
    def crawled(names: int, *, small_provider: bool = False) -> Disclosure:
        domains = {f"d{n}.example": (1, 1, 1) for n in range(names)}
        facts = model(
            component(version("c", size=(names, names, names), origin=Origin.CRAWLED, domains=domains))
        )
        return build_disclosure(facts, small_provider=small_provider)


def test_base_models_link_to_their_own_summary() -> None:
    bases = (BaseModelFacts("base@1", "https://base.example/summary"),)
    built = build_disclosure(model(component(version("x")), base_models=bases))
    expected = {"model": "base@1", "of": "mathlet@1.0", "url": "https://base.example/summary"}
    assert rows(built, "1.2.b") == [expected]
    assert field(build_disclosure(several_origins()), "1.2.b").status is Status.GAP


def test_gaps_are_listed_once_with_who_can_close_them() -> None:
    gaps = build_disclosure(nothing_known()).gaps
    assert len({gap.field for gap in gaps}) == len(gaps)
    assert all(gap.closed_by for gap in gaps)
    assert {"rights-contact", "2.1", "1.1.a"} <= {gap.field for gap in gaps}
    assert "2.1.c" not in {gap.field for gap in gaps}


def test_closers_belong_to_fields() -> None:
    assert set(CLOSERS) <= set(TITLES)


def test_of_parts_of_different_sizes_the_largest_counts_and_the_method_says_so() -> None:
    x = version("x", size=(10, 1_000, 6_000))
    parts = (component(x, used=(5, 400)), component(x, used=(4, 500), stage="fine-tuning", run=2))
    built = build_disclosure(model(*parts))
    assert (built.records, built.words, built.words_seen) == (5, 500, Fraction(900))
    assert "the largest" in (field(built, "2.1.e").method or "")
    assert "the largest" not in (field(build_disclosure(model(parts[0])), "2.1.e").method or "")


def test_a_described_dataset_keeps_its_languages_without_what_could_name_someone() -> None:
    tags = {"de-x-secretco": (4, 400, 9), "de": (1, 100, 9), "secretco": (5, 500, 9)}
    facts = model(component(version("x", origin=Origin.LICENSED, languages=tags)))
    assert [(part.key, part.words) for part in build_disclosure(facts).languages] == [
        ("de", 500),
        ("und", 500),
    ]


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_the_mixture_changes_nothing_but_the_order_of_stages(case: str) -> None:
    facts = CASES[case]()
    once = {found.version.id: found for found in facts.components}
    forwards = model(*once.values())
    backwards = model(*reversed(once.values()))
    assert as_json(build_disclosure(forwards)) == as_json(build_disclosure(backwards))
