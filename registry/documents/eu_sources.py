"""Sections 2.1 and 2.2 of the EU template: public datasets, and private ones from third parties."""

from collections.abc import Iterator
from fractions import Fraction

from registry.documents.composition import Use, total_words
from registry.documents.eu_parts import comments, content_of, general_description, used, without_origin
from registry.documents.eu_sizes import modalities
from registry.documents.eu_template import PROVIDER, computed, not_applicable
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import counted, exactly, percent, share_of
from registry.documents.sizes import is_declared
from registry.documents.subject import DECLARED, Subject, closer
from registry.domain.dataset import Origin, SelectionKind, Visibility
from registry.domain.facts import ComponentFacts

LARGE = Fraction(3, 100)
HOW_CHOSEN = PROVIDER + "`selection` in `training.mixture` of the model, with a `label` that says how."


def source_fields(subject: Subject) -> Iterator[Field]:
    """Fields 2.1 to 2.2.2.e."""
    yield from _public(subject)
    yield from _licensed(subject)
    yield from _third_party(subject)


def _public(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.PUBLIC)
    if not found:
        yield from without_origin(subject, Origin.PUBLIC, "2.1")
        return
    words = total_words(found)
    large = tuple(use for use in found if is_large(use, words))
    small = tuple(use for use in found if not is_large(use, words))
    yield from used(subject, Origin.PUBLIC, "2.1")
    yield modalities("2.1.b", found)
    yield _large(subject, found, large)
    if small:
        summary = f"{counted(len(small), 'public dataset')} of at most 3 % of the words of all public ones."
        yield general_description("2.1.d", small, summary)
    else:
        yield not_applicable("2.1.d", "Every public dataset is listed in 2.1.c.")
    yield comments("2.1.e", subject, found)


def is_large(use: Use, public_words: int) -> bool:
    """Large by its words; without words, always: shares of images or hours would need one unit for all."""
    return not use.words or share_of(use.words, public_words) > LARGE


def _large(subject: Subject, found: tuple[Use, ...], large: tuple[Use, ...]) -> Field:
    public_words, all_words = total_words(found), total_words(subject.uses)
    by_words = sum(share_of(use.words, public_words) > LARGE for use in found)
    by_all = sum(share_of(use.words, all_words) > LARGE for use in found)
    wordless = sum(not use.words for use in large)
    amount = exactly if subject.exact_sizes else counted
    method = (
        "Large: more than 3 % of the words of all public text datasets "
        f"({amount(public_words, 'word')}), the reading used for this list: {by_words}. "
        f"Of all training text ({amount(all_words, 'word')}), the other reading: {by_all}."
    )
    if wordless:
        method += f" Listed besides, as no words of them are counted: {wordless}."
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
    return computed("2.1.c", Table(summary, columns, rows), method, still_open=_large_closer(large))


def _large_closer(large: tuple[Use, ...]) -> str | None:
    without_url = closer("2.1.c", (use for use in large if not use.version.url))
    unexplained = any(not _is_explained(part) for use in large for part in use.components)
    return " ".join(filter(None, (without_url, HOW_CHOSEN if unexplained else None))) or None


def _large_row(use: Use, public_words: int, all_words: int) -> tuple[Cell, ...]:
    version = use.version
    shares = (share_of(use.words, public_words), share_of(use.words, all_words))
    title = version.title or version.name
    return (version.name, version.label or None, title, version.url, selection(use), *shares)


def selection(use: Use) -> str:
    """What part of a version each run used, how it was chosen, and how its size is known."""
    found = [_part(component) for component in use.components]
    if len(set(found)) == 1:
        return found[0]
    return "; ".join(
        f"{part} ({component.stage})" for part, component in zip(found, use.components, strict=True)
    )


def _part(component: ComponentFacts) -> str:
    if not _is_explained(component):
        return f"{_share(component)} of the records; how the part was chosen is not stated"
    chosen = component.selection
    parts = [chosen.text, chosen.label]
    if component.version.is_measured and is_declared(component):
        parts.append(f"size {DECLARED}" + (f": {chosen.evidence}" if chosen.evidence else ""))
    return "; ".join(filter(None, parts))


def _is_explained(component: ComponentFacts) -> bool:
    """Whether it is stated how a part was chosen; the whole needs no choice."""
    return component.takes_all or component.selection.kind is not SelectionKind.ALL


def _share(component: ComponentFacts) -> str:
    whole = component.version.size.records
    return percent(share_of(min(component.records, whole), whole))


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
    public = tuple(use for use in found if use.version.visibility is Visibility.PUBLIC)
    yield _publicly_known(public)
    unknown = tuple(use for use in found if use not in public)
    if unknown:
        summary = f"{counted(len(unknown), 'private dataset')} under general names."
        yield general_description("2.2.2.d", unknown, summary)
    else:
        yield not_applicable("2.2.2.d", "Every private dataset is listed in 2.2.2.c.")
    yield comments("2.2.2.e", subject, found, period=True)


def _publicly_known(known: tuple[Use, ...]) -> Field:
    if not known:
        return not_applicable("2.2.2.c", "No private dataset is recorded as publicly known.")
    columns = (
        Column("dataset", "Dataset"),
        Column("version", "Version"),
        Column("title", "Title"),
        Column("url", "Address", Kind.LINK),
        Column("content", "Nature of the content"),
    )
    rows = tuple(
        (
            use.version.name,
            use.version.label,
            use.version.title or use.version.name,
            use.version.url,
            content_of(use.version),
        )
        for use in known
    )
    still_open = closer("2.2.2.c", (use for use in known if not use.version.url))
    summary = f"{counted(len(known), 'private dataset')} publicly known."
    return computed("2.2.2.c", Table(summary, columns, rows), "By visibility.", still_open=still_open)
