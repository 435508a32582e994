"""License and notice files beside the data reach the manifest letter for letter."""

import json
from pathlib import Path

import pytest
from sqlalchemy import delete

from registry.store.engine import open_engine, writing
from registry.store.tables.notices import NoticeTextRow
from tests.command import Command

NOTICE = "Copyright 2024 Ada <ada@example.org>\n\nPermission is hereby granted\n"
DECLARED = """
datasets:
  - {name: notes, version: "1", source: notes, license: MIT}
  - name: lines
    version: "1"
    source: lines.jsonl
    license: MIT
    copyright: [Copyright 2023 Ben <ben@example.org>]
    notice: |
      Permission is granted to whoever asks
models:
  - name: m
    version: "1"
    training: [{stage: pretraining, mixture: [{dataset: notes}, {dataset: lines}]}]
"""


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "notes.jsonl").write_text(json.dumps({"text": "a few words"}), encoding="utf-8")
    (tmp_path / "notes" / "LICENSE").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text(json.dumps({"text": "other words"}), encoding="utf-8")
    (tmp_path / "registry.yaml").write_text(DECLARED, encoding="utf-8")
    found = Command(tmp_path / "home")
    found("apply", tmp_path / "registry.yaml")
    return found


def shipped(registry: Command, out: Path) -> str:
    registry("attribute", "m", "--out", out)
    return (out / "ATTRIBUTION.txt").read_text(encoding="utf-8")


def test_files_and_stated_notices_are_reproduced(registry: Command, tmp_path: Path) -> None:
    text = shipped(registry, tmp_path / "out")
    assert "notes@1: LICENSE\n" in text
    assert "    Copyright 2024 Ada <ada@example.org>\n\n    Permission is hereby granted\n" in text
    assert "    Copyright 2023 Ben <ben@example.org>\n" in text
    assert "    Permission is granted to whoever asks\n" in text


def test_applying_again_keeps_a_text_that_was_not_kept(registry: Command, tmp_path: Path) -> None:
    with writing(open_engine(f"sqlite:///{tmp_path}/home/registry.db")) as session:
        session.execute(delete(NoticeTextRow))
    before = shipped(registry, tmp_path / "before")
    assert "The texts of the license and notice files of notes@1" in before
    assert "Permission is hereby" not in before
    registry("apply", tmp_path / "registry.yaml")
    assert "    Permission is hereby granted\n" in shipped(registry, tmp_path / "after")
