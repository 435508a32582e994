"""What a dataset version shares with others, and how much of it repeats itself, on its page."""

from dataclasses import dataclass

from registry.documents.comparison import CAVEAT
from registry.documents.fields import Table
from registry.documents.figures import exactly, percent, share_of
from registry.documents.overlaps import LeftOut
from registry.documents.site.dataset import DatasetPage
from registry.documents.site.overlap import Shares, share_said
from registry.documents.site.places import link
from registry.documents.site.site import Site
from registry.domain.facts import VersionFacts
from registry.render.html import Crumb
from registry.render.overlap_tables import shares_table

_CLOSED_BY = {
    LeftOut.COUNTS: "ingest it under a new label with `--fingerprints sketch`",
    LeftOut.RECIPE: "ingest it again: its fingerprints are made anew, the version stays",
    LeftOut.DAMAGED: "ingest it again: its fingerprints are made anew, the version stays",
}


@dataclass(frozen=True, slots=True)
class Shared:
    """The section: a heading, who can close what is not known, the table, what is to be said of it."""

    said: str
    gap: str | None
    table: Table | None
    note: str
    overlaps: Crumb | None
    duplication: str


def shared_content(site: Site, page: DatasetPage) -> Shared:
    """The section of a page."""
    shares = page.shares
    place = Crumb("All overlaps", link(page.folder, site.overlaps.folder)) if site.overlaps else None
    return Shared(
        said=_said(shares),
        gap=_gap(shares.left_out),
        table=shares_table(page.folder, shares, site.places),
        note=_note(shares),
        overlaps=place,
        duplication=_duplication(page.version),
    )


def _said(shares: Shares) -> str:
    """How much of it is found where, in a heading."""
    if shares.left_out:
        return "What it shares with other datasets is not known"
    if shares.pairs:
        return f"{share_said(shares.pairs[0])} of it is found in {shares.pairs[0].b.reference}"
    if shares.prints_detected:
        return "It shares content with no other dataset here"
    return "No overlap with a dataset that is declared to be related to it"


def _gap(left_out: LeftOut | None) -> str | None:
    how = _CLOSED_BY.get(left_out) if left_out else None
    return f"Not compared, as {left_out}. The provider: {how}." if how else None


def _note(shares: Shares) -> str:
    if shares.left_out:
        return "" if shares.left_out in _CLOSED_BY else f"Not compared, as {shares.left_out}."
    if shares.prints_detected:
        return CAVEAT
    return f"{CAVEAT} Overlaps that were detected and that nobody has declared are not printed here."


def _duplication(version: VersionFacts) -> str:
    same = version.words_equal_records
    if same is None:
        return "How many records repeat the words of an earlier one is not known."
    share = percent(share_of(same, version.size.records))
    told = f"{exactly(same, 'record')} ({share}) repeat the words of an earlier record."
    return f"{told if same else 'No record repeats the words of an earlier one.'} {_resembling(version)}"


def _resembling(version: VersionFacts) -> str:
    """What is estimated of records that are nearly the same."""
    found = version.near_duplicate_records
    if found is None:
        return "How many resemble an earlier one is not known: their signatures are not kept."
    if not found:
        return "None is estimated to resemble an earlier one."
    least = "" if version.near_duplicates_complete else "At least "
    share = percent(share_of(found, version.size.records))
    return (
        f"{least}{exactly(found, 'record')} ({share}) resemble an earlier record, those of the same words "
        "included: at least 91 of 128 MinHash values agree, as they do for a Jaccard resemblance of about "
        "0.7 and more. An estimate."
    )
