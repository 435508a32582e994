"""Undocumented datasets decomposed by the command."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from registry.fingerprint.words import words
from tests.command import Command


def prose(name: str, number: int, count: int = 40) -> str:
    """Words of their own for each dataset and record."""
    return " ".join(f"{name}{number}x{place}" for place in range(count))


def write(file: Path, texts: list[str], **more: Any) -> Path:
    file.write_text("".join(json.dumps({"text": each, **more}) + "\n" for each in texts), "utf-8")
    return file


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Command:
    folder = tmp_path_factory.mktemp("built")
    registry = Command(folder / "home")
    for name, license_ in (("a", "MIT"), ("b", "CC-BY-SA-4.0"), ("c", "Apache-2.0")):
        texts = [prose(name, number) for number in range(100)]
        file = write(folder / f"{name}.jsonl", texts, by=f"Author of {name}")
        declared = ("--license", license_, "--language", "en", "--creator-field", "by")
        registry("ingest", file, "--name", name, *declared)
    return registry


@pytest.fixture
def registry(built: Command, tmp_path: Path) -> Command:
    return built.copied(tmp_path)


def identify(registry: Command, *arguments: str | Path) -> Any:
    return registry("identify", *arguments, "--format", "json").json


def test_a_mixture_is_taken_apart(registry: Command, tmp_path: Path) -> None:
    texts = [prose("a", n) for n in range(50)] + [prose("b", n) for n in range(30)]
    texts += [prose("new", n) for n in range(20)]
    found = identify(registry, write(tmp_path / "mix.jsonl", texts))
    assert [(part["dataset"], part["share"], part["reference_covered"]) for part in found["cover"]] == [
        ("a", 0.5, 0.5),
        ("b", 0.3, 0.3),
    ]
    assert found["unassigned"] == pytest.approx(0.2)
    assert (found["records"], found["words"], found["scale"]) == (100, 4000, 1)
    assert found["found_but_not_declared"] == ["a@1", "b@1"]
    assert [(each["license"], each["share"]) for each in found["licenses"]] == [
        ("MIT", 0.5),
        ("CC-BY-SA-4.0", 0.3),
    ]
    assert "share_alike" in found["licenses"][1]["duties"]
    assert [each["contributors"] for each in found["licenses"]] == [1, 1]
    assert {"attribution", "share_alike"} <= set(found["duties_together"])
    printed = registry("identify", tmp_path / "mix.jsonl").stdout
    assert "cover, in the order chosen" in printed
    assert "found, but not declared: a@1, b@1" in printed


def test_what_is_asked_is_not_recorded(registry: Command, tmp_path: Path) -> None:
    identify(registry, write(tmp_path / "mix.jsonl", [prose("a", 1)]))
    assert len(registry("dataset", "list", "--format", "json").json) == 3


def test_equal_datasets_are_ties_and_parts_are_shadowed(registry: Command, tmp_path: Path) -> None:
    registry("ingest", tmp_path / "a.jsonl", "--name", "copy", "--license", "CC-BY-4.0")
    registry("ingest", write(tmp_path / "p.jsonl", [prose("a", n) for n in range(40)]), "--name", "part")
    found = identify(registry, write(tmp_path / "q.jsonl", [prose("a", n) for n in range(80)]))
    [part] = found["cover"]
    assert (part["dataset"], part["ties"]) == ("a", ["copy@1"])
    assert found["shadowed"] == ["part@1"]
    assert {each["license"] for each in found["licenses"]} == {"MIT", "CC-BY-4.0", "NOASSERTION"}
    assert found["unassigned"] == 0


def test_declared_derivations_are_held_against_what_is_found(registry: Command, tmp_path: Path) -> None:
    texts = [prose("a", n) for n in range(50)] + [prose("b", n) for n in range(50)]
    write(tmp_path / "made.jsonl", texts)
    parents = ("--derived-from", "a", "--derived-from", "c", "--derived-from", "https://d.example/x")
    registry("ingest", tmp_path / "made.jsonl", "--name", "made", *parents)
    found = identify(registry, "made")
    assert {part["dataset"]: part["declared"] for part in found["cover"]} == {"a": True, "b": False}
    assert found["declared_but_not_found"] == ["c@1"]
    assert found["declared_elsewhere"] == ["https://d.example/x"]
    assert found["found_but_not_declared"] == ["b@1"]
    assert identify(registry, "a")["found_but_not_declared"] == []  # made comes from it, as declared
    assert identify(registry, "b")["found_but_not_declared"] == ["made@1"]


def test_each_tie_is_declared_or_not_by_itself(registry: Command, tmp_path: Path) -> None:
    registry("ingest", tmp_path / "a.jsonl", "--name", "twin")
    registry("ingest", tmp_path / "a.jsonl", "--name", "made", "--derived-from", "a")
    assert identify(registry, "made")["found_but_not_declared"] == ["twin@1"]
    assert identify(registry, "a")["found_but_not_declared"] == ["twin@1"]


def test_other_versions_of_the_same_dataset_explain_nothing(registry: Command, tmp_path: Path) -> None:
    registry("ingest", write(tmp_path / "a2.jsonl", [prose("a", 1)]), "--name", "a", "--version", "2")
    assert identify(registry, "a@2")["cover"] == []


def test_a_name_wins_over_a_path(registry: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "b", [prose("c", 1)])
    assert identify(registry, "b")["name"] == "b@1"
    assert "has no version '9'" in registry("identify", "b@9", code=3).stderr
    assert "read in its own way" in registry("identify", "b", "--text-field", "text", code=3).stderr
    assert "does not exist" in registry("identify", "nothing.jsonl", code=3).stderr


def test_fields_and_nested_records_are_named_as_for_ingest(registry: Command, tmp_path: Path) -> None:
    file = tmp_path / "nested.json"
    file.write_text(json.dumps({"items": [{"q": prose("a", n), "z": prose("c", n)} for n in range(30)]}))
    found = identify(registry, file, "--explode", "items", "--text-field", "q")
    assert [part["dataset"] for part in found["cover"]] == ["a"]
    assert found["records"] == 30
    assert "no field named 'nope'" in registry("identify", file, "--text-field", "nope", code=2).stderr


def test_only_counts_cannot_be_identified(registry: Command, tmp_path: Path) -> None:
    registry("ingest", tmp_path / "a.jsonl", "--name", "n", "--fingerprints", "counts")
    assert "only counts are kept" in registry("identify", "n", code=3).stderr
    assert "n@1" not in str(identify(registry, write(tmp_path / "q.jsonl", [prose("a", 1)])))


def test_a_blind_mix_of_real_data(tmp_path: Path, shared_data: Path) -> None:
    """Five real sets and unseen text: every share within 2 points of the truth."""
    registry, random_ = Command(tmp_path / "home"), random.Random(5)
    truth, texts = dict[str, int](), list[str]()
    for name, source in (
        ("gsm8k", "gsm8k/train.jsonl"),
        ("mbpp", "mbpp/mbpp.jsonl"),
        ("codegen", "gpteacher/codegen-instruct.json"),
        ("roleplay", "gpteacher/roleplay-simple-deduped-roleplay-instruct.json"),
        ("toolformer", "gpteacher/toolformer-dedupe-only-dataset.json"),
    ):
        registry("ingest", shared_data / source, "--name", name, "--language", "en")
        taken = random_.sample(_texts(shared_data / source), 300)
        truth[name] = sum(len(words(text)) for text in taken)
        texts += taken
    unseen = _texts(shared_data / "selfinstruct_seed" / "seed_tasks.jsonl")
    whole = sum(truth.values()) + sum(len(words(text)) for text in unseen)
    file = tmp_path / "mix.jsonl"
    file.write_text(
        "".join(
            json.dumps({"t": text}) + "\n"
            for text in random_.sample([*texts, *unseen], len(texts) + len(unseen))
        )
    )
    found = identify(registry, file)
    assert {part["dataset"] for part in found["cover"]} == set(truth)
    for part in found["cover"]:
        assert part["share"] == pytest.approx(truth[part["dataset"]] / whole, abs=0.02)


def _texts(file: Path) -> list[str]:
    """The string values of each record, joined as one text."""
    text = file.read_text("utf-8")
    records = json.loads(text) if file.suffix == ".json" else [json.loads(line) for line in text.splitlines()]
    return [
        "\n".join(str(value) for value in record.values() if isinstance(value, str)) for record in records
    ]
