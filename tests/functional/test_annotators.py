"""Annotators whom records name: counted for what they did, never shown one by one."""

import json
from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

FILE = """
models:
  - name: judge
    version: "1"
    training: [{stage: fine-tuning, mixture: [{dataset: ratings}]}]
"""


def records(people: int) -> list[dict[str, object]]:
    """A record for each annotator, one more of all together, and one that nobody has rated."""
    rated: list[dict[str, object]] = [
        {"text": f"answer {number}", "by": "Ada Writer", "rated_by": [f"Rater {number}"]}
        for number in range(people)
    ]
    everyone = [f"Rater {number}" for number in range(people)]
    return [
        *rated,
        {"text": "a better answer", "by": "Ada Writer", "rated_by": everyone},
        {"text": "unseen", "by": "Ada Writer", "rated_by": []},
    ]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    return Command(tmp_path / "home")


def ingested(command: Command, folder: Path, people: int) -> None:
    source = builders.write_jsonl(folder / "ratings.jsonl", records(people))
    said = ("--license", "CC-BY-4.0", "--creator-field", "by", "--annotator-field", "rated_by")
    command("ingest", source, "--name", "ratings", "--origin", "public", *said)


def test_each_annotator_contributed_what_it_annotated(command: Command, tmp_path: Path) -> None:
    ingested(command, tmp_path, 12)
    shown = command("dataset", "show", "ratings", "--format", "json").json
    assert shown["contributors"] == {"count": 1, "unidentified_records": 0}
    [one] = command("agent", "show", "Rater 3", "--format", "json").json
    [part] = one["datasets"]
    assert (part["contributor_type"], part["records"], part["words"], part["holds_words"]) == (
        "Annotator",
        2,
        5,
        "0",
    )


@pytest.mark.parametrize(
    ("people", "line", "closer"),
    [
        (12, "withheld (12)", "12 annotators"),
        (9, "withheld (fewer than 10)", "fewer than 10 annotators"),
    ],
)
def test_the_public_learns_how_many_and_no_name(
    command: Command, tmp_path: Path, people: int, line: str, closer: str
) -> None:
    ingested(command, tmp_path, people)
    (tmp_path / "registry.yaml").write_text(FILE, encoding="utf-8")
    command("apply", tmp_path / "registry.yaml")
    command("publish", "--out", tmp_path / "site")
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert not [path for path in files if b"Rater" in path.read_bytes()]
    page = json.loads((tmp_path / "site" / "datasets" / "ratings" / "1" / "dataset.json").read_text())
    assert [(one["name"], one["type"], one["basis"]) for one in page["stated_contributors"]] == [
        (line, "Annotator", "field")
    ]
    disclosure = tmp_path / "site" / "models" / "judge" / "1" / "disclosure" / "disclosure.json"
    labour = json.loads(disclosure.read_text())["beyond"]["labour"]
    assert f"`engagements` of ratings@1 (its records name {closer})" in labour["closed_by"]
    query = "SELECT contributor, contributor_type, records FROM public_contribution"
    assert command("query", f"{query} ORDER BY contributor_type", "--format", "json").json == [
        {"contributor": line, "contributor_type": "Annotator", "records": 2 * people},
        {"contributor": "Ada Writer", "contributor_type": "Creator", "records": people + 2},
    ]


def test_an_annotator_who_was_erased_stays_erased(command: Command, tmp_path: Path) -> None:
    ingested(command, tmp_path, 12)
    command("erase", "Rater 3", "--because", "asked for it", "--yes")
    builders.write_jsonl(tmp_path / "ratings.jsonl", records(13))
    ingested(command, tmp_path, 13)
    command("agent", "show", "Rater 3", code=3)
    command("agent", "show", "Rater 12")
