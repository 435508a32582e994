"""The files of an allocation: as they were, valid, and added up again by the script that ships with them."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.assets import folder
from registry.documents.allocation.as_json import as_json, payee_json
from registry.documents.allocation.basis import Basis, Payee, Texts, basis_of
from registry.documents.allocation.command import command_of
from registry.documents.allocation.compare import compared
from registry.documents.allocation.rules import RULES, Terms
from registry.documents.allocation.statement import Asked, Issue, Pool, Statement, build_statement
from registry.documents.projection import Audience, project
from registry.domain.facts import ModelFacts
from registry.domain.money import currency
from registry.render.allocation import render_allocation, render_payee
from registry.render.allocation_csv import payees_csv
from tests.facts import STATED_AT, component, guarded, model, several_origins, version
from tests.sites import whole
from tests.unit.documents.allocation.claims import bases, terms

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "several-origins" / "allocation"
EURO = currency("EUR")
POOL = Pool(EURO, 10_000_000, (("platform=15%", 1_500_000),), minimum=10_000)
FACTORS = Terms({"de": Fraction(4, 3)})


def statement(
    facts: ModelFacts, rule: str = "words", *, pool: Pool = POOL, terms: Terms = FACTORS
) -> Statement:
    shown = project(facts, Audience.AUDITOR)
    basis = replace(basis_of(shown), texts=Texts(without=dict.fromkeys(basis_of(shown).versions, "a test")))
    command = command_of(shown.reference, pool, RULES[rule], terms, compare=True)
    made = build_statement(
        shown,
        basis,
        pool,
        RULES[rule],
        terms,
        stated_at=STATED_AT,
        manifest="0" * 64,
        asked=Asked("2026-01/2026-12", command=command),
        software="0.0.0",
    )
    return replace(made, compared=compared(basis, pool.net, terms))


def files_of(found: Statement) -> dict[str, bytes]:
    said = as_json(found)
    ada = next(line for line in found.lines if line.payee.name == "Ada Lovelace")
    files = render_allocation(found, said) | render_payee(found, ada, payee_json(found, said, ada))
    return whole(files.items())


def files_of_all(found: Statement) -> dict[str, bytes]:
    return whole(render_allocation(found, as_json(found)).items())


def test_files_are_as_they_were(update_golden: bool) -> None:
    files = files_of(statement(several_origins()))
    if update_golden:
        for name, content in files.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_bytes(content)
    assert {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*") if path.is_file()} == set(files)
    for name, content in files.items():
        assert content == (GOLDEN / name).read_bytes(), name


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("facts", [several_origins, guarded])
def test_the_twin_keeps_to_its_schema(rule: str, facts: object) -> None:
    assert callable(facts)
    issue = Issue(2, "Jane Doe", STATED_AT, "0" * 32)
    for found in (statement(facts(), rule), replace(statement(facts(), rule), issue=issue)):
        files = files_of_all(found)
        twin = json.loads(files["allocation.json"])
        jsonschema.validate(twin, json.loads(files["allocation.schema.json"]))
        assert twin["check"]["difference"] == "0.00"
        assert twin["confidentiality"] == "private: not for publication"


def test_the_identifier_is_of_what_it_says_not_of_when() -> None:
    first = statement(several_origins())
    issued = replace(first, issue=Issue(1, "Jane Doe", STATED_AT), software="9")
    other = statement(several_origins(), pool=replace(POOL, minimum=0))
    assert as_json(first)["id"] == as_json(issued)["id"] != as_json(other)["id"]


def test_it_names_whom_the_public_does_not_see_but_no_address() -> None:
    found = statement(guarded())
    text = b"".join(files_of_all(found).values()).decode()
    assert "Shy Person" in text
    assert "Secret Source GmbH" in text
    assert "mail.example" not in b"".join(files_of(statement(several_origins())).values()).decode()


def test_one_payees_statement_names_no_other() -> None:
    files = files_of(statement(several_origins()))
    own = b"".join(content for name, content in files.items() if name.startswith("payees/")).decode()
    assert "Ada Lovelace" in own
    assert "Example Press" not in own
    assert "Ben Ali" not in own
    [twin] = [json.loads(content) for name, content in files.items() if "payees/" in name and "json" in name]
    shares = Fraction(twin["payee"]["share"]) + Fraction(twin["others"]["share"])
    amounts = Fraction(twin["payee"]["amount"]) + Fraction(twin["others"]["amount"])
    assert (shares, amounts) == (Fraction(1), Fraction(85_000))


def test_small_amounts_and_nobodys_are_withheld_not_shared_out() -> None:
    found = statement(several_origins(), pool=replace(POOL, minimum=2_000_000))
    reasons = {line.payee.name: line.reason for line in found.lines}
    assert reasons["Example Press"] == ""
    assert reasons["Ada Lovelace"] == "below the minimum of EUR 20,000.00"
    assert reasons["unidentified"] == "nobody is named: held until someone is"
    assert found.payable + sum(found.withheld.values()) == found.amount_sum == 8_500_000


def test_the_command_says_all_that_the_rule_reads() -> None:
    terms = Terms({"zh": Fraction(1, 2)}, "dataset", "origin", {"licensed": Fraction(1, 3)})
    asked = {rule: command_of("m@1", POOL, RULES[rule], terms) for rule in RULES}
    start = "registry allocate m@1 --pool 100000.00 --currency EUR --rule"
    more = "--deductions platform=15% --minimum 100.00"
    assert asked["words"] == f"{start} words {more} --language-factor zh=0.5 --out DIR"
    assert asked["records"] == f"{start} records {more} --out DIR"
    assert asked["equal-per-work"] == f"{start} equal-per-work {more} --work dataset --out DIR"
    assert asked["by-class"] == (
        f"{start} by-class {more} --language-factor zh=0.5 --classes origin "
        "--class-weight licensed=1/3 --out DIR"
    )


# --- the script that adds it up again --------------------------------------------------------------------


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    source = (folder("templates") / "verify_allocation.py").read_text("utf-8")
    assert len(source.splitlines()) <= 60
    module = ModuleType("verify_allocation")
    exec(compile(source, "verify_allocation.py", "exec"), module.__dict__)
    return module


def problems(verifier: ModuleType, content: bytes) -> list[str]:
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
    return list(verifier.problems(rows))


def csv_of(found: Statement) -> bytes:
    return b"".join(payees_csv(found, "0" * 32))


def rows_of(found: Basis, stated: Terms, rule: str, net: int) -> bytes | None:
    if not any(part.units for part in RULES[rule].weigh(found, stated).parts):
        return None
    shown = project(model(component(version("a"))), Audience.AUDITOR)
    made = build_statement(
        shown, found, Pool(EURO, net), RULES[rule], stated, stated_at=STATED_AT, manifest="0" * 64
    )
    return csv_of(made)


@given(bases(), terms, st.sampled_from([rule for rule in RULES if rule != "deduplicated-words"]), st.data())
def test_it_accepts_every_statement_and_rejects_any_changed_digit(
    verifier: ModuleType, found: Basis, stated: Terms, rule: str, data: st.DataObject
) -> None:
    content = rows_of(found, stated, rule, data.draw(st.integers(1, 10**12)))
    if content is None:
        return
    assert problems(verifier, content) == []
    start = content.index(b"\n") + 1
    places = [place for place in range(start, len(content)) if chr(content[place]).isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([one for one in b"0123456789" if one != content[place]]))
    changed = content[:place] + bytes([digit]) + content[place + 1 :]
    assert problems_or_crash(verifier, changed)


def problems_or_crash(verifier: ModuleType, content: bytes) -> list[str]:
    """A share of one by zero ends the script with an error: it does not pass."""
    try:
        return problems(verifier, content)
    except (ValueError, ZeroDivisionError) as error:
        return [str(error)]


def lines(content: bytes) -> Iterator[bytes]:
    yield from content.splitlines(keepends=True)


@pytest.mark.parametrize("change", ["dropped", "doubled", "swapped", "last dropped"])
def test_it_rejects_lines_that_are_gone_twice_or_elsewhere(verifier: ModuleType, change: str) -> None:
    head, first, second, *rest = lines(csv_of(statement(several_origins())))
    kept = {
        "dropped": [second, *rest],
        "doubled": [first, first, second, *rest],
        "swapped": [second, first, *rest],
        "last dropped": [first, second, *rest[:-1]],
    }[change]
    assert problems(verifier, b"".join([head, *kept]))


def test_it_runs_alone_and_says_what_it_found(tmp_path: Path) -> None:
    for name, content in files_of(statement(several_origins())).items():
        if "/" not in name:
            (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-I", "verify_allocation.py", "allocation.csv"]
    right = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert right.stdout == "4 lines add up to 8500000 minor units\n"
    (tmp_path / "allocation.csv").write_bytes(
        (tmp_path / "allocation.csv").read_bytes().replace(b"Ada Lovelace", b"Eve Lovelace")
    )
    wrong = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    assert "Eve Lovelace: it is not as it was written" in wrong.stdout


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "allocation.csv cannot be opened: No such file or directory"),
        (b'a,"b', "it cannot be read as an allocation: "),
        (b"\xff\xfe", "it cannot be read as an allocation: "),
        (b"", "there is no line"),
    ],
)
def test_what_is_no_allocation_is_said_in_a_sentence(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "allocation.csv").write_bytes(content)
    script = folder("templates") / "verify_allocation.py"
    command = [sys.executable, "-I", str(script), "allocation.csv"]
    outcome = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (outcome.returncode, outcome.stderr) == (1, "")
    assert outcome.stdout.startswith(told)
    assert outcome.stdout.count("\n") == 1


def test_a_name_that_is_a_formula_is_none_in_the_file(verifier: ModuleType) -> None:
    found = statement(several_origins())
    strange = replace(found.lines[0], payee=Payee(found.lines[0].payee.key, "=1+1"))
    content = csv_of(replace(found, lines=(strange, *found.lines[1:])))
    assert b"'=1+1," in content
    assert problems(verifier, content) == []
