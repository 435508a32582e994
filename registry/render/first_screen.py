"""Figures that the first screens of several pages share."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Part
from registry.documents.disclosure import Disclosure
from registry.documents.fields import Status
from registry.documents.figures import exact, exactly, percent, rounded, share_of
from registry.documents.names import WITHHELD_LICENSE
from registry.documents.why import GAPS, Why
from registry.domain.dataset import Origin
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED, primary
from registry.domain.license import NOASSERTION
from registry.render.html import Figure


@dataclass(frozen=True, slots=True)
class Totals:
    """How much a model was trained on, each dataset version once."""

    datasets: int
    records: int
    words: int
    words_seen: Fraction


def crawled(origins: tuple[Part, ...], how: Why | None = None) -> Figure:
    """The share of crawled words, from what is known to be to what may be; not known where no origin is."""
    words = sum(part.words for part in origins)
    least = sum(part.words for part in origins if part.key == Origin.CRAWLED)
    hidden = sum(part.words for part in origins if not part.key)
    if hidden == words:
        return Figure("Crawled", None, "the origin of no words is stated", how)
    low = percent(share_of(least, words))
    if not hidden:
        return Figure("Crawled", low, "of the words; the origin of all is stated", how)
    high = percent(share_of(least + hidden, words))
    note = f"of the words; of {percent(share_of(hidden, words))} the origin is not stated, or withheld"
    return Figure("Crawled", f"{low.removesuffix(' %')} to {high}", note, how)


def licensed(licenses: tuple[Part, ...], how: Why | None = None) -> Figure:
    """The share of words under a license that is stated and shown."""
    words = sum(part.words for part in licenses)
    withheld = sum(part.words for part in licenses if part.key == WITHHELD_LICENSE)
    unstated = sum(part.words for part in licenses if part.key == NOASSERTION)
    if not words:
        return Figure("Licensed", None, "no words are counted", how)
    note = "of the words stand under a stated license"
    if withheld:
        note += f"; of {percent(share_of(withheld, words))} it is withheld"
    return Figure("Licensed", percent(share_of(words - withheld - unstated, words)), note, how)


def form_figures(
    totals: Totals,
    parts: tuple[tuple[Part, ...], tuple[Part, ...], tuple[Part, ...]],
    fields: Collection[Status],
    how: Mapping[str, Why],
) -> tuple[Figure, ...]:
    """The first screen of a disclosure report; parts: origins, licenses, languages; fields: their answers."""
    origins, licenses, languages = parts
    spoken = {primary(part.key) for part in languages if part.words} - {UNDETERMINED, NO_LANGUAGE}
    untold = any(part.words for part in languages if part.key == UNDETERMINED)
    said = exact(len(spoken)) if spoken or not untold else None
    gaps = sum(status is Status.GAP for status in fields)
    words = f"{exact(totals.words)}; {rounded(round(totals.words_seen))} with epochs"
    counted = how.get("totals")
    return (
        Figure("Datasets", exact(totals.datasets), f"{exactly(totals.records, 'record')} in all", counted),
        Figure("Words", rounded(totals.words), words, counted),
        crawled(origins, how.get("origins")),
        licensed(licenses, how.get("licenses")),
        Figure("Languages", said, "with words in them", how.get("languages")),
        Figure("Not known", exact(gaps), f"of {len(fields)} fields of the form", GAPS),
    )


def unknown_said(disclosure: Disclosure) -> str:
    """How many fields of the form have no answer, or not a whole one, in a heading."""
    gaps = sum(field.status is Status.GAP for field in disclosure.fields)
    open_ends = sum(
        field.status is not Status.GAP and field.closed_by is not None for field in disclosure.fields
    )
    total = len(disclosure.fields)
    if not gaps and not open_ends:
        return f"All {total} fields of the form have an answer"
    return f"Of the {total} fields of the form {gaps} have no answer and {open_ends} more are incomplete"
