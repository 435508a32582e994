"""Tests that a model is measured by, from the declaration file to the check, the report and the views."""

import random
from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

FILE = """
datasets:
  - {name: train, version: "1", source: train.jsonl, origin: public, license: MIT, engagements: ENGAGEMENTS}
  - {name: quiz, version: "1", source: quiz.jsonl, origin: public, license: MIT}
  - {name: closed, version: "1", source: null, origin: licensed, measured: {words: 100, evidence: a contract}}
models:
  - name: solver
    version: "1"
    benchmarks: BENCHMARKS
    training: [{stage: pretraining, mixture: [{dataset: train}, {dataset: closed}]}]
"""
TESTS = '[{dataset: quiz, metric: accuracy, reported: "57 %"}]'


def texts(word: str, count: int, words: int) -> list[str]:
    """Texts of words drawn at random, the same each time."""
    draw = random.Random(word)
    return [" ".join(f"{word}{draw.randrange(4000)}" for _ in range(words)) for _ in range(count)]


QUESTIONS = texts("word", 6, 60)


def write(home: Path, benchmarks: str = TESTS, engagements: str = "none") -> Path:
    """A quiz of which the first question stands in a long text, the second as it is, half of the third."""
    others = texts("other", 20, 90)
    half = " ".join(QUESTIONS[2].split()[:22])
    train = [
        f"{others[0]} {QUESTIONS[0]} {others[1]}",
        QUESTIONS[1].upper(),
        f"{half} {others[2]}",
        *others[3:],
    ]
    builders.write_jsonl(home / "train.jsonl", [{"text": text} for text in train])
    builders.write_jsonl(home / "quiz.jsonl", [{"question": text} for text in QUESTIONS])
    file = home / "registry.yaml"
    text = FILE.replace("BENCHMARKS", benchmarks).replace("ENGAGEMENTS", engagements)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    return Command(tmp_path / "home")


def test_a_check_says_which_records_of_a_test_are_in_training_data(registry: Command, tmp_path: Path) -> None:
    registry("apply", write(tmp_path))
    found = registry("check", "solver", "--format", "json").json
    (test,) = found["contamination"]
    assert test["all"]["found"] == 2
    assert (test["all"]["same_words"], test["all"]["contained"]) == (1, 1)
    assert test["all"]["examples"] == [0, 1]
    assert test["all"]["basis"] == "verified"
    assert [one["why"] for one in test["not_searched"]] == ["they could not be searched"]
    warned = [one for one in found["findings"] if one["path"] == "models.solver.benchmarks"]
    assert warned[0]["message"] == "2 of 6 records of quiz@1 are found in the training data."
    assert "quiz@1" in registry("check", "solver").stdout


def test_what_was_found_is_kept_and_stands_in_reports_and_views(registry: Command, tmp_path: Path) -> None:
    registry("apply", write(tmp_path))
    registry("disclose", "solver", "--out", tmp_path / "first")
    (tmp_path / "train.jsonl").unlink()
    registry("disclose", "solver", "--out", tmp_path / "second")
    first, second = ((tmp_path / name / "index.html").read_bytes() for name in ("first", "second"))
    assert first == second
    assert b"quiz@1: 2 of 6 records (33.3" in first
    views = "SELECT benchmark, dataset, found_records, basis FROM public_benchmark_overlap"
    assert registry("query", views, "--format", "json").json == [
        {"benchmark": "quiz", "dataset": "train", "found_records": 2, "basis": "verified"}
    ]


def test_where_sources_are_gone_the_fingerprints_tell_and_it_is_said(
    registry: Command, tmp_path: Path
) -> None:
    registry("apply", write(tmp_path))
    (tmp_path / "train.jsonl").unlink()
    (test,) = registry("check", "solver", "--format", "json").json["contamination"]
    assert (test["all"]["basis"], test["all"]["same_words"]) == ("index", 1)
    (tmp_path / "quiz.jsonl").unlink()
    other = Command(tmp_path / "home")
    assert other("check", "solver", "--format", "json").json["contamination"][0]["all"]["basis"] == "index"


def test_a_model_says_nothing_of_tests_or_that_there_are_none(registry: Command, tmp_path: Path) -> None:
    registry("apply", write(tmp_path, "null"))
    paths = {one["path"] for one in registry("check", "solver", "--format", "json").json["findings"]}
    assert "beyond.train_test_overlap" in paths
    registry("apply", write(tmp_path, "none"))
    found = registry("check", "solver", "--format", "json").json
    assert "beyond.train_test_overlap" not in {one["path"] for one in found["findings"]}
    assert found["contamination"] == []
    registry("apply", write(tmp_path))
    assert len(registry("check", "solver", "--format", "json").json["contamination"]) == 1
    registry("apply", write(tmp_path, "none"))
    assert registry("check", "solver", "--format", "json").json["contamination"] == []


def test_applying_the_same_tests_again_changes_nothing(registry: Command, tmp_path: Path) -> None:
    file = write(tmp_path)
    registry("apply", file)
    assert registry("apply", file, "--dry-run", "--format", "json").json["change"] == []


def test_a_test_that_is_not_here_is_refused_with_its_name(registry: Command, tmp_path: Path) -> None:
    outcome = registry("apply", write(tmp_path, "[{dataset: quizz}]"), code=3)
    assert "no dataset named 'quizz'" in outcome.stderr
    assert "quiz" in outcome.stderr


def test_a_test_named_twice_for_one_metric_is_a_mistake(registry: Command, tmp_path: Path) -> None:
    outcome = registry("apply", write(tmp_path, "[{dataset: quiz}, {dataset: quiz@1}]"), code=3)
    assert "stands here twice" in outcome.stderr


def test_a_publication_computes_what_is_missing_and_its_editions_keep_it(
    registry: Command, tmp_path: Path
) -> None:
    registry("apply", write(tmp_path))
    registry("publish", "--out", tmp_path / "site", "--approved-by", "Ada Approver")
    (edition,) = (tmp_path / "site").glob("models/**/disclosure/1/index.html")
    page = edition.read_text(encoding="utf-8")
    assert "quiz@1: 2 of 6 records (33.3" in page
    assert "Beyond the forms" in page


def test_engagements_stand_on_the_page_of_their_dataset(registry: Command, tmp_path: Path) -> None:
    said = (
        "[{task: writing, vendor: Example Words, people: 12, pay: {amount: 9.50, currency: eur, per: hour}}]"
    )
    registry("apply", write(tmp_path, "none", said))
    registry("publish", "--out", tmp_path / "site")
    (page,) = (tmp_path / "site").glob("datasets/train/**/index.html")
    assert "writing (by Example Words, 12 people, EUR 9.50 for each hour)" in page.read_text(encoding="utf-8")
    shown = registry("dataset", "show", "train", "--format", "json").json
    assert "engagements" not in {gap["field"] for gap in shown["gaps"]}


@pytest.mark.parametrize(
    ("test", "trained", "text", "records", "least", "most"),
    [
        (("gsm8k/test.jsonl",), "gsm8k/train.jsonl", "question", 1_319, 0, 1),
        (("gsm8k/test.jsonl",), "gsm8k/test_socratic.jsonl", "question", 1_319, 1_319, 1_319),
        (("humaneval/HumanEval.jsonl.gz",), "humaneval_x/humaneval_python.jsonl.gz", "prompt", 164, 164, 164),
        (("mbpp_sanitized/sanitized-mbpp.json", "prompt"), "mbpp/mbpp.jsonl", "text", 427, 200, 260),
    ],
)
def test_real_tests_in_real_data(
    registry: Command,
    shared_data: Path,
    tmp_path: Path,
    test: tuple[str, ...],
    trained: str,
    text: str,
    records: int,
    least: int,
    most: int,
) -> None:
    """As in ground_truth.json: 191 prompts of MBPP are equal in both editions, 200 resemble one.

    Of the questions of GSM8K none equals or resembles one to train on; of one, half the words stand in a
    passage of another, as in questions made after one pattern.
    """
    file = tmp_path / "registry.yaml"
    file.write_text(
        f"""
datasets:
  - {{name: quiz, source: {shared_data / test[0]}, fields: {{text: {test[-1] if test[1:] else text}}}}}
  - {{name: train, source: {shared_data / trained}, fields: {{text: {text}}}}}
models:
  - name: solver
    benchmarks: [{{dataset: quiz}}]
    training: [{{stage: pretraining, mixture: [{{dataset: train}}]}}]
""",
        encoding="utf-8",
    )
    registry("apply", file)
    (found,) = registry("check", "solver", "--format", "json").json["contamination"]
    assert found["records"] == records
    assert least <= found["all"]["found"] <= most
