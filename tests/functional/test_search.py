"""A search finds what is held of someone, and shows the public no more than it may see."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.agent import normalise_name
from registry.queries.hits import rank
from tests.command import Command
from tests.functional.test_identify import prose


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Credited posts, posts under a license that asks for no names, private ones; two models."""
    folder = tmp_path_factory.mktemp("built")
    people = ("Ada Lovelace", "Grace Hopper", "Ada Yonath")
    rows = [
        {"text": prose("p", n), "author": people[n % 3], "url": f"https://{'ab'[n % 2]}.example/{n}"}
        for n in range(12)
    ]
    for name in ("posts", "free", "secret"):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    fields = "fields: {text: text, creator: author, url: url}, language: en, version: '1'"
    (folder / "registry.yaml").write_text(
        f"""
agents: [{{id: grace, type: person, name: Grace Hopper, handle: amazing, orcid: 0000-0002-1825-0097}}]
datasets:
  - {{name: posts, source: posts.jsonl, license: CC-BY-4.0, {fields}}}
  - {{name: free, source: free.jsonl, license: CC0-1.0, {fields}}}
  - {{name: secret, source: secret.jsonl, license: CC-BY-4.0, visibility: private, {fields}}}
models:
  - {{name: open, version: '1', training: [{{stage: pretraining, mixture: [{{dataset: posts}}]}}]}}
  - {{name: hidden, version: '1', visibility: private,
     training: [{{stage: pretraining, mixture: [{{dataset: posts}}]}}]}}
"""
    )
    registry = Command(folder / "home")
    registry("apply", folder / "registry.yaml")
    return registry


@pytest.fixture
def registry(built: Command, tmp_path: Path) -> Command:
    return built.copied(tmp_path)


def found(registry: Command, text: str, *options: str) -> list[tuple[Any, ...]]:
    hits = registry("search", text, *options, "--format", "json").json
    return [(hit["kind"], hit["found"], hit["dataset"], hit["records"], hit["models"]) for hit in hits]


@pytest.mark.parametrize("text", ["ada lovelace", "ADA  L", "lovelace ada", "love"])
def test_a_name_is_found_however_it_is_asked_for(registry: Command, text: str) -> None:
    assert sorted(found(registry, text, "--kind", "name")) == [
        ("name", "Ada Lovelace", "free@1", 4, []),
        ("name", "Ada Lovelace", "posts@1", 4, ["hidden@1", "open@1"]),
        ("name", "Ada Lovelace", "secret@1", 4, []),
    ]


def test_the_public_sees_names_that_are_shown_and_nothing_private(registry: Command) -> None:
    assert found(registry, "ada lovelace", "--public") == [("name", "Ada Lovelace", "posts@1", 4, ["open@1"])]
    assert found(registry, "secret", "--public") == []
    assert found(registry, "hidden", "--public") == []
    assert [hit[2] for hit in found(registry, "a.example", "--public")] == ["free@1", "posts@1"]


def test_domains_addresses_and_names_of_data_and_models(registry: Command) -> None:
    by_domain = found(registry, "https://www.a.example/x?y", "--kind", "domain")
    assert [(hit[1], hit[2], hit[3]) for hit in by_domain] == [
        ("a.example", "free@1", 6),
        ("a.example", "posts@1", 6),
        ("a.example", "secret@1", 6),
    ]
    assert found(registry, "post", "--kind", "dataset") == [
        ("dataset", "posts", "posts@1", 12, ["hidden@1", "open@1"])
    ]
    assert found(registry, "hidd", "--kind", "model") == [("model", "hidden", None, None, ["hidden@1"])]


@pytest.mark.parametrize(("text", "kind"), [("amazing", "handle"), ("0000-0002-1825-0097", "identifier")])
def test_handles_and_identifiers(registry: Command, text: str, kind: str) -> None:
    assert found(registry, text) == [(kind, "Grace Hopper", None, 0, [])]


def test_an_agent_is_shown_by_an_identifier_however_it_is_spelled(registry: Command) -> None:
    for spelled in ("0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"):
        assert "Grace Hopper" in registry("agent", "show", spelled).stdout


def test_a_renamed_agent_is_found_under_the_new_name_alone(registry: Command, tmp_path: Path) -> None:
    assert len(found(registry, "grace hopper", "--kind", "name")) == 4
    (tmp_path / "more.yaml").write_text("agents: [{id: grace, type: person, name: G. Murray}]\n")
    registry("apply", tmp_path / "more.yaml")
    assert [hit[1] for hit in found(registry, "murray")] == ["G. Murray"]
    assert len(found(registry, "grace hopper", "--kind", "name")) == 3


def test_what_is_not_there_is_said_with_another_way(registry: Command) -> None:
    assert "registry lookup" in registry("search", "nobody at all").stdout


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_name_answers_itself_best(name: str, other: str) -> None:
    key = normalise_name(name)
    if key:
        assert rank(key, key) == 0
        assert rank(f"{key} {normalise_name(other)}".strip(), key) in {0, 1}
