"""Licenses on the command line: what a spelling asks for, what a reviewer concludes, what was said when."""

import csv
import sqlite3
from itertools import pairwise
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from sqlalchemy import text

from registry.store.engine import open_engine
from tests import builders
from tests.command import Command

POEMS = [{"text": "The grey light climbs the wall.", "author": "Ann Lee"}]
JANE = ("--by", "Jane Reviewer", "--because", "the LICENSE file says so")


@pytest.fixture
def registry(tmp_path: Path, registry_url: str) -> Command:
    found = Command(tmp_path / "home", registry_url)
    builders.write_jsonl(tmp_path / "poems.jsonl", POEMS)
    options = ("--name", "poems", "--origin", "public", "--creator-field", "author")
    found("ingest", tmp_path / "poems.jsonl", *options, "--license", "CC0-1.0 OR MIT")
    return found


def said(registry: Command) -> dict[str, Any]:
    found: dict[str, Any] = registry("dataset", "show", "poems", "--format", "json").json["license"]
    return found


def history(registry: Command, kind: str) -> list[dict[str, Any]]:
    rows = registry("license", "history", "poems", "--format", "json").json
    return [row for row in rows if row["kind"] == kind]


def scalar(registry: Command, sql: str) -> object:
    assert registry.database is not None
    with open_engine(registry.database).connect() as connection:
        return connection.execute(text(sql)).scalar()


# --- a spelling ------------------------------------------------------------------------------------------


def test_each_answer_comes_with_its_clause(tmp_path: Path) -> None:
    found = Command(tmp_path / "none")("license", "show", "mit and cc-by-sa-4.0", "--format", "json").json
    assert found["obligations"]["share_alike"] == "yes"
    assert {"duty": "share_alike", "answer": "yes", "license": "CC-BY-SA-4.0"}.items() <= next(
        one for one in found["clauses"] if one["duty"] == "share_alike"
    ).items()
    assert {one["duty"] for one in found["clauses"]} == set(found["obligations"])
    assert len(found["sources"]) == 2


def test_a_table_names_each_duty_once(tmp_path: Path) -> None:
    command = Command(tmp_path / "none")
    table = command("license", "show", "MIT OR Apache-2.0").stdout
    assert table.count("\nattribution ") == 1
    assert "section 4(a)" in table
    assert "paragraph 2: copyright notice" in table


@pytest.mark.parametrize(
    ("spelling", "told"),
    [
        ("cc-by-sa", "the version is missing"),
        ("our house rules", "Neither a license that is known here nor a dataset"),
        ("NONE", "nothing is permitted by it"),
        ("unknown", "no license is stated"),
        ("LicenseRef-House", "Not in the table of obligations"),
    ],
)
def test_what_is_unknown_says_why(tmp_path: Path, spelling: str, told: str) -> None:
    assert told in Command(tmp_path / "none")("license", "show", spelling).stdout


@pytest.mark.parametrize(
    ("spelling", "title"),
    [
        ("all rights reserved", "Stated, but not understood"),
        ("proprietary", "Stated, but not understood"),
        ("CC BY-SA", "Family of licenses, without a version"),
        ("unknown", "License not stated"),
        ("none", "No license"),
    ],
)
def test_what_was_stated_is_not_titled_unstated(registry: Command, spelling: str, title: str) -> None:
    assert registry("license", "show", spelling, "--format", "json").json["title"] == title
    file = builders.write_jsonl(registry.home.parent / "prose.jsonl", POEMS)
    registry("ingest", file, "--name", "prose", "--license", spelling)
    shown = registry("license", "show", "prose", "--format", "json").json
    assert (shown["title"], shown["expression"]) == (title, "NONE" if spelling == "none" else "NOASSERTION")
    assert title in registry("license", "show", "prose").stdout


def test_a_dataset_shows_what_is_said_of_it(registry: Command) -> None:
    found = registry("license", "show", "poems@1", "--format", "json").json
    assert (found["dataset"], found["expression"]) == ("poems@1", "CC0-1.0 OR MIT")
    assert [one["kind"] for one in found["statements"]] == ["declared", "stated"]
    assert found["alternatives"] == ["CC0-1.0", "MIT"]
    assert "said_by" in registry("license", "show", "poems").stdout


# --- a conclusion ----------------------------------------------------------------------------------------


def test_a_choice_is_recorded_as_one_and_names_are_shown_where_it_asks_for_them(registry: Command) -> None:
    """The least of CC0 and MIT asks for no credit; MIT, once chosen, does."""
    assert scalar(registry, "SELECT shown_as FROM agent WHERE name = 'Ann Lee'") == "handle"
    gaps = registry("dataset", "show", "poems", "--format", "json").json["gaps"]
    assert any("which of CC0-1.0, MIT was chosen" in gap["unknown"] for gap in gaps)

    done = registry("license", "conclude", "poems", "mit", "--choose", *JANE, "--format", "json")

    assert done.json["choice_of"] == "CC0-1.0 OR MIT"
    assert said(registry)["declared"] == "CC0-1.0 OR MIT"
    assert (said(registry)["concluded"], said(registry)["effective"]) == ("MIT", "MIT")
    assert scalar(registry, "SELECT shown_as FROM agent WHERE name = 'Ann Lee'") == "name"
    gaps = registry("dataset", "show", "poems", "--format", "json").json["gaps"]
    assert not any(gap["field"] == "license" for gap in gaps)


def test_nothing_is_overwritten_and_the_same_again_is_nothing(
    registry: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4000000000")  # all within one second: the order is kept
    first = registry("license", "conclude", "poems", "MIT", *JANE, "--format", "json").json
    again = registry("license", "conclude", "poems", "MIT", *JANE, "--format", "json").json
    other = registry("license", "conclude", "poems", "MIT", "--by", "Joe", "--because", "I looked too")
    assert (first["changed"], again["changed"], "True" in other.stdout) == (True, False, True)

    done = registry("license", "conclude", "poems", "CC-BY-NC-4.0", *JANE)

    assert "declares CC0-1.0 OR MIT: both statements stand" in done.stderr
    found = history(registry, "concluded")
    assert [(row["license"], row["said_by"], row["until"] is None) for row in found] == [
        ("MIT", "Jane Reviewer", False),
        ("MIT", "Joe", False),
        ("CC-BY-NC-4.0", "Jane Reviewer", True),
    ]
    assert found[0]["because"] == "the LICENSE file says so"
    assert [row["choice_of"] for row in found] == ["CC0-1.0 OR MIT", "CC0-1.0 OR MIT", None]


def test_what_held_when_follows_from_the_statements(registry: Command) -> None:
    registry("license", "conclude", "poems", "NOASSERTION", *JANE)
    gaps = registry("dataset", "show", "poems", "--format", "json").json["gaps"]
    assert any("a reviewer could not tell" in gap["unknown"] for gap in gaps)

    registry("license", "conclude", "poems", "--withdraw")

    expected = {
        "declared": "CC0-1.0 OR MIT",
        "concluded": None,
        "choice_of": None,
        "effective": "CC0-1.0 OR MIT",
    }
    assert said(registry) | expected == said(registry)
    spans = history(registry, "stated")
    assert spans[-1]["license"] == "CC0-1.0 OR MIT"
    assert spans[-1]["until"] is None
    assert all(one["until"] == two["since"] for one, two in pairwise(spans))
    assert "nobody has concluded" in registry("license", "conclude", "poems", "--withdraw", code=3).stderr


def test_names_that_were_shown_are_not_hidden_and_the_user_is_told(registry: Command) -> None:
    registry("license", "conclude", "poems", "MIT", *JANE)
    done = registry("license", "conclude", "poems", "CC0-1.0", *JANE)
    assert "names of contributors that are shown stay so" in done.stderr
    assert scalar(registry, "SELECT shown_as FROM agent WHERE name = 'Ann Lee'") == "name"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("poems", "gpl", *JANE), 2, "names a family of licenses"),
        (("poems", "our rules", *JANE), 2, "is no license that is known here"),
        (("poems", "ISC", "--choose", *JANE), 3, "choose from CC0-1.0, MIT"),
        (("poems", "MIT", "--by", "Jane"), 2, "needs EXPR, --by and --because"),
        (("poems", "MIT", "--by", " ", "--because", "x"), 2, "--by says nothing"),
        (("poems", "MIT", "--withdraw"), 2, "nothing else"),
        (("prose", "MIT", *JANE), 3, "no dataset named 'prose'"),
    ],
)
def test_what_cannot_be_concluded(
    registry: Command, arguments: tuple[str, ...], code: int, told: str
) -> None:
    assert told in registry("license", "conclude", *arguments, code=code).stderr
    assert history(registry, "concluded") == []


def test_a_choice_needs_a_choice(registry: Command, tmp_path: Path) -> None:
    builders.write_jsonl(tmp_path / "prose.jsonl", [{"text": "Once upon a time."}])
    registry("ingest", tmp_path / "prose.jsonl", "--name", "prose")
    choose = ("license", "conclude", "prose", "MIT", "--choose", *JANE)
    assert "declares no license to choose from" in registry(*choose, code=3).stderr
    registry("ingest", tmp_path / "prose.jsonl", "--name", "prose", "--license", "MIT")
    assert "offers no choice" in registry(*choose, code=3).stderr


def test_the_public_learns_that_a_reviewer_said_so_not_who(registry: Command, tmp_path: Path) -> None:
    registry(
        *("license", "conclude", "poems", "MIT", "--evidence", "/home/jane/poems/LICENSE"),
        *("--by", "Jane Reviewer", "--because", "jane@example.org asked the publisher"),
    )
    site = tmp_path / "site"
    registry("publish", "--out", site)
    public = sqlite3.connect(site / "public.db")
    rows = public.execute(
        "SELECT kind, expression, asserted_by, evidence FROM public_license_statement ORDER BY kind"
    ).fetchall()
    public.close()
    assert rows[0] == ("concluded", "MIT", "reviewer", "review")
    page = (site / "datasets" / "poems" / "1" / "index.html").read_text("utf-8")
    assert "Chosen from what is declared" in page
    for file in site.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert not any(word in content for word in (b"Jane Reviewer", b"jane@example", b"/home/jane")), file


# --- in a declaration file -------------------------------------------------------------------------------


def applied(registry: Command, file: Path, keys: str) -> list[str]:
    entry = f"name: poems, version: '1', source: poems.jsonl, origin: public, {keys}"
    fields = "fields: {creator: author}"
    file.write_text(dedent(f"datasets: [{{{entry}, {fields}}}]\n"), "utf-8")
    told = registry("apply", file, "--dry-run", "--format", "json").json
    done = registry("apply", file, "--format", "json").json
    changes = [
        [(one["kind"], one["name"], one["facts"]) for one in plan["change"]] for plan in (told, done)
    ]  # files that were written a moment ago are read again, which the dry run notes
    assert changes[0] == changes[1]
    again = registry("apply", file, "--format", "json").json
    assert again["change"] == []
    return [fact for step in done["change"] for fact in step["facts"]]


def test_a_declaration_file_concludes_and_takes_back(registry: Command, tmp_path: Path) -> None:
    file = tmp_path / "registry.yaml"
    review = "concluded: {license: MIT, by: Jane Reviewer, because: we take MIT, evidence: docs/review.md}"
    applied(registry, file, "license: CC0-1.0 OR MIT")
    assert applied(registry, file, f"license: CC0-1.0 OR MIT, {review}") == ["concluded"]
    assert (said(registry)["concluded"], said(registry)["choice_of"]) == ("MIT", "CC0-1.0 OR MIT")
    assert history(registry, "concluded")[0]["where"] == "docs/review.md"
    assert applied(registry, file, "license: CC0-1.0 OR MIT") == []
    assert said(registry)["concluded"] == "MIT"
    assert applied(registry, file, "withdrawn: [concluded]") == ["concluded"]
    assert said(registry)["concluded"] is None


def test_a_declaration_file_concludes_only_what_is_a_license(registry: Command, tmp_path: Path) -> None:
    file = tmp_path / "registry.yaml"
    entry = "name: poems, source: poems.jsonl, concluded: {license: gpl, by: Jane, because: I read it}"
    file.write_text(f"datasets: [{{{entry}}}]\n", "utf-8")
    problems = registry("apply", file, "--dry-run", "--format", "json", code=1).json["problems"]
    assert [one["message"] for one in problems] == ["'gpl' is no license that is known here"]


# --- in texts --------------------------------------------------------------------------------------------


def test_texts_are_looked_through(tmp_path: Path) -> None:
    command = Command(tmp_path / "none")
    license_, readme = tmp_path / "LICENSE", tmp_path / "README.md"
    license_.write_text("# SPDX-License-Identifier: MIT\n", "utf-8")
    readme.write_text("# Poems\n\nThe poems are released under CC BY 4.0.\n", "utf-8")
    rows = command("license", "find", license_, readme, "--format", "json").json
    assert [(row["license"], row["line"], row["stating"]) for row in rows] == [
        ("MIT", 1, "identifier"),
        ("CC-BY-4.0", 3, "sentence"),
    ]
    readme.write_text("All rights reserved.\n", "utf-8")
    assert command("license", "find", readme, "--format", "json", code=1).json == []


def test_a_tag_in_a_license_file_beside_the_data_fills_what_nobody_stated(
    registry: Command, tmp_path: Path
) -> None:
    folder = tmp_path / "tagged"
    folder.mkdir()
    builders.write_jsonl(folder / "verses.jsonl", POEMS)
    (folder / "LICENSE").write_text("SPDX-License-Identifier: ISC\n\nPermission to use ...\n", "utf-8")
    registry("ingest", folder, "--name", "verses")
    shown = registry("dataset", "show", "verses", "--format", "json").json
    assert shown["license"]["declared"] == "ISC"
    assert [one["location"] for one in shown["evidence"] if one["property"] == "license"] == [
        "LICENSE: SPDX-License-Identifier"
    ]
    registry("ingest", folder, "--name", "verses", "--license", "MIT")
    shown = registry("dataset", "show", "verses", "--format", "json").json
    assert (shown["license"]["declared"], shown["contradictions"][0]["found"]) == ("MIT", "ISC")


def test_a_choice_holds_of_records_that_carry_what_it_was_chosen_from(tmp_path: Path) -> None:
    records = [
        {"text": "one two three", "by": "Ann", "license": "MIT OR Apache-2.0"},
        {"text": "four five", "by": "Ben", "license": "MIT OR Apache-2.0"},
    ]
    builders.write_jsonl(tmp_path / "tools.jsonl", records)
    registry = Command(tmp_path / "home")
    fields = ("--creator-field", "by", "--license-field", "license")
    registry("ingest", tmp_path / "tools.jsonl", "--name", "tools", "--language", "en", *fields)
    registry("train", "bot", "--dataset", "tools", "--stage", "pretraining")

    def licenses(out: str) -> set[str]:
        registry("attribute", "bot", "--out", tmp_path / out)
        names = ("attribution.csv", "credits.csv")
        read = [(tmp_path / out / name).read_text("utf-8-sig").splitlines() for name in names]
        return {row["license"] for lines in read for row in csv.DictReader(lines)}

    assert licenses("before") == {"MIT OR Apache-2.0"}
    registry("license", "conclude", "tools", "MIT", "--choose", *JANE)
    assert licenses("after") == {"MIT"}
    said = registry("dataset", "show", "tools", "--format", "json").json
    assert [one["license"] for one in said["licenses"]] == ["MIT"]
    assert said["license"]["effective"] == "MIT"
    registry("license", "conclude", "tools", "ISC", *JANE)
    assert licenses("found otherwise") == {"MIT OR Apache-2.0"}
