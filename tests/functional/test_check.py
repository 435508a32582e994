"""`registry check`: what a disclosure would be graded, and what is due, before it is published."""

import csv
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

ROOT = Path(__file__).resolve().parents[2]
FILE = """
agents:
  - {id: acme, type: organization, name: ACME AI, url: "https://acme.example", contact: "info@acme.example"}
provider:
  agent: acme
  code_of_practice_signatory: true
  illegal_content_measures: "Our carefully curated lists block known addresses."
datasets:
  - name: poems
    version: "1"
    source: poems.jsonl
    origin: public
    license: CC-BY-4.0
    fields: {text: text}
    language: en
    content_types: [short poems]
models:
  - name: verselet
    version: "1"
    provider: acme
    base_models: none
    placed_on_eu_market: MARKET
    training:
      - stage: pretraining
        mixture: [{dataset: poems, epochs: 3}]
"""


def declared(home: Path, market: str) -> Command:
    builders.write_jsonl(home / "poems.jsonl", [{"text": "The grey light climbs the garden wall."}])
    (home / "registry.yaml").write_text(FILE.replace("MARKET", market), encoding="utf-8")
    registry = Command(home / "home")
    registry("apply", home / "registry.yaml")
    return registry


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Command:
    return declared(tmp_path_factory.mktemp("built"), "2026-03-01")


@pytest.fixture
def registry(built: Command, tmp_path: Path) -> Command:
    return built.copied(tmp_path)


def test_the_grade_stands_in_two_lines_then_what_was_lost_then_the_findings(registry: Command) -> None:
    text = registry("check", "verselet", "--on", "2026-02-01").stdout
    first = [line.split()[0] for line in text.splitlines()[2:4]]
    assert first == ["Transparency", "Usefulness"]
    assert text.index("Lost: ") < text.index("For a person to decide: ") < text.index("Findings: ")
    assert "A program decided" in text
    assert "of 242 metrics" in text
    assert "The rule on time: A summary is public from the day" in text
    assert "; --questions prints them" in text
    assert "--questions" not in registry("check", "verselet", "--questions").stdout


def test_it_says_who_can_tell_what_stands_behind_general_names(registry: Command, tmp_path: Path) -> None:
    told = "Which datasets stand behind general names: --audience auditor"
    assert told not in registry("check", "verselet").stdout
    file = tmp_path / "registry.yaml"
    file.write_text(FILE.replace("MARKET", "2026-03-01").replace("origin: public", "origin: licensed"))
    registry("apply", file)
    assert told in registry("check", "verselet").stdout
    assert told not in registry("check", "verselet", "--audience", "auditor").stdout


def test_json_is_one_document_of_findings_and_grade(registry: Command) -> None:
    found = registry("check", "verselet@1", "--on", "2026-02-01", "--format", "json").json
    paths = {one["path"]: one for one in found["findings"]}
    assert paths["agents.ACME AI.contact"]["severity"] == "warning"
    assert '"carefully curated" (marketing)' in paths["provider.illegal_content_measures"]["message"]
    assert paths["1.3.f"]["severity"] == "error"
    assert paths["publication"]["message"] == "Never published; due by 01/03/2026, in 28 days."
    metrics = {one["id"]: one for one in found["grade"]["metrics"]}
    assert metrics["F1.1.a.4"]["verdict"] == "lost"
    assert metrics["F1.3.a.2"]["verdict"] == "won"
    assert metrics["F3.2.a.4"]["verdict"] == "lost"
    assert metrics["F2.3.h.1"]["verdict"] == "not-applicable"


def test_csv_has_a_metric_in_each_row(registry: Command) -> None:
    rows = list(csv.DictReader(StringIO(registry("check", "verselet", "--format", "csv").stdout)))
    assert len(rows) == 242
    assert sum(int(row["weight"]) for row in rows) == 1_893


def test_strict_ends_with_one_where_something_is_missing_or_due(registry: Command) -> None:
    assert registry("check", "verselet", code=0).stdout
    assert registry("check", "verselet", "--strict", code=1).stdout


def test_a_day_in_the_past_changes_what_is_due(registry: Command) -> None:
    def due(day: str) -> str:
        found = registry("check", "verselet", "--on", day, "--format", "json").json["findings"]
        return str(next(one["severity"] for one in found if one["path"] == "publication"))

    assert (due("2026-02-01"), due("2026-03-01")) == ("warning", "error")


def test_it_is_an_edition_until_something_changes(registry: Command, tmp_path: Path) -> None:
    def state() -> tuple[str, list[str]]:
        document = registry("check", "verselet", "--format", "json").json
        verdict = next(one["verdict"] for one in document["grade"]["metrics"] if one["id"] == "D23")
        told = [one["message"] for one in document["findings"] if one["path"] == "publication"]
        return verdict, told

    assert state() == ("lost", ["Never published; due since 01/03/2026."])
    registry("publish", "--out", tmp_path / "site", "--approved-by", "Ada Lovelace")
    assert state() == ("won", [])
    file = tmp_path / "registry.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("short poems", "long poems"), encoding="utf-8")
    registry("apply", file)
    verdict, told = state()
    assert verdict == "lost"
    assert [text.partition(" of ")[0] for text in told] == ["Changed since edition 1"]
    auditor = registry("check", "verselet", "--audience", "auditor", "--format", "json").json
    assert told[0] in {one["message"] for one in auditor["findings"]}


def test_wrong_usage_and_unknown_models(registry: Command) -> None:
    assert "no model named 'nobody'" in registry("check", "nobody", code=3).stderr
    registry("check", "verselet", "--on", "01/03/2026", code=2)


def test_the_page_of_a_grade_merges_judgements_and_refuses_what_the_program_decides(
    registry: Command, tmp_path: Path
) -> None:
    judgements = tmp_path / "judgements.csv"

    def grade(row: str) -> "subprocess.CompletedProcess[str]":
        judgements.write_text(f"metric,verdict,reason\n{row}\n", encoding="utf-8")
        script = (sys.executable, ROOT / "scripts" / "grade.py", registry.home, "verselet")
        return subprocess.run(
            [*script, "--judgements", judgements], capture_output=True, text=True, check=False, cwd=ROOT
        )

    page = grade('D2,won,"Linked from the model page | and the site."')
    assert page.returncode == 0
    assert page.stdout.count("\n| D") + page.stdout.count("\n| F") == 242
    assert "| won | a person | Linked from the model page \\| and the site. |" in page.stdout
    refused = grade("F1.1.a.1,won,I say so.")
    assert refused.returncode == 1
    assert "F1.1.a.1 is no question" in refused.stderr
