"""Rights holders that are declared of a part of a dataset: what they hold is counted, and adds up."""

import csv
import json
from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

RECORDS = [
    {
        "text": "one two three",
        "kind": "news",
        "by": "Ada",
        "url": "https://www.a.example/1",
        "license": "MIT",
    },
    {"text": "four five", "kind": "news", "by": "", "url": "https://a.example/2", "license": "MIT"},
    {"text": "six", "kind": "blog", "by": "", "url": "https://b.example/3", "license": ""},
    {"text": "seven eight nine ten", "kind": "news", "by": "", "url": "https://b.example/4", "license": ""},
    {"text": "eleven twelve", "kind": "wiki", "by": "", "url": "https://c.example/5", "license": ""},
]
FILE = """
agents:
  - {{id: press, type: organization, name: Press}}
  - {{id: agency, type: organization, name: Agency}}
  - {{id: host, type: organization, name: Host}}
  - {{id: house, type: organization, name: House}}
datasets:
  - name: web
    version: "1"
    source: web.jsonl
    origin: public
    license: CC0-1.0
    fields: {{text: text, creator: by, url: url, license: license}}
    {holders}
models:
  - name: whole
    training: [{{stage: pretraining, mixture: [{{dataset: web, epochs: 2}}]}}]
  - name: part
    training:
      - {{stage: pretraining, mixture: [{{dataset: web, selection: {{where: {{kind: [news, blog]}}}}}}]}}
"""
PARTS = """rights_holders:
      - {agent: press, share: 1/2, where: {kind: news}}
      - {agent: agency, share: 1/4, where: {kind: news}}
      - {agent: host, domain: b.example, where: {kind: blog}}
      - {agent: house}
"""


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    builders.write_jsonl(tmp_path / "web.jsonl", RECORDS)
    return Command(tmp_path / "home")


def write(folder: Path, holders: str) -> Path:
    file = folder / "registry.yaml"
    file.write_text(FILE.format(holders=holders), "utf-8")
    return file


def applied(registry: Command, file: Path) -> list[str]:
    """What changed; the plan before says the same, and the same again changes nothing."""
    told = registry("apply", file, "--dry-run", "--format", "json").json
    done = registry("apply", file, "--format", "json").json
    assert done["problems"] == told["problems"] == []
    again = registry("apply", file, "--format", "json").json
    assert (again["create"], again["change"]) == ([], [])
    changed = [[step["name"] for step in plan["change"]] for plan in (told, done)]
    assert changed[0] == changed[1]
    return [f"{step['name']}: {', '.join(step['facts'])}" for step in done["change"]]


def held(registry: Command, model: str, folder: Path) -> dict[tuple[str, str], int]:
    """The words of each holder under each license."""
    registry("attribute", model, "--out", folder / "out")
    with (folder / "out" / "attribution.csv").open(encoding="utf-8") as lines:
        return {(row["holder"], row["license"]): int(row["words"]) for row in csv.DictReader(lines)}


def test_a_part_goes_before_the_whole_and_after_what_a_record_names(
    registry: Command, tmp_path: Path
) -> None:
    applied(registry, write(tmp_path, "rights_holders: [{agent: house}]"))
    assert held(registry, "part", tmp_path) == {
        ("Ada", "MIT"): 3,
        ("House", "MIT"): 2,
        ("House", "CC0-1.0"): 5,
    }
    changed = applied(registry, write(tmp_path, PARTS))
    assert changed == ["web@1: rights_holders", "part@1: training pretraining"]
    shared = {
        ("Ada", "MIT"): 3,
        ("Press", "MIT"): 1,
        ("Agency", "MIT"): 1,
        ("Press", "CC0-1.0"): 2,
        ("Agency", "CC0-1.0"): 1,
        ("Host", "CC0-1.0"): 1,
        ("unidentified", "CC0-1.0"): 1,
    }
    found = held(registry, "part", tmp_path)
    assert {key: words for key, words in found.items() if words} == shared
    assert sum(found.values()) == 10
    whole = held(registry, "whole", tmp_path)
    assert {key: words for key, words in whole.items() if words} == shared | {("House", "CC0-1.0"): 2}
    assert sum(whole.values()) == 12
    shown = registry("dataset", "show", "web", "--format", "json").json["rights_holders"]
    assert [(one["holder"], one["share"], one["part"], one["license"], one["words"]) for one in shown] == [
        ("Host", "1", {"domain": "b.example", "where": {"kind": ["blog"]}}, None, 1),
        ("Agency", "1/4", {"where": {"kind": ["news"]}}, None, 4),
        ("Press", "1/2", {"where": {"kind": ["news"]}}, None, 4),
        ("Agency", "1/4", {"where": {"kind": ["news"]}}, "MIT", 2),
        ("Press", "1/2", {"where": {"kind": ["news"]}}, "MIT", 2),
        ("House", "1", None, None, 2),
    ]
    assert "kind is blog and domain is b.example" in registry("dataset", "show", "web").stdout


def test_what_was_counted_is_kept_where_the_data_are_gone(registry: Command, tmp_path: Path) -> None:
    applied(registry, write(tmp_path, PARTS))
    (tmp_path / "web.jsonl").unlink()
    file = write(tmp_path, PARTS.replace("1/4", "1/2").replace("      - {agent: house}\n", ""))
    assert registry("apply", file, "--format", "json").json["problems"] == []
    found = held(registry, "whole", tmp_path)
    assert (found["Agency", "CC0-1.0"], found["unidentified", "CC0-1.0"]) == (2, 2)
    more = write(tmp_path, PARTS.replace("kind: news", "kind: wiki"))
    for options in (("--dry-run",), ()):
        refused = registry("apply", more, *options, code=3 if not options else 1)
        assert "web@1 cannot be read any more" in refused.stdout + refused.stderr
        assert "apply the file once where its source is" in refused.stdout + refused.stderr
    assert held(registry, "whole", tmp_path) == found
    gone = write(tmp_path, "withdrawn: [rights_holders]")
    assert registry("apply", gone, "--format", "json").json["problems"] == []
    assert held(registry, "whole", tmp_path) == {
        ("Ada", "MIT"): 3,
        ("unidentified", "MIT"): 2,
        ("unidentified", "CC0-1.0"): 7,
    }


def test_a_part_of_a_model_that_cannot_be_counted_anew_is_a_gap(registry: Command, tmp_path: Path) -> None:
    records = [{"text": "one two", "kind": "news", "url": "https://a.example/"} for _ in range(3)]
    builders.write_jsonl(tmp_path / "web.jsonl", [*records, {"text": "b", "kind": "blog", "by": "Ada"}])
    plain = FILE.replace(", license: license", "").replace("creator: by, ", "")
    file = tmp_path / "registry.yaml"
    file.write_text(plain.format(holders="rights_holders: [{agent: house}]"), "utf-8")
    registry("apply", file)
    (tmp_path / "web.jsonl").unlink()
    file.write_text(
        plain.format(holders="rights_holders: [{agent: house}, {agent: host, domain: a.example}]")
    )
    done = registry("apply", file, "--format", "json")
    assert [step["name"] for step in done.json["change"]] == ["web@1"]
    assert "is not known where it names nobody" in " ".join(done.json["warnings"])
    assert held(registry, "whole", tmp_path) == {("Host", "CC0-1.0"): 6, ("House", "CC0-1.0"): 1}
    assert held(registry, "part", tmp_path) == {("unidentified", "CC0-1.0"): 7}
    allocate = ("allocate", "whole", "--pool", "6.00", "--currency", "EUR", "--rule", "deduplicated-words")
    registry(*allocate, "--out", tmp_path / "paid")
    paid = (tmp_path / "paid" / "allocation.csv").read_text("utf-8")
    amounts = {row["payee"]: row["amount"] for row in csv.DictReader(paid.splitlines())}
    assert amounts == {"Host": "4.00", "House": "2.00"}  # the text that stands three times counts once
    gaps = json.loads((tmp_path / "out" / "attribution.json").read_bytes())["gaps"]
    assert "`registry apply` where the source of web@1 is" in json.dumps(gaps)


def test_parts_that_cannot_be_are_refused_and_the_rest_is_applied(registry: Command, tmp_path: Path) -> None:
    file = tmp_path / "registry.yaml"
    read = "version: '1', source: web.jsonl, fields: {text: text, creator: by, url: url}"
    file.write_text(
        f"""
agents: [{{id: host, type: organization}}, {{id: press, type: organization}}]
datasets:
  - name: tapes
    source: null
    measured: {{records: 10}}
    rights_holders: [{{agent: host, domain: a.example}}]
  - {{name: web, {read}, title: Web, rights_holders: [{{agent: host, domain: www.b.example}}]}}
  - name: both
    version: "1"
    source: web.jsonl
    fields: {{text: text, creator: by, url: url}}
    rights_holders: [{{agent: host, domain: b.example}}, {{agent: press, where: {{kind: news}}}}]
""",
        "utf-8",
    )
    before = registry("apply", file, "--dry-run", code=1).stderr
    assert "tapes has no source here to count the parts" in before
    assert "'www.b.example' under rights_holders is not" in before
    told = registry("apply", file, code=3).stderr
    for words in (
        "tapes@1 has no source here to count the parts of `rights_holders`",
        "make each part a dataset of its own",
        "'www.b.example' under rights_holders is not a registrable domain",
        "write domain: b.example",
        "that name nobody are in two parts, where domain is b.example and where kind is news: 1",
        "make the parts exclude each other",
    ):
        assert words in told
    assert registry("dataset", "show", "web", "--format", "json").json["title"] == "Web"
