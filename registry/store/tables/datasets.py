"""Datasets, their versions, and what was measured of them."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import IDENTIFIER, Base, RecordedMixin, SizesMixin, StatementRow


class DatasetRow(RecordedMixin, Base):
    """A named collection."""

    __tablename__ = "dataset"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    name: Mapped[str] = mapped_column()


class DatasetVersionRow(RecordedMixin, SizesMixin, Base):
    """An immutable state of a dataset: its content under one mapping of fields."""

    __tablename__ = "dataset_version"
    __table_args__ = (
        UniqueConstraint("dataset_id", "label"),
        UniqueConstraint("dataset_id", "sequence"),
        CheckConstraint("records >= 0 AND words >= 0 AND bytes >= 0", name="sizes"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    dataset_id: Mapped[str] = mapped_column(ForeignKey("dataset.id"))
    label: Mapped[str] = mapped_column(doc="Names this version for ever, as in `gsm8k@1`.")
    sequence: Mapped[int] = mapped_column(
        doc="1, 2, 3, ... in the order of recording; the highest is the newest."
    )
    content_digest: Mapped[str] = mapped_column(
        index=True, doc="RFC 6962 Merkle root over the sorted record digests, in hexadecimal."
    )
    mapping_digest: Mapped[str] = mapped_column(doc="Digest of the field mapping and the reading options.")
    fingerprint_id: Mapped[str] = mapped_column(index=True, doc="Folder of the fingerprint store.")
    fingerprint_mode: Mapped[str] = mapped_column(doc="`full`, `sketch` or `counts`.")
    recipe: Mapped[str] = mapped_column(doc="Name of the fingerprint recipe.")
    source: Mapped[str] = mapped_column(doc="Where it was read from, as the user named it.")
    revision: Mapped[str | None] = mapped_column(doc="The host's own name for this state, e.g. a commit.")
    characters: Mapped[int] = mapped_column(doc="Code points of the content fields.")
    wordless_records: Mapped[int] = mapped_column(doc="Records whose content fields hold no word.")
    words_equal_records: Mapped[int | None] = mapped_column(
        doc="Records that repeat the words of an earlier record; null where not computed."
    )
    near_duplicate_records: Mapped[int | None] = mapped_column(
        doc="Records that resemble an earlier record, estimated from signatures; null where not computed."
    )
    near_duplicates_complete: Mapped[bool | None] = mapped_column(
        doc="False where so many records resemble each other that there may be more than were counted."
    )
    reading: Mapped[str | None] = mapped_column(
        doc="Where the records are found again, and how they were read. JSON; never public."
    )
    measured_with: Mapped[str | None] = mapped_column(
        doc="Language detector, public suffix list and reader of containers used, with their versions; null "
        "where none was."
    )
    sampled_records: Mapped[int | None] = mapped_column(
        doc="Size of the sample that languages were detected on; null where none was drawn."
    )
    first_date: Mapped[str | None] = mapped_column(
        doc="First date of a record: YYYY, YYYY-MM or YYYY-MM-DD; null where no record is dated."
    )
    last_date: Mapped[str | None] = mapped_column(doc="Last date of a record, likewise.")
    dated_records: Mapped[int | None] = mapped_column(doc="Records that give a date.")
    basis: Mapped[str] = mapped_column(
        default="measured",
        server_default="measured",
        doc="`measured` (read by the registry) or `declared` (never read: sizes as stated, digests empty).",
    )


class VersionPropertyRow(StatementRow):
    """One fact about a dataset version: title, origin, visibility, URL, ...; of several parts, as JSON."""

    __tablename__ = "version_property"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    property: Mapped[str] = mapped_column()
    value: Mapped[str] = mapped_column()


class ContradictionRow(StatementRow):
    """Something else is said beside the data than what holds: reported, not chosen."""

    __tablename__ = "contradiction"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    property: Mapped[str] = mapped_column()
    stated: Mapped[str] = mapped_column(doc="What holds.")
    found: Mapped[str] = mapped_column(doc="What stands where the evidence says.")


class DistributionRow(Base):
    """A concrete file of a version, with its digest."""

    __tablename__ = "distribution"
    __table_args__ = (UniqueConstraint("version_id", "path"),)

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"))
    path: Mapped[str] = mapped_column(doc="Relative to the source's root.")
    role: Mapped[str] = mapped_column(doc="`data`, `card`, `license`, `notice`, `metadata` or `other`.")
    format: Mapped[str | None] = mapped_column()
    compression: Mapped[str | None] = mapped_column()
    split: Mapped[str | None] = mapped_column()
    bytes: Mapped[int] = mapped_column(doc="Size of the file.")
    sha256: Mapped[str] = mapped_column(doc="SHA-256 of the file's bytes, in hexadecimal.")
    digest_by: Mapped[str] = mapped_column(doc="`registry` (read and hashed) or `host` (stated by the host).")


class VersionFieldRow(Base):
    """A field of the records, with the part it plays."""

    __tablename__ = "version_field"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True, doc="`messages[].content`")
    role: Mapped[str] = mapped_column(
        doc="`content`, `id`, `license`, `creator`, `rights_holder`, `url`, `language`, `title`, or `other`."
    )
    types: Mapped[str] = mapped_column(doc="Kinds of values seen, joined by a comma.")
    leaf_count: Mapped[int] = mapped_column(doc="Number of non-empty values.")


class VersionLanguageRow(SizesMixin, Base):
    """How much of a version is in which language."""

    __tablename__ = "version_language"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True, doc="BCP 47 tag; `und` where undetermined.")
    basis: Mapped[str] = mapped_column(doc="`declared`, `field`, or `sample` (detected, then scaled up).")
    sampled: Mapped[int | None] = mapped_column(doc="Records of the sample in this language.")


class VersionDomainRow(SizesMixin, Base):
    """How much of a version comes from which registrable domain."""

    __tablename__ = "version_domain"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), primary_key=True)
    domain: Mapped[str] = mapped_column(
        primary_key=True, doc="Registrable domain (public suffix list, ICANN section), or an IP address."
    )


class VersionMediaRow(Base):
    """How much of a version is images, audio, video, or bytes of no known format."""

    __tablename__ = "version_media"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), primary_key=True)
    modality: Mapped[str] = mapped_column(primary_key=True, doc="`image`, `audio`, `video` or `other`.")
    items: Mapped[int] = mapped_column(doc="Images, recordings, films, or values.")
    records: Mapped[int] = mapped_column(doc="Records that hold one of them or more.")
    bytes: Mapped[int] = mapped_column(doc="Bytes of the items, as they are encoded.")
    undetermined: Mapped[int] = mapped_column(
        doc="Items that could not be read: damaged, not in the data, or read without the extra `media`."
    )
    milliseconds: Mapped[int | None] = mapped_column(
        doc="How long the items last that could be read, as their containers say; null where none could."
    )
    rates: Mapped[str | None] = mapped_column(
        doc="The most frequent sampling rates (Hz; of video frames per second), joined by a comma."
    )


class VersionLicenseRow(SizesMixin, Base):
    """How much of a version stands under which license, record by record."""

    __tablename__ = "version_license"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), primary_key=True)
    expression: Mapped[str] = mapped_column(primary_key=True, doc="SPDX expression, or `NOASSERTION`.")
    raw: Mapped[str] = mapped_column(primary_key=True, doc="The spelling found; empty where none was.")
