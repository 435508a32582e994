"""`registry allocate`: who would receive what of a pool, from the command line on both databases."""

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests import builders
from tests.command import Command

SHARED = "The tide came in over the flats before anyone had thought to call the children home again."
POEMS = [
    {"text": "The grey light climbs the garden wall and waits for nobody at all this morning.", "by": "Ada"},
    {
        "text": "Heat stands above the barley, and nobody goes out to see what the dogs have found.",
        "by": "Ben",
    },
    {"text": SHARED, "by": "Ada"},
]
LETTERS = [
    {"text": SHARED, "by": "Cy"},
    {"text": "I write to you from the harbour where nothing has sailed for nine days now.", "by": "Cy"},
]
FILE = """
agents:
  - {id: press, type: organization, name: Example Press}
provider:
  agent: press
  rights_contact: {url: "https://press.example/rights", answer_within_days: 30}
datasets:
  - name: poems
    version: "1"
    source: poems.jsonl
    origin: public
    license: CC-BY-4.0
    publisher: Poem House
    fields: {text: text, creator: by}
    agreed_splits:
      shares: {author: 1/2, publisher: 1/4, press: 1/4}
      authority: contract of 2025-03-01, clause 7
  - name: letters
    version: "1"
    source: letters.jsonl
    origin: licensed
    fields: {text: text, creator: by}
  - name: sketched
    version: "1"
    source: sketched.jsonl
    origin: public
    fingerprints: sketch
    fields: {text: text}
models:
  - name: verselet
    version: "1"
    base_models: none
    training:
      - stage: pretraining
        mixture:
          - {dataset: poems, epochs: 3}
          - {dataset: letters}
          - {dataset: sketched}
"""
ALLOCATE = ("allocate", "verselet", "--pool", "1000.00", "--currency", "EUR")


@pytest.fixture
def registry(tmp_path: Path, registry_url: str) -> Command:
    builders.write_jsonl(tmp_path / "poems.jsonl", POEMS)
    builders.write_jsonl(tmp_path / "letters.jsonl", LETTERS)
    builders.write_jsonl(
        tmp_path / "sketched.jsonl", [{"text": "Eleven words that only a sketch is kept of, so many."}]
    )
    (tmp_path / "registry.yaml").write_text(FILE, "utf-8")
    command = Command(tmp_path / "home", registry_url)
    command("apply", tmp_path / "registry.yaml")
    return command


def lines(out: Path) -> dict[str, dict[str, str]]:
    with (out / "allocation.csv").open(newline="", encoding="utf-8") as file:
        return {row["payee"]: row for row in csv.DictReader(file)}


def amounts(out: Path) -> dict[str, Decimal]:
    return {payee: Decimal(row["amount"]) for payee, row in lines(out).items()}


def test_every_rule_shares_the_pool_to_the_cent(registry: Command, tmp_path: Path) -> None:
    for rule in ("words", "records", "deduplicated-words", "equal-per-work", "by-class", "agreed-splits"):
        out = tmp_path / rule
        said = registry(*ALLOCATE, "--rule", rule, "--out", out).stderr
        assert sum(amounts(out).values()) == Decimal("1000.00")
        assert "add up to EUR 1,000.00, the net pool" in said
        twin = json.loads((out / "allocation.json").read_bytes())
        assert twin["rule"]["id"] == rule
        assert twin["reproduce"] == (
            f"registry allocate verselet@1 --pool 1000.00 --currency EUR --rule {rule} --out DIR"
        )


def test_a_text_of_two_datasets_is_paid_once_and_split(registry: Command, tmp_path: Path) -> None:
    registry(*ALLOCATE, "--rule", "deduplicated-words", "--out", tmp_path / "out")
    units = {payee: row["units"] for payee, row in lines(tmp_path / "out").items()}
    shared, own = len(SHARED.split()), [len(one["text"].split()) for one in (*POEMS[:2], LETTERS[1])]
    assert units["Ada"] == f"{own[0] + shared / 2:g}"
    assert units["Ben"] == str(own[1])
    assert units["Cy"] == f"{own[2] + shared / 2:g}"
    notes = json.loads((tmp_path / "out" / "allocation.json").read_bytes())["rule"]["notes"]
    reason = "a sketch of it is kept, no fingerprints of single records"
    assert notes == [f"Not de-duplicated, counted once as it is: sketched@1 (11 words): {reason}."]


def test_agreed_splits_reach_publishers_and_agents(registry: Command, tmp_path: Path) -> None:
    registry(*ALLOCATE, "--rule", "agreed-splits", "--out", tmp_path / "out")
    found = amounts(tmp_path / "out")
    assert set(found) == {"Ada", "Ben", "Cy", "Poem House", "Example Press", "unidentified"}
    assert abs(found["Poem House"] - found["Example Press"]) <= Decimal("0.01")
    assert abs(found["Poem House"] * 2 - found["Ada"] - found["Ben"]) <= Decimal("0.02")
    text = (tmp_path / "out" / "allocation.html").read_text("utf-8")
    assert "contract of 2025-03-01, clause 7" in text


def test_what_was_agreed_is_never_published(registry: Command, tmp_path: Path) -> None:
    registry("publish", "--out", tmp_path / "public")
    registry("disclose", "verselet", "--out", tmp_path / "auditor", "--audience", "auditor")
    for path in (tmp_path / "public").rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"clause 7" not in content, path
            assert b"agreed_splits" not in content or path.name.endswith("schema.json"), path
    assert "clause 7" in (tmp_path / "auditor" / "disclosure.json").read_text("utf-8")


def test_a_payee_can_be_given_its_own_line_and_records(registry: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    registry(*ALLOCATE, "--rule", "words", "--out", out, "--payee", "ADA", "--drill-down")
    [page] = (out / "payees").glob("*.html")
    assert "Ada" in page.read_text("utf-8")
    assert not {"Ben", "Cy"} & set(page.read_text("utf-8").replace("<", " ").replace(">", " ").split())
    assert not (out / "records.csv").exists(), "it would name the others"
    with page.with_suffix(".csv").open(newline="", encoding="utf-8") as file:
        records = [
            (row["payee"], row["dataset"], row["record"], row["words"], row["used"])
            for row in csv.DictReader(file)
        ]
    assert records == [("Ada", "poems", "0", "15", "yes"), ("Ada", "poems", "2", "17", "yes")]
    error = registry(*ALLOCATE, "--rule", "words", "--out", out, "--payee", "Eve", code=3).stderr
    assert "no payee of verselet@1 is called 'Eve'" in error


def test_a_drill_down_says_whose_records_it_cannot_list(registry: Command, tmp_path: Path) -> None:
    said = registry(*ALLOCATE, "--rule", "words", "--out", tmp_path / "all", "--drill-down").stderr
    assert "no records of sketched@1 are listed: a sketch of it is kept" in said
    own = registry(*ALLOCATE, "--rule", "words", "--out", tmp_path / "own", "--drill-down", "--payee", "Ada")
    assert "are listed" not in own.stderr


def test_of_a_share_it_is_not_known_which_records_were_used(registry: Command, tmp_path: Path) -> None:
    changed = FILE.replace("{dataset: poems, epochs: 3}", "{dataset: poems, selection: {share: 0.5}}")
    (tmp_path / "registry.yaml").write_text(changed, "utf-8")
    registry("apply", tmp_path / "registry.yaml")
    registry(*ALLOCATE, "--rule", "words", "--out", tmp_path / "out", "--drill-down")
    with (tmp_path / "out" / "records.csv").open(newline="", encoding="utf-8") as file:
        used = {(row["dataset"], row["used"]) for row in csv.DictReader(file)}
    assert used == {("letters", "yes"), ("poems", "not known")}


def test_whoever_was_erased_is_not_payable(registry: Command, tmp_path: Path) -> None:
    registry("erase", "Ben", "--because", "asked for it", "--yes")
    registry(*ALLOCATE, "--rule", "words", "--out", tmp_path / "out")
    erased = lines(tmp_path / "out")["erased (1)"]
    assert (erased["status"], erased["payable"]) == ("withheld", "0.00")
    assert erased["reason"] == "the name was erased: nobody can be paid under it"


@pytest.mark.parametrize(
    ("rule", "option", "value", "read_by"),
    [
        ("words", "--work", "holder", "equal-per-work"),
        ("words", "--class-weight", "share-alike=2", "by-class"),
        ("records", "--language-factor", "zh=0.5", "words, deduplicated-words, by-class, agreed-splits"),
    ],
)
def test_an_option_that_the_rule_does_not_read_is_refused(
    registry: Command, tmp_path: Path, rule: str, option: str, value: str, read_by: str
) -> None:
    asked = (*ALLOCATE, "--rule", rule, option, value, "--out", tmp_path / "out")
    assert f"it is read by {read_by}" in registry(*asked, code=2).stderr
    registry(*asked, "--compare")


def test_an_issued_statement_is_numbered_kept_and_superseded(registry: Command, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ask = (
        *ALLOCATE,
        "--rule",
        "words",
        "--period",
        "2026-01/2026-12",
        "--out",
        out,
        "--issued-by",
        "Jane Doe",
    )
    assert registry("allocations", "--format", "json").json == []
    registry(*ask)
    first = json.loads((out / "allocation.json").read_bytes())
    assert first["status"] == "issued"
    registry(*ask)
    assert json.loads((out / "allocation.json").read_bytes()) == first, "the same again is no new statement"
    registry(*ask, "--minimum", "200.00")
    second = json.loads((out / "allocation.json").read_bytes())
    assert (second["issue"]["number"], second["issue"]["supersedes"]) == (2, first["id"])
    listed = registry("allocations", "--format", "json").json
    assert [(one["number"], one["holds"], one["net"]) for one in listed] == [
        (2, True, "1000.00"),
        (1, False, "1000.00"),
    ]
    assert registry(*ALLOCATE, "--rule", "words", "--out", tmp_path / "draft").code == 0
    assert len(registry("allocations", "--format", "json").json) == 2, "a draft leaves nothing behind"


def test_a_folder_that_cannot_be_written_leaves_nothing_issued(registry: Command, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", "utf-8")
    ask = (*ALLOCATE, "--rule", "words", "--out", tmp_path / "out", "--issued-by", "Jane Doe")
    assert "holds files of others" in registry(*ask, code=3).stderr
    assert registry("allocations", "--format", "json").json == []


def test_the_same_state_gives_the_same_bytes(registry: Command, tmp_path: Path) -> None:
    for name in ("one", "two"):
        registry(*ALLOCATE, "--rule", "deduplicated-words", "--compare", "--out", tmp_path / name)
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


def mistakes() -> Iterator[tuple[tuple[str, ...], int, str]]:
    words = ("--rule", "words")
    yield (*ALLOCATE, "--rule", "fair"), 2, "is not one of"
    yield (
        ("allocate", "verselet", "--pool", "1,000", "--currency", "EUR", *words),
        2,
        "'1,000' is not an amount",
    )
    yield ("allocate", "verselet", "--pool", "1.5", "--currency", "JPY", *words), 2, "is not an amount in JPY"
    yield ("allocate", "verselet", "--pool", "1", "--currency", "EURO", *words), 2, "is not a currency"
    yield (*ALLOCATE, *words, "--deductions", "100%"), 2, "nothing is left to share"
    yield (*ALLOCATE, *words, "--language-factor", "zh"), 2, "no name and number"
    yield (*ALLOCATE, *words, "--language-factor", "chinese!=2"), 2, "is not a language"
    yield (*ALLOCATE, "--rule", "by-class", "--class-weight", "mit=2"), 2, "is no class of works by license"
    yield (*ALLOCATE, *words, "--period", "last year"), 2, "is not a period"
    yield ("allocate", "nobody", "--pool", "1", "--currency", "EUR", *words), 3, "nobody"
    none = [f"--class-weight={name}=0" for name in ("attribution", "not-stated")]
    yield (*ALLOCATE, "--rule", "by-class", *none), 3, "that a pool could be shared by"


def test_mistakes_are_told(registry: Command, tmp_path: Path) -> None:
    for arguments, code, message in mistakes():
        assert message in registry(*arguments, "--out", tmp_path / "out", code=code).stderr
        assert not (tmp_path / "out").exists()


def test_the_schema_is_printed(registry: Command) -> None:
    assert registry("schema", "allocation").json["title"] == "Allocation statement of a model version"


def test_what_a_request_touches_can_be_asked(registry: Command, tmp_path: Path) -> None:
    from registry.app.home import Home
    from registry.queries.allocations import allocations_of_model
    from registry.queries.training import find_model
    from registry.store.named_agents import named_agent

    registry(*ALLOCATE, "--rule", "words", "--out", tmp_path / "out", "--issued-by", "Jane Doe")
    ada = named_agent("poems", "Ada")
    with Home(registry.home, registry.database).read() as session:
        [found] = allocations_of_model(session, find_model(session, "verselet"), payees=[ada, "nobody"])
    assert found.amounts == {ada: lines(tmp_path / "out")["Ada"]["amount"]}
    assert (found.holds, found.rule, found.currency) == (True, "words", "EUR")
