"""`registry apply`: what a team knows lives in a file, and the registry follows it."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import text

from registry.store.engine import open_engine
from tests import builders
from tests.command import Command

POEMS = [
    {"id": "a", "text": "The grey light climbs the garden wall.", "kind": "dawn"},
    {"id": "b", "text": "Heat stands above the barley, and nobody goes.", "kind": "noon"},
    {"id": "c", "text": "The ferry bell counts the last of the day.", "kind": "dusk"},
]
FILE = """
agents:
  - {id: acme, type: organization, name: ACME AI, url: "https://acme.example"}
provider:
  agent: acme
  code_of_practice_signatory: true
  rights_contact: {url: "https://acme.example/rights", answer_within_days: 30}
datasets:
  - name: poems
    version: 1.10
    title: Poems
    source: poems.jsonl
    origin: public
    license: CC-BY-4.0
    fields: {text: text, id: id}
    language: en
    content_types: [short poems]
    collected: {from: 2020-01, until: 2020-12}
    personal_information: no
    derived_from: []
models:
  - name: verselet
    version: "1"
    provider: acme
    base_models: none
    training:
      - stage: pretraining
        mixture:
          - {dataset: poems, epochs: 3, selection: {where: {kind: [dawn, noon]}}}
"""


@pytest.fixture
def registry(tmp_path: Path, registry_url: str) -> Command:
    return Command(tmp_path / "home", registry_url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    builders.write_jsonl(tmp_path / "poems.jsonl", POEMS)
    return written(tmp_path / "registry.yaml", FILE)


def written(path: Path, text: str) -> Path:
    path.write_text(dedent(text), "utf-8")
    return path


def edited(file: Path, old: str, new: str) -> Path:
    text = file.read_text("utf-8")
    assert old in text
    return written(file, text.replace(old, new))


def rows(registry: Command, sql: str) -> list[tuple[object, ...]]:
    """What a public view shows, asked as the owner: on PostgreSQL others need a role of their own."""
    assert registry.database is not None
    with open_engine(registry.database).connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def plan(registry: Command, file: Path, *options: str, code: int = 0) -> dict[str, list[str]]:
    """The plan by action, entries as "kind name: facts"."""
    found = registry("apply", file, "--format", "json", *options, code=code).json
    return {
        action: [f"{step['kind']} {step['name']}: {', '.join(step['facts'])}" for step in found[action]]
        for action in ("create", "change", "keep")
    } | {"problems": [problem["message"] for problem in found["problems"]]}


def test_a_dry_run_tells_everything_and_makes_nothing(registry: Command, file: Path, tmp_path: Path) -> None:
    found = plan(Command(tmp_path / "new"), file, "--dry-run")
    assert found["problems"] == []
    assert [entry.partition(":")[0] for entry in found["create"]] == [
        "agent acme",
        "provider acme",
        "dataset poems@1.10",
        "model verselet@1",
    ]
    assert not (tmp_path / "new").exists()


def test_the_first_apply_reads_and_records(registry: Command, file: Path) -> None:
    assert plan(registry, file)["problems"] == []
    shown = registry("dataset", "show", "poems@1.10", "--format", "json").json
    assert (shown["records"], shown["license"]["declared"], shown["title"]) == (3, "CC-BY-4.0", "Poems")
    model = registry("model", "show", "verselet", "--format", "json").json
    (component,) = model["mixture"]
    assert (component["records"], component["epochs"]) == (2, "3")
    assert component["words"] == 7 + 8


def test_the_second_apply_does_nothing(registry: Command, file: Path) -> None:
    plan(registry, file)
    for options in ((), ("--dry-run",), ("--rehash",)):
        again = plan(registry, file, *options)
        assert (again["create"], again["change"], again["problems"]) == ([], [], [])
        assert len(again["keep"]) == 4


def test_a_changed_fact_supersedes_and_the_plan_says_which(registry: Command, file: Path) -> None:
    plan(registry, file)
    edited(file, "license: CC-BY-4.0", "license: CC0-1.0")
    assert plan(registry, file, "--dry-run")["change"] == ["dataset poems@1.10: license"]
    assert registry("dataset", "show", "poems", "--format", "json").json["license"]["declared"] == "CC-BY-4.0"
    assert plan(registry, file)["change"] == ["dataset poems@1.10: license"]
    assert registry("dataset", "show", "poems", "--format", "json").json["license"]["declared"] == "CC0-1.0"


def test_removing_an_entry_changes_nothing_but_withdrawing_it_does(registry: Command, file: Path) -> None:
    plan(registry, file)
    edited(file, "    title: Poems\n", "")
    assert plan(registry, file)["change"] == []
    assert registry("dataset", "show", "poems", "--format", "json").json["title"] == "Poems"
    edited(file, "    license: CC-BY-4.0\n", "    withdrawn: [title, license]\n")
    assert plan(registry, file)["change"] == ["dataset poems@1.10: title, license"]
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert (shown["title"], shown["license"]["declared"]) == (None, None)
    assert plan(registry, file)["change"] == []


def test_a_withdrawn_run_no_longer_counts(registry: Command, file: Path) -> None:
    plan(registry, file)
    edited(file, "- stage: pretraining\n", "- stage: pretraining\n        state: withdrawn\n")
    assert plan(registry, file)["change"] == ["model verselet@1: training pretraining withdrawn"]
    assert registry("model", "show", "verselet", "--format", "json").json["mixture"] == []
    assert rows(registry, "SELECT * FROM public_model_dataset") == []


def test_a_corrected_run_takes_the_place_of_the_one_before(registry: Command, file: Path) -> None:
    plan(registry, file)
    edited(file, "epochs: 3", "epochs: 4")
    assert plan(registry, file)["change"] == ["model verselet@1: training pretraining"]
    (component,) = registry("model", "show", "verselet", "--format", "json").json["mixture"]
    assert component["epochs"] == "4"


def test_other_content_under_a_used_label_is_refused_and_its_models_with_it(
    registry: Command, file: Path, tmp_path: Path
) -> None:
    plan(registry, file)
    builders.write_jsonl(tmp_path / "poems.jsonl", POEMS[:2])
    found = registry("apply", file, code=3)
    assert "poems@1.10 names other content" in found.stderr
    assert "give it a new version" in found.stderr
    assert registry("dataset", "show", "poems", "--format", "json").json["records"] == 3


def test_a_mixture_stays_pinned_to_the_version_it_was_applied_with(
    registry: Command, file: Path, tmp_path: Path
) -> None:
    plan(registry, file)
    builders.write_jsonl(tmp_path / "poems.jsonl", [*POEMS, {"id": "d", "text": "Night.", "kind": "dawn"}])
    edited(file, "version: 1.10", 'version: "2"')
    found = registry("apply", file)
    assert "poems is pinned to poems@1.10; the newest is poems@2" in found.stdout
    (component,) = registry("model", "show", "verselet", "--format", "json").json["mixture"]
    assert (component["version"], component["records"]) == ("1.10", 2)


def test_a_source_that_vanished_leaves_the_version_and_a_note(
    registry: Command, file: Path, tmp_path: Path
) -> None:
    plan(registry, file)
    (tmp_path / "poems.jsonl").rename(tmp_path / "elsewhere")
    found = registry("apply", file)
    assert "poems.jsonl: does not exist; the version stays" in found.stderr
    assert plan(registry, file)["change"] == []
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert shown["unavailable_since"] is not None
    (tmp_path / "elsewhere").rename(tmp_path / "poems.jsonl")
    assert plan(registry, file)["change"] == ["dataset poems@1.10: unavailable_since"]
    assert registry("dataset", "show", "poems", "--format", "json").json["unavailable_since"] is None


def test_a_source_that_never_was_there_fails_and_leaves_the_others(registry: Command, tmp_path: Path) -> None:
    builders.write_jsonl(tmp_path / "poems.jsonl", POEMS)
    file = written(
        tmp_path / "registry.yaml",
        """
        datasets:
          - {name: lost, source: lost.jsonl}
          - {name: poems, source: poems.jsonl}
        models:
          - name: one
            training: [{stage: pretraining, mixture: [{dataset: lost}, {dataset: poems}]}]
          - name: two
            training: [{stage: pretraining, mixture: [{dataset: poems}]}]
        """,
    )
    found = registry("apply", file, code=3)
    assert "registry.yaml:3: datasets[0]: lost.jsonl: does not exist" in found.stderr
    assert "depends on lost, which could not be read" in found.stderr
    assert [model["name"] for model in registry("model", "list", "--format", "json").json] == ["two"]


def test_data_that_cannot_be_read_is_declared_and_says_so(registry: Command, tmp_path: Path) -> None:
    file = written(
        tmp_path / "registry.yaml",
        """
        datasets:
          - name: tapes
            version: "1"
            source: null
            measured: {modality: audio, hours: 1200.5, evidence: contract of 2024}
            origin: licensed
            visibility: public
            title: Tapes
        models:
          - name: hearing
            training: [{stage: pretraining, mixture: [{dataset: tapes@1}]}]
        """,
    )
    assert plan(registry, file)["problems"] == []
    again = plan(registry, file)
    assert (again["create"], again["change"]) == ([], [])
    shown = registry("dataset", "show", "tapes", "--format", "json").json
    assert shown["basis"] == "declared"
    assert shown["digest"] is None
    assert rows(registry, "SELECT basis, content_digest FROM public_dataset_version") == [("declared", None)]
    registry("disclose", "hearing", "--out", tmp_path / "out")
    assert "declared, not measured" in (tmp_path / "out" / "index.html").read_text("utf-8")
    edited(file, "1200.5", "1300")
    assert "other sizes" in registry("apply", file, code=3).stderr


def test_declared_holders_take_the_place_of_nobody(registry: Command, file: Path, tmp_path: Path) -> None:
    plan(registry, file)
    edited(file, "    language: en\n", "    language: en\n    rights_holders: [{agent: acme, share: 1/3}]\n")
    assert plan(registry, file)["change"] == ["dataset poems@1.10: rights_holders"]
    assert plan(registry, file)["change"] == []
    registry("attribute", "verselet", "--out", tmp_path / "out")
    rows = (tmp_path / "out" / "attribution.csv").read_text("utf-8").splitlines()
    words = {row.split(",")[0]: int(row.split(",")[6]) for row in rows[1:]}
    assert words == {"ACME AI": 5, "unidentified": 10}


def test_a_card_fills_what_the_file_leaves_open_and_contradictions_are_told(
    registry: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    builders.write_jsonl(folder / "poems.jsonl", POEMS)
    card = "---\nlicense: cc-by-nc-4.0\npretty_name: Poems of a Day\nlanguage: en\n---\n# Poems\n"
    (folder / "README.md").write_text(card, "utf-8")
    file = written(
        tmp_path / "registry.yaml",
        "datasets: [{name: poems, source: data, license: MIT, fields: {text: text}}]\n",
    )
    told = registry("apply", file)
    assert "license is stated as 'MIT', but README.md: license says 'cc-by-nc-4.0'" in told.stderr
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert (shown["title"], shown["license"]["declared"]) == ("Poems of a Day", "MIT")
    assert [(one["property"], one["found"]) for one in shown["contradictions"]] == [
        ("license", "cc-by-nc-4.0")
    ]
    edited(file, "license: MIT, ", "withdrawn: [license], ")
    plan(registry, file)
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert shown["license"]["declared"] == "CC-BY-NC-4.0"
    assert shown["contradictions"] == []


def test_a_base_model_may_be_here_a_url_or_another_registrys_disclosure(
    registry: Command, file: Path, tmp_path: Path
) -> None:
    plan(registry, file)
    registry("disclose", "verselet", "--out", tmp_path / "theirs")
    other = Command(tmp_path / "other")
    second = written(
        tmp_path / "second.yaml",
        """
        datasets: [{name: more, source: poems.jsonl, fields: {text: text}}]
        models:
          - name: grown
            version: "1"
            base_models: [base, "https://models.example/elder", theirs/disclosure.json]
            training: [{stage: fine-tuning, mixture: [{dataset: more}]}]
          - {name: base, version: "1", base_models: []}
        """,
    )
    assert plan(other, second)["problems"] == []
    assert plan(other, second)["change"] == []
    (tmp_path / "theirs" / "disclosure.json").unlink()
    gone = plan(other, second)
    assert (gone["change"], gone["problems"]) == ([], [])
    bases = json.dumps(other("model", "show", "grown", "--format", "json").json["base_models"])
    assert "base@1" in bases
    assert "https://models.example/elder" in bases
    assert "verselet" in bases


def test_every_mistake_of_the_file_is_told_at_once(registry: Command, tmp_path: Path) -> None:
    file = written(
        tmp_path / "registry.yaml",
        """
        datasets:
          - {name: poems, sources: poems.jsonl}
          - {name: "bad name", source: x.jsonl, origin: stolen}
        """,
    )
    found = registry("apply", file, code=3)
    for words in ("datasets[0].sources", "datasets[1].name", "datasets[1].origin", "registry.yaml:3"):
        assert words in found.stderr
    assert registry("dataset", "list", "--format", "json").json == []
    assert len(plan(registry, file, "--dry-run", code=1)["problems"]) >= 3


def test_a_part_has_the_licenses_holders_and_languages_of_its_own_records(
    registry: Command, tmp_path: Path
) -> None:
    records = [
        {"text": "one two three", "by": "Ada", "license": "MIT", "lang": "en"},
        {"text": "four five", "by": "Ben", "license": "CC BY 4.0", "lang": "de"},
        {"text": "six", "by": "", "license": "MIT", "lang": "en"},
        {"text": "seven eight nine ten", "by": "Ben", "license": "MIT", "lang": "fr"},
    ]
    builders.write_jsonl(tmp_path / "all.jsonl", records)
    file = written(
        tmp_path / "registry.yaml",
        """
        agents: [{id: house, type: organization, name: House}]
        datasets:
          - name: all
            source: all.jsonl
            origin: public
            rights_holders: [{agent: house}]
            fields: {text: text, creator: by, license: license, language: lang}
        models:
          - name: partial
            training:
              - stage: pretraining
                mixture: [{dataset: all, selection: {where: {license: MIT, lang: [en, de]}}}]
        """,
    )
    assert plan(registry, file)["problems"] == []
    assert plan(registry, file)["change"] == []
    registry("disclose", "partial", "--out", tmp_path / "disclosure")
    found = json.loads((tmp_path / "disclosure" / "disclosure.json").read_bytes())
    assert [(one["license"], one["words"]) for one in found["licenses"]] == [("MIT", 4)]
    assert [(one["language"], one["words"]) for one in found["languages"]] == [("en", 4)]
    registry("attribute", "partial", "--out", tmp_path / "attribution")
    rows = (tmp_path / "attribution" / "attribution.csv").read_text("utf-8").splitlines()
    cells = [row.split(",") for row in rows[1:]]
    assert [(row[0], row[4], row[5], row[6]) for row in cells] == [
        ("Ada", "MIT", "1", "3"),
        ("House", "MIT", "1", "1"),
    ]
    registry("publish", "--out", tmp_path / "site")
    site = json.loads(next((tmp_path / "site").rglob("disclosure.json")).read_bytes())
    assert site["licenses"] == found["licenses"]
