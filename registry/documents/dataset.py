"""A dataset version as a document."""

from collections.abc import Iterable
from typing import Any

from registry.documents.contributors import contributor_json
from registry.documents.dataset_gaps import dataset_gaps
from registry.documents.inherited_terms import inherited_json
from registry.documents.reservations import taken
from registry.documents.stated_json import description_json, flat, media_json
from registry.domain.declared_part import DeclaredPart
from registry.domain.facts import HoldingFacts, Size, VersionFacts

Json = dict[str, Any]
DeclaredHolding = tuple[DeclaredPart | None, HoldingFacts]


def as_json(version: VersionFacts) -> Json:
    """Everything known of a version; what nobody has said is null, and listed under `gaps`.

    `basis` says whether the sizes were measured in the data or are declared; declared data has no digest.
    """
    return {
        "name": version.name,
        "version": version.label,
        "title": version.title,
        "digest": version.content_digest if version.is_measured else None,
        "basis": version.basis,
        "records": version.amount("records"),
        "words": version.amount("words"),
        "characters": version.characters if version.is_measured else None,
        "bytes": version.amount("bytes"),
        "license": {
            "declared": version.license.declared,
            "declared_as": version.license.declared_raw,
            "concluded": version.license.concluded,
            "choice_of": version.license.choice_of,
            "effective": version.license.effective,
            "effective_obligations": {
                name: duty.value for name, duty in version.license.duties.duties().items()
            },
            "own_is_complete": version.license.own.is_complete,
            "incomplete": list(version.license.incomplete),
        },
        "inherited": [inherited_json(one) for one in version.license.inherited],
        "origin": version.origin,
        "visibility": version.visibility,
        "url": version.url,
        "publisher": version.publisher,
        "publisher_kind": version.publisher_kind,
        "source": version.source,
        "revision": version.revision,
        "recorded_at": version.recorded_at,
        "media": [media_json(part) for part in version.media],
        "fields": [flat(field) for field in version.fields],
        "languages": [
            {"language": part.language, "basis": part.basis} | flat(part.size) for part in version.languages
        ],
        "language_sample_records": version.sampled_records,
        "measured_with": version.measured_with,
        "licenses": _licenses(version),
        "domains": [{"domain": part.domain} | flat(part.size) for part in version.domains],
        "reservations": [flat(one) for one in version.reservations],
        "taken_against_reservations": [
            {
                "domain": one.domain,
                "standing": one.standing.value,
                "is_whole": one.is_whole,
                "protocols": list(one.protocols),
                "observed": one.observed,
                "records": one.size and one.size.records,
                "words": one.size and one.size.words,
            }
            for one in taken(version)
        ],
        "dates": version.dates and flat(version.dates),
        "contributors": flat(version.contributors),
        "stated_contributors": [contributor_json(one) for one in version.stated_contributors],
        "self_duplication": {
            "words_equal_records": version.words_equal_records,
            "near_duplicate_records": version.near_duplicate_records,
            "near_duplicates_complete": version.near_duplicates_complete,
        },
        "derived_from": list(version.derived_from),
        "distributions": [flat(file) for file in version.distributions],
        "fingerprint": {
            "id": version.fingerprint_id,
            "recipe": version.recipe,
            "mode": version.fingerprint_mode,
        },
        "description": description_json(version.description),
        "unavailable_since": version.unavailable_since,
        "withdrawn": version.withdrawn,
        "evidence": [flat(evidence) for evidence in version.evidence],
        "contradictions": [flat(contradiction) for contradiction in version.contradictions],
        "gaps": gaps(version),
    }


def declared_holders_json(declared: Iterable[DeclaredHolding]) -> list[Json]:
    """A line for each declared holder, part (null: all that is in no part) and license of the records.

    Sizes are of the part; the holder has its share of them.
    """
    return [
        {
            "holder": party.agent.name,
            "share": str(party.share),
            "part": None if part is None else part.as_json(),
            "license": holding.license,
        }
        | flat(holding.size)
        for part, holding in declared
        for party in holding.parties
    ]


def gaps(version: VersionFacts) -> list[Json]:
    """What is not known of a version, and who could say it."""
    return [flat(gap) for gap in dataset_gaps(version)]


def _licenses(version: VersionFacts) -> list[Json]:
    if not version.licenses:
        return [_license(version.license.stated, version.license.declared_raw, version.size)]
    return [_license(part.expression, part.raw or None, part.size) for part in version.licenses]


def _license(expression: str, raw: str | None, size: Size) -> Json:
    return {"license": expression, "spelled": raw} | flat(size)
