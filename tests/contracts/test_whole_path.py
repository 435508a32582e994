"""From files to documents, the same on both databases."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from tests.command import Command

ROWS = [
    {"text": "The river keeps its own accounts of every bridge.", "by": "Ada Brook", "terms": "CC BY 4.0"},
    {"text": "No ledger says how long the willow leaned.", "by": "Jun Mori", "terms": "cc-by-sa-4.0"},
    {
        "text": "A heron audits the shallows at first light.",
        "by": ["Ada Brook", "Jun Mori"],
        "terms": "CC BY 4.0",
    },
    {"text": "Nobody signed for the fog.", "terms": "as agreed"},
]


@pytest.fixture(autouse=True)
def fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")


@pytest.fixture
def river(tmp_path: Path) -> Path:
    file = tmp_path / "river.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    return file


def build(registry: Command, river: Path, out: Path) -> dict[str, bytes]:
    """Ingest, train, draft both documents; returns every file written."""
    registry(
        *(
            "ingest",
            river,
            "--name",
            "river",
            "--origin",
            "public",
            "--title",
            "River notes",
            "--language",
            "en",
        ),
        *("--text-field", "text", "--creator-field", "by", "--license-field", "terms"),
    )
    registry(
        "ingest", river, "--name", "copy", "--origin", "user", "--text-field", "text", "--language", "en"
    )
    registry("train", "otter@1.0", "--dataset", "river:1.5", "--dataset", "copy", "--stage", "pretraining")
    registry("disclose", "otter", "--out", out / "disclosure")
    registry("attribute", "otter", "--out", out / "attribution")
    return {
        str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()
    }


def test_documents_are_the_same_bytes_on_either_database(
    registry_url: str, river: Path, tmp_path: Path
) -> None:
    plain = build(Command(tmp_path / "plain"), river, tmp_path / "a")
    given = build(Command(tmp_path / "given", registry_url), river, tmp_path / "b")
    assert plain == given
    assert len(plain) >= 9


def test_the_manifest_partitions_the_words_of_the_disclosure(
    registry_url: str, river: Path, tmp_path: Path
) -> None:
    files = build(Command(tmp_path / "home", registry_url), river, tmp_path / "out")
    disclosure = json.loads(files["disclosure/disclosure.json"])
    rows = [line.split(",") for line in files["attribution/attribution.csv"].decode().splitlines()[1:]]
    columns = "holder, contributor, dataset, version, license, records, words, weighted_words, share, basis"
    named = [dict(zip(columns.split(", "), row, strict=True)) for row in rows]
    assert sum(int(row["words"]) for row in named) == disclosure["totals"]["words"]
    assert sum(int(row["records"]) for row in named) == disclosure["totals"]["records"] == 8
    assert named[-1]["holder"] == "unidentified"
    assert {row["holder"] for row in named} == {"Ada Brook", "Jun Mori", "unidentified"}


def test_unmapped_spellings_of_licenses_stay_visible(registry_url: str, river: Path, tmp_path: Path) -> None:
    registry = Command(tmp_path / "home", registry_url)
    build(registry, river, tmp_path / "out")
    shown = registry("dataset", "show", "river", "--format", "json").json
    spelled = {(part["license"], part["spelled"]): part["records"] for part in shown["licenses"]}
    assert spelled == {
        ("CC-BY-4.0", "CC BY 4.0"): 2,
        ("CC-BY-SA-4.0", "cc-by-sa-4.0"): 1,
        ("NOASSERTION", "as agreed"): 1,
    }
    assert shown["contributors"] == {"count": 2, "unidentified_records": 1}
    assert any("as agreed" in gap["unknown"] for gap in shown["gaps"])


def test_training_on_it_again_changes_nothing_and_versions_stay_pinned(
    registry_url: str, river: Path, tmp_path: Path
) -> None:
    registry = Command(tmp_path / "home", registry_url)
    build(registry, river, tmp_path / "out")
    before = registry("model", "show", "otter", "--format", "json").json
    again = ("train", "otter@1.0", "--dataset", "river:1.5", "--dataset", "copy", "--stage", "pretraining")
    assert "Unchanged" in registry(*again).stderr
    river.write_text(river.read_text(encoding="utf-8") + '\n{"text": "One more line."}', encoding="utf-8")
    registry("ingest", river, "--name", "river", "--text-field", "text", "--language", "en")
    assert registry("model", "show", "otter", "--format", "json").json == before
    assert [part["version"] for part in before["mixture"]] == ["1", "1"]
    words = [part["words"] for part in before["mixture"]]
    assert Fraction(before["totals"]["words_seen"]) == Fraction(3, 2) * words[0] + words[1]


def test_users_data_keeps_counts_only(tmp_path: Path, river: Path) -> None:
    registry = Command(tmp_path / "home")
    registry("ingest", river, "--name", "chats", "--origin", "user", "--language", "en")
    shown = registry("dataset", "show", "chats", "--format", "json").json
    assert (shown["visibility"], shown["fingerprint"]["mode"]) == ("described", "counts")
    files = [path.name for path in (tmp_path / "home" / "fingerprints").rglob("*") if path.is_file()]
    assert files == ["manifest.json"]
    found = registry("query", "SELECT dataset, records FROM public_dataset_version", "--format", "json")
    assert "chats" not in found.stdout
    assert found.json[0]["records"] == 4
