"""Figures are equal but for the last digit of a rounded one."""

from typing import Any

import pytest

Json = Any


def near(a: Json, b: Json) -> bool:
    """Whether two JSON values are the same; floats to 0.0001."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(near(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(near, a, b))
    if isinstance(a, float) and isinstance(b, float):
        return bool(a == pytest.approx(b, abs=1e-4))
    return bool(a == b)
