"""Rules that entries of several kinds share."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from difflib import get_close_matches

from registry.declarations.entry import Entry
from registry.declarations.findings import Finding, Place
from registry.declarations.problems import shown
from registry.declarations.schema import WITHDRAWABLE

_NEAR = 0.75
_MOST_SOUGHT = 100  # names compared with all declared ones: a file with more unknown ones means others


def repeated(
    entries: Iterable[tuple[Hashable, Place]], line_of: Mapping[str, int], what: str, remedy: str
) -> Iterator[Finding]:
    """Entries whose key an earlier one has; `what` holds the key, as in "{} is declared twice"."""
    first: dict[Hashable, Place] = {}
    for key, place in entries:
        if (earlier := first.setdefault(key, place)) is not place:
            line = line_of.get(earlier.path, 1)
            yield Finding(place.path, f"{what.format(key)}, first in line {line}", remedy)


def withdrawn(entry: Place, kind: type[Entry]) -> Iterator[Finding]:
    """Facts that `withdrawn` names: of the entry, and not stated beside it."""
    known = sorted(WITHDRAWABLE[kind])
    for place in entry["withdrawn"].each():
        fact = place.text
        if fact is None:
            continue
        if fact not in known:
            nearest = get_close_matches(fact.lower(), known, n=1, cutoff=0.7)
            remedy = f"did you mean `{nearest[0]}`?" if nearest else f"name one of {', '.join(known)}"
            yield Finding(place.path, f"{shown(fact)} is no fact that can be withdrawn", remedy)
        elif entry[fact].is_stated:
            yield Finding(place.path, f"withdraws `{fact}`, which the entry states", "remove one of the two")


def period(entry: Place) -> Iterator[Finding]:
    """A period ends no earlier than it begins; a year lasts until its end."""
    begin, end = entry["from"].text, entry["until"].text
    if begin is None or end is None or not (begin[:4].isdecimal() and end[:4].isdecimal()):
        return
    shorter = min(len(begin), len(end))
    if begin[:shorter] > end[:shorter]:
        message = f"{shown(end)} is before the beginning, {shown(begin)}"
        yield Finding(entry["until"].path, message, "exchange or correct the two dates")


class KnownAgents:
    """The agents that a file declares, to doubt names that are nearly theirs."""

    def __init__(self, agents: Place) -> None:
        entries = list(agents.each())
        self._ids = {found for agent in entries if (found := agent["id"].text) is not None}
        self._id_of = {
            name.casefold(): id_
            for agent in entries
            if (id_ := agent["id"].text) is not None
            for name in (id_, agent["name"].text)
            if name is not None
        }
        self._nearest: dict[str, str | None] = {}

    def doubt(self, place: Place, otherwise: str) -> Iterator[Finding]:
        """A warning for a name that is nearly a declared one; `otherwise` says what it means as it is."""
        name = place.text
        if name is None or name in self._ids:
            return
        if (nearest := self._near(name)) is not None:
            message = f"{shown(name)} is no agent of this file; did you mean {shown(nearest)}? {otherwise}"
            yield Finding(place.path, message, is_mistake=False)

    def _near(self, name: str) -> str | None:
        key = name.casefold()
        if key in self._id_of:
            return self._id_of[key]
        if key not in self._nearest:
            if len(self._nearest) == _MOST_SOUGHT:
                return None
            found = get_close_matches(key, self._id_of, n=1, cutoff=_NEAR)
            self._nearest[key] = self._id_of[found[0]] if found else None
        return self._nearest[key]
