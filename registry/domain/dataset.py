"""Datasets: how they came, what they are made of, which field plays which part."""

import hashlib
import json
from dataclasses import dataclass, fields
from enum import StrEnum


class FileRole(StrEnum):
    """What a file of a source is there for."""

    DATA = "data"
    CARD = "card"
    LICENSE = "license"
    NOTICE = "notice"
    METADATA = "metadata"
    OTHER = "other"


NOTICES = frozenset({FileRole.LICENSE, FileRole.NOTICE})


class Origin(StrEnum):
    """How the provider came by the data: the categories of section 2 of the EU template."""

    PUBLIC = "public"
    LICENSED = "licensed"
    THIRD_PARTY = "third-party"
    CRAWLED = "crawled"
    USER = "user"
    SYNTHETIC = "synthetic"
    OTHER = "other"


class Visibility(StrEnum):
    """What the public sees of a thing: all of it, its description without its name, or its size in a sum."""

    PUBLIC = "public"
    DESCRIBED = "described"
    PRIVATE = "private"

    @staticmethod
    def default(origin: Origin | None) -> "Visibility":
        """Data under contract and data of users is described, all else public."""
        guarded = {Origin.LICENSED, Origin.THIRD_PARTY, Origin.USER}
        return Visibility.DESCRIBED if origin in guarded else Visibility.PUBLIC


class SplitText(StrEnum):
    """What one record of a text file is."""

    DOCUMENT = "document"
    PARAGRAPH = "paragraph"
    LINE = "line"


class SizeBasis(StrEnum):
    """How a size is known: counted in the data by the registry, or declared by someone."""

    MEASURED = "measured"
    DECLARED = "declared"


class SelectionKind(StrEnum):
    """How a part of a version was chosen for training."""

    ALL = "all"
    SHARE = "share"
    WHERE = "where"
    IDS = "ids"
    SPLIT = "split"
    DECLARED = "declared"


class FingerprintMode(StrEnum):
    """How much of the fingerprints is kept: everything, the sketch of the version, or the counts alone."""

    FULL = "full"
    SKETCH = "sketch"
    COUNTS = "counts"

    @staticmethod
    def default(origin: Origin | None) -> "FingerprintMode":
        """Of users' data only the counts are kept: unsalted hashes of text are text to a dictionary."""
        return FingerprintMode.COUNTS if origin is Origin.USER else FingerprintMode.FULL


class FieldRole(StrEnum):
    """What a field of a record says."""

    CONTENT = "content"
    ID = "id"
    LICENSE = "license"
    CREATOR = "creator"
    RIGHTS_HOLDER = "rights_holder"
    URL = "url"
    LANGUAGE = "language"
    TITLE = "title"
    ANNOTATOR = "annotator"
    DATE = "date"
    OTHER = "other"


_LATER = frozenset({"title", "annotator", "date"})


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Which fields play which part, by path (`messages[].content`).

    An empty `text` means: every string that plays no other part. Several paths for one part are alternatives,
    the first that has a value in a record counts; a list holds several values.
    """

    text: tuple[str, ...] = ()
    id: tuple[str, ...] = ()
    license: tuple[str, ...] = ()
    creator: tuple[str, ...] = ()
    rights_holder: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    annotator: tuple[str, ...] = ()
    date: tuple[str, ...] = ()

    def by_role(self) -> dict[FieldRole, tuple[str, ...]]:
        """The named paths of every part but content."""
        return {
            FieldRole(field.name): getattr(self, field.name) for field in fields(self) if field.name != "text"
        }


def mapping_digest(mapping: FieldMapping, **reading: str | None) -> str:
    """SHA-256, in hexadecimal, of the field mapping and the options of reading.

    Parts that came later count where they are named, so that no version gets another digest by an update.
    """
    named = {field.name: getattr(mapping, field.name) for field in fields(mapping)}
    stated = {name: paths for name, paths in named.items() if paths or name not in _LATER} | reading
    return hashlib.sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()
