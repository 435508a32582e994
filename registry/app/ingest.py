"""Reading a dataset into the registry."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from registry.app.cards import fill_from_card
from registry.app.declared import declare, declare_derivations, declare_license, parent_of
from registry.app.digests import FileDigests
from registry.app.home import Home, now
from registry.app.renewal import renew, stale
from registry.app.request import Request
from registry.app.said_by_records import joint_license, own_license
from registry.app.shown_names import asks_for_names, show_names
from registry.app.version_record import Hashed, Taken, data_bytes, field_evidence, hashing, new_version
from registry.documents.figures import exact, exactly
from registry.documents.subject import listed
from registry.domain.agent import is_placeholder
from registry.domain.dataset import NOTICES, FieldRole, FileRole, FingerprintMode
from registry.domain.facts import DistributionFacts, VersionFacts
from registry.domain.identifiers import check_label, check_name, check_url
from registry.domain.languages import language_tag
from registry.domain.license import NOASSERTION, LicenseStatus, parse_license
from registry.domain.notices import NoticeText
from registry.errors import RefusedError, SourceError, UsageError
from registry.fingerprint.parameters import RECIPE
from registry.measure.media.containers import EXTRA, reader
from registry.measure.run import Pass, measure
from registry.queries.catalogue import version_facts
from registry.sources.interface import Source
from registry.sources.notices import notices_of
from registry.sources.open import open_source
from registry.store.fingerprints.staging import clean_staging
from registry.store.fingerprints.writer import FingerprintWriter
from registry.store.named_agents import save_named
from registry.store.notices import keep_notices, notice_texts
from registry.store.references import ReferenceWriter
from registry.store.tables.datasets import DatasetVersionRow
from registry.store.versions import files_of, save_version, versions_of


@dataclass(frozen=True, slots=True)
class Result:
    """The version as it is recorded now, whether this run recorded it, and which facts on it are news."""

    version: VersionFacts
    created: bool
    news: tuple[str, ...]
    warnings: tuple[str, ...]


Progress = Callable[[int, int], None]
Started = Callable[[int], Progress]


def ingest(home: Home, request: Request, started: Started, digests: FileDigests | None = None) -> Result:
    """Read, measure and record a dataset version; the same again changes nothing.

    digests: those of files that are trusted not to have changed; without them every file is read
    `started` is told how many bytes there are to read and returns who is told of bytes and records read.
    Raises `SourceError` where the data cannot be read, `RefusedError` where the label names other content.
    """
    home.create()
    _check(home, request)
    clean_staging(home.fingerprint_root)
    source = open_source(request.sources, request.reading)
    with ExitStack() as staging:
        files = staging.enter_context(hashing(source.files, request.workers, digests))
        # Where no version can be of the same data, they are hashed while they are measured.
        known = same_files(home, request, files()) if _candidates(home, request) else None
        if known is None:
            require_free_label(home, request)
        anew = stale(home, known) if known else None
        mode = anew or request.fingerprints or FingerprintMode.default(request.declared.origin)
        is_kept = known is not None and anew is None
        taken = None if is_kept else _measure(home, request, mode, source, files, started, staging)
        notices = _notices(home, known, source)
        moment = now()
        with home.write() as session:
            created = False
            if taken is not None and known is not None:
                _renew(session, known, request, taken)
            elif taken is not None:
                with _uncollected():
                    known, created = _record(session, request, taken, moment)
            keep_notices(session, str(known), notices, moment)
            news = declare(session, str(known), request.declared, moment)
            news += declare_derivations(session, str(known), request.declared, moment)
            news += fill_from_card(session, str(known), source.card, moment)
            facts = version_facts(session, str(known))
            show_names(session, facts)
    remarks = (*source.warnings, *_remarks(request, source, facts), *_placeholders(taken))
    return Result(facts, created, tuple(dict.fromkeys(news)), remarks)


def _check(home: Home, request: Request) -> None:
    """Refuse what cannot be recorded before anything is read."""
    check_name(request.name)
    if request.label is not None:
        check_label(request.label)
    said = request.declared
    if said.language is not None and language_tag(said.language) is None:
        raise UsageError(
            f"'{said.language}' is not a language tag", hint="use BCP 47: en, de, pt-BR, zh-Hant"
        )
    if said.url is not None:
        check_url(said.url)
    with home.read() as session:
        for parent in said.derived_from or ():
            parent_of(session, parent)


def same_files(home: Home, request: Request, files: Sequence[DistributionFacts]) -> str | None:
    """The version that was read from the very same data in the same way, if there is one."""
    wanted = data_of(files)
    candidates = _candidates(home, request)
    with home.read() as session:
        return next((id_ for id_ in candidates if data_of(files_of(session, id_)) == wanted), None)


def _candidates(home: Home, request: Request) -> list[str]:
    """The versions that were read in this way, and may be called as asked."""
    with home.read() as session:
        return [
            version.id
            for version in versions_of(session, request.name)
            if request.label in {None, version.label} and version.mapping_digest == request.mapping_digest
        ]


def data_of(files: Iterable[DistributionFacts]) -> Counter[tuple[str | None, str | None, str]]:
    """The data of files: what they are called, and what lies beside them, changes no record."""
    return Counter((file.format, file.split, file.sha256) for file in files if file.role is FileRole.DATA)


def require_free_label(home: Home, request: Request) -> None:
    """Refuse a label of data that was read in another way, or not at all, before anything is read."""
    with home.read() as session:
        versions = versions_of(session, request.name)
    for version in versions:
        if version.label == request.label and version.mapping_digest != request.mapping_digest:
            was = "read in another way" if version.content_digest else "declared, not read"
            raise _used_label(request, f"was {was}", versions)


def _used_label(request: Request, why: str, versions: Sequence[DatasetVersionRow]) -> RefusedError:
    number = free_number(versions)
    way = f'version: "{number}"' if request.declared.by_entry else f'--version "{number}"'
    return RefusedError(f"{request.name}@{request.label} {why}", hint=f"give it a new version, e.g. {way}")


def _measure(
    home: Home,
    request: Request,
    mode: FingerprintMode,
    source: Source,
    files: Callable[[], Hashed],
    started: Started,
    staging: ExitStack,
) -> Taken:
    """One pass over the source; what it writes is staged, and gone at the end unless it is committed."""
    root = home.fingerprint_root
    fingerprints = staging.enter_context(FingerprintWriter(root, mode, RECIPE.as_dict()))
    keeps_records = mode is FingerprintMode.FULL
    references = staging.enter_context(ReferenceWriter.staged(root)) if keeps_records else None
    one_pass = Pass(
        request.mapping,
        source.implied,
        fingerprints,
        references,
        explode=request.reading.explode,
        said_of_files=source.said_of_files,
        detect_languages=request.declared.language is None,
        erased=home.erased(request.name),
    )
    sketch = measure(
        source.batches(),
        one_pass,
        mode=mode,
        workers=request.workers,
        progress=started(data_bytes(source.files)),
    )
    with ThreadPoolExecutor(1, thread_name_prefix="finish") as pool:
        staged = pool.submit(fingerprints.finish, sketch)  # while languages are detected
        with _uncollected():
            measurement = one_pass.result()
        if references is not None:
            references.close()
    return Taken(source, files(), measurement, mode, staged.result(), references)


def _notices(home: Home, known: str | None, source: Source) -> tuple[NoticeText, ...]:
    """The texts of license and notice files: of a version that is recorded, those that are not kept yet."""
    if known is None:
        return tuple(notices_of(source.files))
    with home.read() as session:
        recorded = [file for file in files_of(session, known) if file.role in NOTICES]
        kept = notice_texts(session, (file.sha256 for file in recorded))
    wanted = {file.path for file in recorded if file.sha256 not in kept}
    return tuple(notices_of(file for file in source.files if file.path in wanted))


def _renew(session: Session, version_id: str, request: Request, taken: Taken) -> None:
    """Refuse data that changed while their files did not, as a host's may."""
    if session.get_one(DatasetVersionRow, version_id).content_digest != taken.content_digest:
        raise SourceError(
            "gives other records than it did, from the same files",
            file=taken.source.location,
            hint="ingest it under a new label",
        )
    renew(session, version_id, request, taken)


def _record(session: Session, request: Request, taken: Taken, moment: str) -> tuple[str, bool]:
    """The version of this content under this mapping, and whether it is new."""
    versions = versions_of(session, request.name)
    for version in versions:
        same_content = version.content_digest == taken.content_digest
        same_mapping = version.mapping_digest == request.mapping_digest
        if same_content and same_mapping and request.label in {None, version.label}:
            return version.id, False
    label = request.label or taken.source.revision or free_number(versions)
    if any(version.label == label for version in versions):
        why = "names other content already (or the same read by another mapping)"
        raise _used_label(replace(request, label=label), why, versions)
    names, credited = taken.measurement.agent_names(), _credited(request, taken)
    agents = save_named(session, request.name, names, moment, credited=credited)
    new = new_version(request, taken, label, agents)
    taken.staged.commit(new.fingerprint_id)
    if taken.references is not None:
        taken.references.commit(new.version_id(request.name))
    version_id = save_version(session, request.name, new, moment)
    joined = joint_license({expression for expression, _ in new.licenses})
    said_by_field = request.mapping.by_role()[FieldRole.LICENSE] or not taken.source.said_of_files
    if joined != NOASSERTION and said_by_field:  # else what lies beside the data says so of the whole
        evidence = field_evidence(request.mapping, FieldRole.LICENSE)
        declare_license(session, version_id, joined, None, evidence, moment)
    return version_id, True


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: a million frozen values hold none, and it would visit them all."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _credited(request: Request, taken: Taken) -> set[str]:
    """Whose names the licenses of their records ask for, or else the one that is stated of the whole.

    Copyright notices beside the data are public already, so those whom they name are shown.
    """
    asks: dict[str | None, bool] = {None: asks_for_names(parse_license(request.declared.license).expression)}
    of_files = taken.source.said_of_files.values()
    names = {name for said in of_files for name in said.get(FieldRole.RIGHTS_HOLDER, ())}
    for key in taken.measurement.rights:
        own = own_license(key.licenses)
        if own not in asks:
            asks[own] = asks_for_names(own or NOASSERTION)
        if asks[own]:
            names.update(key.rights_holders or key.creators, key.creators)
    return names


def _remarks(request: Request, source: Source, version: VersionFacts) -> Iterator[str]:
    """What a user might not expect of how the request was understood."""
    yield from contradictions_of(version)
    yield from _unread(version)
    kept = version.fingerprint_mode
    if request.fingerprints not in {None, kept}:
        yield f"the fingerprints of {version.reference} stay as they were recorded: {kept}"
    license_ = parse_license(request.declared.license)
    if license_.status is LicenseStatus.UNMAPPED:
        yield f"the license '{license_.raw}' is not understood: recorded as {NOASSERTION}, with its spelling"
    splits = sorted({file.split for file in source.files if file.split and file.role is FileRole.DATA})
    if len(splits) > 1 and request.reading.split is None:
        yield f"the splits {', '.join(splits)} are read as one dataset; --split takes one of them"


def _placeholders(taken: Taken | None) -> Iterator[str]:
    """Names that look like nobody's: they are counted, credited and paid like people."""
    found = sorted(filter(is_placeholder, taken.measurement.agent_names())) if taken else []
    if found:
        names = listed([f"'{name}'" for name in found])
        yield f"{names} may stand for nobody, and is counted as a person: leave the field empty there"


def _unread(version: VersionFacts) -> Iterator[str]:
    """Audio and video of unknown length, and images that are not there."""
    for part in version.media:
        if not part.undetermined:
            continue
        items = f"{exact(part.undetermined)} of {exactly(part.items, f'{part.modality} item')}"
        if part.lasts and reader() is None:
            yield f"the length of {items} is not known: install {EXTRA} and ingest it again"
        elif part.lasts:
            yield f"the length of {items} cannot be read: damaged, empty, or not in the data"
        else:
            yield f"{items} cannot be read: damaged, empty, or not in the data"


def contradictions_of(version: VersionFacts) -> Iterator[str]:
    """What is stated of a version, and otherwise in a card."""
    for found in version.contradictions:
        yield (
            f"{version.reference}: {found.property} is stated as '{found.stated}', "
            f"but {found.location} says '{found.found}'"
        )


def free_number(versions: Sequence[DatasetVersionRow]) -> str:
    """A label that no version has: 1, 2, 3, ..."""
    taken = {version.label for version in versions}
    number = len(versions) + 1
    while str(number) in taken:
        number += 1
    return str(number)
