"""Words that say less than they seem to: hedges, and praise of one's own work.

The list is short on purpose. Each entry is a phrase that graders of published summaries have named, and
each is bounded by what stands beside it where the bare words have an honest use: "up to 5 million records"
hides a size, "kept up to date" and "up to 30 days" do not; "may include" hedges, "in May" is a month.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with a phrase."""

    HEDGE = "hedge"
    MARKETING = "marketing"
    PURPOSE = "purpose"


REMEDIES = {
    Fault.HEDGE: "Say what is there, with a number or a list; leave out what is not known: it becomes a gap.",
    Fault.MARKETING: "Leave it out: the form asks what the data is, not how good it is.",
    Fault.PURPOSE: "Name the kinds of content alone; why they were chosen belongs under `purpose`.",
}

_SIZES = (
    "%|percent|thousand|million|billion|trillion|tokens?|words?|documents?|records?|hours?|images?|pages?|"
    "sites?|domains?|languages?|datasets?|sources?"
)
_PHRASES = (
    (Fault.HEDGE, r"(?:may|might|could)(?: also)? (?:include|contain|comprise|have|be)"),
    (Fault.HEDGE, rf"up to (?:\w+ )?\d[\d.,]* ?(?:{_SIZES})(?!\w)"),
    (Fault.HEDGE, r"approximately|roughly"),
    (Fault.HEDGE, r"among others?(?: things| sources)?|amongst others?|inter alia"),
    (Fault.HEDGE, r"including,? but not limited to"),
    (Fault.HEDGE, r"etc\.?|and so on|and so forth"),
    (Fault.HEDGE, r"various|a (?:wide |broad |large )?(?:variety|range|array) of"),
    (Fault.MARKETING, r"state[- ]of[- ]the[- ]art|cutting[- ]edge|leading[- ]edge|groundbreaking"),
    (Fault.MARKETING, r"(?:high|highest|top|premium)[- ]quality"),
    (Fault.MARKETING, r"(?:world|best[- ]in)[- ]class|industry[- ]leading|unparalleled|unmatched"),
    (
        Fault.MARKETING,
        r"(?:carefully|meticulously|thoughtfully|expertly)[- ](?:curated|selected|chosen|crafted)",
    ),
)
_PURPOSES = ((Fault.PURPOSE, r"(?:in order |so as )?to (?:improve|enhance|increase|boost|strengthen|teach)"),)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it stands in a text, and what is wrong with it."""

    text: str
    fault: Fault


def _compiled(phrases: tuple[tuple[Fault, str], ...]) -> tuple[tuple[Fault, re.Pattern[str]], ...]:
    return tuple(
        (fault, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)) for fault, words in phrases
    )


_FAULTS, _GOALS = _compiled(_PHRASES), _compiled(_PURPOSES)
_SENTENCE_END = re.compile(r"(?:^|[.!?:;]\s+)$")


def phrases_in(text: str, *, purposes: bool = False) -> tuple[Phrase, ...]:
    """The phrases of a text in their order; `purposes`: also those that say what the data is for."""
    return tuple(phrase for _, phrase in sorted(_found(text, purposes), key=lambda found: found[0]))


def _found(text: str, purposes: bool) -> Iterator[tuple[int, Phrase]]:
    for fault, pattern in (*_FAULTS, *(_GOALS if purposes else ())):
        for match in pattern.finditer(text):
            if not _is_month(text, match):
                yield match.start(), Phrase(match[0], fault)


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Whether a capital May stands within a sentence."""
    return match[0].startswith("May ") and not _SENTENCE_END.search(text[: match.start()])
