"""Why the parser stops, in numbers and in words."""

from dataclasses import dataclass
from typing import NamedTuple

MAX_DEPTH = 512


class _Fault(NamedTuple):
    """Why the parser stopped. FULL is no fault of the text: an array is to be grown."""

    NONE: int = 0
    FULL: int = 1
    RECORD: int = 2
    NAME: int = 3
    COLON: int = 4
    VALUE: int = 5
    NEXT: int = 6
    CONTROL: int = 7
    ESCAPE: int = 8
    SURROGATE: int = 9
    NUMBER: int = 10
    LEADING_ZERO: int = 11
    DUPLICATE: int = 12
    DEPTH: int = 13
    TOO_LONG: int = 14
    POSITIONS: int = 15
    SEPARATOR: int = 16


FAULT = _Fault()
_KINDS = {
    **dict.fromkeys(b"-0123456789NI", "a number"),
    **dict.fromkeys(b"tf", "a boolean"),
    ord('"'): "a string",
    ord("["): "an array",
    ord("n"): "null",
}
_ESCAPES_HINT = "write a backslash as \\\\ and other characters as they are, or as \\uXXXX"
_ONE_VALUE = "a record is one JSON object; the file may hold one per line, or one array of them"
_EXPECTED = {
    FAULT.NAME: "a field name in double quotes",
    FAULT.COLON: 'a ":" after a field name',
    FAULT.VALUE: "a value",
    FAULT.NEXT: 'a "," or the end of the object or array',
    FAULT.SEPARATOR: 'a "," or the "]" of the array of records',
    FAULT.NUMBER: "a digit",
    FAULT.RECORD: "a record",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the parser stopped: a few bytes before and after, line ends since the record's beginning."""

    before: bytes
    rest: bytes
    lines: int
    name: str
    longest: int


def fault_message(fault: int, place: Place) -> tuple[str, str | None]:
    """What is wrong, and what to do about it."""
    if fault in (FAULT.TOO_LONG, FAULT.POSITIONS, FAULT.DEPTH, FAULT.DUPLICATE):
        return _of_record(fault, place)
    if not place.rest:
        return "the record is cut off: the file ends inside it", "get a complete copy of the file"
    if fault == FAULT.RECORD and place.rest[0] in _KINDS:
        return f"the row is {_KINDS[place.rest[0]]}, not an object", _ONE_VALUE
    if fault in (FAULT.CONTROL, FAULT.ESCAPE, FAULT.SURROGATE):
        return _of_string(fault, place)
    if fault == FAULT.LEADING_ZERO:
        return "a number begins with a zero", "JSON numbers have no leading zeros: quote codes"
    return _unexpected(fault, place)


def too_long(longest: int) -> tuple[str, str]:
    """A record that is longer than a record may be."""
    return f"the record is longer than {longest} bytes", f"{_ONE_VALUE}; is a bracket or quote left open?"


def _of_record(fault: int, place: Place) -> tuple[str, str | None]:
    if fault == FAULT.TOO_LONG:
        return too_long(place.longest)
    if fault == FAULT.POSITIONS:
        return "the record holds too many values in deeply nested arrays", "flatten the record"
    if fault == FAULT.DEPTH:
        return f"more than {MAX_DEPTH} objects and arrays are nested in each other", "flatten the record"
    return (
        f"the field {place.name!r} occurs twice in one object",
        "readers disagree on which counts: keep one",
    )


def _of_string(fault: int, place: Place) -> tuple[str, str | None]:
    if fault == FAULT.SURROGATE:
        return (
            "a string holds half of a surrogate pair",
            "the text was cut inside a character: mend it at its origin",
        )
    if fault == FAULT.ESCAPE:
        return f"a string holds a bad escape at {_shown(place.rest)}", _ESCAPES_HINT
    if place.rest[0] == ord("\n"):
        return "a string is not closed on its line", "write a line end inside a string as \\n"
    return f"a string holds the raw control character 0x{place.rest[0]:02x}", "write it as \\uXXXX"


def _unexpected(fault: int, place: Place) -> tuple[str, str | None]:
    found = _shown(place.rest)
    if place.rest[:1] in (b"]", b"}") and place.before.rstrip().endswith(b","):
        return f"found {found} after a comma", "JSON has no comma after the last element"
    below = f", {place.lines} line{'s' if place.lines > 1 else ''} below" if place.lines else ""
    return f"expected {_EXPECTED[fault]}, found {found}{below}", _hint(place.rest)


def _hint(rest: bytes) -> str | None:
    """What to do about a byte that often stands in what is nearly JSON."""
    if rest.startswith(b"'"):
        return "JSON strings stand in double quotes"
    if rest.startswith((b"//", b"/*", b"#")):
        return "JSON has no comments"
    if rest[:1] in (b"+", b"."):
        return "JSON numbers begin with a digit or a minus sign"
    if rest.startswith(b"\x00"):
        return "the file holds zero bytes: it was not written completely, or is not text"
    return None


def _shown(rest: bytes) -> str:
    """The first character, safe to print."""
    character = rest.decode(errors="replace")[:1]
    return repr(character) if character != "'" else '"\'"'
