"""A heat map as inline SVG: the rows and columns are the same things, each cell a share of its row.

Cells are percentages of the width that the page gives, rows a fixed height, so that numbers keep their size;
where they have no room, the title of a cell says its number. Shades are classes of the style sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from registry.documents.fields import Table
from registry.documents.figures import fixed
from registry.render.charts import Chart, Key, unbroken

FEW, SOME, MANY = 8, 16, 28  # things whose cells have room for a number on a phone, a tablet, a wide screen
_LEAST_SAID = Fraction(1, 100)  # of a number in a cell of many
_SHADES = (
    (Fraction(1, 100), "under 1 %"),
    (Fraction(10, 100), "1 to 10 %"),
    (Fraction(50, 100), "10 to 50 %"),
    (Fraction(90, 100), "50 to 90 %"),
    (Fraction(2), "90 % and more"),
)
_BESIDE = {  # how many cells wide the numbers of the rows are
    "few": Fraction(1, 2),
    "some": Fraction(3, 4),
    "many": Fraction(1),
    "dense": Fraction(1),
}
_MAJOR = 5  # of so many numbers of columns one always has room
_WIDTH = 45  # tenths of an em that a cell takes where the page has room


@dataclass(frozen=True, slots=True)
class Warm:
    """A cell: the share, and the cell in words."""

    share: Fraction
    said: str


def heat_map(
    title: str, description: str, count: int, cells: Mapping[tuple[int, int], Warm], table: Table
) -> Chart:
    """`count` rows and columns; cells by (row, column) from 0, those not given stay empty."""
    row = 20 if count <= SOME else 15  # tenths of an em
    place = _Grid(count, row, _BESIDE[size_class(count)])
    parts = [
        place.ground(),
        *(place.heading(number) for number in range(count)),
        *(place.itself(number) for number in range(count)),
        *(place.cell(at, warm, labelled=_is_labelled(count, warm)) for at, warm in sorted(cells.items())),
        *(place.lines(number) for number in range(count + 1)),
    ]
    svg = Markup(
        '<svg class="map" role="img" width="{}em" height="{}em"><title>{}</title><desc>{}</desc>{}</svg>'
    ).format(
        fixed(round(_WIDTH * (count + place.beside)), 1),
        fixed(row * (count + 1), 1),
        unbroken(title),
        unbroken(description),
        Markup("").join(parts),
    )
    return Chart(title, description, svg, table, tuple(_legend()))


def size_class(count: int) -> str:
    """The class of a map of so many things, and of the list of their names beside it."""
    if count <= SOME:
        return "few" if count <= FEW else "some"
    return "many" if count <= MANY else "dense"


def _is_labelled(count: int, warm: Warm) -> bool:
    return count <= SOME or (count <= MANY and warm.share >= _LEAST_SAID)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where things stand: cells of one width beside the numbers of the rows, under those of the columns."""

    count: int
    row: int
    beside: Fraction

    def ground(self) -> Markup:
        return Markup('<rect class="track" x="{}" y="{}em" width="{}" height="{}em"/>').format(
            self._x(0), self._y(0), self._width(self.count), self._height(self.count)
        )

    def heading(self, number: int) -> Markup:
        """The number of a column, and of the row of the same thing."""
        row = Markup('<text class="end" x="{}" y="{}em">{}</text>').format(
            self._x(Fraction(-1, 8)), self._base(number), number + 1
        )
        kind = "middle minor" if (number + 1) % _MAJOR else "middle"
        return self._text(-1, number, str(number + 1), kind) + row

    def itself(self, number: int) -> Markup:
        return Markup('<rect class="itself" x="{}" y="{}em" width="{}" height="{}em"/>').format(
            self._x(number), self._y(number), self._width(1), self._height(1)
        )

    def cell(self, at: tuple[int, int], warm: Warm, *, labelled: bool) -> Markup:
        row, column = at
        return Markup(
            '<g class="{shade}"><title>{said}</title>'
            '<rect x="{x}" y="{y}em" width="{width}" height="{height}em"/>{text}</g>'
        ).format(
            shade=_shade(warm.share),
            said=unbroken(warm.said),
            x=self._x(column),
            y=self._y(row),
            width=self._width(1),
            height=self._height(1),
            text=self._text(row, column, short_percent(warm.share)) if labelled else "",
        )

    def lines(self, number: int) -> Markup:
        """What parts the cells: the edges before the row and the column of that number."""
        return Markup(
            '<line x1="{x}" x2="{x}" y1="{top}em" y2="{bottom}em"/>'
            '<line x1="{left}" x2="100%" y1="{y}em" y2="{y}em"/>'
        ).format(
            x=self._x(number),
            top=self._y(0),
            bottom=self._y(self.count),
            left=self._x(0),
            y=self._y(number),
        )

    def _text(self, row: int, column: int, text: str, kind: str = "middle") -> Markup:
        return Markup('<text class="{}" x="{}" y="{}em">{}</text>').format(
            kind, self._x(column + Fraction(1, 2)), self._base(row), text
        )

    def _x(self, column: int | Fraction) -> str:
        return self._width(column + self.beside)

    def _width(self, cells: int | Fraction) -> str:
        share = Fraction(cells) / (self.count + self.beside)
        return f"{fixed(round(share * 100_000), 3)}%"

    def _y(self, row: int) -> str:
        return self._height(row + 1)

    def _height(self, rows: int) -> str:
        return fixed(self.row * rows, 1)

    def _base(self, row: int) -> str:
        """Where the letters of a row stand."""
        return fixed(self.row * (row + 1) + self.row // 2 + 3, 1)


def short_percent(share: Fraction) -> str:
    """A share in whole percent without its sign; what is not quite none or all never reads so."""
    if share in {0, 1}:
        return str(100 * int(share))
    whole = round(share * 100)
    return "<1" if share < Fraction(1, 100) else ">99" if whole > 99 else str(whole)


def _shade(share: Fraction) -> str:
    return f"heat-{next(place for place, (most, _) in enumerate(_SHADES, start=1) if share < most)}"


def _legend() -> list[Key]:
    shades = [(f"heat-{place}", label) for place, (_, label) in enumerate(_SHADES, start=1)]
    return [Key(_swatch(name), unbroken(label), "", "") for name, label in (*shades, ("itself", "itself"))]


def _swatch(name: str) -> Markup:
    return Markup(
        '<svg class="swatch {}" aria-hidden="true"><rect width="100%" height="100%"/></svg>'
    ).format(name)
