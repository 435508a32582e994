"""From what was measured to what is recorded."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from registry.domain.dataset import FieldMapping, FieldRole, FileRole, FingerprintMode
from registry.domain.facts import DistributionFacts, FieldFacts, Size
from registry.domain.license import parse_license
from registry.fingerprint.parameters import RECIPE
from registry.measure.languages import scale
from registry.measure.measurement import Measurement, RightsKey
from registry.measure.tally import Sums
from registry.sources.files import sha256_of
from registry.sources.interface import ReadOptions, SourceFile
from registry.store.statements import Evidence
from registry.store.versions import Contribution, Holding, Language

CREATOR = "Creator"
AgentIds = Mapping[str, str]


def hashed(files: Sequence[SourceFile], workers: int) -> tuple[DistributionFacts, ...]:
    """Every file with its SHA-256: read by us, unless the host states it."""
    with ThreadPoolExecutor(workers, thread_name_prefix="hash") as pool:
        digests = list(pool.map(lambda file: file.sha256 or sha256_of(file), files))
    return tuple(
        DistributionFacts(file.path, file.role, file.format, file.split, file.bytes, digest)
        for file, digest in zip(files, digests, strict=True)
    )


def field_facts(measurement: Measurement) -> tuple[FieldFacts, ...]:
    """The fields; one that is content and plays another part too is listed under that part."""
    return tuple(
        FieldFacts(field.path, field.role, field.types, field.leaf_count) for field in measurement.fields
    )


def languages(measurement: Measurement, declared: str | None) -> tuple[Language, ...]:
    """By record where the data says it, else as declared, else as detected on the sample."""
    total = measurement.total
    if measurement.stated_languages:
        stated = dict(measurement.stated_languages)
        rest = _minus(total, stated.values())
        if rest.records:
            stated["und"] = _plus(stated.get("und"), rest)
        return tuple(Language(tag, "field", None, _size(sums)) for tag, sums in sorted(stated.items()))
    if declared:
        return (Language(declared, "declared", None, _size(total)),)
    sample = measurement.sampled_languages
    scaled = scale(sample, total, measurement.wordless_records)
    return tuple(
        Language(tag, "sample", sample[tag].records if tag in sample else 0, _size(sums))
        for tag, sums in scaled.items()
    )


def licenses(measurement: Measurement) -> dict[tuple[str, str], Size]:
    """How much carries which license of its own; nothing where no record says any."""
    if not any(key.licenses for key in measurement.rights):
        return {}
    sums: dict[tuple[str, str], Sums] = {}
    for key, found in measurement.rights.items():
        raw = " AND ".join(key.licenses)
        cell = (_own_license(key) or parse_license(None).expression, raw)
        sums[cell] = _plus(sums.get(cell), found)
    return {cell: _size(found) for cell, found in sorted(sums.items())}


def holdings(measurement: Measurement, agents: AgentIds) -> tuple[Holding, ...]:
    """Who holds rights in which part: as stated, else the creator, else unidentified. A partition."""
    sums: dict[tuple[str, tuple[str, ...], str | None], Sums] = {}
    for key, found in measurement.rights.items():
        named = key.rights_holders or key.creators
        basis = "stated" if key.rights_holders else "presumed-author" if key.creators else "unidentified"
        holders = tuple(sorted({agents[name] for name in named}))
        cell = (basis, holders, _own_license(key))
        sums[cell] = _plus(sums.get(cell), found)
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] or ""))
    return tuple(Holding(holders, own, basis, _size(found)) for (basis, holders, own), found in ordered)


def contributions(measurement: Measurement, agents: AgentIds) -> tuple[Contribution, ...]:
    """What each creator contributed. These overlay: a record of two creators counts for both."""
    sums: dict[tuple[str, str | None], Sums] = {}
    for key, found in measurement.rights.items():
        for agent in sorted({agents[name] for name in key.creators}):
            cell = (agent, _own_license(key))
            sums[cell] = _plus(sums.get(cell), found)
    ordered = sorted(sums.items(), key=lambda item: (item[0][0], item[0][1] or ""))
    return tuple(Contribution(agent, CREATOR, own, _size(found)) for (agent, own), found in ordered)


def domains(measurement: Measurement) -> dict[str, Size]:
    """How much comes from which registrable domain."""
    return {domain: _size(sums) for domain, sums in sorted(measurement.domains.items())}


def total_size(measurement: Measurement) -> Size:
    """The version's own size."""
    return _size(measurement.total)


def fingerprint_id(
    content_digest: str, content: Sequence[str], reading: ReadOptions, mode: FingerprintMode
) -> str:
    """SHA-256, in hexadecimal, of all that decides what the fingerprint folder holds."""
    stated = {
        "content_digest": content_digest,
        "recipe": RECIPE.as_dict(),
        "content": list(content),
        "explode": reading.explode,
        "split": reading.split,
        "mode": mode.value,
    }
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def agent_names(measurement: Measurement) -> set[str]:
    """Every name the records give to a creator or rights holder."""
    return {name for key in measurement.rights for name in (*key.rights_holders, *key.creators)}


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


def _plus(sums: Sums | None, more: Sums) -> Sums:
    return (
        Sums(sums.records + more.records, sums.words + more.words, sums.bytes + more.bytes) if sums else more
    )


def _minus(total: Sums, parts: Iterable[Sums]) -> Sums:
    known = list(parts)
    return Sums(
        total.records - sum(part.records for part in known),
        total.words - sum(part.words for part in known),
        total.bytes - sum(part.bytes for part in known),
    )
