"""What people state fills the form, field by field: all of it, part of it, none of it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from registry.documents.disclosure import build_disclosure
from registry.documents.eu_sizes import BANDS, HOUR_BANDS, IMAGE_BANDS
from registry.documents.fields import Status
from registry.documents.projection import Audience
from registry.domain.dataset import FieldRole, Origin, SelectionKind, SizeBasis, Visibility
from registry.domain.facts import (
    BaseModelFacts,
    FieldFacts,
    KnownModel,
    ProviderFacts,
    RunFacts,
    SelectionFacts,
    VersionFacts,
)
from registry.domain.stated import (
    Answer,
    Crawl,
    Crawler,
    CrawlerBehaviour,
    DeclaredSize,
    Description,
    Modality,
    Period,
    PersonalInformation,
    ProviderAnswers,
    Reservations,
    RightsContact,
    Tokenizer,
    UserData,
)
from tests.facts import (
    all_answers,
    component,
    declared_version,
    described_in_words,
    disclosed_elsewhere,
    fully_declared,
    model,
    version,
)
from tests.unit.documents.reading import disclosed, field, rows, said, summary


@pytest.mark.parametrize("audience", list(Audience))
def test_of_a_fully_declared_model_no_field_is_a_gap_and_none_is_incomplete(audience: Audience) -> None:
    built = build_disclosure(fully_declared(), audience=audience)
    assert built.gaps == ()
    assert [found.id for found in built.fields if found.status is Status.GAP or found.closed_by] == []


def answering(answers: ProviderAnswers) -> ProviderFacts:
    return ProviderFacts("ACME AI", answers=answers)


class TestProvider:
    def test_name_contact_and_identifiers(self) -> None:
        row = rows(disclosed([], provider_facts=all_answers()), "1.1.a")[0]
        assert row == {
            "provider": "ACME AI",
            "contact": "mailto:training-data@acme.example",
            "rights_contact": "https://acme.example/rights",
            "url": "https://acme.example",
            "identifiers": "ROR https://ror.org/05dxps055",
        }

    def test_a_name_alone_lacks_a_contact(self) -> None:
        found = field(disclosed([]), "1.1.a")
        assert found.status is Status.DECLARED
        assert "`contact` of the agent" in (found.closed_by or "")

    def test_nobody(self) -> None:
        assert field(disclosed([], provider=None), "1.1.a").status is Status.GAP

    @pytest.mark.parametrize(
        ("said_of_it", "status", "value"),
        [
            (None, Status.GAP, None),
            ("not applicable", Status.NOT_APPLICABLE, "Not applicable"),
            ("Example Law, Dublin", Status.DECLARED, "Example Law, Dublin"),
        ],
    )
    def test_representative(self, said_of_it: str | None, status: Status, value: str | None) -> None:
        answers = ProviderAnswers(authorised_representative=said_of_it)
        found = field(disclosed([], provider_facts=answering(answers)), "1.1.b")
        assert (found.status, found.value) == (status, value)


class TestModel:
    @pytest.mark.parametrize(
        ("placed", "status", "value"),
        [
            (None, Status.GAP, None),
            ("2026-03-01", Status.DECLARED, "01/03/2026"),
            ("not applicable", Status.NOT_APPLICABLE, "Not applicable"),
        ],
    )
    def test_placed_on_the_market(self, placed: str | None, status: Status, value: str | None) -> None:
        found = field(disclosed([], placed_on_eu_market=placed), "1.2.c")
        assert (found.status, found.value) == (status, value)

    def test_made_from_no_other_model(self) -> None:
        found = field(disclosed([], no_base_model=True), "1.2.b")
        assert found.status is Status.NOT_APPLICABLE
        assert "made from no other model" in (found.method or "")

    def test_base_models_are_followed_down_the_chain_with_what_each_was_trained_on(self) -> None:
        found = rows(build_disclosure(fully_declared()), "1.2.b")
        assert [(row["model"], row["of"]) for row in found] == [
            ("root@1.0", "complete@2.0"),
            ("elder@3.0", "root@1.0"),
        ]
        assert found[1]["url"] == "https://elder.example/elder-3.0"
        assert found[1]["data"] == "elder 3.0 was trained on 1 dataset, 900,000 words."
        assert disclosed_elsewhere().sha256 in (
            field(build_disclosure(fully_declared()), "1.2.b").method or ""
        )

    def test_a_base_model_without_an_address_is_incomplete(self) -> None:
        built = disclosed([], base_models=(BaseModelFacts("base@1", None),))
        assert "`url` of base@1" in (field(built, "1.2.b").closed_by or "")

    @pytest.mark.parametrize("by_model", [True, False])
    def test_a_base_model_that_is_not_public_is_withheld(self, by_model: bool) -> None:
        hidden = replace(model(name="secret-base"), visibility=Visibility.PRIVATE)
        base = BaseModelFacts("secret-base@1.0", "https://secret.example", hidden if by_model else None)
        base = base if by_model else replace(base, visibility=Visibility.PRIVATE)
        built = disclosed([], base_models=(base,))
        assert [row["model"] for row in rows(built, "1.2.b")] == ["withheld"]
        assert "`visibility`" in (field(built, "1.2.b").closed_by or "")
        audited = build_disclosure(replace(model(), base_models=(base,)), audience=Audience.AUDITOR)
        assert [row["model"] for row in rows(audited, "1.2.b")] == ["secret-base@1.0"]

    def test_its_withheld_datasets_count_one_by_one(self) -> None:
        private = [version(f"p{number}", visibility=Visibility.PRIVATE) for number in range(3)]
        base = model(*map(component, private), name="base")
        built = disclosed([], base_models=(BaseModelFacts("base@1.0", None, base),))
        assert rows(built, "1.2.b")[0]["data"] == "base 1.0 was trained on 3 datasets, 3,000 words."


def sized(modality: Modality, **sizes: object) -> VersionFacts:
    return declared_version(f"some-{modality}", DeclaredSize(modality, **sizes))  # type: ignore[arg-type]


class TestSizes:
    @pytest.mark.parametrize(
        ("measured", "modality", "band", "other"),
        [
            (sized(Modality.IMAGE, images=999_999), "image", IMAGE_BANDS[0], "1 million images"),
            (sized(Modality.IMAGE, images=10**6), "image", IMAGE_BANDS[1], "1 million images"),
            (sized(Modality.IMAGE, images=10**9 + 1), "image", IMAGE_BANDS[2], "1 billion images"),
            (sized(Modality.AUDIO, hours="9999.5"), "audio", HOUR_BANDS[0], "10,000 hours"),
            (sized(Modality.VIDEO, hours="10000"), "video", HOUR_BANDS[1], "10,000 hours"),
            (sized(Modality.VIDEO, hours="1000000.1"), "video", HOUR_BANDS[2], "1 million hours"),
            (sized(Modality.OTHER, records=70), "other", "70 records", "70 records"),
        ],
    )
    def test_declared_ones_are_marked_so(
        self, measured: VersionFacts, modality: str, band: str, other: str
    ) -> None:
        row = next(row for row in rows(disclosed([measured]), "1.3.b") if row["modality"] == modality)
        assert (row["size"], row["other_unit"], row["known"]) == (band, other, "declared, not measured")

    def test_a_modality_whose_size_nobody_states_is_open(self) -> None:
        built = disclosed([version("x"), sized(Modality.AUDIO, records=3)])
        assert rows(built, "1.3.b")[2]["size"] is None
        assert "`hours`" in (field(built, "1.3.b").closed_by or "")

    def test_exact_sizes_add_up_over_the_modalities(self) -> None:
        facts = model(component(version("x")), component(sized(Modality.AUDIO, records=3, hours="1.5")))
        found = rows(build_disclosure(facts, exact_sizes=True), "1.3.b")
        assert [row["records"] for row in found] == [10, 0, 3, 0, 0]
        assert found[2]["other_unit"] == "1.5 hours"

    def test_of_a_part_the_hours_count_in_proportion(self) -> None:
        audio = sized(Modality.AUDIO, records=10, hours="30000")
        built = build_disclosure(model(component(audio, used=(3, 0))))
        assert rows(built, "1.3.b")[2]["size"] == HOUR_BANDS[0]


class TestTokens:
    large = version("large", size=(10**6, 8 * 10**8, 5 * 10**9))

    def test_without_a_factor_the_bounds_leave_it_open(self) -> None:
        assert field(disclosed([self.large]), "1.3.b").status is Status.GAP

    @pytest.mark.parametrize(("factor", "band"), [(Fraction(5, 4), BANDS[1]), (Fraction(6, 5), BANDS[0])])
    def test_a_declared_factor_places_the_text_and_is_said_to_estimate(
        self, factor: Fraction, band: str
    ) -> None:
        built = disclosed([self.large], tokenizer=Tokenizer("bpe", factor))
        assert rows(built, "1.3.b")[0]["size"] == band
        assert "estimated as 800 million words times 1.2" in (field(built, "1.3.b").method or "")
        assert "tokenizer bpe" in (field(built, "1.3.b").method or "")

    def test_declared_tokens_come_before_the_factor_where_all_parts_have_them(self) -> None:
        chosen = replace(component(self.large), selection=SelectionFacts(tokens=2 * 10**9))
        facts = replace(model(chosen), tokenizer=Tokenizer("bpe", Fraction(1)))
        built = build_disclosure(facts)
        assert rows(built, "1.3.b")[0]["size"] == BANDS[1]
        assert "as declared for every dataset" in (field(built, "1.3.b").method or "")
        mixed = build_disclosure(replace(facts, components=(chosen, component(version("small")))))
        assert "estimated" in (field(mixed, "1.3.b").method or "")

    def test_declared_text_of_unknown_bytes_has_no_upper_bound(self) -> None:
        text = declared_version("text", DeclaredSize(words=10**6))
        found = field(disclosed([text]), "1.3.b")
        assert found.status is Status.GAP
        assert "bytes are not declared" in (found.method or "")

    def test_declared_text_without_words_counts_by_its_tokens(self) -> None:
        text = declared_version("text", DeclaredSize(tokens=2 * 10**9))
        built = disclosed([text, version("x")], tokenizer=Tokenizer("bpe", Fraction(1)))
        assert rows(built, "1.3.b")[0]["size"] == BANDS[1]
        assert "declared token counts of text@1" in (field(built, "1.3.b").method or "")

    def test_of_private_datasets_they_are_added_up(self) -> None:
        private = version("p", size=(1, 10, 60), visibility=Visibility.PRIVATE)
        parts = replace(component(private), selection=SelectionFacts(tokens=2 * 10**9))
        assert rows(build_disclosure(model(parts)), "1.3.b")[0]["size"] == BANDS[1]


class TestContents:
    def test_types_are_aggregated_with_their_datasets_and_share(self) -> None:
        both = Description(content_types=("novels", "letters"))
        built = said(both, Description(content_types=("novels",)), Description())
        assert [(row["text"], row["datasets"], row["share"]) for row in rows(built, "1.3.c")] == [
            ("novels", "d0@1 and d1@1", Fraction(2, 3)),
            ("letters", "d0@1", Fraction(1, 3)),
        ]
        assert "Lacking: d2@1" in (field(built, "1.3.c").closed_by or "")

    @pytest.mark.parametrize("identifier", ["1.3.c", "1.3.d", "1.3.f"])
    def test_nothing_stated_is_a_gap(self, identifier: str) -> None:
        assert field(said(Description()), identifier).status is Status.GAP

    def test_characteristics(self) -> None:
        built = said(Description(characteristics=("authors from Ghana",)))
        assert summary(built, "1.3.f") == "authors from Ghana."

    def test_the_latest_date_is_that_of_the_datasets(self) -> None:
        periods = [Period("2020-01", "2021-10"), Period("2019", "2022-03-04"), Period()]
        built = said(*(Description(collected=period) for period in periods), continues_to_learn="no")
        assert summary(built, "1.3.d") == (
            "03/2022. Not known of d2@1. The model is not trained on new data after that."
        )
        assert "`collected.until` of d2@1" in (field(built, "1.3.d").closed_by or "")

    def test_ongoing_collection_is_said(self) -> None:
        built = said(Description(collected=Period("2020-01", "ongoing")), continues_to_learn="yes")
        assert summary(built, "1.3.d").startswith("Collection is ongoing for d0@1.")
        assert field(built, "1.3.d").closed_by is None

    def test_a_year_without_a_month_is_incomplete(self) -> None:
        built = said(Description(collected=Period("2020", "2021")), continues_to_learn="no")
        assert summary(built, "1.3.d").startswith("2021.")
        assert field(built, "1.3.d").closed_by

    def test_whether_the_model_goes_on_learning_is_asked_for(self) -> None:
        built = said(Description(collected=Period("2020-01", "2021-02")))
        assert "`continues_to_learn`" in (field(built, "1.3.d").closed_by or "")

    def test_languages_of_data_without_words_are_named(self) -> None:
        audio = declared_version("a", DeclaredSize(Modality.AUDIO, hours="3"), languages={"mt": (0, 0, 0)})
        built = disclosed([audio])
        assert [(row["language"], row["share"]) for row in rows(built, "1.3.e")] == [("Maltese", 0)]


class TestMeasuring:
    def test_says_what_is_declared_and_with_what_the_rest_was_measured(self) -> None:
        measured = replace(version("x"), measured_with="py3langid 0.3.0")
        audio = sized(Modality.AUDIO, hours="3")
        text = summary(disclosed([measured, audio], tokenizer=Tokenizer("bpe", Fraction(3, 2))), "1.3.g")
        assert "The sizes of some-audio@1 are declared, not measured." in text
        assert "py3langid 0.3.0" in text
        assert "Tokenizer: bpe. Declared tokens per word: 1.5." in text

    def test_declared_data_is_counted_apart(self) -> None:
        built = disclosed([version("x"), declared_version("y", DeclaredSize(records=4, words=40))])
        assert (built.declared_only, built.declared_records, built.declared_words) == (1, 4, 40)
        assert (built.records, built.words) == (14, 1_040)

    def test_a_declared_part_of_measured_data_is_marked(self) -> None:
        chosen = SelectionFacts(
            SelectionKind.DECLARED, "a part, as declared", basis=SizeBasis.DECLARED, evidence="training log 7"
        )
        part = replace(component(version("x"), used=(5, 400)), selection=chosen)
        built = build_disclosure(model(part))
        assert (built.declared_only, built.declared_words) == (0, 400)
        assert rows(built, "2.1.c")[0]["selection"] == (
            "a part, as declared; size declared, not measured: training log 7"
        )
        assert rows(built, "2.1.e")[0]["known"] == "size of the part declared, not measured"

    def test_private_declared_data_is_a_line_of_its_own(self) -> None:
        sizes = DeclaredSize(records=4, words=40)
        private = declared_version("y", sizes, visibility=Visibility.PRIVATE)
        built = disclosed([version("x", visibility=Visibility.PRIVATE), private])
        assert [use.version.name for use in built.uses] == ["withheld (1)", "withheld (1)"]
        assert (built.declared_only, built.declared_words, built.datasets) == (1, 40, 2)


class TestPublicData:
    def test_selection_says_what_and_how(self) -> None:
        chosen = SelectionFacts(SelectionKind.SHARE, "30 % of the records", "at random, seed 7")
        part = replace(component(version("x"), used=(3, 300)), selection=chosen)
        built = build_disclosure(model(part))
        assert rows(built, "2.1.c")[0]["selection"] == "30 % of the records; at random, seed 7"

    def test_what_generated_them_and_what_became_of_them_is_said(self) -> None:
        made = described_in_words(version("x"), Description(generated_by=("GPT-4",)))
        made = replace(made, unavailable_since="2026-02-03T00:00:00Z", withdrawn=True)
        assert rows(disclosed([made]), "2.1.e")[0]["remarks"] == (
            "withdrawn; its source is no longer available since 03/02/2026; generated by GPT-4"
        )

    def test_personal_information_is_said(self) -> None:
        personal = PersonalInformation(Answer.YES, "names of authors")
        built = said(Description(personal_information=personal))
        assert rows(built, "2.1.e")[0]["remarks"] == "holds personal information; names of authors"

    def test_small_ones_are_described_with_content_and_period(self) -> None:
        large = version("large", size=(10, 100_000, 600_000))
        small = version("small", size=(1, 10, 60))
        told = Description(content_types=("fables",), collected=Period("2020-01", "2020-02"))
        built = disclosed([large, described_in_words(small, told)])
        row = rows(built, "2.1.d")[0]
        assert (row["content"], row["collected"]) == ("fables", "01/2020 to 02/2020")
        assert field(built, "2.1.d").closed_by is None
        assert field(disclosed([large, small]), "2.1.d").closed_by


BEHAVIOUR = CrawlerBehaviour("leaves", "reads nothing", "reads nothing", "obeys it", "obeys TDMRep")
BOT = Crawler("Bot/1", "finds fables", BEHAVIOUR)


class TestCrawled:
    def crawled(self, *crawls: Crawl | None) -> list[VersionFacts]:
        return [
            described_in_words(version(f"c{number}", origin=Origin.CRAWLED), Description(crawl=crawl))
            for number, crawl in enumerate(crawls)
        ]

    @pytest.mark.parametrize("identifier", ["2.3.b", "2.3.c", "2.3.d", "2.3.e"])
    def test_all_some_or_nothing(self, identifier: str) -> None:
        full = Crawl((BOT,), Period("2020-01", "2020-02"), ("schools",), "Malta")
        complete = field(disclosed(self.crawled(full)), identifier)
        assert (complete.status, complete.closed_by) == (Status.DECLARED, None)
        partly = field(disclosed(self.crawled(full, None)), identifier)
        assert partly.status is Status.DECLARED
        assert "c1@1" in (partly.closed_by or "")
        assert field(disclosed(self.crawled(None)), identifier).status is Status.GAP

    def test_behaviour_has_a_cell_for_each_barrier(self) -> None:
        shy = Crawler("Shy/2", "finds poems", CrawlerBehaviour(robots_txt="obeys it"))
        built = disclosed(self.crawled(Crawl((BOT, shy))))
        found = rows(built, "2.3.d")
        assert found[0]["captchas"] == "leaves"
        assert found[1] == {
            "crawler": "Shy/2",
            "captchas": None,
            "passwords": None,
            "paywalls": None,
            "robots_txt": "obeys it",
            "other": None,
        }
        assert field(built, "2.3.d").closed_by

    def test_period_by_month(self) -> None:
        built = disclosed(self.crawled(Crawl((BOT,), Period("2020-01-15", "ongoing"))))
        row = rows(built, "2.3.e")[0]
        assert (row["crawlers"], row["begin"], row["end"]) == ("Bot/1", "01/2020", "ongoing")

    def test_sites_and_geography(self) -> None:
        row = rows(disclosed(self.crawled(Crawl(site_types=("schools",), geography="Malta"))), "2.3.f")[0]
        assert (row["site_types"], row["geography"], row["characteristics"]) == ("schools", "Malta", None)

    def test_a_small_provider_by_its_own_answer_lists_fewer_domains(self) -> None:
        domains = {f"d{n}.example": (1, 1, 1) for n in range(40)}
        crawl = version("c", size=(40, 40, 40), origin=Origin.CRAWLED, domains=domains)
        answers = ProviderAnswers(small_or_medium_enterprise=Answer.YES)
        assert len(rows(disclosed([crawl]), "2.3.h")) == 4
        small = disclosed([crawl], provider_facts=answering(answers))
        assert len(rows(small, "2.3.h")) == 2
        assert "small or medium-sized" in (field(small, "2.3.h").method or "")


class TestUserData:
    @pytest.mark.parametrize(
        ("answers", "value"),
        [
            ((Answer.YES,), "Yes."),
            ((Answer.NO, Answer.NO), "No."),
            ((Answer.UNKNOWN,), "Not known to the provider."),
            ((Answer.NO, Answer.YES), "Yes: user dataset 2; No: user dataset 1."),
        ],
    )
    def test_interactions(self, answers: tuple[Answer, ...], value: str) -> None:
        descriptions = [Description(user_data=UserData(interactions=answer)) for answer in answers]
        sizes = [(10, 1_000 - n, 6_000) for n in range(len(answers))]
        versions = [version(f"u{n}", size=size, origin=Origin.USER) for n, size in enumerate(sizes)]
        pairs = zip(versions, descriptions, strict=True)
        built = disclosed([described_in_words(one, told) for one, told in pairs])
        assert (field(built, "2.4.a").value, field(built, "2.4.a").closed_by) == (value, None)
        assert field(built, "2.4.b").status is Status.GAP

    def test_services(self) -> None:
        users = UserData(Answer.NO, Answer.YES, ("a forum", "a shop"))
        built = said(Description(user_data=users), origin=Origin.USER)
        assert [row["service"] for row in rows(built, "2.4.c")] == ["a forum", "a shop"]

    def test_no_services_where_no_data_came_from_any(self) -> None:
        users = UserData(Answer.YES, Answer.NO)
        built = said(Description(user_data=users), origin=Origin.USER)
        assert field(built, "2.4.c").status is Status.NOT_APPLICABLE


class TestSynthetic:
    def of(self, *names: tuple[str, ...] | None, **stated: object) -> list[tuple[Status, list[str]]]:
        built = said(*(Description(generated_by=one) for one in names), origin=Origin.SYNTHETIC, **stated)
        found = []
        for key in ("2.5.c", "2.5.d"):
            answered = field(built, key).status is Status.DECLARED
            found.append(
                (
                    field(built, key).status,
                    [str(row["model"]) for row in rows(built, key)] if answered else [],
                )
            )
        return found

    def test_addresses_and_models_here_are_on_the_market_others_are_not(self) -> None:
        known = (KnownModel("teacher@2", "https://acme.example/teacher"),)
        names = ("https://m.example/m1", "teacher", "teacher@2", "our rewriter")
        assert self.of(names, models_here=known) == [
            (Status.DECLARED, ["https://m.example/m1", "teacher", "teacher@2"]),
            (Status.DECLARED, ["our rewriter"]),
        ]

    def test_no_model_at_all(self) -> None:
        assert self.of(()) == [(Status.NOT_APPLICABLE, []), (Status.NOT_APPLICABLE, [])]

    def test_not_stated(self) -> None:
        assert self.of(None) == [(Status.GAP, []), (Status.GAP, [])]

    def test_partly_stated(self) -> None:
        built = said(Description(generated_by=("our rewriter",)), Description(), origin=Origin.SYNTHETIC)
        assert "Lacking: d1@1" in (field(built, "2.5.d").closed_by or "")
        assert field(built, "2.5.c").status is Status.GAP


def test_other_sources_are_told() -> None:
    told = Description(
        summary="Interviews read aloud", content_types=("interviews",), processing=("transcribed by hand",)
    )
    built = said(told, Description(), origin=Origin.OTHER)
    assert summary(built, "2.6.b") == "Interviews read aloud."
    assert rows(built, "2.6.b")[0]["processing"] == "transcribed by hand"
    assert "of d1@1" in (field(built, "2.6.b").closed_by or "")
    assert field(said(Description(), origin=Origin.OTHER), "2.6.b").status is Status.GAP


class TestHandling:
    def answered(self, answers: ProviderAnswers, identifier: str) -> tuple[Status, bool]:
        found = field(disclosed([], provider_facts=answering(answers)), identifier)
        return found.status, found.closed_by is None

    @pytest.mark.parametrize("identifier", ["3.1", "3.1.a", "3.1.b", "3.1.c", "3.2", "3.3"])
    def test_nothing_answered(self, identifier: str) -> None:
        assert self.answered(ProviderAnswers(), identifier) == (Status.GAP, False)

    @pytest.mark.parametrize(("answer", "shown"), [(Answer.YES, "Yes"), (Answer.NO, "No")])
    def test_signatory(self, answer: Answer, shown: str) -> None:
        answers = ProviderAnswers(code_of_practice_signatory=answer)
        built = disclosed([], provider_facts=answering(answers))
        assert field(built, "3.1.a").value == shown
        assert "signatory of the Code of Practice" in summary(built, "3.1")

    def test_reservations_in_part(self) -> None:
        answers = ProviderAnswers(reservations=Reservations(protocols=("robots.txt", "TDMRep")))
        built = disclosed([], provider_facts=answering(answers))
        assert [row["measure"] for row in rows(built, "3.1.b")] == [None, None, "robots.txt, TDMRep", None]
        assert "`kept_up_to_date`" in (field(built, "3.1.b").closed_by or "")
        assert summary(built, "3.1") == "Protocols honoured: robots.txt, TDMRep."

    def test_a_policy_is_a_link_or_a_text(self) -> None:
        linked = ProviderAnswers(copyright_policy="https://acme.example/copyright")
        told = ProviderAnswers(copyright_policy="We ask first.")
        assert (
            rows(disclosed([], provider_facts=answering(linked)), "3.1.c")[0]["url"]
            == linked.copyright_policy
        )
        assert summary(disclosed([], provider_facts=answering(told)), "3.1.c") == "We ask first."

    def test_other_information_holds_processing_runs_and_announcements(self) -> None:
        answers = ProviderAnswers(updates_announced_at="https://acme.example/changes")
        built = said(
            Description(processing=("sorted", "shuffled")),
            provider_facts=answering(answers),
            runs=(RunFacts(1, "pretraining", None, "2025-01", "1e21"),),
        )
        assert {str(row["topic"]): row["statement"] for row in rows(built, "3.3")} == {
            "Processing of d0@1": "sorted; shuffled",
            "Training run 1": "pretraining; started 01/2025; 1e21 FLOP",
            "Changes of this summary are announced at": "https://acme.example/changes",
        }
        assert "updates" not in {gap.field for gap in built.gaps}


class TestContact:
    def test_a_page_is_preferred_to_an_address(self) -> None:
        both = RightsContact("https://acme.example/rights", "rights@acme.example", "A person answers.", 14)
        found = disclosed([], provider_facts=answering(ProviderAnswers(rights_contact=both)))
        assert found.contact.address == "https://acme.example/rights"
        assert found.contact.missing is None
        assert "rights-contact" not in {gap.field for gap in found.gaps}

    def test_an_address_alone_is_shown_and_the_rest_asked_for(self) -> None:
        stated = RightsContact(email="rights@acme.example", answer_within_days=14)
        found = disclosed([], provider_facts=answering(ProviderAnswers(rights_contact=stated)))
        assert found.contact.address == "mailto:rights@acme.example"
        assert "`what_happens`" in (found.contact.missing or "")
        assert "`answer_within_days`" not in (found.contact.missing or "")

    def test_nothing_stated_is_a_gap(self) -> None:
        found = disclosed([])
        assert found.contact.provider == "ACME AI"
        gaps = {gap.field: gap.closed_by for gap in found.gaps}
        assert "`provider.rights_contact`" in gaps["rights-contact"]


def test_what_is_withheld_is_not_called_unstated() -> None:
    hidden = version("vault", origin=Origin.PUBLIC, visibility=Visibility.PRIVATE)
    built = disclosed([version("corpus"), hidden, version("found", origin=None)])
    method = field(built, "2.3").method
    assert method == "1 dataset of no stated origin and 1 dataset whose origin is withheld may belong here."
    assert field(disclosed([hidden]), "2.3").method == "1 dataset whose origin is withheld may belong here."


def test_gaps_name_only_the_keys_that_are_missing() -> None:
    words = Description(content_types=("tasks",), collected=Period(end="2022"))
    built = said(words, words, origin=Origin.THIRD_PARTY)
    expected = "`collected.from` and `collected.until` as YYYY-MM of third-party dataset 1"
    assert expected in (field(built, "2.2.2.d").closed_by or "")
    answers = ProviderAnswers(reservations=Reservations("asked", "asked", (), "yearly"))
    partly = field(disclosed([], provider_facts=answering(answers)), "3.1.b").closed_by
    assert partly == (
        "The provider, in registry.yaml: `protocols` (`none` where there are none) of "
        "`provider.reservations`."
    )


def test_a_text_without_words_or_tokens_is_what_the_band_lacks() -> None:
    """The factor of the tokenizer is stated: naming it again would close nothing."""
    unsized = declared_version("treebank", DeclaredSize(records=1_000))
    tokenizer = Tokenizer("bpe", Fraction(7, 5))
    found = field(disclosed([version("corpus"), unsized], tokenizer=tokenizer), "1.3.b")
    assert found.closed_by == "The provider, in registry.yaml: `measured.words` of treebank@1."
    sized = declared_version("treebank", DeclaredSize(records=1_000, words=20_000))
    assert field(disclosed([version("corpus"), sized], tokenizer=tokenizer), "1.3.b").closed_by is None


def test_no_internal_word_stands_for_a_license() -> None:
    deal = version("deal", origin=Origin.THIRD_PARTY, license="LicenseRef-Deal OR MIT")
    found = disclosed([deal, version("found", origin=Origin.THIRD_PARTY)])
    assert [row["license"] for row in rows(found, "2.2.2.d")] == ["withheld OR MIT", None]


def test_one_base_model_is_it() -> None:
    base = BaseModelFacts(None, "https://other.example/base")
    text = summary(disclosed([], base_models=(base,)), "1.2.b")
    assert text.endswith("This summary covers what was added to it, not its own training data.")


class TestWhatElseTheFormTells:
    """Answers that declared facts already give, at the place where the form asks for them."""

    @pytest.mark.parametrize(
        "identifier", ["2.1.a", "2.2.1.a", "2.2.2.a", "2.3.a", "2.4.a", "2.4.b", "2.5.a", "2.6.a"]
    )
    def test_a_question_of_a_section_without_data_is_answered_with_no(self, identifier: str) -> None:
        origin = Origin.CRAWLED if identifier.startswith("2.1") else Origin.PUBLIC
        found = field(disclosed([version("d", origin=origin)]), identifier)
        assert (found.status, found.value) == (Status.COMPUTED, "No")
        rest = field(disclosed([version("d", origin=origin)]), identifier.rpartition(".")[0])
        assert rest.status is Status.NOT_APPLICABLE

    def test_where_an_origin_is_not_stated_nothing_is_denied(self) -> None:
        assert field(disclosed([version("d", origin=None)]), "2.3.a").status is Status.GAP

    def test_behaviour_says_what_is_done_about_reservations_while_collecting(self) -> None:
        crawl = Crawl(crawlers=(Crawler("Bot/1", None, CrawlerBehaviour(robots_txt="obeys it")),))
        answers = ProviderAnswers(reservations=Reservations(during_collection="Read at every visit."))
        found = said(Description(crawl=crawl), origin=Origin.CRAWLED, provider_facts=answering(answers))
        assert summary(found, "2.3.d").endswith("While collecting: Read at every visit.")

    def test_rates_of_audio_and_video_stand_with_the_sizes(self) -> None:
        def spoken(modality: Modality) -> VersionFacts:
            found = declared_version("hours", DeclaredSize(modality, hours="3"))
            steps = ("resampled to 16 kHz, 25 fps", "cut at 10 seconds", "16 kHz again")
            return described_in_words(found, Description(processing=steps))

        rates = "Sampling or frame rates as declared: hours@1: 16 kHz and 25 fps."
        assert rates in summary(disclosed([spoken(Modality.AUDIO)]), "1.3.g")
        assert "Sampling" not in summary(disclosed([spoken(Modality.OTHER)]), "1.3.g")

    def test_where_the_addresses_of_works_stand_is_said_of_data_that_can_be_had(self) -> None:
        fields = (FieldFacts("page.link", FieldRole.URL, ("string",), 10),)
        crawl = replace(
            version("pages", origin=Origin.CRAWLED, domains={"a.example": (10, 1_000, 6_000)}), fields=fields
        )
        here = disclosed(
            [replace(crawl, url="https://data.example/pages"), replace(crawl, id="b", name="zine")]
        )
        assert [row["addresses"] for row in rows(here, "2.3.i")] == [
            "in page.link of each record of https://data.example/pages",
            None,
        ]
        assert "addresses" not in rows(disclosed([crawl]), "2.3.i")[0]
