"""The page after California Civil Code section 3111: the twelve items, then a row for each dataset."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from registry.documents.california.contents import in_range
from registry.documents.california.law import EXEMPTIONS, LAW, open_items
from registry.documents.composition import Use
from registry.documents.contact import contact_of
from registry.documents.disclosure import Disclosure
from registry.documents.fields import Cell, Column, Field, Gap, Status, Table
from registry.documents.figures import counted, exact
from registry.documents.names import WITHHELD_AGENT
from registry.documents.projection import Audience, shown_as
from registry.documents.withheld import is_withheld, stands_for
from registry.render.html import Crumb, Download, Fact, Figure, Page
from registry.render.long_tables import LongTables
from registry.render.versions import VERSION, standing_of

# The items that tell datasets apart, under short titles.
_OVERVIEW = (
    ("3111.a.1", "Source"),
    ("3111.a.3", "Data points"),
    ("3111.a.4", "Types"),
    ("3111.a.5", "Copyright"),
    ("3111.a.6", "Purchased or licensed"),
    ("3111.a.7", "Personal information"),
    ("3111.a.8", "Aggregate consumer information"),
    ("3111.a.10", "Collected"),
    ("3111.a.11", "First used"),
    ("3111.a.12", "Synthetic"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaliforniaPage(Page):
    """What california.html may use; exempt: why the law asks for none of it."""

    items_said: str
    items: tuple[Field, ...]
    exempt: str | None
    overview: Table | None
    gaps: tuple[Gap, ...]
    unknown: str


def california_page(
    disclosure: Disclosure, long: LongTables, trail: tuple[Crumb, ...] = (), also: tuple[Crumb, ...] = ()
) -> CaliforniaPage:
    """The values of the page; long: takes its long tables; also: the same after another law."""
    model, why = disclosure.model, disclosure.model.california_exemption
    overview = _overview(disclosure) if disclosure.uses and why is None else None
    gaps = open_items(disclosure.california)
    items = tuple(map(long.answered, disclosure.california))
    shown = overview and long.shown("datasets", overview)
    return CaliforniaPage(
        title=_title(disclosure),
        kind="Training data documentation, California",
        subject=model.reference,
        updated=disclosure.updated,
        standing=standing_of(disclosure.history, VERSION, disclosure.updated),
        software=disclosure.software,
        for_auditor=disclosure.audience is Audience.AUDITOR,
        figures=() if why else tuple(_figures(disclosure)),
        downloads=(
            Download("disclosure.json", "everything on this page, under `california`"),
            Download("disclosure.schema.json", "the JSON Schema of that file"),
            *long.downloads,
        ),
        contact=contact_of(model),
        facts=_facts(disclosure),
        trail=trail,
        also=also,
        contents=tuple(_contents(disclosure, overview, gaps)),
        withdrawn=model.withdrawn,
        items_said=_items_said(disclosure),
        items=items,
        exempt=why and EXEMPTIONS[why],
        overview=shown,
        gaps=gaps,
        unknown=f"{counted(len(gaps), 'item')} without an answer, or without a whole one",
    )


def _title(disclosure: Disclosure) -> str:
    model = disclosure.model
    if not disclosure.uses:
        return disclosure.headline
    return f"What {model.name} {model.label} was trained on, after {LAW}"


def _facts(disclosure: Disclosure) -> tuple[Fact, ...]:
    model = disclosure.model
    bases = ", ".join(base.shown for base in model.base_models)
    address = model.base_models[0].url if len(model.base_models) == 1 else None
    return (
        Fact("Developer", model.provider),
        Fact("Model", model.reference, model.url),
        Fact("Intended purpose", model.intended_purpose),
        Fact("Made from", bases or ("no other model" if model.no_base_model else None), address),
        Fact("State of", disclosure.updated),
        Fact("Law", LAW),
    )


def _items_said(disclosure: Disclosure) -> str:
    if disclosure.model.california_exemption:
        return "California asks for no documentation of this model, as its provider states"
    found = disclosure.california
    answered = sum(item.status is not Status.GAP for item in found)
    return f"{answered} of {len(found)} items have an answer"


def _contents(disclosure: Disclosure, overview: Table | None, gaps: tuple[Gap, ...]) -> Iterator[Crumb]:
    yield Crumb("The items", "#items")
    yield from (Crumb(item.title, f"#field-{item.id}") for item in disclosure.california)
    if overview:
        yield Crumb("Dataset by dataset", "#datasets")
    if gaps:
        yield Crumb("Not known", "#unknown")
    yield Crumb("For machines", "#downloads")
    yield Crumb("For rights holders", "#rights")


# --- from the items' tables ------------------------------------------------------------------------------


def _answers(disclosure: Disclosure, identifier: str) -> list[tuple[Use, Cell]]:
    """The answer to an item for each dataset; a gap knows none but that some are withheld."""
    value = next(item.value for item in disclosure.california if item.id == identifier)
    if isinstance(value, Table):
        return [(use, row[1]) for use, row in zip(disclosure.uses, value.rows, strict=True)]
    return [(use, WITHHELD_AGENT if is_withheld(use.version) else None) for use in disclosure.uses]


def _overview(disclosure: Disclosure) -> Table:
    """One row for each dataset."""
    answers = [_answers(disclosure, identifier) for identifier, _ in _OVERVIEW]
    rows = tuple(
        (shown_as(use.version), *(cells[place][1] for cells in answers))
        for place, use in enumerate(disclosure.uses)
    )
    columns = (
        Column("dataset", "Dataset"),
        *(Column(identifier, title) for identifier, title in _OVERVIEW),
    )
    summary = f"What the items say of {counted(disclosure.datasets, 'dataset')}, in short."
    return Table(summary, columns, rows)


def _figures(disclosure: Disclosure) -> Iterator[Figure]:
    gaps = sum(item.status is Status.GAP for item in disclosure.california)
    words, records = disclosure.words, disclosure.records
    in_records = in_range(records, "record") if records else "no records are counted"
    how = disclosure.how["totals"]
    in_words = in_range(words, "word").removesuffix(" words") if words else None
    yield Figure("Datasets", exact(disclosure.datasets), in_records, how)
    yield Figure("Words", in_words, "in general ranges", how)
    yield _share(disclosure, "Under copyright", "3111.a.5", lambda cell: cell.startswith("yes"))
    yield _share(disclosure, "Bought or licensed", "3111.a.6", lambda cell: cell in _ACQUIRED)
    yield _share(disclosure, "Personal information", "3111.a.7", lambda cell: cell == "yes")
    yield Figure("Not known", exact(gaps), f"of {len(disclosure.california)} items of the law")


_ACQUIRED = {"purchased", "licensed", "purchased and licensed"}


def _share(disclosure: Disclosure, label: str, identifier: str, holds: Callable[[str], bool]) -> Figure:
    """Of how many datasets something is known to hold, and of how many it is not known or withheld."""
    answers = _answers(disclosure, identifier)
    found = _count(answers, lambda cell: cell is not None and holds(cell))
    hidden = _count(answers, lambda cell: cell is None or cell in _UNTOLD)
    note = f"of {counted(disclosure.datasets, 'dataset')}"
    if hidden == disclosure.datasets:
        return Figure(label, None, note)
    return Figure(label, exact(found), f"{note}; not known of {hidden}" if hidden else note)


_UNTOLD = {WITHHELD_AGENT, "not known to the provider"}


def _count(answers: list[tuple[Use, Cell]], holds: Callable[[str | None], bool]) -> int:
    return sum(stands_for(use.version) for use, cell in answers if holds(None if cell is None else str(cell)))
