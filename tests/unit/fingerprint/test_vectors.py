"""Frozen fingerprints of texts in many scripts: what was stored must compare with what will be.

`--update-golden` rewrites the expected values from the reference; after the recipe is frozen, never.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from registry.fingerprint.parameters import RECIPE, threshold
from registry.fingerprint.reference import (
    field_hashes,
    passages,
    shingles,
    signature,
    word_hash,
    words_digest,
)
from registry.fingerprint.words import words
from tests.unit.fingerprint.batches import fingerprints

FILE = Path(__file__).parent / "vectors" / "text.json"
Vector = dict[str, Any]


def hexadecimal(values: list[int], digits: int = 16) -> list[str]:
    """Numbers of fixed width."""
    return [f"{value:0{digits}x}" for value in values]


def by_reference(name: str, fields: list[str]) -> Vector:
    """All that the reference says of one record."""
    hashes = [field_hashes(field) for field in fields]
    runs = [shingles(each) for each in hashes]
    return {
        "name": name,
        "fields": fields,
        "bytes": sum(len(field.encode()) for field in fields),
        "characters": sum(map(len, fields)),
        "words": [words(field) for field in fields],
        "words_digest": words_digest(hashes).hex(),
        "shingles": [hexadecimal(run) for run in runs],
        "passages": [hexadecimal(passages(run)) for run in runs],
        "signature": "".join(hexadecimal(signature(value for run in runs for value in run), 8)),
    }


def by_kernel(fields: list[str]) -> Vector:
    """What the kernel says of one record."""
    found = fingerprints([fields])
    assert found.signatures is not None
    return {
        "bytes": int(found.bytes[0]),
        "characters": int(found.characters[0]),
        "words": int(found.words[0]),
        "words_digest": found.words_digests[0].tobytes().hex(),
        "shingles": hexadecimal(found.sketch_hashes.tolist()),
        "passages": hexadecimal(found.passage_hashes.tolist()),
        "signature": "".join(hexadecimal(found.signatures[0].tolist(), 8)),
    }


VECTORS: list[Vector] = json.loads(FILE.read_text("utf-8"))["vectors"]


def test_vectors_are_of_this_recipe(update_golden: bool) -> None:
    if update_golden:
        vectors = [by_reference(each["name"], each["fields"]) for each in VECTORS]
        text = json.dumps({"recipe": RECIPE.as_dict(), "vectors": vectors}, ensure_ascii=False, indent=1)
        FILE.write_text(text + "\n", "utf-8")
    assert json.loads(FILE.read_text("utf-8"))["recipe"] == RECIPE.as_dict()


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_reference_gives_the_vector(vector: Vector, update_golden: bool) -> None:
    if not update_golden:
        assert by_reference(vector["name"], vector["fields"]) == vector


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_kernel_gives_the_vector(vector: Vector, update_golden: bool) -> None:
    if update_golden:
        pytest.skip("vectors were just rewritten")
    flat = {name: [value for run in vector[name] for value in run] for name in ("shingles", "passages")}
    count = sum(map(len, vector["words"]))
    expected = {**vector, **flat, "words": count}
    assert by_kernel(vector["fields"]) == {name: expected[name] for name in by_kernel([])}


def test_published_values() -> None:
    """A few numbers written out, for whoever implements the recipe again."""
    assert threshold(1000) == 18446744073709551
    assert f"{word_hash('the'):016x}" == "55f811a1aefe1981"
    assert hexadecimal(shingles(field_hashes("the quick brown fox jumps"))) == ["c279583607c5be7c"]
