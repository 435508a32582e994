"""The files of a source on this machine: found, told apart by role, opened, hashed."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from glob import glob, has_magic
from pathlib import Path
from threading import Event
from typing import BinaryIO, cast

from registry.domain.dataset import FileRole
from registry.errors import MissingSourceError, SourceError
from registry.sources.compression import ENDINGS, decompressed
from registry.sources.failures import reading
from registry.sources.interface import SourceFile

FORMATS = {
    ".json": "json", ".jsonl": "json", ".ndjson": "json", ".parquet": "parquet", ".csv": "csv", ".tsv": "tsv",
    ".txt": "text", ".md": "text", ".rst": "text", ".arrow": "arrow", ".feather": "arrow", ".ipc": "arrow",
    ".xml": "xml", ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_MEDIA = {
    "image": ".png .jpg .jpeg .jfif .gif .webp .tif .tiff .bmp .svg .avif .heic .heif .jxl .jp2",
    "audio": ".wav .flac .mp3 .ogg .oga .opus .m4a .aac .aif .aiff .aifc .wma .amr .au .caf",
    "video": ".mp4 .m4v .mkv .webm .mov .avi .mpg .mpeg .ogv .wmv .flv .3gp",
}
MEDIA = frozenset(_MEDIA)
KNOWN = f"{', '.join(FORMATS)}, are images, audio or video"
_MEDIA_FORMATS = {ending: kind for kind, endings in _MEDIA.items() for ending in endings.split()}
_OF_MEDIA = re.compile(r"metadata\.(csv|jsonl|parquet)")
_CARD = re.compile(r"readme([-._].*)?|(data|dataset)[-_]?card([-._].*)?", re.I)
_LICENSE = re.compile(r"((un)?licen[cs]es?|copying)([-._].*)?", re.I)
_NOTICE = re.compile(r"notices?([-._].*)?", re.I)
_METADATA = re.compile(
    r"dataset_infos?\.json|dataset_dict\.json|state\.json|(.*\.)?croissant.*\.json(ld)?|.*\.opf|metadata\.ya?ml"
    r"|\.gitattributes|citation\.cff|datapackage\.json|reuse\.toml|.+\.license",
    re.I,
)
_PROSE = (None, "text", "html")
_BLOCK = 4 << 20
_LISTED = 5


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of one or several specs, sorted by path; `folder` where they are one folder's."""

    files: tuple[SourceFile, ...]
    warnings: tuple[str, ...] = ()
    folder: Path | None = None


def classify(path: str) -> tuple[FileRole, str | None, str | None]:
    """Role, format and compression of a file in a folder or repository, from its path alone."""
    name = path.rsplit("/", 1)[-1]
    format_, compression = format_of(name)
    if _METADATA.fullmatch(name):
        return FileRole.METADATA, None, None
    if "LICENSES" in path.split("/")[:-1]:  # REUSE keeps the texts there
        return FileRole.LICENSE, None, None
    for pattern, role in (
        (_CARD, FileRole.CARD),
        (_LICENSE, FileRole.LICENSE),
        (_NOTICE, FileRole.NOTICE),
    ):
        if format_ in _PROSE and pattern.fullmatch(name):
            return role, None, None
    return (FileRole.DATA, format_, compression) if format_ else (FileRole.OTHER, None, None)


def format_of(name: str) -> tuple[str | None, str | None]:
    """Format and compression that the endings of a file name say; None where unknown."""
    path = Path(name.lower())
    ending = path.suffix
    compression = ENDINGS.get(ending)
    if compression:
        ending = path.with_suffix("").suffix
    return FORMATS.get(ending) or (None if compression else _MEDIA_FORMATS.get(ending)), compression


def is_metadata(file: SourceFile) -> bool:
    """Whether a file says something of files of media, as `imagefolder` of Hugging Face has it."""
    return _OF_MEDIA.fullmatch(file.path.rsplit("/", 1)[-1]) is not None


def listing(specs: Sequence[str]) -> Listing:
    """Find the files of local specs: files, globs, folders. Raises `SourceError` where one has none."""
    warnings: list[str] = []
    found: dict[Path, bool] = {}
    for spec in specs:
        for path, named in _expand(spec, warnings):
            found[path] = found.get(path, False) or named
    folders = [Path(spec).absolute() for spec in specs if Path(spec).is_dir()]
    root = Path(os.path.commonpath([_root(spec) for spec in specs]))
    files = sorted(
        (_describe(path, root, named) for path, named in found.items()), key=lambda file: file.path
    )
    require_data(files, " ".join(specs))
    warnings += others(files)
    return Listing(tuple(files), tuple(warnings), folders[0] if len(specs) == len(folders) == 1 else None)


def require_data(files: Sequence[SourceFile], where: str) -> None:
    """Raise `SourceError` where none of the files holds records."""
    if not any(file.role is FileRole.DATA for file in files):
        raise SourceError(
            "holds no data files",
            file=where,
            hint=f"data files end in {KNOWN}, or end in one of {', '.join(ENDINGS)} after that",
        )


def others(files: Sequence[SourceFile]) -> list[str]:
    """A sentence about the files that are neither read as records nor known for another role."""
    names = [file.path for file in files if file.role is FileRole.OTHER]
    return [f"not read, of no known data format: {some(names)}"] if names else []


def some(names: Sequence[str]) -> str:
    """The first names, and how many more."""
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")


def _root(spec: str) -> str:
    """The folder that the display paths of a spec start below."""
    path = Path(spec).absolute()
    if path.is_dir():
        return str(path)
    while has_magic(str(path)) and not path.exists():
        path = path.parent
    return str(path if path.is_dir() else path.parent)


def _expand(spec: str, warnings: list[str]) -> Iterator[tuple[Path, bool]]:
    """The files of a spec, and whether the user named them one by one."""
    path = Path(spec).absolute()
    with reading(spec):
        if os.path.lexists(path):
            return _inside(path, spec, warnings)
        if not has_magic(spec):
            raise MissingSourceError("does not exist", file=spec, hint="check the path")
        matches = sorted(glob(str(path), recursive=True))  # noqa: PTH207  (`Path.glob` takes no absolute pattern)
        if not matches:
            raise MissingSourceError(
                "matches no file", file=spec, hint="check the pattern, and quote it in a shell"
            )
        tops = [Path(match) for match in matches]
        return iter([(file, False) for top in tops for file, _ in _inside(top, spec, warnings, several=True)])


def _inside(
    path: Path, spec: str, warnings: list[str], *, several: bool = False
) -> Iterator[tuple[Path, bool]]:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return iter([(file, False) for file in _walk(path, warnings)])
    if stat.S_ISREG(mode):
        return iter([(path, True)])
    if several:
        warnings.append(f"not read, no regular file: {path.name}")
        return iter([])
    raise SourceError("is no regular file but a device, pipe or socket", file=spec, hint="name a file")


def _walk(top: Path, warnings: list[str]) -> list[Path]:
    """Regular files below a folder, symbolic links followed, each folder once; what is left out is said."""
    files: list[Path] = []
    hidden: list[str] = []
    odd: list[str] = []
    folders, seen = [top], {_identity(top)}
    while folders:
        for entry in sorted(os.scandir(folders.pop()), key=lambda entry: entry.name):
            path = Path(entry.path)
            shown = display(path, top)
            if entry.name.startswith(".") and entry.name != ".gitattributes":
                hidden.append(shown)
            elif entry.is_file():
                files.append(path)
            elif not entry.is_dir() or (identity := _identity(path)) in seen:
                odd.append(shown)
            else:
                seen.add(identity)
                folders.append(path)
    if hidden:
        warnings.append(f"hidden, not read: {some(sorted(hidden))}")
    if odd:
        warnings.append(f"not read, a link that leads nowhere new, or no regular file: {some(sorted(odd))}")
    return files


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _describe(path: Path, root: Path, named: bool) -> SourceFile:
    shown = display(path, root)
    with reading(shown):
        status = path.stat()
    role, format_, compression = classify(shown)
    if named and role is not FileRole.DATA:
        role = FileRole.DATA
        format_, compression = format_of(path.name)
        if format_ is None:
            raise SourceError(
                "is of no known data format",
                file=shown,
                hint=f"data files end in {KNOWN}, or end in one of {', '.join(ENDINGS)} after that",
            )
    return SourceFile(
        path=shown,
        location=str(path),
        role=role,
        bytes=status.st_size,
        format=format_,
        compression=compression,
        modified=status.st_mtime_ns,
    )


def display(path: Path, root: Path) -> str:
    r"""`path` below `root` with `/`; bytes of a name that are no UTF-8 as `\xff`."""
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    return os.fsencode(shown).decode("utf-8", "backslashreplace")


def left_out(file: SourceFile) -> SourceFile:
    """The same file, no longer read as records."""
    return replace(file, role=FileRole.OTHER, format=None, compression=None)


def is_remote(file: SourceFile) -> bool:
    """Whether the location is an fsspec URL."""
    return "://" in file.location


def open_raw(file: SourceFile) -> BinaryIO:
    """The stored bytes, seekable, from disk or through fsspec."""
    with reading(file.path):
        if is_remote(file):
            import fsspec

            return cast("BinaryIO", fsspec.open(file.location, "rb").open())
        return Path(file.location).open("rb")


def open_bytes(file: SourceFile) -> BinaryIO:
    """The plain bytes; reading raises EOFError or the error of the compression where they are damaged."""
    raw = open_raw(file)
    with reading(file.path):
        return decompressed(raw, file.compression, file.path) if file.compression else raw


@contextmanager
def unchanged(file: SourceFile) -> Iterator[None]:
    """Size and time of a local file are the same before and after. Raises `SourceError` where not."""
    _check_unchanged(file)
    yield
    _check_unchanged(file)


def _check_unchanged(file: SourceFile) -> None:
    if is_remote(file):
        return
    with reading(file.path):
        status = Path(file.location).stat()
    if status.st_size != file.bytes or (file.modified or status.st_mtime_ns) != status.st_mtime_ns:
        raise SourceError(
            "changed while it was read", file=file.path, hint="wait until it is written, then run it again"
        )


def sha256_of(file: SourceFile, stop: Event | None = None) -> str:
    """SHA-256 of the stored bytes in hexadecimal, in one sequential read of its own.

    Raises `CancelledError` once `stop` is set.
    """
    digest = hashlib.sha256()
    with reading(file.path), unchanged(file), open_raw(file) as stream:
        while block := stream.read(_BLOCK):
            if stop is not None and stop.is_set():
                raise CancelledError
            digest.update(block)
    return digest.hexdigest()
