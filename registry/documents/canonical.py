"""JSON in one form only, for digests: keys sorted, no blanks."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import uuid4

from registry.documents.lazily import Lazily

_FORM: Any = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
_MEMBERS = 1_000  # of a piece


def canonical_pieces(value: object) -> Iterator[str]:
    """The text piece by piece: `Lazily` in it, however long, is never in memory as a whole."""
    held: list[Lazily[object]] = []
    mark = uuid4().hex  # what stands for the lazy ones, in their order, until they are written

    def hold(lazy: Lazily[object]) -> str:
        held.append(lazy)
        return mark

    first, *others = json.dumps(value, default=hold, **_FORM).split(f'"{mark}"')
    yield first
    for lazy, rest in zip(held, others, strict=True):
        yield from _array(lazy)
        yield rest


def _array(members: Lazily[object]) -> Iterator[str]:
    each, before = iter(members), "["
    while some := list(islice(each, _MEMBERS)):
        yield before + json.dumps(some, **_FORM)[1:-1]
        before = ","
    yield "]" if members else "[]"
