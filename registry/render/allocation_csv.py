"""An allocation as CSV: one line per payee, each with a digest of its own; the comparison; the records."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from registry.documents.allocation.drill import Record
from registry.documents.allocation.statement import Line, Statement
from registry.documents.figures import fraction_text
from registry.render.csv import csv_pieces, harmless

COLUMNS = (
    "payee",
    "key",
    "units",
    "share",
    "amount",
    "currency",
    "minor_units",
    "payable",
    "status",
    "reason",
    "datasets",
    "minor_units_in_one",
    "net_pool_minor_units",
    "statement",
    "line",
    "lines",
    "digest",
)
_DIGITS = 16


def payees_csv(statement: Statement, statement_id: str) -> Iterator[bytes]:
    """Every payee, withheld and unidentified ones included; what `verify_allocation.py` reads."""
    count = len(statement.lines)
    rows = (
        _cells(statement, line, statement_id, number, count)
        for number, line in enumerate(statement.lines, start=1)
    )
    return csv_pieces(COLUMNS, map(with_digest, rows))


def with_digest(cells: Sequence[str]) -> tuple[str, ...]:
    """The cells as a CSV file holds them, and the first digits of the SHA-256 of these."""
    written = tuple(str(harmless(cell)) for cell in cells)
    return (*written, sha256("\x1f".join(written).encode()).hexdigest()[:_DIGITS])


def _cells(statement: Statement, line: Line, statement_id: str, number: int, count: int) -> tuple[str, ...]:
    currency = statement.pool.currency
    return (
        line.payee.name,
        line.payee.key,
        fraction_text(line.units),
        str(line.share),
        currency.amount(line.amount),
        currency.code,
        str(line.amount),
        currency.amount(line.payable),
        line.standing.value,
        line.reason,
        str(len({part.version for part in line.parts})),
        str(10**currency.digits),
        str(statement.pool.net),
        statement_id,
        str(number),
        str(count),
    )


def compared_csv(statement: Statement) -> Iterator[bytes]:
    """Every payee with its amount and rank under each rule; empty where a rule gives it no line."""
    columns = [column for column in statement.compared if column.why is None]
    names = [column.rule.id for column in columns]
    heading = ("payee", "key", *names, *(f"rank_{name}" for name in names))
    return csv_pieces(heading, _compared_rows(statement))


def _compared_rows(statement: Statement) -> Iterator[tuple[str, ...]]:
    columns = [column for column in statement.compared if column.why is None]
    currency = statement.pool.currency
    for payee in statement.everyone:
        amounts = [column.amounts.get(payee.key) for column in columns]
        ranks = [column.ranks.get(payee.key) for column in columns]
        yield (
            payee.name,
            payee.key,
            *("" if amount is None else currency.amount(amount) for amount in amounts),
            *("" if rank is None else str(rank) for rank in ranks),
        )


def records_csv(records: Iterable[Record]) -> Iterator[bytes]:
    """Which records stand behind the lines, where the registry knows them one by one."""
    heading = ("payee", "key", "dataset", "version", "record", "words", "share", "domain", "used")
    rows = (
        (
            one.payee.name,
            one.payee.key,
            one.dataset,
            one.version,
            one.record,
            one.words,
            str(one.share),
            one.domain,
            one.used,
        )
        for one in records
    )
    return csv_pieces(heading, rows)
