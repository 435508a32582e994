"""From when to when the records of a dataset are dated, and what that says of its collection."""

import json
from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

RECORDS = [
    {"text": "one", "written": "2013-05-18T01:02:03Z"},
    {"text": "two", "written": "2014-02"},
    {"text": "three", "written": "yesterday"},
    {"text": "four", "written": ""},
]
FILE = """
datasets:
  - name: notes
    version: "1"
    source: notes.jsonl
    origin: public
    {collected}
    fields: {{text: text, date: written}}
"""


@pytest.fixture
def command(tmp_path: Path) -> Command:
    builders.write_jsonl(tmp_path / "notes.jsonl", RECORDS)
    return Command(tmp_path / "home")


def shown(command: Command, folder: Path, collected: str) -> dict[str, object]:
    (folder / "registry.yaml").write_text(FILE.format(collected=collected), encoding="utf-8")
    assert "fields.date" not in command("apply", folder / "registry.yaml").stderr
    found: dict[str, object] = command("dataset", "show", "notes", "--format", "json").json
    return found


def gap(found: dict[str, object]) -> str | None:
    gaps = json.loads(json.dumps(found["gaps"]))
    return next((one["unknown"] for one in gaps if one["field"] == "collected"), None)


def test_dates_are_counted_and_no_content(command: Command, tmp_path: Path) -> None:
    found = shown(command, tmp_path, "")
    assert found["dates"] == {"first": "2013-05-18", "last": "2014-02", "records": 2}
    assert found["words"] == 4
    assert gap(found) == (
        "from when until when it was collected is not stated; its records are dated 2013-05-18 to 2014-02, "
        "in 2 records"
    )
    assert "2013-05-18 to 2014-02, in 2 records" in command("dataset", "show", "notes").stdout


def test_records_later_than_their_collection_are_told(command: Command, tmp_path: Path) -> None:
    found = shown(command, tmp_path, "collected: {from: 2013-01, until: 2013-12}")
    assert gap(found) == "records are dated until 2014-02, after its collection is stated to have ended"
    assert gap(shown(command, tmp_path, "collected: {from: 2013-01, until: 2014-02}")) is None
    assert gap(shown(command, tmp_path, "collected: {from: 2013-01, until: ongoing}")) is None


def test_the_page_says_from_when_to_when(command: Command, tmp_path: Path) -> None:
    shown(command, tmp_path, "")
    command("publish", "--out", tmp_path / "site")
    page = (tmp_path / "site" / "datasets" / "notes" / "1" / "index.html").read_text()
    assert "2013-05-18 to 2014-02, in 2 records" in page
