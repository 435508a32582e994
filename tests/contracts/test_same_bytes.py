"""The same declarations give the same documents, byte for byte, on both databases."""

from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

SHARED = Path(__file__).resolve().parents[1] / "functional" / "shared_data.registry.yaml"
SMALL = """
agents:
  - {id: lab, type: organization, name: Example Lab, contact: data@lab.example}
  - {id: ada, type: person, name: Ada Brook, shown_as: name}
provider: {agent: lab, rights_contact: {email: rights@lab.example}, code_of_practice_signatory: no}
datasets:
  - name: verse
    source: verse.jsonl
    license: CC-BY-4.0
    fields: {text: text, license: license, creator: by, language: lang, url: url}
    origin: crawled
    crawl: {crawlers: [{name: verse-bot, behaviour: {robots_txt: obeyed}}], from: 2025-01, until: 2025-03}
  - name: notes
    source: notes.txt
    origin: licensed
    language: de
    rights_holders: [{agent: ada, share: 1/3}]
  - {name: refrain, source: refrain.jsonl, origin: public, derived_from: [verse], fields: {text: text}}
  - {name: tapes, source: null, measured: {modality: audio, hours: 10}, origin: third-party}
models:
  - name: singer
    version: "1"
    provider: lab
    training:
      - stage: pretraining
        mixture: [{dataset: verse, epochs: 1/3}, {dataset: notes}, {dataset: tapes}]
  - name: singer-tuned
    base_models: [singer]
    training: [{stage: fine-tuning, mixture: [{dataset: verse, selection: {where: {lang: en}}}]}]
"""


def verses(count: int) -> list[dict[str, str]]:
    return [
        {
            "text": f"Line {number} of a song of the sea and of the long way home.",
            "by": f"Singer {number % 7}",
            "license": ("CC BY-SA 4.0", "MIT", "")[number % 3],
            "lang": ("en", "fr")[number % 2],
            "url": f"https://site{number % 5}.example/{number}",
        }
        for number in range(count)
    ]


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def published(registry: Command, file: Path, out: Path) -> dict[str, bytes]:
    """Every file of the site for everyone and for auditors."""
    registry("-q", "apply", file)
    for audience in ("public", "auditor"):
        registry("publish", "--out", out / audience, "--audience", audience)
    return files_of(out)


@pytest.fixture
def both(tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")
    return [Command(tmp_path / "one"), Command(tmp_path / "other", postgresql_url)]


def test_a_small_registry(both: list[Command], tmp_path: Path) -> None:
    builders.write_jsonl(tmp_path / "verse.jsonl", verses(60))
    builders.write_jsonl(tmp_path / "refrain.jsonl", verses(20))
    (tmp_path / "notes.txt").write_text("Die Ruhe vor dem Sturm.", "utf-8")
    file = tmp_path / "registry.yaml"
    file.write_text(SMALL, "utf-8")
    one, other = (published(registry, file, registry.home / "site") for registry in both)
    assert len(one) > 40
    assert b"All of refrain@1 is found in verse@1" in one["public/overlaps/index.html"]
    assert one == other


@pytest.mark.lengthy
def test_every_dataset_of_the_shared_data(both: list[Command], shared_data: Path) -> None:
    assert shared_data.exists()
    one, other = (published(registry, SHARED, registry.home / "site") for registry in both)
    assert len([name for name in one if name.startswith("auditor/datasets/") and name.endswith("html")]) >= 30
    assert one == other
