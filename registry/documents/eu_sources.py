"""Section 2 of the EU template but for crawled data: where the training data came from."""

from collections.abc import Iterator
from fractions import Fraction

from registry.documents.composition import Use, total_words
from registry.documents.described import is_described
from registry.documents.eu_template import CLOSERS, TITLES, computed, gap, not_applicable
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import counted, exactly, percent, share_of
from registry.documents.projection import shown_as
from registry.documents.subject import Subject, has_text, languages_of, listed
from registry.domain.dataset import Origin
from registry.domain.facts import ComponentFacts

LARGE = Fraction(3, 100)
BY_ORIGIN = "From the origin recorded for each dataset."
NOT_KNOWN = "not known"


def source_fields(subject: Subject) -> Iterator[Field]:
    """Fields 2.1 to 2.2.2.e and 2.4 to 2.6.c."""
    yield from _public(subject)
    yield from _licensed(subject)
    yield from _third_party(subject)
    yield from _users(subject)
    yield from _synthetic(subject)
    yield from _other(subject)


def without_origin(subject: Subject, origin: Origin, prefix: str) -> tuple[Field, ...]:
    """All fields of a section from which no dataset came: not applicable where that is certain, else gaps."""
    fields = [key for key in TITLES if key == prefix or key.startswith(f"{prefix}.")]
    if not subject.uses:
        closer = "Whoever trained the model: `registry train MODEL --dataset NAME`."
        return tuple(gap(key, closer, "No dataset is recorded.") for key in fields)
    if not subject.certain(origin):
        method = f"{counted(len(subject.unclassified), 'dataset')} of no stated origin may belong here."
        return tuple(gap(key, subject.origin_closer(), method) for key in fields)
    method = f"Every dataset states its origin, and none is of origin `{origin.value}`."
    return tuple(not_applicable(key, method) for key in fields)


def used(subject: Subject, origin: Origin, prefix: str, *, asked: bool = True) -> Iterator[Field]:
    """The section as a whole, and the yes of its first question."""
    still_open = subject.origin_closer() if subject.unclassified else None
    found = subject.of(origin)
    share = percent(share_of(total_words(found), total_words(subject.uses)))
    text = f"Yes: {subject.sizes(found)}, {share} of the words."
    yield computed(prefix, text, BY_ORIGIN, still_open=still_open or None)
    if asked:
        yield computed(f"{prefix}.a", "Yes", BY_ORIGIN)


def modalities(identifier: str, found: tuple[Use, ...]) -> Field:
    """Text, where words were counted; what else the fields hold is not measured."""
    method = "Text where words were counted."
    text_only = all(
        use.version.fields and not any("binary" in field.types for field in use.version.fields)
        for use in found
    )
    still_open = None if text_only else CLOSERS["1.3.a"]
    return computed(identifier, "text" if has_text(found) else "none measured", method, still_open=still_open)


def comments(identifier: str, subject: Subject, found: tuple[Use, ...]) -> Field:
    """Sizes, languages: what the registry can say beyond what is asked."""
    columns = (
        Column("dataset", "Dataset"),
        Column("size", "Size"),
        Column("languages", "Languages"),
        Column("license", "License"),
    )
    rows = tuple(
        (
            shown_as(use.version),
            subject.size(use.records, use.words),
            languages_of((use,)),
            use.version.license.effective,
        )
        for use in found
    )
    method = f"Counted in the data; {subject.counted_once(found)}."
    return computed(identifier, Table(f"{subject.sizes(found)}.", columns, rows), method)


def general_description(identifier: str, found: tuple[Use, ...], summary: str) -> Field:
    """Modality, languages and licenses of datasets; nature and period are declared."""
    columns = (
        Column("dataset", "Dataset"),
        Column("modality", "Modality"),
        Column("content", "Nature of the content"),
        Column("languages", "Languages"),
        Column("collected", "Collected"),
        Column("license", "License"),
    )
    rows = tuple(
        (
            shown_as(use.version),
            "text" if use.words else NOT_KNOWN,
            NOT_KNOWN,
            languages_of((use,)),
            NOT_KNOWN,
            use.version.license.effective,
        )
        for use in found
    )
    method = "Modality, languages and licenses from the datasets' own facts."
    return computed(identifier, Table(summary, columns, rows), method, still_open=CLOSERS[identifier])


def _public(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.PUBLIC)
    if not found:
        yield from without_origin(subject, Origin.PUBLIC, "2.1")
        return
    large = tuple(use for use in found if share_of(use.words, total_words(found)) > LARGE)
    small = tuple(use for use in found if use not in large)
    yield from used(subject, Origin.PUBLIC, "2.1")
    yield modalities("2.1.b", found)
    yield _large(subject, found, large)
    if small:
        summary = f"{counted(len(small), 'public dataset')} of at most 3 % of the words of all public ones."
        yield general_description("2.1.d", small, summary)
    else:
        yield not_applicable("2.1.d", "Every public dataset is listed in 2.1.c.")
    yield comments("2.1.e", subject, found)


def _large(subject: Subject, found: tuple[Use, ...], large: tuple[Use, ...]) -> Field:
    public_words, all_words = total_words(found), total_words(subject.uses)
    by_all = sum(share_of(use.words, all_words) > LARGE for use in found)
    amount = exactly if subject.exact_sizes else counted
    method = (
        "Large: more than 3 % of the words of all public text datasets "
        f"({amount(public_words, 'word')}), the reading used for this list: {len(large)}. "
        f"Of all training text ({amount(all_words, 'word')}), the other reading: {by_all}."
    )
    if not large:
        return not_applicable("2.1.c", method)
    columns = (
        Column("dataset", "Dataset"),
        Column("version", "Version"),
        Column("title", "Title"),
        Column("url", "Address", Kind.LINK),
        Column("selection", "Part used"),
        Column("share_of_public", "Share of public text", Kind.SHARE),
        Column("share_of_all", "Share of all text", Kind.SHARE),
    )
    rows = tuple(_large_row(use, public_words, all_words) for use in large)
    summary = f"{len(large)} of {counted(len(found), 'public dataset')}, the largest first."
    complete = all(use.version.url and use.is_whole for use in large)
    still_open = None if complete else CLOSERS["2.1.c"]
    return computed("2.1.c", Table(summary, columns, rows), method, still_open=still_open)


def _large_row(use: Use, public_words: int, all_words: int) -> tuple[Cell, ...]:
    version = use.version
    shares = (share_of(use.words, public_words), share_of(use.words, all_words))
    return (version.name, version.label or None, version.title, version.url, selection(use), *shares)


def selection(use: Use) -> str:
    """What part of a version each run used; how it was chosen is declared."""
    if use.is_whole:
        return "all"
    parts = [f"{_part(found)} ({found.stage})" for found in use.components]
    return f"{listed(parts)}; how the part was chosen is not stated"


def _part(component: ComponentFacts) -> str:
    whole = component.version.size
    if (component.records, component.words) == (whole.records, whole.words):
        return "all"
    return f"{percent(share_of(min(component.records, whole.records), whole.records))} of the records"


def _licensed(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.LICENSED)
    if not found:
        yield from without_origin(subject, Origin.LICENSED, "2.2.1")
        return
    yield from used(subject, Origin.LICENSED, "2.2.1")
    yield modalities("2.2.1.b", found)


def _third_party(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.THIRD_PARTY)
    if not found:
        yield from without_origin(subject, Origin.THIRD_PARTY, "2.2.2")
        return
    yield from used(subject, Origin.THIRD_PARTY, "2.2.2")
    yield modalities("2.2.2.b", found)
    yield _publicly_known(tuple(use for use in found if not is_described(use.version)))
    unknown = tuple(use for use in found if is_described(use.version))
    if unknown:
        summary = f"{counted(len(unknown), 'private dataset')} under general names."
        yield general_description("2.2.2.d", unknown, summary)
    else:
        yield not_applicable("2.2.2.d", "Every private dataset is listed in 2.2.2.c.")
    sizes = comments("2.2.2.e", subject, found)
    yield computed("2.2.2.e", sizes.value, sizes.method or "", still_open=CLOSERS["2.2.2.e"])


def _publicly_known(known: tuple[Use, ...]) -> Field:
    if not known:
        return not_applicable("2.2.2.c", "No private dataset is recorded as publicly known.")
    columns = (
        Column("dataset", "Dataset"),
        Column("version", "Version"),
        Column("title", "Title"),
        Column("url", "Address", Kind.LINK),
    )
    rows = tuple((use.version.name, use.version.label, use.version.title, use.version.url) for use in known)
    still_open = None if all(use.version.url for use in known) else CLOSERS["2.2.2.c"]
    summary = f"{counted(len(known), 'private dataset')} publicly known."
    return computed("2.2.2.c", Table(summary, columns, rows), "By visibility.", still_open=still_open)


def _users(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.USER)
    if not found:
        yield from without_origin(subject, Origin.USER, "2.4")
        return
    yield from used(subject, Origin.USER, "2.4", asked=False)
    yield from (gap(key) for key in ("2.4.a", "2.4.b", "2.4.c"))
    yield modalities("2.4.d", found)
    yield comments("2.4.e", subject, found)


def _synthetic(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.SYNTHETIC)
    if not found:
        yield from without_origin(subject, Origin.SYNTHETIC, "2.5")
        return
    yield from used(subject, Origin.SYNTHETIC, "2.5")
    yield modalities("2.5.b", found)
    yield from (gap(key) for key in ("2.5.c", "2.5.d"))
    yield comments("2.5.e", subject, found)


def _other(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.OTHER)
    if not found:
        yield from without_origin(subject, Origin.OTHER, "2.6")
        return
    yield from used(subject, Origin.OTHER, "2.6")
    yield gap("2.6.b")
    yield comments("2.6.c", subject, found)
