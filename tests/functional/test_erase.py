"""Erasing a person: nothing of the name is left, amounts stay, and it stays erased."""

import json
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard

from registry.store.named_agents import named_agent
from tests.command import Command
from tests.functional.test_identify import prose

ADA = "Ada Lovelace"
SPELLINGS = (ADA, "ada  lovelace", "ADA LOVELACE", "lovelace")


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    """Posts of three people, one of whom is declared, has an identifier and made a request."""
    people = (ADA, "Grace Hopper", "Alan Turing")
    rows = [{"text": prose("p", n), "author": people[n % 3]} for n in range(30)]
    rows[3]["author"] = "ada  lovelace"
    (tmp_path / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (tmp_path / "registry.yaml").write_text(
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
    registry = Command(tmp_path / "home")
    registry("apply", tmp_path / "registry.yaml")
    registry("publish", "--out", tmp_path / "site", "--approved-by", "Max")
    registry("request", "add", "--kind", "removal", "--by", ADA, "--about", f"agent:{ADA}")
    return registry


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
    sums = "SELECT SUM(records), SUM(words), COUNT(*) FROM contribution"
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
