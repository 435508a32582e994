"""`registry publish`: a whole site or nothing, the same bytes for the same state, nobody named who is not."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from registry.app.approval import freeze
from registry.errors import StoreError
from registry.fingerprint.parameters import RECIPE
from registry.store.engine import open_engine
from tests.command import Command


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Two public datasets, one under contract, a model and one made from it."""
    folder = tmp_path_factory.mktemp("built")
    registry = Command(folder / "home")
    for name, origin, text in (
        ("poems", "public", "Shall I compare thee to a summer's day"),
        ("notes", "other", "A field of barley in the evening light"),
        ("undercover-archive", "licensed", "Nobody is to know where these words are from"),
    ):
        source = folder / f"{name}.jsonl"
        rows = [{"text": text, "by": "Ada Lovelace"}, {"text": f"{text}, again", "by": "Ben Ali"}]
        source.write_text("\n".join(map(json.dumps, rows)))
        rights = ("--license", "CC-BY-4.0", "--creator-field", "by")
        registry("ingest", source, "--name", name, "--origin", origin, "--language", "en", *rights)
    used = ("--dataset", "poems:2", "--dataset", "undercover-archive")
    registry("train", "bard@1.0", *used, "--stage", "pretraining", "--provider", "ACME AI")
    registry("train", "tutor", "--dataset", "notes", "--stage", "fine-tuning", "--base-model", "bard@1.0")
    return registry


@pytest.fixture
def registry(built: Command, tmp_path: Path) -> Command:
    return built.copied(tmp_path)


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


def fingerprint(registry: Command, name: str) -> Path:
    """The folder of a dataset's fingerprints."""
    shown = registry("dataset", "show", name, "--format", "json").json["fingerprint"]["id"]
    [folder] = (registry.home / "fingerprints").glob(f"*/{shown}")
    return folder


def overlaps(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "overlaps" / "overlaps.json").read_bytes())
    return found


@pytest.fixture
def sharing(tmp_path: Path) -> Command:
    """A dataset, one made from it, a third that nobody has declared to be related, all of one text."""
    registry = Command(tmp_path / "home")
    text = "the grey light climbs the garden wall and wakes the sparrows"
    for name, more in (("first", ()), ("second", ("--derived-from", "first")), ("third", ())):
        source = tmp_path / f"{name}.jsonl"
        source.write_text(json.dumps({"text": f"{text} {name}"}))
        registry("ingest", source, "--name", name, "--origin", "public", "--language", "en", *more)
    return registry


def test_overlaps_are_computed_once_and_printed_where_a_relation_is_declared(
    sharing: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    sharing("publish", "--out", out)
    found = overlaps(out)
    [pair] = found["pairs"]
    assert (pair["a"], pair["b"], pair["relation"]) == ("first@1", "second@1", "B was made from A")
    assert pair["containment"]["a_in_b"] == 7 / 8
    assert found["detected_not_declared"]["not_printed"] == 2
    monkeypatch.setattr("registry.app.overlaps.overlaps", None)
    sharing("publish", "--out", out)
    sharing("publish", "--out", tmp_path / "detected", "--detected-overlaps")
    assert {pair["relation"] for pair in overlaps(tmp_path / "detected")["pairs"]} == {
        "B was made from A",
        "detected, not declared",
    }


def missing(folder: Path) -> None:
    shutil.rmtree(folder)


def damaged(folder: Path) -> None:
    (folder / "manifest.json").write_bytes(b"{}")


def without_sketch(folder: Path) -> None:
    (folder / "sketch.hashes.npy").unlink()


def cut(folder: Path) -> None:
    sketch = folder / "sketch.hashes.npy"
    sketch.write_bytes(sketch.read_bytes()[:-3])


@pytest.mark.parametrize("spoil", [missing, damaged, without_sketch, cut])
def test_fingerprints_that_cannot_be_read_are_left_out_and_said(
    sharing: Command, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(fingerprint(sharing, "third"))
    out = tmp_path / "site"
    told = sharing("publish", "--out", out).stderr
    why = "its fingerprints are missing or not as they were written"
    assert f"Left out of the overlaps: third@1 ({why})" in told
    assert "Begin with" in told
    assert overlaps(out)["left_out"] == [{"dataset": "third@1", "why": why}]
    page = (out / "datasets" / "third" / "1" / "index.html").read_text("utf-8")
    assert "What it shares with other datasets is not known" in page
    assert str(tmp_path) not in page
    sharing("publish", "--out", out)


def test_counts_and_other_recipes_are_left_out_and_said(
    sharing: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "first.jsonl"
    sharing("ingest", source, "--name", "counts", "--fingerprints", "counts", "--language", "en")
    told = sharing("publish", "--out", tmp_path / "site").stderr
    assert "Left out of the overlaps: counts@1 (only counts are kept of it" in told
    assert "Left out of the overlaps: counts@1" in sharing("compare", "--all").stderr
    newer = replace(RECIPE, name="another")
    monkeypatch.setattr("registry.app.fingerprints.RECIPE", newer)
    told = sharing("publish", "--out", tmp_path / "site").stderr
    assert "first@1, second@1 and third@1 (its fingerprints are of another recipe)" in told


def test_a_registry_that_cannot_be_written_is_published_all_the_same(
    sharing: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("attempt to write a readonly database")

    sharing("publish", "--out", tmp_path / "first")
    with open_engine(f"sqlite:///{sharing.home / 'registry.db'}").begin() as connection:
        connection.exec_driver_sql("DELETE FROM overlap")
    monkeypatch.setattr("registry.app.overlaps.save_overlaps", refuse)
    told = sharing("publish", "--out", tmp_path / "second").stderr
    assert "could not be kept: attempt to write a readonly database" in told
    first, second = digests(tmp_path / "first"), digests(tmp_path / "second")
    of_what_is_kept = {"public.db", "SHA256SUMS"}  # the views know no overlap that could not be kept
    assert {name for name in first if first[name] != second[name]} == of_what_is_kept
    assert set(first) == set(second)


class TestApproval:
    """Approved documents are numbered and frozen; what says nothing new stays as it is."""

    def test_it_numbers_and_freezes_once(self, registry: Command, tmp_path: Path) -> None:
        out = tmp_path / "site"
        told = registry("publish", "--out", out, "--approved-by", "Ada  Lovelace").stderr
        assert "Publication 1: 5 new editions approved" in told
        first = digests(out)
        told = registry("publish", "--out", out, "--approved-by", "Someone Else").stderr
        assert "nothing has changed since" in told
        assert digests(out) == first
        registry("publish", "--out", out)
        assert digests(out) == first
        page = (out / "models/bard/1.0/disclosure/index.html").read_text()
        assert "<strong>VERSION 1</strong>" in page
        assert "by Ada Lovelace" in page
        rows = json.loads(registry("query", "SELECT * FROM public_document", "--format", "json").stdout)
        assert {(row["kind"], row["number"], row["standing"]) for row in rows} == {
            ("disclosure", 1, "latest"),
            ("attribution", 1, "latest"),
            ("registry", 1, "latest"),
        }

    def test_only_what_says_something_new_gets_a_new_number(self, registry: Command, tmp_path: Path) -> None:
        out = tmp_path / "site"
        registry("publish", "--out", out, "--approved-by", "Ada")
        frozen = (out / "models/bard/1.0/disclosure/1/disclosure.json").read_bytes()
        registry("train", "tutor@1", "--dataset", "poems", "--stage", "alignment")
        assert "DRAFT: 3 documents to approve" in registry("publish", "--out", out).stderr
        registry("publish", "--out", out, "--approved-by", "Ben")
        numbers = {
            (row["kind"], row["model"]): row["number"]
            for row in json.loads(
                registry("query", "SELECT * FROM public_document ORDER BY number", "--format", "json").stdout
            )
        }
        assert numbers["disclosure", "bard"] == 1
        assert numbers["disclosure", "tutor"] == 2
        assert numbers["registry", None] == 2
        assert (out / "models/bard/1.0/disclosure/1/disclosure.json").read_bytes() == frozen
        assert "<strong>SUPERSEDED</strong>" in (out / "models/tutor/1/disclosure/1/index.html").read_text()

    def test_a_draft_of_the_same_state_is_the_edition(self, registry: Command, tmp_path: Path) -> None:
        registry("publish", "--out", tmp_path / "site", "--approved-by", "Ada")
        registry("disclose", "bard", "--out", tmp_path / "alone")
        registry("attribute", "bard", "--out", tmp_path / "manifest")
        for folder, kind in (("alone", "disclosure"), ("manifest", "attribution")):
            twin = json.loads((tmp_path / folder / f"{kind}.json").read_text())
            assert (twin["status"], twin["edition"]["number"]) == ("published", 1)

    @pytest.mark.parametrize("name", ["", "ada@acme.example", "a\nb\x00", "x" * 201])
    def test_a_name_that_cannot_stand_on_pages_is_refused(
        self, registry: Command, tmp_path: Path, name: str
    ) -> None:
        assert (
            "--approved-by"
            in registry("publish", "--out", tmp_path / "site", "--approved-by", name, code=2).stderr
        )
        assert not (tmp_path / "site").exists()

    def test_an_auditors_copy_cannot_be_approved(self, registry: Command, tmp_path: Path) -> None:
        arguments = ("publish", "--out", tmp_path / "site", "--approved-by", "Ada", "--audience", "auditor")
        assert "only the public site can be approved" in registry(*arguments, code=2).stderr

    def test_two_who_approve_at_once_do_not_both_get_the_number(
        self, registry: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def meanwhile(*_: Any) -> Any:
            monkeypatch.undo()
            registry("publish", "--out", tmp_path / "other", "--approved-by", "Ben")
            return freeze(*_)

        monkeypatch.setattr("registry.app.approval.freeze", meanwhile)
        told = registry("publish", "--out", tmp_path / "site", "--approved-by", "Ada", code=3).stderr
        assert "someone else approved a publication of this registry meanwhile" in told
        rows = json.loads(registry("query", "SELECT * FROM public_document", "--format", "json").stdout)
        assert {row["approved_by"] for row in rows} == {"Ben"}

    def test_nothing_is_approved_where_the_folder_is_refused(self, registry: Command, tmp_path: Path) -> None:
        out = tmp_path / "site"
        out.mkdir()
        (out / "letter.txt").write_text("mine")
        registry("publish", "--out", out, "--approved-by", "Ada", code=3)
        assert json.loads(registry("query", "SELECT * FROM public_document", "--format", "json").stdout) == []

    def test_what_was_published_with_exact_sizes_is_no_draft(self, registry: Command, tmp_path: Path) -> None:
        registry("publish", "--out", tmp_path / "site", "--approved-by", "Ada", "--exact-sizes")
        told = registry("check", "bard").stdout
        assert "It was never published" not in told
        assert "Changed since" not in told

    def test_an_edition_that_names_what_is_private_now_is_told(
        self, registry: Command, tmp_path: Path
    ) -> None:
        registry("publish", "--out", tmp_path / "site", "--approved-by", "Ada")
        file = tmp_path / "registry.yaml"
        file.write_text(
            "datasets:\n  - {name: notes, version: '1', source: notes.jsonl, fields: {creator: by}, "
            "language: en, visibility: private}\n"
        )
        registry("apply", file)
        told = registry("publish", "--out", tmp_path / "site").stderr
        assert "Version 1 of the disclosure of tutor@1 still names notes@1, not public any more" in told
        twin = json.loads((tmp_path / "site/models/tutor/1/disclosure/disclosure.json").read_text())
        assert "notes" not in json.dumps(twin["changes"])
