"""The first page of a registry: what is listed, under which name, with which sums."""

from dataclasses import replace

from registry.documents.projection import Audience
from registry.documents.site.changes import changes
from registry.documents.site.places import folders, link
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import EvidenceFacts
from tests.facts import component, guarded, model, nothing_known, several_origins, version
from tests.sites import site_of


def test_the_title_is_a_fact_and_sums_count_each_version_once() -> None:
    first, second = several_origins(), replace(several_origins(), id="other", name="second")
    index = site_of(first, second).index
    assert index.headline == "2 models and 3 datasets, 187,000 words"
    assert index.words == 120_000 + 60_000 + 7_001
    assert sum(part.words for part in index.origins) == index.words
    rights = index.rights
    assert rights.named_words + rights.withheld_words + rights.unidentified_words == index.words


def test_an_empty_registry_says_so() -> None:
    assert site_of().index.headline == "Nothing is registered yet"
    assert site_of().index.contacts[0].missing


def test_described_versions_have_a_general_name_and_private_ones_one_line_with_their_sum() -> None:
    index = site_of(guarded()).index
    lines = {line.use.version.name: line for line in index.datasets}
    assert set(lines) == {
        "letters",
        "licensed dataset 1",
        "third-party dataset 1",
        "third-party dataset 2",
        "withheld (2)",
    }
    assert lines["letters"].folder == "datasets/letters/1"
    assert [name for name, line in lines.items() if line.folder] == ["letters"]
    assert lines["withheld (2)"].use.words == 701 + 900
    assert sum(line.use.words for line in index.datasets) == index.words == 46_601


def test_an_auditor_sees_every_version_by_name() -> None:
    site = site_of(guarded(), audience=Audience.AUDITOR)
    assert len(site.datasets) == 6
    assert {line.folder is None for line in site.index.datasets} == {False}


def test_models_that_are_not_public_have_no_page() -> None:
    described = replace(nothing_known(), id="a", name="secret-a", visibility=Visibility.DESCRIBED)
    private = replace(nothing_known(), id="b", name="secret-b", visibility=Visibility.PRIVATE)
    site = site_of(several_origins(), described, private)
    assert [(line.name, line.folder) for line in site.index.models] == [
        ("mathlet@1.0", "models/mathlet/1.0"),
        ("model 1", None),
        ("withheld (1)", None),
    ]
    assert site.index.headline.startswith("3 models")


def test_what_is_withdrawn_is_listed_only_where_something_uses_it() -> None:
    used = replace(version("used"), withdrawn=True)
    left = replace(version("left"), withdrawn=True)
    site = site_of(model(component(used)), unused=(left, version("kept")))
    assert [line.use.version.name for line in site.index.datasets] == ["kept", "used"]
    assert [page.version.withdrawn for page in site.datasets if page.version.name == "used"] == [True]
    gone = replace(nothing_known(), withdrawn=True)
    assert site_of(gone, several_origins()).index.model_versions == 1


def test_it_says_who_trained_on_a_dataset_and_how_complete_each_disclosure_is() -> None:
    site = site_of(several_origins(), nothing_known())
    lines = {line.use.version.name: line.models for line in site.index.datasets}
    assert lines["forum"] == ("mathlet@1.0",)
    first, second = site.index.models
    assert first.fields == len(site.models[0].disclosure.fields)
    assert (first.answered or 0) > (second.answered or 0) > 0


def test_a_described_dataset_is_not_taken_for_its_namesake_on_another_page() -> None:
    small = version("small-news", size=(1, 500, 3_000), origin=Origin.LICENSED)
    other = model(component(small), name="other")
    lines = {line.use.words: line for line in site_of(guarded(), other).index.datasets}
    assert (lines[30_000].use.version.name, lines[30_000].models) == ("licensed dataset 1", ("guarded@2.0",))
    assert (lines[500].use.version.name, lines[500].models) == ("licensed dataset 2", ("other@1.0",))


def test_the_last_statements_come_first_by_day_and_subject() -> None:
    late = EvidenceFacts("license", "declared", "registry.yaml", "provider", "2026-05-01T08:00:00Z")
    also = replace(late, property="content_types")
    found = changes([several_origins()], [replace(version("forum"), evidence=(late, also))])
    assert [(one.of, one.what) for one in found] == [
        ("forum@1", "stated: content types and license"),
        ("forum@1", "dataset recorded, 1,000 words"),
        ("mathlet@1.0", "model recorded, trained on 3 datasets"),
    ]


def test_places_are_distinct_on_every_file_system() -> None:
    found = folders(
        "datasets",
        [("1", "a/b", "1"), ("2", "A~", "1"), ("3", "Data", "v1"), ("4", "data", "V1"), ("5", "data", "v1")],
    )
    assert found["1"] == "datasets/a~b/1"
    assert len({folder.casefold() for folder in found.values()}) == 5
    assert found == folders("datasets", [("5", "data", "v1"), ("4", "data", "V1"), ("3", "Data", "v1")]) | {
        "1": found["1"],
        "2": found["2"],
    }


def test_links_are_relative() -> None:
    assert link("models/a/1", "datasets/b/2") == "../../../datasets/b/2/index.html"
    assert link("models/a/1", "") == "../../../index.html"
    assert link("", "models/a/1") == "models/a/1/index.html"
