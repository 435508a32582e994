"""What every source offers: its files, and their records batch by batch."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from registry.domain.dataset import FieldMapping, FieldRole, FileRole, SplitText
from registry.fingerprint.leaves import Batch


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a source. `explode` is a dotted path to nested records (`data.paragraphs.qas`)."""

    explode: str | None = None
    split: str | None = None
    config: str | None = None
    split_text: SplitText = SplitText.DOCUMENT


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source: a distribution with data, or a file with another role.

    path:     display path, relative to the source's root, `/` between its parts
    location: absolute path or fsspec URL, for opening
    format:   json, parquet, csv, tsv, text, arrow, xml, html, or by its name image, audio or video;
              None where the role is not data
    compression: gzip, zstd or xz; None where the bytes are plain
    sha256:   what the host states, where it does (hub); local files are hashed by us
    modified: nanoseconds since the epoch, local files only
    """

    path: str
    location: str
    role: FileRole
    bytes: int
    format: str | None = None
    compression: str | None = None
    split: str | None = None
    sha256: str | None = None
    modified: int | None = None


SaidOfFiles = Mapping[str, Mapping[FieldRole, tuple[str, ...]]]
"""By the path of a file, what is declared beside the data of all its records: licenses, rights holders."""


@dataclass(frozen=True, slots=True)
class CardFact:
    """What a card beside the data declares of one property, and where that stands.

    property: as in registry.yaml, one fact for each element of a list (`license`, `title`, `derived_from`);
              beyond it: license_url, creators, annotations, version, usage_info
    value:    one line without control characters and e-mail addresses; `collected` is BEGIN/END, each as
              YYYY, YYYY-MM or YYYY-MM-DD; `personal_information` is the explanation, no answer
    kind:     `card` (front matter of a README.md, SPDX tag of a LICENSE), `croissant` or `reuse`
    place:    file and key, as a reader looks them up: "README.md: license"
    """

    property: str
    value: str
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class CardContributor:
    """Whom metadata beside the data credit, in one role (MARC relator code), and where that stands."""

    name: str
    role: str
    place: str


@dataclass(frozen=True, slots=True)
class Card:
    """What the files beside the data declare, in their order; never without a fact or contributor."""

    facts: tuple[CardFact, ...]
    contributors: tuple[CardContributor, ...] = ()


class Source(Protocol):
    """A dataset where it lies. `warnings` are sentences for the user, known after opening or reading."""

    @property
    def location(self) -> str:
        """As the user named it (several joined by a space); never holds a secret."""

    @property
    def revision(self) -> str | None:
        """The host's own name for this state (a commit), where it has one."""

    @property
    def card(self) -> Card | None:
        """The dataset card, where there is one."""

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """All files, sorted by path; those with role data hold the records."""

    @property
    def warnings(self) -> list[str]:
        """What a user should know about how this was read."""

    @property
    def implied(self) -> FieldMapping:
        """What the format itself says of its fields, where it does (a document's language)."""

    @property
    def said_of_files(self) -> SaidOfFiles:
        """What is declared beside the data of the records of single files; empty where nothing is."""

    def batches(self) -> Iterator[Batch]:
        """The records, file by file in the order of `files`, each file in its own order."""
