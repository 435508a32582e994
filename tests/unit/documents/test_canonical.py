"""JSON in one form only: whoever has the twin gets the same digest from it with any JSON library."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from registry.documents.canonical import canonical_pieces
from registry.documents.lazily import Lazily

SCALARS = st.none() | st.booleans() | st.integers() | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9
)


def lazily(members: list[Any]) -> Lazily[Any]:
    return Lazily(range(len(members)), members.__getitem__)


def canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@given(VALUES)
def test_a_value_is_written_sorted_and_without_blanks(value: object) -> None:
    assert "".join(canonical_pieces(value)) == canonical(value)


@given(st.lists(VALUES), st.lists(VALUES), VALUES)
def test_what_is_lazy_is_written_as_if_it_were_not(some: list[Any], more: list[Any], rest: object) -> None:
    lazy = {"z": lazily(some), "a": [{"within": lazily(more)}, rest], "m": rest}
    assert "".join(canonical_pieces(lazy)) == canonical({"z": some, "a": [{"within": more}, rest], "m": rest})


def test_many_members_come_in_many_pieces() -> None:
    members = [{"number": number} for number in range(5_000)]
    pieces = list(canonical_pieces({"members": lazily(members)}))
    assert "".join(pieces) == canonical({"members": members})
    assert max(map(len, pieces)) < 30_000
