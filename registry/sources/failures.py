"""Errors of the libraries that read, said as what is wrong with which file and what to do."""

import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
import zstandard

from registry.errors import RegistryError, SourceError

_CONVERT = "convert it to UTF-8, e.g. iconv -f ISO-8859-1 -t UTF-8 OLD > NEW"
_DAMAGED = "fetch or write the file again; it is damaged or incomplete"
_EMPTY = "the file holds nothing: fetch it again, or leave it out"
_FAMILIES = ("pyarrow", "datasets", "pandas", "huggingface_hub", "fsspec", "httpx", "httpx2", "httpcore2")
_NAMED: dict[str, tuple[str, str]] = {
    "EmptyDataError": ("is empty", _EMPTY),
    "EmptyDatasetError": ("holds no data files", "name a folder or file with data"),
    "DataFilesNotFoundError": ("holds no data files", "name a folder or file with data"),
    "RepositoryNotFoundError": (
        "is not on the hub, or is private",
        "check OWNER/NAME, or log in with `hf auth login`",
    ),
    "GatedRepoError": ("is gated", "ask for access on its hub page, then log in with `hf auth login`"),
    "RevisionNotFoundError": ("has no such revision", "name an existing branch, tag or commit after '@'"),
    "EntryNotFoundError": ("has no such file", "check the path"),
    "RemoteEntryNotFoundError": ("has no such file", "check the path"),
    "OfflineModeIsEnabled": ("cannot be reached: offline mode is on", "unset HF_HUB_OFFLINE"),
    "FSTimeoutError": ("did not answer in time", "try again"),
}


@contextmanager
def reading(file: str, row: int | None = None) -> Iterator[None]:
    """Foreign errors raised inside become a `SourceError` about `file`; programming errors pass."""
    try:
        yield
    except RegistryError:
        raise
    except Exception as error:
        found = source_error(error, file, row)
        if found is None:
            raise
        raise found from error


def source_error(error: Exception, file: str, row: int | None = None) -> SourceError | None:  # noqa: PLR0911
    """What a foreign error says about `file`; None where it is no error of reading."""
    if isinstance(error, UnicodeDecodeError):
        return not_utf8(file, row, bytes(error.object[:2]))
    if isinstance(error, pa.ArrowException) and isinstance(error, OSError | MemoryError | KeyError):
        return SourceError(f"cannot be read: {_first_line(error)}", file=file, row=row, hint=_DAMAGED)
    if isinstance(error, EOFError):
        return SourceError("ends too early", file=file, row=row, hint=_DAMAGED)
    if isinstance(error, zlib.error | lzma.LZMAError | zstandard.ZstdError):
        return SourceError(
            f"is not what it was compressed as: {_first_line(error)}", file=file, row=row, hint=_DAMAGED
        )
    if isinstance(error, StopIteration) or isinstance(error.__cause__, StopIteration):
        return SourceError("is empty", file=file, row=row, hint=_EMPTY)
    if isinstance(error, MemoryError):
        return SourceError("needs more memory than there is", file=file, row=row, hint="split the file")
    if isinstance(error, RecursionError):
        return SourceError("is nested too deeply", file=file, row=row, hint="flatten the records")
    return _foreign(error, file, row)


def not_utf8(file: str, row: int | None, head: bytes = b"") -> SourceError:
    """Text that is no UTF-8; `head` is how the text starts, to recognise UTF-16."""
    if head in (b"\xff\xfe", b"\xfe\xff"):
        return SourceError(
            "is UTF-16, not UTF-8", file=file, row=row, hint="convert it: iconv -f UTF-16 -t UTF-8 OLD > NEW"
        )
    return SourceError("is not valid UTF-8", file=file, row=row, hint=_CONVERT)


def _foreign(error: Exception, file: str, row: int | None) -> SourceError | None:
    cause = error.__cause__
    if type(error).__name__ == "DatasetGenerationError" and isinstance(cause, Exception):
        return source_error(cause, file, row)
    for cls in type(error).__mro__:
        if cls.__name__ in _NAMED and cls.__module__.split(".")[0] in _FAMILIES:
            message, hint = _NAMED[cls.__name__]
            return SourceError(message, file=file, row=row, hint=hint)
    if isinstance(error, OSError):
        return _of_system(error, file, row)
    if any(cls.__module__.split(".")[0] in _FAMILIES for cls in type(error).__mro__):
        return SourceError(f"cannot be read: {_first_line(error)}", file=file, row=row, hint=_DAMAGED)
    return None


def _of_system(error: OSError, file: str, row: int | None) -> SourceError:
    if isinstance(error, FileNotFoundError):
        return SourceError("does not exist", file=file, row=row, hint="check the path")
    if isinstance(error, PermissionError):
        return SourceError("may not be read", file=file, row=row, hint="give yourself read permission")
    if isinstance(error, ConnectionError | TimeoutError):
        return SourceError("cannot be reached", file=file, row=row, hint="check the network and try again")
    reason = error.strerror or _first_line(error)
    return SourceError(f"cannot be read: {reason}", file=file, row=row, hint="check the disk and the path")


def _first_line(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return text[0][:200] if text else type(error).__name__
