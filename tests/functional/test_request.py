"""Requests: what they reach, when an answer is due, the receipt."""

import json
from pathlib import Path
from typing import Any

import pytest

from registry.documents.request import digest
from tests.command import Command
from tests.functional.test_identify import prose

ADD = ("request", "add", "--format", "json", "--kind")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Posts of three people, a copy of half of them, a private dataset; a model and two made from it."""
    folder = tmp_path_factory.mktemp("built")
    people = ("Ada Lovelace", "Grace Hopper", "Alan Turing")
    rows = [
        {"text": prose("p", n), "author": people[n % 3], "url": f"https://{'ab'[n % 2]}.example/{n}"}
        for n in range(30)
    ]
    for name, chosen in (("posts", rows), ("copy", rows[:15]), ("secret", rows[:3])):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in chosen))
    (folder / "own.jsonl").write_text(json.dumps({"text": prose("own", 1)}) + "\n")
    (folder / "registry.yaml").write_text(
        """
agents: [{id: acme, type: organization, name: ACME}]
provider: {agent: acme, rights_contact: {url: "https://acme.example/rights", answer_within_days: 30}}
datasets:
  - {name: posts, version: "1", source: posts.jsonl, origin: crawled, license: CC-BY-4.0, language: en,
     fields: {text: text, creator: author, url: url}}
  - {name: copy, version: "1", source: copy.jsonl, origin: public, language: en, fields: {text: text}}
  - {name: secret, version: "1", source: secret.jsonl, visibility: private, language: en,
     fields: {text: text, creator: author}, derived_from: posts@1}
  - {name: own, version: "1", source: own.jsonl, origin: public, language: en}
models:
  - {name: base, version: "1", provider: acme,
     training: [{stage: pretraining, mixture: [{dataset: posts@1}]}]}
  - {name: tuned, version: "1", base_models: [base@1],
     training: [{stage: fine-tuning, mixture: [{dataset: own@1}]}]}
  - {name: hidden, version: "1", visibility: private, base_models: [tuned@1],
     training: [{stage: fine-tuning, mixture: [{dataset: own@1}]}]}
"""
    )
    registry = Command(folder / "home")
    registry("apply", folder / "registry.yaml")
    return registry


@pytest.fixture
def registry(built: Command, tmp_path: Path) -> Command:
    return built.copied(tmp_path)


def add(registry: Command, about: str, *more: str | Path, kind: str = "removal") -> Any:
    return registry(*ADD, kind, "--by", "Ada", "--about", about, *more).json


def test_a_removal_is_traced_to_a_fine_tuned_model(registry: Command) -> None:
    registry("publish", "--out", registry.home.parent / "site", "--approved-by", "Ada Approver")
    reach = add(registry, "agent:ada  LOVELACE")["reach"]
    assert [(part["dataset"], part["records"]) for part in reach["parts"]] == [
        ("posts@1", 10),
        ("secret@1", 1),
    ]
    assert reach["records"] == 11
    assert [(one["dataset"], one["kind"]) for one in reach["derived"]] == [("copy@1", "possible")]
    assert [(one["model"], one["runs"], one["through"]) for one in reach["models"]] == [
        ("base@1", ["pretraining"], []),
        ("tuned@1", [], ["base@1"]),
        ("hidden@1", [], ["tuned@1", "base@1"]),
    ]
    naming = [(one["kind"], one["model"], one["number"]) for one in reach["documents"] if one["names"]]
    assert naming == [("attribution", "base@1", 1), ("attribution", "tuned@1", 1)]
    assert reach["money"] == []


def test_what_was_made_from_the_data_is_declared_or_possible(registry: Command) -> None:
    derived = add(registry, "dataset:posts")["reach"]["derived"]
    assert [(one["dataset"], one["kind"], one["source"]) for one in derived] == [
        ("secret@1", "declared", "posts@1"),
        ("copy@1", "possible", "posts@1"),
    ]


def test_the_receipt_names_what_is_public_and_counts_the_rest(registry: Command, tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    add(registry, "agent:Ada Lovelace", "--receipt", file, "--received", "2026-01-10")
    said = json.loads(file.read_text())
    assert said["digest"] == digest(said)
    assert said["answer_due"] == "2026-02-09"
    assert [one["dataset"] for one in said["found"]["datasets"]] == ["posts@1"]
    assert said["found"]["datasets_not_named"] == 1
    assert said["found"]["models_not_named"] == 1
    for text in (file.read_text(), file.with_suffix(".txt").read_text()):
        assert "secret" not in text
        assert "hidden" not in text
    assert digest(said | {"about": "agent:someone else"}) != said["digest"]


@pytest.mark.parametrize(
    ("about", "parts"),
    [
        ("domain:a.example", [("posts@1", 15)]),
        ("url:https://www.b.example/x", [("posts@1", 15)]),
        ("record:posts@1#3", [("posts@1", 1)]),
        ("dataset:copy", [("copy@1", 15)]),
        ("agent:Nobody At All", []),
        ("domain:nowhere.example", []),
    ],
)
def test_each_subject_is_found(registry: Command, about: str, parts: list[tuple[str, int]]) -> None:
    found = add(registry, about)["reach"]["parts"]
    assert [(part["dataset"], part["records"]) for part in found] == parts


def test_a_text_is_looked_up_and_not_kept(registry: Command, tmp_path: Path) -> None:
    text = tmp_path / "mine.txt"
    text.write_text(prose("p", 4))
    asked = add(registry, f"text:{text}", kind="opt-out")
    assert [part["dataset"] for part in asked["reach"]["parts"]] == ["copy@1", "posts@1"]
    assert asked["request"]["about"].startswith("text:sha256:")
    text.unlink()
    shown = registry("request", "show", asked["request"]["id"][:6], "--format", "json").json
    assert shown["reach"]["models"] == asked["reach"]["models"]
    assert prose("p", 4).encode() not in (registry.home / "registry.db").read_bytes()


def test_overdue_requests_are_marked_until_they_are_resolved(registry: Command) -> None:
    key = add(registry, "domain:a.example", "--received", "2020-01-01")["request"]["id"]
    assert [one["state"] for one in registry("request", "list", "--format", "json").json] == ["overdue"]
    registry("request", "resolve", key[:5], "--outcome", "refused", "--because", "no proof", "--by", "Max")
    registry("request", "resolve", key[:5], "--outcome", "done", "--because", "proof came", "--by", "Max")
    assert registry("request", "list", "--open", "--format", "json").json == []
    (listed,) = registry("request", "list", "--format", "json").json
    assert (listed["state"], listed["outcome"]) == ("resolved", "done")
    assert registry("request", "list", "--counts", "--format", "json").json == [
        {"kind": "removal", "outcome": "done", "requests": 1}
    ]


@pytest.mark.parametrize("option", ["--because", "--by"])
def test_an_outcome_has_a_reason_and_somebody_who_decided(registry: Command, option: str) -> None:
    key = add(registry, "domain:a.example")["request"]["id"]
    said = {"--because": "proof came", "--by": "Max"} | {option: "  "}
    arguments = [one for pair in said.items() for one in pair]
    outcome = registry("request", "resolve", key, "--outcome", "done", *arguments, code=2)
    assert f"{option} says nothing" in outcome.stderr
    assert [one["state"] for one in registry("request", "list", "--format", "json").json] == ["open"]


@pytest.mark.parametrize(
    ("by", "received", "told"),
    [("Ada", "2999-01-01", "2999-01-01 has not come yet"), (" ", "2026-01-01", "--by says nothing")],
)
def test_a_request_came_from_somebody_on_a_day_that_was(
    registry: Command, by: str, received: str, told: str
) -> None:
    arguments = ("--by", by, "--about", "domain:a.example", "--received", received)
    assert told in registry(*ADD, "removal", *arguments, code=2).stderr
    assert registry("request", "list", "--format", "json").json == []


def test_the_same_request_of_a_day_is_one(registry: Command) -> None:
    for _ in range(2):
        add(registry, "domain:a.example", "--received", "2026-01-01")
    assert len(registry("request", "list", "--format", "json").json) == 1


@pytest.mark.parametrize(
    ("about", "code", "told"),
    [
        ("posts", 2, "does not say what the request is about"),
        ("agent:", 2, "does not say"),
        ("record:posts@1#30", 3, "no record '30'"),
        ("record:nothing@1#0", 3, "no dataset named"),
        ("domain:localhost", 2, "no domain name"),
        ("text:missing.txt", 3, "is no file"),
    ],
)
def test_what_cannot_be_asked_is_said(registry: Command, about: str, code: int, told: str) -> None:
    outcome = registry(*ADD, "removal", "--by", "Ada", "--about", about, code=code)
    assert told in outcome.stderr
    assert registry("request", "list", "--format", "json").json == []


def test_requests_are_in_no_public_view(registry: Command) -> None:
    add(registry, "agent:Ada Lovelace")
    registry("publish", "--out", registry.home.parent / "site")
    for file in (registry.home.parent / "site").rglob("*"):
        if file.is_file():
            assert b"agent:Ada" not in file.read_bytes(), file


@pytest.mark.parametrize(("stated", "records", "words"), [("", None, None), (", records: 2, words: 9", 2, 9)])
def test_whoever_is_credited_for_a_whole_dataset_is_reached(
    tmp_path: Path, stated: str, records: int | None, words: int | None
) -> None:
    (tmp_path / "book.jsonl").write_text(json.dumps({"text": prose("book", 1)}) + "\n")
    (tmp_path / "registry.yaml").write_text(
        f"""
agents: [{{id: eva, type: person, name: Eva Editor}}]
datasets:
  - {{name: book, version: "1", source: book.jsonl, language: en, license: CC-BY-4.0,
     contributors: [{{agent: eva, type: Editor{stated}}}]}}
models:
  - {{name: reader, version: "1", training: [{{stage: pretraining, mixture: [{{dataset: book@1}}]}}]}}
"""
    )
    registry = Command(tmp_path / "home")
    registry("apply", tmp_path / "registry.yaml")
    reach = add(registry, "agent:eva EDITOR", "--receipt", tmp_path / "receipt.json")["reach"]
    how = "named in the records, or declared" if stated else "credited for the whole"
    assert [(one["dataset"], one["records"], one["words"], one["how"]) for one in reach["parts"]] == [
        ("book@1", records, words, how)
    ]
    assert (reach["records"], reach["words"]) == (records, words)
    assert [one["model"] for one in reach["models"]] == ["reader@1"]
    told = (tmp_path / "receipt.txt").read_text()
    assert ("records not counted" in told) is (not stated)
    hits = registry("search", "eva", "--kind", "name", "--format", "json").json
    hits += registry("search", "eva", "--kind", "name", "--public", "--format", "json").json
    assert [(hit["dataset"], hit["records"], hit["license"], hit["models"]) for hit in hits] == [
        ("book@1", records, "CC-BY-4.0", ["reader@1"])
    ] * len(hits)
    assert hits
    (listed,) = registry("agent", "list", "--format", "json").json
    assert (listed["versions"], listed["records"], listed["words"]) == (1, records or 0, words or 0)
    assert registry("agent", "show", "eva editor", "--format", "json").json[0]["models"] == ["reader@1"]


@pytest.fixture
def parted(tmp_path: Path) -> Command:
    """Posts under two licenses, by two people and a site each, with an editor; models of parts of them."""
    rows = [
        {
            "text": prose("q", n),
            "author": ("Ada Lovelace", "Grace Hopper")[n % 2],
            "license": ("CC-BY-SA-3.0", "CC-BY-SA-4.0")[n % 2],
            "url": f"https://{'ab'[n % 2]}.example/{n}",
        }
        for n in range(8)
    ]
    (tmp_path / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "registry.yaml").write_text(
        """
agents: [{id: eva, type: person, name: Eva Editor}]
datasets:
  - {name: posts, version: "1", source: posts.jsonl, language: en, contributors: [{agent: eva, type: Editor}],
     fields: {text: text, creator: author, url: url, license: license}}
models:
  - {name: only4, version: "1", training: [{stage: pretraining, mixture: [
     {dataset: posts@1, selection: {where: {license: CC-BY-SA-4.0}}}]}]}
  - {name: half, version: "1", training: [{stage: pretraining, mixture: [
     {dataset: posts@1, selection: {share: 0.5}}]}]}
  - {name: tuned, version: "1", base_models: [half@1]}
  - {name: whole, version: "1", training: [{stage: pretraining, mixture: [{dataset: posts@1}]}]}
"""
    )
    registry = Command(tmp_path / "home")
    registry("apply", tmp_path / "registry.yaml")
    return registry


UNCERTAIN = [("half@1", False), ("tuned@1", False)]


@pytest.mark.parametrize(
    ("about", "models"),
    [
        ("agent:Ada Lovelace", [*UNCERTAIN, ("whole@1", True)]),
        ("agent:Grace Hopper", [*UNCERTAIN, ("only4@1", True), ("whole@1", True)]),
        ("agent:Eva Editor", [*UNCERTAIN, ("only4@1", False), ("whole@1", True)]),
        ("domain:a.example", [*UNCERTAIN, ("whole@1", True)]),
        ("url:https://b.example/1", [*UNCERTAIN, ("only4@1", True), ("whole@1", True)]),
        ("record:posts@1#0", [*UNCERTAIN, ("only4@1", False), ("whole@1", True)]),
        ("dataset:posts@1", [(name, True) for name in ("half@1", "only4@1", "tuned@1", "whole@1")]),
    ],
)
def test_a_model_that_used_a_part_is_reached_where_the_part_holds_it(
    parted: Command, tmp_path: Path, about: str, models: list[tuple[str, bool]]
) -> None:
    reach = add(parted, about, "--receipt", tmp_path / "receipt.json")["reach"]
    assert {one["model"]: one["certain"] for one in reach["models"]} == dict(models)
    told = (tmp_path / "receipt.txt").read_text()
    for model, certain in models:
        through = ", through 1 base model" if model == "tuned@1" else ""
        assert f"declared: model {model}{'' if certain else ' may have used it'}{through}\n" in told
    assert ("only4" in told) is ("only4@1" in dict(models))


@pytest.mark.parametrize(
    ("text", "certain", "maybe"),
    [
        ("Ada Lovelace", ["whole@1"], ["half@1"]),
        ("Grace Hopper", ["only4@1", "whole@1"], ["half@1"]),
        ("Eva Editor", ["whole@1"], ["half@1", "only4@1"]),
        ("a.example", ["whole@1"], ["half@1"]),
    ],
)
def test_a_search_names_models_of_parts_that_hold_what_is_found(
    parted: Command, text: str, certain: list[str], maybe: list[str]
) -> None:
    (hit,) = parted("search", text, "--format", "json").json
    assert (hit["models"], hit["maybe_models"]) == (certain, maybe)
    if "." not in text:
        (page,) = parted("agent", "show", text, "--format", "json").json
        assert (page["models"], page["maybe_models"]) == (certain, maybe)


@pytest.mark.parametrize("text", ["Ada Lovelace", "b.example"])
def test_the_public_sees_that_a_part_was_used_and_not_of_which_records(parted: Command, text: str) -> None:
    (hit,) = parted("search", text, "--public", "--format", "json").json
    assert (hit["models"], hit["maybe_models"]) == (["whole@1"], ["half@1", "only4@1"])
