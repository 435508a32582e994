"""Real datasets, ingested by the command as a user would, against what is known about them."""

import csv
import json
import random
from fractions import Fraction
from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

PROSE = ("--split-text", "paragraph")
EXPLODED = ("--explode", "examples")
QUESTIONS = ("--explode", "data.paragraphs.qas", "--text-field", "question")


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    return Command(tmp_path / "home")


@pytest.mark.parametrize(
    ("source", "options", "records"),
    [
        ("gsm8k/train.jsonl", (), 7_473),
        ("gsm8k/test.jsonl", (), 1_319),
        ("alpacacleaned_ext/gsm_8k_train.json", (), 7_473),
        ("gpteacher/codegen-instruct.json", (), 4_535),
        ("codealpaca/new_codealpaca.json", (), 4_535),
        ("bbh", EXPLODED, 6_511),
        ("mbpp/mbpp.jsonl", (), 974),
        ("humaneval/HumanEval.jsonl.gz", (), 164),
        ("tinyshakespeare/input.txt", PROSE, 7_222),
        ("standardebooks_pp/chapter-*.xhtml", (), 2_043),
        *(
            (f"xquad/xquad.{language}.json", QUESTIONS, 1_190)
            for language in ("en", "de", "es", "zh", "ar", "hi")
        ),
    ],
)
def test_record_counts(
    registry: Command, shared_data: Path, source: str, options: tuple[str, ...], records: int
) -> None:
    registry("ingest", shared_data / source, "--name", "real", *options)
    shown = registry("dataset", "show", "real", "--format", "json").json
    assert shown["records"] == records
    assert sum(part["records"] for part in shown["languages"]) == records
    assert sum(part["words"] for part in shown["languages"]) == shown["words"]


def test_every_file_of_a_folder_is_a_distribution_with_its_digest(
    registry: Command, shared_data: Path
) -> None:
    registry("ingest", shared_data / "bbh", "--name", "bbh", *EXPLODED)
    files = registry("dataset", "show", "bbh", "--format", "json").json["distributions"]
    assert len([file for file in files if file["role"] == "data"]) == 27
    assert {file["path"]: file["role"] for file in files if file["role"] != "data"} == {
        "LICENSE.upstream": "license",
        "README.md": "card",
    }
    assert all(len(file["sha256"]) == 64 for file in files)


def test_a_nested_file_read_plainly_warns_and_names_the_way_out(registry: Command, shared_data: Path) -> None:
    plain = registry("ingest", shared_data / "bbh" / "snarks.json", "--name", "plain")
    assert "--explode PATH" in plain.stderr
    assert "examples" in plain.stderr
    assert registry("dataset", "show", "plain", "--format", "json").json["records"] == 1


def test_a_forum_dump_keeps_license_and_author_of_every_post(registry: Command, shared_data: Path) -> None:
    registry(
        *("ingest", shared_data / "se_datascience_meta" / "Posts.xml", "--name", "posts"),
        *("--text-field", "Title", "--text-field", "Body", "--license-field", "ContentLicense"),
        *("--creator-field", "OwnerUserId", "--creator-field", "OwnerDisplayName"),
    )
    shown = registry("dataset", "show", "posts", "--format", "json").json
    licenses = {part["license"]: part["records"] for part in shown["licenses"]}
    assert shown["records"] == 624
    assert licenses == {"CC-BY-SA-3.0": 350, "CC-BY-SA-4.0": 274}
    agents = registry("agent", "list", "--format", "json").json
    ids = [agent for agent in agents if agent["name"].lstrip("-").isdigit()]
    named = [agent for agent in agents if agent not in ids]
    assert len(ids) == 190
    assert sum(agent["records"] for agent in named) == 3
    assert shown["contributors"] == {"count": len(agents), "unidentified_records": 0}


def test_xquad_context_is_content_only_where_it_is_named(registry: Command, shared_data: Path) -> None:
    source = shared_data / "xquad" / "xquad.de.json"
    registry("ingest", source, "--name", "questions", *QUESTIONS)
    registry("ingest", source, "--name", "all", *QUESTIONS, "--text-field", "data.paragraphs.context")
    registry("ingest", source, "--name", "default", "--explode", "data.paragraphs.qas")
    unnamed = registry("dataset", "show", "default", "--format", "json").json
    roles = {field["path"]: field["role"] for field in unnamed["fields"]}
    assert (roles["question"], roles[".data.paragraphs.context"]) == ("content", "other")
    questions = registry("dataset", "show", "questions", "--format", "json").json
    everything = registry("dataset", "show", "all", "--format", "json").json
    assert questions["digest"] == everything["digest"]
    assert questions["words"] < everything["words"]
    assert questions["languages"][0]["language"] == "de"


def gsm8k_rows(shared_data: Path) -> list[dict[str, str]]:
    lines = (shared_data / "gsm8k" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    random.Random(5).shuffle(rows)
    return rows


def test_real_records_have_one_digest_in_every_format_shuffled_and_in_shards(
    registry: Command, shared_data: Path, tmp_path: Path
) -> None:
    registry("ingest", shared_data / "gsm8k" / "train.jsonl", "--name", "as-published")
    rows = gsm8k_rows(shared_data)
    for form in ("json", "jsonl.zst", "parquet", "arrow", "csv", "tsv.gz"):
        folder = tmp_path / form
        folder.mkdir()
        for shard in range(3):
            builders.write(folder / f"part-{shard}.{form}", rows[shard::3])
        registry("ingest", folder, "--name", form.replace(".", "-"), "--language", "en")
    listed = registry("dataset", "list", "--format", "json").json
    assert len(listed) == 7
    assert {line["records"] for line in listed} == {7_473}
    assert len({line["digest"] for line in listed}) == 1


def test_a_model_of_five_real_datasets_has_documents_that_agree(
    registry: Command, shared_data: Path, tmp_path: Path
) -> None:
    declared = ("--origin", "public", "--language", "en")
    for source, name, options in (
        ("gsm8k/train.jsonl", "gsm8k", ("--license", "MIT")),
        (
            "mbpp/mbpp.jsonl",
            "mbpp",
            ("--license", "CC-BY-4.0", "--text-field", "text", "--text-field", "code"),
        ),
        ("tinyshakespeare/input.txt", "shakespeare", (*PROSE, "--license", "public domain")),
        ("standardebooks_pp/chapter-*.xhtml", "pride", ("--license", "CC0-1.0")),
        (
            "se_datascience_meta/Posts.xml",
            "posts",
            (
                *("--text-field", "Title", "--text-field", "Body", "--license-field", "ContentLicense"),
                *("--creator-field", "OwnerUserId", "--creator-field", "OwnerDisplayName"),
            ),
        ),
    ):
        registry("ingest", shared_data / source, "--name", name, *options, *declared)
    names = ("gsm8k:3", "mbpp", "shakespeare:0.5", "pride", "posts")
    mixture = [part for name in names for part in ("--dataset", name)]
    registry("train", "mathlet@1.0", *mixture, "--stage", "pretraining")
    registry("disclose", "mathlet", "--out", tmp_path / "disclosure")
    registry("attribute", "mathlet", "--out", tmp_path / "attribution")

    disclosure = json.loads((tmp_path / "disclosure" / "disclosure.json").read_text(encoding="utf-8"))
    with (tmp_path / "attribution" / "attribution.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = {line["name"]: line for line in registry("dataset", "list", "--format", "json").json}
    words = sum(line["words"] for line in listed.values())
    assert sum(int(row["words"]) for row in rows) == disclosure["totals"]["words"] == words
    assert sum(int(row["records"]) for row in rows) == disclosure["totals"]["records"]
    assert sum(Fraction(row["share"]) for row in rows) == 1
    assert len({row["holder"] for row in rows}) == 193 + 1
    assert rows[-1]["holder"] == "unidentified"
    by_dataset = {name: sum(int(row["words"]) for row in rows if row["dataset"] == name) for name in listed}
    assert by_dataset == {name: line["words"] for name, line in listed.items()}
    seen = sum(Fraction(row["weighted_words"]) for row in rows if row["dataset"] == "gsm8k")
    assert seen == 3 * listed["gsm8k"]["words"]
    assert {field["status"] for field in disclosure["fields"].values()} <= {
        *("computed", "declared", "not-applicable", "gap"),
    }
