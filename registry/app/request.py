"""What a user asks to be read."""

from dataclasses import dataclass, field

from registry.app.declared import Declared
from registry.domain.dataset import FieldMapping, FingerprintMode, mapping_digest
from registry.sources.interface import ReadOptions


@dataclass(frozen=True, slots=True)
class Request:
    """A dataset to read: where it is, what it is called, how it is read, what is said of it.

    named: the sources as the user wrote them, where that differs (paths relative to a file)
    """

    sources: tuple[str, ...]
    name: str
    label: str | None = None
    mapping: FieldMapping = field(default_factory=FieldMapping)
    reading: ReadOptions = field(default_factory=ReadOptions)
    declared: Declared = field(default_factory=Declared)
    fingerprints: FingerprintMode | None = None
    workers: int = 1
    named: str | None = None

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
