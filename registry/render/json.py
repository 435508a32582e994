"""JSON files: the same value gives the same bytes."""

import json
from collections.abc import Mapping


def json_bytes(value: Mapping[str, object]) -> bytes:
    """UTF-8, keys sorted, indented, one newline at the end; safe to put into a script element."""
    # "</" may be written "<\/" in JSON; so written, no text can end the element.
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return (text.replace("</", "<\\/") + "\n").encode()
