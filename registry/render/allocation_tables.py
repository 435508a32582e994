"""Tables of an allocation statement."""

from registry.documents.allocation.statement import Column as RuleColumn
from registry.documents.allocation.statement import Line, Statement
from registry.documents.fields import Cell, Column, Kind, Table
from registry.documents.figures import counted, exact, exact_fraction
from registry.documents.subject import listed
from registry.render.long_tables import MOST_ROWS
from registry.render.terms import license_name

_AMOUNT = Column("amount", "Would receive", Kind.COUNT)  # a decimal as text: aligned as a number
_WORDS = Column("words", "Words", Kind.COUNT)
_RECORDS = Column("records", "Records", Kind.COUNT)


def payees_table(statement: Statement) -> Table:
    """The payees with the largest amounts, and always the line of the unidentified."""
    columns = (
        Column("payee", "Payee"),
        _AMOUNT,
        Column("share", "Share", Kind.SHARE),
        Column("units", statement.rule.unit.capitalize(), Kind.COUNT),
        Column("datasets", "Datasets"),
        Column("status", "Status"),
    )
    shown = statement.lines[:MOST_ROWS]
    unshown = [line for line in statement.lines[MOST_ROWS:] if line.payee.key == "unidentified"]
    cut = f"The {exact(len(shown))} largest of {exact(len(statement.lines))}; all are in allocation.csv."
    summary = cut if len(shown) < len(statement.lines) else "The largest first."
    return Table(
        f"Amounts in {statement.pool.currency.code}. {summary}",
        columns,
        tuple(_payee(statement, line) for line in (*shown, *unshown)),
    )


def _payee(statement: Statement, line: Line) -> tuple[Cell, ...]:
    return (
        line.payee.name,
        _money(statement, line.amount),
        line.share,
        exact_fraction(line.units),
        listed(sorted({part.version for part in line.parts})),
        f"withheld: {line.reason}" if line.reason else "payable",
    )


def compared_table(statement: Statement) -> Table:
    """The first payees under each rule that can be applied, with the rank each has there."""
    applied = [column for column in statement.compared if column.why is None]
    others = [column for column in statement.compared if column.why is not None]
    columns = (
        Column("payee", "Payee"),
        *(Column(one.rule.id, _heading(statement, one), Kind.COUNT) for one in applied),
        Column("ranks", "Ranks, in this order"),
    )
    everyone = statement.everyone
    rows = tuple(
        (
            payee.name,
            *(_money(statement, one.amounts.get(payee.key, 0)) for one in applied),
            ", ".join(str(one.ranks.get(payee.key, "–")) for one in applied),
        )
        for payee in everyone[:MOST_ROWS]
    )
    not_applied = "".join(f" Not applied: {one.rule.title}: {one.why}." for one in others)
    cut = f" The first {exact(len(rows))} of {exact(len(everyone))}; all are in compare.csv."
    return Table(
        f"The same net pool in {statement.pool.currency.code} under each rule; equal amounts have one rank."
        f"{cut if len(rows) < len(everyone) else ''}{not_applied}",
        columns,
        rows,
    )


def _heading(statement: Statement, column: RuleColumn) -> str:
    return f"{column.rule.title} (this one)" if column.rule.id == statement.rule.id else column.rule.title


def inputs_table(statement: Statement) -> Table:
    """Every dataset version that counts, with its digest."""
    inherited = any(version.base for version in statement.versions)
    columns = (
        Column("dataset", "Dataset"),
        Column("license", "License"),
        _RECORDS,
        _WORDS,
        Column("words_seen", "Words seen", Kind.COUNT),
        *([Column("base_model", "Brought by")] if inherited else []),
        Column("digest", "Content digest"),
    )
    rows = tuple(
        (
            version.reference,
            license_name(version.license),
            version.records,
            version.words if version.words_known else None,
            exact_fraction(version.words_seen) if version.words_known else None,
            *([version.base or "own training"] if inherited else []),
            version.digest or "declared, not measured",
        )
        for version in statement.versions
    )
    return Table(f"{counted(len(rows), 'dataset version')}, by name.", columns, rows)


def excluded_table(statement: Statement) -> Table:
    """What takes no part in the pool, and why."""
    columns = (Column("what", "What"), Column("reason", "Why it does not count"), _RECORDS, _WORDS)
    rows = tuple((one.what, one.reason, one.records, one.words) for one in statement.excluded)
    return Table(f"{counted(len(rows), 'line')}.", columns, rows)


def parts_table(statement: Statement, line: Line) -> Table:
    """What stands behind the line of one payee, by dataset version and license."""
    columns = (
        Column("dataset", "Dataset"),
        Column("license", "License"),
        _RECORDS,
        _WORDS,
        Column("units", statement.rule.unit.capitalize(), Kind.COUNT),
    )
    rows = tuple(
        (part.version, license_name(part.license), part.records, part.words, exact_fraction(part.units))
        for part in line.parts
    )
    return Table(f"{exact_fraction(line.units)} {statement.rule.unit} in all.", columns, rows)


def _money(statement: Statement, minor: int) -> str:
    return statement.pool.currency.shown(minor).partition(" ")[2]
