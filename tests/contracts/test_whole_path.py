"""From files to documents, the same on both databases."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command

ROWS = [
    {"text": "The river keeps its own accounts of every bridge.", "by": "Ada Brook", "terms": "CC BY 4.0"},
    {"text": "No ledger says how long the willow leaned.", "by": "Jun Mori", "terms": "cc-by-sa-4.0"},
    {
        "text": "A heron audits the shallows at first light.",
        "by": ["Ada Brook", "Jun Mori"],
        "terms": "CC BY 4.0",
    },
    {"text": "Nobody signed for the fog.", "terms": "as agreed"},
]


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")


@pytest.fixture
def river(tmp_path: Path) -> Path:
    file = tmp_path / "river.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    return file


def build(registry: Command, river: Path, out: Path) -> dict[str, bytes]:
    """Ingest, train, draft both documents; returns every file written."""
    registry(
        *(
            "ingest",
            river,
            "--name",
            "river",
            "--origin",
            "public",
            "--title",
            "River notes",
            "--language",
            "en",
        ),
        *("--text-field", "text", "--creator-field", "by", "--license-field", "terms"),
    )
    registry(
        "ingest", river, "--name", "copy", "--origin", "user", "--text-field", "text", "--language", "en"
    )
    registry("train", "otter@1.0", "--dataset", "river:1.5", "--dataset", "copy", "--stage", "pretraining")
    registry("disclose", "otter", "--out", out / "disclosure")
    registry("attribute", "otter", "--out", out / "attribution")
    return {
        str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()
    }


def test_documents_are_the_same_bytes_on_either_database(
    registry_url: str, river: Path, tmp_path: Path
) -> None:
    plain = build(Command(tmp_path / "plain"), river, tmp_path / "a")
    given = build(Command(tmp_path / "given", registry_url), river, tmp_path / "b")
    assert plain == given
    assert len(plain) >= 9


def test_the_manifest_partitions_the_words_of_the_disclosure(
    registry_url: str, river: Path, tmp_path: Path
) -> None:
    files = build(Command(tmp_path / "home", registry_url), river, tmp_path / "out")
    disclosure = json.loads(files["disclosure/disclosure.json"])
    rows = [line.split(",") for line in files["attribution/attribution.csv"].decode().splitlines()[1:]]
    columns = "holder, contributor, dataset, version, license, records, words, weighted_words, share, basis"
    named = [dict(zip(columns.split(", "), row, strict=True)) for row in rows]
    assert sum(int(row["words"]) for row in named) == disclosure["totals"]["words"]
    assert sum(int(row["records"]) for row in named) == disclosure["totals"]["records"] == 8
    assert named[-1]["holder"] == "unidentified"
    assert {row["holder"] for row in named} == {"Ada Brook", "Jun Mori", "unidentified"}


def test_unmapped_spellings_of_licenses_stay_visible(registry_url: str, river: Path, tmp_path: Path) -> None:
    registry = Command(tmp_path / "home", registry_url)
    build(registry, river, tmp_path / "out")
    shown = registry("dataset", "show", "river", "--format", "json").json
    spelled = {(part["license"], part["spelled"]): part["records"] for part in shown["licenses"]}
    assert spelled == {
        ("CC-BY-4.0", "CC BY 4.0"): 2,
        ("CC-BY-SA-4.0", "cc-by-sa-4.0"): 1,
        ("NOASSERTION", "as agreed"): 1,
    }
    assert shown["contributors"] == {"count": 2, "unidentified_records": 1}
    assert any("as agreed" in gap["unknown"] for gap in shown["gaps"])


def test_training_on_it_again_changes_nothing_and_versions_stay_pinned(
    registry_url: str, river: Path, tmp_path: Path
) -> None:
    registry = Command(tmp_path / "home", registry_url)
    build(registry, river, tmp_path / "out")
    before = registry("model", "show", "otter", "--format", "json").json
    again = ("train", "otter@1.0", "--dataset", "river:1.5", "--dataset", "copy", "--stage", "pretraining")
    assert "Unchanged" in registry(*again).stderr
    river.write_text(river.read_text(encoding="utf-8") + '\n{"text": "One more line."}', encoding="utf-8")
    registry("ingest", river, "--name", "river", "--text-field", "text", "--language", "en")
    assert registry("model", "show", "otter", "--format", "json").json == before
    assert [part["version"] for part in before["mixture"]] == ["1", "1"]
    words = [part["words"] for part in before["mixture"]]
    assert Fraction(before["totals"]["words_seen"]) == Fraction(3, 2) * words[0] + words[1]


def test_users_data_keeps_counts_only(tmp_path: Path, river: Path) -> None:
    registry = Command(tmp_path / "home")
    registry("ingest", river, "--name", "chats", "--origin", "user", "--language", "en")
    shown = registry("dataset", "show", "chats", "--format", "json").json
    assert (shown["visibility"], shown["fingerprint"]["mode"]) == ("described", "counts")
    files = [path.name for path in (tmp_path / "home" / "fingerprints").rglob("*") if path.is_file()]
    assert files == ["manifest.json"]
    found = registry("query", "SELECT dataset, records FROM public_dataset_version", "--format", "json")
    assert "chats" not in found.stdout
    assert found.json[0]["records"] == 4


ORIGINS = ("public", "licensed", "third-party", "crawled", "user", "synthetic", "other")
LITTLE = """
datasets:
{datasets}
  - {{name: tape, version: "1", source: null, origin: public, measured: {{modality: audio, records: 7}}}}
models:
  - name: m
    version: "1"
    training:
      - stage: pretraining
        mixture: [{mixture}, {{dataset: tape}}]
"""
ALL = """
agents:
  - {{id: acme, type: organization, name: Acme, contact: "https://acme.example/contact"}}
provider:
  agent: acme
  authorised_representative: not applicable
  code_of_practice_signatory: no
  copyright_policy: "https://acme.example/policy"
  reservations: {{before_collection: asked, during_collection: asked, protocols: none, kept_up_to_date: so}}
  illegal_content_measures: searched
  rights_contact: {{url: "https://acme.example/rights", what_happens: read, answer_within_days: 3}}
  published_at: "https://acme.example/training-data/"
  updates_announced_at: "https://acme.example/news"
  labour: none
datasets:
{datasets}
  - name: tape
    version: "1"
    source: null
    origin: public
    measured: {{modality: audio, records: 7, words: 70, hours: 2}}
    {said}
models:
  - name: m
    version: "1"
    provider: acme
    url: "https://acme.example/m"
    base_models: none
    benchmarks: none
    placed_on_eu_market: 2026-03-01
    continues_to_learn: no
    intended_purpose: taking notes
    tokenizer: {{name: bpe, tokens_per_word: 1.4}}
    training:
      - stage: pretraining
        started: 2025-01
        mixture: [{mixture}, {{dataset: tape}}]
"""
SAID = """title: A title
    url: "https://data.example"
    license: MIT
    language: en
    content_types: [notes]
    characteristics: [people of Europe]
    processing: [cleaned]
    processing_purpose: so that nothing is read twice
    purpose: to take notes
    labels: none
    publisher: Acme
    personal_information: no
    aggregate_consumer_information: {answer: unknown, explanation: nobody looked}
    intellectual_property: {copyright: yes, trademark: no, patent: no}
    acquired: {purchased: no, licensed: yes}
    collected: {from: 2020-01, until: 2021-02}
    rights_holders: [{agent: acme}]
    engagements: none
    notice: "Copyright 2020 Acme. Permission is granted as the MIT License says"
    """
MADE_BY = """
    generated_by: none"""
OF_ORIGIN = {
    "crawled": """
    crawl:
      crawlers:
        - name: AcmeBot
          purpose: to collect
          behaviour: {captchas: stops, passwords: stops, paywalls: stops, robots_txt: obeys, other: none}
      from: 2020-01
      until: 2020-02
      site_types: [forums]
      geography: Europe""",
    "user": """
    user_data: {interactions: no, other_services: yes, services: [Acme Mail]}""",
    "synthetic": """
    generated_by: ["https://big.example/model"]""",
}
MIXTURE = ", ".join(f"{{dataset: {origin}-data}}" for origin in ORIGINS)


def drafted(home: Path, declarations: str) -> tuple[Any, Any]:
    """Both documents of a model, as JSON."""
    home.mkdir()
    rows = [
        {"text": f"some words of line {number}", "link": f"https://h{number}.example.org/x"}
        for number in range(9)
    ]
    (home / "d.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (home / "registry.yaml").write_text(declarations, encoding="utf-8")
    registry = Command(home / "home")
    registry("apply", home / "registry.yaml")
    registry("disclose", "m", "--out", home / "disclosure")
    registry("attribute", "m", "--out", home / "attribution")
    disclosure = json.loads((home / "disclosure/disclosure.json").read_text(encoding="utf-8"))
    return disclosure, json.loads((home / "attribution/attribution.json").read_text(encoding="utf-8"))


def test_what_the_gaps_name_closes_them_all(tmp_path: Path) -> None:
    """Of a model of which nothing is declared, every gap names keys; with these stated, none is left."""
    entry = '  - {{name: {0}-data, version: "1", source: d.jsonl, origin: {0}, fields: {{text: text}}}}'
    little = "\n".join(entry.format(origin) for origin in ORIGINS)
    before = drafted(tmp_path / "a", LITTLE.format(datasets=little, mixture=MIXTURE))
    gaps = [gap for document in before for gap in document["gaps"]]
    assert len(gaps) >= 35
    entry = (
        '  - name: {0}-data\n    version: "1"\n    source: d.jsonl\n    origin: {0}\n    visibility: public\n'
    )
    entry += "    fields: {{text: text, url: link}}\n    "
    more = {origin: OF_ORIGIN.get(origin, "") for origin in ORIGINS}
    made = {origin: MADE_BY if origin != "synthetic" else "" for origin in ORIGINS}
    stated = "\n".join(entry.format(origin) + SAID + made[origin] + more[origin] for origin in ORIGINS)
    everything = ALL.format(datasets=stated, mixture=MIXTURE, said=SAID + MADE_BY)
    after = drafted(tmp_path / "b", everything)
    assert [gap for document in after for gap in document["gaps"]] == []
    items = [document["california"] for document in (before[0], after[0])]
    gaps += [item for item in items[0].values() if item["closed_by"]]
    assert len(gaps) >= 46
    assert {key: item["closed_by"] for key, item in items[1].items() if item["closed_by"]} == {}
    keys = set(re.findall(r"[a-z_]+(?=:)", everything))
    named = {key for gap in gaps for key in _named_keys(gap["closed_by"])}
    assert {"placed_on_eu_market", "characteristics", "purpose", "hours"} <= named
    assert {"intended_purpose", "patent", "purchased", "labels", "processing_purpose", "started"} <= named
    assert named - keys - {"images", "creator", "rights_holder"} == set()


def _named_keys(closed_by: str) -> set[str]:
    """The keys of the file that a gap names; what stands in brackets is another way or a value."""
    told = re.findall(r"`([^`]+)`", re.sub(r"\([^()]*\)", "", closed_by))
    return {key.rpartition(".")[2] for key in told} - {"none", *ORIGINS}
