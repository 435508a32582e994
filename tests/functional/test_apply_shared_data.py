"""One declaration file over all of the shared data: thirty datasets, a model and its fine-tune."""

import csv
import json
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.command import Command

FILE = Path(__file__).parent / "shared_data.registry.yaml"
MODELS = ("tutor", "tutor-chat")


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Command:
    assert shared_data.exists()
    command = Command(tmp_path_factory.mktemp("shared") / "home")
    found = command("apply", FILE, "--format", "json").json
    assert found["problems"] == []
    assert len(found["create"]) == 36
    return command


def counts(registry: Command, *options: str) -> tuple[int, ...]:
    found = registry("apply", FILE, "--format", "json", *options).json
    return tuple(len(found[action]) for action in ("create", "change", "keep", "problems"))


@pytest.mark.parametrize("options", [(), ("--dry-run",), ("--rehash",)])
def test_the_same_again_does_nothing(registry: Command, options: tuple[str, ...]) -> None:
    assert counts(registry, *options) == (0, 0, 36, 0)


def test_sizes_are_what_is_known_of_the_data(registry: Command) -> None:
    found = {one["name"]: one for one in registry("dataset", "list", "--format", "json").json}
    assert len(found) == 30
    records = {
        "gsm8k-train": 7_473,
        "gpteacher-toolformer-0.6": 2_396,
        "pride-standard-ebooks": 2_043,
        "big-bench-hard": 6_511,
        "datascience-meta": 624,
        "humaneval-x": 984,
        "parallel-universal-dependencies": 1_000,
    }
    assert {name: found[name]["records"] for name in records} == records


def test_a_selection_by_a_field_counts_what_the_field_says(registry: Command, shared_data: Path) -> None:
    posts = (shared_data / "se_datascience_meta" / "Posts.xml").read_text("utf-8-sig")
    mixture = registry("model", "show", "tutor", "--format", "json").json["mixture"]
    (part,) = [one for one in mixture if one["dataset"] == "datascience-meta"]
    assert part["records"] == posts.count('PostTypeId="1"')


def test_a_selected_part_names_its_own_authors_and_licenses(
    registry: Command, shared_data: Path, tmp_path: Path
) -> None:
    posts = ElementTree.parse(shared_data / "se_datascience_meta" / "Posts.xml").getroot()
    questions = [post.attrib for post in posts if post.attrib["PostTypeId"] == "1"]
    registry("attribute", "tutor", "--audience", "auditor", "--out", tmp_path / "out")
    with (tmp_path / "out" / "attribution.csv").open(newline="", encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["dataset"] == "datascience-meta"]
    found: Counter[str] = Counter()
    for row in rows:
        found[row["license"].replace("CC-BY-SA-", "CC BY-SA ")] += int(row["records"])
    assert found == Counter(post["ContentLicense"] for post in questions)
    authors = {post.get("OwnerUserId") or post["OwnerDisplayName"] for post in questions}
    assert {row["holder"] for row in rows} == authors


@pytest.mark.parametrize("model", MODELS)
def test_both_documents_of_a_model_agree_to_the_word(registry: Command, model: str, tmp_path: Path) -> None:
    registry("disclose", model, "--out", tmp_path / "disclosure")
    registry("attribute", model, "--out", tmp_path / "attribution")
    disclosure: dict[str, Any] = json.loads((tmp_path / "disclosure" / "disclosure.json").read_bytes())
    with (tmp_path / "attribution" / "attribution.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    totals = disclosure["totals"]
    assert sum(int(row["records"]) for row in rows) == totals["records"]
    assert sum(int(row["words"]) for row in rows) == totals["words"]
    assert sum(Fraction(row["weighted_words"]) for row in rows) == Fraction(totals["words_seen"])
    assert sum(Fraction(row["share"]) for row in rows) == 1


def test_the_fine_tune_inherits_apart(registry: Command, tmp_path: Path) -> None:
    registry("attribute", "tutor", "--out", tmp_path / "base")
    registry("attribute", "tutor-chat", "--out", tmp_path / "tuned")
    base = json.loads((tmp_path / "base" / "attribution.json").read_bytes())
    with (tmp_path / "tuned" / "inherited.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["model"] for row in rows} == {"tutor@1.0"}
    assert sum(int(row["words"]) for row in rows) == base["totals"]["words"]
    own = (tmp_path / "tuned" / "attribution.csv").read_text("utf-8")
    assert "pride-standard-ebooks" not in own


RULES = ("words", "records", "deduplicated-words", "equal-per-work", "by-class", "agreed-splits")


@pytest.mark.parametrize("rule", RULES)
def test_a_million_is_shared_to_the_cent_and_added_up_again_by_the_script(
    registry: Command, tmp_path: Path, rule: str
) -> None:
    out = tmp_path / "out"
    pool = ("--pool", "1000000.00", "--currency", "EUR", "--rule", rule)
    registry("allocate", "tutor-chat", *pool, "--inherited", "--out", out)
    script = [sys.executable, "-I", "verify_allocation.py"]
    found = subprocess.run(script, cwd=out, capture_output=True, text=True, check=True)
    assert found.stdout.endswith("lines add up to 100000000 minor units\n")
    with (out / "allocation.csv").open(newline="", encoding="utf-8") as stream:
        rows = {row["payee"]: row for row in csv.DictReader(stream)}
    assert {"Project Gutenberg", "Standard Ebooks", "unidentified"} <= rows.keys()
    assert sum(int(row["minor_units"]) for row in rows.values()) == 100_000_000
