"""Reading a dataset into the registry."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from registry.app import version_record as record
from registry.app.home import Home, now
from registry.domain.dataset import (
    FieldMapping,
    FieldRole,
    FingerprintMode,
    Origin,
    Visibility,
    mapping_digest,
)
from registry.domain.facts import DistributionFacts, VersionFacts
from registry.domain.identifiers import check_name
from registry.domain.license import NOASSERTION, parse_license
from registry.errors import RefusedError
from registry.fingerprint.parameters import RECIPE
from registry.measure.languages import language_tag
from registry.measure.measurement import Measurement
from registry.measure.run import Pass, measure
from registry.queries.catalogue import find_version, version_facts
from registry.sources.interface import ReadOptions, Source
from registry.sources.open import open_source
from registry.store.agents import save_named
from registry.store.fingerprints.staging import clean_staging
from registry.store.fingerprints.writer import FingerprintWriter, Staged
from registry.store.references import ReferenceWriter
from registry.store.statements import Evidence, state
from registry.store.tables.datasets import DatasetVersionRow, VersionPropertyRow
from registry.store.tables.rights import DerivationRow, LicenseStatementRow
from registry.store.versions import NewVersion, files_of, save_version, versions_of


@dataclass(frozen=True, slots=True)
class Declared:
    """What the user says of a dataset; None leaves a gap (or what was said before)."""

    license: str | None = None
    origin: Origin | None = None
    visibility: Visibility | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    derived_from: tuple[str, ...] = ()
    said_in: str = "registry ingest"

    def properties(self) -> dict[str, str]:
        """The simple facts, by the name of the property."""
        stated = {
            "origin": self.origin,
            "visibility": self.visibility,
            "title": self.title,
            "url": self.url,
            "publisher": self.publisher,
            "language": self.language,
        }
        return {name: str(value) for name, value in stated.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Request:
    """A dataset to read: where it is, what it is called, how it is read, what is said of it."""

    sources: tuple[str, ...]
    name: str
    label: str | None = None
    mapping: FieldMapping = field(default_factory=FieldMapping)
    reading: ReadOptions = field(default_factory=ReadOptions)
    declared: Declared = field(default_factory=Declared)
    fingerprints: FingerprintMode | None = None
    workers: int = 1

    @property
    def mapping_digest(self) -> str:
        """Digest of everything that decides how the bytes are read."""
        reading = self.reading
        return mapping_digest(
            self.mapping,
            explode=reading.explode,
            split=reading.split,
            config=reading.config,
            split_text=reading.split_text.value,
        )


@dataclass(frozen=True, slots=True)
class Result:
    """The version as it is recorded now, and whether this run recorded it or changed what is said of it."""

    version: VersionFacts
    created: bool
    changed: bool
    warnings: tuple[str, ...]


Progress = Callable[[int, int], None]
Started = Callable[[int], Progress]


def ingest(home: Home, request: Request, started: Started) -> Result:
    """Read, measure and record a dataset version; the same again changes nothing.

    `started` is told how many bytes there are to read and returns who is told of bytes and records read.
    Raises `SourceError` where the data cannot be read, `RefusedError` where the label names other content.
    """
    check_name(request.name)
    home.create()
    clean_staging(home.fingerprint_root)
    source = open_source(request.sources, request.reading)
    files = record.hashed(source.files, request.workers)
    known = _same_files(home, request, files)
    if known is None:
        version_id, created = _read(home, request, source, files, started)
    else:
        version_id, created = known, False
    return _declare(home, request, version_id, created=created, warnings=tuple(source.warnings))


def _same_files(home: Home, request: Request, files: Sequence[DistributionFacts]) -> str | None:
    """The version that was read from the very same bytes in the same way, if there is one."""
    wanted = {(file.path, file.role.value, file.sha256) for file in files}
    with home.read() as session:
        for version in versions_of(session, request.name):
            same_label = request.label in {None, version.label}
            same_mapping = version.mapping_digest == request.mapping_digest
            if same_label and same_mapping and files_of(session, version.id) == wanted:
                return version.id
    return None


def _read(
    home: Home, request: Request, source: Source, files: tuple[DistributionFacts, ...], started: Started
) -> tuple[str, bool]:
    mode = request.fingerprints or FingerprintMode.default(request.declared.origin)
    with ExitStack() as staging:
        fingerprints = staging.enter_context(
            FingerprintWriter(home.fingerprint_root, mode.value, RECIPE.as_dict())
        )
        references = (
            staging.enter_context(ReferenceWriter.staged(home.fingerprint_root))
            if mode is FingerprintMode.FULL
            else None
        )
        measurement, sketch = measure(
            source.batches(),
            Pass(
                request.mapping,
                source.implied,
                fingerprints,
                references,
                detect_languages=_language(request) is None,
            ),
            mode=mode,
            workers=request.workers,
            progress=started(record.data_bytes(source.files)),
        )
        staged = fingerprints.finish(sketch)
        with home.write() as session:
            return _record(session, request, source, files, measurement, mode, staged, references)


def _record(
    session: Session,
    request: Request,
    source: Source,
    files: tuple[DistributionFacts, ...],
    measurement: Measurement,
    mode: FingerprintMode,
    staged: Staged,
    references: ReferenceWriter | None,
) -> tuple[str, bool]:
    digest = staged.content_digest.hex()
    versions = versions_of(session, request.name)
    for version in versions:
        same = version.content_digest == digest and version.mapping_digest == request.mapping_digest
        if same and request.label in {None, version.label}:
            return version.id, False
    label = request.label or _next_label(source, versions)
    if any(version.label == label for version in versions):
        raise RefusedError(
            f"{request.name}@{label} names other content already (or the same read by another mapping)",
            hint=f'give it a new version, e.g. --version "{_free_number(versions)}"',
        )
    moment = now()
    new = _new_version(session, request, source, files, measurement, mode, digest, label, moment)
    staged.commit(new.fingerprint_id)
    if references is not None:
        references.commit(new.version_id(request.name))
    version_id = save_version(session, request.name, new, moment)
    _state_license_of_records(session, version_id, new, request.mapping, moment)
    return version_id, True


def _new_version(
    session: Session,
    request: Request,
    source: Source,
    files: tuple[DistributionFacts, ...],
    measurement: Measurement,
    mode: FingerprintMode,
    digest: str,
    label: str,
    moment: str,
) -> NewVersion:
    agents = save_named(session, request.name, record.agent_names(measurement), moment)
    parts = record.languages(measurement, _language(request))
    return NewVersion(
        label=label,
        content_digest=digest,
        mapping_digest=request.mapping_digest,
        fingerprint_id=record.fingerprint_id(digest, measurement.content_paths, request.reading, mode),
        fingerprint_mode=mode.value,
        recipe=RECIPE.name,
        source=source.location,
        revision=source.revision,
        size=record.total_size(measurement),
        characters=measurement.characters,
        wordless_records=measurement.wordless_records,
        words_equal_records=measurement.words_equal_records,
        sampled_records=sum(part.sampled or 0 for part in parts) if parts[0].basis == "sample" else None,
        distributions=files,
        digest_by_host=frozenset(file.path for file in source.files if file.sha256),
        compressions={file.path: file.compression for file in source.files},
        fields=record.field_facts(measurement),
        languages=parts,
        domains=record.domains(measurement),
        licenses=record.licenses(measurement),
        holdings=record.holdings(measurement, agents),
        contributions=record.contributions(measurement, agents),
        holder_evidence=record.field_evidence(request.mapping, FieldRole.RIGHTS_HOLDER),
        creator_evidence=record.field_evidence(request.mapping, FieldRole.CREATOR),
    )


def _declare(
    home: Home, request: Request, version_id: str, *, created: bool, warnings: tuple[str, ...]
) -> Result:
    declared = request.declared
    evidence = Evidence("declared", declared.said_in, "provider")
    changed = False
    moment = now()
    with home.write() as session:
        for name, value in declared.properties().items():
            about = {"version_id": version_id, "property": name}
            changed |= state(session, VersionPropertyRow, about, {"value": value}, evidence, moment)
        if declared.license is not None:
            changed |= _declare_license(session, version_id, declared.license, evidence, moment)
        for parent in declared.derived_from:
            changed |= _declare_derivation(session, version_id, parent, evidence, moment)
    with home.read() as session:
        return Result(version_facts(session, version_id), created, changed, warnings)


def _declare_license(session: Session, version_id: str, raw: str, evidence: Evidence, moment: str) -> bool:
    about = {"version_id": version_id, "kind": "declared"}
    says = {"expression": parse_license(raw).expression, "raw": raw}
    return state(session, LicenseStatementRow, about, says, evidence, moment)


def _state_license_of_records(
    session: Session, version_id: str, new: NewVersion, mapping: FieldMapping, moment: str
) -> None:
    """Where every record carries a license that is known, the version stands under all of them."""
    joined = record.joint_license({expression for expression, _ in new.licenses})
    if joined != NOASSERTION:
        about = {"version_id": version_id, "kind": "declared"}
        evidence = record.field_evidence(mapping, FieldRole.LICENSE)
        state(session, LicenseStatementRow, about, {"expression": joined, "raw": None}, evidence, moment)


def _declare_derivation(
    session: Session, version_id: str, parent: str, evidence: Evidence, moment: str
) -> bool:
    is_url = "://" in parent
    target = None if is_url else find_version(session, parent)
    about = {"version_id": version_id, "of_version_id": target, "of_url": parent if is_url else None}
    return state(session, DerivationRow, about, {}, evidence, moment)


def _language(request: Request) -> str | None:
    return language_tag(request.declared.language) if request.declared.language else None


def _next_label(source: Source, versions: Sequence[DatasetVersionRow]) -> str:
    return source.revision or _free_number(versions)


def _free_number(versions: Sequence[DatasetVersionRow]) -> str:
    taken = {version.label for version in versions}
    number = len(versions) + 1
    while str(number) in taken:
        number += 1
    return str(number)
