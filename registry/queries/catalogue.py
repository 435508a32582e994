"""Datasets and their versions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.dataset import FingerprintMode, Origin, SizeBasis, Visibility
from registry.domain.facts import (
    ContributorCount,
    LanguagePart,
    LicenseFacts,
    RecordDates,
    VersionFacts,
    parts_in_effect,
)
from registry.domain.identifiers import parse_reference
from registry.domain.languages import language_tag
from registry.domain.reading import Reading
from registry.domain.stated import NONE_STATED, DeclaredSize, Description
from registry.queries import of_versions
from registry.queries.contributors import annotator_counts, contributor_counts, stated_contributors
from registry.queries.lineage import load_lineage
from registry.queries.lookup import chosen_version
from registry.store.encoded import decoded
from registry.store.properties import DESCRIPTION
from registry.store.reservations import Observed
from registry.store.tables.datasets import (
    DatasetRow,
    DatasetVersionRow,
)
from registry.store.versions import files_of_versions, media_of_versions

WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One line of the list of datasets."""

    name: str
    version: str
    title: str | None
    origin: str | None
    license: str
    records: int | None
    words: int | None
    bytes: int | None
    digest: str | None
    recorded_at: str


def find_version(session: Session, reference: str) -> str:
    """The identifier of `NAME[@VERSION]`; the newest version where none is named. Raises `NotFoundError`."""
    wanted = parse_reference(reference)
    versions = (
        select(DatasetVersionRow.id, DatasetVersionRow.label)
        .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .where(DatasetRow.name == wanted.name)
        .order_by(DatasetVersionRow.sequence.desc())
    )
    return chosen_version(session, "dataset", wanted, versions, select(DatasetRow.name))


def list_versions(session: Session) -> list[VersionSummary]:
    """Every dataset version, by name and then newest first."""
    stated, licenses = of_versions.properties(session), of_versions.stated_licenses(session)
    return [
        VersionSummary(
            name=name,
            version=row.label,
            title=stated[row.id].get("title"),
            origin=stated[row.id].get("origin"),
            license=licenses.get(row.id, of_versions.NO_LICENSE).stated,
            **_amounts(row, stated[row.id]),
            digest=row.content_digest or None,
            recorded_at=row.recorded_at,
        )
        for name, row in of_versions.named_versions(session)
    ]


def version_facts(session: Session, version_id: str) -> VersionFacts:
    """Everything known of a version but its holdings."""
    (found,) = _facts(session, version_id)
    return found


def every_version(session: Session) -> Iterator[VersionFacts]:
    """The same of every version, by name and then newest first; each table is read once."""
    return _facts(session, None)


def _facts(session: Session, only: str | None) -> Iterator[VersionFacts]:
    recorded = _Recorded(session, only)
    return (recorded.of(name, row) for name, row in of_versions.named_versions(session, only))


class _Recorded:
    """All that is known of one version, or of each: the one definition of what these facts are."""

    def __init__(self, session: Session, only: str | None) -> None:
        self._stated = of_versions.properties(session, only)
        self._license = of_versions.stated_licenses(session, only)
        self._licenses = of_versions.record_licenses(session, only)
        self._languages = of_versions.languages(session, only)
        self._domains = of_versions.domains(session, only)
        self._fields = of_versions.fields(session, only)
        self._identified = of_versions.identified_records(session, only)
        self._derived_from = of_versions.derived_from(session, only)
        self._evidence = of_versions.evidence(session, only)
        self._contradictions = of_versions.contradictions(session, only)
        self._contributors = contributor_counts(session, None if only is None else [only])
        self._stated_contributors = stated_contributors(session, only)
        self._annotators = annotator_counts(session, only)
        self._distributions = files_of_versions(session, only)
        self._media = media_of_versions(session, only)
        self._lineage = load_lineage(session, only)
        self._observed = Observed(session, only)

    def of(self, name: str, row: DatasetVersionRow) -> VersionFacts:
        """What is known of the version of a row."""
        said, key = self._stated[row.id], row.id
        origin = Origin(said["origin"]) if "origin" in said else None
        visibility = said.get("visibility")
        languages = _in_effect(self._languages.get(key, ()), row, said.get("language"))
        reading = decoded(row.reading, Reading) or Reading((), ())
        sampled = any(part.basis == "sample" for part in languages)
        domains = self._domains.get(key, ())
        license_ = self._license_of(name, row)
        return VersionFacts(
            id=key,
            name=name,
            label=row.label,
            content_digest=row.content_digest,
            recipe=row.recipe,
            fingerprint_id=row.fingerprint_id,
            fingerprint_mode=FingerprintMode(row.fingerprint_mode),
            size=of_versions.size_of(row),
            characters=row.characters,
            words_equal_records=row.words_equal_records,
            near_duplicate_records=row.near_duplicate_records,
            near_duplicates_complete=row.near_duplicates_complete,
            sampled_records=row.sampled_records if sampled else None,
            source=row.source,
            revision=row.revision,
            recorded_at=row.recorded_at,
            origin=origin,
            visibility=Visibility(visibility) if visibility else Visibility.default(origin),
            title=said.get("title"),
            url=said.get("url"),
            publisher=said.get("publisher"),
            license=license_,
            licenses=parts_in_effect(license_, self._licenses.get(key, ())),
            languages=languages,
            domains=domains,
            contributors=ContributorCount(
                self._contributors.get(key, 0), row.records - self._identified.get(key, 0)
            ),
            fields=self._fields.get(key, ()),
            distributions=tuple(self._distributions.get(key, ())),
            derived_from=self._derived_from.get(key, ()),
            measured_with=row.measured_with,
            basis=SizeBasis(row.basis),
            description=_description(said),
            publisher_kind=said.get("publisher_kind"),
            unavailable_since=said.get("unavailable_since"),
            withdrawn=said.get("state") == WITHDRAWN,
            is_original=said.get("derived_from") == NONE_STATED,
            evidence=self._evidence.get(key, ()),
            contradictions=self._contradictions.get(key, ()),
            explode=reading.explode,
            split_text=reading.split_text,
            media=self._media.get(key, ()),
            reservations=self._observed.of(key, (part.domain for part in domains)),
            stated_contributors=self._stated_contributors.get(key, ()),
            annotators=self._annotators.get(key, 0),
            dates=_dates(row),
        )

    def _license_of(self, name: str, row: DatasetVersionRow) -> LicenseFacts:
        """What is stated on its license, with what its records carry and what it inherits."""
        stated = self._license.get(row.id, of_versions.NO_LICENSE)
        parts = parts_in_effect(stated, self._licenses.get(row.id, ()))
        return replace(
            stated,
            records=tuple(dict.fromkeys(part.expression for part in parts)),
            inherited=self._lineage.inherited(f"{name}@{row.label}"),
        )


def version_reference(session: Session, version_id: str) -> str:
    """`name@label` of a version."""
    row = session.get_one(DatasetVersionRow, version_id)
    return f"{session.get_one(DatasetRow, row.dataset_id).name}@{row.label}"


# --- one version, or all: by its identifier --------------------------------------------------------------


def _amounts(row: DatasetVersionRow, stated: Mapping[str, str]) -> dict[str, int | None]:
    """The sizes that were measured, or declared; None where neither."""
    declared: DeclaredSize | None = decoded(stated.get("measured"), DeclaredSize)
    known = row if row.basis == SizeBasis.MEASURED else declared
    return {unit: getattr(known, unit, None) for unit in ("records", "words", "bytes")}


def _description(stated: Mapping[str, str]) -> Description:
    found = {name: decoded(stated.get(name), kind) for name, kind in DESCRIPTION.items()}
    return Description(**{name: value for name, value in found.items() if value is not None})


def _dates(row: DatasetVersionRow) -> RecordDates | None:
    if row.first_date is None or row.last_date is None or row.dated_records is None:
        return None
    return RecordDates(row.first_date, row.last_date, row.dated_records)


def _in_effect(
    parts: tuple[LanguagePart, ...], version: DatasetVersionRow, stated: str | None
) -> tuple[LanguagePart, ...]:
    """What the records say of their languages; else what is stated of the version; else what was detected."""
    if stated is not None and all(part.basis != "field" for part in parts):
        return (LanguagePart(language_tag(stated) or stated, "declared", of_versions.size_of(version)),)
    return parts
