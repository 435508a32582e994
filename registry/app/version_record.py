"""From what was measured to what is recorded."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from registry.app.digests import FileDigests
from registry.app.request import Request
from registry.app.said_by_records import (
    AgentIds,
    annotations_of,
    contributions_of,
    holdings_of,
    licenses_of,
)
from registry.domain.dataset import FieldMapping, FieldRole, FileRole, FingerprintMode
from registry.domain.facts import DistributionFacts, FieldFacts
from registry.domain.languages import UNDETERMINED, language_tag
from registry.domain.reading import Reading
from registry.fingerprint.parameters import RECIPE
from registry.measure.domains import suffix_list_version
from registry.measure.languages import detector_version, scale
from registry.measure.measurement import Measurement
from registry.measure.media.containers import reader_version
from registry.measure.tally import NOTHING
from registry.sources.files import sha256_of
from registry.sources.interface import ReadOptions, Source, SourceFile
from registry.store.encoded import encoded
from registry.store.fingerprints.writer import Staged
from registry.store.references import ReferenceWriter
from registry.store.statements import Evidence
from registry.store.versions import Language, NewVersion


@dataclass(frozen=True, slots=True)
class Taken:
    """What one pass over a source gave: measured, staged, not yet recorded."""

    source: Source
    files: tuple[DistributionFacts, ...]
    measurement: Measurement
    mode: FingerprintMode
    staged: Staged
    references: ReferenceWriter | None

    @property
    def content_digest(self) -> str:
        """In hexadecimal."""
        return self.staged.content_digest.hex()


def new_version(request: Request, taken: Taken, label: str, agents: AgentIds) -> NewVersion:
    """The version as it will stand in the registry; `agents` are the identifiers of the names in the data."""
    measurement, source = taken.measurement, taken.source
    parts = _languages(request, measurement)
    return NewVersion(
        label=label,
        content_digest=taken.content_digest,
        mapping_digest=request.mapping_digest,
        fingerprint_id=fingerprint_id(taken, request.reading),
        fingerprint_mode=taken.mode.value,
        recipe=RECIPE.name,
        source=request.named or source.location,
        revision=source.revision,
        size=measurement.total,
        characters=measurement.characters,
        wordless_records=measurement.wordless_records,
        words_equal_records=measurement.words_equal_records,
        near_duplicate_records=taken.staged.manifest.repeats,
        near_duplicates_complete=taken.staged.manifest.repeats_complete,
        reading=reading_of(request, taken),
        sampled_records=sum(part.sampled or 0 for part in parts) if parts[0].basis == "sample" else None,
        measured_with=measured_with(request, taken),
        distributions=taken.files,
        digest_by_host=frozenset(file.path for file in source.files if file.sha256),
        compressions={file.path: file.compression for file in source.files},
        fields=_field_facts(measurement),
        languages=parts,
        domains=dict(sorted(measurement.domains.items())),
        licenses=licenses_of(measurement.rights),
        holdings=holdings_of(measurement.rights, agents),
        contributions=(
            *contributions_of(measurement.rights, agents),
            *annotations_of(measurement.annotations, agents),
        ),
        holder_evidence=_holder_evidence(request.mapping, source),
        creator_evidence=field_evidence(request.mapping, FieldRole.CREATOR),
        annotator_evidence=field_evidence(request.mapping, FieldRole.ANNOTATOR),
        media=measurement.media,
        dates=measurement.dates,
    )


def reading_of(request: Request, taken: Taken) -> str:
    """Where the records stand, as JSON: absolute, since a registry is used from many folders."""
    reading = request.reading
    found = Reading(
        sources=tuple(_absolute(source, taken.source.revision) for source in request.sources),
        content=taken.measurement.content_paths,
        explode=reading.explode,
        split=reading.split,
        config=reading.config,
        split_text=reading.split_text,
    )
    return encoded(found, Reading)


def _absolute(source: str, revision: str | None) -> str:
    if "://" not in source:
        return str(Path(source).absolute())
    return source if "@" in source or revision is None else f"{source}@{revision}"


Hashed = tuple[DistributionFacts, ...]


@contextmanager
def hashing(
    files: Sequence[SourceFile], workers: int, digests: FileDigests | None = None
) -> Iterator[Callable[[], Hashed]]:
    """Begin to hash; gives what waits for `hashed`. What is not done at the end is left undone."""
    stop = Event()
    with ThreadPoolExecutor(1, thread_name_prefix="hash") as pool:
        try:
            yield pool.submit(hashed, files, workers, digests, stop).result
        finally:
            stop.set()


def hashed(
    files: Sequence[SourceFile],
    workers: int,
    digests: FileDigests | None = None,
    stop: Event | None = None,
) -> Hashed:
    """Every file with its SHA-256: as the host states it, as `digests` remember it, else read by us."""

    def sha256(file: SourceFile) -> str:
        return digests.sha256(file, stop) if digests else file.sha256 or sha256_of(file, stop)

    with ThreadPoolExecutor(workers, thread_name_prefix="hash") as pool:
        found = list(pool.map(sha256, files))
    return tuple(
        DistributionFacts(file.path, file.role, file.format, file.split, file.bytes, digest)
        for file, digest in zip(files, found, strict=True)
    )


def _field_facts(measurement: Measurement) -> tuple[FieldFacts, ...]:
    """The fields; one that is content and plays another part too is listed under that part."""
    return tuple(
        FieldFacts(field.path, field.role, field.types, field.leaf_count) for field in measurement.fields
    )


def measured_with(request: Request, taken: Taken) -> str | None:
    """What the figures rest on beside our own recipe, for the record."""
    measurement = taken.measurement
    parts = _languages(request, measurement)
    used = [detector_version()] if any(part.basis == "sample" for part in parts) else []
    used += [suffix_list_version()] if measurement.domains else []
    used += filter(None, [reader_version() if any(part.lasts for part in measurement.media) else None])
    return ", ".join(used) or None


def _languages(request: Request, measurement: Measurement) -> tuple[Language, ...]:
    """By record where the data says it, else as declared, else as detected on the sample."""
    said = request.declared.language
    declared = language_tag(said) if said else None
    total = measurement.total
    if measurement.stated_languages:
        stated = dict(measurement.stated_languages)
        rest = total - sum(stated.values(), NOTHING)
        if rest.records:
            stated[UNDETERMINED] = stated.get(UNDETERMINED, NOTHING) + rest
        return tuple(Language(tag, "field", None, sums) for tag, sums in sorted(stated.items()))
    if declared:
        return (Language(declared, "declared", None, total),)
    sample = measurement.sampled_languages
    scaled = scale(sample, total, measurement.wordless_records)
    return tuple(
        Language(tag, "sample", sample[tag].records if tag in sample else 0, sums)
        for tag, sums in scaled.items()
    )


def fingerprint_id(taken: Taken, reading: ReadOptions) -> str:
    """SHA-256, in hexadecimal, of all that decides what the fingerprint folder holds."""
    stated = {
        "content_digest": taken.content_digest,
        "recipe": RECIPE.as_dict(),
        "content": list(taken.measurement.content_paths),
        "explode": reading.explode,
        "split": reading.split,
        "mode": taken.mode.value,
    }
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def _holder_evidence(mapping: FieldMapping, source: Source) -> Evidence:
    """Where it stands who holds rights: in the records, or in the copyright notices of their files."""
    if source.said_of_files and not mapping.by_role()[FieldRole.RIGHTS_HOLDER]:
        return Evidence("reuse", "copyright notices of the files", "publisher")
    return field_evidence(mapping, FieldRole.RIGHTS_HOLDER)


def field_evidence(mapping: FieldMapping, role: FieldRole) -> Evidence:
    """The columns of the data that a statement comes from."""
    return Evidence("field", ", ".join(mapping.by_role()[role]) or "no field", "data")


def data_bytes(files: Sequence[SourceFile]) -> int:
    """Size of the files that hold records."""
    return sum(file.bytes for file in files if file.role is FileRole.DATA)
