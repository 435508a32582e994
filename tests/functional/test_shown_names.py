"""How declared persons are shown: by name, handle or not at all, in every document alike."""

import csv
import json
from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

AGENTS = """
agents:
  - {id: ann, type: person, name: Ann Archer}
  - {id: tek, type: person, name: Ted Knight, handle: teknium1, shown_as: handle}
  - {id: hid, type: person, name: Hilda Dark, shown_as: withheld}
  - {id: press, type: organization, name: Press}
"""
DATASET = """
datasets:
  - name: web
    version: "1"
    source: web.jsonl
    origin: public
    license: {license}
    language: en
    fields: {{text: text, url: url}}
{holders}
"""
MODEL = """
models:
  - name: bard
    training: [{stage: pretraining, mixture: [{dataset: web}]}]
"""
WHOLE = "rights_holders: [{agent: ann, share: 1/2}, {agent: tek, share: 1/4}, {agent: hid, share: 1/4}]"
ANN = "rights_holders: [{agent: ann}]"
WHERE = "rights_holders: [{agent: ann, where: {kind: news}}, {agent: press}]"
DOMAIN = "rights_holders: [{agent: ann, domain: a.example}, {agent: press}]"


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    builders.write_jsonl(
        tmp_path / "web.jsonl",
        [
            {"text": "one two three four", "kind": "news", "url": "https://a.example/1"},
            {"text": "five six seven eight", "kind": "blog", "url": "https://b.example/2"},
        ],
    )
    return Command(tmp_path / "home")


def apply(registry: Command, folder: Path, *, holders: str = "", license_: str = "CC-BY-4.0") -> None:
    file = folder / "registry.yaml"
    stated = DATASET.format(license=license_, holders=f"    {holders}" if holders else "")
    file.write_text(AGENTS + stated + MODEL, "utf-8")
    registry("apply", file)


def holders(registry: Command, folder: Path) -> set[str]:
    """Who the manifest says holds rights."""
    registry("attribute", "bard", "--out", folder / "manifest")
    document = json.loads((folder / "manifest" / "attribution.json").read_text())
    return {one["holder"] for one in document["holders"]}


@pytest.mark.parametrize("stated", [ANN, WHERE, DOMAIN])
def test_who_is_declared_under_a_license_that_asks_for_names_is_named(
    registry: Command, tmp_path: Path, stated: str
) -> None:
    apply(registry, tmp_path)
    apply(registry, tmp_path, holders=stated)
    assert "Ann Archer" in holders(registry, tmp_path)


def test_names_do_not_depend_on_the_order_of_commands(registry: Command, tmp_path: Path) -> None:
    apply(registry, tmp_path, holders=ANN, license_="CC0-1.0")
    assert holders(registry, tmp_path) == {"withheld (1)"}
    registry("license", "conclude", "web", "CC-BY-4.0", "--by", "Kim", "--because", "the site says so")
    assert holders(registry, tmp_path) == {"Ann Archer"}
    (tmp_path / "agents.yaml").write_text(AGENTS, "utf-8")
    registry("apply", tmp_path / "agents.yaml")
    assert holders(registry, tmp_path) == {"Ann Archer"}
    apply(registry, tmp_path, holders=ANN, license_="CC0-1.0")
    assert holders(registry, tmp_path) == {"Ann Archer"}


def test_who_states_a_handle_or_nothing_to_be_shown_keeps_it(registry: Command, tmp_path: Path) -> None:
    apply(registry, tmp_path, holders=WHOLE)
    registry("license", "conclude", "web", "CC-BY-SA-4.0", "--by", "Kim", "--because", "the site says so")
    apply(registry, tmp_path, holders=WHOLE)
    shown = holders(registry, tmp_path)
    assert "Ann Archer" in shown
    assert not {"Ted Knight", "Hilda Dark"} & shown


def test_a_handle_is_shown_alike_in_documents_and_in_sql(registry: Command, tmp_path: Path) -> None:
    took_part = "contributors: [{agent: tek, type: DataCurator}]"
    apply(registry, tmp_path, holders=f"{WHOLE}\n    {took_part}")
    expected = {"Ann Archer", "teknium1", "withheld (1)"}
    assert holders(registry, tmp_path) == expected
    with (tmp_path / "manifest" / "attribution.csv").open(newline="") as file:
        assert {row["holder"] for row in csv.DictReader(file)} == expected
    with (tmp_path / "manifest" / "credits.csv").open(newline="") as file:
        assert {row["holder"] for row in csv.DictReader(file)} == {"Ann Archer; withheld; teknium1"}
    sql = registry("query", "SELECT holder FROM public_rights_holding", "--format", "json").json
    assert {row["holder"] for row in sql} == expected
    sql = registry("query", "SELECT contributor FROM public_contribution", "--format", "json").json
    assert {row["contributor"] for row in sql} == {"teknium1"}
    for asked, name in (("ann archer", "Ann Archer"), ("teknium1", "teknium1")):
        (hit,) = registry("search", asked, "--public", "--format", "json").json
        assert (hit["found"], hit["dataset"], hit["records"]) == (name, "web@1", 2)
    for hidden in ("Ted Knight", "Hilda Dark"):
        assert registry("search", hidden, "--public", "--format", "json").json == []
    registry("publish", "--out", tmp_path / "site")
    pages = {path.relative_to(tmp_path / "site"): path for path in (tmp_path / "site").rglob("*.html")}
    page = next(path.read_text() for name, path in pages.items() if "web" in str(name))
    assert page.count("teknium1") > 1
    files = [path for folder in ("site", "manifest") for path in (tmp_path / folder).rglob("*")]
    written = b"".join(path.read_bytes() for path in files if path.is_file())
    assert b"Ted Knight" not in written


def test_who_is_shown_by_a_handle_is_not_named_by_a_merge_or_an_address(
    registry: Command, tmp_path: Path
) -> None:
    builders.write_jsonl(tmp_path / "posts.jsonl", [{"text": "one two", "by": "Ted Knight"}])
    (tmp_path / "registry.yaml").write_text(
        f"{AGENTS}\ndatasets:\n  - name: posts\n    source: posts.jsonl\n    origin: public\n"
        "    license: CC-BY-4.0\n    language: en\n    fields: {text: text, creator: by}\n"
        '    links: {creator: "https://forum.example/users/{creator}"}\n'
        f"{MODEL.replace('dataset: web', 'dataset: posts')}",
        "utf-8",
    )
    registry("apply", tmp_path / "registry.yaml")
    (agent,) = (one for one in registry("agent", "list", "--format", "json").json if one["dataset"])
    registry("agent", "merge", agent["id"], "tek", "--because", "told by himself")
    assert holders(registry, tmp_path) == {"teknium1"}
    with (tmp_path / "manifest" / "credits.csv").open(newline="") as file:
        (credit,) = csv.DictReader(file)
    assert (credit["author"], credit["author_url"]) == ("teknium1", "")
    sql = registry("query", "SELECT contributor FROM public_contribution", "--format", "json").json
    assert sql == [{"contributor": "teknium1"}]
    found = registry("search", "teknium1", "--public", "--format", "json").json
    assert [(hit["found"], hit["dataset"], hit["records"]) for hit in found] == [("teknium1", "posts@1", 1)]


def test_a_name_that_is_a_handle_is_one_in_sql_too(registry: Command, tmp_path: Path) -> None:
    builders.write_jsonl(tmp_path / "posts.jsonl", [{"text": "one two", "by": "@ann"}])
    registry(
        "ingest", tmp_path / "posts.jsonl", "--name", "posts", "--creator-field", "by",
        "--text-field", "text", "--language", "en", "--license", "CC0-1.0",
    )  # fmt: skip
    registry("train", "bard", "--dataset", "posts", "--stage", "pretraining")
    assert holders(registry, tmp_path) == {"@ann"}
    for view, column in (("public_contribution", "contributor"), ("public_rights_holding", "holder")):
        sql = registry("query", f"SELECT {column} FROM {view}", "--format", "json").json
        assert sql == [{column: "@ann"}]
