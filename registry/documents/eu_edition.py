"""Fields 0.a and 0.b of the EU template: the version of the summary, and its last update."""

from collections.abc import Iterator
from dataclasses import replace

from registry.documents.edition import History, edition_address
from registry.documents.eu_template import computed
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import day

_NUMBERED = "Versions are numbered in the order of approval, and frozen."


def edition_fields(history: History, stated_at: str) -> Iterator[Field]:
    """Both fields; `stated_at` is the moment of the last statement, ISO 8601."""
    yield replace(_version(history), inputs="The editions of this document that the registry keeps.")
    yield replace(_last_update(history, stated_at), inputs="Every statement on the model and its datasets.")


def _last_update(history: History, stated_at: str) -> Field:
    edition = history.edition
    if edition is None:
        how = "The date of the last statement recorded on the model and its datasets."
        return computed("0.b", day(stated_at), how)
    how = f"The date of approval; the last statement in it was recorded on {day(stated_at)}."
    return computed("0.b", day(edition.approved_at), how)


def _version(history: History) -> Field:
    if history.latest is None:
        return computed("0.a", "Draft, without a number", "A number is given on publication.")
    columns = (
        Column("version", "Version"),
        Column("approved", "Approved on"),
        Column("standing", "Standing"),
        Column("url", "Address", Kind.LINK),
    )
    addressed = history.address is not None
    rows = tuple(
        _row(history, place)[: len(columns) if addressed else -1] for place in range(len(history.editions))
    )
    table = Table(_said(history), columns if addressed else columns[:-1], rows)
    return computed("0.a", table, _NUMBERED)


def _said(history: History) -> str:
    edition, latest = history.edition, history.editions[0]
    if edition is None:
        return f"Draft of version {history.next_number}; version {latest.number} is published."
    if edition.number == 1:
        return "Version 1, the first."
    return f"Version {edition.number}; it supersedes version {history.editions[1].number}."


def _row(history: History, place: int) -> tuple[Cell, ...]:
    edition = history.editions[place]
    newest = "published" if history.edition is None else "this version"
    standing = newest if place == 0 else "superseded"
    address = edition_address(history, edition)
    return f"Version {edition.number}", day(edition.approved_at), standing, address
