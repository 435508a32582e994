"""Stated values as text columns: texts as they are, all else as JSON that reads back to the same value."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter


def encoded(value: object, kind: Any) -> str:
    """A value of a kind (a type, such as `tuple[str, ...]`) as text."""
    return str(value) if kind is str else _adapter(kind).dump_json(value, exclude_none=True).decode()


def decoded(text: str | None, kind: Any) -> Any:
    """The value that `encoded` wrote; None where nothing is stated."""
    return text if text is None or kind is str else _adapter(kind).validate_json(text)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
