"""Sections 2.1 and 2.2 of the EU template: public datasets, and private ones from third parties."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Use
from registry.documents.eu_parts import comments, content_of, general_description, used, without_origin
from registry.documents.eu_sizes import modalities, modalities_of
from registry.documents.eu_template import PROVIDER, computed, not_applicable
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import counted, exactly, percent, share_of
from registry.documents.sizes import holds, hours, images, is_declared
from registry.documents.subject import DECLARED, Subject, closer, listed
from registry.domain.dataset import Origin, SelectionKind, Visibility
from registry.domain.facts import ComponentFacts
from registry.domain.stated import Modality

LARGE = Fraction(3, 100)
UNITS = {
    Modality.TEXT: "word",
    Modality.IMAGE: "image",
    Modality.AUDIO: "hour",
    Modality.VIDEO: "hour",
}
HOW_CHOSEN = PROVIDER + "`selection` in `training.mixture` of the model, with a `label` that says how."


def source_fields(subject: Subject) -> Iterator[Field]:
    """Fields 2.1 to 2.2.2.e."""
    yield from _public(subject)
    yield from _licensed(subject)
    yield from _third_party(subject)


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of a modality there is in public datasets and in all, and how many public ones are large."""

    modality: Modality
    public: Fraction
    every: Fraction
    large_of_public: int
    large_of_all: int


def amount_of(use: Use, modality: Modality) -> Fraction:
    """How much of a modality was used, in its unit; none where nobody has counted or declared it."""
    if modality is Modality.TEXT:
        return Fraction(use.words)
    if not holds(use, modality):
        return Fraction(0)
    if modality is Modality.IMAGE:
        return Fraction(images(use) or 0)
    return (
        hours(use, modality) or Fraction(0) if modality in {Modality.AUDIO, Modality.VIDEO} else Fraction(0)
    )


def total_of(found: tuple[Use, ...], modality: Modality) -> Fraction:
    """How much of a modality was used of some datasets."""
    return sum((amount_of(use, modality) for use in found), Fraction(0))


def totals_of(found: tuple[Use, ...]) -> dict[Modality, Fraction]:
    """How much of each modality was used of some datasets."""
    return {modality: total_of(found, modality) for modality in Modality}


def is_large(use: Use, totals: Mapping[Modality, Fraction]) -> bool:
    """Whether a dataset is more than 3 % of a modality, by its totals, or has no unit to compare by."""
    amounts = _amounts(use)
    return not amounts or any(share_of(one, totals[modality]) > LARGE for modality, one in amounts.items())


def _amounts(use: Use) -> dict[Modality, Fraction]:
    return {modality: amount for modality in Modality if (amount := amount_of(use, modality))}


def _public(subject: Subject) -> Iterator[Field]:
    found = subject.of(Origin.PUBLIC)
    if not found:
        yield from without_origin(subject, Origin.PUBLIC, "2.1")
        return
    totals = totals_of(found)
    large = tuple(use for use in found if is_large(use, totals))
    small = tuple(use for use in found if not is_large(use, totals))
    yield from used(subject, Origin.PUBLIC, "2.1")
    yield modalities("2.1.b", found)
    yield _large(subject, found, large)
    if small:
        summary = (
            f"{counted(len(small), 'public dataset')} of at most 3 % {_of_all(found)} of all public ones."
        )
        yield general_description("2.1.d", small, summary)
    else:
        yield not_applicable("2.1.d", "Every public dataset is listed in 2.1.c.")
    yield comments("2.1.e", subject, found)


def _of_all(found: tuple[Use, ...]) -> str:
    several = [one for one in Modality if any(amount_of(use, one) for use in found)] != [Modality.TEXT]
    return "of each of their modalities" if several else "of the words"


def _large(subject: Subject, found: tuple[Use, ...], large: tuple[Use, ...]) -> Field:
    measures = tuple(_measure(subject, found, modality) for modality in Modality)
    there = tuple(one for one in measures if one.public)
    method = _large_method(subject, there, [use for use in large if not _amounts(use)])
    if not large:
        return not_applicable("2.1.c", method)
    several = [one.modality for one in there] not in ([], [Modality.TEXT])
    columns = [
        Column("dataset", "Dataset"),
        Column("version", "Version"),
        Column("title", "Title"),
        Column("url", "Address", Kind.LINK),
        Column("selection", "Part used"),
        *([Column("modality", "Modality")] if several else []),
        Column("share_of_public", "Share of public data" if several else "Share of public text", Kind.SHARE),
        Column("share_of_all", "Share of all data" if several else "Share of all text", Kind.SHARE),
    ]
    rows = tuple(_large_row(use, there, several=several) for use in large)
    if several:
        rows = tuple(sorted(rows, key=lambda row: -Fraction(row[-2] or 0)))
    summary = f"{len(large)} of {counted(len(found), 'public dataset')}, the largest first."
    table = Table(summary, tuple(columns), rows)
    return computed("2.1.c", table, method, still_open=_large_closer(large))


def _measure(subject: Subject, found: tuple[Use, ...], modality: Modality) -> Measure:
    amounts = [amount_of(use, modality) for use in found]
    public, every = sum(amounts, Fraction(0)), total_of(subject.uses, modality)
    large = tuple(sum(share_of(one, whole) > LARGE for one in amounts) for whole in (public, every))
    return Measure(modality, public, every, *large)


def _large_method(subject: Subject, measures: tuple[Measure, ...], unsized: list[Use]) -> str:
    """Both readings of the rule with their denominators, modality by modality."""
    amount = exactly if subject.exact_sizes else counted
    said = []
    for one in measures or (Measure(Modality.TEXT, Fraction(0), Fraction(0), 0, 0),):
        kind, unit = one.modality.value, UNITS[one.modality]
        data = kind if one.modality is Modality.TEXT else f"{kind} data"
        public, every = amount(round(one.public), unit), amount(round(one.every), unit)
        said.append(
            f"Large: more than 3 % of the {unit}s of all public {kind} datasets ({public}), the reading used "
            f"for this list: {one.large_of_public}. Of all training {data} ({every}), the other reading: "
            f"{one.large_of_all}."
        )
    if unsized:
        units = listed(sorted(dict.fromkeys(f"{UNITS[one.modality]}s" for one in measures)) or ["words"])
        said.append(f"Listed besides, as no {units} of them are counted: {len(unsized)}.")
    return " ".join(said)


def _large_closer(large: tuple[Use, ...]) -> str | None:
    without_url = closer("2.1.c", (use for use in large if not use.version.url))
    unexplained = any(not _is_explained(part) for use in large for part in use.components)
    return " ".join(filter(None, (without_url, HOW_CHOSEN if unexplained else None))) or None


def _large_row(use: Use, measures: tuple[Measure, ...], *, several: bool) -> tuple[Cell, ...]:
    """Of a dataset of several modalities the one of which it has the largest share."""
    version = use.version
    shares = [(share_of(amount_of(use, one.modality), one.public), one) for one in measures]
    share, measure = max(shares, key=lambda pair: pair[0], default=(Fraction(0), None))
    every = share_of(amount_of(use, measure.modality), measure.every) if measure else Fraction(0)
    kind = (measure.modality.value if measure and share else modalities_of((use,)),) if several else ()
    title = version.title or version.name
    return (version.name, version.label or None, title, version.url, selection(use), *kind, share, every)


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
