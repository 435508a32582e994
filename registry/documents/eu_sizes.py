"""Fields 1.3.a and 1.3.b of the EU template: modalities and their sizes."""

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from registry.documents.composition import Use, total_words
from registry.documents.eu_template import CLOSERS, NOT_APPLICABLE, PROVIDER, computed, gap, not_applicable
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import counted, exactly, fraction_text, lasting, lasting_exactly, rounded
from registry.documents.projection import shown_as
from registry.documents.sizes import (
    Tokens,
    bounded_tokens,
    counted_tokens,
    estimated_tokens,
    holds,
    hours,
    images,
    is_declared_once,
    items,
    may_hold_more,
    media_part,
    size_of,
    undetermined,
)
from registry.documents.subject import DECLARED, MEASURED, Subject, closer, listed, needed
from registry.domain.facts import LASTING
from registry.domain.stated import Modality, Tokenizer

BANDS = ("less than 1 billion tokens", "1 billion to 10 trillion tokens", "more than 10 trillion tokens")
IMAGE_BANDS = ("less than 1 million images", "1 million to 1 billion images", "more than 1 billion images")
HOUR_BANDS = ("less than 10,000 hours", "10,000 to 1 million hours", "more than 1 million hours")
_TEXT_LIMITS, _IMAGE_LIMITS, _HOUR_LIMITS = (10**9, 10**13), (10**6, 10**9), (10**4, 10**6)
NONE_MEASURED = "none measured"
_ABSENT = "in no field of the data, and not declared"
_MEASURED_SIZES = PROVIDER + "`measured` of the datasets, with `images` or `hours`."


def modalities_field(subject: Subject) -> Field:
    """1.3.a: which modalities are there, and how that is known."""
    columns = (Column("modality", "Modality"), Column("present", "Present"), Column("known", "How known"))
    method = (
        "Text where words were counted; other modalities where files of a known format were counted in the "
        "data, else as declared for the datasets, or absent where every value is text or was recognised."
    )
    uncertain = _uncertain(subject)
    rows = tuple(
        (modality.value, present, _known(subject, modality) if present == "yes" else present and _ABSENT)
        for modality in Modality
        for present in (_present(subject, modality, uncertain),)
    )
    found = [modality.value for modality in Modality if _found(subject.uses, modality)]
    summary = f"{listed(found).capitalize()}." if found else "No words were counted."
    still_open = closer("1.3.a", uncertain) if subject.uses else CLOSERS["1.3.a"]
    return computed("1.3.a", Table(summary, columns, rows), method, still_open=still_open)


def modalities(identifier: str, found: tuple[Use, ...]) -> Field:
    """The modalities of some datasets: those counted in the data, others as declared."""
    method = (
        "Text where words were counted; other modalities where files of a known format were counted in the "
        "data, else as declared for the datasets."
    )
    still_open = closer("1.3.a", (use for use in found if may_hold_more(use.version)))
    return computed(identifier, modalities_of(found) or NONE_MEASURED, method, still_open=still_open)


def modalities_of(found: tuple[Use, ...]) -> str | None:
    """The modalities of some datasets in a cell; None where none is known."""
    return ", ".join(modality.value for modality in Modality if _found(found, modality)) or None


def size_field(subject: Subject) -> Field:
    """1.3.b: for each modality the band of its size, and the size in another unit."""
    band, method = _text_band(subject)
    bands = {modality: _band(subject, modality, band) for modality in Modality}
    uncertain = _uncertain(subject)
    if subject.uses and not uncertain and not any(_found(subject.uses, modality) for modality in Modality):
        return not_applicable("1.3.b", method)
    if not any(bands.values()):
        return gap("1.3.b", _size_closer(subject, bands, uncertain), method)
    columns = [
        Column("modality", "Modality"),
        Column("size", "Size"),
        Column("other_unit", "In another unit"),
        Column("known", "How known"),
    ]
    if subject.exact_sizes:
        columns += [Column(key, key.title(), Kind.COUNT) for key in ("records", "words", "bytes")]
    rows = tuple(_size_row(subject, modality, bands[modality], uncertain) for modality in Modality)
    found = [f"{modality.value}: {size}" for modality, size in bands.items() if size]
    summary = f"{'; '.join(found)}.".capitalize()
    return computed(
        "1.3.b",
        Table(summary, tuple(columns), rows),
        method,
        still_open=_size_closer(subject, bands, uncertain),
    )


def _size_row(
    subject: Subject, modality: Modality, band: str | None, uncertain: tuple[Use, ...]
) -> tuple[Cell, ...]:
    size = size_of(subject.uses, modality)
    exact: tuple[Cell, ...] = (size.records, size.words, size.bytes) if subject.exact_sizes else ()
    if not _found(subject.uses, modality):
        absent = None if uncertain and modality is not Modality.TEXT else NOT_APPLICABLE
        return (modality.value, absent, absent, absent, *(exact if absent else (None,) * len(exact)))
    return (modality.value, band, _other_unit(subject, modality), _known(subject, modality), *exact)


def _size_closer(
    subject: Subject, bands: dict[Modality, str | None], uncertain: tuple[Use, ...]
) -> str | None:
    unsized = [modality for modality in bands if _found(subject.uses, modality) and not bands[modality]]
    parts = [text] if Modality.TEXT in unsized and (text := _text_closer(subject)) else []
    parts += [_MEASURED_SIZES] if any(_is_unstated(subject, modality) for modality in unsized) else []
    parts += [text] if (text := _unread_closer(subject)) else []
    parts += [text] if (text := closer("1.3.a", uncertain)) else []
    return " ".join(parts) or None


def _is_unstated(subject: Subject, modality: Modality) -> bool:
    """Whether a modality is there whose size nobody counted or declared."""
    return modality is not Modality.TEXT and any(
        media_part(use.version, modality) is None for use in subject.uses if holds(use, modality)
    )


def _unread_closer(subject: Subject) -> str | None:
    """Which items are in the sizes by number, and not by length."""
    told = []
    for modality in sorted(LASTING):
        lacking = [use for use in subject.uses if undetermined(use, modality)]
        count = sum(undetermined(use, modality) for use in lacking)
        if count:
            names = listed([shown_as(use.version) for use in lacking])
            told.append(f"the length of {exactly(count, f'{modality.value} item')} of {names}")
    if not told:
        return None
    return (
        f"The provider: {'; '.join(told)}, which no sum here holds: install the extra "
        "`training-data-registry[media]` and ingest the data again, or mend the damaged files."
    )


def _text_closer(subject: Subject) -> str | None:
    """The factor of the tokenizer, and the words to multiply by it, as far as either is not stated."""
    tokenizer = subject.model.tokenizer or Tokenizer()
    texts = [use for use in subject.uses if holds(use, Modality.TEXT)]
    unsized = [use for use in texts if not use.words and counted_tokens(use) is None]
    missing = needed((use, [_words_key(use)]) for use in unsized)
    unfactored = CLOSERS["1.3.b"] if tokenizer.tokens_per_word is None else None
    return " ".join(filter(None, (unfactored, missing))) or None


def _words_key(use: Use) -> str:
    return "`words` in the `selection`" if use.version.is_measured else "`measured.words`"


def _band(subject: Subject, modality: Modality, text: str | None) -> str | None:
    """The band of a modality as the template words it; `other` has units of its own."""
    if not _found(subject.uses, modality):
        return None
    if modality is Modality.TEXT:
        return text
    if modality is Modality.OTHER:
        return _other_unit(subject, modality)
    if modality is Modality.IMAGE:
        pictures = _sum(subject, modality, images)
        return None if pictures is None else _placed(pictures, _IMAGE_LIMITS, IMAGE_BANDS)
    length = _sum(subject, modality, partial(hours, modality=modality))
    return None if length is None else _placed(length, _HOUR_LIMITS, HOUR_BANDS)


def _placed(amount: Fraction, limits: tuple[int, int], bands: tuple[str, str, str]) -> str:
    return bands[0] if amount < limits[0] else bands[1] if amount <= limits[1] else bands[2]


def _sum(
    subject: Subject, modality: Modality, amount: Callable[[Use], int | Fraction | None]
) -> Fraction | None:
    """What the datasets of a modality have of it; None where one does not state it."""
    found = [amount(use) for use in subject.uses if holds(use, modality)]
    known = [one for one in found if one is not None]
    return Fraction(sum(known)) if len(known) == len(found) else None


def _other_unit(subject: Subject, modality: Modality) -> str | None:
    """The size of a modality as it was counted or declared, rounded unless exact sizes are asked for."""
    amount = exactly if subject.exact_sizes else counted
    if modality is Modality.TEXT:
        return amount(sum(use.words for use in subject.uses), "word")
    if modality is Modality.IMAGE and (pictures := _sum(subject, modality, images)) is not None:
        return amount(int(pictures), "image")
    if (
        modality in LASTING
        and (length := _sum(subject, modality, partial(hours, modality=modality))) is not None
    ):
        least = "at least " if any(undetermined(use, modality) for use in subject.uses) else ""
        told = lasting_exactly(length) if subject.exact_sizes else lasting(length)
        return f"{least}{told}{_number(subject, modality)}"
    if (number := _sum(subject, modality, partial(items, modality=modality))) is not None:
        return amount(int(number), "item")
    size = size_of(subject.uses, modality)
    found = [amount(size.records, "record")] if size.records else []
    found += [amount(size.bytes, "byte")] if size.bytes else []
    return ", ".join(found) or None


def _number(subject: Subject, modality: Modality) -> str:
    """How many items that are, where all were counted."""
    number = _sum(subject, modality, partial(items, modality=modality))
    if number is None:
        return ""
    return f" in {(exactly if subject.exact_sizes else counted)(int(number), 'item')}"


def _text_band(subject: Subject) -> tuple[str | None, str]:
    """The band of the text, and how it is known: declared tokens, a declared factor, else what must hold."""
    texts = tuple(use for use in subject.uses if holds(use, Modality.TEXT))
    if not subject.uses:
        return None, "No dataset is recorded."
    if not texts:
        return None, f"No words were counted or declared in {counted(len(subject.uses), 'dataset')}."
    declared = [counted_tokens(use) for use in texts]
    tokenizer = subject.model.tokenizer or Tokenizer()
    estimated = [estimated_tokens(use, tokenizer) for use in texts]
    if None not in declared:
        return _stated_band(declared, f"Token counts as declared for every dataset, added up{_by(tokenizer)}")
    if tokenizer.tokens_per_word is not None and None not in estimated:
        return _stated_band(estimated, _factor(tokenizer, texts))
    return _bounded_band(texts)


def _stated_band(tokens: list[int | None], method: str) -> tuple[str, str]:
    total = sum(filter(None, tokens))
    return _placed(Fraction(total), _TEXT_LIMITS, BANDS), f"{method}: {counted(total, 'token')}."


def _by(tokenizer: Tokenizer) -> str:
    return f" (tokenizer {tokenizer.name})" if tokenizer.name else ""


def _factor(tokenizer: Tokenizer, texts: tuple[Use, ...]) -> str:
    factor = fraction_text(tokenizer.tokens_per_word or Fraction(0))
    name = f"tokenizer {tokenizer.name}" if tokenizer.name else "the tokenizer"
    wordless = [shown_as(use.version) for use in texts if not use.words]
    rest = f"; declared token counts of {listed(wordless)}" if wordless else ""
    words = counted(total_words(texts), "word")
    return f"Tokens are estimated as {words} times {factor}, the declared tokens per word of {name}{rest}"


def has_proven_band(found: tuple[Use, ...]) -> bool:
    """Whether every tokenizer leads to the same band of text, by what was counted alone."""
    texts = tuple(use for use in found if holds(use, Modality.TEXT))
    return all(counted_tokens(use) is None for use in texts) and _bounded_band(texts)[0] is not None


def _bounded_band(texts: tuple[Use, ...]) -> tuple[str | None, str]:
    """The band that every tokenizer agrees on, if there is one."""
    tokens = sum((bounded_tokens(use) for use in texts), Tokens(0, 0))
    at_most = "not bounded, as bytes are not declared" if tokens.most is None else rounded(tokens.most)
    known = MEASURED if all(use.version.is_measured for use in texts) else "measured or declared"
    bounds = (
        f"{counted(total_words(texts), 'word')} {known}; a tokenizer makes no more tokens than UTF-8 bytes "
        f"plus 2 marks a record ({at_most}) and joins no more than 10 words in the average token "
        f"({rounded(tokens.least)})."
    )
    low, high = _TEXT_LIMITS
    if tokens.most is not None and tokens.most < low:
        return BANDS[0], bounds
    if tokens.least >= low and tokens.most is not None and tokens.most <= high:
        return BANDS[1], bounds
    if tokens.least > high:
        return BANDS[2], bounds
    return None, f"{bounds} These bounds lie in different bands."


def _found(found: tuple[Use, ...], modality: Modality) -> bool:
    return any(holds(use, modality) for use in found)


def _present(subject: Subject, modality: Modality, uncertain: tuple[Use, ...]) -> str | None:
    if _found(subject.uses, modality):
        return "yes"
    return None if (uncertain or not subject.uses) and modality is not Modality.TEXT else "no"


def _uncertain(subject: Subject) -> tuple[Use, ...]:
    return tuple(use for use in subject.uses if may_hold_more(use.version))


def _known(subject: Subject, modality: Modality) -> str:
    """Whether the size of a modality is measured, declared, or in parts both."""
    found = [use for use in subject.uses if holds(use, modality)]
    if modality is Modality.TEXT:
        kinds = {is_declared_once(use) for use in found}
    else:
        kinds = {media_part(use.version, modality) is None or is_declared_once(use) for use in found}
    known = f"in parts {DECLARED}" if len(kinds) > 1 else DECLARED if kinds == {True} else MEASURED
    unread = sum(undetermined(use, modality) for use in subject.uses) if modality in LASTING else 0
    return f"{known}; without {counted(unread, 'item')} of unknown length" if unread else known
