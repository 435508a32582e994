"""The public views, documented: names, columns and meanings are promised like an interface."""

from dataclasses import dataclass

TEXT = "text"
INTEGER = "integer"
REAL = "real"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view; `type` is `text`, `integer` or `real`, and any value may be null."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class View:
    """A view that anyone may read."""

    name: str
    meaning: str
    columns: tuple[Column, ...]


_DATASET = Column(
    "dataset",
    TEXT,
    "Name of the dataset; `described dataset N` where only its description is public. N tells such datasets "
    "apart and may change when others become described.",
)
_VERSION = Column("version", TEXT, "Label of the version; of a described one its number.")
_MODEL = Column("model", TEXT, "Name of the model; `described model N` where only its description is public.")
_MODEL_VERSION = Column("model_version", TEXT, "Label of the model's version; of a described one its number.")
_ORIGIN = Column(
    "origin",
    TEXT,
    "How the provider came by it: `public`, `licensed`, `third-party`, `crawled`, `user`, `synthetic` or "
    "`other`; null where not stated.",
)
_LICENSE = Column(
    "license",
    TEXT,
    "License of the whole version, an SPDX expression: as concluded, else as declared, else `NOASSERTION`; "
    "`LicenseRef-withheld` where a described one has a license of its own.",
)
_EXPRESSION = Column(
    "expression",
    TEXT,
    "SPDX expression, `NOASSERTION` or `NONE`; `LicenseRef-withheld` where a described version has a license "
    "of its own.",
)
_SIZES = (
    Column("records", INTEGER, "Number of records."),
    Column("words", INTEGER, "Words of the content."),
    Column("bytes", INTEGER, "UTF-8 bytes of the content."),
)

VIEWS = (
    View(
        "public_dataset",
        "Datasets, each with its newest version. Private ones are one line, `withheld (N)`, with its sizes.",
        (
            _DATASET,
            Column("visibility", TEXT, "`public`, `described` or `private`."),
            Column("versions", INTEGER, "Number of versions of that visibility."),
            Column(
                "newest_version", TEXT, "Label of the newest of them; the columns to the right are its own."
            ),
            Column("title", TEXT, "Its title."),
            _ORIGIN,
            _LICENSE,
            *_SIZES,
        ),
    ),
    View(
        "public_dataset_version",
        "Versions of datasets. What names a described version is null.",
        (
            _DATASET,
            _VERSION,
            Column("visibility", TEXT, "`public` or `described`."),
            Column("title", TEXT, "Title."),
            _ORIGIN,
            _LICENSE,
            Column("publisher", TEXT, "Who published it."),
            Column("url", TEXT, "Where people find it."),
            Column("source", TEXT, "Where it was read from; null where that is no public address."),
            Column("revision", TEXT, "The host's own name for this state, e.g. a commit."),
            *_SIZES[:2],
            Column("characters", INTEGER, "Code points of the content."),
            _SIZES[2],
            Column("wordless_records", INTEGER, "Records without a word in their content."),
            Column("words_equal_records", INTEGER, "Records that repeat the words of an earlier record."),
            Column(
                "content_digest", TEXT, "RFC 6962 Merkle root over the sorted record digests, in hexadecimal."
            ),
            Column("fingerprint_id", TEXT, "Name of its fingerprints."),
            Column("recipe", TEXT, "Name of the recipe that words and fingerprints follow."),
            Column("recorded_at", TEXT, "When the registry recorded it. UTC, ISO 8601."),
            Column("basis", TEXT, "`measured` (the registry read the data) or `declared` (sizes as stated)."),
            Column(
                "near_duplicate_records",
                INTEGER,
                "Records that resemble an earlier record, estimated; null where not computed.",
            ),
        ),
    ),
    View(
        "public_version_language",
        "How much of a version is in which language.",
        (
            _DATASET,
            _VERSION,
            Column(
                "language",
                TEXT,
                "BCP 47 tag, of a described version the language alone; `und` where undetermined.",
            ),
            Column(
                "basis",
                TEXT,
                "`field` (the data say so), else `declared`, else `sample` (detected, scaled up).",
            ),
            *_SIZES,
        ),
    ),
    View(
        "public_version_license",
        "How much of a version stands under which license. The rows of a version add up to it.",
        (
            _DATASET,
            _VERSION,
            _EXPRESSION,
            Column(
                "raw", TEXT, "The spelling in the data; null where the records name none, or it is withheld."
            ),
            Column(
                "basis",
                TEXT,
                "`record` (the records say so) or `version` (they do not; its license applies).",
            ),
            *_SIZES,
        ),
    ),
    View(
        "public_version_domain",
        "How much of a public version comes from which domain.",
        (_DATASET, _VERSION, Column("domain", TEXT, "Registrable domain, or an IP address."), *_SIZES),
    ),
    View(
        "public_version_media",
        "How many images, and how much audio and video, a version holds, as counted in the data.",
        (
            _DATASET,
            _VERSION,
            Column("modality", TEXT, "`image`, `audio`, `video`, or `other`: bytes of no known format."),
            Column("items", INTEGER, "Images, recordings, films, or values."),
            Column("records", INTEGER, "Number of records that hold one of them or more."),
            Column(
                "milliseconds",
                INTEGER,
                "How long the items last that could be read, as their containers say; null where none could.",
            ),
            Column("undetermined", INTEGER, "Items that could not be read: they last longer than is known."),
            Column(
                "rates",
                TEXT,
                "The most frequent sampling rates in Hz, of video frames per second, joined by a comma.",
            ),
            Column("bytes", INTEGER, "Bytes of the items, as they are encoded."),
        ),
    ),
    View(
        "public_model",
        "Versions of models. Private ones are one line, `withheld (N)`, with their sizes.",
        (
            _MODEL,
            _MODEL_VERSION,
            Column("visibility", TEXT, "`public`, `described` or `private`."),
            Column("provider", TEXT, "Who provides it."),
            Column("url", TEXT, "Where people find it."),
            Column(
                "datasets", INTEGER, "Number of dataset versions it was trained on, private ones included."
            ),
            Column("records", INTEGER, "Records it was trained on, each version of a dataset once."),
            Column("words", INTEGER, "Words it was trained on, each version of a dataset once."),
            Column("words_seen", REAL, "Words times epochs, added up over the runs."),
            Column("recorded_at", TEXT, "When the registry recorded it. UTC, ISO 8601."),
        ),
    ),
    View(
        "public_model_dataset",
        "What each model was trained on, run by run. A model's private data are one line, `withheld (N)`, "
        "over all runs, counted once. Words seen and shares add up to the model; records and words do only "
        "where no version of a dataset stands in two runs.",
        (
            _MODEL,
            _MODEL_VERSION,
            Column("run", INTEGER, "Number of the training run."),
            Column("stage", TEXT, "`pretraining`, `fine-tuning`, ..."),
            _DATASET,
            _VERSION,
            Column("epochs", REAL, "How often the run saw it."),
            Column("records", INTEGER, "Records that this run used, once: they add up within a run only."),
            Column("words", INTEGER, "Words that this run used, once: they add up within a run only."),
            Column("words_seen", REAL, "Words times epochs."),
            Column("share", REAL, "Part of all words that this version of the model saw, from 0 to 1."),
            _LICENSE,
            _ORIGIN,
        ),
    ),
    View(
        "public_contribution",
        "Who contributed to public versions. Contributions overlay: they do not add up to the version. "
        "Sizes are null where someone states the part of a contributor without saying how large it is. "
        "Withheld contributors are one line, `withheld (N)`; annotators are never shown one by one.",
        (
            _DATASET,
            _VERSION,
            Column("contributor", TEXT, "As the contributor is shown."),
            Column("contributor_type", TEXT, "DataCite 4.6 contributorType, `Creator` or `Annotator`."),
            Column(
                "license", TEXT, "Of these records; the version's where they name none. Null for annotators."
            ),
            *_SIZES,
        ),
    ),
    View(
        "public_rights_holding",
        "Who holds rights in public versions. Sizes are times the share of the holder: they add up to the "
        "version. Withheld holders are one line for each basis and license, `withheld (N)`; what nobody is "
        "named for is `unidentified`.",
        (
            _DATASET,
            _VERSION,
            Column("holder", TEXT, "As the holder is shown; `unidentified` for nobody."),
            Column("basis", TEXT, "`stated`, `presumed-author` or `unidentified`."),
            Column("license", TEXT, "Of these records; the version's where they name none."),
            Column("held_records", REAL, "Records, times the share of the holder."),
            Column("held_words", REAL, "Words, times the share of the holder."),
            Column("held_bytes", REAL, "Bytes of content, times the share of the holder."),
        ),
    ),
    View(
        "public_license_statement",
        "Who says under which license a version stands, and who said so before.",
        (
            _DATASET,
            _VERSION,
            Column("kind", TEXT, "`declared` (by the publisher) or `concluded` (by a reviewer)."),
            _EXPRESSION,
            Column("raw", TEXT, "The spelling found; null of a described version."),
            Column(
                "asserted_by",
                TEXT,
                "`provider`, `publisher`, `data`, `reviewer`, `registry` or `collection`.",
            ),
            Column("evidence", TEXT, "Kind: `declared`, `card`, `field`, `measured` or `review`."),
            Column("recorded_at", TEXT, "When it was recorded. UTC, ISO 8601."),
            Column("superseded_at", TEXT, "When a newer statement took its place; null while it holds."),
        ),
    ),
    View(
        "public_lineage",
        "What public datasets and models were made from, one step.",
        (
            Column("kind", TEXT, "`derivation` (dataset from dataset) or `base-model` (model from model)."),
            Column("name", TEXT, "Name of the dataset or model."),
            Column("version", TEXT, "Its version."),
            Column("from_name", TEXT, "Name of what it was made from; `withheld` where that is private."),
            Column("from_version", TEXT, "Version of that."),
            Column("from_url", TEXT, "Address of that, where it is not in this registry."),
        ),
    ),
    View(
        "public_gap",
        "What nobody has said yet, and who could say it.",
        (
            Column("kind", TEXT, "`dataset` or `model`."),
            Column("name", TEXT, "Name of the dataset or model."),
            Column("version", TEXT, "Its version."),
            Column(
                "unknown",
                TEXT,
                "`license`, `license spelling` (one is named, but not understood), `origin`, "
                "`rights holder`, `language`; of models `provider`, `training data`.",
            ),
            Column("detail", TEXT, "The license spelling that was not understood."),
            Column("records", INTEGER, "Number of records concerned."),
            Column("words", INTEGER, "Words concerned."),
            Column("closed_by", TEXT, "Who could say: `provider`, `publisher` or `reviewer`."),
        ),
    ),
    View(
        "public_overlap",
        "What two public versions share, where they are of one dataset or one is declared to be derived from "
        "the other. Overlap is overlap: it says nothing about who took from whom.",
        (
            Column("a_dataset", TEXT, "Name of dataset A."),
            Column("a_version", TEXT, "Version of A."),
            Column("b_dataset", TEXT, "Name of dataset B."),
            Column("b_version", TEXT, "Version of B."),
            Column("a_in_b", REAL, "Containment: share of the distinct shingles of A found in B, 0 to 1."),
            Column("a_in_b_low", REAL, "Lower end of its 95 % interval; equal to it where it is exact."),
            Column("a_in_b_high", REAL, "Upper end."),
            Column("b_in_a", REAL, "Containment of B in A."),
            Column("b_in_a_low", REAL, "Lower end of its 95 % interval."),
            Column("b_in_a_high", REAL, "Upper end."),
            Column("resemblance", REAL, "Jaccard index of the two sets of shingles."),
            Column("common_hashes", INTEGER, "Shingle hashes of both, at the scale of the comparison."),
            Column("scale", INTEGER, "One in so many hashes was compared; 1 is all."),
            Column("recipe", TEXT, "Name of the recipe of the fingerprints."),
        ),
    ),
    View(
        "public_benchmark_overlap",
        "How many records of the public tests that a public model is measured by are found in the public "
        "datasets that its own runs used; in the whole of them, also where a part was used. That a record is "
        "found does not say that it was learned.",
        (
            Column("model", TEXT, "Name of the model."),
            Column("model_version", TEXT, "Label of the model's version."),
            Column("benchmark", TEXT, "Name of the dataset that the model is measured by."),
            Column("benchmark_version", TEXT, "Its version."),
            Column("dataset", TEXT, "Name of the training dataset."),
            Column("version", TEXT, "Its version."),
            Column(
                "basis",
                TEXT,
                "`verified` (both sources were read again), `index` (passages are proven by the "
                "fingerprints, near-duplicates are estimated) or `estimated` (all but equal words is).",
            ),
            Column("records", INTEGER, "Records of the benchmark."),
            Column(
                "short_records",
                INTEGER,
                "Of these of fewer than 36 words: found where they stand as a record, not always within one.",
            ),
            Column("found_records", INTEGER, "Records that are found: the next four together."),
            Column("same_words", INTEGER, "Of the very words of a record here."),
            Column("near_duplicates", INTEGER, "Near-duplicates of a record here."),
            Column(
                "contained",
                INTEGER,
                "At least half of whose words, or one whole field, stands in passages of records here.",
            ),
            Column("likely", INTEGER, "Found by estimates alone."),
            Column("in_part", INTEGER, "With a passage in common, too little to count as found."),
            Column("recipe", TEXT, "Name of the recipe of the fingerprints."),
        ),
    ),
    View(
        "public_reservation",
        "What the sites that public versions come from said of training on their content, as far as it was "
        "observed. What was said by contract or letter is not public.",
        (
            _DATASET,
            _VERSION,
            Column("domain", TEXT, "Registrable domain that said so."),
            Column(
                "protocol",
                TEXT,
                "`robots`, `tdmrep`, `aipref`, `content-signals`, `rsl` or `ai-txt`.",
            ),
            Column("agent", TEXT, "The crawler that is spoken to; `*` for everyone."),
            Column("path", TEXT, "The part of the site that it is about; `/` for all of it."),
            Column(
                "answer", TEXT, "`allow`, `disallow` or `unset` (nothing, or nothing that could be read)."
            ),
            Column("scope", TEXT, "Whether it holds for the `whole` domain or a `part` of it."),
            Column("observed", TEXT, "The day on which it was seen: YYYY-MM-DD."),
            Column(
                "collected_from",
                TEXT,
                "When the crawl of the version began, else its collection; null: not stated.",
            ),
            Column("collected_until", TEXT, "When it ended, or `ongoing`; null: not stated."),
            Column("records", INTEGER, "Number of records of the version from this domain."),
            Column("words", INTEGER, "Words of these records."),
        ),
    ),
    View(
        "public_document",
        "Documents that were approved: each edition is numbered and frozen. Drafts are not here.",
        (
            Column(
                "kind",
                TEXT,
                "`disclosure`, `attribution`, or `registry` (the pages of the registry as a whole).",
            ),
            Column("model", TEXT, "Name of the model it is about; null for the registry."),
            Column("model_version", TEXT, "Label of the model's version."),
            Column("number", INTEGER, "1, 2, 3, ... in the order of approval."),
            Column("standing", TEXT, "`latest` or `superseded`."),
            Column("digest", TEXT, "SHA-256 of the frozen JSON, in hexadecimal."),
            Column("predecessor_digest", TEXT, "That of the edition before."),
            Column("approved_by", TEXT, "Who approved it."),
            Column("approved_at", TEXT, "When it was approved. UTC, ISO 8601."),
            Column("stated_at", TEXT, "When the last statement in it was recorded. UTC, ISO 8601."),
        ),
    ),
)
