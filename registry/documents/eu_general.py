"""Section 1 of the EU template: provider, model, kinds and sizes of the data."""

from collections.abc import Iterator

from registry.documents.composition import by_language, total_records, total_words
from registry.documents.eu_template import (
    CLOSERS,
    NOT_APPLICABLE,
    PROVIDER,
    computed,
    declared,
    gap,
    not_applicable,
)
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import counted, exactly, rounded
from registry.documents.subject import Subject, has_text, listed
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED, is_official, language_name, primary

_BILLION, _TEN_TRILLION = 10**9, 10**13
_MARKS = 2  # begin and end of a record
_WORDS_PER_TOKEN = 10
BANDS = ("less than 1 billion tokens", "1 billion to 10 trillion tokens", "more than 10 trillion tokens")
_OTHER_MODALITIES = ("image", "audio", "video", "other")


def general_fields(subject: Subject, updated: str) -> Iterator[Field]:
    """Fields 0.a to 1.3.g; `updated` is DD/MM/YYYY."""
    yield computed("0.a", "Draft, without a number", "A number is given on publication.")
    yield computed("0.b", updated, "The date of the last statement recorded on the model and its datasets.")
    yield _provider(subject)
    yield gap("1.1.b")
    yield _model(subject)
    yield _base_models(subject)
    yield gap("1.2.c")
    yield _modalities(subject)
    yield _size(subject)
    yield gap("1.3.c")
    yield gap("1.3.d")
    yield _languages(subject)
    yield gap("1.3.f")
    yield _measuring(subject)


def _provider(subject: Subject) -> Field:
    if subject.model.provider is None:
        return gap("1.1.a")
    contact = PROVIDER + "`contact` of the agent."
    return declared("1.1.a", subject.model.provider, still_open=contact)


def _model(subject: Subject) -> Field:
    columns = (Column("model", "Model version"), Column("url", "Documentation", Kind.LINK))
    table = Table(
        "This summary is of one model version.", columns, ((subject.model.reference, subject.model.url),)
    )
    return declared("1.2.a", table, still_open=None if subject.model.url else CLOSERS["1.2.a"])


def _base_models(subject: Subject) -> Field:
    bases = subject.model.base_models
    if not bases:
        return gap("1.2.b", method="No base model is stated, nor that there is none.")
    columns = (Column("model", "Base model"), Column("url", "Address", Kind.LINK))
    rows = tuple((base.reference, base.url) for base in bases)
    covers = "This summary covers the modification; the base model has a summary of its own."
    return declared("1.2.b", Table(covers, columns, rows))


def _modalities(subject: Subject) -> Field:
    columns = (Column("modality", "Modality"), Column("present", "Present"))
    method = (
        "Text where words were counted; the rest from the types of the values in every field of the data."
    )
    text = "yes" if has_text(subject.uses) else "no"
    rest = None if _may_hold_more(subject) else "no"
    rows = (("text", text), *((modality, rest) for modality in _OTHER_MODALITIES))
    summary = "Text." if has_text(subject.uses) else "No words were counted."
    closer = CLOSERS["1.3.a"] if rest is None else None
    return computed("1.3.a", Table(summary, columns, rows), method, still_open=closer)


def _may_hold_more(subject: Subject) -> bool:
    """Binary values may be images or sound; a version whose fields are not known may hold anything."""
    return not subject.uses or any(
        not use.version.fields or any("binary" in field.types for field in use.version.fields)
        for use in subject.uses
    )


def _size(subject: Subject) -> Field:
    band, method = _text_band(subject)
    if band is None:
        return gap("1.3.b", method=method)
    columns = [Column("modality", "Modality"), Column("size", "Size")]
    measured: tuple[int, ...] = ()
    if subject.exact_sizes:
        columns += [Column(key, key.title(), Kind.COUNT) for key in ("records", "words", "bytes")]
        size = sum(use.bytes for use in subject.uses)
        measured = (total_records(subject.uses), total_words(subject.uses), size)
    more = _may_hold_more(subject)
    absent: tuple[Cell, ...] = (None if more else NOT_APPLICABLE, *(None for _ in measured))
    rows: tuple[tuple[Cell, ...], ...] = (
        ("text", band, *measured),
        *((modality, *absent) for modality in _OTHER_MODALITIES),
    )
    table = Table(f"Text: {band}.", tuple(columns), rows)
    return computed("1.3.b", table, method, still_open=CLOSERS["1.3.a"] if more else None)


def _text_band(subject: Subject) -> tuple[str | None, str]:
    """The band that every tokenizer agrees on, if there is one, and how that is known.

    At most: one token for each UTF-8 byte, and marks around each record. At least: no tokenizer joins more
    than ten words (of unspaced scripts: characters) in the average token. Whole versions bound a selection.
    """
    words = total_words(subject.uses)
    whole = [use.version.size for use in subject.uses]
    most = sum(size.bytes + _MARKS * size.records for size in whole)
    least = words // _WORDS_PER_TOKEN
    bounds = (
        f"{counted(words, 'word')} measured; a tokenizer makes no more tokens than UTF-8 bytes plus {_MARKS} "
        f"marks a record ({rounded(most)}) and joins no more than {_WORDS_PER_TOKEN} words in the average "
        f"token ({rounded(least)})."
    )
    if not subject.uses:
        return None, "No dataset is recorded."
    if most < _BILLION:
        return BANDS[0], bounds
    if least >= _BILLION and most <= _TEN_TRILLION:
        return BANDS[1], bounds
    if least > _TEN_TRILLION:
        return BANDS[2], bounds
    return None, f"{bounds} These bounds lie in different bands."


def _languages(subject: Subject) -> Field:
    parts = [part for part in by_language(subject.uses) if part.share > 0]
    named = [part for part in parts if part.key != UNDETERMINED]
    if not named:
        return gap("1.3.e")
    columns = [
        Column("language", "Language"),
        Column("tag", "Tag (BCP 47)"),
        Column("eu_official", "EU official"),
        Column("share", "Share of words", Kind.SHARE),
    ]
    if subject.exact_sizes:
        columns.append(Column("words", "Words", Kind.COUNT))
    rows = tuple(
        (language_name(part.key), part.key, "yes" if is_official(part.key) else "no", part.share)
        + ((part.words,) if subject.exact_sizes else ())
        for part in parts
    )
    codes = sorted({primary(part.key) for part in named} - {NO_LANGUAGE}, key=language_name)
    found = ", ".join(map(language_name, codes)) or "the data has no linguistic content"
    official = ", ".join(language_name(code) for code in codes if is_official(code)) or "none"
    summary = (
        f"{counted(len(codes), 'language')}: {found}. Of the 24 official languages of the Union: {official}."
    )
    still_open = CLOSERS["1.3.e"] if len(named) < len(parts) else None
    return computed(
        "1.3.e", Table(summary, tuple(columns), rows), _language_method(subject), still_open=still_open
    )


def _language_method(subject: Subject) -> str:
    bases = {part.basis for use in subject.uses for part in use.version.languages}
    sampled = sum(use.version.sampled_records or 0 for use in subject.uses)
    how = {
        "field": "as the records state it",
        "declared": "as declared for the dataset",
        "sample": f"as detected on samples ({exactly(sampled, 'record')} in all), scaled to the dataset",
    }
    said = [text for basis, text in how.items() if basis in bases]
    return f"Words by language, {listed(said)}; {subject.counted_once(subject.uses)}."


def _measuring(subject: Subject) -> Field:
    if not subject.uses:
        return not_applicable("1.3.g", "No dataset is recorded.")
    recipes = sorted({use.version.recipe for use in subject.uses if use.version.recipe})
    counting = f"by the counting rules of recipe {listed(recipes)}" if recipes else "by the registry"
    text = (
        f"Records, words and UTF-8 bytes of the content fields were counted in the data itself, {counting}: "
        "a word is a run of letters or digits; in scripts without spaces it is one character. Bytes are "
        "uncompressed. Whatever the number of epochs, what was used counts: "
        f"{subject.counted_once(subject.uses)}. Tokens were not counted: no tokenizer is stated."
    )
    return computed("1.3.g", text, "From the records of measurement.", still_open=CLOSERS["1.3.b"])
