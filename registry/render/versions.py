"""The editions of a document on a page: its banner, the list of its versions, what changed between them."""

from dataclasses import dataclass

from registry.documents import beyond
from registry.documents.california import law
from registry.documents.differences import Difference, Turn
from registry.documents.edition import Edition, History
from registry.documents.eu_template import TITLES
from registry.documents.fields import Cell, Column, Table
from registry.documents.figures import counted, day, exact
from registry.render.html import Crumb, Standing

_GROUPS = (
    (
        "Model, sizes, and what the data is made of",
        ("model", "figures", "origins", "licenses", "languages", "holders"),
    ),
    ("Datasets", ("datasets",)),
    ("Pages", ("pages",)),
    ("Fields of the form", tuple(TITLES)),
    ("Items of the law of California", tuple(law.TITLES)),
    (beyond.TITLE, tuple(beyond.TITLES)),
)
PUBLICATION, VERSION = "Publication", "Version"
ONLY_ITS_FORM = "Only its wording or form changed"
MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Versions:
    """A part of a page: all editions, and what is otherwise than in the one before."""

    said: str
    table: Table | None
    changes_said: str
    changes: tuple[tuple[str, Table], ...]


def standing_of(history: History, noun: str, updated: str) -> Standing:
    """The banner of a document: which edition it is, or a draft of which; `updated` is DD/MM/YYYY."""
    edition, latest = history.edition, history.latest
    if edition:
        return Standing(f"{noun} {edition.number}".upper(), f"{_approval(edition)} The latest.", "published")
    before = f" {noun} {latest.number} of {day(latest.approved_at)} is published." if latest else ""
    number = f"to become {noun.lower()} {history.next_number}" if latest else "without a number"
    return Standing("DRAFT", f"State of {updated}. Not approved, {number}.{before}", "draft")


def standing_of_edition(history: History, edition: Edition, noun: str, newest: str) -> Standing:
    """The banner of an edition for good; newest: the address of the newest, as it stands on this page."""
    latest = history.editions[0]
    if edition.number == latest.number:
        return Standing(f"{noun} {edition.number}".upper(), f"{_approval(edition)} The latest.", "published")
    said = f"{noun} {edition.number}. {_approval(edition)}"
    link = Crumb(f"{noun.lower()} {latest.number} of {day(latest.approved_at)}", newest)
    return Standing("SUPERSEDED", said, "superseded", link)


def _approval(edition: Edition) -> str:
    return f"Approved on {day(edition.approved_at)} by {edition.approved_by}."


def edition_said(history: History) -> str:
    """Which edition a document is, in a cell."""
    edition, latest = history.edition, history.latest
    if edition:
        return f"version {edition.number} of {day(edition.approved_at)}"
    return f"draft after version {latest.number}" if latest else "draft"


def versions_of(history: History, hrefs: tuple[str | None, ...] = ()) -> Versions | None:
    """The versions of a document that has editions; hrefs: for each its page, where it has one."""
    if history.latest is None:
        return None
    before = history.before
    count = counted(len(history.editions), "version")
    table = Table("The newest first; each is frozen.", _COLUMNS, tuple(map(_row, history.editions)), hrefs)
    if before is None:
        return Versions(f"{count}: this is the first", table, "", ())
    found = counted(len(history.changes), "change")
    said = f"{found} since version {before.number}" if history.changes else ONLY_ITS_FORM
    count = count if history.edition else f"{count}, and this draft"
    return Versions(count, table, said, grouped(history.changes))


def versions_json(history: History, twin: str | None) -> dict[str, object]:
    """The versions of a document for machines; twin: the file in the folder of each, where it is kept."""
    newest = history.editions[0].number
    return {
        "is_draft_of_next": history.edition is None,
        "versions": [
            {
                "number": one.number,
                "standing": "latest" if one.number == newest else "superseded",
                "approved_at": one.approved_at,
                "approved_by": one.approved_by,
                "sha256": one.digest,
                **_redacted(one),
                "file": f"{one.number}/{twin}" if twin else None,
            }
            for one in history.editions
        ],
    }


def _redacted(edition: Edition) -> dict[str, object]:
    """Where names of erased people were taken out: when, and the digest since."""
    since = edition.redacted
    return {} if since is None else {"redacted_at": since.at, "sha256_since": since.digest}


_COLUMNS = (
    Column("version", "Version"),
    Column("approved_at", "Approved on"),
    Column("approved_by", "Approved by"),
    Column("digest", "SHA-256 of its JSON"),
)


def _row(edition: Edition) -> tuple[Cell, ...]:
    number = f"Version {edition.number}"
    since = edition.redacted
    told = f"; names taken out on {day(since.at)}, since then {since.digest}" if since else ""
    return number, day(edition.approved_at), edition.approved_by, f"{edition.digest}{told}"


def grouped(changes: tuple[Difference, ...]) -> tuple[tuple[str, Table], ...]:
    """Changes as tables, by what they are of; long ones shortened, as the JSON has them all."""
    columns = (
        Column("subject", "Of"),
        Column("change", "Change"),
        Column("before", "Before"),
        Column("after", "Now"),
    )
    groups = []
    for title, parts in _GROUPS:
        found = [one for one in changes if one.part in parts]
        rest = (
            f" {exact(len(found) - MOST_CHANGES)} more are in the JSON." if len(found) > MOST_CHANGES else ""
        )
        if found:
            rows = tuple(map(_change, found[:MOST_CHANGES]))
            said = f"{title}: {counted(len(found), 'change')}"
            groups.append((said, Table(f"What changed, and from what to what.{rest}", columns, rows)))
    return tuple(groups)


def _change(one: Difference) -> tuple[Cell, ...]:
    numbered = one.part in TITLES or one.part in law.TITLES
    subject = f"{one.part} {one.subject}" if numbered else one.subject
    change = one.turn.value if one.aspect is None else f"{one.turn.value}: {one.aspect}"
    absent = {Turn.ADDED: ("–", one.after or "–"), Turn.REMOVED: (one.before or "–", "–")}
    return (subject, change, *absent.get(one.turn, (one.before, one.after)))
