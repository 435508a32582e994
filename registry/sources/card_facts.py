"""Facts gathered from one card: cleaned, each with its place; what cannot be used is said."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from registry.domain.agent import WITHHELD, clean_text, without_email
from registry.domain.identifiers import check_url
from registry.domain.languages import language_tag
from registry.errors import UsageError
from registry.sources.interface import CardFact

SUMMARY = 500  # characters
_LONGEST = 2000
_ELEMENTS = 1000
_NO_LANGUAGE = frozenset({"multilingual", "code"})
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ][0-9:.,+-]*Z?)?)?)?", re.ASCII)
_INTERVAL = re.compile(r"\s*(?:/|--)\s*")  # ISO 8601-1 clause 5.5.1


@dataclass(slots=True)
class Gathered:
    """What one card declares so far. `kind` and `where` are those of its facts, `where` without the key."""

    kind: str
    where: str
    facts: list[CardFact] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, property_: str, key: str, text: str, longest: int = _LONGEST) -> None:
        """A text, on one line, cut between words where it is longer than `longest` characters."""
        value = _cut(_one_line(text), longest)
        if value == WITHHELD:
            self.refuse(key, "only an e-mail address")
        elif value:
            self._append(CardFact(property_, value, self.kind, f"{self.where}: {key}"))

    def address(self, property_: str, key: str, text: str) -> None:
        """A web address; what is none is refused."""
        value = _one_line(text)
        try:
            self.add(property_, key, check_url(value) if len(value) < _LONGEST else "")
        except UsageError:
            self.refuse(key, "no web address")

    def language(self, key: str, text: str) -> None:
        """A language by its BCP 47 tag; `multilingual` and `code` name none."""
        tag = language_tag(text)
        if tag is not None:
            self.add("language", key, tag)
        elif text.strip().lower() not in _NO_LANGUAGE:
            self.refuse(key, "no language tag")

    def day(self, property_: str, key: str, text: str) -> None:
        """A date as YYYY, YYYY-MM or YYYY-MM-DD, without the time of day."""
        found = calendar_date(text)
        if found is None:
            self.refuse(key, "no date")
        else:
            self.add(property_, key, found)

    def period(self, property_: str, key: str, texts: Iterable[str]) -> None:
        """First and last of dates, `BEGIN/END`, each as YYYY, YYYY-MM or YYYY-MM-DD; one date is both.

        An interval of which one end is known stays one (ISO 8601-2): `..` is an end that is still to come.
        """
        half = _half(texts := list(texts))
        if half is not None:
            self.add(property_, key, half)
            return
        dates = [calendar_date(part) for text in texts for part in _INTERVAL.split(text)]
        known = sorted(each for each in dates if each)
        if known and len(known) == len(dates):
            self.add(property_, key, f"{known[0]}/{known[-1]}")
        elif dates:
            self.refuse(key, "no dates")

    def texts(self, key: str, value: object) -> list[str]:
        """The texts of a value or a list of values; other types are refused, empty texts skipped."""
        values = value if isinstance(value, list) else [value]
        if len(values) > _ELEMENTS:
            self.warnings.append(f"{self.where}: {key} has {len(values)} elements, {_ELEMENTS} were read")
        for each in values[:_ELEMENTS]:
            if not isinstance(each, str | None):
                self.refuse(key, type_name(each))
        return [each for each in values[:_ELEMENTS] if isinstance(each, str) and each.strip()]

    def refuse(self, key: str, what: str) -> None:
        """Say that something is not used: once for each key and reason."""
        sentence = f"{self.where}: {key} holds {what}, not used"
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def _append(self, fact: CardFact) -> None:
        if fact not in self.facts:
            self.facts.append(fact)


def calendar_date(text: str) -> str | None:
    """A date of ISO 8601 to the day, month or year, as precise as it was; None for what is none."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return "-".join(part for part in match.groups() if part)


def _half(texts: list[str]) -> str | None:
    """`BEGIN/`, `BEGIN/ongoing` or `/END`, where the one text is such an interval."""
    begin, slash, end = (texts[0] if len(texts) == 1 else "").strip().partition("/")
    known = calendar_date(begin or end)
    if not slash or known is None or (begin and end not in {"", ".."}):
        return None
    return f"{known}/{'ongoing' if end else ''}" if begin else f"/{known}"


def type_name(value: object) -> str:
    """What a value that is no text is, for people."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object" if isinstance(value, dict) else "no text"


def _one_line(text: str) -> str:
    return " ".join(without_email(" ".join(clean_text(text[: 4 * _LONGEST]).split())).split())


def _cut(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    start = text[: longest - 2]
    return f"{start[: start.rfind(' ')] if ' ' in start[longest // 2 :] else start} …"
