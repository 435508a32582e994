"""How declared persons are shown: by name, handle or not at all, in every document alike."""

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
