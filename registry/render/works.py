"""Tables of the attribution manifest: holders, datasets to credit, licenses and their duties."""

from collections.abc import Sequence
from functools import lru_cache

from registry.documents.credit import IN_PROPORTION
from registry.documents.fields import Cell, Column, Kind, Rest, Table
from registry.documents.figures import counted, exact, share_of
from registry.documents.inherited import Line
from registry.documents.manifest import WHAT_LICENSES_ASK, LicenseDuties
from registry.documents.names import WITHHELD_AGENT
from registry.documents.subject import listed
from registry.documents.works import Holder, Row, Source, Works
from registry.render.terms import license_name

MOST_HOLDERS = 200  # on the page; the files have all of them
_WORDS = Column("words", "Words", Kind.COUNT)
_RECORDS = Column("records", "Records", Kind.COUNT)


def holders_table(works: Works, file: str, folder: str) -> Table:
    """The holders of one model's training, the largest first; `file` and the pages of `folder` have all."""
    named = works.named
    largest = works.largest(MOST_HOLDERS)
    more = len(named) - len(largest)
    first = f"The {exact(len(largest))} largest; all are in {file}." if more else "The largest first."
    cut = f"{first} The browser's own search finds a name on this page."
    rows = tuple(holder_row(holder, works.words) for holder in (*largest, *works.unnamed))
    summary = (cut if named else "No holder is named.") + _parts_said(works)
    rest = Rest(len(works.holders), f"{folder}/index.html", "every named holder, page by page")
    return Table(summary, holder_columns(), rows, rest=rest if more else None)


def holder_columns() -> tuple[Column, ...]:
    """What a line says of a holder."""
    return (
        Column("holder", "Rights holder"),
        Column("datasets", "Datasets"),
        Column("licenses", "Licenses"),
        Column("duties", "Asked for"),
        Column("basis", "Basis"),
        _RECORDS,
        _WORDS,
        Column("share", "Share of words", Kind.SHARE),
    )


def _basis(row: Row) -> str:
    """On which basis the holder is known; what is in proportion is said above the table."""
    return row.basis_text.removesuffix(f"; {IN_PROPORTION}").replace("-", " ")


def _parts_said(works: Works) -> str:
    parts = [one.row for one in works.sums if one.row.size_text.endswith(IN_PROPORTION)]
    scaled = sorted({row.dataset for row in parts})
    return f" Of {listed(scaled)} a part was used: its holders are taken {IN_PROPORTION}." if scaled else ""


def holder_row(holder: Holder, words: int) -> tuple[Cell, ...]:
    """The line of a holder; words: of the whole training."""
    known = bool(holder.words) or holder.words_known
    counts = any(row.credit.size.records_known for row in holder.rows)
    return (
        holder.name,
        listed(sorted({row.dataset for row in holder.rows})),
        listed(sorted({license_name(row.license) for row in holder.rows})),
        duties_text(holder) or "nothing",
        listed(sorted(set(map(_basis, holder.rows)))),
        holder.records if counts else None,
        holder.words if known else None,
        share_of(holder.words, words) if known else None,
    )


def duties_text(holder: Holder) -> str:
    """What a holder's licenses ask for together; "" where they ask for nothing."""
    return _said(holder.duties)


@lru_cache(4_096)
def _said(duties: tuple[tuple[str, str], ...]) -> str:
    if duties and all(answer == "unknown" for _, answer in duties):
        return "not known"
    said = [f"{name.replace('_', ' ')}{'' if answer == 'yes' else f' ({answer})'}" for name, answer in duties]
    return ", ".join(said)


def sources_table(found: Sequence[Source]) -> Table:
    """Dataset versions with what a credit names, what was changed, and how much of them was used."""
    noticed = any(source.notices for source in found)
    columns = (
        Column("dataset", "Dataset"),
        Column("title", "Title"),
        Column("publisher", "Publisher"),
        Column("url", "Source", Kind.LINK),
        Column("license", "License"),
        Column("changes", "Changes made"),
        Column("used", "Part used"),
        *([Column("notices", "License and notice files")] if noticed else []),
    )
    summary = f"{counted(len(found), 'line')}: title, publisher, source, license, changes."
    none = "" if noticed else " No license or notice file is recorded."
    return Table(summary + none, columns, tuple(_source(source, noticed=noticed) for source in found))


def contributors_table(found: Sequence[Source]) -> Table | None:
    """Who is stated to have taken part in whole datasets; None where nobody is."""
    columns = (
        Column("dataset", "Dataset"),
        Column("contributor", "Contributor"),
        Column("type", "Took part as"),
        Column("role", "MARC relator"),
    )
    rows = tuple(
        (f"{source.dataset}@{source.version}", one.agent.name, one.type.value, one.role or "–")
        for source in found
        for one in source.contributors
    )
    return Table("Stated of the whole of each; they are not added up.", columns, rows) if rows else None


def _source(source: Source, *, noticed: bool) -> tuple[Cell, ...]:
    unless_said = None if source.version else WITHHELD_AGENT
    said = (source.title, source.publisher, source.url)
    notices = ", ".join(path for path, _ in source.notices) or "none recorded"
    return (
        f"{source.dataset}@{source.version}" if source.version else source.dataset,
        *(text or unless_said for text in said),
        license_name(source.license),
        source.credit.changes or unless_said,
        _used(source),
        *([notices] if noticed else []),
    )


def _used(source: Source) -> str:
    known = source.credit.size.words_known
    return source.credit.used if known else f"{source.credit.used}; words not known"


def licenses_table(found: Sequence[LicenseDuties], *, inherited: bool) -> Table:
    """Every license with its duties; `inherited` adds what base models brought along under it.

    Whether anything is contested or unknown of a license has a column only where that is so of any.
    """
    doubts = [
        answer
        for answer in ("contested", "unknown")
        if any(one.answered(answer) and not one.is_unknown for one in found)
    ]
    columns = (
        Column("license", "License"),
        Column("title", "Name"),
        Column("url", "Text", Kind.LINK),
        Column("words", "Words of own training" if inherited else "Words", Kind.COUNT),
        Column("share", "Share of words", Kind.SHARE),
        *([Column("inherited_words", "Words inherited", Kind.COUNT)] if inherited else []),
        Column("yes", "Asks for"),
        *(Column(answer, answer.capitalize()) for answer in doubts),
    )
    rows = tuple(_license(one, ("yes", *doubts), inherited=inherited) for one in found)
    return Table(WHAT_LICENSES_ASK, columns, rows)


def _license(one: LicenseDuties, answers: Sequence[str], *, inherited: bool) -> tuple[Cell, ...]:
    known = bool(one.words) or one.words_known
    return (
        license_name(one.license),
        one.title,
        one.url or "–",
        one.words if known else None,
        one.share if known else None,
        *([one.inherited_words] if inherited else []),
        *(_answered(one, answer) for answer in answers),
    )


def _answered(one: LicenseDuties, answer: str) -> str:
    return "not known" if one.is_unknown else ", ".join(one.answered(answer)) or "nothing"


def lines_table(lines: Sequence[Line]) -> Table:
    """What is known of a base model's datasets without their holders, the largest first."""
    columns = (
        Column("dataset", "Dataset"),
        Column("version", "Version"),
        Column("holder", "Rights holder"),
        Column("license", "License"),
        _RECORDS,
        _WORDS,
        Column("attribution", "Credit"),
    )
    rows = tuple(
        (
            line.dataset,
            line.version or "–",
            line.holder,
            license_name(line.license),
            line.records,
            line.words,
            line.attribution,
        )
        for line in sorted(lines, key=lambda line: -line.words)
    )
    return Table(f"{counted(len(lines), 'line')}, the largest first; words once.", columns, rows)
