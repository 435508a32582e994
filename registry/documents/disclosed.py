"""Reading the disclosure of a base model that another registry published."""

from collections.abc import Callable, Mapping

from registry.documents.disclosure_json import FORMAT, FORMAT_VERSION
from registry.documents.names import one_line, plain
from registry.documents.projection import Audience
from registry.domain.dataset import Origin
from registry.domain.facts import BaseDisclosure, DisclosedDataset
from registry.domain.identifiers import check_label, check_name, check_url
from registry.errors import RefusedError, UsageError

_MOST_PROBLEMS = 20


def read_disclosure(document: Mapping[str, object], sha256: str) -> BaseDisclosure:
    """Read what is used of a `disclosure.json`; `sha256` is of the file, in hexadecimal.

    Raises `UsageError` with everything that does not fit, and `RefusedError` where the file was made for
    auditors: what it withholds from the public would be copied into documents for the public.
    """
    _check_format(document)
    reader = _Reader()
    totals = reader.mapping(document, "totals")
    found = BaseDisclosure(
        name=reader.checked(document, "model", check_name),
        label=reader.checked(document, "version", check_label),
        provider=reader.optional(document, "provider"),
        url=reader.address(document, "url"),
        headline=reader.text(document, "headline"),
        audience=Audience.PUBLIC.value,
        sha256=sha256,
        records=reader.count(totals, "records", "totals."),
        words=reader.count(totals, "words", "totals."),
        datasets=tuple(
            _dataset(reader, item, f"datasets[{number}].")
            for number, item in enumerate(reader.items(document, "datasets"))
        ),
    )
    reader.finish()
    return found


def _check_format(document: Mapping[str, object]) -> None:
    """Refuse what is no disclosure, one of a later format, and one for auditors."""
    if document.get("format") != FORMAT:
        raise UsageError(
            f"this is no disclosure: its format is {document.get('format')!r}, not {FORMAT!r}",
            hint="give the `disclosure.json` that lies beside the published page of the base model",
        )
    if document.get("format_version") != FORMAT_VERSION:
        raise UsageError(
            f"the disclosure has format version {document.get('format_version')!r}; "
            f"this program reads {FORMAT_VERSION}",
            hint="use a version of this program that reads it",
        )
    if document.get("audience") == Audience.AUDITOR.value:
        raise RefusedError(
            "the disclosure was made for auditors and holds what is withheld from the public",
            hint="ask its provider for the public one: `registry disclose` without `--audience auditor`",
        )


def _dataset(reader: "_Reader", item: object, place: str) -> DisclosedDataset:
    row = reader.as_mapping(item, place.removesuffix("."))
    origin = reader.optional(row, "origin", place)
    if origin is not None and origin not in {known.value for known in Origin}:
        reader.problem(f"{place}origin: {origin!r} is none of the origins")
    return DisclosedDataset(
        dataset=reader.text(row, "dataset", place),
        version=reader.optional(row, "version", place),
        title=reader.optional(row, "title", place),
        url=reader.address(row, "url", place),
        publisher=reader.optional(row, "publisher", place),
        origin=origin,
        license=reader.text(row, "license", place),
        records=reader.count(row, "records", place),
        words=reader.count(row, "words", place),
    )


class _Reader:
    """Takes values out of a document and gathers what does not fit."""

    def __init__(self) -> None:
        self._problems: list[str] = []

    def problem(self, text: str) -> None:
        """Note what does not fit."""
        self._problems.append(text)

    def finish(self) -> None:
        """Raise `UsageError` where anything did not fit."""
        if not self._problems:
            return
        more = len(self._problems) - _MOST_PROBLEMS
        shown = self._problems[:_MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else [])
        raise UsageError(
            f"the disclosure does not fit its format: {'; '.join(shown)}",
            hint="ask its provider for an unchanged file; its schema is `registry schema disclosure`",
        )

    def as_mapping(self, value: object, place: str) -> Mapping[str, object]:
        """The value as an object of JSON."""
        if isinstance(value, Mapping):
            return value
        self.problem(f"{place}: must be an object")
        return {}

    def mapping(self, document: Mapping[str, object], key: str) -> Mapping[str, object]:
        """An object that must be there."""
        return self.as_mapping(document.get(key), key)

    def items(self, document: Mapping[str, object], key: str) -> list[object]:
        """A list that must be there."""
        value = document.get(key)
        if isinstance(value, list):
            return value
        self.problem(f"{key}: must be a list")
        return []

    def text(self, document: Mapping[str, object], key: str, place: str = "") -> str:
        """A text that must be there, as one line without e-mail addresses."""
        value = document.get(key)
        if isinstance(value, str) and plain(value):
            return plain(value)
        self.problem(f"{place}{key}: must be a text")
        return ""

    def optional(self, document: Mapping[str, object], key: str, place: str = "") -> str | None:
        """A text, or nothing."""
        return None if document.get(key) is None else self.text(document, key, place)

    def address(self, document: Mapping[str, object], key: str, place: str = "") -> str | None:
        """A web address, or nothing; one that holds an e-mail address is dropped."""
        value = document.get(key)
        if value is None:
            return None
        if isinstance(value, str) and plain(value) != one_line(value):
            return None
        return self.checked(document, key, check_url, place)

    def checked(
        self, document: Mapping[str, object], key: str, check: Callable[[str], str], place: str = ""
    ) -> str:
        """A text that must be there and pass a check."""
        value = self.text(document, key, place)
        try:
            return check(value) if value else value
        except UsageError as error:
            self.problem(f"{place}{key}: {error.message}")
            return ""

    def count(self, document: Mapping[str, object], key: str, place: str) -> int:
        """A whole number that is not below zero."""
        value = document.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.problem(f"{place}{key}: must be a whole number that is not below zero")
        return 0
