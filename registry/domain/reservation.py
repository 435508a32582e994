"""What a site or rights holder says about training on its content: the words for it, and how they combine."""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

ANYONE = "*"
EVERYWHERE = "/"
ONGOING = "ongoing"


class Protocol(StrEnum):
    """In which form it is said; the last two are said outside of any protocol."""

    ROBOTS = "robots"
    TDMREP = "tdmrep"
    AIPREF = "aipref"
    CONTENT_SIGNALS = "content-signals"
    RSL = "rsl"
    AI_TXT = "ai-txt"
    CONTRACT = "contract"
    LETTER = "letter"


class Says(StrEnum):
    """What is said; `unset` where nothing is, or nothing that could be read."""

    ALLOW = "allow"
    DISALLOW = "disallow"
    UNSET = "unset"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing said: in which form, where it stood, to whom, of which part of the site.

    place:     the file, header or page that says so
    agent:     the crawler that is spoken to; `*` for everyone
    path:      the part of the site, as a pattern; `/` for all of it
    is_whole:  whether it holds for the whole site
    malformed: what was wrong with it, where that is why it is unset
    policy:    the address of terms that it points to
    """

    protocol: Protocol
    place: str
    says: Says
    agent: str = ANYONE
    path: str = EVERYWHERE
    is_whole: bool = True
    malformed: str | None = None
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """What was said on a day (YYYY-MM-DD)."""

    day: str
    says: Says


class Standing(StrEnum):
    """What is known of a disallow at the time when data were collected."""

    IN_FORCE = "in force"
    LATER = "observed later"
    UNDATED = "collection not dated"


def combined(said: Iterable[Says]) -> Says:
    """Of several: any disallow wins, then any allow (draft-ietf-aipref-vocab, Combining Preferences)."""
    found = set(said)
    return next((one for one in (Says.DISALLOW, Says.ALLOW) if one in found), Says.UNSET)


def standing(series: Sequence[Observed], begin: str | None, end: str | None) -> Standing | None:
    """What is known of a disallow while data were collected; None where none was ever said.

    series: what one place said, in any order; each holds until the next
    begin, end: of the collection: YYYY, YYYY-MM or YYYY-MM-DD; an end may be `ongoing`
    """
    days = sorted(set(series), key=lambda one: one.day)
    if not any(one.says is Says.DISALLOW for one in days):
        return None
    if end is None:
        return Standing.UNDATED
    last = last_day(end)
    first = first_day(begin) if begin else first_day(end) if end != ONGOING else days[-1].day
    for place, one in enumerate(days):
        ended = place + 1 < len(days) and days[place + 1].day <= first
        if one.says is Says.DISALLOW and one.day <= last and not ended:
            return Standing.IN_FORCE
    return Standing.LATER if days[-1].day > last else None


def first_day(moment: str) -> str:
    """The first day that YYYY, YYYY-MM or YYYY-MM-DD may mean."""
    return f"{moment}-01-01" if len(moment) == 4 else f"{moment}-01" if len(moment) == 7 else moment


def last_day(moment: str) -> str:
    """The last day that it may mean; of `ongoing` one after all others."""
    if moment == ONGOING:
        return "9999-12-31"
    if len(moment) == 4:
        return f"{moment}-12-31"
    return f"{moment}-{monthrange(*map(int, moment.split('-')))[1]:02}" if len(moment) == 7 else moment
