"""What is won by construction is so: each test looks at the documents themselves, not at the verdict."""

import json
import re
from dataclasses import replace
from html import unescape

import jsonschema
import pytest

from registry.documents.differences import Difference, Turn
from registry.documents.edition import History
from registry.documents.eu_template import TITLES
from registry.documents.fields import Kind, Table
from registry.documents.grade.metric import By
from registry.documents.grade.rubric import METRICS
from registry.domain.facts import ModelFacts
from registry.render.disclosure import render_disclosure
from tests.facts import CASES, nothing_known
from tests.unit.documents.grade.cases import HISTORY, complete, counted, edition, graded

CONSTRUCTED = {
    *("D1", "D3", "D5", "D6", "D9", "D10", "D15", "D22", "D28", "D29", "D30"),
    *("F1.2.a.1", "F1.2.a.5", "F1.3.g.4", "F1.3.g.5"),
}
MODELS = {"complete": complete, "counted": counted} | CASES


def page(case: str) -> str:
    return render_disclosure(graded(MODELS[case]()))["index.html"].decode()


def test_these_are_won_by_construction() -> None:
    assert {metric.id for metric in METRICS if metric.decider.by is By.CONSTRUCTION} == CONSTRUCTED


@pytest.mark.parametrize("case", MODELS)
def test_one_page_holds_every_field_in_the_order_of_the_form(case: str) -> None:
    """D1, D5."""
    text = unescape(page(case))
    form = text[text.index('id="section-0"') :]
    places = [form.find(f">{identifier}<") for identifier in TITLES]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("case", MODELS)
def test_it_opens_without_script_accounts_and_requests_and_is_text(case: str) -> None:
    """D3, D6. That no rule of axe-core is broken, the browser tests see."""
    found = page(case)
    assert '<html lang="en"' in found
    assert not re.findall(r'<(?:img|iframe|object|embed|form)\b|<script[^>]+src|<link[^>]+href="http', found)
    for table in re.findall(r"<table.*?</table>", found, re.DOTALL):
        assert "<caption" in table
        assert "<th" in table
    built = graded(MODELS[case]())
    plain = unescape(re.sub(r"<[^>]+>", "", found)).split()
    answers = [field.value for field in built.fields if isinstance(field.value, str)]
    assert all(word in plain for answer in answers for word in answer.split() if word.isalpha())


@pytest.mark.parametrize("case", MODELS)
def test_files_hold_it_all_for_programs_with_every_link(case: str) -> None:
    """D9, D10, D22."""
    built = graded(MODELS[case]())
    files = render_disclosure(built)
    twin = json.loads(files["disclosure.json"])
    jsonschema.Draft202012Validator(json.loads(files["disclosure.schema.json"])).validate(twin)
    assert list(twin["fields"]) == list(TITLES)
    links = [
        cell
        for field in built.fields
        if isinstance(field.value, Table)
        for row in field.value.rows
        for column, cell in zip(field.value.columns, row, strict=True)
        if column.kind is Kind.LINK and cell
    ]
    written = json.dumps(twin["fields"])
    assert all(json.dumps(link) in written for link in links)


def update(facts: ModelFacts, history: History) -> object:
    return next(field.value for field in graded(facts, history).fields if field.id == "0.b")


@pytest.mark.parametrize("stated_at", ["2026-03-09T10:20:30Z", "2025-12-31T23:59:59Z"])
def test_the_day_is_that_of_the_last_statement_or_the_approval_as_the_form_writes_it(stated_at: str) -> None:
    """D28, D29, D30."""
    year, month, day = stated_at[:10].split("-")
    assert update(replace(nothing_known(), stated_at=stated_at), History()) == f"{day}/{month}/{year}"
    approved = History((edition(1, stated_at[:10]),), is_current=True)
    assert update(nothing_known(), approved) == f"{day}/{month}/{year}"


def test_what_changed_since_the_edition_before_stands_on_the_page() -> None:
    """D15."""
    change = Difference("figures", "Words", Turn.CHANGED, None, "1,000", "2,000")
    files = render_disclosure(graded(complete(), replace(HISTORY, changes=(change,))))
    found = unescape(files["index.html"].decode())
    part = found[found.index('id="changes"') :]
    assert "1 change since version 1" in part
    assert all(text in part for text in ("Words", "1,000", "2,000"))


def test_every_edition_is_linked_by_its_full_address() -> None:
    """D18, D19, D24: the addresses stand in field 0.a, on the page and in its twin."""
    built = graded(complete())
    value = next(field.value for field in built.fields if field.id == "0.a")
    assert isinstance(value, Table)
    links = [dict(zip((one.key for one in value.columns), row, strict=True))["url"] for row in value.rows]
    assert len(set(links)) == len(HISTORY.editions)
    assert all(str(link).startswith(str(HISTORY.address)) for link in links)
    files = render_disclosure(built)
    assert all(f'href="{link}"' in files["index.html"].decode() for link in links)
    assert all(str(link) in files["disclosure.json"].decode() for link in links)


@pytest.mark.parametrize("case", MODELS)
def test_it_is_of_one_model_version_by_name(case: str) -> None:
    """F1.2.a.1, F1.2.a.5."""
    facts = MODELS[case]()
    value = next(field.value for field in graded(facts).fields if field.id == "1.2.a")
    assert isinstance(value, Table)
    assert [row[0] for row in value.rows] == [facts.reference]


@pytest.mark.parametrize("case", ["complete", "counted"])
def test_how_sizes_are_known_is_said_for_each_dataset(case: str) -> None:
    """F1.3.g.4, F1.3.g.5."""
    facts = MODELS[case]()
    text = next(field.value for field in graded(facts).fields if field.id == "1.3.g")
    assert isinstance(text, str)
    assert "counted in the data itself" in text
    declared = [part.version.name for part in facts.components if not part.version.is_measured]
    assert all(name in text for name in declared)
