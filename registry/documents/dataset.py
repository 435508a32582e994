"""A dataset version as a document."""

from dataclasses import asdict
from typing import Any

from registry.documents.figures import exactly
from registry.domain.facts import Size, VersionFacts
from registry.domain.languages import UNDETERMINED
from registry.domain.license import NOASSERTION

Json = dict[str, Any]


def as_json(version: VersionFacts) -> Json:
    """Everything known of a version; what nobody has said is null, and listed under `gaps`."""
    return {
        "name": version.name,
        "version": version.label,
        "title": version.title,
        "digest": version.content_digest,
        "records": version.size.records,
        "words": version.size.words,
        "characters": version.characters,
        "bytes": version.size.bytes,
        "license": {
            "declared": version.license.declared,
            "declared_as": version.license.declared_raw,
            "concluded": version.license.concluded,
            "effective": version.license.effective,
        },
        "origin": version.origin,
        "visibility": version.visibility,
        "url": version.url,
        "publisher": version.publisher,
        "source": version.source,
        "revision": version.revision,
        "recorded_at": version.recorded_at,
        "fields": [asdict(field) for field in version.fields],
        "languages": [
            {"language": part.language, "basis": part.basis} | asdict(part.size) for part in version.languages
        ],
        "language_sample_records": version.sampled_records,
        "measured_with": version.measured_with,
        "licenses": _licenses(version),
        "domains": [{"domain": part.domain} | asdict(part.size) for part in version.domains],
        "contributors": asdict(version.contributors),
        "self_duplication": {
            "words_equal_records": version.words_equal_records,
            "near_duplicate_records": None,
        },
        "derived_from": list(version.derived_from),
        "distributions": [asdict(file) for file in version.distributions],
        "fingerprint": {
            "id": version.fingerprint_id,
            "recipe": version.recipe,
            "mode": version.fingerprint_mode,
        },
        "gaps": gaps(version),
    }


def gaps(version: VersionFacts) -> list[Json]:
    """What is not known of a version, and who could say it."""
    found = []
    if version.license.effective == NOASSERTION:
        said = version.license.declared_raw
        unmapped = f"the license '{said}' is none that SPDX knows" if said else "no license is stated"
        found.append(_gap("license", unmapped, "publisher", "registry ingest --license EXPRESSION"))
    if version.origin is None:
        found.append(
            _gap("origin", "how the data came is not stated", "provider", "registry ingest --origin")
        )
    for part in version.licenses:
        if part.expression == NOASSERTION:
            what = f"spelled '{part.raw}'" if part.raw else "not stated record by record"
            which = f"the license of {exactly(part.size.records, 'record')} is {what}"
            found.append(_gap("licenses", which, "publisher", None))
    if version.contributors.unidentified_records:
        records = exactly(version.contributors.unidentified_records, "record")
        who = f"no creator or rights holder is named in {records}"
        found.append(_gap("contributors", who, "publisher", "registry ingest --creator-field F"))
    for language in version.languages:
        if language.language == UNDETERMINED and language.size.records:
            what = f"the language of {exactly(language.size.records, 'record')} is not determined"
            found.append(_gap("languages", what, "publisher", "registry ingest --language-field F"))
    return found


def _gap(field: str, what: str, closed_by: str, how: str | None) -> Json:
    return {"field": field, "unknown": what, "closed_by": closed_by, "how": how}


def _licenses(version: VersionFacts) -> list[Json]:
    if not version.licenses:
        return [_license(version.license.effective, version.license.declared_raw, version.size)]
    return [_license(part.expression, part.raw or None, part.size) for part in version.licenses]


def _license(expression: str, raw: str | None, size: Size) -> Json:
    return {"license": expression, "spelled": raw} | asdict(size)
