"""What is not known of a dataset version, and who could say it."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.documents.california.known import copyright_told, license_told, purchase_told, terms_of
from registry.documents.contributors import annotators_said
from registry.documents.figures import exactly
from registry.documents.periods import ONGOING, dates_text, period_of
from registry.domain.dataset import FingerprintMode, Origin
from registry.domain.dates import last_day
from registry.domain.facts import LicenseFacts, VersionFacts
from registry.domain.languages import UNDETERMINED
from registry.domain.license import NOASSERTION, alternatives
from registry.domain.stated import NONE_STATED, IntellectualProperty, Modality


@dataclass(frozen=True, slots=True)
class DatasetGap:
    """Something not known of a dataset version: which field, what of it, who can say it, and how."""

    field: str
    unknown: str
    closed_by: str
    how: str


def dataset_gaps(version: VersionFacts) -> tuple[DatasetGap, ...]:
    """Every open point, in the order in which rights, contents and history are asked for."""
    return (
        *_rights(version),
        *_contents(version),
        *_history(version),
        *_of_its_origin(version),
        *_fingerprints(version),
    )


def _rights(version: VersionFacts) -> Iterator[DatasetGap]:
    yield from _license(version.license)
    if version.origin is None:
        yield DatasetGap(
            "origin", "how the data came is not stated", "provider", _file("origin", "origin ORIGIN")
        )
    for part in version.licenses:
        if part.expression == NOASSERTION:
            what = f"spelled '{part.raw}'" if part.raw else "not stated record by record"
            which = f"the license of {exactly(part.size.records, 'record')} is {what}"
            yield DatasetGap("licenses", which, "publisher", "the field named by `fields.license`")
    if version.contributors.unidentified_records:
        records = exactly(version.contributors.unidentified_records, "record")
        who = f"no creator or rights holder is named in {records}"
        how = f"`rights_holders`, or {_file('fields.creator', 'creator-field F')}"
        yield DatasetGap("contributors", who, "publisher", how)

    yield from _protection(version)


def _license(said: LicenseFacts) -> Iterator[DatasetGap]:
    """A license that nobody knows, or a choice that nobody has recorded."""
    offered = alternatives(said.stated)
    if said.concluded == NOASSERTION:
        found = "a reviewer could not tell under which license it stands"
        yield DatasetGap("license", found, "publisher", "`registry license conclude`")
    elif said.stated == NOASSERTION:
        raw = said.declared_raw
        unmapped = f"the license '{raw}' is none that SPDX knows" if raw else "no license is stated"
        yield DatasetGap("license", unmapped, "publisher", _file("license", "license EXPRESSION"))
    elif len(offered) > 1:
        which = f"which of {', '.join(offered)} was chosen is not recorded"
        yield DatasetGap("license", which, "provider", "`concluded`, or `registry license conclude`")


def _protection(version: VersionFacts) -> Iterator[DatasetGap]:
    """What protects the data and how it was acquired, as far as neither licenses nor the origin tell."""
    licenses = terms_of(version, version.licenses, version.size.records)
    said = version.description.intellectual_property or IntellectualProperty()
    rights = {
        "copyright": copyright_told(version, licenses).answer,
        "trademark": said.trademark,
        "patent": said.patent,
    }
    for right, answer in rights.items():
        if answer is None:
            what = f"whether a {right} protects any of it is not stated"
            yield _unstated("intellectual_property", what, f"intellectual_property.{right}")
    if purchase_told(version).answer is None:
        yield _unstated("acquired", "whether it was purchased is not stated", "acquired.purchased")
    if license_told(version, licenses).answer is None:
        yield _unstated("acquired", "whether it is used under a license is not stated", "acquired.licensed")


def _contents(version: VersionFacts) -> Iterator[DatasetGap]:
    said = version.description
    for language in version.languages:
        if language.language == UNDETERMINED and language.size.records and _speaks(version):
            what = f"the language of {exactly(language.size.records, 'record')} is not determined"
            yield DatasetGap("languages", what, "publisher", _file("fields.language", "language-field F"))
    if not said.content_types:
        yield _unstated("content_types", "what types of content it holds is not stated")
    if not said.characteristics:
        what = "which regions and groups of people it is about is not stated"
        yield _unstated("characteristics", what)
    if said.personal_information is None:
        yield _unstated("personal_information", "whether it holds personal information is not stated")
    if said.aggregate_consumer_information is None:
        what = "whether it holds information about groups of consumers is not stated"
        yield _unstated("aggregate_consumer_information", what)
    if said.labels is None:
        yield _unstated("labels", "what its labels say, or that it has none, is not stated")
    if said.engagements is None:
        named = f"; its records name {people}" if (people := annotators_said(version)) else ""
        yield _unstated("engagements", f"who labelled or wrote it, and on which terms, is not stated{named}")
    if not version.is_measured and said.measured is None:
        yield _unstated("measured", "how much data it is is not stated")
    for part in version.media:
        if part.undetermined:
            count = exactly(part.undetermined, f"{part.modality.value} item")
            what = f"the {'length' if part.lasts else 'content'} of {count}"
            how = "ingest it again with the extra `media` installed, or mend the damaged files"
            yield DatasetGap("media", f"{what} could not be read", "provider", how)
        if part.modality is Modality.OTHER:
            count = exactly(part.items, "value")
            what = f"the format of {count} of bytes is not known"
            yield DatasetGap("media", what, "provider", "store them in a format with a signature")


def _speaks(version: VersionFacts) -> bool:
    """Whether there is anything that could be in a language."""
    pictures = {part.modality for part in version.media} == {Modality.IMAGE}
    return bool(version.size.words) or not pictures


def _ended_before(end: str, moment: str) -> bool:
    return end != ONGOING and last_day(end) < moment


def _history(version: VersionFacts) -> Iterator[DatasetGap]:
    said, period = version.description, period_of(version)
    if version.url is None:
        yield DatasetGap("url", "where it is published is not stated", "publisher", _file("url", "url URL"))
    if version.publisher is None:
        how = _file("publisher", "publisher NAME")
        yield DatasetGap("publisher", "who publishes it is not stated", "publisher", how)
    if period.begin is None or period.end is None:
        dated = f"; its records are dated {dates_text(version.dates)}" if version.dates else ""
        yield _unstated("collected", f"from when until when it was collected is not stated{dated}")
    elif version.dates and _ended_before(period.end, version.dates.last):
        what = f"records are dated until {version.dates.last}, after its collection is stated to have ended"
        yield _unstated("collected", what)
    elif any(moment != ONGOING and "-" not in moment for moment in (period.begin, period.end)):
        yield _unstated("collected", "the months in which its collection began and ended are not stated")
    if not said.processing:
        yield _unstated("processing", "how it was cleaned and processed is not stated")
    elif said.processing_purpose is None and said.processing != (NONE_STATED,):
        yield _unstated("processing_purpose", "to what end it was processed is not stated")
    if said.purpose is None:
        yield _unstated("purpose", "what it is used for is not stated")


def _of_its_origin(version: VersionFacts) -> Iterator[DatasetGap]:
    """What is asked of crawled data, of data of users and of synthetic data alone."""
    said = version.description
    if version.origin is Origin.CRAWLED:
        if said.crawl is None or not said.crawl.crawlers:
            yield _unstated("crawl", "which crawlers collected it is not stated", "crawl.crawlers")
        if not version.domains:
            how = _file("fields.url", "url-field F")
            yield DatasetGap("domains", "the domain names are not known", "publisher", how)
    users = said.user_data
    if version.origin is Origin.USER and (
        users is None or None in {users.interactions, users.other_services}
    ):
        yield _unstated("user_data", "from which services of the provider it comes is not stated")
    if version.origin is Origin.SYNTHETIC and said.generated_by is None:
        yield _unstated("generated_by", "which model generated it is not stated")


def _fingerprints(version: VersionFacts) -> Iterator[DatasetGap]:
    if version.is_measured and version.fingerprint_mode is FingerprintMode.COUNTS:
        what = "what it shares with other datasets: only counts are kept of it"
        how = "ingest it under a new label with `--fingerprints sketch`"
        yield DatasetGap("overlaps", what, "provider", how)


def _unstated(field: str, what: str, key: str | None = None) -> DatasetGap:
    return DatasetGap(field, what, "provider", f"`{key or field}` in registry.yaml")


def _file(key: str, option: str) -> str:
    """The key of the declaration file, or the option that says the same."""
    return f"`{key}` in registry.yaml (or registry ingest --{option})"
