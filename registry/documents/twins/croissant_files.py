"""The distribution of a Croissant file: every file with its digest, and the data files as one set."""

import posixpath
from collections.abc import Sequence
from glob import escape
from urllib.parse import quote

from registry.documents.figures import exactly
from registry.documents.twins.addresses import hub_repository
from registry.documents.twins.croissant_fields import Files
from registry.documents.twins.shared import Json, present
from registry.domain.dataset import FileRole
from registry.domain.facts import DistributionFacts, VersionFacts

DATA = "data-files"
MOST_FILES = 200
_MOST_PATTERNS = 50
_UNKNOWN = "application/octet-stream"
_MEDIA_TYPES = {
    ".json": "application/json",
    ".jsonl": "application/jsonlines",
    ".ndjson": "application/jsonlines",
    ".parquet": "application/x-parquet",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".rst": "text/plain",
    ".arrow": "application/vnd.apache.arrow.file",
    ".feather": "application/vnd.apache.arrow.file",
    ".ipc": "application/vnd.apache.arrow.file",
    ".xml": "application/xml",
    ".opf": "application/xml",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "application/xhtml+xml",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
_PACKED = {".gz": "application/gzip", ".zst": "application/zstd", ".xz": "application/x-xz"}
_PROSE = {FileRole.CARD, FileRole.LICENSE, FileRole.NOTICE}


def distribution(version: VersionFacts) -> tuple[list[Json], Files | None]:
    """The files, and where the records are in them; None of data that nobody has read here.

    Up to `MOST_FILES` files are listed one by one; of more, the data files are a set of patterns alone, which
    says how many they are.
    """
    data = [file for file in version.distributions if file.role is FileRole.DATA]
    listed = version.distributions if len(version.distributions) <= MOST_FILES else ()
    objects = [_file_object(file, version) for file in listed]
    if not data:
        return objects, None
    packed = sorted({media_types(file) for file in data})
    formats = tuple(dict.fromkeys(found[-1] for found in packed))
    if len(data) == 1 and listed:
        return objects, Files("fileObject", _file_id(data[0].path), formats)
    return [*objects, _file_set(data, packed, complete=bool(listed))], Files("fileSet", DATA, formats)


def media_types(file: DistributionFacts) -> tuple[str, ...]:
    """What a file is packed in, if anything, and what it holds."""
    stem, ending = posixpath.splitext(file.path.lower())
    packed = _PACKED.get(ending)
    if packed:
        ending = posixpath.splitext(stem)[1]
    known = _MEDIA_TYPES.get(ending, "text/plain" if file.role in _PROSE else _UNKNOWN)
    return (packed, known) if packed else (known,)


def _file_object(file: DistributionFacts, version: VersionFacts) -> Json:
    types = media_types(file)
    return present(
        **{"@type": "cr:FileObject", "@id": _file_id(file.path)},
        name=file.path,
        description=_said(file),
        contentUrl=_address(file, version),
        contentSize=f"{file.bytes} B",
        encodingFormat=types[0] if len(types) == 1 else list(types),
        sha256=file.sha256,
    )


def _said(file: DistributionFacts) -> str | None:
    role = "" if file.role is FileRole.DATA else f"{file.role.value.capitalize()} beside the data."
    split = f"Split: {file.split}." if file.split else ""
    return " ".join(filter(None, (role, split))) or None


def _address(file: DistributionFacts, version: VersionFacts) -> str:
    """Where a file is: on the hub at its commit, else relative to a copy of this document beside it."""
    found = hub_repository(version)
    if found is None or found[1] is None:
        return file.path
    return f"https://huggingface.co/datasets/{found[0]}/resolve/{found[1]}/{quote(file.path)}"


def _file_set(data: Sequence[DistributionFacts], packed: list[tuple[str, ...]], *, complete: bool) -> Json:
    """The data files as one set: by their names, or by patterns where they are too many to list."""
    types = list(dict.fromkeys(name for found in packed for name in found))
    size = f"{exactly(len(data), 'file')}, {exactly(sum(file.bytes for file in data), 'byte')}"
    more = "" if complete else "; their digests are in dataset.json of the registry, not here"
    return {
        "@type": "cr:FileSet",
        "@id": DATA,
        "name": DATA,
        "description": f"The data: {size}{more}.",
        "encodingFormat": types[0] if len(types) == 1 else types,
        "includes": [escape(file.path) for file in data] if complete else _patterns(data),
    }


def _patterns(data: Sequence[DistributionFacts]) -> list[str]:
    """Patterns that hold all data files: for each folder, or only by ending where there are many folders."""
    parts = [(posixpath.dirname(file.path), _ending(file.path)) for file in data]
    narrow = sorted({posixpath.join(escape(folder), f"*{escape(ending)}") for folder, ending in parts})
    wide = sorted({f"*{escape(ending)}" for _, ending in parts})
    return narrow if len(narrow) <= _MOST_PATTERNS else wide


def _ending(path: str) -> str:
    stem, ending = posixpath.splitext(path)
    return f"{posixpath.splitext(stem)[1]}{ending}" if ending.lower() in _PACKED else ending


def _file_id(path: str) -> str:
    """An IRI of a file that no record set or field can have."""
    return f"files/{quote(path.encode('utf-8', 'replace'), safe='/')}"
