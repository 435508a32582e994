"""The files that credit works one by one: own training in one, base models in another."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields

from registry.documents.credited import CreditedWork, Credits
from registry.documents.subject import listed
from registry.render.csv import csv_pieces

CREDITS, INHERITED_CREDITS = "credits.csv", "inherited_credits.csv"
_WAY = ("model", "chain")  # of what base models brought along alone
_WHAT = "title, author, source and license of every record"


@dataclass(frozen=True, slots=True)
class CreditsFile:
    """A file of credits: what it holds, and of which versions it lists more than was used."""

    name: str
    what: str
    unsure: tuple[str, ...]
    works: Iterable[CreditedWork]

    @property
    def in_short(self) -> str:
        """As a list of files says it."""
        return f"{self.what}; {self._more}" if self.unsure else self.what

    @property
    def sentences(self) -> str:
        """As a text says it."""
        said = f"{self.what[0].upper()}{self.what[1:]}: {self.name}."
        return f"{said} {self._more[0].upper()}{self._more[1:]}." if self.unsure else said

    @property
    def _more(self) -> str:
        which = listed(list(self.unsure), most=len(self.unsure))
        return f"of {which} a part was used, and which records is not known: all are listed"

    def pieces(self) -> Iterator[bytes]:
        """One row for each record, read as it is written."""
        names = _columns(inherited=self.name == INHERITED_CREDITS)
        return csv_pieces(names, ([getattr(work, name) for name in names] for work in self.works))


def credits_files(found: Credits) -> Iterator[CreditsFile]:
    """The files there are: none where no record is known."""
    if found.own is not None:
        yield CreditsFile(CREDITS, _WHAT, found.unsure, found.own)
    if found.inherited is not None:
        what = f"{_WHAT} that base models brought along"
        yield CreditsFile(INHERITED_CREDITS, what, found.inherited_unsure, found.inherited)


def _columns(*, inherited: bool) -> Sequence[str]:
    return [one.name for one in fields(CreditedWork) if inherited or one.name not in _WAY]
