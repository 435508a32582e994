"""JSON files: the same value gives the same bytes."""

import json
from collections.abc import Iterator, Mapping
from json.encoder import encode_basestring as quoted

from registry.documents.lazily import Lazily

_PIECES = 2_000


def json_bytes(value: Mapping[str, object]) -> bytes:
    """UTF-8, keys sorted, indented, one newline at the end; safe to put into a script element."""
    return b"".join(json_pieces(value))


def json_pieces(value: Mapping[str, object]) -> Iterator[bytes]:
    """The same piece by piece: `Lazily` in it, however long, is never in memory as a whole."""
    # "</" may be written "<\\/" in JSON; so written, no text can end the element. Pieces end between texts.
    waiting: list[str] = []
    for piece in _pieces(value, "\n"):
        waiting.append(piece)
        if len(waiting) == _PIECES:
            yield "".join(waiting).replace("</", "<\\/").encode()
            waiting.clear()
    yield ("".join(waiting).replace("</", "<\\/") + "\n").encode()


def _pieces(value: object, end: str) -> Iterator[str]:
    """What `_written` gives, in pieces wherever something lazy may be within."""
    inner = end + "  "
    if isinstance(value, Mapping) and value:
        for place, key in enumerate(sorted(value)):
            yield f"{',' if place else '{'}{inner}{quoted(key)}: "
            yield from _pieces(value[key], inner)
        yield f"{end}}}"
    elif isinstance(value, Lazily) and value:
        for place, one in enumerate(value):
            yield f"{',' if place else '['}{inner}{_written(one, inner)}"
        yield f"{end}]"
    elif isinstance(value, Lazily):
        yield "[]"
    elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
        for place, one in enumerate(value):
            yield f"{',' if place else '['}{inner}"
            yield from _pieces(one, inner)
        yield f"{end}]"
    else:
        yield _written(value, end)


_SCALAR = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def _written(value: object, end: str) -> str:
    """As `json.dumps` indents it by two, in half the time; `end` is a line end with the indent so far."""
    if isinstance(value, str):
        return quoted(value)
    if type(value) is int:
        return str(value)
    inner = end + "  "
    if isinstance(value, Mapping) and value:
        pairs = (f"{inner}{quoted(key)}: {_written(value[key], inner)}" for key in sorted(value))
        return f"{{{','.join(pairs)}{end}}}"
    if isinstance(value, list | tuple) and value:
        return f"[{','.join([inner + _written(one, inner) for one in value])}{end}]"
    return _SCALAR.encode(value)
