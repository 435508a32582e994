"""Names and values that try to be markup, scripts, formulas, templates, terminals: text everywhere."""

import csv
import io
import json

import pytest

from registry.documents.attribution import build_attribution
from registry.documents.disclosure import build_disclosure
from registry.domain.dataset import FileRole, Origin
from registry.domain.facts import BaseModelFacts, ModelFacts
from registry.render.attribution import render_attribution
from registry.render.csv import csv_bytes
from registry.render.forms import render_forms
from registry.render.json import json_bytes
from tests.facts import agent, component, holding, model, version
from tests.unit.render.test_html import Reader

SCRIPT = "<script>alert(1)</script>"
ATTACKS = [
    SCRIPT,
    '" onmouseover="alert(1)" x="',
    "' onmouseover='alert(1)' x='",
    "javascript:alert(1)",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "--><img src=x onerror=alert(1)>",
    "{{7*7}}",
    "{% include 'base.html' %}",
    "`</code><b>`",
    "&lt;script&gt;",
    "=cmd|' /C calc'!A0",
]

ELEMENTS = """
    a bdi body caption code dd desc details div dl dt footer g h1 h2 h3 head header html label li line main
    meta nav ol option p pre rect script section select span strong style summary svg table tbody td text th
    thead title tr ul wbr
"""

# After blanks, controls and signs unseen; full-width and small signs, which spreadsheets read as the others.
SEEN_AS_FORMULAS = (
    " =",
    "  @",
    "\u00a0=",
    "\u200b=",
    "\ufeff+",
    "\x00=",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
    "\ufe66",
)


def hostile(attack: str) -> ModelFacts:
    return model(
        component(
            version(
                "x",
                title=attack,
                url=attack,
                publisher=attack,
                source=attack,
                files=((attack, FileRole.NOTICE),),
                languages={attack: (10, 1_000, 9)},
                derived_from=(attack,),
                licenses={("MIT", attack): (1, 1, 1)},
            ),
            holding((10, 1_000, 9), agent(attack), basis="presumed-author"),
            stage=attack,
        ),
        component(version("crawl", origin=Origin.CRAWLED, domains={attack: (10, 1_000, 9)})),
        component(version("unclassified", origin=None)),
        provider=attack,
        url=attack,
        base_models=(BaseModelFacts(None, attack),),
    )


def files(attack: str) -> dict[str, bytes]:
    facts = hostile(attack)
    disclosure = render_forms(build_disclosure(facts))
    attribution = render_attribution(build_attribution(facts))
    return {f"d/{name}": content for name, content in disclosure.items()} | {
        f"a/{name}": content for name, content in attribution.items()
    }


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("page", ["d/index.html", "a/index.html"])
def test_pages_show_it_as_text(attack: str, page: str) -> None:
    read = Reader(files(attack)[page].decode())
    assert {tag for tag, _ in read.elements} <= set(ELEMENTS.split())
    assert read.all("script") == [{}]
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on")]
    assert all(
        str(one["href"]).split(":")[0] in {"https", "http", "mailto"}
        for one in read.all("a")
        if ":" in str(one["href"])
    )
    assert attack.replace("`", "") in "".join(read.text).replace("`", "")


@pytest.mark.parametrize("attack", ATTACKS)
def test_twins_hold_it_literally_and_cannot_end_a_script_element(attack: str) -> None:
    found = files(attack)
    for name in ("d/disclosure.json", "a/attribution.json"):
        assert b"</" not in found[name]
    assert json.loads(found["d/disclosure.json"])["provider"] == attack
    assert attack in [holder["holder"] for holder in json.loads(found["a/attribution.json"])["holders"]]


def test_a_template_in_a_name_is_not_evaluated() -> None:
    for content in files("{{7*7}}").values():
        assert b"{{7*7}}" in content or b"7*7" not in content


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", *SEEN_AS_FORMULAS])
def test_spreadsheets_get_no_formulas(first: str) -> None:
    content = csv_bytes(("a", "b"), [(f"{first}1+1", -5)]).decode()
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert rows == [["a", "b"], [f"'{first}1+1", "-5"]]


@pytest.mark.parametrize("cell", ["a=1", " one", " -5", "(=1)", "\u200b", "", "#=1", "\uff21=1"])
def test_spreadsheets_get_other_texts_as_they_are(cell: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(("a", "b"), [(cell, 1)]).decode(), newline="")))
    assert rows[1] == [cell, "1"]


@pytest.mark.parametrize("number", ["-1", "+5.2", "-0.000001", "5", "2.5"])
def test_spreadsheets_get_numbers_as_they_are(number: str) -> None:
    assert csv_bytes(("a",), [(number,)]) == f"a\r\n{number}\r\n".encode()


@pytest.mark.parametrize("formula", ["-1+1", "+1(A1)", "-1\n", "+٣", "-1,5", "-A1"])
def test_what_only_begins_like_a_number_is_a_formula(formula: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(("a",), [(formula,)]).decode(), newline="")))
    assert rows[1] == [f"'{formula}"]


def test_spreadsheets_get_no_formulas_from_names() -> None:
    found = files("=cmd|' /C calc'!A0")
    rows = list(csv.reader(io.StringIO(found["a/attribution.csv"].decode(), newline="")))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert rows[1][0] == "'=cmd|' /C calc'!A0"
    domains = list(csv.reader(io.StringIO(found["d/domains.csv"].decode(), newline="")))
    assert domains[1][1] == "'=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    "attack", ["\x1b[2J\x1b[31mred", "a\u202egnp.exe", "a\u2066b\u2069", "bell\x07", "\x9b31m"]
)
def test_terminals_and_bidirectional_text_are_left_alone(attack: str) -> None:
    for name, content in files(attack).items():
        text = content.decode()
        hidden = [mark for mark in ("\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\u2069") if mark in text]
        assert hidden == [], name


def test_a_name_cannot_forge_lines_of_the_text() -> None:
    forged = "x\n\n" + "=" * 72 + "\nunidentified"
    lines = files(forged)["a/ATTRIBUTION.txt"].decode().split("\n")
    assert lines.count("unidentified") == 1


def test_lone_surrogates_do_not_break_a_file() -> None:
    assert all(content.decode() for content in files("a\ud800b").values())


def test_json_is_the_same_for_the_same_value() -> None:
    assert json_bytes({"b": 1, "a": "</é"}) == b'{\n  "a": "<\\/\xc3\xa9",\n  "b": 1\n}\n'
