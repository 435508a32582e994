"""Long tables: a page shows the first rows, and a CSV file beside it has all of them."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from registry.documents.fields import Cell, Field, Rest, Section, Table
from registry.documents.figures import counted, fixed
from registry.render.charts import Chart
from registry.render.csv import csv_bytes
from registry.render.html import Download

MOST_ROWS = 200
MOST_IN_FORMS = 100  # a form has many tables
_DIGITS = 12


@dataclass(slots=True)
class LongTables:
    """The tables of one page: those too long for it are cut, and written as files beside it."""

    most: int = MOST_ROWS
    files: dict[str, bytes] = field(default_factory=dict)
    downloads: list[Download] = field(default_factory=list)

    def shown(self, name: str, table: Table) -> Table:
        """The table as the page shows it; a long one is written to `name`.csv."""
        if len(table.rows) <= self.most:
            return table
        file = f"{name}.csv"
        self.files[file] = table_csv(table)
        self.downloads.append(Download(file, f"all {counted(len(table.rows), 'row')} of a table"))
        return first_rows(table, Rest(len(table.rows), file, file), self.most)

    def charted(self, name: str, chart: Chart) -> Chart:
        """The same of a chart's table."""
        return replace(chart, table=self.shown(name, chart.table))

    def answered(self, one: Field) -> Field:
        """The same of the table that answers a field."""
        if not isinstance(one.value, Table):
            return one
        return replace(one, value=self.shown(f"field-{one.id}", one.value))

    def sectioned(self, form: tuple[Section, ...]) -> tuple[Section, ...]:
        """The same of every field of a form."""
        return tuple(replace(section, fields=tuple(map(self.answered, section.fields))) for section in form)


def first_rows(table: Table, rest: Rest, most: int = MOST_ROWS) -> Table:
    """The first rows of a long table, with where all of them are."""
    if len(table.rows) <= most:
        return table
    return replace(table, rows=table.rows[:most], hrefs=table.hrefs[:most], rest=rest)


def table_csv(table: Table) -> bytes:
    """Every row under the keys of its columns: shares as decimals of one, an empty cell where not known."""
    return csv_bytes(
        [column.key for column in table.columns], ([_plain(cell) for cell in row] for row in table.rows)
    )


def _plain(cell: Cell) -> str | int:
    if isinstance(cell, Fraction):
        return fixed(round(cell * 10**_DIGITS), _DIGITS)
    return "" if cell is None else cell
