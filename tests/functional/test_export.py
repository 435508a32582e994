"""`registry dataset export` and `registry model export`: what the site has, and what is read back."""

import csv
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from huggingface_hub import DatasetCard, ModelCard

from tests import validators
from tests.command import Command

ROWS = [
    {"question": "Wie viel ist 2 + 3?", "answer": "5, \u00e4 \U0001f600"},
    {"question": "What is 7 - 4?", "answer": "3\nbecause"},
    {"question": "Und 1 * 1?", "answer": "1"},
]
TALKS: list[dict[str, Any]] = [
    {"id": 1, "messages": [{"role": "user", "content": "Hello"}, {"role": "bot", "content": "Good day"}]},
    {"id": 2, "messages": [{"role": "user", "content": "Again"}]},
]
DECLARED = """
datasets:
  - name: sums
    version: "1"
    title: "Sums: a collection"
    source: {source}
    origin: public
    license: {license}
    url: "https://sums.example/about"
    publisher: {{name: Example School, type: organization}}
    language: de
    summary: "Sums in words, with their answers."
    content_types: [exercises]
    collected: {{from: 2021-01, until: 2021-10-31}}
    published: 2022-05
    purpose: "practice"
    processing: ["duplicates removed", "names replaced"]
    personal_information: {{answer: no, explanation: "Names were replaced."}}
    derived_from: ["https://older.example/sums"]
    generated_by: [teacher@2]
"""
# What each format can say of that, by the key of `dataset show`.
FACTS = ("title", "license", "url", "publisher", "languages", "derived_from", "description")
DESCRIBED = (
    "summary",
    "collected",
    "published",
    "purpose",
    "processing",
    "personal_information",
    "generated_by",
)


def write(file: Path, rows: list[dict[str, Any]]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), file)
    elif file.suffix == ".csv":
        with file.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    elif file.suffix == ".json":
        file.write_text(json.dumps(rows))
    else:
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


def declared(tmp_path: Path, source: Path, license_: str = "CC-BY-SA-4.0") -> Command:
    registry = Command(tmp_path / "home")
    (tmp_path / "registry.yaml").write_text(DECLARED.format(source=source, license=license_))
    registry("apply", tmp_path / "registry.yaml")
    return registry


def shown(registry: Command, name: str) -> dict[str, Any]:
    found: dict[str, Any] = registry("dataset", "show", name, "--format", "json").json
    return found


def facts(version: dict[str, Any], *names: str) -> dict[str, Any]:
    said = {name: version["description"][name] for name in DESCRIBED}
    languages = [one["language"] for one in version["languages"]]
    found = version | {"description": said, "license": version["license"]["declared"], "languages": languages}
    return {name: found[name] for name in names}


def values(one: Any) -> Any:
    """What mlcroissant reads, as the JSON that was written: texts are bytes there."""
    if isinstance(one, bytes):
        return one.decode()
    if isinstance(one, dict):
        return {name.rpartition("/")[2]: values(value) for name, value in one.items()}
    return [values(value) for value in one] if isinstance(one, list) else one


@pytest.mark.parametrize("ending", ["jsonl", "json", "csv", "parquet"])
def test_mlcroissant_reads_the_records_through_the_file(tmp_path: Path, ending: str) -> None:
    source = write(tmp_path / "data" / f"sums.{ending}", ROWS)
    registry = declared(tmp_path, source)
    registry("dataset", "export", "sums", "--as", "croissant", "--out", source.parent / "croissant.json")
    assert [values(one) for one in validators.records(source.parent / "croissant.json")] == ROWS


def test_mlcroissant_reads_nested_records_and_several_files(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    for number, row in enumerate(TALKS):
        write(tmp_path / "talks" / f"part [{number}].jsonl", [row])
    registry("ingest", tmp_path / "talks", "--name", "talks")
    registry(
        "dataset", "export", "talks", "--as", "croissant", "--out", tmp_path / "talks" / "croissant.json"
    )
    assert [values(one) for one in validators.records(tmp_path / "talks" / "croissant.json")] == TALKS


def test_mlcroissant_reads_a_packed_file(tmp_path: Path) -> None:
    import gzip

    registry = Command(tmp_path / "home")
    (tmp_path / "data").mkdir()
    with gzip.open(tmp_path / "data" / "sums.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in ROWS)
    registry("ingest", tmp_path / "data" / "sums.jsonl.gz", "--name", "sums")
    registry("dataset", "export", "sums", "--as", "croissant", "--out", tmp_path / "data" / "croissant.json")
    assert [values(one) for one in validators.records(tmp_path / "data" / "croissant.json")] == ROWS


@pytest.mark.parametrize("license_", ["CC-BY-SA-4.0", "MIT OR Apache-2.0", "LicenseRef-House-Rules", "none"])
@pytest.mark.parametrize(
    ("form", "name", "names"),
    [
        ("croissant", "croissant.json", FACTS),
        ("card", "README.md", ("title", "license", "languages", "derived_from")),
    ],
)
def test_what_is_exported_and_read_back_says_the_same(
    tmp_path: Path, form: str, name: str, names: tuple[str, ...], license_: str
) -> None:
    registry = declared(tmp_path, write(tmp_path / "data" / "sums.jsonl", ROWS), license_)
    copy = write(tmp_path / "copy" / "sums.jsonl", ROWS)
    registry("dataset", "export", "sums", "--as", form, "--out", copy.parent / name)
    told = registry("ingest", copy, "--name", "again").stderr
    assert "not used" not in told
    before, after = shown(registry, "sums"), shown(registry, "again")
    assert facts(after, *names) == facts(before, *names)
    assert after["digest"] == before["digest"]
    kinds = {one["property"]: one["kind"] for one in after["evidence"]}
    assert kinds["title"] == {"croissant": "croissant", "card": "card"}[form]
    assert after["contradictions"] == []


@pytest.mark.parametrize(
    "collected",
    ["{from: 2021-01, until: ongoing}", "{from: 2021-01}", "{until: 2021-02}", "{from: 2021, until: 2021}"],
)
def test_a_period_is_read_back_as_it_was_stated(tmp_path: Path, collected: str) -> None:
    source = write(tmp_path / "data" / "a.jsonl", ROWS)
    registry = Command(tmp_path / "home")
    entry = f"datasets:\n  - {{name: a, source: {source}, collected: {collected}}}\n"
    (tmp_path / "registry.yaml").write_text(entry)
    registry("apply", tmp_path / "registry.yaml")
    copy = write(tmp_path / "copy" / "a.jsonl", ROWS)
    registry("dataset", "export", "a", "--as", "croissant", "--out", copy.parent / "croissant.json")
    registry("ingest", copy, "--name", "b")
    periods = [shown(registry, name)["description"]["collected"] for name in ("a", "b")]
    assert periods[0] == periods[1]
    assert any(periods[0].values())


def test_a_dataset_made_from_one_here_is_so_after_reading_back(tmp_path: Path) -> None:
    registry = declared(tmp_path, write(tmp_path / "data" / "sums.jsonl", ROWS))
    source = write(tmp_path / "more" / "m.jsonl", ROWS[:2])
    entry = f"datasets:\n  - {{name: more, source: {source}, derived_from: [sums@1]}}\n"
    (tmp_path / "more.yaml").write_text(entry)
    registry("apply", tmp_path / "more.yaml")
    copy = write(tmp_path / "copy" / "m.jsonl", ROWS[:2])
    registry("dataset", "export", "more", "--as", "croissant", "--out", copy.parent / "croissant.json")
    registry("ingest", copy, "--name", "again")
    assert shown(registry, "again")["derived_from"] == ["sums@1"]
    other = Command(tmp_path / "other")
    other("ingest", copy, "--name", "again")
    assert shown(other, "again")["derived_from"] == []


@pytest.fixture
def trained(tmp_path: Path) -> Command:
    """A public dataset, one under contract, and a model that was trained on both."""
    registry = declared(tmp_path, write(tmp_path / "data" / "sums.jsonl", ROWS))
    secret = write(tmp_path / "undercover.jsonl", [{"text": "words under contract"}])
    registry("ingest", secret, "--name", "undercover-archive", "--origin", "licensed")
    registry(
        *("train", "bard@1.0", "--dataset", "sums:2", "--dataset", "undercover-archive"),
        *("--stage", "pretraining", "--provider", "ACME AI"),
    )
    return registry


def test_a_file_is_what_the_site_has(trained: Command, tmp_path: Path) -> None:
    trained("publish", "--out", tmp_path / "site")
    for kind, name, form, file in (
        ("dataset", "sums", "croissant", "datasets/sums/1/croissant.json"),
        ("dataset", "sums@1", "card", "datasets/sums/1/card.md"),
        ("model", "bard", "cyclonedx", "models/bard/1.0/bom.cdx.json"),
        ("model", "bard@1.0", "spdx", "models/bard/1.0/model.spdx.json"),
        ("model", "bard", "card", "models/bard/1.0/card.md"),
    ):
        out = tmp_path / "out" / file
        told = trained(kind, "export", name, "--as", form, "--out", out).stderr
        assert str(out) in told
        assert out.read_bytes() == (tmp_path / "site" / file).read_bytes()
        assert b"undercover" not in out.read_bytes()
        assert [path.name for path in out.parent.iterdir() if path.name.startswith(".")] == []


def test_every_format_is_valid(trained: Command, tmp_path: Path) -> None:
    def export(kind: str, name: str, form: str) -> bytes:
        trained(kind, "export", name, "--as", form, "--out", tmp_path / form)
        return (tmp_path / form).read_bytes()

    assert validators.croissant(export("dataset", "sums", "croissant")) == {"citeAs"}
    assert validators.card(export("dataset", "sums", "card"), DatasetCard)["license"] == "cc-by-sa-4.0"
    assert validators.cyclonedx(export("model", "bard", "cyclonedx"))["components"]
    assert validators.spdx_graph(export("model", "bard", "spdx"))
    assert validators.card(export("model", "bard", "card"), ModelCard)["language"] == ["de"]


def test_what_is_not_public_goes_to_an_auditor_alone(trained: Command, tmp_path: Path) -> None:
    for form in ("croissant", "card"):
        asked = ("dataset", "export", "undercover-archive", "--as", form, "--out", tmp_path / "x")
        refused = trained(*asked, code=3).stderr
        assert "undercover-archive@1 is described" in refused
        assert "--audience auditor" in refused
        assert not (tmp_path / "x").exists()
        trained(*asked, "--audience", "auditor")
        assert b"undercover-archive" in (tmp_path / "x").read_bytes()
        (tmp_path / "x").unlink()
    trained("model", "export", "bard", "--as", "cyclonedx", "--out", tmp_path / "y", "--audience", "auditor")
    assert b"undercover-archive" in (tmp_path / "y").read_bytes()


def test_an_existing_file_is_replaced_and_a_folder_is_refused(trained: Command, tmp_path: Path) -> None:
    (tmp_path / "card.md").write_text("old")
    trained("dataset", "export", "sums", "--as", "card", "--out", tmp_path / "card.md")
    assert (tmp_path / "card.md").read_text().startswith("---\n")
    trained("dataset", "export", "sums", "--as", "card", "--out", tmp_path, code=2)


def test_an_unknown_name_or_format_is_told(trained: Command, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "x")
    assert "did you mean sums" in trained("dataset", "export", "sum", "--as", "card", *out, code=3).stderr
    assert "'spdx'" in trained("dataset", "export", "sums", "--as", "spdx", *out, code=2).stderr


def test_texts_about_what_is_not_public_are_withheld(trained: Command, tmp_path: Path) -> None:
    entry = f"""datasets:
  - name: notes
    source: {write(tmp_path / "notes.jsonl", ROWS[:1])}
    summary: "Taken out of undercover-archive."
    derived_from: [undercover-archive, sums]
"""
    (tmp_path / "notes.yaml").write_text(entry)
    trained("apply", tmp_path / "notes.yaml")
    trained("dataset", "export", "notes", "--as", "croissant", "--out", tmp_path / "notes.json")
    found = json.loads((tmp_path / "notes.json").read_bytes())
    assert found["description"] == "withheld"
    assert [one["prov:label"] for one in found["prov:wasDerivedFrom"]] == ["sums@1", "withheld"]


@pytest.mark.parametrize(
    ("published", "contradicts"), [("2022-05-17", False), ("2022", False), ("2021", True)]
)
def test_a_day_of_publication_contradicts_where_it_is_another(
    tmp_path: Path, published: str, contradicts: bool
) -> None:
    source = write(tmp_path / "data" / "sums.jsonl", ROWS)
    card = {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "datePublished": published,
    }
    (source.parent / "croissant.json").write_text(json.dumps(card))
    found = shown(declared(tmp_path, source), "sums")
    assert found["description"]["published"] == "2022-05"
    assert [one["property"] for one in found["contradictions"]] == ["published"] * contradicts
