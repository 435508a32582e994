"""CSV files (RFC 4180) that spreadsheets do not execute."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# OWASP, "CSV Injection": cells that a spreadsheet would read as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-][0-9]+(?:\.[0-9]+)?")


def csv_bytes(heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """UTF-8 with CRLF, after a heading; texts that a spreadsheet would compute get an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def harmless(cell: str | int) -> str | int:
    """The cell as a spreadsheet may read it: a text that would be a formula gets an apostrophe."""
    if not isinstance(cell, str) or not cell.startswith(_FORMULA) or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"
