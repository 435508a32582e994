"""The twins in the formats of others: valid by their own validators, whatever the facts are."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from huggingface_hub import DatasetCard, ModelCard
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience
from registry.documents.twins.addresses import uri
from registry.documents.twins.croissant_files import MOST_FILES
from registry.domain.dataset import FieldRole, FileRole, SplitText, Visibility
from registry.domain.facts import (
    BaseModelFacts,
    ContradictionFacts,
    DistributionFacts,
    FieldFacts,
    LicenseFacts,
    ModelFacts,
    VersionFacts,
)
from registry.domain.stated import (
    Answer,
    DeclaredSize,
    Description,
    Modality,
    Period,
    PersonalInformation,
)
from registry.render.twins import dataset_twin, dataset_twins, model_twin, model_twins
from tests import validators
from tests.facts import (
    CASES,
    agent,
    component,
    declared_version,
    described_in_words,
    disclosed_elsewhere,
    fully_declared,
    guarded,
    holding,
    model,
    nothing_known,
    several_origins,
    version,
)
from tests.sites import files_of
from tests.unit.render.test_attacks import ATTACKS, hostile

HOSTILE = (
    *ATTACKS,
    "---\nlicense: gpl-3.0\n---",
    "x: [y, {z",
    "# not a heading",
    "1. not a list",
    "a | b \\| c",
    "\U0001f600 ünï \u202e \ud800 \x00",
    "no",
    "word " * 5_000,
)


def check_all(files: dict[str, bytes]) -> list[str]:
    """Validate every twin among the files of a site; their names."""
    found = []
    for name, content in files.items():
        if name.endswith("/croissant.json"):
            validators.croissant(content)
        elif name.endswith(".cdx.json"):
            validators.cyclonedx(content)
        elif name.endswith(".spdx.json"):
            validators.spdx_graph(content)
        elif name.endswith("/card.md"):
            validators.card(content, DatasetCard if name.startswith("datasets/") else ModelCard)
        else:
            continue
        found.append(name)
    return found


def croissant_of(of: VersionFacts, *parts: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(dataset_twin("croissant", component(of, *parts), "0.0.0"))
    return found


def bom_of(facts: ModelFacts, audience: Audience = Audience.PUBLIC) -> dict[str, Any]:
    return validators.cyclonedx(model_twin("cyclonedx", build_disclosure(facts, audience=audience)))


def properties(of: dict[str, Any]) -> dict[str, str]:
    return {one["name"].partition(":")[2]: one["value"] for one in of["properties"]}


def graph_of(facts: ModelFacts) -> list[Any]:
    return list(validators.spdx_graph(model_twin("spdx", build_disclosure(facts))).values())


# --- every format, whatever the facts --------------------------------------------------------------------


@pytest.mark.parametrize("audience", Audience)
def test_every_twin_of_a_whole_site_is_valid(audience: Audience) -> None:
    models = (several_origins(), replace(fully_declared(), id="full"), guarded(), nothing_known())
    files = files_of(*models, audience=audience)
    found = check_all(files)
    for folder in {name.rpartition("/")[0] for name in files if name.endswith("dataset.json")}:
        assert {f"{folder}/croissant.json", f"{folder}/card.md"} <= set(found)
    for folder in {name.rpartition("/")[0] for name in files if name.endswith("model.json")}:
        assert {f"{folder}/{one}" for one in ("bom.cdx.json", "model.spdx.json", "card.md")} <= set(found)


def test_the_pages_and_their_own_twins_name_them() -> None:
    files = files_of(several_origins())
    for folder, twin in (("datasets/forum/1", "dataset.json"), ("models/mathlet/1.0", "model.json")):
        page = files[f"{folder}/index.html"].decode()
        named = json.loads(files[f"{folder}/{twin}"])["twins"]
        for name in named.values():
            assert f'href="{name}"' in page
            assert f"{folder}/{name}" in files


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_makes_a_twin_invalid(text: str) -> None:
    said = Description(
        summary=text,
        content_types=(text, "b"),
        collected=Period("2021-01", "ongoing"),
        purpose=text,
        processing=(text,),
        personal_information=PersonalInformation(Answer.YES, text),
        generated_by=(text,),
    )
    data = replace(
        version("data", title=text, url=f"https://host.example/{text}", publisher=text, license="MIT"),
        license=LicenseFacts(None, text, None),
        derived_from=(f"https://host.example/{text}",),
        fields=(FieldFacts(text or "a", FieldRole.CONTENT, ("string",), 1),),
        distributions=(DistributionFacts(f"{text[:200]}.jsonl", FileRole.DATA, "json", text, 1, "0" * 64),),
        description=said,
    )
    base = BaseModelFacts(None, f"https://host.example/{text}")
    facts = model(component(data, holding((1, 10, 60), agent(text))), provider=text, base_models=(base,))
    assert len(check_all(files_of(facts))) == 5


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_name_becomes_markup_of_a_card(attack: str) -> None:
    for name, content in files_of(hostile(attack)).items():
        if name.endswith("card.md"):
            text = content.decode()
            assert not re.search(r"<(?!https?:)[a-zA-Z/!]", text.split("\n---\n", 1)[1])
            assert not re.search(r"(?<!\\)\]\((?!https?://)", text)


@pytest.mark.parametrize("case", CASES)
def test_the_same_facts_give_the_same_bytes(case: str) -> None:
    facts = CASES[case]()
    first, second = (model_twins(build_disclosure(facts, software="0.0.0")) for _ in range(2))
    assert first == second
    for part in facts.components:
        assert dataset_twins(part, "0.0.0") == dataset_twins(part, "0.0.0")


def test_a_later_statement_gives_the_bill_another_serial_number() -> None:
    later = replace(several_origins(), stated_at="2026-04-01T00:00:00Z")
    before, after = bom_of(several_origins()), bom_of(later)
    assert before["serialNumber"] != after["serialNumber"]
    assert after["metadata"]["timestamp"] == "2026-04-01T00:00:00Z"


def test_data_that_was_never_read_has_sizes_and_neither_files_nor_fields() -> None:
    size = DeclaredSize(Modality.AUDIO, records=30, hours="7", evidence="contract")
    of = replace(declared_version("tapes", size), license=LicenseFacts("MIT", "MIT", None))
    assert validators.croissant(dataset_twin("croissant", component(of), None)) == {"citeAs", "datePublished"}
    found = croissant_of(of)
    assert "distribution" not in found
    assert "recordSet" not in found
    assert "declared, not measured" in found["description"]
    (dataset,) = [one for one in graph_of(model(component(of))) if one["type"].startswith("dataset")]
    assert dataset["dataset_datasetType"] == ["audio"]
    assert "declared, not measured" in dataset["comment"]


def test_words_of_what_has_none_are_not_told_as_zero() -> None:
    size = DeclaredSize(Modality.AUDIO, records=30, hours="7", evidence="contract")
    facts = model(component(declared_version("tapes", size)))
    assert (
        "| 30 records, 7 hours of audio (declared, not measured) |"
        in model_twin("card", build_disclosure(facts)).decode()
    )
    assert "words" not in properties(bom_of(facts)["components"][0])
    (trained,) = [one for one in graph_of(facts) if one.get("relationshipType") == "trainedOn"]
    assert trained["comment"].startswith("30 records, 7 hours of audio (declared, not measured); ")


# --- what the public may not see -------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["secret", "vault-a", "vault-b", "Shy Person", "/home/someone"])
def test_nothing_that_is_not_public_stands_in_a_twin(secret: str) -> None:
    for name, content in model_twins(build_disclosure(guarded())).items():
        assert secret.lower() not in content.decode().lower(), name


def test_what_is_withheld_is_part_of_the_sums() -> None:
    bom = bom_of(guarded())
    words = sum(int(properties(one)["words"]) for one in bom["components"])
    assert words == int(properties(bom["metadata"]["component"]["modelCard"])["words"])
    named = {one["name"] for one in bom["components"]}
    assert "withheld (2)" in named
    assert "third-party dataset 1" in named
    told = {one["name"]: one for one in graph_of(guarded()) if "name" in one}
    assert "all else is withheld" in told["withheld (2)"]["comment"]
    assert "Its name and address are withheld." in told["third-party dataset 1"]["comment"]


def test_digests_of_what_is_not_public_stand_in_no_twin() -> None:
    hidden = [part.version for part in guarded().components if part.version.name != "letters"]
    text = b"".join(model_twins(build_disclosure(guarded())).values()).decode()
    assert not [one.name for one in hidden if one.content_digest in text]


def test_no_mail_address_stands_in_a_twin() -> None:
    files = files_of(several_origins())
    assert not [name for name, content in files.items() if "twins" in name or b"@mail.example" in content]


def test_a_copy_for_auditors_says_so() -> None:
    files = files_of(guarded(), audience=Audience.AUDITOR)
    for name in ("croissant.json", "card.md"):
        assert b"FOR AUDITORS" in files[f"datasets/secret-news-archive/1/{name}"]
    for name in ("model.spdx.json", "card.md"):
        assert b"FOR AUDITORS" in files[f"models/guarded/2.0/{name}"]
    assert properties(bom_of(guarded(), Audience.AUDITOR)["metadata"]["component"])["audience"] == "auditor"
    assert b"FOR AUDITORS" not in b"".join(files_of(guarded()).values())


def test_what_was_withdrawn_or_is_said_otherwise_is_told_in_every_format() -> None:
    found = ContradictionFacts("license", "MIT", "CC-BY-NC-4.0", "README.md")
    of = replace(version("data", license="MIT"), withdrawn=True, contradictions=(found,))
    facts = model(component(of))
    assert croissant_of(of)["creativeWorkStatus"] == "withdrawn"
    assert [one for one in croissant_of(of)["rai:dataLimitations"] if "CC-BY-NC-4.0" in one]
    text = dataset_twin("card", component(of), None).decode()
    assert "**State:** withdrawn" in text
    assert "CC-BY-NC-4.0" in text
    assert properties(bom_of(facts)["components"][0])["state"] == "withdrawn"
    (dataset,) = [one for one in graph_of(facts) if one["type"].startswith("dataset")]
    assert "State: withdrawn." in dataset["comment"]
    assert "CC-BY-NC-4.0" in dataset["comment"]


# --- Croissant -------------------------------------------------------------------------------------------


def test_croissant_says_what_is_stated_of_a_dataset() -> None:
    said = Description(
        summary="Posts of a forum.",
        content_types=("posts",),
        collected=Period("2020-01", "2021-06-30"),
        published="2022-03-01",
        purpose="chat",
        processing=("duplicates removed", "signatures removed"),
        personal_information=PersonalInformation(Answer.YES, "Names of authors."),
        generated_by=("teacher@2",),
    )
    press = agent("Example Press", kind="organization")
    of = replace(
        version(
            "forum",
            title="Forum",
            url="https://forum.example/a b",
            publisher="Forum Ltd",
            license="CC-BY-SA-4.0",
            languages={"en": (5, 500, 3000), "und": (5, 500, 3000)},
            derived_from=("https://other.example/", "older@1", "withheld"),
        ),
        publisher_kind="organization",
        description=said,
    )
    found = croissant_of(of, holding((10, 1_000, 6_000), press, basis="presumed-author"))
    expected = {
        "conformsTo": ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
        "name": "Forum",
        "description": "Posts of a forum.",
        "license": "https://spdx.org/licenses/CC-BY-SA-4.0",
        "url": "https://forum.example/a%20b",
        "datePublished": "2022-03-01",
        "version": "1",
        "inLanguage": ["en"],
        "publisher": {"@type": "sc:Organization", "name": "Forum Ltd"},
        "creator": [{"@type": "sc:Organization", "name": "Example Press"}],
        "keywords": ["posts"],
        "prov:wasDerivedFrom": [
            {"@id": "https://other.example/"},
            {"@type": "prov:Entity", "prov:label": "older@1"},
            {"@type": "prov:Entity", "prov:label": "withheld"},
        ],
        "rai:dataCollectionTimeframe": ["2020-01", "2021-06-30"],
        "rai:dataPreprocessingProtocol": ["duplicates removed", "signatures removed"],
        "rai:dataUseCases": "chat",
        "rai:personalSensitiveInformation": "Yes, it holds personal information. Names of authors.",
    }
    assert {key: found.get(key) for key in expected} == expected
    (made,) = found["prov:wasGeneratedBy"]
    assert made["prov:wasAssociatedWith"] == {"@type": "prov:SoftwareAgent", "prov:label": "teacher@2"}
    assert of.content_digest in [one["value"] for one in found["identifier"]]
    assert validators.croissant(dataset_twin("croissant", component(of), None)) == {"citeAs"}


@pytest.mark.parametrize(
    ("expression", "spelled", "expected"),
    [
        ("MIT", "mit", "https://spdx.org/licenses/MIT"),
        ("MIT OR Apache-2.0", None, "MIT OR Apache-2.0"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", None, "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("LicenseRef-House-Rules", None, "LicenseRef-House-Rules"),
        ("NONE", "none", "NONE"),
        ("NOASSERTION", "ask first", "ask first"),
        (None, None, None),
    ],
)
def test_croissant_names_the_license(
    expression: str | None, spelled: str | None, expected: str | None
) -> None:
    of = replace(version("data"), license=LicenseFacts(expression, spelled, None))
    found = croissant_of(of).get("license")
    assert (found.get("name") if isinstance(found, dict) else found) == expected


def test_a_concluded_license_is_the_one_in_effect() -> None:
    of = replace(version("data"), license=LicenseFacts("MIT", "MIT", "CC-BY-4.0"))
    assert croissant_of(of)["license"] == "https://spdx.org/licenses/CC-BY-4.0"
    (data,) = bom_of(model(component(of)))["components"]
    assert data["licenses"] == [{"expression": "CC-BY-4.0", "acknowledgement": "concluded"}]
    assert properties(data)["license:declared"] == "MIT"


def test_what_is_not_known_stands_among_the_limitations() -> None:
    limits = croissant_of(version("data"))["rai:dataLimitations"]
    assert "Not known: no license is stated." in limits
    assert "Not known: when it was published." in limits


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period("2021-01", "2021-02"), ["2021-01", "2021-02"]),
        (Period("2021-01", "ongoing"), "2021-01/.."),
        (Period("2021-01", None), "2021-01/"),
        (Period(None, "2021-02"), "/2021-02"),
        (Period(), None),
    ],
)
def test_a_period_of_collection_is_no_more_exact_than_it_was_stated(period: Period, expected: Any) -> None:
    of = described_in_words(version("data"), Description(collected=period))
    assert croissant_of(of).get("rai:dataCollectionTimeframe") == expected


def with_fields(*fields: tuple[str, str], file: str = "data.jsonl") -> dict[str, Any]:
    of = replace(
        version("data", files=((file, FileRole.DATA),)),
        fields=tuple(FieldFacts(path, FieldRole.OTHER, tuple(types.split()), 1) for path, types in fields),
    )
    validators.croissant(dataset_twin("croissant", component(of), None))
    return {one["name"]: one for one in croissant_of(of)["recordSet"][0]["field"]}


def test_fields_have_the_types_that_were_seen() -> None:
    found = with_fields(
        ("text", "string"),
        ("year", "integer"),
        ("score", "integer float non_finite"),
        ("flag", "boolean"),
        ("day", "date"),
        ("mixed", "string integer"),
        ("blob", "binary"),
    )
    assert {name: one["dataType"] for name, one in found.items()} == {
        "text": "sc:Text",
        "year": "sc:Integer",
        "score": "sc:Float",
        "flag": "sc:Boolean",
        "day": "sc:Date",
        "mixed": "sc:Text",
        "blob": "sc:Text",
    }


def test_nested_fields_are_sub_fields_with_a_path_into_the_column() -> None:
    found = with_fields(
        ("messages[].content", "string"),
        ("messages[].tool.name", "string"),
        ("tags[]", "string"),
        ("grid[][]", "integer"),
        ("meta.source", "string"),
        (r"a\.b", "string"),
        ("odd name.in\\[ner", "string"),
    )
    inner = {one["name"]: one for one in found["messages"]["subField"]}
    assert found["messages"]["isArray"] is True
    assert inner["content"]["source"]["extract"] == {"column": "messages"}
    assert inner["content"]["source"]["transform"] == {"jsonPath": "content"}
    assert inner["tool.name"]["source"]["transform"] == {"jsonPath": "tool.name"}
    assert found["tags"]["arrayShape"] == "-1"
    assert found["grid"]["arrayShape"] == "-1,-1"
    assert "isArray" not in found["meta"]
    assert found["a.b"]["source"]["extract"] == {"column": "a.b"}
    assert found["odd name"]["subField"][0]["source"]["transform"] == {"jsonPath": "'in[ner'"}


def test_a_field_of_several_shapes_is_text() -> None:
    found = with_fields(("answer", "string"), ("answer[]", "string"), ("answer[].text", "string"))
    assert found["answer"]["dataType"] == "sc:Text"
    assert "subField" not in found["answer"]


@pytest.mark.parametrize(
    ("file", "types", "extract"),
    [
        ("a.jsonl", "application/jsonlines", {"column": "text"}),
        ("a.jsonl.gz", ["application/gzip", "application/jsonlines"], {"column": "text"}),
        ("a.csv.zst", ["application/zstd", "text/csv"], {"column": "text"}),
        ("a.json", "application/json", {"jsonPath": "$[*].text"}),
        ("a.parquet", "application/x-parquet", {"column": "text"}),
        ("a.txt", "text/plain", {"fileProperty": "content"}),
    ],
)
def test_a_field_is_found_as_its_file_holds_it(file: str, types: Any, extract: Any) -> None:
    found = with_fields(("text", "string"), file=file)
    assert found["text"].get("source", {}).get("extract") == extract
    of = version("data", files=((file, FileRole.DATA),))
    (listed,) = croissant_of(of)["distribution"]
    assert (listed["encodingFormat"], listed["contentSize"]) == (types, "10 B")
    assert listed["sha256"] == of.distributions[0].sha256


@pytest.mark.parametrize(
    "of",
    [
        replace(version("data"), explode="data.paragraphs"),
        version("data", files=(("page.html", FileRole.DATA),)),
        replace(version("data", files=(("a.txt", FileRole.DATA),)), split_text=SplitText.PARAGRAPH),
    ],
)
def test_records_that_croissant_cannot_find_are_named_without_a_place(of: VersionFacts) -> None:
    found = croissant_of(of)
    assert "recordSet" not in found
    assert [one["name"] for one in found["variableMeasured"]] == ["text"]
    validators.croissant(dataset_twin("croissant", component(of), None))


def test_lines_of_a_text_are_its_records() -> None:
    of = replace(version("data", files=(("a.txt", FileRole.DATA),)), split_text=SplitText.LINE)
    assert croissant_of(of)["recordSet"][0]["field"][0]["source"]["extract"] == {"fileProperty": "lines"}


def test_files_from_the_hub_have_an_address_at_their_commit() -> None:
    of = replace(version("data", source="hf://acme/chat@main"), revision="c0ffee")
    found = croissant_of(of)
    (file,) = found["distribution"]
    assert file["contentUrl"] == "https://huggingface.co/datasets/acme/chat/resolve/c0ffee/data.jsonl"
    assert found["url"] == "https://huggingface.co/datasets/acme/chat/tree/c0ffee"


def with_files(count: int) -> VersionFacts:
    files = tuple(
        DistributionFacts(
            f"part/{n:05}.jsonl.gz", FileRole.DATA, "json", None, 7, sha256(b"%d" % n).hexdigest()
        )
        for n in range(count)
    )
    return replace(version("data"), distributions=files)


def test_several_files_are_a_set_and_each_is_listed() -> None:
    found = croissant_of(with_files(3))["distribution"]
    assert [one["@type"] for one in found] == ["cr:FileObject"] * 3 + ["cr:FileSet"]
    assert found[-1]["includes"] == [f"part/{n:05}.jsonl.gz" for n in range(3)]
    validators.croissant(dataset_twin("croissant", component(with_files(3)), None))


def test_too_many_files_to_list_are_a_set_that_says_how_many() -> None:
    many = with_files(MOST_FILES + 1)
    (found,) = croissant_of(many)["distribution"]
    assert found["includes"] == ["part/*.jsonl.gz"]
    assert f"{MOST_FILES + 1} files, {7 * (MOST_FILES + 1):,} bytes" in found["description"]
    assert validators.croissant(dataset_twin("croissant", component(many), None))


# --- models ----------------------------------------------------------------------------------------------


def test_the_model_card_of_a_bill_says_who_answers_for_a_dataset() -> None:
    bom = bom_of(several_origins())
    component_ = bom["metadata"]["component"]
    assert component_["type"] == "machine-learning-model"
    forum = component_["modelCard"]["modelParameters"]["datasets"][0]
    assert forum["contents"]["url"] == "https://forum.example/dump"
    assert forum["governance"]["custodians"] == [{"organization": {"name": "Example Forum"}}]
    assert forum["governance"]["owners"] == [
        {"organization": {"name": "Example Press"}},
        {"contact": {"name": "Ada Lovelace"}},
        {"contact": {"name": "Ben Ali"}},
    ]
    data = bom["components"][0]
    assert data["licenses"] == [{"expression": "CC-BY-SA-4.0", "acknowledgement": "declared"}]
    told = properties(data)
    assert (told["origin"], told["records"], told["words"]) == ("public", "1000", "120000")
    assert told["run:1:pretraining:epochs"] == "3"
    assert "hashes" not in data
    assert bom["dependencies"][0]["dependsOn"] == [one["bom-ref"] for one in bom["components"]]


def test_personal_information_is_sensitive_unless_there_is_none() -> None:
    def sensitive(answer: Answer) -> Any:
        said = Description(personal_information=PersonalInformation(answer, "First names."))
        facts = model(component(described_in_words(version("data"), said)))
        card = bom_of(facts)["metadata"]["component"]["modelCard"]
        dataset = next(one for one in graph_of(facts) if one["type"].startswith("dataset"))
        found = card["modelParameters"]["datasets"][0].get("sensitiveData")
        return found, dataset["dataset_hasSensitivePersonalInformation"]

    assert sensitive(Answer.YES) == (["Yes, it holds personal information. First names."], "yes")
    assert sensitive(Answer.NO) == (None, "no")
    assert sensitive(Answer.UNKNOWN) == (["First names."], "noAssertion")


def bases() -> ModelFacts:
    root = replace(model(component(version("old")), name="root"), base_models=())
    return model(
        component(version("new")),
        name="leaf",
        base_models=(
            BaseModelFacts("root@1.0", None, root),
            BaseModelFacts(None, "https://huggingface.co/acme/base"),
            BaseModelFacts(None, None, disclosure=disclosed_elsewhere()),
            BaseModelFacts("hidden@1", None, visibility=Visibility.PRIVATE),
        ),
    )


def test_base_models_are_ancestors_from_here_by_address_or_from_another_registry() -> None:
    ancestors = bom_of(bases())["metadata"]["component"]["pedigree"]["ancestors"]
    names = [one["name"] for one in ancestors]
    assert names == ["root", "https://huggingface.co/acme/base", "elder", "withheld"]
    elder = ancestors[2]
    assert properties(elder)["disclosure:sha-256"] == disclosed_elsewhere().sha256
    graph = graph_of(bases())
    by_id = {one["spdxId"]: one for one in graph}
    leaf = next(one["spdxId"] for one in graph if one.get("name") == "leaf")
    above = [
        target
        for one in graph
        if one.get("relationshipType") == "descendantOf" and one["from"] == leaf
        for target in one["to"]
    ]
    assert [by_id[one]["name"] if one in by_id else one for one in above] == [
        *names[:3],
        "NoAssertionElement",
    ]


def test_a_model_card_names_what_the_hub_knows() -> None:
    of = replace(version("chat", source="hf://acme/chat@main", languages={"de-AT": (10, 1000, 6000)}))
    facts = replace(bases(), components=(component(of),))
    content = model_twin("card", build_disclosure(facts))
    front = validators.card(content, ModelCard)
    tags = ["training-data-registry"]
    expected = {"base_model": ["acme/base"], "datasets": ["acme/chat"], "language": ["de"], "tags": tags}
    assert front == expected
    assert "The license of the model is not recorded here." in content.decode()


def related(graph: list[Any], kind: str, of: str) -> list[Any]:
    by_id = {one["spdxId"]: one for one in graph}
    found = next(one["spdxId"] for one in graph if one.get("name") == of)
    return [
        by_id.get(target, target)
        for one in graph
        if one.get("relationshipType") == kind and one["from"] == found
        for target in one["to"]
    ]


def test_spdx_says_what_a_model_was_trained_on_and_under_which_licenses() -> None:
    graph = graph_of(several_origins())
    trained = related(graph, "trainedOn", "mathlet")
    assert [one["name"] for one in trained] == ["forum@1", "crawl@2026-01", "sums@1"]
    (declared,) = related(graph, "hasDeclaredLicense", "forum@1")
    assert declared["simplelicensing_licenseExpression"] == "CC-BY-SA-4.0"
    assert related(graph, "hasConcludedLicense", "forum@1") == ["expandedlicensing_NoAssertionLicense"]
    assert related(graph, "hasDeclaredLicense", "crawl@2026-01") == ["expandedlicensing_NoAssertionLicense"]


def test_spdx_relates_datasets_to_what_they_were_made_from() -> None:
    old = version("old")
    new = version("new", derived_from=("old@1", "https://elsewhere.example/x", "withheld"))
    graph = graph_of(model(component(old), component(new)))
    above = related(graph, "descendantOf", "new@1")
    assert [one if isinstance(one, str) else one["name"] for one in above] == [
        "old@1",
        "https://elsewhere.example/x",
        "NoAssertionElement",
    ]


def test_terms_of_no_list_have_an_element_that_says_that_their_text_is_not_here() -> None:
    graph = graph_of(model(component(version("data", license="LicenseRef-House AND MIT"))))
    (text,) = [one for one in graph if one["type"] == "simplelicensing_SimpleLicensingText"]
    assert "not held in the registry" in text["simplelicensing_licenseText"]
    (expression,) = related(graph, "hasDeclaredLicense", "data@1")
    (entry,) = expression["simplelicensing_customIdToUri"]
    assert (entry["key"], entry["value"]) == ("LicenseRef-House", text["spdxId"])


def test_dates_are_no_more_exact_than_their_comment_says() -> None:
    said = Description(collected=Period("2021", "2021-02"), published="2022")
    graph = graph_of(model(component(described_in_words(version("data"), said))))
    dataset = next(one for one in graph if one.get("name") == "data@1")
    assert dataset["builtTime"] == "2021-02-28T00:00:00Z"
    assert dataset["releaseTime"] == "2022-12-31T00:00:00Z"
    assert "end of the stated period of collection, 2021-02" in dataset["comment"]
    assert "the end of what is stated as its publication, 2022" in dataset["comment"]


# --- cards -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "spelled", "expected"),
    [
        ("MIT", "MIT", {"license": "mit"}),
        ("ODC-By-1.0", None, {"license": "odc-by"}),
        (
            "PSF-2.0",
            None,
            {
                "license": "other",
                "license_name": "PSF-2.0",
                "license_link": "https://spdx.org/licenses/PSF-2.0.html",
            },
        ),
        ("MIT OR Apache-2.0", None, {"license": "other", "license_name": "MIT OR Apache-2.0"}),
        ("NOASSERTION", "ask first", {"license": "other", "license_name": "ask first"}),
        (None, None, {}),
    ],
)
def test_a_card_names_a_license_as_the_hub_does(
    expression: str | None, spelled: str | None, expected: dict[str, str]
) -> None:
    of = replace(version("data"), license=LicenseFacts(expression, spelled, None))
    front = validators.card(dataset_twin("card", component(of), None), DatasetCard)
    assert {key: value for key, value in front.items() if key.startswith("license")} == expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (0, "n<1K"),
        (999, "n<1K"),
        (1_000, "1K<n<10K"),
        (123_456, "100K<n<1M"),
        (10**9, "1B<n<10B"),
        (10**12, "n>1T"),
    ],
)
def test_a_card_has_the_size_categories_of_the_hub(records: int, expected: str) -> None:
    content = dataset_twin("card", component(version("data", size=(records, 1, 1))), None)
    assert validators.card(content, DatasetCard)["size_categories"] == [expected]


def test_a_card_has_its_sources_languages_and_gaps() -> None:
    of = replace(
        version(
            "data",
            title="no: [a title]",
            languages={"pt-BR": (5, 500, 3000), "zxx": (5, 500, 3000)},
            derived_from=("https://huggingface.co/datasets/acme/old", "https://x.example/y", "here@1"),
        )
    )
    content = dataset_twin("card", component(of), None)
    front = validators.card(content, DatasetCard)
    assert front["pretty_name"] == "no: [a title]"
    assert front["language"] == ["pt"]
    assert front["source_datasets"] == ["acme/old", "https://x.example/y"]
    text = content.decode()
    assert "here@1" in text
    assert "- Not known: no license is stated." in text


def test_original_data_says_so() -> None:
    content = dataset_twin("card", component(replace(version("data"), is_original=True)), None)
    assert validators.card(content, DatasetCard)["source_datasets"] == ["original"]


# --- addresses -------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=30))
def test_every_address_can_stand_in_a_twin_or_is_left_out(text: str) -> None:
    for address in (f"https://host.example/{text}", f"http://{text}", f"http://0[{text}"):
        found = uri(address)
        if found is not None:
            assert uri(found) == found
            bom_of(model(component(version("data", url=address)), url=address))


def test_two_withheld_lines_of_one_size_are_both_trained_on() -> None:
    """Their names are equal; what tells them apart is what each is."""
    hidden = [version(name, visibility=Visibility.PRIVATE) for name in ("one", "two")]
    facts = model(component(hidden[0], epochs=1), component(hidden[1], epochs=3))
    graph = graph_of(facts)
    packages = {one["spdxId"] for one in graph if one["type"] == "dataset_DatasetPackage"}
    trained = [one for one in graph if one.get("relationshipType") == "trainedOn"]
    assert len(packages) == 2
    assert {target for one in trained for target in one["to"]} == packages
    assert len({one.get("comment") for one in trained}) == len(trained) == len(packages)
