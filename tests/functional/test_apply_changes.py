"""A year of `registry apply`: what is corrected, taken back, moved, and what the plan says of it before."""

import subprocess
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
]
Plan = dict[str, list[str]]


@pytest.fixture
def registry(tmp_path: Path, registry_url: str) -> Command:
    return Command(tmp_path / "home", registry_url)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    builders.write_jsonl(tmp_path / "poems.jsonl", POEMS)
    return tmp_path / "registry.yaml"


def rows(registry: Command, sql: str) -> list[tuple[object, ...]]:
    """What the tables hold, superseded statements too."""
    assert registry.database is not None
    with open_engine(registry.database).connect() as connection:
        return [tuple(row) for row in connection.execute(text(sql))]


def plan(registry: Command, file: Path, *options: str, code: int = 0) -> Plan:
    """The plan by action; what changes as "kind name: facts"."""
    found = registry("apply", file, "--format", "json", *options, code=code).json
    return {
        "create": [f"{step['kind']} {step['name']}" for step in found["create"]],
        "change": [f"{step['kind']} {step['name']}: {', '.join(step['facts'])}" for step in found["change"]],
        "keep": [f"{step['kind']} {step['name']}" for step in found["keep"]],
        "problems": [problem["message"] for problem in found["problems"]],
    }


def applied(registry: Command, file: Path, content: str) -> Plan:
    """Apply a file that says this; the plan before and after is the same, and then nothing is left to do."""
    file.write_text(dedent(content), "utf-8")
    told = plan(registry, file, "--dry-run")
    done = plan(registry, file)
    assert told == done
    again = plan(registry, file)
    assert (again["create"], again["change"], again["problems"]) == ([], [], [])
    return done


def dataset(*lines: str) -> str:
    entry = ["datasets:", "  - name: poems", '    version: "1"', "    source: poems.jsonl", *lines]
    return "\n".join([*entry[:4], *(f"    {line}" for line in lines)]) + "\n"


def shown(registry: Command, kind: str, name: str) -> dict[str, object]:
    found: dict[str, object] = registry(kind, "show", name, "--format", "json").json
    return found


# --- agents ------------------------------------------------------------------------------------------------


def test_what_an_agent_entry_leaves_out_stays_as_it_was_stated(registry: Command, file: Path) -> None:
    person = "agents: [{id: bob, type: person, name: Bob Jones, visibility: private}]\n"
    applied(registry, file, person)
    assert applied(registry, file, "agents: [{id: bob}]\n")["change"] == []
    assert rows(registry, "SELECT name, kind, shown_as FROM agent") == [("Bob Jones", "person", "withheld")]


def test_facts_on_an_agent_can_be_corrected_and_taken_back(registry: Command, file: Path) -> None:
    entry = "{{id: acme, type: organization, {}}}"
    first = 'contact: "https://acme.example/ask", ror: "https://ror.org/05gq02987"'
    applied(registry, file, f"agents: [{entry.format(first)}]\n")
    second = 'withdrawn: [contact], ror: "https://ror.org/03yrm5c26"'
    done = applied(registry, file, f"agents: [{entry.format(second)}]\n")
    assert done["change"] == ["agent acme: contact, ror"]
    assert rows(registry, "SELECT value FROM agent_identifier") == [("https://ror.org/03yrm5c26",)]
    held = "SELECT property FROM agent_property WHERE superseded_at IS {} NULL ORDER BY property"
    assert rows(registry, held.format("")) == [("kind",), ("ror",)]
    assert rows(registry, held.format("NOT")) == [("contact",), ("ror",)]


def test_a_withdrawn_agent_can_come_back(registry: Command, file: Path) -> None:
    entry = "agents: [{{id: acme, type: organization{}}}]\n"
    for state, as_shown in (("", "name"), (", state: withdrawn", "withheld"), ("", "name")):
        applied(registry, file, entry.format(state))
        assert rows(registry, "SELECT shown_as FROM agent") == [(as_shown,)]


# --- datasets ----------------------------------------------------------------------------------------------


def test_what_a_dataset_was_made_from_is_the_last_that_was_said(registry: Command, file: Path) -> None:
    for said, expected in (
        ('["https://a.example/", "https://b.example/"]', ["https://a.example/", "https://b.example/"]),
        ('["https://b.example/"]', ["https://b.example/"]),
        ("none", []),
        ('["https://a.example/"]', ["https://a.example/"]),
    ):
        assert applied(registry, file, dataset(f"derived_from: {said}"))["problems"] == []
        assert shown(registry, "dataset", "poems")["derived_from"] == expected
    ended = rows(registry, "SELECT of_url FROM derivation WHERE superseded_at IS NOT NULL ORDER BY of_url")
    assert ended == [("https://a.example/",), ("https://b.example/",)]


def test_withdrawn_holders_leave_the_rights_with_nobody(registry: Command, file: Path) -> None:
    agents = "agents: [{id: acme, type: organization}]\n"
    applied(registry, file, agents + dataset("rights_holders: [{agent: acme, share: 1/2}]"))
    done = applied(registry, file, agents + dataset("withdrawn: [rights_holders]"))
    assert done["change"] == ["dataset poems@1: rights_holders"]
    held = "SELECT basis, records FROM rights_holding WHERE superseded_at IS NULL"
    assert rows(registry, held) == [("unidentified", 2)]


def test_a_publisher_who_is_but_a_name_has_no_kind_of_the_one_before(registry: Command, file: Path) -> None:
    applied(registry, file, dataset("publisher: {name: Acme, type: organization}"))
    assert applied(registry, file, dataset("publisher: Jane Roe"))["change"] == ["dataset poems@1: publisher"]
    held = "SELECT property, value FROM version_property WHERE superseded_at IS NULL"
    assert rows(registry, held) == [("publisher", "Jane Roe")]


def test_a_license_that_is_withdrawn_leaves_what_the_records_say(registry: Command, tmp_path: Path) -> None:
    file = tmp_path / "registry.yaml"
    licensed = [{"text": "A line of verse.", "license": "CC-BY-4.0"}]
    builders.write_jsonl(tmp_path / "poems.jsonl", licensed)
    fields = "fields: {text: text, license: license}"
    applied(registry, file, dataset(fields))
    applied(registry, file, dataset(fields, "license: MIT"))
    applied(registry, file, dataset(fields, "withdrawn: [license]"))
    license_ = shown(registry, "dataset", "poems")["license"]
    assert isinstance(license_, dict)
    assert license_["declared"] == "CC-BY-4.0"
    assert len(rows(registry, "SELECT id FROM license_statement WHERE superseded_at IS NOT NULL")) == 2


def test_what_a_card_said_becomes_the_providers_word_once_the_provider_says_it(
    registry: Command, tmp_path: Path
) -> None:
    folder, file = tmp_path / "data", tmp_path / "registry.yaml"
    folder.mkdir()
    builders.write_jsonl(folder / "poems.jsonl", POEMS)
    card = folder / "README.md"
    card.write_text("---\nlicense: mit\n---\n", "utf-8")
    plan(registry, _written(file, "datasets: [{name: poems, version: '1', source: data}]\n"))
    said = "datasets: [{name: poems, version: '1', source: data, license: MIT}]\n"
    assert applied(registry, file, said)["change"] == ["dataset poems@1: license"]
    card.write_text("---\nlicense: gpl-3.0\n---\n", "utf-8")
    done = applied(registry, file, said)
    assert done["change"] == ["dataset poems@1: contradiction on license"]
    license_ = shown(registry, "dataset", "poems")["license"]
    assert isinstance(license_, dict)
    assert license_["declared"] == "MIT"


def test_a_card_that_changes_or_a_file_that_is_renamed_is_no_reason_to_read_again(
    registry: Command, tmp_path: Path
) -> None:
    folder, file = tmp_path / "data", tmp_path / "registry.yaml"
    folder.mkdir()
    builders.write_jsonl(folder / "poems.jsonl", POEMS)
    (folder / "README.md").write_text("---\npretty_name: Old\n---\n", "utf-8")
    said = "datasets: [{name: poems, version: '1', source: data}]\n"
    plan(registry, _written(file, said))
    (folder / "README.md").write_text("---\npretty_name: New\n---\n", "utf-8")
    (folder / "poems.jsonl").rename(folder / "verses.jsonl")
    told = registry("apply", file, "--dry-run").stdout
    assert "~ dataset poems@1: title (its files will be read to see that they are the same)" in told
    assert applied(registry, file, said)["change"] == ["dataset poems@1: title"]
    (folder / "README.md").unlink()
    assert applied(registry, file, said)["change"] == []
    assert shown(registry, "dataset", "poems")["title"] == "New"


def _written(file: Path, content: str) -> Path:
    file.write_text(content, "utf-8")
    return file


# --- the plan ----------------------------------------------------------------------------------------------


def test_another_mapping_under_a_used_label_is_refused_before_anything_is_read(
    registry: Command, file: Path
) -> None:
    applied(registry, file, dataset("fields: {text: text}"))
    _written(file, dataset("fields: {text: text, id: id}"))
    told, done = plan(registry, file, "--dry-run", code=1), plan(registry, file, code=3)
    assert told["problems"] == done["problems"] == ["poems@1 was read in another way"]
    assert 'version: "2"' in registry("apply", file, code=3).stderr


def test_other_data_without_a_label_is_planned_as_a_new_version(registry: Command, file: Path) -> None:
    said = "datasets: [{name: poems, source: poems.jsonl, fields: {text: text}}]\n"
    assert applied(registry, file, said)["create"] == ["dataset poems@1"]
    builders.write_jsonl(file.parent / "poems.jsonl", POEMS[:1])
    assert applied(registry, file, said)["create"] == ["dataset poems@2"]


def test_declared_sizes_are_planned_as_they_are_recorded(registry: Command, file: Path) -> None:
    said = "datasets: [{{name: tapes, version: '{}', source: null, measured: {{hours: {}}}}}]\n"
    assert applied(registry, file, said.format(1, 10))["create"] == ["dataset tapes@1"]
    assert applied(registry, file, said.format(2, 20))["create"] == ["dataset tapes@2"]
    _written(file, said.format(2, 30))
    told, done = plan(registry, file, "--dry-run", code=1), plan(registry, file, code=3)
    assert told == done
    assert "other sizes" in told["problems"][0]


def test_a_source_that_goes_and_comes_back_is_planned(registry: Command, file: Path) -> None:
    source, away = file.parent / "poems.jsonl", file.parent / "away"
    applied(registry, file, dataset("language: en"))
    source.rename(away)
    news = ["dataset poems@1: unavailable_since"]
    assert applied(registry, file, dataset("language: en"))["change"] == news
    away.rename(source)
    assert applied(registry, file, dataset("language: en"))["change"] == news


@pytest.mark.parametrize(
    ("said", "options", "code"),
    [
        ("datasets: [{name: lost, source: lost.jsonl}]", [], 3),
        ("datasets: [{name: lost, source: lost.jsonl}]", ["--dry-run"], 1),
        ("datasets: [{name: lost}]", [], 3),
        ("datasets: [{name: lost}]", ["--dry-run", "--format", "json"], 1),
        ("datasets: []", [], 0),
    ],
)
def test_the_exit_code_of_the_command_itself_says_whether_all_is_done(
    tmp_path: Path, registry_command: Path, said: str, options: list[str], code: int
) -> None:
    file = _written(tmp_path / "registry.yaml", said + "\n")
    command: list[str | Path] = [registry_command, "--home", tmp_path / "home", "apply", file, *options]
    assert subprocess.run(command, check=False, capture_output=True, timeout=120).returncode == code


def test_the_mistakes_of_a_file_are_one_document(registry: Command, file: Path) -> None:
    _written(file, "datasets: [{name: poems, sources: x}]\n")
    found = registry("apply", file, "--format", "json", code=3)
    assert found.json["problems"][0]["path"] == "datasets[0].sources"
    assert "registry.yaml has a mistake" in found.stderr


# --- models ------------------------------------------------------------------------------------------------


def test_a_model_waits_only_for_the_version_it_names(registry: Command, file: Path) -> None:
    two = """
        datasets:
          - {name: poems, version: "1", source: poems.jsonl}
          - {name: poems, version: "2", source: lost.jsonl}
        models:
          - {name: first, version: "1", training: [{stage: pretraining, mixture: [{dataset: poems@1}]}]}
          - {name: second, version: "1", training: [{stage: pretraining, mixture: [{dataset: poems@2}]}]}
        """
    _written(file, dedent(two))
    done = plan(registry, file, code=3)
    assert done["create"] == ["dataset poems@1", "model first@1"]
    assert len(done["problems"]) == 2
    assert "second@1 depends on poems" in done["problems"][1]


def test_what_a_model_was_made_from_is_the_last_that_was_said(registry: Command, file: Path) -> None:
    models = 'models: [{{name: elder, version: "1"}}, {{name: young, version: "1", base_models: {}}}]\n'
    for said, expected in (("[elder]", 1), ("none", 0), ('["https://m.example/"]', 1), ("[elder]", 1)):
        applied(registry, file, models.format(said))
        held = "SELECT count(*) FROM base_model WHERE superseded_at IS NULL"
        assert rows(registry, held) == [(expected,)]
        said_none = "SELECT value FROM model_property WHERE superseded_at IS NULL"
        assert rows(registry, said_none) == ([("none",)] if said == "none" else [])


def test_a_base_model_stays_pinned_and_the_plan_says_so(registry: Command, file: Path) -> None:
    models = 'models: [{{name: elder, version: "{}"}}, {{name: young, version: "1", base_models: [elder]}}]\n'
    applied(registry, file, models.format(1))
    applied(registry, file, models.format(2))
    told = registry("apply", file).stdout
    assert "the base model elder is pinned to elder@1; the newest is elder@2" in told
    assert rows(registry, "SELECT count(*) FROM base_model") == [(1,)]


def test_a_provider_who_is_but_a_name_has_no_answers_of_the_one_before(registry: Command, file: Path) -> None:
    agents = "agents: [{id: acme, type: organization, name: ACME}]\n"
    model = 'models: [{{name: young, version: "1", provider: {}}}]\n'
    applied(registry, file, agents + model.format("acme"))
    applied(registry, file, agents + model.format("Other Org"))
    held = "SELECT property, value FROM model_property WHERE superseded_at IS NULL"
    assert rows(registry, held) == [("provider", "Other Org")]


def test_taking_something_back_dates_the_documents_of_the_model(
    registry: Command, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = "models: [{name: m, version: '1', training: [{stage: a, mixture: [{dataset: poems@1}]}]}]\n"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    applied(registry, file, dataset("title: Poems") + model)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    applied(registry, file, dataset("withdrawn: [title]") + model)
    registry("disclose", "m", "--out", tmp_path / "out")
    assert "2027-01-15" in (tmp_path / "out" / "disclosure.json").read_text("utf-8")


def test_a_run_recorded_by_hand_and_then_declared_counts_once(registry: Command, file: Path) -> None:
    applied(registry, file, dataset("fields: {text: text}"))
    by_hand = ("train", "m@1", "--dataset", "poems@1:2", "--stage", "pretraining")
    registry(*by_hand)
    training = "[{stage: pretraining, started: 2026-01, mixture: [{dataset: poems@1, epochs: 2}]}]"
    model = f"models: [{{name: m, version: '1', training: {training}}}]\n"
    assert applied(registry, file, model)["change"] == ["model m@1: training pretraining"]
    registry(*by_hand)
    held = "SELECT name, started FROM training_run WHERE superseded_at IS NULL"
    assert rows(registry, held) == [("pretraining", "2026-01")]


def test_a_new_model_that_is_refused_is_not_here_and_leaves_the_others(registry: Command, file: Path) -> None:
    (file.parent / "list.json").write_text("[]", "utf-8")
    models = """
        models:
          - {name: elder, version: "1"}
          - {name: young, version: "1", base_models: [list.json]}
          - {name: younger, version: "1", base_models: [young]}
          - {name: own, version: "1", base_models: [elder]}
        """
    _written(file, dedent(models))
    told, done = plan(registry, file, "--dry-run", code=1), plan(registry, file, code=3)
    assert told == done
    assert done["create"] == ["model elder@1", "model own@1"]
    assert [problem.split(":")[0] for problem in done["problems"]] == ["young@1", "younger@1"]
    listed = registry("model", "list", "--format", "json").json
    assert [model["name"] for model in listed] == ["elder", "own"]


def test_an_ids_file_that_is_not_there_is_a_problem_of_the_plan(registry: Command, file: Path) -> None:
    part = "{dataset: poems@1, selection: {ids_file: lost.txt}}"
    model = f"models: [{{name: m, version: '1', training: [{{stage: a, mixture: [{part}]}}]}}]\n"
    _written(file, dataset("fields: {text: text, id: id}") + model)
    told, done = plan(registry, file, "--dry-run", code=1), plan(registry, file, code=3)
    assert told == done
    assert "the ids file 'lost.txt' cannot be read" in told["problems"][0]


def test_a_withdrawn_model_can_come_back_and_the_plan_says_so(registry: Command, file: Path) -> None:
    model = "models: [{{name: m, version: '1'{}}}]\n"
    applied(registry, file, model.format(""))
    for state in (", state: withdrawn", ""):
        assert applied(registry, file, model.format(state))["change"] == ["model m@1: state"]
