"""CSV files (RFC 4180) that spreadsheets do not execute."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

# OWASP, "CSV Injection": cells that a spreadsheet would read as a formula.
_FORMULA = frozenset("=+-@")
_BEFORE = frozenset("\t\r\n")
_ROWS = 10_000  # of a piece
_NUMBER = re.compile(r"[+-][0-9]+(?:\.[0-9]+)?")


def csv_bytes(heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """UTF-8 with CRLF, after a heading; texts that a spreadsheet would compute get an apostrophe."""
    return b"".join(csv_pieces(heading, rows))


def csv_pieces(heading: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[bytes]:
    """The same piece by piece, for files too long for memory."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    for number, row in enumerate(rows, start=1):
        writer.writerow([harmless(cell) for cell in row])
        if number % _ROWS == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def harmless(cell: str | int) -> str | int:
    """The cell as a spreadsheet may read it: a text that would be a formula gets an apostrophe."""
    if not isinstance(cell, str) or cell[:1].isalnum() or not _is_formula(cell):
        return cell
    return f"'{cell}"


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet might compute it: also after blanks and signs unseen, and in full-width signs."""
    first = next((sign for sign in cell if not _is_unseen(sign)), "")
    begins = unicodedata.normalize("NFKC", first) in _FORMULA
    return cell[:1] in _BEFORE or (begins and not _NUMBER.fullmatch(cell.strip(" ")))


def _is_unseen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}
