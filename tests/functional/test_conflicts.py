"""License conflicts found by content."""

from pathlib import Path
from typing import Any

import pytest

from tests.command import Command
from tests.functional.test_identify import prose, write

TEXTS = [prose("a", number) for number in range(40)]


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    registry = Command(tmp_path / "home")
    registry(
        "ingest", write(tmp_path / "a.jsonl", TEXTS), "--name", "a", "--license", "MIT", "--language", "en"
    )
    return registry


def ingest(registry: Command, file: Path, name: str, license_: str, *options: str) -> None:
    registry("ingest", file, "--name", name, "--license", license_, "--language", "en", *options)


def conflicts(registry: Command, code: int = 1) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = registry("license", "conflicts", "--format", "json", code=code).json[
        "conflicts"
    ]
    return found


def test_one_file_under_three_licenses_is_one_conflict(registry: Command, tmp_path: Path) -> None:
    ingest(registry, tmp_path / "a.jsonl", "b", "Apache-2.0")
    ingest(registry, tmp_path / "a.jsonl", "c", "CC-BY-NC-4.0")
    [found] = conflicts(registry)
    assert found["kind"] == "identical-files"
    assert found["datasets"] == ["a@1", "b@1", "c@1"]
    assert found["licenses"] == ["Apache-2.0", "CC-BY-NC-4.0", "MIT"]
    assert found["license_of"]["c@1"] == "CC-BY-NC-4.0"
    assert "SHA-256" in found["evidence"][0]
    assert "content digest" in found["evidence"][1]
    printed = registry("license", "conflicts", code=1).stdout
    assert "not who is right" in printed
    [_, row] = registry("license", "conflicts", "--format", "csv", code=1).stdout.splitlines()
    assert "a@1 (MIT); b@1 (Apache-2.0); c@1 (CC-BY-NC-4.0)" in row


def test_equal_content_in_another_file(registry: Command, tmp_path: Path) -> None:
    ingest(registry, write(tmp_path / "b.jsonl", TEXTS[::-1]), "b", "Apache-2.0")
    [found] = conflicts(registry)
    assert (found["kind"], found["datasets"]) == ("equal-content", ["a@1", "b@1"])


def test_records_of_equal_words(registry: Command, tmp_path: Path) -> None:
    file = write(
        tmp_path / "b.jsonl", [each.upper() for each in TEXTS[:9]] + [prose("b", n) for n in range(90)]
    )
    ingest(registry, file, "b", "Apache-2.0")
    [found] = conflicts(registry)
    assert found["kind"] == "equal-records"
    assert found["evidence"] == ["9 of 40 records of a@1 and 9 of 99 of b@1 have the same words"]


def test_text_contained_in_longer_records(registry: Command, tmp_path: Path) -> None:
    file = write(
        tmp_path / "b.jsonl", [f"{prose('x', n)} {each} {prose('y', n)}" for n, each in enumerate(TEXTS)]
    )
    ingest(registry, file, "b", "Apache-2.0")
    [found] = conflicts(registry)
    assert found["kind"] == "containment"
    assert found["evidence"] == ["100.0% of the distinct shingles of a@1 are in b@1"]


def test_no_conflict(registry: Command, tmp_path: Path) -> None:
    """The same license, none stated, other versions of one dataset, a common phrase."""
    ingest(registry, tmp_path / "a.jsonl", "same", "MIT")
    registry("ingest", tmp_path / "a.jsonl", "--name", "unstated", "--language", "en")
    ingest(registry, write(tmp_path / "v.jsonl", TEXTS[1:]), "a", "Apache-2.0", "--version", "x")
    registry("license", "conflicts", code=1)  # a@x and same share content under two licenses
    other = Command(tmp_path / "other")
    ingest(other, tmp_path / "a.jsonl", "a", "MIT")
    ingest(other, tmp_path / "v.jsonl", "a", "Apache-2.0", "--version", "x")
    ingest(
        other, write(tmp_path / "w.jsonl", [*(prose("w", n) for n in range(40)), TEXTS[0]]), "w", "Apache-2.0"
    )
    other("ingest", tmp_path / "a.jsonl", "--name", "unstated", "--language", "en")
    assert conflicts(other, code=0) == []
    assert "No two datasets" in other("license", "conflicts").stdout


def test_data_without_words_are_no_conflict(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    write(tmp_path / "e.jsonl", ["..."] * 9)
    ingest(registry, tmp_path / "e.jsonl", "a", "MIT")
    ingest(registry, tmp_path / "e.jsonl", "b", "Apache-2.0")
    assert conflicts(registry, code=0) == []


def test_what_cannot_be_compared_is_named(registry: Command, tmp_path: Path) -> None:
    ingest(registry, write(tmp_path / "n.jsonl", TEXTS), "n", "Apache-2.0", "--fingerprints", "counts")
    found = registry("license", "conflicts", "--format", "json", code=1).json
    assert found["not_compared"] == ["n@1"]
    assert found["conflicts"][0]["kind"] == "identical-files"  # for which no fingerprint is needed


def test_the_known_conflicts_of_real_data(tmp_path: Path, shared_data: Path) -> None:
    registry = Command(tmp_path / "home")
    for source, name, license_ in (
        ("selfinstruct_seed/seed_tasks.jsonl", "seed", "Apache-2.0"),
        ("gpteacher/seedprompts.jsonl", "seedprompts", "MIT"),
        ("codealpaca/new_codealpaca.json", "codealpaca", "Apache-2.0"),
        ("gpteacher/codegen-instruct.json", "codegen", "MIT"),
        ("gsm8k/test.jsonl", "gsm8k", "MIT"),
        ("mbpp/mbpp.jsonl", "mbpp", "CC-BY-4.0"),
    ):
        ingest(registry, shared_data / source, name, license_)
    assert [(one["kind"], one["datasets"]) for one in conflicts(registry)] == [
        ("identical-files", ["seed@1", "seedprompts@1"]),
        ("equal-records", ["codealpaca@1", "codegen@1"]),
    ]


def test_what_was_made_from_a_stricter_dataset_is_an_inversion(registry: Command, tmp_path: Path) -> None:
    strict = write(tmp_path / "strict.jsonl", [prose("s", n) for n in range(30)])
    other = write(tmp_path / "other.jsonl", [prose("o", n) for n in range(30)])
    ingest(registry, strict, "strict", "CC-BY-NC-SA-4.0")
    ingest(registry, other, "between", "CC-BY-NC-SA-4.0", "--derived-from", "strict")
    ingest(
        registry, write(tmp_path / "m.jsonl", ["made of both"]), "made", "MIT", "--derived-from", "between"
    )
    document = registry("license", "conflicts", "--kind", "inversion", "--format", "json", code=1).json
    [near, far] = document["conflicts"]
    assert (near["datasets"], far["datasets"]) == (["made@1", "between@1"], ["made@1", "strict@1"])
    assert [step["made_from"] for step in far["path"]] == ["between@1", "strict@1"]
    assert far["lacks"] == ["non_commercial", "share_alike", "state_changes"]
    assert all(step["asserted_by"] == "provider" and step["recorded_at"] for step in far["path"])
    assert registry("dataset", "show", "made", "--format", "json").json["license"]["effective"] == (
        "MIT AND CC-BY-NC-SA-4.0"
    )
    printed = registry("license", "conflicts", "--kind", "inversion", code=1).stdout
    assert "not who copied whom nor without permission" in printed


def test_a_step_by_shared_content_makes_it_possible_only(registry: Command, tmp_path: Path) -> None:
    """`made` is declared to be made from `copy`, which holds the text of `a` (MIT here, as `copy` is)."""
    longer = [f"{each} {prose('more', n)}" for n, each in enumerate(TEXTS)]
    ingest(registry, write(tmp_path / "copy.jsonl", longer), "copy", "0BSD")
    other = write(tmp_path / "made.jsonl", [prose("z", n) for n in range(30)])
    ingest(registry, other, "made", "0BSD", "--derived-from", "copy")
    [found] = registry(
        "license", "conflicts", "--kind", "possible-inversion", "--format", "json", code=1
    ).json["conflicts"]
    assert found["datasets"] == ["made@1", "a@1"]
    assert [step["kind"] for step in found["path"]] == ["declared", "detected"]
    assert "of the distinct shingles of a@1 are in copy@1" in found["path"][1]["evidence"]


@pytest.mark.parametrize(
    ("concluded", "said", "told"),
    [
        ("NONE", "no license (NONE)", "The reviewer found no license; the tag says MIT all the same"),
        ("CC-BY-NC-4.0", "CC-BY-NC-4.0", "CC-BY-NC-4.0 allows no commercial use"),
    ],
)
@pytest.mark.parametrize(
    ("evidence", "place"),
    [
        ("/home/zed/letters to us/x.txt", "x.txt"),
        ("letters/x.txt", "x.txt"),
        ("C:\\letters\\x.txt", "x.txt"),
        ("https://example.org/a/x.txt", "https://example.org/a/x.txt"),
        ("letter of zed@quux.org", "letter of [e-mail withheld]"),
    ],
)
def test_a_conflict_with_a_review_is_told_in_words_and_names_nobody(
    registry: Command, concluded: str, said: str, told: str, evidence: str, place: str
) -> None:
    by = ("--by", "Zebulon Quux", "--because", "told by zed@quux.org", "--evidence", evidence)
    registry("license", "conclude", "a", concluded, *by)
    [found] = conflicts(registry)
    declared, review, left_out = found["evidence"]
    assert declared == "declared: MIT, by the provider, in registry ingest"
    assert review == f"concluded: {said}, by the reviewer, in {place}"
    assert left_out.startswith(told)
    for form in ("table", "csv", "json"):
        printed = registry("license", "conflicts", "--format", form, code=1).stdout
        for private in ("Quux", "quux", "told by", "/home", '"by"', "C:"):
            assert private not in printed
