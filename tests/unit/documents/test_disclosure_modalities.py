"""What the form asks modality by modality, its languages in their order, its base models to the last."""

from dataclasses import replace
from fractions import Fraction

from registry.documents.disclosure import build_disclosure
from registry.documents.fields import Table
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import BaseModelFacts, KnownModel, ModelFacts
from registry.domain.stated import DeclaredSize, Description, Modality
from registry.render.disclosure import render_disclosure
from tests.facts import (
    component,
    declared_version,
    described_in_words,
    model,
    several_origins,
    version,
)
from tests.sites import files_of, site_of
from tests.unit.documents.reading import field, rows, summary


class TestLargeByModality:
    """The rule of 3 % holds of images and hours as of words, in both readings."""

    def facts(self) -> ModelFacts:
        pictures = [
            declared_version(name, DeclaredSize(Modality.IMAGE, images=count), origin=Origin.PUBLIC)
            for name, count in (("many", 9_700), ("few", 300))
        ]
        shop = declared_version("shop", DeclaredSize(Modality.IMAGE, images=990_000), origin=Origin.OTHER)
        radio = declared_version("radio", DeclaredSize(Modality.AUDIO, hours="5"), origin=Origin.PUBLIC)
        film = declared_version("film", DeclaredSize(Modality.VIDEO), origin=Origin.PUBLIC)
        texts = version("texts", size=(10, 1_000, 9))
        return model(*map(component, (*pictures, shop, radio, film, texts)))

    def test_each_by_its_own_unit(self) -> None:
        found = build_disclosure(self.facts())
        large = {row["dataset"]: row["modality"] for row in rows(found, "2.1.c")}
        assert large == {"many": "image", "radio": "audio", "texts": "text", "film": "video"}
        assert [row["dataset"] for row in rows(found, "2.1.d")] == ["few@1"]
        assert summary(found, "2.1.d") == (
            "1 public dataset of at most 3 % of each of their modalities of all public ones."
        )

    def test_shares_are_of_the_modality(self) -> None:
        many = next(row for row in rows(build_disclosure(self.facts()), "2.1.c") if row["dataset"] == "many")
        assert many["share_of_public"] == Fraction(97, 100)
        assert many["share_of_all"] == Fraction(97, 10_000)

    def test_both_readings_with_every_denominator(self) -> None:
        method = field(build_disclosure(self.facts(), exact_sizes=True), "2.1.c").method or ""
        for said in (
            "3 % of the images of all public image datasets (10,000 images), the reading used",
            "Of all training image data (1,000,000 images), the other reading: 0.",
            "3 % of the hours of all public audio datasets (5 hours), the reading used for this list: 1.",
            "3 % of the words of all public text datasets (1,000 words), the reading used for this list: 1.",
            "Listed besides, as no hours, images and words of them are counted: 1.",
        ):
            assert said in method


class TestDomainsByModality:
    def facts(self) -> ModelFacts:
        names = {f"p{n:02}.example": (1, 10, 100 + n) for n in range(20)}
        texts = version("texts", origin=Origin.CRAWLED, size=(20, 200, 2_190), domains=names)
        pictures = version("pictures", origin=Origin.CRAWLED, size=(20, 200, 2_190), domains=names)
        images = replace(pictures, description=Description(measured=DeclaredSize(Modality.IMAGE, images=20)))
        return model(component(texts), component(images))

    def test_ranks_and_cumulative_shares_are_of_each(self) -> None:
        found = build_disclosure(self.facts())
        top = [(row["modality"], row["rank"], row["domain"]) for row in rows(found, "2.3.h")]
        assert top == [
            ("text", 1, "p19.example"),
            ("text", 2, "p18.example"),
            ("image", 1, "p19.example"),
            ("image", 2, "p18.example"),
        ]
        assert [row.cumulative_share for row in found.domains if row.rank == 20] == [1, 1]
        assert summary(found, "2.3.h") == (
            "Text: 2 of 20 domain names, with 10.8 % of the bytes of all of them. "
            "Image: 2 of 20 domain names, with 10.8 % of the bytes of all of them."
        )

    def test_a_small_provider_lists_a_twentieth_of_each(self) -> None:
        found = build_disclosure(self.facts(), small_provider=True)
        assert [row["rank"] for row in rows(found, "2.3.h")] == [1, 1]

    def test_the_file_has_a_column_for_it_only_where_there_are_several(self) -> None:
        several = render_disclosure(build_disclosure(self.facts()))["domains.csv"].decode().splitlines()
        assert several[0].startswith("modality,rank,domain,")
        assert len(several) == 41
        single = render_disclosure(build_disclosure(several_origins()))["domains.csv"].decode().splitlines()
        assert single[0].startswith("rank,domain,")

    def test_the_chart_adds_up_over_the_modalities(self) -> None:
        html = render_disclosure(build_disclosure(self.facts()))["index.html"].decode()
        assert "20 domain names crawled" in html
        assert "p19.example (image)" in html


def test_official_languages_of_the_union_come_first() -> None:
    parts = {"zh": (1, 600, 9), "en": (1, 300, 9), "ar": (1, 50, 9), "bg": (1, 40, 9), "und": (1, 10, 9)}
    found = build_disclosure(model(component(version("d", size=(5, 1_000, 45), languages=parts))))
    assert [row["tag"] for row in rows(found, "1.3.e")] == ["en", "bg", "zh", "ar", "und"]
    assert summary(found, "1.3.e").startswith("4 languages: Bulgarian, English, Arabic, Chinese. ")


class TestBaseModels:
    @staticmethod
    def based(name: str, *bases: BaseModelFacts, url: str | None = "https://x.example") -> BaseModelFacts:
        facts = model(
            component(version(f"of-{name}")), name=name, base_models=bases, url=url and f"{url}/{name}"
        )
        return BaseModelFacts(facts.reference, None, facts)

    def test_three_levels_with_an_address_in_the_middle(self) -> None:
        address = BaseModelFacts(None, "https://far.example/summary")
        top = self.based("top", self.based("middle", address, self.based("ground")))
        found = build_disclosure(model(component(version("d")), base_models=(top,)))
        assert [(row["model"], row["of"], row["url"]) for row in rows(found, "1.2.b")] == [
            ("top@1.0", "mathlet@1.0", "https://x.example/top"),
            ("middle@1.0", "top@1.0", "https://x.example/middle"),
            ("https://far.example/summary", "middle@1.0", "https://far.example/summary"),
            ("ground@1.0", "middle@1.0", "https://x.example/ground"),
        ]
        assert summary(found, "1.2.b").startswith("4 base models: ")

    def test_a_circle_ends_and_counts_each_model_once(self) -> None:
        circle = BaseModelFacts("mathlet@1.0", None)
        found = build_disclosure(model(component(version("d")), base_models=(self.based("other", circle),)))
        assert [(row["model"], row["url"]) for row in rows(found, "1.2.b")] == [
            ("other@1.0", "https://x.example/other"),
            ("mathlet@1.0", "https://acme.example/mathlet-1.0"),
        ]
        assert summary(found, "1.2.b").startswith("1 base model: other@1.0.")
        assert field(found, "1.2.b").closed_by is None

    def test_one_that_two_ways_lead_to_counts_once(self) -> None:
        ground = self.based("ground", url=None)
        bases = self.based("left", ground), self.based("right", ground)
        found = build_disclosure(model(component(version("d")), base_models=bases))
        assert len(rows(found, "1.2.b")) == 4
        assert summary(found, "1.2.b").startswith("3 base models: left@1.0, ground@1.0 and right@1.0.")
        assert field(found, "1.2.b").closed_by == "The provider, in registry.yaml: `url` of ground@1.0."


def test_a_site_leads_from_a_disclosure_to_those_of_base_models_and_generators() -> None:
    teacher = model(component(version("books")), name="teacher", label="2", url=None)
    made = described_in_words(
        version("made", origin=Origin.SYNTHETIC),
        Description(generated_by=("teacher", "far https://x.example")),
    )
    pupil = replace(
        model(component(made), base_models=(BaseModelFacts(teacher.reference, None, teacher),)),
        models_here=(KnownModel(teacher.reference),),
    )
    (found,) = (page.disclosure for page in site_of(teacher, pupil).models if page.model.id == pupil.id)
    place = "../../../teacher/2/disclosure/index.html"
    for identifier, hrefs in (("1.2.b", (place,)), ("2.5.c", (place, None))):
        value = field(found, identifier).value
        assert isinstance(value, Table)
        assert value.hrefs == hrefs
    files = files_of(teacher, pupil)
    assert "models/teacher/2/disclosure/index.html" in files
    assert f'href="{place}"' in files["models/mathlet/1.0/disclosure/index.html"].decode()


def test_no_link_leads_to_a_model_that_has_no_page() -> None:
    hidden = replace(model(component(version("books")), name="teacher"), visibility=Visibility.PRIVATE)
    pupil = model(component(version("d")), base_models=(BaseModelFacts(None, "https://base.example"),))
    text = files_of(hidden, pupil)["models/mathlet/1.0/disclosure/index.html"].decode()
    assert "teacher" not in text
