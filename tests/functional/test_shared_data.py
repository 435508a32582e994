"""Real datasets, ingested by the command as a user would, against what is known about them."""

from pathlib import Path

import pytest

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
    questions = registry("dataset", "show", "questions", "--format", "json").json
    everything = registry("dataset", "show", "all", "--format", "json").json
    assert questions["digest"] == everything["digest"]
    assert questions["words"] < everything["words"]
    assert questions["languages"][0]["language"] == "de"
