"""What the parts of section 2 of the EU template share: their first question, descriptions, comments."""

from collections.abc import Iterator

from registry.documents.composition import Use, total_words
from registry.documents.eu_sizes import modalities_of
from registry.documents.eu_template import TITLES, computed, gap, not_applicable
from registry.documents.fields import Cell, Column, Field, Table
from registry.documents.figures import day, percent, share_of, told
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE
from registry.documents.periods import missing_dates, period_of, period_text
from registry.documents.projection import shown_as
from registry.documents.subject import Subject, basis_of, languages_of, listed, needed, stated_texts
from registry.domain.dataset import Origin
from registry.domain.facts import VersionFacts
from registry.domain.license import NOASSERTION, license_title
from registry.domain.stated import Answer

BY_ORIGIN = "From the origin recorded for each dataset."
NOTHING_MORE = "none"
_OWN = "LicenseRef-"


def without_origin(subject: Subject, origin: Origin, prefix: str) -> tuple[Field, ...]:
    """All fields of a section from which no dataset came: gaps where that is not certain.

    Else its first question is answered with no, and the rest does not apply.
    """
    fields = [key for key in TITLES if key == prefix or key.startswith(f"{prefix}.")]
    if not subject.uses:
        how = (
            "Whoever trained the model: `training` of the model in registry.yaml (or `registry train MODEL "
            "--dataset NAME`)."
        )
        return tuple(gap(key, how, "No dataset is recorded.") for key in fields)
    if not subject.certain(origin):
        method = f"{subject.unclassified_text()} may belong here."
        return tuple(gap(key, subject.origin_closer(), method) for key in fields)
    method = f"Every dataset states its origin, and none is of origin `{origin.value}`."
    asked = {f"{prefix}.a", "2.4.b"}
    return tuple(
        computed(key, "No", method) if key in asked else not_applicable(key, method) for key in fields
    )


def used(subject: Subject, origin: Origin, prefix: str, *, asked: bool = True) -> Iterator[Field]:
    """The section as a whole, and the yes of its first question."""
    still_open = subject.origin_closer() if subject.unclassified else None
    found = subject.of(origin)
    words, all_words = total_words(found), total_words(subject.uses)
    share = f", {percent(share_of(words, all_words))} of the words" if words else ""
    text = f"Yes: {subject.sizes(found)}{share}."
    yield computed(prefix, text, BY_ORIGIN, still_open=still_open or None)
    if asked:
        yield computed(f"{prefix}.a", "Yes", BY_ORIGIN)


def comments(identifier: str, subject: Subject, found: tuple[Use, ...], *, period: bool = False) -> Field:
    """Sizes, how they are known, languages, licenses, and what else is to be said of some datasets."""
    remarks = [told([*filter(None, (remarks_on(use.version), _of_a_part(use)))]) for use in found]
    columns = [
        Column("dataset", "Dataset"),
        Column("size", "Size"),
        Column("known", "Size known"),
        Column("languages", "Languages"),
        Column("license", "License"),
        *([Column("collected", "Collected")] if period else []),
        *([Column("remarks", "Remarks")] if any(remarks) else []),
    ]
    rows = []
    for use, remark in zip(found, remarks, strict=True):
        cells: list[Cell] = [shown_as(use.version), subject.amounts((use,)), basis_of(use)]
        cells += [languages_of((use,)), shown_license(use.version)]
        cells += [period_text(period_of(use.version))] if period else []
        cells += [remark or NOTHING_MORE] if any(remarks) else []
        rows.append(tuple(cells))
    method = f"Counted in the data, or declared where the table says so; {subject.counted_once(found)}."
    undated = ((use, _dates_lacking(use)) for use in found)
    return computed(
        identifier,
        Table(f"{subject.sizes(found)}.", tuple(columns), tuple(rows)),
        method,
        still_open=needed(undated) if period else None,
    )


def shown_license(version: VersionFacts) -> str | None:
    """The license in a cell, one that SPDX does not list by its name; None where none is stated."""
    expression = version.license.stated.replace(WITHHELD_LICENSE, WITHHELD_AGENT)
    if expression == NOASSERTION:
        return None
    return license_title(expression) if _OWN in expression else expression


def _of_a_part(use: Use) -> str:
    """What of a part is known only of the whole."""
    version = use.version
    found = [
        ("languages", version.languages if use.scales_languages else ()),
        ("licenses", version.licenses if use.is_scaled else ()),
    ]
    several = [what for what, parts in found if len(parts) > 1]
    return f"{listed(several)} in proportion to the whole dataset" if several else ""


def remarks_on(version: VersionFacts) -> str:
    """What is to be known of a version beyond the questions of the form; empty where there is nothing."""
    said = version.description
    parts = []
    if version.withdrawn:
        parts.append("withdrawn")
    if version.unavailable_since:
        parts.append(f"its source is no longer available since {day(version.unavailable_since)}")
    if version.origin is Origin.PUBLIC and said.generated_by:
        names = ["a model that is withheld" if name == WITHHELD_AGENT else name for name in said.generated_by]
        parts.append(f"generated by {listed(names)}")
    if said.personal_information is not None:
        parts.append(_personal_information(said.personal_information.answer))
        parts.append(said.personal_information.explanation or "")
    return told([part for part in parts if part])


def _personal_information(answer: Answer) -> str:
    return {
        Answer.YES: "holds personal information",
        Answer.NO: "no personal information",
        Answer.UNKNOWN: "whether it holds personal information is not known to the provider",
    }[answer]


def content_of(version: VersionFacts) -> str | None:
    """The nature of a version's content as declared: its types, else its summary."""
    return stated_texts(version.description.content_types) or version.description.summary


def general_description(identifier: str, found: tuple[Use, ...], summary: str) -> Field:
    """Modality, nature of the content, languages, period and license of datasets."""
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
            modalities_of((use,)),
            content_of(use.version),
            languages_of((use,)),
            period_text(period_of(use.version)),
            shown_license(use.version),
        )
        for use in found
    )
    method = "Modality, languages and licenses from the datasets' own facts; content and period as declared."
    lacking = ((use, [*content_lacking(use), *_dates_lacking(use)]) for use in found)
    return computed(identifier, Table(summary, columns, rows), method, still_open=needed(lacking))


def content_lacking(use: Use) -> list[str]:
    """The key that says what a dataset holds, where nothing does."""
    return [] if content_of(use.version) else ["`content_types`"]


def _dates_lacking(use: Use) -> list[str]:
    return missing_dates(period_of(use.version), "collected")
