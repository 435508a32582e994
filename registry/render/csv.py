"""CSV files (RFC 4180) that spreadsheets do not execute."""

import csv
import io
from collections.abc import Iterable, Sequence

# OWASP, "CSV Injection": cells that a spreadsheet would read as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_bytes(heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """UTF-8 with CRLF, after a heading; texts that begin like a formula get an apostrophe, numbers none."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _harmless(cell: str | int) -> str | int:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
