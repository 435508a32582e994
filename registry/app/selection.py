"""The size of the part of a dataset version that a training run used: declared, or counted in the source."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import cast

from registry.app.counted_part import counted_part
from registry.app.digests import FileDigests
from registry.app.home import Home
from registry.app.ingest import Started
from registry.app.recorded_source import as_recorded, data_files, of_version, with_source
from registry.app.request import Request
from registry.app.stated_selection import StatedSelection, stated_selection
from registry.app.version_record import data_bytes
from registry.declarations.schema import Selection
from registry.documents.figures import exactly, fraction_text
from registry.domain.dataset import FileRole, SelectionKind, SizeBasis
from registry.domain.declared_part import DeclaredPart
from registry.domain.facts import VersionFacts
from registry.errors import RefusedError, UsageError
from registry.measure.selection import EVERYTHING, Ids, Selected, Where, measure_selection
from registry.sources.files import left_out
from registry.sources.interface import Source, SourceFile
from registry.sources.records import FileSource
from registry.store.part_records import MOST_RECORDS, keep_records
from registry.store.parts import CountedPart
from registry.store.references import reference_file

DECLARE_IT = "declare the size of the selection: {records: ..., words: ..., evidence: ...}"


@dataclass(frozen=True, slots=True)
class SelectedPart:
    """A part of a version with its size; the basis says whether records and words were counted.

    text:      for documents: "all", "30 % of the records", "the split train"
    canonical: JSON that identifies the selection, `kind`, `text` and `evidence` among its keys
    counted:   the part by license, language, domain and holder, where it was counted record by record
    warnings:  sentences for the user
    """

    kind: SelectionKind
    text: str
    records: int
    words: int
    basis: SizeBasis
    tokens: int | None
    evidence: str | None
    canonical: str
    counted: CountedPart | None = None
    warnings: tuple[str, ...] = ()


def select(
    home: Home,
    version: VersionFacts,
    selection: Selection,
    *,
    request: Request | None,
    base: Path,
    workers: int,
    started: Started,
    digests: FileDigests | None = None,
    declared: Sequence[DeclaredPart] = (),
) -> SelectedPart:
    """The size of a selection of a version.

    request: what read the version, None where that is not known; the source is read again for `where`,
             `ids_file` and `split`, as long as its files are those of the version
    base:    the folder that `ids_file` is relative to
    digests: of the files, where the caller keeps them at hand; None for those the registry remembers
    declared: parts that holders are declared of, to count what of the selection is of each

    Raises `UsageError` for a selection that cannot be or matches nothing, `RefusedError` where the source is
    not there as it was, or more is declared than the version holds.
    """
    stated = stated_selection(selection, base)
    match stated.kind:
        case SelectionKind.ALL:
            return _part(stated, "all", version.size.records, version.size.words, version.basis)
        case SelectionKind.SHARE:
            return _share(version, stated)
        case SelectionKind.DECLARED:
            return _declared(version, stated)
    keep = _keep(version, stated)
    request = with_source(version, request, "select from", DECLARE_IT)
    newer = "name the version of the new content in the mixture, or"
    source = as_recorded(
        home,
        version,
        request,
        workers,
        digests,
        hints=(f"bring its source back, or {DECLARE_IT}", f"{newer} {DECLARE_IT}"),
    )
    if selection.split is not None:
        source = _only(source, selection.split)
    known = reference_file(home.fingerprint_root, version.id).exists()
    with of_version(version):
        found = measure_selection(
            source.batches(),
            request.mapping,
            source.implied,
            explode=request.reading.explode,
            keep=keep,
            workers=workers,
            progress=started(data_bytes(source.files)),
            erased=home.erased(version.name),
            said_of_files=source.said_of_files,
            parts=declared,
            with_digests=known and version.size.records <= MOST_RECORDS,
        )
    text = stated.counted_text(found.size.records)
    part = _part(stated, text, found.size.records, found.size.words, SizeBasis.MEASURED)
    if found.digests is not None:
        keep_records(home.fingerprint_root, version.id, part.canonical, found.digests)
    with home.read() as session:
        counted = counted_part(session, version.name, found, declared)
    return replace(part, counted=counted, warnings=_missing(version, stated, found))


def _part(stated: StatedSelection, text: str, records: int, words: int, basis: SizeBasis) -> SelectedPart:
    tokens, evidence = stated.selection.tokens, stated.selection.evidence
    return SelectedPart(stated.kind, text, records, words, basis, tokens, evidence, stated.canonical(text))


def _share(version: VersionFacts, stated: StatedSelection) -> SelectedPart:
    share = stated.selection.share or Fraction(0)
    percent = fraction_text(100 * share)
    text = f"{share if '/' in percent else f'{percent} %'} of the records"
    whole = version.size
    records, words = (floor(share * size + Fraction(1, 2)) for size in (whole.records, whole.words))
    return _part(stated, text, records, words, version.basis)


def _declared(version: VersionFacts, stated: StatedSelection) -> SelectedPart:
    """As stated; of a version that was read both sizes, and no more than there is."""
    given = stated.selection
    if version.is_measured:
        _require_part(version, "record", given.records, version.size.records)
        _require_part(version, "word", given.words, version.size.words)
    sizes = (("record", given.records), ("word", given.words), ("token", given.tokens))
    text = ", ".join(exactly(size, noun) for noun, size in sizes if size is not None)
    return _part(stated, f"declared: {text}", given.records or 0, given.words or 0, SizeBasis.DECLARED)


def _require_part(version: VersionFacts, noun: str, size: int | None, whole: int) -> None:
    if size is None:
        raise UsageError(
            f"the selection of {version.reference} leaves open how many {noun}s it has",
            hint="state both records and words; or share: 1, where all of it was used",
        )
    if size > whole:
        raise RefusedError(
            f"a selection of {exactly(size, noun)} is declared of {version.reference}, which has {whole:,}",
            hint="count each record once, and state how often it was seen with `epochs`",
        )


def _keep(version: VersionFacts, stated: StatedSelection) -> Where | Ids:
    """What matches; refused, before anything is read, where nothing can."""
    if stated.ids is not None:
        return Ids(stated.ids.ids)
    if stated.selection.split is not None:
        _require_split(version, stated.selection.split)
        return EVERYTHING
    if not stated.where:
        raise UsageError(
            f"the selection of {version.reference} names no value of a field",
            hint="write where: {FIELD: VALUE}, or where: {FIELD: [VALUE, VALUE]}",
        )
    return Where(stated.where)


def _require_split(version: VersionFacts, split: str) -> None:
    splits = sorted({file.split for file in data_files(version.distributions) if file.split})
    if version.is_measured and split not in splits:
        by_field = "none of its files is of a split; if a field names it, write where: {FIELD: VALUE}"
        raise UsageError(
            f"{version.reference} has no split '{split}'",
            hint=f"it has: {', '.join(splits)}" if splits else by_field,
        )


def _only(source: Source, split: str) -> Source:
    """The source without the data of other splits, by the splits that its files were recorded with.

    With the split as an option of reading, a repository of several configurations would want one chosen.
    """

    def other(file: SourceFile) -> bool:
        return file.role is FileRole.DATA and file.split != split

    files = tuple(left_out(file) if other(file) else file for file in source.files)
    return replace(cast("FileSource", source), files=files)  # every source is made of files


def _missing(version: VersionFacts, stated: StatedSelection, found: Selected) -> tuple[str, ...]:
    if stated.ids is None or not found.missing_ids:
        return ()
    listed = exactly(len(stated.ids.ids), "id")
    return (
        f"{found.missing_ids:,} of the {listed} in {stated.ids.name} are in no record of {version.reference}",
    )
