"""JSON files: the same value gives the same bytes."""

import json
from collections.abc import Mapping
from json.encoder import encode_basestring as quoted


def json_bytes(value: Mapping[str, object]) -> bytes:
    """UTF-8, keys sorted, indented, one newline at the end; safe to put into a script element."""
    # "</" may be written "<\\/" in JSON; so written, no text can end the element.
    return (_written(value, "\n").replace("</", "<\\/") + "\n").encode()


_SCALAR = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def _written(value: object, end: str) -> str:
    """As `json.dumps` indents it by two, in half the time; `end` is a line end with the indent so far."""
    if isinstance(value, str):
        return quoted(value)
    inner = end + "  "
    if isinstance(value, Mapping) and value:
        pairs = (f"{inner}{quoted(key)}: {_written(value[key], inner)}" for key in sorted(value))
        return f"{{{','.join(pairs)}{end}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{','.join([inner + _written(one, inner) for one in value])}{end}]"
    return _SCALAR.encode(value)
