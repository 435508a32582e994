"""`model show` and `dataset show` as JSON: everything known, and what is not with who can say it."""

import json
from dataclasses import replace

from registry.documents import dataset as dataset_document
from registry.documents import model as model_document
from registry.documents.dataset_gaps import dataset_gaps
from registry.domain.dataset import Origin
from registry.domain.facts import ContributorCount, EvidenceFacts
from registry.domain.stated import Crawl, Crawler, DeclaredSize, Description, Modality, UserData
from tests.facts import (
    STATED_AT,
    declared_version,
    described_in_words,
    fully_declared,
    nothing_known,
    version,
)


def test_a_model_is_shown_with_its_provider_runs_parts_and_base_models() -> None:
    shown = json.loads(json.dumps(model_document.as_json(fully_declared())))
    assert shown["provider_facts"]["answers"]["rights_contact"]["answer_within_days"] == 30
    assert [run["started"] for run in shown["runs"]] == ["2025-01", "2025-03"]
    assert shown["mixture"][0]["selection"]["label"] == "drawn at random, seed 7"
    assert shown["base_models"] == ["root@1.0"]
    assert shown["base_model_facts"][0]["base_models"][0]["model"] == "elder@3.0"
    assert shown["tokenizer"] == {"name": "acme-bpe-32k", "tokens_per_word": "1.3"}
    assert shown["gaps"] == []


def test_a_model_of_which_nothing_is_known_says_who_can_tell() -> None:
    gaps = {gap["field"]: gap["closed_by"] for gap in model_document.as_json(nothing_known())["gaps"]}
    assert "`base_models`" in gaps["1.2.b"]
    assert "registry.yaml" in gaps["rights-contact"]


def test_declared_data_has_no_digest_and_says_so() -> None:
    audio = declared_version("a", DeclaredSize(Modality.AUDIO, hours="1.5", evidence="log"))
    shown = json.loads(json.dumps(dataset_document.as_json(audio)))
    assert (shown["digest"], shown["basis"]) == (None, "declared")
    assert shown["description"]["declared_size"]["hours"] == "1.5"


def test_a_dataset_is_shown_with_its_evidence() -> None:
    evidence = EvidenceFacts("url", "card", "/data/README.md", "publisher", STATED_AT)
    shown = json.loads(json.dumps(dataset_document.as_json(replace(version("x"), evidence=(evidence,)))))
    assert shown["evidence"][0]["location"] == "/data/README.md"
    assert shown["self_duplication"] == {
        "words_equal_records": 0,
        "near_duplicate_records": 0,
        "near_duplicates_complete": True,
    }


def fields(name: str, origin: Origin | None, said: Description | None = None) -> dict[str, str]:
    found = described_in_words(version(name, origin=origin), said or Description())
    return {gap.field: gap.how for gap in dataset_gaps(found)}


def test_gaps_name_the_key_of_the_declaration_file_or_the_option_that_closes_them() -> None:
    found = fields("x", None)
    assert found["origin"] == "`origin` in registry.yaml (or registry ingest --origin ORIGIN)"
    assert found["content_types"] == "`content_types` in registry.yaml"
    assert {"license", "url", "publisher", "collected", "processing", "personal_information"} <= set(found)


def test_each_origin_asks_for_what_is_its_own() -> None:
    assert {"crawl", "domains"} <= set(fields("x", Origin.CRAWLED))
    assert "user_data" in fields("x", Origin.USER)
    assert "generated_by" in fields("x", Origin.SYNTHETIC)
    assert not {"crawl", "domains", "user_data", "generated_by"} & set(fields("x", Origin.PUBLIC))
    assert "crawl" not in fields("x", Origin.CRAWLED, Description(crawl=Crawl((Crawler("Bot/1"),))))
    assert "generated_by" not in fields("x", Origin.SYNTHETIC, Description(generated_by=()))
    assert "user_data" in fields("x", Origin.USER, Description(user_data=UserData()))


def test_of_a_fully_declared_dataset_only_what_its_facts_lack_is_open() -> None:
    first = fully_declared().components[0].version
    whole = replace(first, publisher="A School", contributors=ContributorCount(3, 0))
    assert dataset_gaps(whole) == ()
