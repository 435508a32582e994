"""Section 1 of the EU template: this summary, the provider and model, kinds and sizes of the data."""

from collections.abc import Callable, Iterator

from registry.documents.composition import Use, total_words
from registry.documents.eu_measuring import measuring_field
from registry.documents.eu_model import model_fields
from registry.documents.eu_sizes import modalities_field, size_field
from registry.documents.eu_template import PROVIDER, computed, declared, gap
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import counted, exactly, share_of, told
from registry.documents.periods import ONGOING, date_key, is_exact, latest, month, period_of
from registry.documents.projection import shown_as
from registry.documents.subject import Subject, closer, listed, needed, spoken
from registry.domain.facts import VersionFacts
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED, is_official, language_name, primary
from registry.domain.stated import Modality

_WORDLESS = frozenset({Modality.IMAGE, Modality.OTHER})


def general_fields(subject: Subject) -> Iterator[Field]:
    """Fields 1.1.a to 1.3.g."""
    yield from model_fields(subject)
    yield modalities_field(subject)
    yield size_field(subject)
    yield _aggregated(subject, "1.3.c", "Type of content", lambda version: version.description.content_types)
    yield _latest_collection(subject)
    yield _languages(subject)
    yield _aggregated(subject, "1.3.f", "Characteristic", lambda version: version.description.characteristics)
    yield measuring_field(subject)


def _aggregated(
    subject: Subject, identifier: str, title: str, texts: Callable[[VersionFacts], tuple[str, ...]]
) -> Field:
    """What is stated of the datasets, with who states it and their share of the words."""
    found: dict[str, list[Use]] = {}
    for use in subject.uses:
        for text in texts(use.version):
            found.setdefault(text, []).append(use)
    if not found:
        return gap(identifier)
    columns = (
        Column("text", title),
        Column("datasets", "Datasets"),
        Column("share", "Words of these datasets, of all words", Kind.SHARE),
    )
    every = total_words(subject.uses)
    ordered = sorted(found.items(), key=lambda item: (-total_words(item[1]), item[0]))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (text, listed([shown_as(use.version) for use in uses]), share_of(total_words(uses), every))
        for text, uses in ordered
    )
    summary = f"{told([text for text, _ in ordered]).removesuffix('.')}."
    method = (
        "As declared for each dataset. A dataset may hold several, so shares may add up to more than all; "
        "data in which no words are counted has no share of them."
    )
    lacking = (use for use in subject.uses if not texts(use.version))
    return declared(identifier, Table(summary, columns, rows), method, still_open=closer(identifier, lacking))


def _latest_collection(subject: Subject) -> Field:
    ends = [(use, period_of(use.version).end) for use in subject.uses]
    stated = [(use, end) for use, end in ends if end is not None]
    learning = subject.model.continues_to_learn
    if not stated and learning is None:
        return gap("1.3.d")
    ongoing = [shown_as(use.version) for use, end in stated if end == ONGOING]
    last = latest([end for _, end in stated if end != ONGOING])
    sentences = [f"{month(last)}."] if last else []
    if ongoing:
        sentences.append(f"Collection is ongoing for {listed(ongoing)}.")
    unknown = [shown_as(use.version) for use, end in ends if end is None]
    if unknown:
        sentences.append(f"Not known of {listed(unknown)}.")
    sentences += [_learning(learning)] if learning is not None else []
    columns = (Column("dataset", "Dataset"), Column("begin", "Collected from"), Column("end", "Until"))
    table = Table(" ".join(sentences), columns, tuple(_period_row(use) for use in subject.uses))
    method = "The latest of the ends of collection as declared for the datasets."
    return computed("1.3.d", table, method, still_open=_dates_closer(ends, learning))


def _period_row(use: Use) -> tuple[Cell, ...]:
    period = period_of(use.version)
    begin = None if period.begin is None else month(period.begin)
    return shown_as(use.version), begin, None if period.end is None else month(period.end)


def _learning(stated: str) -> str:
    """Whether the model goes on being trained, as a sentence."""
    answers = {
        "no": "The model is not trained on new data after that.",
        "yes": "The model continues to be trained on new data after that.",
    }
    return answers.get(stated.casefold(), stated)


def _dates_closer(ends: list[tuple[Use, str | None]], learning: str | None) -> str | None:
    key = "collected.until"
    inexact = needed((use, [] if is_exact(end) else [date_key(key, end)]) for use, end in ends)
    without = f"{PROVIDER}`continues_to_learn` of the model." if learning is None else None
    return " ".join(filter(None, (inexact, without))) or None


def _languages(subject: Subject) -> Field:
    parts = spoken(subject.uses)
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
        for part in sorted(parts, key=lambda part: (part.key == UNDETERMINED, not is_official(part.key)))
    )
    codes = sorted({primary(part.key) for part in named} - {NO_LANGUAGE}, key=_official_first)
    found = ", ".join(map(language_name, codes)) or "the data has no linguistic content"
    official = ", ".join(language_name(code) for code in codes if is_official(code)) or "none"
    summary = (
        f"{counted(len(codes), 'language')}: {found}. Of the 24 official languages of the Union: {official}."
    )
    still_open = closer("1.3.e", filter(_lacks_language, subject.uses))
    return computed(
        "1.3.e", Table(summary, tuple(columns), rows), _language_method(subject), still_open=still_open
    )


def _official_first(code: str) -> tuple[bool, str]:
    """By name, the official languages of the Union before all others."""
    return not is_official(code), language_name(code)


def _lacks_language(use: Use) -> bool:
    """Whether the language of some of a dataset is not known; images and other data have none."""
    measured = use.version.description.measured
    if not use.words and measured is not None and measured.modality in _WORDLESS:
        return False
    parts = spoken((use,))
    return not parts or any(part.key == UNDETERMINED for part in parts)


def _language_method(subject: Subject) -> str:
    bases = {part.basis for use in subject.uses for part in use.version.languages}
    sampled = sum(use.version.sampled_records or 0 for use in subject.uses)
    how = {
        "field": "as the records state it",
        "declared": "as declared for the dataset",
        "sample": f"as detected on samples ({exactly(sampled, 'record')} in all), scaled to the dataset",
    }
    said = [text for basis, text in how.items() if basis in bases]
    parts = [use for use in subject.uses if use.scales_languages and len(use.version.languages) > 1]
    names = listed([shown_as(use.version) for use in parts]) if parts else ""
    scaled = f" Of {names} a part was used: its languages are in proportion to the whole." if parts else ""
    return f"Words by language, {listed(said)}; {subject.counted_once(subject.uses)}.{scaled}"
