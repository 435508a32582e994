"""JSON as the standard library indents it, and never a text that could end a script element."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.dataset import Origin
from registry.render.json import json_bytes

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(st.dictionaries(TEXTS, VALUES))
def test_as_the_standard_library_writes_it(value: dict[str, Any]) -> None:
    wanted = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).replace("</", "<\\/") + "\n"
    assert json_bytes(value).decode() == wanted


def test_names_of_choices_and_tuples_are_written_as_texts_and_lists() -> None:
    assert json.loads(json_bytes({"origin": Origin.PUBLIC, "parts": (1, "a")})) == {
        "origin": "public",
        "parts": [1, "a"],
    }


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        json_bytes({"a": float("nan")})
