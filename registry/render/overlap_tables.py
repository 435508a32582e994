"""The tables of what dataset versions share: all pairs, the pairs of one version, what was not compared."""

from fractions import Fraction

from markupsafe import Markup

from registry.documents.fields import Cell, Column, Kind, Table
from registry.documents.figures import exact
from registry.documents.overlaps import SharedPair
from registry.documents.site.overlap import OverlapPage, Shares, said_of
from registry.documents.site.places import Places, link
from registry.render.charts import aligned

MOST_ROWS = 1_000


def pairs_table(page: OverlapPage, places: Places) -> Table:
    """Every pair, the greatest share first."""
    columns = (
        Column("a", "A"),
        Column("b", "B"),
        Column("a_in_b", "A in B", Kind.SHARE),
        Column("a_in_b_interval", "A in B, 95 % interval"),
        Column("b_in_a", "B in A", Kind.SHARE),
        Column("b_in_a_interval", "B in A, 95 % interval"),
        Column("resemblance", "Resemblance", Kind.SHARE),
        Column("relation", "Relation"),
    )
    shown = page.found.pairs[:MOST_ROWS]
    rows = tuple(
        (
            pair.a.reference,
            _linked(page.folder, pair.b.id, pair.b.reference, places),
            *_shares(pair),
            pair.resemblance,
            pair.relation.value,
        )
        for pair in shown
    )
    hrefs = tuple(_href(page.folder, pair.a.id, places) for pair in shown)
    return Table(
        "The greatest share first. A in B: the share of A that is found in B. Resemblance: the share that "
        "both have of what either has."
        f"{_cut(len(page.found.pairs), 'overlaps.json')}",
        columns,
        rows,
        hrefs,
    )


def shares_table(folder: str, shares: Shares, places: Places) -> Table | None:
    """What one version shares with others; None where nothing is shown."""
    if not shares.pairs:
        return None
    columns = (
        Column("dataset", "Other dataset version"),
        Column("this_in_other", "Of this one, found there", Kind.SHARE),
        Column("this_in_other_interval", "There, 95 % interval"),
        Column("other_in_this", "Of that one, found here", Kind.SHARE),
        Column("other_in_this_interval", "Here, 95 % interval"),
        Column("relation", "Relation"),
    )
    shown = shares.pairs[:MOST_ROWS]
    rows = tuple((pair.b.reference, *_shares(pair), said_of(pair.relation)) for pair in shown)
    hrefs = tuple(_href(folder, pair.b.id, places) for pair in shown)
    return Table(
        f"The greatest share of this one first.{_cut(len(shares.pairs), 'dataset.json')}",
        columns,
        rows,
        hrefs,
    )


def left_out_table(page: OverlapPage, places: Places) -> Table | None:
    """What was not compared, and why; None where all was."""
    if not page.found.left_out:
        return None
    shown = page.found.left_out[:MOST_ROWS]
    return Table(
        f"Whether these share content with others is not known."
        f"{_cut(len(page.found.left_out), 'overlaps.json')}",
        (Column("dataset", "Dataset version"), Column("why", "Why it was not compared")),
        tuple((version.reference, why.value) for version, why in shown),
        tuple(_href(page.folder, version.id, places) for version, _ in shown),
    )


def interval_text(pair: SharedPair) -> str:
    """Where the share of A that is found in B lies; exact where every shingle was compared."""
    found = pair.interval
    if found is None:
        return "exact"
    low, high = (aligned(Fraction(end)) for end in (found.low, found.high))
    told = high if low == high else f"{low.removesuffix(' %')} to {high}"
    return told.replace(" ", "\N{NO-BREAK SPACE}")


def _shares(pair: SharedPair) -> tuple[Cell, ...]:
    other = pair.turned
    return pair.share, interval_text(pair), other.share, interval_text(other)


def _linked(folder: str, version: str, reference: str, places: Places) -> str:
    href = _href(folder, version, places)
    return Markup('<a href="{}">{}</a>').format(href, reference) if href else reference


def _href(folder: str, version: str, places: Places) -> str | None:
    found = places.datasets.get(version)
    return link(folder, found) if found else None


def _cut(count: int, twin: str) -> str:
    left = count - MOST_ROWS
    return f" The first {exact(MOST_ROWS)}; {exact(left)} more are in {twin}." if left > 0 else ""
