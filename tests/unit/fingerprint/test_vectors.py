"""Frozen fingerprints of texts in many scripts: what was stored must compare with what will be."""

import json
from hashlib import sha256
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


def test_recipe_1_and_its_vectors_are_frozen() -> None:
    """What was stored compares for ever: another definition is another recipe, with its own vectors."""
    stored = json.loads(FILE.read_text("utf-8"))
    text = json.dumps(stored["vectors"], sort_keys=True)
    assert stored["recipe"] == RECIPE.as_dict()
    assert RECIPE.name == "1"
    assert RECIPE.digest() == "fb821d44b565ae84b357ecec40ddc746d40525efe122ec66c2906d9bf9aa0297"
    assert sha256(text.encode()).hexdigest() == (
        "bf960cf785bafd6c1ab01394452f739402097c9bdac91777391c983049b145f5"
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_reference_gives_the_vector(vector: Vector) -> None:
    assert by_reference(vector["name"], vector["fields"]) == vector


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_the_kernel_gives_the_vector(vector: Vector) -> None:
    flat = {name: [value for run in vector[name] for value in run] for name in ("shingles", "passages")}
    count = sum(map(len, vector["words"]))
    expected = {**vector, **flat, "words": count}
    assert by_kernel(vector["fields"]) == {name: expected[name] for name in by_kernel([])}


def test_published_values() -> None:
    """A few numbers written out, for whoever implements the recipe again."""
    assert threshold(1000) == 18446744073709551
    assert f"{word_hash('the'):016x}" == "55f811a1aefe1981"
    assert hexadecimal(shingles(field_hashes("the quick brown fox jumps"))) == ["c279583607c5be7c"]
