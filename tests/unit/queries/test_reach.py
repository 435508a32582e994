"""Whether a document names someone: in its texts as they read, not as JSON spells them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.agent import normalise_name
from registry.queries.reach import _is_named


@pytest.mark.parametrize(
    ("name", "text", "is_named"),
    [
        ("Ada Lovelace", "by ADA  LOVELACE, 1843", True),
        ('Ada "Countess" Lovelace', 'Ada "Countess" Lovelace', True),
        ("A\\B", "thanks to A\\B.", True),
        ("Li", "a license", False),
        ("Li", "a license of Li", True),
        ("a.example", "https://a.example/1", True),
        ("posts@1", "posts@12", False),
        ("山田", "山田さん", True),
    ],
)
def test_a_name_is_found_in_the_texts_of_a_document(name: str, text: str, is_named: bool) -> None:
    document = json.loads(json.dumps({"rows": [{"who": text, "words": 3}, None]}))
    assert _is_named({normalise_name(name)}, document) is is_named


def test_the_names_of_members_name_nobody() -> None:
    assert not _is_named({"license"}, {"license": None})


@given(st.text(min_size=1), st.text())
def test_whoever_is_the_whole_of_a_text_is_named_in_it(name: str, other: str) -> None:
    key = normalise_name(name)
    assert _is_named({key} - {""}, [other, {"x": name}]) is bool(key)
