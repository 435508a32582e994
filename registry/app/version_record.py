"""From what was measured to what is recorded."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from registry.app.digests import FileDigests
from registry.app.request import Request
from registry.domain.agent import ContributorType
from registry.domain.dataset import FieldMapping, FieldRole, FileRole, FingerprintMode
from registry.domain.facts import DistributionFacts, FieldFacts, Size
from registry.domain.languages import UNDETERMINED, language_tag
from registry.domain.license import parse_license
from registry.fingerprint.parameters import RECIPE
from registry.measure.domains import suffix_list_version
from registry.measure.languages import detector_version, scale
from registry.measure.measurement import Measurement, RightsKey
from registry.measure.tally import NOTHING, Sums
from registry.sources.files import sha256_of
from registry.sources.interface import ReadOptions, Source, SourceFile
from registry.store.fingerprints.writer import Staged
from registry.store.references import ReferenceWriter
from registry.store.statements import Evidence
from registry.store.versions import Contribution, Holding, Language, NewVersion

AgentIds = Mapping[str, str]


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
    said = request.declared.language
    parts = _languages(measurement, language_tag(said) if said else None)
    return NewVersion(
        label=label,
        content_digest=taken.content_digest,
        mapping_digest=request.mapping_digest,
        fingerprint_id=_fingerprint_id(taken, request.reading),
        fingerprint_mode=taken.mode.value,
        recipe=RECIPE.name,
        source=request.named or source.location,
        revision=source.revision,
        size=_size(measurement.total),
        characters=measurement.characters,
        wordless_records=measurement.wordless_records,
        words_equal_records=measurement.words_equal_records,
        sampled_records=sum(part.sampled or 0 for part in parts) if parts[0].basis == "sample" else None,
        measured_with=_measured_with(parts, measurement),
        distributions=taken.files,
        digest_by_host=frozenset(file.path for file in source.files if file.sha256),
        compressions={file.path: file.compression for file in source.files},
        fields=_field_facts(measurement),
        languages=parts,
        domains=_domains(measurement),
        licenses=_licenses(measurement),
        holdings=_holdings(measurement, agents),
        contributions=_contributions(measurement, agents),
        holder_evidence=field_evidence(request.mapping, FieldRole.RIGHTS_HOLDER),
        creator_evidence=field_evidence(request.mapping, FieldRole.CREATOR),
    )


def hashed(
    files: Sequence[SourceFile], workers: int, digests: FileDigests | None = None
) -> tuple[DistributionFacts, ...]:
    """Every file with its SHA-256: as the host states it, as `digests` remember it, else read by us."""

    def sha256(file: SourceFile) -> str:
        return digests.sha256(file) if digests else file.sha256 or sha256_of(file)

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


def _measured_with(parts: Sequence[Language], measurement: Measurement) -> str | None:
    """What the figures rest on beside our own recipe, for the record."""
    used = [detector_version()] if any(part.basis == "sample" for part in parts) else []
    used += [suffix_list_version()] if measurement.domains else []
    return ", ".join(used) or None


def _languages(measurement: Measurement, declared: str | None) -> tuple[Language, ...]:
    """By record where the data says it, else as declared, else as detected on the sample."""
    total = measurement.total
    if measurement.stated_languages:
        stated = dict(measurement.stated_languages)
        rest = total - sum(stated.values(), NOTHING)
        if rest.records:
            stated[UNDETERMINED] = stated.get(UNDETERMINED, NOTHING) + rest
        return tuple(Language(tag, "field", None, _size(sums)) for tag, sums in sorted(stated.items()))
    if declared:
        return (Language(declared, "declared", None, _size(total)),)
    sample = measurement.sampled_languages
    scaled = scale(sample, total, measurement.wordless_records)
    return tuple(
        Language(tag, "sample", sample[tag].records if tag in sample else 0, _size(sums))
        for tag, sums in scaled.items()
    )


def _licenses(measurement: Measurement) -> dict[tuple[str, str], Size]:
    """How much carries which license of its own; nothing where no record says any."""
    if not any(key.licenses for key in measurement.rights):
        return {}
    sums: dict[tuple[str, str], Sums] = {}
    for key, found in measurement.rights.items():
        raw = " AND ".join(key.licenses)
        cell = (_own_license(key) or parse_license(None).expression, raw)
        sums[cell] = sums.get(cell, NOTHING) + found
    return {cell: _size(found) for cell, found in sorted(sums.items())}


def _holdings(measurement: Measurement, agents: AgentIds) -> tuple[Holding, ...]:
    """Who holds rights in which part: as stated, else the creator, else unidentified. A partition."""
    sums: dict[tuple[str, tuple[str, ...], str | None], Sums] = {}
    for key, found in measurement.rights.items():
        named = key.rights_holders or key.creators
        basis = "stated" if key.rights_holders else "presumed-author" if key.creators else "unidentified"
        holders = tuple(sorted({agents[name] for name in named}))
        cell = (basis, holders, _own_license(key))
        sums[cell] = sums.get(cell, NOTHING) + found
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or ""))
    return tuple(Holding(holders, own, basis, _size(found)) for (basis, holders, own), found in ordered)


def _contributions(measurement: Measurement, agents: AgentIds) -> tuple[Contribution, ...]:
    """What each creator contributed. These overlay: a record of two creators counts for both."""
    sums: dict[tuple[str, str | None], Sums] = {}
    for key, found in measurement.rights.items():
        for agent in sorted({agents[name] for name in key.creators}):
            cell = (agent, _own_license(key))
            sums[cell] = sums.get(cell, NOTHING) + found
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    return tuple(
        Contribution(agent, ContributorType.CREATOR, own, _size(found)) for (agent, own), found in ordered
    )


def _domains(measurement: Measurement) -> dict[str, Size]:
    """How much comes from which registrable domain."""
    return {domain: _size(sums) for domain, sums in sorted(measurement.domains.items())}


def _fingerprint_id(taken: Taken, reading: ReadOptions) -> str:
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


def field_evidence(mapping: FieldMapping, role: FieldRole) -> Evidence:
    """The columns of the data that a statement comes from."""
    return Evidence("field", ", ".join(mapping.by_role()[role]) or "no field", "data")


def data_bytes(files: Sequence[SourceFile]) -> int:
    """Size of the files that hold records."""
    return sum(file.bytes for file in files if file.role is FileRole.DATA)


def joint_license(expressions: Iterable[str]) -> str:
    """All of some expressions at once; NOASSERTION where there is none, or one is not known."""
    return parse_license(" AND ".join(f"({expression})" for expression in sorted(expressions))).expression


def _own_license(key: RightsKey) -> str | None:
    return joint_license({parse_license(raw).expression for raw in key.licenses}) if key.licenses else None


def _size(sums: Sums) -> Size:
    return Size(sums.records, sums.words, sums.bytes)
