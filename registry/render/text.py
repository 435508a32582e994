"""ATTRIBUTION.txt: the manifest as plain text to ship with the weights."""

from collections.abc import Iterator
from textwrap import wrap

from registry.documents.figures import counted, exact_fraction, exactly, percent, share_of
from registry.documents.manifest import WHAT_LICENSES_ASK, Holder, LicenseDuties, Manifest, Row, Source
from registry.documents.names import WITHHELD_AGENT
from registry.documents.partition import UNIDENTIFIED

_RULE = "=" * 72


def attribution_text(manifest: Manifest) -> bytes:
    """UTF-8 with LF: totals, holders by name with what is theirs, the unidentified last, licenses."""
    return ("\n".join(_lines(manifest)) + "\n").encode()


def _lines(manifest: Manifest) -> Iterator[str]:
    yield from _head(manifest)
    for holder in manifest.holders:
        yield from _holder(holder, manifest)
    yield from _section("Licenses")
    yield from ("", *wrap(WHAT_LICENSES_ASK, width=len(_RULE)))
    for found in manifest.licenses:
        yield from _license(found)
    yield from _section("Notices that came with the datasets")
    notices = [line for source in manifest.sources for line in _notices(source)]
    yield from notices or ["", "None is recorded."]
    yield from _section("What is not known, and who can say")
    yield from (f"\n- {gap.title}.\n  {gap.closed_by}" for gap in manifest.gaps)


def _head(manifest: Manifest) -> Iterator[str]:
    model = manifest.model
    named = sum(holder.words for holder in manifest.named)
    yield f"ATTRIBUTION for {model.name} {model.label}"
    yield f"DRAFT of {manifest.updated}. Not published."
    yield ""
    yield f"Trained on {exactly(manifest.records, 'record')}, {exactly(manifest.words, 'word')}."
    yield f"Words times epochs: {exact_fraction(manifest.words_seen)}."
    for words, whose in (
        (named, f"attributed to {counted(len(manifest.named), 'named rights holder')}"),
        (manifest.words_of(WITHHELD_AGENT), "of rights holders whose names are withheld"),
        (manifest.words_of(UNIDENTIFIED), "of rights holders who are not identified"),
    ):
        yield f"{exactly(words, 'word')} ({percent(share_of(words, manifest.words))}) {whose}."
    yield f"Check: the shares of all lines add up to {manifest.share_sum}."


def _section(title: str) -> Iterator[str]:
    yield from ("", _RULE, title, _RULE)


def _holder(holder: Holder, manifest: Manifest) -> Iterator[str]:
    yield from _section(holder.name)
    share = percent(share_of(holder.words, manifest.words))
    yield f"{exactly(holder.records, 'record')}, {exactly(holder.words, 'word')} ({share})"
    for row in holder.rows:
        yield from _row(row)


def _row(row: Row) -> Iterator[str]:
    yield ""
    yield f"  {row.attribution}"
    yield f"  {exactly(row.records, 'record')}, {exactly(row.words, 'word')}; basis: {row.basis}"


def _license(found: LicenseDuties) -> Iterator[str]:
    yield ""
    yield f"{found.license}: {found.title}" + (f" <{found.url}>" if found.url else "")
    yield f"  {exactly(found.words, 'word')}"
    if found.is_unknown:
        yield "  asks for: not known"
        return
    for answer, said in (("yes", "asks for"), ("contested", "contested"), ("unknown", "unknown")):
        if names := found.answered(answer):
            yield f"  {said}: {', '.join(names)}"
    if not found.asks:
        yield "  asks for: nothing"


def _notices(source: Source) -> Iterator[str]:
    label = f"{source.dataset}@{source.version}" if source.version else source.dataset
    for path, digest in source.notices:
        yield ""
        yield f"{label}: {path}"
        yield f"  SHA-256 {digest}"
