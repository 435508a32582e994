"""Real datasets as Croissant and as cards: valid, and mlcroissant reads the records where it can."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from huggingface_hub import DatasetCard

from tests import validators
from tests.command import Command

# Files, options of ingest, and the fields of a record where mlcroissant can read them.
DATASETS: dict[str, tuple[str, tuple[str, ...], bool]] = {
    "gsm8k": ("gsm8k/test.jsonl", (), True),
    "humaneval": ("humaneval/HumanEval.jsonl.gz", (), True),
    "mbpp": ("mbpp/mbpp.jsonl", (), True),
    "xquad": ("xquad/xquad.de.json", ("--explode", "data.paragraphs.qas"), False),
    "posts": ("se_datascience_meta/Posts.xml", (), False),
}


@pytest.mark.parametrize("name", DATASETS)
def test_real_data_is_exported_and_read(name: str, shared_data: Path, tmp_path: Path) -> None:
    file, options, readable = DATASETS[name]
    source = shared_data / file
    registry = Command(tmp_path / "home")
    registry("ingest", source, "--name", name, "--license", "MIT", *options)
    for form, out in (("croissant", "croissant.json"), ("card", "card.md")):
        registry("dataset", "export", name, "--as", form, "--out", tmp_path / "copy" / out)
    exported = tmp_path / "copy" / "croissant.json"
    assert validators.croissant(exported.read_bytes()) == {"citeAs", "datePublished"}
    validators.card((tmp_path / "copy" / "card.md").read_bytes(), DatasetCard)
    if readable:
        shutil.copy(source, tmp_path / "copy")
        content = source.read_bytes()
        lines = (gzip.decompress(content) if source.suffix == ".gz" else content).splitlines()
        rows = [json.loads(line) for line in lines]
        found = validators.records(exported)
        assert len(found) == len(rows)
        assert set(found[0]) == set(rows[0])
        text = next(key for key, value in rows[0].items() if isinstance(value, str))
        assert [one[text].decode() for one in found] == [row[text] for row in rows]
