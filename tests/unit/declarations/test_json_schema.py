import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from registry.declarations.entry import Entry
from registry.declarations.json_schema import registry_schema
from registry.declarations.load import load
from registry.declarations.schema import Declarations
from tests.unit.declarations.editor import marked
from tests.unit.declarations.mistakes import RELATIONS, VALUES, WARNED, WELL_SAID, dataset, model, part

FUNCTIONAL = Path(__file__).parents[2] / "functional"
# Dates of a good form that are in no calendar, and a number that is whole to JSON Schema.
ONLY_THE_LOADER_KNOWS = ("2021-02-30", "0000", "2026-02-30", "1e9")
ENUMERATIONS = {
    "ContributorType",
    "Protocol",
    "Says",
    "AgentKind",
    "Exemption",
    "FingerprintMode",
    "Modality",
    "Origin",
    "SplitText",
    "Visibility",
}
AS_PEOPLE_WRITE = [
    dataset("version: 1\ntitle: 2021\nsummary: true\nlicense: 0\nsplit: 1.5\nexplode: a.b"),
    dataset("personal_information: no"),
    dataset("personal_information: Yes"),
    dataset("personal_information: false"),
    dataset('personal_information: " TRUE "'),
    dataset("personal_information: {answer: unknown, explanation: 7}"),
    dataset("aggregate_consumer_information: No\nlabels: none\nprocessing: none"),
    dataset("aggregate_consumer_information: {answer: false}\nlabels: [1, b]\nprocessing_purpose: 2"),
    dataset("intellectual_property: {copyright: yes, trademark: unknown, explanation: a}"),
    dataset("acquired: {purchased: true}\nintellectual_property:\nwithdrawn: [labels]"),
    dataset("publisher: 3"),
    dataset("publisher: {name: 3, type: person}"),
    dataset("fields: {text: [1, b], id: 2, url: null}"),
    dataset("content_types: news\nprocessing: []\ncharacteristics: [1, true, x]"),
    dataset("derived_from: none\ngenerated_by: [GPT-4, 'https://x.example', 1.5]"),
    dataset("collected: {from: 2021, until: ongoing}\ncrawl: {from: 2021-01-02, crawlers: [{name: 1}]}"),
    dataset("agreed_splits: {shares: {author: 0.5, publisher: 1/4, acme: '1/4'}, authority: 1}"),
    dataset("rights_holders: [{agent: 1, share: 0.25}, {agent: b, share: 1/4}, {agent: c, share: '0.5'}]"),
    dataset("rights_holders: [{agent: 1, where: {k: [1, true, x]}, domain: a.example}]"),
    dataset("language: English\nwithdrawn: purpose\nuser_data: {interactions: true, services: a}"),
    dataset("withdrawn: [license, crawl]"),
    dataset("language: null\nversion: ~\nfields:\ncrawl:\norigin: null\nrights_holders: null\nwithdrawn:"),
    "datasets:\n  - {name: 0x10, measured: {hours: 1.5, records: 007, words: '12', bytes: 0}}",
    "datasets:\n  - {name: 1.10, measured: {modality: image, images: 5}, state: withdrawn}",
    "provider: {agent: 1, code_of_practice_signatory: true, reservations: {protocols: none}}",
    "provider: {agent: a, rights_contact: {email: a@b.example, answer_within_days: '30'}}",
    model("intended_purpose: 1\ncalifornia_exemption: national-security"),
    model("tokenizer: {tokens_per_word: 1.3}\nplaced_on_eu_market: not applicable"),
    model("tokenizer: {tokens_per_word: '2'}\nplaced_on_eu_market: 2026-03-01\nbase_models: none"),
    model("training: [{stage: 1, started: 2026, compute_flop: 3.2e+22}, {stage: q, compute_flop: 5}]"),
    part("{dataset: 2021, epochs: 3, selection: all}"),
    part("{dataset: a@1.10, epochs: 1/3, selection: {share: 1}}"),
    part("{dataset: a, epochs: '0.5', selection: {where: {year: [2020, x, true], lang: no}}}"),
    part("{dataset: a, selection: }, {dataset: b, selection: {}}, {dataset: c, selection: {records: 1}}"),
]  # fmt: skip


@pytest.mark.parametrize("text", [*AS_PEOPLE_WRITE, *WELL_SAID, *(row[0] for row in WARNED)])
def test_whatever_the_loader_accepts_the_schema_accepts(text: str) -> None:
    load(text, "f")
    assert marked(text) == []


@pytest.mark.parametrize("text", [row[0] for row in VALUES])
def test_a_value_that_the_loader_refuses_is_marked(text: str) -> None:
    assert bool(marked(text)) != any(value in text for value in ONLY_THE_LOADER_KNOWS)


@pytest.mark.parametrize("text", [row[0] for row in RELATIONS if "given twice" not in row[3]])
def test_what_depends_on_several_values_is_left_to_the_loader(text: str) -> None:
    """The schema may mark it or not; it never fails."""
    assert isinstance(marked(text), list)


def test_a_real_registry_is_not_marked() -> None:
    assert marked((FUNCTIONAL / "shared_data.registry.yaml").read_text(encoding="utf-8")) == []


def test_it_is_a_schema_of_the_dialect_with_an_identifier() -> None:
    schema = registry_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "urn:training-data-registry:registry:1"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema of an object with keys."""
    if isinstance(schema, dict):
        if "properties" in schema and "description" in schema:
            yield schema
        for inner in schema.values():
            yield from objects(inner)


def test_every_key_is_titled_and_described_and_no_other_is_allowed() -> None:
    found = list(objects(registry_schema()))
    assert {one["title"] for one in found} == {"registry.yaml", *registry_schema()["$defs"]} - ENUMERATIONS
    for one in found:
        assert one["additionalProperties"] is False
        for key, said in one["properties"].items():
            assert said["title"] == key
            assert said["description"].endswith("."), (one["title"], key)


def test_the_schema_knows_every_key_of_the_format() -> None:
    definitions = registry_schema()["$defs"]
    for entry in (found for found in Entry.__subclasses__() if found is not Declarations):
        keys = {field.alias or name for name, field in entry.model_fields.items()}
        assert set(definitions[entry.__name__]["properties"]) == keys
