"""`registry disclose`: a page for each law, and the answers that registry.yaml gives to California."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.command import Command

DECLARED = """
datasets:
  - name: notes
    version: "1"
    source: notes.jsonl
    origin: crawled
    license: MIT
    fields: {text: text, url: url}
    collected: {from: 2024-01, until: ongoing}
    purpose: to take notes
    processing: [cleaned]
    processing_purpose: so that nothing is read twice
    labels: [topic]
    personal_information: no
    aggregate_consumer_information: {answer: unknown, explanation: nobody looked}
    intellectual_property: {trademark: no, patent: unknown, explanation: MIT is all there is}
    acquired: {licensed: yes}
    generated_by: none
models:
  - name: m
    version: "1"
    intended_purpose: taking notes
    training:
      - {stage: pretraining, started: 2025-01, mixture: [{dataset: notes}]}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    rows = [
        {"text": f"some words of line {number}", "url": f"https://h{number}.example.org/x"}
        for number in range(9)
    ]
    (tmp_path / "notes.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def applied(home: Path, declared: str = DECLARED) -> Command:
    (home / "registry.yaml").write_text(declared, encoding="utf-8")
    registry = Command(home / "home")
    registry("apply", home / "registry.yaml")
    return registry


def twin(out: Path) -> Any:
    return json.loads((out / "disclosure.json").read_text(encoding="utf-8"))


def test_what_is_declared_answers_the_twelve_items(home: Path) -> None:
    registry = applied(home)
    told = registry("disclose", "m", "--law", "california", "--out", home / "out").stderr
    assert "12 of 12 items of the law of California are answered" in told
    items = twin(home / "out")["california"]
    row = {key: item["value"]["rows"][0] for key, item in items.items()}
    assert row["3111.a.4"]["types"] == "labels: topic"
    assert row["3111.a.5"]["copyright"] == "yes, claimed by MIT"
    assert row["3111.a.6"]["acquired"] == "licensed"
    assert row["3111.a.8"]["explanation"] == "nobody looked"
    assert row["3111.a.9"]["purpose"] == "so that nothing is read twice"
    assert row["3111.a.10"]["ongoing"] == "yes"
    assert row["3111.a.11"]["first_used"] == "01/2025"
    assert items["3111.a.2"]["value"]["summary"].startswith("Intended purpose: taking notes.")


def test_what_is_taken_back_is_open_again(home: Path) -> None:
    applied(home)
    fewer = DECLARED.replace("labels: [topic]", "withdrawn: [labels]")
    registry = applied(home, fewer.replace("intended_purpose: taking notes", "withdrawn: [intended_purpose]"))
    registry("disclose", "m", "--out", home / "out")
    items = twin(home / "out")["california"]
    assert "`labels` and `content_types` of notes@1" in items["3111.a.4"]["closed_by"]
    assert "`intended_purpose`" in items["3111.a.2"]["closed_by"]
    shown = registry("dataset", "show", "notes", "--format", "json").json
    assert shown["description"]["labels"] is None
    assert shown["description"]["acquired"] == {"purchased": None, "licensed": "yes"}


def test_an_exempt_model_is_asked_for_nothing(home: Path) -> None:
    exempt = DECLARED.replace("intended_purpose: taking notes", "california_exemption: security")
    registry = applied(home, exempt)
    registry("disclose", "m", "--law", "california", "--out", home / "out")
    assert {item["status"] for item in twin(home / "out")["california"].values()} == {"not-applicable"}
    assert "security and integrity" in (home / "out/index.html").read_text(encoding="utf-8")
    assert registry("model", "show", "m", "--format", "json").json["california_exemption"] == "security"


@pytest.mark.parametrize(
    ("laws", "pages"),
    [
        ((), {"index.html", "california.html"}),
        (("eu",), {"index.html"}),
        (("california",), {"index.html"}),
        (("california", "eu"), {"index.html", "california.html"}),
    ],
)
def test_a_page_for_each_law_that_is_named(home: Path, laws: tuple[str, ...], pages: set[str]) -> None:
    registry = applied(home)
    options = [option for law in laws for option in ("--law", law)]
    told = registry("disclose", "m", *options, "--out", home / "out").stderr
    assert {path.name for path in (home / "out").glob("*.html")} == pages
    assert ("California" in told) is (laws != ("eu",))
    assert ("fields are answered" in told) is (laws != ("california",))


def test_fewer_laws_later_leave_no_page_behind(home: Path) -> None:
    registry = applied(home)
    registry("disclose", "m", "--out", home / "out")
    registry("disclose", "m", "--law", "eu", "--out", home / "out")
    assert not (home / "out/california.html").exists()


def test_a_small_provider_lists_fewer_domains_also_on_the_site(home: Path) -> None:
    names = [{"text": f"words {n}", "url": f"https://site{n}.example/x"} for n in range(20)]
    (home / "notes.jsonl").write_text("\n".join(map(json.dumps, names)), encoding="utf-8")
    registry = applied(home)
    for options, count in (((), 2), (("--sme",), 1)):
        registry("disclose", "m", *options, "--out", home / "out")
        assert len(twin(home / "out")["fields"]["2.3.h"]["value"]["rows"]) == count
        registry("publish", *options, "--out", home / "site")
        found = twin(home / "site/models/m/1/disclosure")
        assert len(found["fields"]["2.3.h"]["value"]["rows"]) == count
