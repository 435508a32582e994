"""`registry publish`: a whole site or nothing, the same bytes for the same state, nobody named who is not."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.command import Command


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    """Two public datasets, one under contract, a model and one made from it."""
    registry = Command(tmp_path / "home")
    for name, origin, text in (
        ("poems", "public", "Shall I compare thee to a summer's day"),
        ("notes", "other", "A field of barley in the evening light"),
        ("undercover-archive", "licensed", "Nobody is to know where these words are from"),
    ):
        source = tmp_path / f"{name}.jsonl"
        rows = [{"text": text, "by": "Ada Lovelace"}, {"text": f"{text}, again", "by": "Ben Ali"}]
        source.write_text("\n".join(map(json.dumps, rows)))
        rights = ("--license", "CC-BY-4.0", "--creator-field", "by")
        registry("ingest", source, "--name", name, "--origin", origin, "--language", "en", *rights)
    used = ("--dataset", "poems:2", "--dataset", "undercover-archive")
    registry("train", "bard@1.0", *used, "--stage", "pretraining", "--provider", "ACME AI")
    registry("train", "tutor", "--dataset", "notes", "--stage", "fine-tuning", "--base-model", "bard@1.0")
    return registry


def digests(out: Path) -> dict[str, str]:
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def test_it_writes_a_site_and_says_where_to_begin(registry: Command, tmp_path: Path) -> None:
    out = tmp_path / "site"
    told = registry("publish", "--out", out).stderr
    assert f"Begin with {out / 'index.html'}" in told
    assert "2 models and 3 datasets" in told
    written = digests(out)
    for name in (
        "index.html",
        "registry.json",
        "models/bard/1.0/index.html",
        "models/bard/1.0/disclosure/disclosure.json",
        "models/bard/1.0/attribution/ATTRIBUTION.txt",
        "models/tutor/1/index.html",
        "datasets/poems/1/index.html",
        "datasets/poems/1/dataset.json",
    ):
        assert name in written
    assert not [name for name in written if "undercover" in name]
    assert not [path for path in out.rglob("*") if path.is_file() and b"undercover" in path.read_bytes()]


def test_the_same_state_gives_the_same_bytes(registry: Command, tmp_path: Path) -> None:
    out = tmp_path / "site"
    registry("publish", "--out", out)
    before = digests(out)
    registry("publish", "--out", out)
    assert digests(out) == before
    registry("publish", "--out", tmp_path / "again")
    assert digests(tmp_path / "again") == before


def test_documents_of_the_site_say_what_the_commands_write(registry: Command, tmp_path: Path) -> None:
    registry("publish", "--out", tmp_path / "site")
    registry("disclose", "bard", "--out", tmp_path / "disclosure")
    registry("attribute", "tutor", "--out", tmp_path / "attribution")
    models = tmp_path / "site" / "models"
    for alone, within in (
        ("disclosure/disclosure.json", "bard/1.0/disclosure/disclosure.json"),
        ("attribution/attribution.csv", "tutor/1/attribution/attribution.csv"),
        ("attribution/attribution.json", "tutor/1/attribution/attribution.json"),
    ):
        assert (tmp_path / alone).read_bytes() == (models / within).read_bytes(), alone


def test_a_new_state_brings_the_site_up_to_date(registry: Command, tmp_path: Path) -> None:
    out = tmp_path / "site"
    registry("publish", "--out", out)
    registry("train", "bard@1.1", "--dataset", "notes", "--stage", "pretraining")
    registry("publish", "--out", out)
    assert (out / "models" / "bard" / "1.1" / "index.html").exists()
    assert "SUPERSEDED" in (out / "models" / "bard" / "1.0" / "index.html").read_text(encoding="utf-8")


def test_an_auditor_gets_every_dataset(registry: Command, tmp_path: Path) -> None:
    registry("publish", "--out", tmp_path / "audit", "--audience", "auditor")
    page = tmp_path / "audit" / "datasets" / "undercover-archive" / "1" / "index.html"
    assert "FOR AUDITORS" in page.read_text(encoding="utf-8")


def test_a_folder_of_others_is_refused_untouched(registry: Command, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "mine.txt").write_text("mine")
    refused = registry("publish", "--out", out, code=3)
    assert "mine.txt" in refused.stderr
    assert [path.name for path in out.iterdir()] == ["mine.txt"]


def test_help_says_that_it_writes_drafts(registry: Command) -> None:
    assert "DRAFT" in registry("publish", "--help").stdout
