"""Hedges and praise are found; honest words that look like them are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.documents.grade.style import Fault, phrases_in


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The data may include personal information.", "may include"),
        ("May contain nuts", "May contain"),
        ("It was crawled. May include paywalled pages.", "May include"),
        ("books, articles, etc.", "etc."),
        ("such as forums and so on", "and so on"),
        ("up to 5 million documents", "up to 5 million"),
        ("up to about 40 % of the words", "up to about 40 %"),
        ("approximately 3,000 pages", "approximately"),
        ("forums, among others", "among others"),
        ("including but not limited to Wikipedia", "including but not limited to"),
        ("various public sources", "various"),
        ("a wide range of sites", "a wide range of"),
    ],
)
def test_hedges(text: str, phrase: str) -> None:
    assert [(found.text, found.fault) for found in phrases_in(text)] == [(phrase, Fault.HEDGE)]


@pytest.mark.parametrize(
    "text",
    [
        "state-of-the-art filters",
        "State of the art",
        "high-quality text",
        "the highest quality sources",
        "cutting edge research",
        "world-class partners",
        "carefully curated pages",
        "Our industry-leading approach",
    ],
)
def test_praise(text: str) -> None:
    assert [found.fault for found in phrases_in(text)] == [Fault.MARKETING]


@pytest.mark.parametrize(
    "text",
    [
        "Collected from May to July 2024",
        "Between April and May have been read 40 sites",
        "The list is kept up to date",
        "Requests are answered within up to 30 days",
        "Up to the limits of Article 4",
        "up to 2024-05",
        "Readers may object at any time",
        "the Maybe monad",
        "Etcetera Press",
        "variousness",
        "text of quality newspapers",
        "curated by hand",
        "world championships",
        "pages of a class of schools",
        "Everything but the licensed part was published",
    ],
)
def test_honest_words(text: str) -> None:
    assert phrases_in(text) == ()


def test_a_purpose_is_out_of_place_where_content_is_asked_for() -> None:
    text = "code to improve reasoning"
    assert phrases_in(text) == ()
    assert [found.fault for found in phrases_in(text, purposes=True)] == [Fault.PURPOSE]


def test_phrases_come_in_the_order_of_the_text() -> None:
    found = phrases_in("Carefully selected from various sites, up to 3 million pages, etc.")
    assert [one.text for one in found] == ["Carefully selected", "various", "up to 3 million", "etc."]


@given(st.text())
def test_every_phrase_stands_in_the_text(text: str) -> None:
    assert all(found.text in text for found in phrases_in(text, purposes=True))


@given(st.text(alphabet="bcdfghjkqz 0123456789.,\n"), st.text(alphabet="bcdfghjkqz 0123456789.,\n"))
def test_a_phrase_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert [found.text for found in phrases_in(f"{before} may include {after}")] == ["may include"]
