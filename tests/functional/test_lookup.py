"""Texts looked up by the command, as a rights holder would."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from registry.cli.main import cli
from tests.command import Command

COMMON = "at the end of the day it is what it is"


def prose(name: str, count: int, start: int = 0) -> str:
    """Words of their own."""
    return " ".join(f"{name}{number}" for number in range(start, start + count))


LONG = f"{prose('a', 200)} {COMMON}"
RECORDS: list[dict[str, Any]] = [
    {"title": "Long", "text": LONG, "terms": "CC BY 4.0"},
    {"title": "Short", "text": prose("s", 12), "terms": "CC BY-SA 4.0"},
    {"title": "Other", "text": f"{prose('o', 60)} {COMMON}", "terms": None},
    {"title": "Poem", "text": prose("p", 7), "terms": None},
]
MAPPED = ("--text-field", "text", "--license-field", "terms", "--language", "en")


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    registry = Command(tmp_path / "home")
    write(tmp_path / "mine.jsonl", RECORDS)
    registry("ingest", tmp_path / "mine.jsonl", "--name", "mine", "--license", "MIT", *MAPPED)
    registry("train", "otter@1.0", "--dataset", "mine", "--stage", "pretraining")
    return registry


def write(file: Path, records: list[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return file


def look(registry: Command, text: str, *options: str | Path) -> Any:
    return registry("lookup", "--text", text, "--format", "json", *options).json


def test_a_passage_inside_a_longer_record_is_verified(registry: Command) -> None:
    quote = prose("a", 36, 50).upper().replace(" ", ", ")
    found = look(registry, f"My own words before {quote}; and after it, words of mine again.")
    [match] = found["matches"]
    assert (match["dataset"], match["version"], match["record"]) == ("mine", "1", 0)
    assert (match["kind"], match["words"], match["spans"]) == ("verified", 36, [[4, 40]])
    assert match["models"] == ["otter@1.0"]
    assert match["passage"] == prose("a", 36, 50)
    assert match["license"] == "CC-BY-4.0"
    assert match["share_of_text"] == found["coverage"] == 36 / found["words"]
    assert found["detection_bound_words"] == 36
    assert found["possible"] == 0


def test_a_run_of_36_words_is_found_wherever_it_stands(registry: Command) -> None:
    for start in range(0, 165, 3):
        found = look(registry, f"{prose('x', 20)} {prose('a', 36, start)} {prose('y', 20)}")
        assert [match["words"] for match in found["matches"]] == [36], start


def test_a_lone_common_phrase_is_possible_and_no_match(registry: Command) -> None:
    found = look(registry, f"{prose('x', 40)} {COMMON} {prose('y', 40)}")
    assert found["matches"] == []
    assert found["coverage"] == 0


def test_a_short_record_that_stands_whole_in_the_text_is_found(registry: Command, tmp_path: Path) -> None:
    text = f"{prose('x', 40)} {prose('s', 12)} {prose('y', 40)}"
    for _ in range(2):  # from the source, then from the digest of its words
        [match] = look(registry, text)["matches"]
        assert (match["record"], match["kind"], match["words"]) == (1, "same-words", 12)
        assert (match["spans"], match["license"]) == ([[40, 52]], "CC-BY-SA-4.0")
        (tmp_path / "mine.jsonl").unlink(missing_ok=True)


def test_who_asks_for_few_words_means_them(registry: Command) -> None:
    found = look(registry, prose("p", 7))
    assert [(match["record"], match["kind"], match["words"]) for match in found["matches"]] == [
        (3, "same-words", 7)
    ]
    assert "7 words" in found["promise"]
    assert look(registry, f"{prose('x', 40)} {prose('p', 7)} {prose('y', 40)}")["matches"] == []


def test_a_reworded_paragraph_resembles_its_record(registry: Command, tmp_path: Path) -> None:
    words = prose("o", 60).split(" ")
    words[30] = "another"
    text = f"{prose('x', 40)}\n\n{' '.join(words)} {COMMON}\n\n{prose('y', 40)}"
    [match] = look(registry, text)["matches"]
    assert (match["record"], match["kind"]) == (2, "verified")
    assert 0.8 < match["resemblance"] < 1
    (tmp_path / "mine.jsonl").unlink()
    [match] = look(registry, text)["matches"]
    assert match["kind"] in {"passage", "near-duplicate"}


def test_without_the_source_long_runs_are_passages_and_the_bound_is_told(
    registry: Command, tmp_path: Path
) -> None:
    (tmp_path / "mine.jsonl").unlink()
    found = look(registry, f"{prose('x', 30)} {prose('a', 68, 20)} {prose('y', 30)}")
    [match] = found["matches"]
    assert match["kind"] == "passage"
    assert 13 <= match["words"] <= 68
    assert found["detection_bound_words"] == 68
    assert "not there any more" in found["searched"][0]["unverified"]
    short = look(registry, f"{prose('x', 30)} {prose('a', 36, 20)} {prose('y', 30)}")
    assert (short["matches"], short["possible"]) == ([], 1)
    assert "Not verified in mine@1" in registry("lookup", "--text", prose("a", 36)).stdout


def test_a_changed_source_is_not_believed(registry: Command, tmp_path: Path) -> None:
    write(tmp_path / "mine.jsonl", [{"text": prose("a", 210)}, *RECORDS[1:]])
    found = look(registry, prose("a", 100))
    assert found["searched"][0]["unverified"].endswith("other records than it did")
    assert found["matches"][0]["kind"] == "passage"


def test_not_to_verify_is_a_choice(registry: Command) -> None:
    found = look(registry, f"{prose('x', 9)} {prose('a', 68)}", "--no-verify")
    assert [match["kind"] for match in found["matches"]] == ["passage"]


def test_equal_content_in_another_order_is_told_by_its_own_numbers(registry: Command, tmp_path: Path) -> None:
    for name in ("turned", "gone"):
        write(tmp_path / f"{name}.jsonl", RECORDS[::-1])
        registry("ingest", tmp_path / f"{name}.jsonl", "--name", name, *MAPPED)
    (tmp_path / "gone.jsonl").unlink()
    found = look(registry, prose("a", 90))
    assert [(match["dataset"], match["record"], match["kind"]) for match in found["matches"]] == [
        ("mine", 0, "verified"),
        ("turned", 3, "verified"),
        ("gone", 3, "passage"),
    ]
    compared = registry("compare", "mine", "turned", "--format", "json").json
    assert (compared["records_equal"], compared["near_duplicates"]["status"]) == (4, "verified")


def test_what_is_not_searched_is_named(registry: Command, tmp_path: Path) -> None:
    registry("ingest", tmp_path / "mine.jsonl", "--name", "users", "--origin", "user", "--language", "en")
    found = look(registry, prose("a", 90))
    assert found["not_searched"] == [
        {"version": "users@1", "why": "only its counts are kept, no fingerprints of its records"}
    ]
    assert "Not searched: users@1" in registry("lookup", "--text", "nothing").stdout


def test_a_damaged_fingerprint_is_named_and_the_others_are_searched(
    registry: Command, tmp_path: Path
) -> None:
    write(tmp_path / "b.jsonl", [{"text": prose("b", 80)}])
    registry("ingest", tmp_path / "b.jsonl", "--name", "b")
    shown = registry("dataset", "show", "mine", "--format", "json").json
    [folder] = (tmp_path / "home" / "fingerprints").glob(f"*/{shown['fingerprint']['id']}")
    (folder / "bands.npy").write_bytes(b"")
    found = look(registry, prose("b", 80))
    assert [match["dataset"] for match in found["matches"]] == ["b"]
    assert found["not_searched"][0]["version"] == "mine@1"


def test_a_receipt_can_be_checked_later(registry: Command, tmp_path: Path) -> None:
    text, receipt = tmp_path / "text.txt", tmp_path / "receipt.json"
    text.write_text(prose("a", 80), "utf-8")
    registry("lookup", text, "--receipt", receipt)
    told = registry("lookup", text, "--check", receipt).stdout
    assert told == "everything is as the receipt says\n"
    write(tmp_path / "more.jsonl", [{"text": prose("a", 300)}])
    registry("ingest", tmp_path / "more.jsonl", "--name", "more")
    told = registry("lookup", text, "--check", receipt, code=1).stdout
    assert "more@1" in told
    assert "1 matches are found now, and were not then" in told
    (tmp_path / "mine.jsonl").rename(tmp_path / "moved.jsonl")
    assert (
        "1 matches are proven in another way" in registry("lookup", text, "--check", receipt, code=1).stdout
    )
    text.write_text("something else", "utf-8")
    assert "another text" in registry("lookup", text, "--check", receipt, code=1).stdout
    receipt.write_text(receipt.read_text("utf-8").replace('"words": 80', '"words": 81', 1), "utf-8")
    assert "changed after it was written" in registry("lookup", text, "--check", receipt, code=1).stdout
    receipt.write_text("[]", "utf-8")
    assert "no receipt of a look-up" in registry("lookup", text, "--check", receipt, code=3).stderr


def test_repetitions_without_end_take_no_time_without_end(registry: Command, tmp_path: Path) -> None:
    """Each of 50,000 places of the text could be that of each in the record."""
    texts = [" ".join(["ha"] * 50_000), " ".join(["ha"] * 12), "la di da " * 9_000]
    write(tmp_path / "ha.jsonl", [{"text": text} for text in texts])
    registry("ingest", tmp_path / "ha.jsonl", "--name", "ha", "--language", "en")
    for _ in range(2):
        found = look(registry, " ".join(["ha"] * 50_000))
        assert {match["record"] for match in found["matches"]} >= {0}
        assert found["matches"][0]["words"] == 50_000
        (tmp_path / "ha.jsonl").unlink(missing_ok=True)


def test_many_equal_records_are_decided_once(registry: Command, tmp_path: Path) -> None:
    sentence = prose("z", 16)
    write(tmp_path / "z.jsonl", [{"text": sentence}] * 5_000)
    registry("ingest", tmp_path / "z.jsonl", "--name", "z", "--language", "en")
    found = look(registry, f"{sentence}. " * 1_000)
    assert len(found["matches"]) == 5_000
    assert {match["kind"] for match in found["matches"]} == {"same-words"}


def test_to_verify_what_is_gone_fails(registry: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").unlink()
    failed = registry("lookup", "--text", prose("a", 80), "--verify", code=3)
    assert "mine@1 is not there any more" in failed.stderr
    assert look(registry, "nothing of it stands anywhere here at all", "--verify")["matches"] == []


def test_files_and_standard_input(registry: Command, tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes("é".encode("latin-1"))
    assert "no text in UTF-8" in registry("lookup", file, code=3).stderr
    registry("lookup", code=2)
    registry("lookup", file, "--text", "x", code=2)
    assert "is no file" in registry("lookup", tmp_path / "none.txt", code=3).stderr
    typed = CliRunner().invoke(
        cli, ["--home", str(registry.home), "lookup", "-", "--format", "json"], input=prose("a", 80)
    )
    assert json.loads(typed.stdout)["matches"][0]["words"] == 80


def test_csv_has_a_row_a_match(registry: Command) -> None:
    rows = registry("lookup", "--text", prose("a", 80), "--format", "csv").stdout.splitlines()
    assert rows[0].startswith("dataset,version,record,kind,words")
    assert len(rows) == 2


def test_a_book_finds_its_other_edition_and_nothing_else(tmp_path: Path, shared_data: Path) -> None:
    """Pride and Prejudice against another edition, and data that has nothing to do with it."""
    registry = Command(tmp_path / "home")
    for source, name, *options in (
        ("standardebooks_pp/chapter-*.xhtml", "edition"),
        ("tinyshakespeare/input.txt", "shakespeare", "--split-text", "paragraph"),
        ("gsm8k/train.jsonl", "gsm8k"),
        ("gpteacher/roleplay-simple-deduped-roleplay-instruct.json", "roleplay"),
        ("se_datascience_meta/Posts.xml", "posts"),
        ("mbpp/mbpp.jsonl", "mbpp"),
    ):
        registry("ingest", shared_data / source, "--name", name, "--language", "en", *options)
    found = registry("lookup", shared_data / "gutenberg_pp" / "1342-0.txt", "--format", "json").json
    assert {match["dataset"] for match in found["matches"]} == {"edition"}
    assert len({match["record"] for match in found["matches"]}) > 1_800
    assert found["coverage"] > 0.9
