"""credits.csv: every record with its title, link, author, profile and license; nothing that is not public."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command

DECLARED = """
datasets:
  - name: posts
    version: "1"
    source: posts.jsonl
    visibility: {visibility}
    fields: {{text: [title, body], id: id, title: title, creator: author, license: license}}
    links:
      record: "https://forum.example/q/{{id}}"
      creator: "https://forum.example/users/{{creator:number}}"
models:
  - name: m
    version: "1"
    training: [{{stage: pretraining, mixture: [{{dataset: posts}}]}}]
"""
POSTS: list[dict[str, Any]] = [
    {"id": "1", "title": "=How?", "body": "one", "author": "14", "license": "CC BY-SA 3.0"},
    {"id": "2/3", "title": "mail a@b.example", "body": "two", "author": "user15", "license": "CC BY-SA 4.0"},
    {"id": "4", "title": "free", "body": "three", "author": "16", "license": "CC0-1.0"},
    {"id": "5", "title": "nobody", "body": "four", "license": "CC BY-SA 4.0"},
]


def credited(folder: Path, visibility: str = "public", *options: str) -> list[dict[str, str]] | None:
    (folder / "posts.jsonl").write_text("\n".join(map(json.dumps, POSTS)), encoding="utf-8")
    (folder / "registry.yaml").write_text(DECLARED.format(visibility=visibility), encoding="utf-8")
    registry = Command(folder / "home")
    registry("apply", folder / "registry.yaml")
    registry("attribute", "m", "--out", folder / "out", *options)
    file = folder / "out" / "credits.csv"
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8")))) if file.exists() else None


def test_each_work_is_credited_under_its_own_license(tmp_path: Path) -> None:
    works = credited(tmp_path)
    assert works is not None
    assert [(one["record"], one["license"]) for one in works] == [
        ("1", "CC-BY-SA-3.0"),
        ("2/3", "CC-BY-SA-4.0"),
        ("5", "CC-BY-SA-4.0"),
    ]
    first, second, third = works
    assert first["title"] == "'=How?"  # a spreadsheet computes nothing
    assert (first["url"], first["author_url"]) == (
        "https://forum.example/q/1",
        "https://forum.example/users/14",
    )
    assert (second["url"], second["author"], second["author_url"]) == (
        "https://forum.example/q/2%2F3",
        "user15",
        "",
    )
    assert "a@b.example" not in second["title"]
    assert (third["author"], third["holder"]) == ("", "unidentified")
    assert "credits.csv" in (tmp_path / "out" / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    assert "credits.csv" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("visibility", ["described", "private"])
def test_works_of_what_is_not_named_are_not_listed(tmp_path: Path, visibility: str) -> None:
    assert credited(tmp_path, visibility) is None


def test_a_title_changes_no_words_and_no_version(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "one two", "body": "three"}), encoding="utf-8")
    registry = Command(tmp_path / "home")
    text = "datasets:\n  - {{name: a, version: '{0}', source: a.jsonl{1}}}\n"
    words = []
    for label, fields in (("1", ""), ("2", ", fields: {title: title}")):
        (tmp_path / "registry.yaml").write_text(text.format(label, fields), encoding="utf-8")
        registry("apply", tmp_path / "registry.yaml")
        found = registry("dataset", "show", f"a@{label}", "--format", "json").json
        words.append(found["words"] if "words" in found else found["size"]["words"])
    assert words == [3, 3]


def test_whoever_took_part_in_a_whole_dataset_is_in_the_manifest(tmp_path: Path) -> None:
    """Rights, 3: "for every rights holder and contributor"; the shipped text names profiles too."""
    (tmp_path / "posts.jsonl").write_text('{"text": "one two", "by": "1011"}\n')
    (tmp_path / "registry.yaml").write_text(
        """
agents: [{id: eva, type: person, name: Eva Editor, shown_as: name}]
datasets:
  - name: posts
    version: "1"
    source: posts.jsonl
    license: CC-BY-SA-4.0
    fields: {text: text, creator: by}
    links: {creator: "https://site.example/users/{creator:number}"}
    contributors: [{agent: eva, type: Editor}]
models:
  - {name: m, version: "1", training: [{stage: pretraining, mixture: [{dataset: posts@1}]}]}
"""
    )
    registry = Command(tmp_path / "home")
    registry("apply", tmp_path / "registry.yaml")
    registry("attribute", "m", "--out", tmp_path / "out")
    text = (tmp_path / "out" / "ATTRIBUTION.txt").read_text()
    assert "Eva Editor: Editor" in text
    assert "by 1011 (https://site.example/users/1011)" in text
    (source,) = json.loads((tmp_path / "out" / "attribution.json").read_text())["sources"]
    assert [(one["name"], one["type"]) for one in source["contributors"]] == [("Eva Editor", "Editor")]
    page = (tmp_path / "out" / "index.html").read_text()
    assert "Who took part in them" in page
    assert "Eva Editor" in page


def test_strict_refuses_a_license_of_which_nobody_knows_what_it_asks_for(tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text('{"text": "one two", "by": "Ann"}\n')
    registry = Command(tmp_path / "home")
    fields = ("--text-field", "text", "--creator-field", "by", "--language", "en")
    registry("ingest", tmp_path / "posts.jsonl", "--name", "posts", "--license", "LicenseRef-Foo", *fields)
    registry("train", "m", "--dataset", "posts", "--stage", "pretraining")
    told = registry("attribute", "m", "--strict", "--out", tmp_path / "out", code=3).stderr
    assert "what is asked for is not known of LicenseRef-Foo" in told
    assert not (tmp_path / "out").exists()
