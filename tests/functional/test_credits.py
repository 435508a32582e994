"""credits.csv: every record with its title, link, author, profile and license; nothing that is not public."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
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


def credited(
    folder: Path, visibility: str = "public", *options: str, more: Callable[[str], str] = str
) -> list[dict[str, str]] | None:
    (folder / "posts.jsonl").write_text("\n".join(map(json.dumps, POSTS)), encoding="utf-8")
    (folder / "registry.yaml").write_text(more(DECLARED.format(visibility=visibility)), encoding="utf-8")
    registry = Command(folder / "home")
    registry("apply", folder / "registry.yaml")
    registry("attribute", "m", "--out", folder / "out", *options)
    file = folder / "out" / "credits.csv"
    return rows(file) if file.exists() else None


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


@pytest.mark.parametrize(
    ("holders", "said"),
    [
        ("[{agent: acme}]", "Acme Press"),
        ("[{agent: acme, share: 1/2}]", "Acme Press; unidentified"),
        ("[{agent: acme, where: {id: '5'}}]", "not known"),
    ],
)
def test_what_names_nobody_is_of_the_declared_holders(tmp_path: Path, holders: str, said: str) -> None:
    agents = "agents: [{id: acme, name: Acme Press, type: organization}]\n"
    stated = f"    rights_holders: {holders}\n    links:"
    works = credited(tmp_path, more=lambda declared: agents + declared.replace("    links:", stated))
    assert works is not None
    assert [one["holder"] for one in works] == ["14", "user15", said]


@pytest.mark.parametrize("visibility", ["described", "private"])
def test_works_of_what_is_not_named_are_not_listed(tmp_path: Path, visibility: str) -> None:
    assert credited(tmp_path, visibility) is None


PARTS = """
datasets:
  - {name: posts, version: "1", source: [q.jsonl, a.jsonl], SAID}
  - {name: notes, version: "1", source: q.jsonl, SAID}
  - {name: secrets, version: "1", source: a.jsonl, visibility: described, SAID}
models:
  - name: base
    version: "1"
    base_models: none
    training:
      - stage: pretraining
        mixture:
          - {dataset: posts@1, selection: {where: {kind: q}}}
          - {dataset: notes@1, selection: {share: 0.5}}
          - {dataset: secrets@1}
  - name: chat
    version: "1"
    base_models: [base@1]
    training:
      - {stage: fine-tuning, mixture: [{dataset: posts@1, selection: {ids_file: ids.txt}}]}
  - name: hidden
    version: "1"
    visibility: private
    base_models: [base@1]
    training: [{stage: fine-tuning, mixture: [{dataset: posts@1}]}]
  - {name: grandchild, version: "1", base_models: [chat@1, hidden@1]}
"""
SAID = "license: CC-BY-4.0, language: en, fields: {text: text, id: id, title: title, creator: by}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of models that used parts of datasets, and of models made from them."""
    folder = tmp_path_factory.mktemp("parts")
    for kind, names in (("q", ("Ann", "Ben")), ("a", ("Cleo", "Ben"))):
        posts = [
            {"id": f"{kind}{n}", "kind": kind, "title": f"on {kind}{n}", "text": f"{kind} {n}", "by": name}
            for n, name in enumerate(names)
        ]
        (folder / f"{kind}.jsonl").write_text("".join(json.dumps(post) + "\n" for post in posts))
    (folder / "ids.txt").write_text("a0\nq1\n")
    (folder / "registry.yaml").write_text(PARTS.replace("SAID", SAID), encoding="utf-8")
    registry = Command(folder / "home")
    registry("apply", folder / "registry.yaml")
    registry("erase", "Ben", "--because", "asked", "--by", "Jane", "--yes")
    registry("publish", "--out", folder / "site")
    return folder / "site"


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))


def test_a_site_credits_the_records_of_the_part_that_was_used(site: Path) -> None:
    works = rows(site / "models/base/1/attribution/credits.csv")
    assert [(one["dataset"], one["record"], one["used"]) for one in works] == [
        ("posts", "q0", "yes"),
        ("posts", "q1", "yes"),
        ("notes", "q0", "not known"),
        ("notes", "q1", "not known"),
    ]
    assert [one["author"] for one in works[:2]] == ["Ann", "withheld"]  # Ben was erased
    said = "of notes@1 a part was used, and which records is not known: all are listed"
    assert said in (site / "models/base/1/attribution/index.html").read_text()
    assert (
        "a part was used, and which records"
        not in (site / "models/chat/1/attribution/index.html").read_text().split("inherited_credits.csv")[0]
    )
    own = rows(site / "models/chat/1/attribution/credits.csv")
    assert [(one["record"], one["used"]) for one in own] == [("a0", "yes"), ("q1", "yes")]


def test_what_base_models_brought_along_is_credited_once_with_the_way_to_them(site: Path) -> None:
    works = rows(site / "models/grandchild/1/attribution/inherited_credits.csv")
    found = {(one["dataset"], one["record"]): (one["model"], one["used"]) for one in works}
    assert len(found) == len(works)
    assert found == {
        ("posts", "q0"): ("base@1", "yes"),
        ("posts", "q1"): ("chat@1; base@1", "yes"),
        ("posts", "a0"): ("chat@1", "yes"),
        ("notes", "q0"): ("base@1", "not known"),
        ("notes", "q1"): ("base@1", "not known"),
    }
    chains = {one["chain"] for one in works if one["record"] == "q0"}
    assert chains == {"grandchild 1 ← chat 1 ← base 1"}  # none through the model that is not public
    assert not (site / "models/grandchild/1/attribution/credits.csv").exists()


def test_credits_are_in_the_sums_and_on_the_page(site: Path) -> None:
    for name in ("models/chat/1/attribution/credits.csv", "models/chat/1/attribution/inherited_credits.csv"):
        digest = hashlib.sha256((site / name).read_bytes()).hexdigest()
        assert f"{digest}  {name}\n" in (site / "SHA256SUMS").read_text()
        assert f'href="{Path(name).name}"' in (site / "models/chat/1/attribution/index.html").read_text()


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
