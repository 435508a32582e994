"""Charts as inline SVG without styles, scripts or identifiers, each with the same numbers in a table.

Coordinates are percentages of a width that the page gives, so that text keeps its size on every screen.
Segments differ in tone and in texture; colours and textures are classes of the style sheet.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from registry.documents.fields import Column, Kind, Table
from registry.documents.figures import exact, fixed, percent

GAP, WITHHELD, OTHERS = "gap", "withheld", "others"
TONES = 6
_LABELLED = Fraction(16, 100)  # a narrower segment has no room for its percentage on a phone
_LONGEST = 30  # letters of a label that fit above a bar on a phone
_ROW = 28  # tenths of an em from one bar to the next
_BEFORE_PERCENT = re.compile(r"(?<=[0-9]) (?=%)")


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a whole: `share` of one, `note` the exact amount with its unit.

    amount: the same as a number, for a column of the table; state: "", `GAP` (nobody has said), `WITHHELD` or
    `OTHERS`, each drawn in a way of its own
    """

    label: str
    share: Fraction
    note: str
    amount: int | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A line of a legend."""

    swatch: Markup
    label: str
    share: str
    note: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing, what it says as a title and a description, its legend, and its numbers in a table."""

    title: str
    description: str
    svg: Markup
    table: Table
    legend: tuple[Key, ...] = ()


def share_bar(title: str, slices: Sequence[Slice], unit: str, table: Table | None = None) -> Chart:
    """One bar of stacked segments in the given order, with a legend; `unit` is what the shares are of.

    table: the numbers where the page has them in more columns; otherwise label, amount and share
    """
    drawn = tuple(one for one in slices if one.share > 0)
    tones = tuple(_tones(drawn))
    description = _described(drawn, unit)
    parts, start = [], Fraction(0)
    for one, tone in zip(drawn, tones, strict=True):
        parts.append(_segment(one, tone, start))
        start += one.share
    svg = _svg("stack", "3.25em", title, description, parts)
    legend = tuple(
        Key(_swatch(tone), one.label, percent(one.share), one.note)
        for one, tone in zip(drawn, tones, strict=True)
    )
    return Chart(title, description, svg, table or _table(title, slices, unit), legend)


def ranked_bars(
    title: str, slices: Sequence[Slice], unit: str, most: int = 12, table: Table | None = None
) -> Chart:
    """A bar for each of the largest, longest first, and one for all others; the longest fills the width."""
    shown = _largest(slices, most)
    longest = max((one.share for one in shown), default=Fraction(1)) or Fraction(1)
    description = _described(shown, unit)
    rows = [_row(one, place, one.share / longest) for place, one in enumerate(shown)]
    svg = _svg("ranked", f"{fixed(len(rows) * _ROW, 1)}em", title, description, rows)
    return Chart(title, description, svg, table or _table(title, shown, unit))


def others(count: int, share: Fraction, amount: int | None = None) -> Slice:
    """What is left beside the largest, as one slice."""
    label = f"{exact(count)} others"
    return Slice(label, share, "together" if amount is None else exact(amount), amount, OTHERS)


def _largest(slices: Sequence[Slice], most: int) -> tuple[Slice, ...]:
    """The largest first; where there are more than `most`, what is left is one slice at the end."""
    drawn = (one for one in slices if one.share > 0)
    ordered = sorted(drawn, key=lambda one: (one.state == OTHERS, -one.share))
    if len(ordered) <= most:
        return tuple(ordered)
    kept, left = ordered[: most - 1], ordered[most - 1 :]
    share = sum((one.share for one in left), Fraction(0))
    amounts = [one.amount for one in left if one.amount is not None]
    amount = sum(amounts) if len(amounts) == len(left) else None
    return (*kept, others(len(left), share, amount))


def _tones(slices: Iterable[Slice]) -> Iterable[str]:
    """The class of each segment: its state, else the tones in turn."""
    place = 0
    for one in slices:
        if one.state:
            yield f"tone-{one.state}"
        else:
            yield f"tone-{place % TONES + 1}"
            place += 1


def _segment(one: Slice, tone: str, start: Fraction) -> Markup:
    x, width = _percent(start), _percent(one.share)
    shown = unbroken(percent(one.share))
    text = Markup('<text x="{}" y="1em">{}</text>').format(x, shown)
    return Markup(
        '<g class="{tone}"><title>{label}: {share}, {note}</title>{text}'
        '<svg x="{x}" y="1.5em" width="{width}" height="1.75em" aria-hidden="true">'
        '<rect width="100%" height="100%"/><line x1="0" x2="100%" y1="50%" y2="50%"/></svg>'
        '<line class="edge" x1="{x}" x2="{x}" y1="1.5em" y2="3.25em"/></g>'
    ).format(
        tone=tone,
        label=one.label,
        share=shown,
        note=one.note,
        text=text if one.share >= _LABELLED else "",
        x=x,
        width=width,
    )


def _row(one: Slice, place: int, length: Fraction) -> Markup:
    top = place * _ROW  # tenths of an em
    shown = unbroken(aligned(one.share))
    return Markup(
        '<g class="{tone}"><title>{label}: {share}, {note}</title>'
        '<text x="0" y="{text}em">{short}</text><text class="end" x="100%" y="{text}em">{share}</text>'
        '<rect class="track" x="0" y="{bar}em" width="100%" height="0.7em"/>'
        '<rect x="0" y="{bar}em" width="{width}" height="0.7em"/></g>'
    ).format(
        tone=f"tone-{one.state}" if one.state else "tone-1",
        label=one.label,
        share=shown,
        note=one.note,
        text=fixed(top + 10, 1),
        short=shortened(one.label),
        bar=fixed(top + 14, 1),
        width=_percent(length),
    )


def _swatch(tone: str) -> Markup:
    return Markup(
        '<svg class="swatch {}" aria-hidden="true"><rect width="100%" height="100%"/>'
        '<line x1="0" x2="100%" y1="50%" y2="50%"/></svg>'
    ).format(tone)


def _svg(kind: str, height: str, title: str, description: str, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="{}" role="img" width="100%" height="{}"><title>{}</title><desc>{}</desc>{}</svg>'
    ).format(kind, height, unbroken(title), unbroken(description), Markup("").join(parts))


def aligned(share: Fraction) -> str:
    """A share in percent with its decimal, so that the points of a column stand below each other."""
    shown = percent(share)
    return shown if "." in shown or share in {0, 1} else shown.replace(" %", ".0 %")


def unbroken(text: str) -> str:
    """No line ends between a number and its percent sign."""
    return _BEFORE_PERCENT.sub("\N{NO-BREAK SPACE}", text)


def _percent(share: Fraction) -> str:
    return f"{fixed(round(share * 100_000), 3)}%"


def shortened(label: str) -> str:
    """A label with its end kept: what tells domains and licenses apart stands at both ends."""
    if _columns(label) <= _LONGEST:
        return label
    head, tail = "", ""
    while _columns(head + tail) < _LONGEST - 2:
        head, tail = head + label[len(head)], label[-len(tail) - 1] + tail
    back = label[::-1]
    begin = _whole_words(head, label[len(head) :])
    end = _whole_words(tail[::-1], back[len(tail) :])[::-1]
    return f"{begin.rstrip()}…{end.lstrip()}"


def _whole_words(part: str, rest: str) -> str:
    """A beginning without the word that is cut at its end, where that leaves a word at all."""
    if part.endswith(" ") or rest.startswith(" "):
        return part
    return part.rpartition(" ")[0] or part


def _columns(text: str) -> int:
    """Width in letters; an ideograph is as wide as two (UAX 11)."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _described(slices: Sequence[Slice], unit: str) -> str:
    if not slices:
        return f"There are no {unit}."
    parts = "; ".join(f"{one.label} {percent(one.share)} ({one.note})" for one in slices)
    return f"Shares of the {unit}: {parts}."


def _table(title: str, slices: Sequence[Slice], unit: str) -> Table:
    """Label, amount and share: the amounts as numbers where all are."""
    share = Column("share", f"Share of {unit}", Kind.SHARE)
    if all(one.amount is not None for one in slices):
        columns = (Column("label", "Part"), Column("amount", unit[:1].upper() + unit[1:], Kind.COUNT), share)
        return Table(title, columns, tuple((one.label, one.amount, one.share) for one in slices))
    columns = (Column("label", "Part"), Column("amount", "Amount"), share)
    return Table(title, columns, tuple((one.label, one.note, one.share) for one in slices))
