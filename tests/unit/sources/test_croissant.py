import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.dataset import FileRole
from registry.errors import SourceError
from registry.sources.croissant import BYTES, Croissant, parse_croissant
from registry.sources.interface import CardFact, ReadOptions
from registry.sources.open import open_source

CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "includes": "cr:includes",
}
SHA256 = "48a7c257f3c90b2a3e529ddd2cca8f4f1bd8e49ed244ef53927649504ac55354"
FULL: dict[str, Any] = {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    "conformsTo": "http://mlcommons.org/croissant/1.1",
    "name": "chat",
    "description": "<p>Talk &amp; more,\n<b>annotated</b>.</p>",
    "license": "https://spdx.org/licenses/MIT",
    "url": "https://example.org/chat",
    "creator": [
        {"@type": "sc:Person", "name": "Ada Roe", "email": "ada@example.org"},
        {"@type": "sc:Organization", "name": "Acme"},
    ],
    "publisher": {"@type": "sc:Organization", "name": "Acme Press"},
    "inLanguage": ["en", "pt_br"],
    "datePublished": "2024-05-01T00:00:00",
    "version": "1.0.0",
    "keywords": ["talk"],
    "isBasedOn": "https://example.org/older",
    "prov:wasDerivedFrom": [{"@id": "https://example.org/other"}],
    "rai:dataCollectionTimeframe": ["2020-01-01", "2021-06-30"],
    "rai:personalSensitiveInformation": ["First names.", "No addresses."],
    "usageInfo": "https://example.org/use",
    "distribution": [
        {
            "@type": "cr:FileObject",
            "@id": "chat.jsonl",
            "name": "chat.jsonl",
            "contentUrl": "data/chat.jsonl",
            "encodingFormat": "application/jsonlines",
            "sha256": SHA256,
        }
    ],
}
DECLARED = {
    "title": ["chat"],
    "summary": ["Talk & more, annotated ."],
    "license": ["https://spdx.org/licenses/MIT"],
    "url": ["https://example.org/chat"],
    "publisher": ["Acme Press"],
    "creators": ["Ada Roe", "Acme"],
    "language": ["en", "pt-BR"],
    "published": ["2024-05-01"],
    "version": ["1.0.0"],
    "derived_from": ["https://example.org/older", "https://example.org/other"],
    "collected": ["2020-01-01/2021-06-30"],
    "personal_information": ["First names. No addresses."],
    "usage_info": ["https://example.org/use"],
}


def read(document: object, *, named: bool = True) -> Croissant:
    found = parse_croissant(json.dumps(document).encode(), "croissant.json", named=named)
    assert found is not None
    return found


def by_property(found: Croissant) -> dict[str, list[str]]:
    declared: dict[str, list[str]] = {}
    for fact in found.facts:
        declared.setdefault(fact.property, []).append(fact.value)
    return declared


def said(**properties: object) -> dict[str, list[str]]:
    """What a file with these properties declares, by property."""
    return by_property(read({"@context": CONTEXT, "@type": "sc:Dataset", **properties}))


def refused(**properties: object) -> tuple[str, ...]:
    return read({"@context": CONTEXT, "@type": "sc:Dataset", **properties}).warnings


def test_every_property_is_read() -> None:
    found = read(FULL)
    assert by_property(found) == DECLARED
    assert found.warnings == ()


def test_every_fact_says_where_it_stands_by_the_key_as_it_is_written() -> None:
    facts = {fact.property: fact for fact in read(FULL).facts}
    assert facts["license"] == CardFact(
        "license", "https://spdx.org/licenses/MIT", "croissant", "croissant.json: license"
    )
    assert facts["personal_information"].place == "croissant.json: rai:personalSensitiveInformation"


def prefixed(document: dict[str, Any]) -> dict[str, Any]:
    """The same with schema.org's terms written as `schema:name`."""
    terms = {key: f"schema:{key}" for key in document if key.isalpha() and key != "conformsTo"}
    context = {key: value for key, value in CONTEXT.items() if key not in {"@vocab", "sc"}}
    context |= {"schema": "http://schema.org/", "@vocab": "http://example.org/own/"}
    renamed = {terms.get(key, key): value for key, value in document.items()}
    creators = [{"schema:name": creator["name"]} for creator in document["creator"]]
    return renamed | {
        "@context": context,
        "@type": "schema:Dataset",
        "schema:creator": creators,
        "schema:publisher": {"schema:name": "Acme Press"},
    }


def of_terms(document: dict[str, Any]) -> dict[str, Any]:
    """The same with terms that the context of the file defines."""
    own = {"ownName": {"@id": "sc:name"}, "lawful": "https://schema.org/license"}
    renamed = {
        {"name": "ownName", "license": "lawful"}.get(key, key): value for key, value in document.items()
    }
    return renamed | {"@context": [{"sc": "https://schema.org/"}, CONTEXT | own]}


def expanded(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The same in expanded form: full addresses, lists, value objects."""

    def iri(key: str) -> str:
        prefix, colon, rest = key.rpartition(":")
        known = {"conformsTo": "http://purl.org/dc/terms/conformsTo"}
        return known.get(key, f"{CONTEXT[prefix] if colon else 'https://schema.org/'}{rest}")

    def value(each: object) -> object:
        if isinstance(each, dict):
            return node(each)
        return {"@value": each}

    def node(each: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, inner in each.items():
            if key == "@type":
                found[key] = [iri(inner)]
            elif key == "@id":
                found[key] = inner
            elif key != "@context":
                found[iri(key)] = [value(one) for one in (inner if isinstance(inner, list) else [inner])]
        return found

    return [node(document)]


def in_graph(document: dict[str, Any]) -> dict[str, Any]:
    """The same as a graph whose nodes refer to each other."""
    creators = [{"@id": f"_:b{number}", **creator} for number, creator in enumerate(document["creator"])]
    dataset = {key: value for key, value in document.items() if key != "@context"}
    dataset["creator"] = {"@list": [{"@id": each["@id"]} for each in creators]}
    return {"@context": CONTEXT, "@graph": [*creators, dataset]}


@pytest.mark.parametrize("written", [prefixed, of_terms, expanded, in_graph])
def test_it_does_not_matter_how_the_keys_are_written(written: Callable[[dict[str, Any]], object]) -> None:
    document = json.loads(json.dumps(FULL))
    found = read(written(document), named=False)
    assert by_property(found) == DECLARED
    assert found.warnings == ()
    assert found.describes("chat.jsonl")
    assert not found.describes("other.jsonl")


def test_what_the_reference_implementation_accepts_is_read(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library's own dependencies say when they are imported
        import mlcroissant
    path = tmp_path / "croissant.json"
    of_library = {key.replace("Timeframe", "TimeFrame"): value for key, value in FULL.items()}  # its spelling
    path.write_text(json.dumps(of_library))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        metadata = mlcroissant.Dataset(jsonld=path).metadata
        again = metadata.to_json()
    facts = by_property(read(of_library))
    assert facts == DECLARED
    assert facts["title"] == [metadata.name]
    assert facts["license"] == metadata.license
    assert facts["url"] == [metadata.url]
    assert facts["creators"] == [creator.name for creator in metadata.creators]
    assert facts["publisher"] == [publisher.name for publisher in metadata.publisher]
    first, last = metadata.data_collection_timeframe
    assert facts["collected"] == [f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"]
    assert facts["personal_information"] == [" ".join(metadata.personal_sensitive_information)]
    written = by_property(read(json.loads(json.dumps(again, default=str))))
    kept = {
        "title",
        "license",
        "url",
        "publisher",
        "creators",
        "language",
        "published",
        "collected",
        "summary",
    }
    assert {key: written[key] for key in kept} == {key: facts[key] for key in kept}


def test_licenses_may_be_texts_addresses_or_works() -> None:
    work = {"@type": "sc:CreativeWork", "name": "Own terms", "url": "https://example.org/terms"}
    assert said(license=[work, {"@id": "https://spdx.org/licenses/MIT"}, {"name": "Terms"}]) == {
        "license": ["https://example.org/terms, https://spdx.org/licenses/MIT, Terms"]
    }


def test_of_several_languages_the_english_text_is_taken() -> None:
    tagged = [{"@language": "de", "@value": "Gespräche"}, {"@language": "en-GB", "@value": "Talks"}]
    assert said(name={"fr": "Dialogues", "en": "Talk"}, description=tagged) == {
        "title": ["Talk"],
        "summary": ["Talks"],
    }
    assert said(name={"fr": ["Dialogues"]}) == {"title": ["Dialogues"]}


def test_languages_may_be_objects() -> None:
    assert said(inLanguage=[{"@type": "Language", "name": "Portuguese", "alternateName": "pt"}, "de"]) == {
        "language": ["pt", "de"]
    }


def test_a_summary_is_500_characters_at_most() -> None:
    [summary] = said(description="word <i>more</i> " * 1000)["summary"]
    assert 480 < len(summary) <= 500
    assert summary.endswith(" …")


def test_the_only_creator_is_taken_for_the_publisher_where_none_is_named() -> None:
    creator = {"@type": "Organization", "name": "Acme"}
    assert said(creator=creator) == {"creators": ["Acme"], "publisher": ["Acme"]}
    assert said(creator=[creator, {"name": "Ada"}]) == {"creators": ["Acme", "Ada"]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020", ["2020/2020"]),
        ("2020-03/2021-04", ["2020-03/2021-04"]),
        (["2021-06-30T12:00:00Z", "2020-01"], ["2020-01/2021-06-30"]),
        ("from spring to autumn", None),
        (["2020-01-01", "2020-13-01"], None),
    ],
)
def test_when_data_was_collected_is_two_dates(value: object, expected: list[str] | None) -> None:
    properties: dict[str, object] = {"rai:dataCollectionTimeframe": value}
    assert said(**properties).get("collected") == expected
    sentence = "croissant.json: rai:dataCollectionTimeframe holds no dates, not used"
    assert refused(**properties) == (() if expected else (sentence,))


@pytest.mark.parametrize(
    ("properties", "what"),
    [
        ({"license": 5}, "license holds a number"),
        ({"license": {"a": 1}}, "license holds an object"),
        ({"name": True}, "name holds true or false"),
        ({"name": {"@value": 3}}, "name holds a number"),
        ({"name": {"a": 1}}, "name holds an object"),
        ({"url": "chat"}, "url holds no web address"),
        ({"isBasedOn": ["#here"]}, "isBasedOn holds no web address"),
        ({"creator": [{"email": "a@example.org"}]}, "creator holds an object"),
        ({"creator": "a@example.org"}, "creator holds only an e-mail address"),
        ({"datePublished": "soon"}, "datePublished holds no date"),
        ({"inLanguage": "all of them"}, "inLanguage holds no language tag"),
    ],
)
def test_wrong_values_are_not_used_and_named(properties: dict[str, object], what: str) -> None:
    assert said(**properties) == {}
    assert refused(**properties) == (f"croissant.json: {what}, not used",)


def test_control_characters_and_e_mail_addresses_go() -> None:
    found = said(name="a\u0007\u202eb\ud800\nc", creator={"name": "Ada <ada@example.org>"})
    assert found == {"title": ["ab\ufffd c"], "creators": ["Ada"], "publisher": ["Ada"]}


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"{", "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"[" * 100_000, "is no JSON"),
        (b"1" * 5000, "is no JSON"),
        (b"[1, 2]", "is no Croissant metadata"),
        (b'{"name": "x"}', "is no Croissant metadata"),
        (b" " * (BYTES + 1), "is larger than 16 MiB"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_warning_where_its_name_says_croissant(
    data: bytes, what: str
) -> None:
    assert parse_croissant(data, "croissant.json") == Croissant(
        warnings=(f"croissant.json: {what}, not used",)
    )
    assert parse_croissant(data, "metadata.json", named=False) is None


def test_without_the_name_the_content_decides() -> None:
    plain = {"@context": "https://schema.org", "@type": "Dataset", "name": "croissants"}
    assert parse_croissant(json.dumps(plain).encode(), "metadata.json", named=False) is None
    by_context = {"@context": CONTEXT, "@type": "sc:Dataset", "name": "x"}
    assert by_property(read(by_context, named=False)) == {"title": ["x"]}
    by_version = {"dct:conformsTo": {"@id": "http://mlcommons.org/croissant/1.0"}, "name": "x"}
    assert by_property(read(by_version, named=False)) == {"title": ["x"]}


KEYS = st.sampled_from(
    ["@context", "@graph", "@id", "@type", "@value", "@language", *FULL, "includes", "sc:name"]
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["sc:Dataset", "_:a"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(), inner, max_size=6),
    max_leaves=40,
)


@given(JSON)
def test_any_json_is_read_without_an_error(document: object) -> None:
    data = json.dumps(document).encode("utf-8", "surrogatepass")
    parse_croissant(data, "croissant.json")
    parse_croissant(data + b" croissant", "metadata.json", named=False)


@given(st.dictionaries(KEYS, JSON))
def test_any_values_of_the_properties_are_read_or_named(values: dict[str, object]) -> None:
    found = read({**values, "@context": CONTEXT, "@type": "sc:Dataset"})
    for fact in found.facts:
        assert 0 < len(fact.value) <= 2000
        assert "\n" not in fact.value
        fact.value.encode()
    found.describes("chat.jsonl")


# --- beside the data -------------------------------------------------------------------------------------


def write(path: Path, document: object = FULL, **changes: object) -> None:
    changed = {**document, **changes} if isinstance(document, dict) else document
    path.write_text(json.dumps(changed), encoding="utf-8")


def places(specs: list[Path]) -> list[str]:
    """Where the titles stand that are declared beside the data."""
    card = open_source([str(spec) for spec in specs], ReadOptions()).card
    return [fact.place for fact in card.facts if fact.property == "title"] if card else []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("chat.jsonl", "other.jsonl"):
        (tmp_path / name).write_text('{"a": 1}\n')
    return tmp_path


@pytest.mark.parametrize("name", ["croissant.json", "chat.croissant.json", "metadata.json", "chat.jsonld"])
def test_a_croissant_file_in_a_folder_declares_and_holds_no_records(folder: Path, name: str) -> None:
    write(folder / name)
    source = open_source([str(folder)], ReadOptions())
    assert {file.path: file.role for file in source.files}[name] is FileRole.METADATA
    assert places([folder]) == [f"{name}: name"]
    assert sum(batch.leaves().records for batch in source.batches()) == 2
    assert source.warnings == []


def test_other_files_of_those_names_stay_what_they_are(folder: Path) -> None:
    (folder / "metadata.json").write_text('[{"a": 1}]')
    (folder / "x.jsonld").write_text('{"@context": "https://schema.org"}')
    source = open_source([str(folder)], ReadOptions())
    roles = {file.path: file.role for file in source.files}
    assert (roles["metadata.json"], roles["x.jsonld"]) == (FileRole.DATA, FileRole.OTHER)
    assert source.card is None
    assert source.warnings == ["not read, of no known data format: x.jsonld"]


def test_a_folder_of_nothing_but_a_croissant_file_holds_no_data(tmp_path: Path) -> None:
    write(tmp_path / "metadata.json")
    with pytest.raises(SourceError, match="holds no data files"):
        open_source([str(tmp_path)], ReadOptions())


def test_the_readme_comes_first_then_croissant_files_by_path(folder: Path) -> None:
    write(folder / "b.croissant.json")
    write(folder / "a.croissant.json")
    (folder / "README.md").write_text("---\npretty_name: T\n---\n")
    expected = ["README.md: pretty_name", "a.croissant.json: name", "b.croissant.json: name"]
    assert places([folder]) == expected
    assert places([folder / "chat.jsonl"]) == expected


def test_beside_a_file_a_croissant_file_counts_that_names_it_or_none(folder: Path) -> None:
    write(folder / "croissant.json")
    assert places([folder / "chat.jsonl"]) == ["croissant.json: name"]
    assert places([folder / "other.jsonl"]) == []
    assert places([folder / "chat.jsonl", folder / "other.jsonl"]) == []
    other = open_source([str(folder / "other.jsonl")], ReadOptions())
    assert other.warnings == ["not used, of other files than those named: croissant.json"]
    write(folder / "croissant.json", distribution=[])
    assert places([folder / "other.jsonl"]) == ["croissant.json: name"]


@pytest.mark.parametrize(
    "distribution",
    [
        {"contentUrl": "https://example.org/a/chat.jsonl?download=1#x"},
        {"@id": "data/chat.jsonl"},
        {"@type": "cr:FileSet", "includes": ["train/*.csv", "data/*.jsonl"]},
        {"@type": "cr:FileSet", "includes": "['data/chat*.jsonl']"},
        [{"@id": "repo", "contentUrl": "https://example.org/repo/"}, {"name": "chat.jsonl"}],
    ],
)
def test_a_file_is_named_by_its_address_its_id_its_name_or_a_pattern(
    folder: Path, distribution: object
) -> None:
    write(folder / "croissant.json", distribution=distribution)
    assert places([folder / "chat.jsonl"]) == ["croissant.json: name"]


def test_a_card_beside_a_file_is_no_file_of_the_source(folder: Path) -> None:
    write(folder / "metadata.json")
    (folder / "README.md").write_text("---\nlicense: mit\n---\n")
    source = open_source([str(folder / "chat.jsonl")], ReadOptions())
    assert [file.path for file in source.files] == ["chat.jsonl"]
    assert source.card is not None
    assert {fact.kind for fact in source.card.facts} == {"card", "croissant"}


def test_files_that_a_pattern_matches_are_told_apart_and_a_file_that_is_named_is_read(folder: Path) -> None:
    write(folder / "metadata.json", distribution=[])
    matched = open_source([f"{folder}/*"], ReadOptions())
    assert sum(batch.leaves().records for batch in matched.batches()) == 2
    assert places([folder / "*"]) == ["metadata.json: name"]
    named = open_source([str(folder / "metadata.json")], ReadOptions())
    assert sum(batch.leaves().records for batch in named.batches()) == 1
    assert named.card is None


def test_a_damaged_file_is_a_warning_and_the_data_is_read(folder: Path) -> None:
    (folder / "croissant.json").write_text("{")
    for spec in (folder, folder / "chat.jsonl"):
        source = open_source([str(spec)], ReadOptions())
        assert source.card is None
        assert source.warnings == ["croissant.json: is no JSON, not used"]


@pytest.mark.parametrize(("version", "expected"), [("1.2.0", "1.2.0"), (2, "2"), (1.5, "1.5")])
def test_a_version_may_be_a_number(version: object, expected: str) -> None:
    assert said(version=version) == {"version": [expected]}


def test_lineage_may_be_told_by_the_labels_of_prov() -> None:
    parents = [
        {"@id": "https://example.org/other"},
        {"@type": "prov:Entity", "prov:label": "older@1"},
        {"@type": "prov:Entity", "prov:label": "withheld"},
    ]
    found = said(**{"prov:wasDerivedFrom": parents})
    assert found == {"derived_from": ["https://example.org/other", "older@1"]}


def activity(label: str, agent: str, kind: str = "prov:SoftwareAgent") -> dict[str, object]:
    agents = {"@type": kind, "prov:label": agent}
    return {"@type": "prov:Activity", "prov:label": label, "prov:wasAssociatedWith": agents}


def test_programs_that_generated_the_data_are_read_and_crawlers_are_none_of_them() -> None:
    activities = [
        activity("Generation by teacher@2", "teacher@2"),
        activity("Generation by somebody", "Ada", "prov:Person"),
        activity("Crawl by AcmeBot", "AcmeBot"),
        "a text",
    ]
    assert said(**{"prov:wasGeneratedBy": activities}) == {"generated_by": ["teacher@2"]}


def test_what_is_said_for_responsible_use_is_read() -> None:
    found = said(**{"rai:dataUseCases": "practice", "rai:dataPreprocessingProtocol": ["a", "b"]})
    assert found == {"purpose": ["practice"], "processing": ["a", "b"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-01/..", "2021-01/ongoing"),
        ("2021-01/", "2021-01/"),
        ("/2021-02", "/2021-02"),
        ("2021-01/2021-02", "2021-01/2021-02"),
    ],
)
def test_an_interval_with_one_known_end_stays_one(text: str, expected: str) -> None:
    assert said(**{"rai:dataCollectionTimeframe": text}) == {"collected": [expected]}


@pytest.mark.parametrize("text", ["/", "..", "soon/..", "2021-01/later"])
def test_an_interval_without_a_date_is_refused(text: str) -> None:
    assert refused(**{"rai:dataCollectionTimeframe": text}) == (
        "croissant.json: rai:dataCollectionTimeframe holds no dates, not used",
    )
