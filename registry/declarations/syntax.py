"""What the YAML library says of broken syntax, in plain words."""

from typing import Any

_QUOTE = "put the whole text in quotes"
_PLAINLY: tuple[tuple[str, bool, str, str], ...] = (
    # part of the library's sentence, whether the mistake stands where its context begins, message, remedy
    (
        "mapping values are not allowed",
        False,
        "has a colon where no key can stand",
        "put a text that holds ': ' in quotes; else check the indentation",
    ),
    (
        "could not find expected ':'",
        True,
        "is neither `key: value` nor part of the text above",
        "add the colon, or indent the line under the text it continues",
    ),
    (
        "expected ',' or ']'",
        True,
        "opens a list with [ that is not closed, or a comma is missing in it",
        "close it with ], put commas between the elements, and quote texts that hold [ ] { } , or ': '",
    ),
    (
        "expected ',' or '}'",
        True,
        "opens a mapping with { that is not closed, or a comma is missing in it",
        "close it with }, put commas between the entries, and quote texts that hold [ ] { } , or ': '",
    ),
    (
        "unexpected end of stream",
        True,
        "opens a quote that is not closed",
        "close it; inside single quotes a quote is written twice",
    ),
    (
        "found unexpected document indicator",
        True,
        "opens a quote that is not closed",
        "close it before the line of three dashes or dots",
    ),
    (
        "escape character",
        False,
        "has a backslash that begins no known escape",
        "write \\\\ for a backslash, or use single quotes",
    ),
    (
        "escape code",
        False,
        "has an escape that is no character",
        "correct the digits behind the backslash, or use single quotes",
    ),
    (
        "incompatible YAML document",
        False,
        "asks for a version of YAML that does not exist",
        "remove the %YAML line",
    ),
    (
        "sequence entries are not allowed",
        False,
        "has a list entry behind other text",
        "begin the list in a line of its own, indented under its key",
    ),
    (
        "mapping keys are not allowed",
        False,
        "has a '? ' where no key can stand",
        _QUOTE,
    ),
    (
        "expected node content",
        False,
        "has a bracket or comma where a value is wanted",
        "write the value, or quote a text that begins with one of [ ] { } ,",
    ),
    (
        "expected comment or line break",
        False,
        "has text behind | or >",
        "begin the text in the next line, indented",
    ),
    (
        "expected key",
        False,
        "fits neither the keys above nor a value",
        "align the keys of one entry in one column, and quote a text with quotes inside as a whole",
    ),
    (
        "expected '-' indicator",
        False,
        "fits no entry of the list above",
        "begin each entry with a dash, all in one column",
    ),
    (
        "<block end>",
        False,
        "fits neither the keys above nor a value",
        "align the keys of one entry in one column, and quote a text with quotes inside as a whole",
    ),
)


def explained(error: Any, text: str) -> tuple[int, str, str]:
    """Line, message and remedy for an error of the YAML library."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    said = str(getattr(error, "problem", None) or error)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line = min(mark.line + 1 if mark else 1, len(lines))  # the library counts one more at the end
    written = lines[line - 1]
    if "\t" in written[: len(written) - len(written.lstrip())]:
        return line, "is indented with a tab", "indent with spaces"
    if "cannot start any token" in said and mark and mark.column < len(written):
        return line, f"has a value that begins with {written[mark.column]!r}", _QUOTE
    for part, at_context, message, remedy in _PLAINLY:
        if part in said:
            return context.line + 1 if at_context and context else line, message, remedy
    return line, f"is not YAML: {' '.join(said.split())}", "correct the line; quotes around a text often help"
