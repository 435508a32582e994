"""The SQL that stands beside a figure finds that figure in the public views, on every database."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from registry.store.engine import open_engine, reading
from tests.command import Command

RECORDS = {
    "poems": [("Shall I compare thee to a summer's day", "en", "CC-BY-4.0", "https://a.example.org/1")] * 30,
    "notes": [("Ein Feld voll Gerste am Abend im Licht", "de", "CC0-1.0", "https://b.example.net/2")] * 20,
    "crawl": [
        (f"Words of page {n} and of no other page", "en", "MIT", f"https://www.d{n % 13}.example/{n}")
        for n in range(60)
    ],
    "contract": [
        ("Nobody is to know where these words are from", "fr", "LicenseRef-own", "https://c.example")
    ]
    * 5,
    "scrap": [("A scrap", "en", "MIT", "https://s.example")],
}
ORIGINS = {
    "poems": "public",
    "notes": "public",
    "crawl": "crawled",
    "contract": "licensed",
    "scrap": "public",
}


@pytest.fixture
def registry(tmp_path: Path, registry_url: str) -> Command:
    """A model trained on all of each dataset, two of them twice."""
    registry = Command(tmp_path / "home", registry_url)
    for name, records in RECORDS.items():
        source = tmp_path / f"{name}.jsonl"
        rows = [dict(zip(("text", "lang", "license", "url"), one, strict=True)) for one in records]
        source.write_text("\n".join(map(json.dumps, rows)))
        fields = ("--text-field", "text", "--language-field", "lang", "--license-field", "license")
        registry("ingest", source, "--name", name, "--origin", ORIGINS[name], *fields, "--url-field", "url")
    used = [part for name in RECORDS for part in ("--dataset", name)]
    registry("train", "bard@1.0", *used, "--stage", "pretraining")
    registry("train", "bard@1.0", "--dataset", "poems:3", "--dataset", "crawl", "--stage", "fine-tuning")
    return registry


def disclosed(registry: Command, out: Path) -> dict[str, Any]:
    registry("disclose", "bard", "--out", out, "--exact-sizes")
    found: dict[str, Any] = json.loads((out / "disclosure.json").read_text())
    return found


def asked(url: str, query: str) -> list[dict[str, Any]]:
    with reading(open_engine(url)) as session:
        return [dict(row) for row in session.execute(text(query)).mappings()]


def test_figures_of_the_first_screen(registry: Command, registry_url: str, tmp_path: Path) -> None:
    twin = disclosed(registry, tmp_path / "out")
    (totals,) = asked(registry_url, twin["how"]["totals"]["query"])
    assert totals == {key: twin["totals"][key] for key in ("records", "words")}
    for name, key in (("origins", "origin"), ("licenses", "expression"), ("languages", "language")):
        rows = asked(registry_url, twin["how"][name]["query"])
        found = {row[key]: (row["records"], row["words"]) for row in rows}
        part = {"licenses": "license"}.get(name, key)
        said = {one[part]: (one["records"], one["words"]) for one in twin[name]}
        assert found == said, name


def test_computed_fields(registry: Command, registry_url: str, tmp_path: Path) -> None:
    twin = disclosed(registry, tmp_path / "out")
    fields = {key: one for key, one in twin["fields"].items() if one["query"]}
    assert set(fields) == {"1.3.b", "1.3.e", "2.1", "2.1.c", "2.2.1", "2.3", "2.3.h"}
    (sizes,) = asked(registry_url, fields["1.3.b"]["query"])
    (row,) = (row for row in fields["1.3.b"]["value"]["rows"] if row["modality"] == "text")
    assert sizes == {key: row[key] for key in ("records", "words")}
    found = {row["language"]: row["words"] for row in asked(registry_url, fields["1.3.e"]["query"])}
    assert found == {row["tag"]: row["words"] for row in fields["1.3.e"]["value"]["rows"]}
    for key, datasets in (("2.1", 3), ("2.2.1", 1), ("2.3", 1)):
        (of_origin,) = asked(registry_url, fields[key]["query"])
        assert of_origin["datasets"] == datasets
        assert f"{of_origin['words']:,} words" in fields[key]["value"]
    large = [row["dataset"] for row in asked(registry_url, fields["2.1.c"]["query"])]
    assert large == [row["dataset"] for row in fields["2.1.c"]["value"]["rows"]] == ["poems", "notes"]
    domains = asked(registry_url, fields["2.3.h"]["query"])
    listed = fields["2.3.h"]["value"]["rows"]
    assert [(row["domain"], row["bytes"]) for row in domains[: len(listed)]] == [
        (row["domain"], row["bytes"]) for row in listed
    ]


def test_every_computed_field_says_how_and_from_what(registry: Command, tmp_path: Path) -> None:
    twin = disclosed(registry, tmp_path / "out")
    computed = [one for one in twin["fields"].values() if one["status"] == "computed"]
    assert len(computed) > 15
    assert [one["title"] for one in computed if not (one["method"] and one["inputs"])] == []


def test_no_sql_stands_where_the_views_do_not_hold_the_figure(registry: Command, tmp_path: Path) -> None:
    """Of a part that was counted apart the views know the size alone."""
    file = tmp_path / "registry.yaml"
    file.write_text(
        "datasets: []\nmodels:\n  - name: half\n    version: '1'\n    training:\n      - stage: pretraining\n"
        "        mixture: [{dataset: crawl@1, selection: {share: 0.5}}, {dataset: poems@1}]\n"
    )
    registry("apply", file)
    registry("disclose", "half", "--out", tmp_path / "half")
    twin = json.loads((tmp_path / "half" / "disclosure.json").read_text())
    assert twin["how"]["languages"]["query"] is None
    assert twin["how"]["totals"]["query"]
    assert twin["fields"]["2.3.h"]["query"] is None
    assert twin["fields"]["2.3"]["query"]
