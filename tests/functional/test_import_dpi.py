"""Loading the Data Provenance Collection: a small copy with every kind of dirt, and the real one."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command


def entry(key: str, **more: Any) -> dict[str, Any]:
    return {
        "Unique Dataset Identifier": key,
        "Dataset Name": key.title(),
        "Dataset URL": f"https://huggingface.co/datasets/acme/{key}",
        "Hugging Face URL": "",
        "GitHub URL": "",
        "Languages": ["English"],
        "Task Categories": ["Question Answering"],
        "Text Sources": ["wikipedia.org"],
        "Model Generated": [],
        "Format": ["Zero-shot"],
        "Human Annotation": "Yes",
        "Derived from Datasets": [],
        "Creators": ["Acme Institute"],
        "Licenses": [{"License": "MIT License", "License URL": "https://example.org/license"}],
        "License Verified By": "Vera Verifier",
        "Inferred Metadata": {"HF Yaml License": "MIT License", "HF Date": "2024-02-22"},
    } | more


def licensed(*names: str) -> list[dict[str, str | None]]:
    return [{"License": name, "License URL": None} for name in names]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    folder = tmp_path / "collection" / "data_summaries"
    folder.mkdir(parents=True)
    files = {
        "First.json": [
            entry("base", Licenses=licensed("CC BY-NC 4.0")),
            entry(
                "made from it",
                **{
                    "Derived from Datasets": ["Base", "SNLI", "huggingface.co/datasets/x/y"],
                    "Licenses": licensed("Apache License 2.0"),
                },
            ),
            entry("loop", **{"Derived from Datasets": ["LOOP"], "Licenses": licensed("Unspecified")}),
        ],
        "Second.json": [
            entry("base", **{"Dataset Name": "Base again"}),
            entry(
                "mixed",
                Licenses=licensed("MIT License", "CC BY-NC 4.0", "Unspecified", "No License"),
                **{"License Verified By": "", "Languages": ["English", "German"]},
            ),
        ],
        "_template.json": [entry("template")],
    }
    for name, entries in files.items():
        content = {one["Unique Dataset Identifier"]: one for one in entries}
        (folder / name).write_text(json.dumps(content), "utf-8")
    return folder.parent


@pytest.fixture
def registry(registry_url: str, tmp_path: Path) -> Command:
    return Command(tmp_path / "home", registry_url)


def test_every_entry_becomes_a_dataset_with_its_statements(registry: Command, collection: Path) -> None:
    found = registry("import", "dpi", collection, "--format", "json").json
    assert (found["files"], found["entries"], found["created"]) == (2, 5, 4)
    assert found["doubled"] == ["base (in First.json and Second.json)"]
    assert found["loops"] == ["loop"]
    assert (found["resolved"], found["dangling"]) == (1, 2)
    shown = registry("dataset", "show", "dpi/base", "--format", "json").json
    assert shown["title"] == "Base"
    assert shown["basis"] == "declared"
    assert shown["words"] is None
    assert (shown["license"]["declared"], shown["license"]["concluded"]) == ("MIT", "CC-BY-NC-4.0")
    assert shown["contributors"]["count"] == 1
    by_property = {one["property"]: one for one in shown["evidence"]}
    assert by_property["license"]["location"] == "First.json: base: Inferred Metadata: HF Yaml License"
    assert by_property["license"]["asserted_by"] == "publisher"
    assert by_property["license concluded"]["asserted_by"] == "reviewer"
    assert shown["description"]["published"] == "2024-02-22"


def test_lineage_is_resolved_by_name_and_what_is_elsewhere_stays(registry: Command, collection: Path) -> None:
    registry("import", "dpi", collection)
    shown = registry("dataset", "show", "dpi/made-from-it", "--format", "json").json
    assert shown["derived_from"] == ["SNLI", "dpi/base@1", "https://huggingface.co/datasets/x/y"]
    assert shown["license"]["effective"] == "Apache-2.0 AND CC-BY-NC-4.0"
    assert shown["license"]["incomplete"] == ["SNLI", "https://huggingface.co/datasets/x/y"]
    loop = registry("dataset", "show", "dpi/loop", "--format", "json").json
    assert loop["derived_from"] == []
    assert {one["property"] for one in loop["contradictions"]} == {"derived_from", "license"}
    assert loop["license"]["declared"] == "MIT"


def test_several_licenses_hold_at_once_and_none_is_lost(registry: Command, collection: Path) -> None:
    registry("import", "dpi", collection)
    found = registry("dataset", "show", "dpi/mixed", "--format", "json").json
    assert found["license"]["concluded"] == (
        "MIT AND CC-BY-NC-4.0 AND LicenseRef-Unstated AND LicenseRef-DPI-No-License"
    )
    assert found["license"]["effective_obligations"]["non_commercial"] == "yes"
    assert found["license"]["effective_obligations"]["share_alike"] == "unknown"


def test_the_same_again_changes_nothing_and_a_change_supersedes(registry: Command, collection: Path) -> None:
    registry("import", "dpi", collection)
    again = registry("import", "dpi", collection, "--format", "json").json
    assert (again["created"], again["changed"], again["kept"]) == (0, 0, 4)
    file = collection / "data_summaries" / "First.json"
    content = json.loads(file.read_text("utf-8"))
    content["base"]["Licenses"] = licensed("CC BY 4.0")
    content["made from it"]["Derived from Datasets"] = ["SNLI"]
    file.write_text(json.dumps(content), "utf-8")
    changed = registry("import", "dpi", collection, "--format", "json").json
    assert (changed["created"], changed["changed"]) == (0, 2)
    assert (
        registry("dataset", "show", "dpi/base", "--format", "json").json["license"]["concluded"]
        == "CC-BY-4.0"
    )
    assert registry("dataset", "show", "dpi/made-from-it", "--format", "json").json["derived_from"] == [
        "SNLI"
    ]
    assert registry("import", "dpi", collection, "--format", "json").json["changed"] == 0


def test_its_conflicts(registry: Command, collection: Path) -> None:
    registry("import", "dpi", collection)
    document = registry("license", "conflicts", "--format", "json", code=1).json
    found = {(one["kind"], *one["datasets"]) for one in document["conflicts"]}
    assert ("inversion", "dpi/made-from-it@1", "dpi/base@1") in found
    assert ("tag", "dpi/base@1") in found
    assert ("partial-tag", "dpi/mixed@1") in found
    assert document["lineage"]["self_loops"] == ["dpi/loop@1"]
    assert document["lineage"]["dangling"]["count"] == 2
    only = registry("license", "conflicts", "--kind", "inversion", "--format", "json", code=1).json
    assert only["counts"] == {"inversion": 1}
    printed = registry("license", "conflicts", code=1).stdout
    assert "lead to what is not here" in printed
    assert "said to be made from themselves: dpi/loop@1" in printed
    refused = registry("license", "conflicts", "--kind", "nonsense", code=2)
    assert "possible-inversion" in refused.stderr


def test_tags_are_counted_by_host(registry: Command, collection: Path) -> None:
    tags = {"one": "GitHub License", "two": "PwC License Name", "three": "HF Config License"}
    file = collection / "data_summaries" / "First.json"
    content = {
        name: entry(name, Licenses=licensed("CC BY 4.0"), **{"Inferred Metadata": {field: "MIT"}})
        for name, field in tags.items()
    } | {"none": entry("none", **{"Inferred Metadata": {}})}
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | content), "utf-8")
    registry("import", "dpi", collection)
    chosen = ("license", "conflicts", "--kind", "tag")
    document = registry(*chosen, "--format", "json", code=1).json
    assert {one["datasets"][0]: one["host"] for one in document["conflicts"]} == {
        "dpi/base@1": "Hugging Face",
        "dpi/made-from-it@1": "Hugging Face",
        "dpi/one@1": "GitHub",
        "dpi/two@1": "Papers with Code",
        "dpi/three@1": "Hugging Face",
    }
    counts = {"Hugging Face": 3, "GitHub": 1, "Papers with Code": 1}
    assert document["counts_by_host"] == {"tag": counts}
    printed = registry(*chosen, code=1).stdout
    assert re.search(r"dpi/one@1 +CC-BY-4.0 +GitHub\n", printed)
    assert all(re.search(rf"tag +{host} +{count}\n", printed) for host, count in counts.items())
    rows = registry(*chosen, "--format", "csv", code=1).stdout.splitlines()
    assert rows[0].endswith(",host")
    assert sorted(row.rpartition(",")[2] for row in rows[1:]) == sorted(
        ["GitHub", "Papers with Code", *["Hugging Face"] * 3]
    )


def test_the_name_of_who_verified_a_license_is_not_public(
    registry: Command, collection: Path, tmp_path: Path
) -> None:
    registry("import", "dpi", collection)
    registry("publish", "--out", tmp_path / "site")
    for file in (tmp_path / "site").rglob("*"):
        if file.is_file():
            assert b"Verifier" not in file.read_bytes(), file


def test_mistakes_are_told_before_anything_is_written(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "holds no summaries" in registry("import", "dpi", empty, code=3).stderr
    (empty / "a.json").write_text(json.dumps({"a": entry("a")}), "utf-8")
    (empty / "b.json").write_text("{", "utf-8")
    assert "b.json: cannot be read as JSON" in registry("import", "dpi", empty, code=3).stderr
    (empty / "b.json").write_text('{"b": []}', "utf-8")
    assert "the entry 'b' is no object" in registry("import", "dpi", empty, code=3).stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.lengthy
def test_the_real_collection(tmp_path: Path, shared_data: Path) -> None:
    """2,311 entries, one of them twice; 422 tags of Hugging Face that the audit did not find.

    And two more, of which the audit says "Custom" with an address that we can read as a license.
    """
    registry = Command(tmp_path / "home")
    found = registry("import", "dpi", shared_data / "dpi", "--format", "json").json
    assert (found["files"], found["entries"], found["created"]) == (108, 2311, 2310)
    assert found["doubled"] == ["pii-masking-200k (in PII-Masking-200k.json and PII-masking-200k.json)"]
    assert found["resolved"] + found["dangling"] + len(found["loops"]) == 1061
    assert len(found["loops"]) == 10
    document = registry("license", "conflicts", "--format", "json", code=1).json
    tags = [one for one in document["conflicts"] if one["kind"] == "tag"]
    assert document["counts_by_host"]["tag"] == {"Hugging Face": 424, "Papers with Code": 63, "GitHub": 34}
    hub = [one for one in tags if one["host"] == "Hugging Face"]
    read = {"O-UDA-1.0", "LicenseRef-Microsoft-Research-Data"}
    custom = [one for one in hub if "as 'Custom (" in one["evidence"][1] and read & set(one["licenses"])]
    assert (len(hub) - len(custom), len(custom)) == (422, 2)
    assert len(document["lineage"]["self_loops"]) == 10
    assert document["lineage"]["dangling"]["count"] == found["dangling"]
    again = registry("import", "dpi", shared_data / "dpi", "--format", "json").json
    assert (again["created"], again["changed"]) == (0, 0)
