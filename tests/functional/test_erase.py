"""Erasing a person: nothing of the name is left, amounts stay, and it stays erased."""

import json
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import zstandard

from registry.store.named_agents import named_agent
from registry.store.references import every_reference, rename
from tests.command import Command
from tests.functional.test_identify import prose

ADA = "Ada Lovelace"
SPELLINGS = (ADA, "ada  lovelace", "ADA LOVELACE", "lovelace")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Posts of three people, one of whom is declared, has an identifier and made a request."""
    folder = tmp_path_factory.mktemp("built")
    people = (ADA, "Grace Hopper", "Alan Turing")
    rows = [{"text": prose("p", n), "author": people[n % 3]} for n in range(30)]
    rows[3]["author"] = "ada  lovelace"
    (folder / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "registry.yaml").write_text(
        """
agents:
  - {id: ada, type: person, name: Ada Lovelace, orcid: 0000-0002-1825-0097, contact: "ada-lovelace.example"}
datasets:
  - {name: posts, version: "1", source: posts.jsonl, license: CC-BY-4.0, language: en,
     publisher: Ada Lovelace, summary: "Collected with Ada Lovelace.", fields: {text: text, creator: author}}
models:
  - {name: base, version: "1", provider: ada, training: [{stage: pretraining, mixture: [{dataset: posts@1}]}]}
"""
    )
    registry = Command(folder / "home")
    registry("apply", folder / "registry.yaml")
    registry("publish", "--out", folder / "site", "--approved-by", "Max")
    registry("request", "add", "--kind", "removal", "--by", ADA, "--about", f"agent:{ADA}")
    return registry


@pytest.fixture
def registry(built: Command, tmp_path: Path) -> Command:
    return built.copied(tmp_path)


def files_with(folder: Path, *names: str) -> list[str]:
    """The files of a folder that hold one of some names, in whatever case."""
    wanted = [name.lower().encode() for name in names]
    return [
        file.name
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(name in file.read_bytes().lower() for name in wanted)
    ]


def rows(registry: Command, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(registry.home / "registry.db") as connection:
        return connection.execute(sql).fetchall()


def test_without_yes_nothing_is_removed(registry: Command) -> None:
    before = (registry.home / "registry.db").read_bytes()
    shown = registry("erase", ADA).stdout
    assert "Nothing is removed yet" in shown
    assert "attribution 1" in shown
    assert rows(registry, "SELECT COUNT(*) FROM erasure") == [(0,)]
    assert files_with(registry.home, ADA)
    assert len((registry.home / "registry.db").read_bytes()) == len(before)


def test_nothing_of_the_name_is_left_in_the_home(registry: Command) -> None:
    """Definitions, Visibility: "a person's rows can be erased, leaving a tombstone"."""
    assert files_with(registry.home, *SPELLINGS)
    done = registry("erase", ADA, "--because", "asked", "--by", "Max", "--yes", "--format", "json").json
    assert done["is_done"]
    assert done["records"] == 10
    assert files_with(registry.home, *SPELLINGS, "0000-0002-1825-0097", "ada-lovelace.example") == []
    assert rows(registry, "SELECT number, because, erased_by FROM erasure") == [(1, "asked", "Max")]


def test_an_issued_allocation_keeps_the_amount_and_loses_the_name(registry: Command, tmp_path: Path) -> None:
    asked = ("--pool", "90.00", "--currency", "EUR", "--rule", "records", "--issued-by", "Max")
    registry("allocate", "base", *asked, "--out", tmp_path / "allocation")
    assert ADA in _issued(registry)
    registry("erase", ADA, "--yes")
    lines = {one["payee"]: one["amount"] for one in json.loads(_issued(registry))["payees"]}
    assert lines["erased (1)"] == "30.00"
    assert not any(name in _issued(registry).lower() for name in ("lovelace", _agent_of(ADA)))


def _issued(registry: Command) -> str:
    ((snapshot,),) = rows(registry, "SELECT snapshot FROM allocation")
    assert isinstance(snapshot, bytes)
    return zstandard.ZstdDecompressor().decompress(snapshot).decode()


def _agent_of(name: str) -> str:
    return named_agent("posts", name)


def test_amounts_stay_under_the_tombstone(registry: Command) -> None:
    sums = "SELECT SUM(records), SUM(words), COUNT(*) FROM rights_holding"
    before = rows(registry, sums)
    registry("erase", ADA, "--yes")
    assert rows(registry, sums) == before
    (shown,) = registry("agent", "show", "erased (1)", "--format", "json").json[:1]
    assert (shown["name"], shown["records"]) == ("erased (1)", 10)
    names = registry("query", "SELECT contributor FROM public_contribution", "--format", "json").json
    assert {one["contributor"] for one in names} == {"Grace Hopper", "Alan Turing", "withheld (1)"}


def test_a_document_keeps_both_digests_and_says_when_it_was_redacted(
    registry: Command, tmp_path: Path
) -> None:
    digests = "SELECT e.digest, r.digest_before, r.digest_after"
    select = f"{digests} FROM redaction r JOIN edition e ON e.id = r.edition_id"
    registry("erase", ADA, "--yes")
    found = rows(registry, f"{select} WHERE e.kind = 'disclosure'")
    assert [one[0] for one in found] == [one[1] for one in found] != []
    registry("publish", "--out", tmp_path / "site")
    (twin,) = (tmp_path / "site").rglob("disclosure/1/disclosure.json")
    kept = twin.read_bytes()
    assert sha256(kept).hexdigest() == found[0][2]
    page = twin.with_name("index.html").read_text()
    assert str(found[0][0]) in page
    assert "Names taken out on" in page
    assert files_with(tmp_path / "site", ADA) == []


def test_whoever_was_erased_stays_erased(registry: Command, tmp_path: Path) -> None:
    registry("erase", ADA, "--yes")
    registry(
        "ingest", tmp_path / "posts.jsonl", "--name", "again", "--creator-field", "author", "--language", "en"
    )
    assert files_with(registry.home, *SPELLINGS) == []
    names = registry("agent", "list", "--format", "json").json
    assert ("erased (1)", "again", 10) in [(one["name"], one["dataset"], one["records"]) for one in names]
    contributors = "SELECT contributor FROM public_contribution WHERE dataset = 'again'"
    shown = {one["contributor"] for one in registry("query", contributors, "--format", "json").json}
    assert not any("lovelace" in name.lower() for name in shown)


def test_a_declaration_that_names_the_person_again_is_refused(registry: Command, tmp_path: Path) -> None:
    registry("erase", ADA, "--yes")
    (tmp_path / "more.yaml").write_text("agents: [{id: a2, type: person, name: ADA LOVELACE}]\n")
    told = registry("apply", tmp_path / "more.yaml", code=3)
    assert "was erased" in told.stdout + told.stderr
    assert files_with(registry.home, *SPELLINGS) == []


def test_erasing_again_changes_nothing(registry: Command) -> None:
    registry("erase", ADA, "--yes")
    again = registry("erase", "ada lovelace", "--yes", "--format", "json").json
    assert (again["number"], again["records"], again["editions"]) == (1, 0, [])
    assert rows(registry, "SELECT COUNT(*) FROM erasure") == [(1,)]


def test_the_agent_of_an_id_is_erased_alone(registry: Command, tmp_path: Path) -> None:
    registry(
        "ingest", tmp_path / "posts.jsonl", "--name", "other", "--creator-field", "author", "--language", "en"
    )
    found = registry("agent", "show", "Alan Turing", "--format", "json").json
    key = next(one["id"] for one in found if one["dataset"] == "other")
    registry("erase", key, "--yes")
    left = registry("agent", "show", "Alan Turing", "--format", "json").json
    assert [one["dataset"] for one in left] == ["posts"]


def test_a_name_that_nobody_has_is_refused_and_so_is_a_registry_without_its_key(
    registry: Command, tmp_path: Path
) -> None:
    assert "nobody is named" in registry("erase", "Nobody", code=3).stderr
    registry("erase", ADA, "--yes")
    (registry.home / "erasure.key").unlink()
    told = registry("ingest", tmp_path / "posts.jsonl", "--name", "more", code=3).stderr
    assert "erasure.key is not there" in told


class BrokenOffError(Exception):
    """The process ends."""


def _erase_until(registry: Command, monkeypatch: pytest.MonkeyPatch, name: str, files: int) -> None:
    """Erase, and break off after so many files."""
    renamed = iter(range(files))

    def broken(*arguments: Any) -> int:
        if next(renamed, None) is None:
            raise BrokenOffError
        return rename(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr("registry.app.erase.rename", broken)
        with pytest.raises(BrokenOffError):
            registry("erase", name, "--yes")


@pytest.mark.parametrize(("asked", "files"), [(ADA, 0), (ADA, 1), ("0000-0002-1825-0097", 0), ("an ID", 0)])
def test_an_erasure_that_was_broken_off_is_finished_by_the_same_command(
    registry: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, files: int
) -> None:
    again(registry, tmp_path)
    merge(registry, _agent_of(ADA), "ada")
    asked = _agent_of(ADA) if asked == "an ID" else asked
    _erase_until(registry, monkeypatch, asked, files)
    assert rows(registry, "SELECT number FROM erasure") == [(1,)]
    registry("erase", asked, "--yes")
    assert rows(registry, "SELECT number FROM erasure") == [(1,)]
    (version,) = rows(
        registry,
        "SELECT v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id WHERE d.name = 'posts'",
    )
    assert creators(registry, str(version[0])) == {"erased (1)", "Grace Hopper", "Alan Turing"}


def test_a_number_that_a_broken_off_erasure_took_is_nobody_elses(
    registry: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    _erase_until(registry, monkeypatch, ADA, 0)
    done = registry("erase", "Grace Hopper", "--yes", "--format", "json").json
    assert done["number"] == 2
    assert files_with(registry.home, *SPELLINGS) == []
    listed = registry("agent", "list", "--format", "json").json
    records = {one["name"]: one["records"] for one in listed if one["dataset"] == "posts"}
    assert (records["erased (1)"], records["erased (2)"]) == (10, 10)


def merge(registry: Command, agent: str, into: str) -> None:
    """Say by hand that two agents are one."""
    registry("agent", "merge", agent, into, "--because", "they said so")


def again(registry: Command, tmp_path: Path) -> None:
    """The same posts as another dataset."""
    options = ("--name", "again", "--creator-field", "author", "--language", "en")
    registry("ingest", tmp_path / "posts.jsonl", *options)


def creators(registry: Command, version: str) -> set[str]:
    """Whom the records of a version name."""
    read = every_reference(registry.home / "fingerprints", version)
    return {name for reference in read for name in reference.creators}


def test_an_identifier_takes_its_agents_and_leaves_others_of_the_name(
    registry: Command, tmp_path: Path
) -> None:
    again(registry, tmp_path)
    merge(registry, _agent_of(ADA), "ada")
    registry("erase", "0000-0002-1825-0097", "--yes")
    left = registry("agent", "list", "--format", "json").json
    assert {one["dataset"] for one in left if one["name"] == ADA} == {"again"}
    sql = "SELECT d.name, v.id FROM dataset_version v JOIN dataset d ON d.id = v.dataset_id"
    versions = {str(name): str(version) for name, version in rows(registry, sql)}
    assert ADA in creators(registry, versions["again"])
    assert creators(registry, versions["posts"]) == {"erased (1)", "Grace Hopper", "Alan Turing"}
    assert rows(registry, "SELECT asked_by FROM request") == [(ADA,)]
    assert files_with(registry.home, "0000-0002-1825-0097") == []
    registry("ingest", tmp_path / "posts.jsonl", "--name", "third", "--creator-field", "author")
    third = registry("agent", "list", "--format", "json").json
    assert (ADA, "third") in {(one["name"], one["dataset"]) for one in third}
    told = registry("apply", tmp_path / "registry.yaml", code=3)
    assert "was erased" in told.stdout + told.stderr


def test_names_merged_by_hand_go_with_the_person_and_stay_away(registry: Command, tmp_path: Path) -> None:
    posts = (tmp_path / "posts.jsonl").read_text().replace("Alan Turing", "J. Lovelace")
    (tmp_path / "more.jsonl").write_text(posts)
    options = ("--creator-field", "author", "--language", "en")
    registry("ingest", tmp_path / "more.jsonl", "--name", "more", *options)
    merge(registry, named_agent("more", "J. Lovelace"), named_agent("more", ADA))
    shown = registry("erase", ADA, "--format", "json").json
    assert "J. Lovelace" in {one["name"] for one in shown["agents"]}
    registry("erase", ADA, "--yes")
    assert files_with(registry.home, *SPELLINGS, "J. Lovelace") == []
    registry("ingest", tmp_path / "more.jsonl", "--name", "further", *options)
    assert files_with(registry.home, *SPELLINGS, "J. Lovelace") == []
    (whole,) = {
        one["records"]
        for one in registry("agent", "list", "--format", "json").json
        if one["dataset"] == "further" and one["name"] == "erased (1)"
    }
    assert whole == 20


def test_no_identifier_in_the_database_can_be_guessed_from_the_name(
    registry: Command, tmp_path: Path
) -> None:
    """ADR 16: "whoever has the database cannot guess names": no identifier is a plain hash of one."""
    merge(registry, _agent_of(ADA), "ada")
    guessed = _identifiers_of_statements(registry)
    registry("erase", ADA, "--yes")
    assert sum(map(len, guessed.values())) > 5
    for table, before in guessed.items():
        after = {str(key) for (key,) in rows(registry, f"SELECT id FROM {table}")}
        assert not before & after, table
    assert rows(registry, "PRAGMA foreign_key_check") == []
    plain = {_agent_of(ADA), named_agent("", "ada")}.union(*guessed.values())
    assert files_with(registry.home, *plain) == []


def _identifiers_of_statements(registry: Command) -> dict[str, set[str]]:
    """The identifiers of rows that are derived from the agents of Ada or from texts with the name."""
    ada = f"('{_agent_of(ADA)}', '{named_agent('', 'ada')}')"
    party = f"SELECT holding_id FROM rights_holding_party WHERE agent_id IN {ada}"
    asked = {
        "contribution": f"agent_id IN {ada}",
        "agent_merge": f"agent_id IN {ada} OR into_id IN {ada}",
        "rights_holding": f"holder_id IN {ada} OR id IN ({party})",
        "version_property": "value LIKE '%Lovelace%'",
        "request": "asked_by LIKE '%Lovelace%'",
    }
    found = {
        table: {str(key) for (key,) in rows(registry, f"SELECT id FROM {table} WHERE {where}")}
        for table, where in asked.items()
    }
    return {table: keys for table, keys in found.items() if keys}


def test_addresses_of_the_person_go_too(registry: Command, tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(
        "agents: [{id: ada, type: person, name: Ada Lovelace, email: al1815@mail.example}]\n"
    )
    registry("apply", tmp_path / "more.yaml")
    registry("request", "add", "--kind", "opt-out", "--by", "al1815@mail.example", "--about", f"agent:{ADA}")
    assert files_with(registry.home, "al1815@mail.example")
    registry("erase", ADA, "--yes")
    assert files_with(registry.home, "al1815@mail.example") == []


def test_the_agreed_share_of_a_declared_person_stays_with_the_tombstone(
    registry: Command, tmp_path: Path
) -> None:
    stated = (tmp_path / "registry.yaml").read_text()
    splits = 'license: CC-BY-4.0, agreed_splits: {shares: {ada: "1/3", author: "2/3"}}'
    (tmp_path / "registry.yaml").write_text(stated.replace("license: CC-BY-4.0", splits))
    registry("apply", tmp_path / "registry.yaml")
    asked = ("base", "--pool", "90.00", "--currency", "EUR", "--rule", "agreed-splits")
    before = _payees(registry, tmp_path / "before", *asked)
    merge(registry, _agent_of(ADA), "ada")
    registry("erase", ADA, "--yes")
    after = _payees(registry, tmp_path / "after", *asked)
    assert sum(after.values()) == sum(before.values())
    assert after["erased (1)"] == before[ADA] > 30
    assert not any("nobody" in name.lower() for name in after)


def _payees(registry: Command, out: Path, *asked: str) -> dict[str, float]:
    registry("allocate", *asked, "--out", out)
    (file,) = out.rglob("allocation.json")
    found: dict[str, float] = {}
    for one in json.loads(file.read_text())["payees"]:
        found[one["payee"]] = found.get(one["payee"], 0) + float(one["amount"])
    return found


def test_a_database_that_is_being_read_is_erased_from_and_says_what_is_left(
    registry: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.app.erase.WAIT_MS", 50)
    with sqlite3.connect(registry.home / "registry.db", isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT COUNT(*) FROM agent").fetchone()
        done = registry("erase", ADA, "--yes", "--format", "json")
        reader.execute("ROLLBACK")
    reader.close()
    assert done.json["is_done"]
    assert done.json["still_to_do"]
    assert "run the same command again" in done.stderr
    assert registry("erase", ADA, "--yes", "--format", "json").json["still_to_do"] is None
    assert files_with(registry.home, *SPELLINGS) == []
