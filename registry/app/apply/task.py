"""What all steps of applying a file share."""

from dataclasses import dataclass
from pathlib import Path

from registry.app.digests import FileDigests
from registry.app.home import Home
from registry.app.ingest import Started


@dataclass(frozen=True, slots=True)
class Task:
    """The registry, the declaration file, and how sources are read."""

    home: Home
    file: Path
    digests: FileDigests
    workers: int
    started: Started
    rehash: bool = False

    def told(self, message: str) -> str:
        """A message with paths as the file gives them."""
        return message.replace(f"{self.file.parent}/", "")
