"""Python source files as texts, and the standard library."""

import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from registry.errors import NotFoundError

# Packages installed beside the library, its own tests, and what the build of this interpreter left behind.
NOT_LIBRARY = {"site-packages", "dist-packages", "test", "tests", "idle_test", "__pycache__"}
BUILT = ("config-", "_sysconfigdata")


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A record of the dataset: one source file of the standard library."""

    path: str
    module: str
    text: str


def read_source(file: Path) -> str | None:
    """The text of a source file; None where it is blank, not UTF-8 or not readable."""
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return text if text.strip() else None


def library_files(folder: Path | None = None) -> Iterator[LibraryFile]:
    """The standard library of the running interpreter by path, without its tests.

    Raises `NotFoundError` where it is installed without its sources.
    """
    root = folder or Path(sysconfig.get_path("stdlib"))
    files = sorted(path.relative_to(root) for path in root.rglob("*.py"))
    chosen = [file for file in files if _is_library(file)]
    if not chosen:
        raise NotFoundError(
            f"there are no sources of the standard library in {root}",
            hint="run the demo with a Python that was installed with them",
        )
    for file in chosen:
        text = read_source(root / file)
        if text is not None:
            yield LibraryFile(file.as_posix(), _module(file), text)


def _is_library(file: Path) -> bool:
    return not NOT_LIBRARY.intersection(file.parts) and not file.parts[0].startswith(BUILT)


def _module(file: Path) -> str:
    parts = file.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
