"""ATTRIBUTION.txt: the manifest as plain text to ship with the weights."""

from collections.abc import Iterator, Sequence
from itertools import islice
from textwrap import wrap

from registry.documents.contributors import took_part
from registry.documents.credit import SizeNote
from registry.documents.figures import counted, exact_fraction, exactly, percent, share_of
from registry.documents.inherited import Inherited, Line
from registry.documents.lineage_duties import NOT_STATED
from registry.documents.manifest import HOW_SHARES_COUNT, WHAT_LICENSES_ASK, LicenseDuties, Manifest
from registry.documents.names import WITHHELD_AGENT
from registry.documents.partition import UNIDENTIFIED
from registry.documents.works import Holder, Row, Source, Works
from registry.render.works import duties_text

_WIDTH = 72
_LINES = 10_000  # of a piece
_PART, _HOLDER = "=" * _WIDTH, "-" * _WIDTH


def attribution_text(manifest: Manifest) -> bytes:
    """The text as a whole."""
    return b"".join(text_pieces(manifest))


def text_pieces(manifest: Manifest, one_by_one: Sequence[str] = ()) -> Iterator[bytes]:
    """UTF-8 with LF: own training by holder, base models apart, then licenses, notices, and what is open.

    Lines of `=` enclose the headings of parts and nothing else; holders stand between lines of `-`.
    one_by_one: where every record is credited
    """
    lines = _lines(manifest, one_by_one)
    while piece := list(islice(lines, _LINES)):
        yield "".join(f"{line}\n" for line in piece).encode()


def _lines(manifest: Manifest, one_by_one: Sequence[str]) -> Iterator[str]:
    yield from _head(manifest)
    model = f"{manifest.model.name} {manifest.model.label}"
    yield from _part(f"Own training of {model}")
    yield from _totals(manifest.own)
    for said in one_by_one:
        yield from _wrapped(said)
    yield from _holders(manifest.own)
    yield from _inheritance(manifest, model)
    yield from _part("Licenses")
    yield from ("", *_wrapped(WHAT_LICENSES_ASK))
    for found in manifest.licenses:
        yield from _license(found, apart=bool(manifest.inherited))
    yield from _contributors(manifest)
    yield from _lineage(manifest)
    yield from _part("Notices that came with the datasets")
    yield from _notices(manifest)
    yield from _part("What is not known, and who can say")
    gaps = [f"\n- {gap.title}.\n  {gap.closed_by}" for gap in manifest.gaps]
    yield from gaps or ["", "Nothing is open."]


def _head(manifest: Manifest) -> Iterator[str]:
    contact = manifest.contact
    yield f"ATTRIBUTION for {manifest.model.name} {manifest.model.label}"
    yield f"DRAFT of {manifest.updated}. Not published."
    if contact.address:
        within = contact.answer_within_days
        days = "" if within is None else f" An answer comes within {exactly(within, 'day')}."
        yield f"For rights holders: {contact.address.removeprefix('mailto:')}.{days}"
    if contact.what_happens:
        yield from _wrapped(f"What happens then: {contact.what_happens}")
    yield from ("", *_wrapped(HOW_SHARES_COUNT))


def _totals(works: Works) -> Iterator[str]:
    named = works.named_words
    yield ""
    yield f"Trained on {exactly(works.records, 'record')}, {exactly(works.words, 'word')}."
    for source in works.without_words:
        yield f"{_label(source)} is not in this sum: {_unknown_words(source.credit.size)}."
    yield f"Words times epochs: {exact_fraction(works.words_seen)}."
    for words, whose in (
        (named, f"attributed to {counted(len(works.named), 'named rights holder')}"),
        (works.words_of(WITHHELD_AGENT), "of rights holders whose names are withheld"),
        (works.words_of(UNIDENTIFIED), "of rights holders who are not identified"),
    ):
        yield f"{exactly(words, 'word')} ({percent(share_of(words, works.words))}) {whose}."
    yield f"Check: the shares of all lines add up to {works.share_sum}."


def _holders(works: Works) -> Iterator[str]:
    for holder in works.holders:
        yield from _holder(holder, works.words)


def _holder(holder: Holder, whole: int) -> Iterator[str]:
    yield from _heading(holder.name)
    share = percent(share_of(holder.words, whole))
    known = holder.words or holder.words_known
    words = f"{exactly(holder.words, 'word')} ({share})" if known else "words not known"
    yield f"{exactly(holder.records, 'record')}, {words}"
    if asked := duties_text(holder):
        yield from _wrapped(f"Asked for: {asked}")
    for row in holder.rows:
        yield from _row(row)


def _row(row: Row) -> Iterator[str]:
    size = row.credit.size
    records = exactly(row.records, "record") if size.records_known else "records not known"
    words = exactly(row.words, "word") if size.words_known else _unknown_words(size)
    yield ""
    yield f"  {row.attribution}"
    basis = "; ".join(filter(None, (row.basis, size.remark, size.of_a_part)))
    yield f"  {records}, {words}; basis: {basis}"


def _unknown_words(size: SizeNote) -> str:
    return f"words not known (in all {size.amount})" if size.amount else "words not known"


# --- base models -----------------------------------------------------------------------------------------


def _inheritance(manifest: Manifest, model: str) -> Iterator[str]:
    """A part for each base model, or one that says that none is known."""
    if not manifest.inherited:
        yield from _part(f"Inherited by {model}")
        said = "It is stated that there is no base model." if manifest.no_base_model else None
        yield from ("", said or "Whether there is a base model is not stated.")
    for found in manifest.inherited:
        yield from _inherited(found, model)


def _inherited(found: Inherited, model: str) -> Iterator[str]:
    yield from _part(f"Inherited by {model} from the base model {found.model}")
    yield ""
    yield from (f"By way of {chain}" for chain in found.chains)
    if found.url:
        yield found.url
    if found.remark:
        yield from _wrapped(found.remark)
    if found.works is not None:
        yield from _totals(found.works)
        yield from _holders(found.works)
    elif found.records is None or found.words is None:
        yield "Whose works it was trained on is not known."
    else:
        yield f"Trained on {exactly(found.records, 'record')}, {exactly(found.words, 'word')}."
    for line in found.lines:
        yield from _line(line)


def _line(line: Line) -> Iterator[str]:
    yield ""
    yield f"  {line.attribution}"
    yield f"  {exactly(line.records, 'record')}, {exactly(line.words, 'word')}; basis: {line.basis}"
    yield f"  holder {line.holder}"


# --- lineage ---------------------------------------------------------------------------------------------


def _lineage(manifest: Manifest) -> Iterator[str]:
    """What its datasets inherit from what they were made from, where there is anything."""
    if not manifest.lineage:
        return
    yield from _part("Duties inherited along the lineage of its datasets")
    for one in manifest.lineage:
        yield ""
        yield f"{one.dataset} was made from {one.ancestor} ({one.license or NOT_STATED})"
        yield f"  asks for: {one.asked}"
        yield f"  path: {one.way}"


def _contributors(manifest: Manifest) -> Iterator[str]:
    """Who is stated to have taken part in whole datasets, where anybody is."""
    sources = [source for source in _sources(manifest) if source.contributors]
    if sources:
        yield from _part("Who took part in the datasets")
    for source in sources:
        yield from ("", _label(source))
        yield from (f"  {took_part(one)}" for one in source.contributors)


# --- licenses and notices --------------------------------------------------------------------------------


def _license(found: LicenseDuties, *, apart: bool) -> Iterator[str]:
    yield ""
    yield f"{found.license}: {found.title}" + (f" <{found.url}>" if found.url else "")
    words = exactly(found.words, "word") if found.words or found.words_known else "words not known"
    inherited = f" of own training, {exactly(found.inherited_words, 'word')} inherited" if apart else ""
    yield f"  {words}{inherited}"
    if found.is_unknown:
        yield "  asks for: not known"
        return
    for answer, said in (("yes", "asks for"), ("contested", "contested"), ("unknown", "unknown")):
        if names := found.answered(answer):
            yield f"  {said}: {', '.join(names)}"
    if not found.asks:
        yield "  asks for: nothing"


def _sources(manifest: Manifest) -> list[Source]:
    """Every version with its notices, once, though own training and a base model used it."""
    inherited = (source for found in manifest.inherited if found.works for source in found.works.sources)
    return list(
        {(_label(source), source.notices): source for source in (*manifest.sources, *inherited)}.values()
    )


def _notices(manifest: Manifest) -> Iterator[str]:
    """The texts, each once, indented; then the files whose texts are not asked for, or not known."""
    printed = {notice.sha256 for notice in manifest.notices}
    others = [
        (source, path, digest)
        for source in _sources(manifest)
        for path, digest in source.notices
        if digest not in printed
    ]
    if not manifest.notices and not others:
        yield from ("", "None is recorded.")
    for notice in manifest.notices:
        yield ""
        yield from (f"{dataset}: {path}" for dataset, path in notice.of)
        yield f"  SHA-256 {notice.sha256}" + ("" if notice.literal else "; without e-mail addresses")
        yield ""
        yield from (f"    {line}".rstrip() for line in notice.text.split("\n"))
    for source, path, digest in others:
        yield ""
        yield f"{_label(source)}: {path}"
        yield f"  SHA-256 {digest}"


# --- lines -----------------------------------------------------------------------------------------------


def _part(title: str) -> Iterator[str]:
    yield from ("", _PART, title, _PART)


def _heading(title: str) -> Iterator[str]:
    yield from ("", _HOLDER, title, _HOLDER)


def _wrapped(text: str) -> list[str]:
    return wrap(text, width=_WIDTH, break_long_words=False, break_on_hyphens=False)


def _label(source: Source) -> str:
    return f"{source.dataset}@{source.version}" if source.version else source.dataset
