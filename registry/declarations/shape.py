"""From values to declarations: what pydantic finds wrong, said in the terms of the file."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, get_args

from pydantic import ValidationError

from registry.declarations.entry import Entry
from registry.declarations.findings import Finding
from registry.declarations.problems import listed, shown
from registry.declarations.schema import Declarations
from registry.declarations.types import STATED
from registry.declarations.yaml import Value, below

_Error = Mapping[str, Any]
_NEAR = 0.7
_MOST_KEYS_SHOWN = 50


def validated(values: dict[str, Value]) -> tuple[Declarations | None, list[Finding]]:
    """The declarations, or None and every value that cannot be one."""
    try:
        return Declarations.model_validate(values, by_alias=True, by_name=False), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        return None, [_finding(one, values) for one in found if not _is_misspelled(one, values)]


def _is_misspelled(error: _Error, values: dict[str, Value]) -> bool:
    """Whether what is missing stands there under nearly its name: that is told by itself."""
    if error["type"] != "missing":
        return False
    *above, key = error["loc"]
    _, keys, value = _reached(tuple(above), values)
    unknown = set(value if isinstance(value, dict) else ()) - set(_keys_of(_entry_at(keys)))
    return bool(get_close_matches(key, unknown, n=1, cutoff=_NEAR))


def _finding(error: _Error, values: dict[str, Value]) -> Finding:
    path, keys, value = _reached(error["loc"], values)
    context = error.get("ctx", {})
    match error["type"]:
        case kind if kind == STATED:
            return Finding(path, context["message"], context["remedy"])
        case "missing":
            *above, key = error["loc"]
            place, _, _ = _reached(tuple(above), values)
            return Finding(below(place, key), "is missing", f"add `{key}:`")
        case "extra_forbidden":
            key = str(error["loc"][-1])
            return Finding(path, "is not a known key", _known_key(key, _entry_at(keys[:-1])))
        case "enum" | "literal_error" if isinstance(value, str):
            return Finding(path, f"{shown(value)} is not one of the choices", _choice(value, context))
    return Finding(path, *_wrong_kind(str(error["type"]), value))


def _reached(steps: tuple[int | str, ...], values: Value) -> tuple[str, tuple[str, ...], Value]:
    """Path, keys without positions, and value where an error stands.

    pydantic's steps go through lists and members of unions that it made up; these are left out.
    """
    path = ""
    keys: list[str] = []
    for step in steps:
        if isinstance(step, str) and isinstance(values, dict) and step in values:
            values = values[step]
            keys.append(step)
        elif isinstance(step, int) and isinstance(values, list) and step < len(values):
            values = values[step]
        else:
            continue
        path = below(path, step)
    return path, tuple(keys), values


# --- unknown keys and choices ---


@lru_cache(maxsize=1)
def _entries() -> dict[tuple[str, ...], type[Entry]]:
    """The class of entry at each path of keys."""
    return dict(_below((), Declarations))


def _below(keys: tuple[str, ...], entry: type[Entry]) -> Iterator[tuple[tuple[str, ...], type[Entry]]]:
    yield keys, entry
    for name, field in entry.model_fields.items():
        for inner in _named_in(field.annotation):
            yield from _below((*keys, field.alias or name), inner)


def _named_in(annotation: Any) -> Iterator[type[Entry]]:
    if isinstance(annotation, type) and issubclass(annotation, Entry):
        yield annotation
    for argument in get_args(annotation):
        yield from _named_in(argument)


def _entry_at(keys: tuple[str, ...]) -> type[Entry]:
    return _entries().get(keys, Declarations)


def _keys_of(entry: type[Entry]) -> list[str]:
    return [field.alias or name for name, field in entry.model_fields.items()]


@lru_cache(maxsize=4096)
def _known_key(key: str, entry: type[Entry]) -> str:
    """The nearest known key of an entry, else all of them, else where the key belongs."""
    known = _keys_of(entry)
    nearest = get_close_matches(key.lower().replace("-", "_"), known, n=1, cutoff=_NEAR)
    if nearest:
        return f"did you mean `{nearest[0]}`?"
    return f"known here: {', '.join(known[:_MOST_KEYS_SHOWN])}"


def _choice(value: str, context: Mapping[str, Any]) -> str:
    choices = re.findall("'([^']*)'", str(context.get("expected", "")))
    nearest = get_close_matches(value.lower(), choices, n=1, cutoff=_NEAR)
    if nearest:
        return f"did you mean `{nearest[0]}`? The choices are {listed(choices)}"
    return f"choose {listed(choices)}"


# --- values of another kind ---

_WANTED = {
    "string_type": ("a text", "write one text"),
    "list_type": ("a list", "begin each entry with a dash and a blank"),
    "model_type": ("a mapping of keys to values", "write `key: value` lines, indented, or {key: value}"),
    "dict_type": ("a mapping of keys to values", "write `key: value` lines, indented, or {key: value}"),
}


def _wrong_kind(kind: str, value: Value) -> tuple[str, str]:
    wanted, remedy = _WANTED.get(kind, ("a single value", "write one value"))
    if value is None:
        return f"has nothing where {wanted} is wanted", "write it, or remove the dash"
    said = "a list" if isinstance(value, list) else "a mapping" if isinstance(value, dict) else shown(value)
    return f"is {said} where {wanted} is wanted", remedy
