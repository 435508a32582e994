"""What versions share, on both databases, against a comparison of all with all."""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from registry.fingerprint.reference import field_hashes, shingles
from registry.store.engine import open_engine, reading
from tests.command import Command
from tests.unit.fingerprint.batches import fingerprints

LINE = (
    "the river keeps its own accounts of every bridge while no ledger says how long the willow leaned and a "
    "heron audits the shallows at first light before anyone has signed for the fog that settles on the weir"
)


def text(number: int, changed: int = 0) -> str:
    """A text of its own for each number; some of its last words replaced."""
    words = [f"{word}{number}" for word in LINE.split(" ")]
    return " ".join(words[: len(words) - changed] + [f"other{number}x{place}" for place in range(changed)])


def write(folder: Path, name: str, texts: list[str], **more: Any) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{name}.jsonl"
    file.write_text("".join(json.dumps({"text": each, **more}) + "\n" for each in texts), "utf-8")
    return file


def resemblance(a: str, b: str) -> float:
    one, other = (set(shingles(field_hashes(each))) for each in (a, b))
    return len(one & other) / len(one | other) if one | other else 0


A = [text(n) for n in range(20)] + [text(0)]
B = (
    [text(n).upper() for n in range(5)]
    + [text(n, changed=2) for n in range(5, 12)]
    + [text(n, changed=12) for n in range(12, 20)]
)


@pytest.fixture
def registry(registry_url: str, tmp_path: Path) -> Command:
    registry = Command(tmp_path / "home", registry_url)
    registry("ingest", write(tmp_path, "a", A), "--name", "a", "--language", "en")
    registry(
        "ingest", write(tmp_path, "b", B, more="x"), "--name", "b", "--text-field", "text", "--language", "en"
    )
    return registry


def test_two_versions_are_compared_to_the_digit(registry: Command) -> None:
    near = [(i, j) for i, a in enumerate(A) for j, b in enumerate(B) if resemblance(a, b) >= 0.8]
    sets = [{shingle for each in texts for shingle in shingles(field_hashes(each))} for texts in (A, B)]
    common = len(sets[0] & sets[1])
    found = registry("compare", "a", "b", "--format", "json").json
    assert (found["a"], found["b"], found["records_equal"]) == ("a@1", "b@1", 0)
    assert found["words_equal"] == {"a": 6, "b": 5}
    assert found["near_duplicates"] == {
        "a": len({i for i, _ in near}),
        "b": len({j for _, j in near}),
        "pairs": len(near),
        "complete": True,
        "threshold": 0.8,
        "status": "verified",
        "not_verified_because": None,
    }
    assert len(near) > len(A) // 2
    share_a, share_b = common / len(sets[0]), common / len(sets[1])
    assert found["containment"] == {
        "a_in_b": share_a,
        "b_in_a": share_b,
        "interval": {"a_in_b": [share_a, share_a], "b_in_a": [share_b, share_b]},
        "exact": True,
    }
    assert found["resemblance"] == common / len(sets[0] | sets[1])
    assert found["recipe"]["permutations"] == 128


def of_one_signature(words: list[str]) -> str:
    """Another text that has the signature of these words: the first one is another."""
    texts = [" ".join(words), *(" ".join([f"another{n}", *words[1:]]) for n in range(40))]
    signatures = fingerprints([[each] for each in texts]).signatures
    assert signatures is not None
    return next(
        each for each, row in zip(texts[1:], signatures[1:], strict=True) if (row == signatures[0]).all()
    )


def test_records_of_one_signature_are_verified_each_for_itself(registry: Command, tmp_path: Path) -> None:
    """Two are nearly the same: one resembles a third by a little more than 0.8, the other by less."""
    words = [f"word{n}" for n in range(300)]
    alike = [" ".join(words), of_one_signature(words)]
    third = " ".join(words[:268] + [f"other{n}" for n in range(32)])
    assert [resemblance(each, third) >= 0.8 for each in alike] == [True, False]
    registry("ingest", write(tmp_path, "alike", alike), "--name", "alike", "--language", "en")
    registry("ingest", write(tmp_path, "third", [third]), "--name", "third", "--language", "en")
    found = registry("compare", "alike", "third", "--format", "json").json["near_duplicates"]
    assert (found["status"], found["pairs"], found["a"], found["b"]) == ("verified", 1, 1, 1)
    registry("ingest", write(tmp_path, "all", [third, *alike]), "--name", "all", "--language", "en")
    within = registry("compare", "all", "--format", "json").json
    assert (within["near_duplicates"]["pairs"], within["near_duplicate_records"]) == (2, 2)


def test_without_sources_pairs_are_estimated_and_it_says_so(registry: Command, tmp_path: Path) -> None:
    verified = registry("compare", "a", "b", "--format", "json").json["near_duplicates"]
    (tmp_path / "b.jsonl").unlink()
    found = registry("compare", "a", "b", "--format", "json").json["near_duplicates"]
    assert found["status"] == "estimated"
    assert "b@1" in found["not_verified_because"]
    assert found["pairs"] >= verified["pairs"]
    assert "Estimated, not verified: the source of b@1" in registry("compare", "a", "b").stdout
    assert "is not there any more" in registry("compare", "a", "b", "--exact", code=3).stderr


def test_a_changed_source_is_not_taken_for_what_was_read(registry: Command, tmp_path: Path) -> None:
    write(tmp_path, "b", ["something else", *B[1:]], more="x")
    found = registry("compare", "a", "b", "--format", "json").json["near_duplicates"]
    assert found["status"] == "estimated"
    assert "other records than it did" in found["not_verified_because"]
    assert "other records than it did" in registry("compare", "a", "b", "--exact", code=3).stderr
    write(tmp_path, "b", B[:2], more="x")
    assert "fewer records" in registry("compare", "a", "b", "--exact", code=3).stderr


def test_a_source_is_looked_at_though_no_pair_asks_for_it(registry: Command, tmp_path: Path) -> None:
    registry("ingest", write(tmp_path / "c", "c", [text(90), text(91)]), "--name", "c")
    assert registry("compare", "c", "--format", "json").json["near_duplicates"]["status"] == "verified"
    write(tmp_path / "c", "c", [text(91), text(90)])
    assert "other records than it did" in registry("compare", "c", "--exact", code=3).stderr


def test_one_version_with_itself(registry: Command) -> None:
    found = registry("compare", "a", "--format", "json").json
    pairs = [pair for pair in combinations(range(len(A)), 2) if resemblance(A[pair[0]], A[pair[1]]) >= 0.8]
    assert pairs == [(0, 20)]
    assert (found["words_equal_records"], found["near_duplicate_records"]) == (1, 1)
    assert found["near_duplicates"]["pairs"] == 1
    assert found["clusters"] == {"count": 1, "largest": [{"size": 2, "records": [0, 20]}]}
    assert "largest clusters" in registry("compare", "a").stdout
    shown = registry("dataset", "show", "a", "--format", "json").json["self_duplication"]
    assert shown == {
        "words_equal_records": 1, "near_duplicate_records": 1, "near_duplicates_complete": True
    }  # fmt: skip


def test_all_with_all_is_the_same_and_is_kept(registry: Command, tmp_path: Path) -> None:
    registry("ingest", write(tmp_path, "c", ["nothing of the others stands here at all"]), "--name", "c")
    two = registry("compare", "a", "b", "--format", "json").json
    found = registry("compare", "--all", "--format", "json").json
    assert found["versions"] == ["a@1", "b@1", "c@1"]
    [pair] = found["pairs"]
    assert (pair["a"], pair["b"], pair["containment"]) == ("a@1", "b@1", two["containment"])
    assert registry("compare", "--all", "--format", "json").json == found
    registry("ingest", write(tmp_path, "d", A[3:]), "--name", "d", "--version", "x")
    again = registry("compare", "--all", "--format", "json").json
    assert {(each["a"], each["b"]) for each in again["pairs"]} == {
        ("a@1", "b@1"),
        ("a@1", "d@x"),
        ("b@1", "d@x"),
    }
    assert registry("compare", "--all").stdout.count("exact") == 6


def test_a_sketch_alone_gives_containment_and_counts_alone_nothing(registry: Command, tmp_path: Path) -> None:
    file = write(tmp_path, "s", A[:9])
    registry("ingest", file, "--name", "s", "--fingerprints", "sketch")
    found = registry("compare", "s", "a", "--format", "json").json
    assert (found["records_equal"], found["words_equal"], found["near_duplicates"]) == (None, None, None)
    assert found["containment"]["a_in_b"] == 1
    assert "only the sketch is kept" in registry("compare", "s", "a").stdout
    assert "no fingerprints of single records" in registry("compare", "s", code=3).stderr
    registry("ingest", file, "--name", "n", "--fingerprints", "counts")
    assert "only counts are kept" in registry("compare", "n", "a", code=3).stderr
    assert "n@1" not in registry("compare", "--all", "--format", "json").json["versions"]


def test_wrong_usage(registry: Command) -> None:
    registry("compare", code=2)
    registry("compare", "a", "--all", code=2)
    assert "no dataset named 'z'" in registry("compare", "a", "z", code=3).stderr


def test_declared_relations_are_public_and_others_are_not(
    registry: Command, registry_url: str, tmp_path: Path
) -> None:
    registry("ingest", write(tmp_path, "d", A[:3]), "--name", "d", "--derived-from", "a")
    assert len(registry("compare", "--all", "--format", "json").json["pairs"]) == 3
    with reading(open_engine(registry_url)) as session:
        rows = session.execute(
            sql("SELECT a_dataset, b_dataset, a_in_b, b_in_a, scale FROM public_overlap")
        ).all()
    [row] = rows
    assert {row.a_dataset: row.a_in_b, row.b_dataset: row.b_in_a}["d"] == 1
    assert {row.a_dataset, row.b_dataset} == {"a", "d"}


def test_fingerprints_of_another_recipe_are_refused_then_made_anew(registry: Command, tmp_path: Path) -> None:
    before = registry("dataset", "show", "a", "--format", "json").json
    [folder] = (tmp_path / "home" / "fingerprints").glob(f"*/{before['fingerprint']['id']}")
    manifest = folder / "manifest.json"
    manifest.write_bytes(b"{}")
    assert "manifest.json of fingerprint" in registry("compare", "a", "b", code=3).stderr
    told = registry("ingest", tmp_path / "a.jsonl", "--name", "a", "--language", "en")
    assert told.code == 0
    after = registry("dataset", "show", "a", "--format", "json").json
    assert after == before
    assert registry("compare", "a", "b", "--format", "json").json["words_equal"]["a"] == 6
