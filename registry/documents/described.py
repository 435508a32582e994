"""Described versions: size, kind and licenses under a general name, such as "third-party dataset 1"."""

import re
from collections.abc import Iterable
from dataclasses import replace

from registry.documents.engagements import public_engagements
from registry.documents.inherited_terms import withheld_ancestor
from registry.documents.names import WITHHELD_AGENT, general_license
from registry.documents.statements import Clean, cleaned_description, without_contracts
from registry.domain.dataset import FieldRole, Origin, SelectionKind, Visibility
from registry.domain.facts import (
    FieldFacts,
    LanguagePart,
    LicenseFacts,
    LicensePart,
    SelectionFacts,
    Size,
    VersionFacts,
)
from registry.domain.languages import UNDETERMINED
from registry.domain.stated import Description

_MARK = "described/"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=-|$)")
_GENERAL_SELECTION = {
    SelectionKind.WHERE: "the records that hold certain values",
    SelectionKind.IDS: "records chosen one by one",
    SelectionKind.SPLIT: "one of its splits",
}


def is_described(version: VersionFacts) -> bool:
    """Whether a projected version stands under a general name."""
    return version.id.startswith(_MARK)


def described_id(name: str) -> str:
    """The id of the projected version that stands under a general name."""
    return _MARK + name


def general_names(versions: Iterable[VersionFacts]) -> dict[str, str]:
    """The name of each described version by its id: numbered within their origin, the largest first."""
    described = {version.id: version for version in versions if version.visibility is Visibility.DESCRIBED}
    ordered = sorted(
        described.values(), key=lambda version: (-version.size.words, -version.size.records, version.id)
    )
    counts: dict[Origin | None, int] = {}
    names = {}
    for version in ordered:
        counts[version.origin] = counts.get(version.origin, 0) + 1
        kind = f"{version.origin.value} dataset" if version.origin else "dataset of unstated origin"
        names[version.id] = f"{kind} {counts[version.origin]}"
    return names


def general_selection(selection: SelectionFacts) -> SelectionFacts:
    """How a part of a described version was chosen, without its fields, values and evidence."""
    text = _GENERAL_SELECTION.get(selection.kind, selection.text)
    return replace(selection, text=text, evidence=None)


def described(version: VersionFacts, name: str, clean: Clean, generator: Clean) -> VersionFacts:
    """What of a version may be shown under a general name; domains, files and paths may not.

    clean, generator: what is left of a text, and of the name of a model that generated data
    """
    return replace(
        version,
        id=described_id(name),
        name=name,
        label="",
        content_digest="",
        fingerprint_id="",
        source="",
        revision=None,
        recorded_at="",
        title=None,
        url=None,
        publisher=None,
        license=_general_license(version.license),
        licenses=general_parts(version.licenses),
        languages=general_languages(version.languages),
        domains=(),
        reservations=(),
        fields=tuple(
            FieldFacts(f"field {number}", FieldRole.OTHER, field.types, 0)
            for number, field in enumerate(version.fields, start=1)
        ),
        distributions=(),
        derived_from=(WITHHELD_AGENT,) if version.derived_from else (),
        description=_general_description(version.description, clean, generator),
        publisher_kind=None,
        unavailable_since=None,
        evidence=(),
        contradictions=(),
        explode=None,
        stated_contributors=(),
        annotators=0,
        dates=None,
    )


def _general_license(said: LicenseFacts) -> LicenseFacts:
    """What it was made from is not named, and its terms could name it: that there is something stays."""
    return LicenseFacts(
        general_license(said.declared),
        None,
        general_license(said.concluded),
        tuple(dict.fromkeys(general_license(one) or one for one in said.records)),
        (withheld_ancestor(WITHHELD_AGENT),) if said.inherited else (),
    )


def _general_description(found: Description, clean: Clean, generator: Clean) -> Description:
    """Without where a size stands, the day that tells which dataset it is, and notices: they name holders."""
    shown = without_contracts(cleaned_description(found, clean, generator))
    measured = shown.measured and replace(shown.measured, evidence=None)
    engagements = public_engagements(shown.engagements, described=True)
    return replace(
        shown,
        published=None,
        measured=measured,
        engagements=engagements,
        copyright=(),
        notice=None,
        links=None,
    )


def general_parts(parts: tuple[LicensePart, ...]) -> tuple[LicensePart, ...]:
    """Spellings go, but that a record says something stays: `raw` becomes the expression."""
    sums: dict[tuple[str, str], Size] = {}
    for part in parts:
        expression = general_license(part.expression) or part.expression
        key = (expression, expression if part.raw else "")
        sums[key] = sums[key] + part.size if key in sums else part.size
    return tuple(LicensePart(expression, raw, size) for (expression, raw), size in sorted(sums.items()))


def general_languages(parts: tuple[LanguagePart, ...]) -> tuple[LanguagePart, ...]:
    """The language of a tag alone: what follows it, or a tag that is none, could name anything."""
    sums: dict[tuple[str, str], Size] = {}
    for part in parts:
        found = _LANGUAGE.match(part.language)
        key = (found[0] if found else UNDETERMINED, part.basis)
        sums[key] = sums[key] + part.size if key in sums else part.size
    return tuple(LanguagePart(language, basis, size) for (language, basis), size in sums.items())
