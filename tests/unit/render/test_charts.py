"""Charts: the numbers of the table, in text and drawing, without styles, scripts and identifiers."""

import re
from fractions import Fraction
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from registry.documents.fields import Column, Kind, Table
from registry.render.charts import GAP, OTHERS, Chart, Slice, ranked_bars, share_bar


def slices(*shares: int | Fraction, state: str = "") -> list[Slice]:
    """Parts of a hundred, named by their place."""
    return [
        Slice(f"part {place}", Fraction(share, 100), f"{share} words", int(share), state)
        for place, share in enumerate(shares, start=1)
    ]


def root(chart: Chart) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart.svg))


def rects(chart: Chart) -> list[tuple[str, str]]:
    """(x, width) of each segment."""
    return [(one.attrib["x"], one.attrib["width"]) for one in root(chart).iter("svg") if "x" in one.attrib]


CHARTS = [
    share_bar("Half and half", slices(50, 50), "words"),
    ranked_bars("By size", slices(70, 30), "words"),
]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_named_described_and_tabled(chart: Chart) -> None:
    svg = root(chart)
    assert svg.attrib["role"] == "img"
    assert [child.tag for child in svg][:2] == ["title", "desc"]
    assert svg[0].text == chart.title
    assert all(one in chart.description for one in ("part 1", "part 2", "words"))
    assert [row[0] for row in chart.table.rows] == ["part 1", "part 2"]
    assert chart.table.columns[-1].kind is Kind.SHARE


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_needs_no_style_script_identifier_or_address(chart: Chart) -> None:
    assert not re.search(r"style=|<script|<style| id=|url\(|href=| on\w+=", str(chart.svg))


def test_segments_follow_each_other_and_fill_the_bar() -> None:
    chart = share_bar("Thirds", [Slice(str(n), Fraction(1, 3), "") for n in range(3)], "words")
    assert rects(chart) == [("0.000%", "33.333%"), ("33.333%", "33.333%"), ("66.667%", "33.333%")]


def test_neighbours_differ_and_unknown_has_a_tone_of_its_own() -> None:
    chart = share_bar("Many", [*slices(*[10] * 9), *slices(10, state=GAP)], "words")
    tones = re.findall(r'<g class="(tone-\w+)"', str(chart.svg))
    assert all(one != other for one, other in pairwise(tones))
    assert tones[-1] == "tone-gap"
    assert [key.label for key in chart.legend] == [f"part {n}" for n in (*range(1, 10), 1)]


def test_a_percentage_stands_over_segments_that_have_room_for_it() -> None:
    chart = share_bar("Two", slices(90, 10), "words")
    assert [text.text for text in root(chart).iter("text")] == ["90\N{NO-BREAK SPACE}%"]


def test_nothing_is_drawn_of_nothing() -> None:
    assert rects(share_bar("None", slices(0), "words")) == []
    assert ranked_bars("None", [], "words").description == "There are no words."


def test_bars_are_ranked_and_the_rest_is_one() -> None:
    chart = ranked_bars("Ranked", slices(10, 40, 20, 15, 15), "words", most=3)
    assert [row[0] for row in chart.table.rows] == ["part 2", "part 3", "3 others"]
    assert [row[2] for row in chart.table.rows] == [Fraction(2, 5), Fraction(1, 5), Fraction(2, 5)]
    assert f"tone-{OTHERS}" in str(chart.svg)


def test_no_rest_where_all_fit() -> None:
    assert len(ranked_bars("All", slices(60, 30, 10), "words", most=3).table.rows) == 3


def test_the_longest_bar_fills_the_width() -> None:
    widths = [one.attrib["width"] for one in root(CHARTS[1]).iter("rect") if "class" not in one.attrib]
    assert widths == ["100.000%", "42.857%"]


@pytest.mark.parametrize("label", ["x" * 300, "字" * 300, "a.b" * 40])
def test_long_labels_are_cut_in_the_middle_and_whole_in_the_table(label: str) -> None:
    chart = ranked_bars("Long", [Slice(label, Fraction(1), "1 word", 1)], "words")
    shown = str(next(root(chart).iter("text")).text)
    assert len(shown) <= 30
    assert "…" in shown
    assert shown[0] == label[0]
    assert shown[-1] == label[-1]
    assert chart.table.rows[0][0] == label


def test_labels_are_text() -> None:
    attack = '<script>alert(1)</script>" onload="x'
    for chart in (
        share_bar(attack, [Slice(attack, Fraction(1), attack)], attack),
        ranked_bars(attack, [Slice(attack, Fraction(1), attack)], attack),
    ):
        tags = {one.tag for one in root(chart).iter()}
        assert tags <= {"svg", "g", "title", "desc", "rect", "line", "text"}
        assert all(name not in one.attrib for one in root(chart).iter() for name in ("onload", "style"))


def test_a_table_of_the_page_stands_in_for_the_plain_one() -> None:
    table = Table("More", (Column("label", "Part"),), (("part 1",),))
    assert share_bar("One", slices(100), "words", table).table is table


def test_amounts_that_are_not_all_numbers_stay_text() -> None:
    chart = share_bar("Mixed", [Slice("a", Fraction(1), "3 hours")], "hours")
    assert chart.table.rows == (("a", "3 hours", Fraction(1)),)
