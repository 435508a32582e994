"""Licenses that a text states: by an SPDX tag, by the title on a line of its own, or in a sentence.

Only what cannot be mistaken is found. A sentence that denies, compares or joins several licenses with "and"
or "or" says nothing here; nor does the name of a license without a word that puts something under it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.license.headers import spdx_identifier
from registry.domain.license.parse import License, LicenseStatus, parse_license

_KNOWN = {LicenseStatus.LISTED, LicenseStatus.REFERENCE}
_TITLE_LINES = 25  # a license text and a notice name themselves at the top
_MOST_WORDS = 14  # of a name in a sentence
_LONGEST = 1_000_000  # characters that are looked through

_MARKUP = re.compile(r"<[^<>\n]*>|[*_`#>|]+(?=\s|$)|(?:(?<=\s)|^)[*_`#>|]+|\*\*")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(\s*<?([^()\s]+)>?[^()\n]*\)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"(\[])")
_PUTS_UNDER = re.compile(
    r"\b(?:(?:licen[cs]ed|released|distributed|available|published|provided|shared|offered|covered"
    r"|redistribute\w*)(?:\s+[\w-]+){0,4}?\s+under"
    r"|dedicat\w+(?:\s+[\w-]+){0,8}?\s+(?:under|via|by|through))\s+(?:the\s+|an?\s+)?"
    r"(?:terms\s+(?:and\s+conditions\s+)?(?:of|in)\s+)?(?:the\s+|an?\s+)?",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:not|never|no longer|cannot|isn't|aren't|formerly|previously|originally|unless|except|if|unlike|"
    r"other than|used to|instead|should|must|may|might|would|could|will)\b",
    re.IGNORECASE,
)
_GNU_HEADER = re.compile(
    r"GNU (Affero |Lesser |Library )?General Public License,? as published by the Free Software Foundation"
    r"[;,:]? (?:either )?version (\d(?:\.\d)?)(?: of the License)?"
    r"(, or \(at your option\) any later version)?",
    re.IGNORECASE,
)
_DEDICATED = re.compile(
    r"\b(?:(?:is|are) in|(?:released|placed|dedicated) (?:in)?to) the public domain\b", re.IGNORECASE
)
_LABEL = re.compile(r"\s*licen[cs]e\s*(?:[:=]\s*(.*))?$", re.IGNORECASE)
_DATE = re.compile(
    r",?\s+(?:\d{1,2}\s+)?(?:january|february|march|april|may|june|july|august|\w+ember|october)\s+\d{4}$",
    re.IGNORECASE,
)
_JOINS = {"and", "or", "and/or", "&", "/", "plus", "with"}


class Stating(StrEnum):
    """How a text states a license."""

    IDENTIFIER = "identifier"  # an SPDX-License-Identifier tag
    TITLE = "title"  # the name or address of a license on a line of its own, or after "License:"
    SENTENCE = "sentence"  # "... is released under the MIT License"


@dataclass(frozen=True, slots=True)
class Found:
    """A license that a text states, on which line (from 1), how, and in which words."""

    license: License
    line: int
    stating: Stating
    words: str


def licenses_in(text: str) -> tuple[Found, ...]:
    """What a text states about licenses, by line; the same license in the same way once."""
    found: dict[tuple[str, Stating], Found] = {}
    for one in (*_tags(text), *_titles(text), *_sentences(text)):
        found.setdefault((one.license.expression, one.stating), one)
    return tuple(sorted(found.values(), key=lambda one: (one.line, list(Stating).index(one.stating))))


def _tags(text: str) -> Iterator[Found]:
    for number, line in enumerate(text[:_LONGEST].splitlines(), start=1):
        said = spdx_identifier(line) if "SPDX" in line.upper() else None
        if said is not None and said.status in _KNOWN:
            yield Found(said, number, Stating.IDENTIFIER, line.strip())


def _titles(text: str) -> Iterator[Found]:
    """Lines that are a name and nothing else: at the top, after "License:", under a heading "License"."""
    lines = [_plain(line) for line in text[:_LONGEST].splitlines()]
    for place, line in enumerate(lines):
        label = _LABEL.fullmatch(line)
        later = lines[place + 1 : place + 3]
        if label:
            named = label[1] or next(filter(None, later), "")
            read = _name(named)
        elif place < _TITLE_LINES and line and not (place and lines[place - 1]):
            named, read = _title(line, later[0] if later else "")
        else:
            continue
        if read is not None:
            yield Found(read, place + 1, Stating.TITLE, named)


def _title(line: str, following: str) -> tuple[str, License | None]:
    """A title of one line or two; a word alone, as "MIT" or "Expat", is none, nor is a sentence."""
    if _PUTS_UNDER.search(line):
        return line, None
    read = _name(line) if " " in line or "://" in line else None
    joined = _DATE.sub("", f"{line} {following}")
    return (line, read) if read or not following else (joined, _name(joined))


def _name(text: str) -> License | None:
    read = parse_license(text) if 0 < len(text) < 200 else None
    return read if read is not None and read.status in _KNOWN else None


def _sentences(text: str) -> Iterator[Found]:
    for number, paragraph in _paragraphs(text[:_LONGEST]):
        for sentence in _SENTENCE.split(paragraph):
            read = _of_sentence(sentence)
            if read is not None:
                yield Found(read, number, Stating.SENTENCE, sentence)


def _of_sentence(sentence: str) -> License | None:
    """The one license that a sentence puts something under."""
    header = _GNU_HEADER.search(sentence)
    if header is not None:
        family = {"a": "AGPL", "l": "LGPL"}.get((header[1] or "")[:1].lower(), "GPL")
        number = header[2] if "." in header[2] else f"{header[2]}.0"
        read = parse_license(f"{family}-{number}-{'or-later' if header[3] else 'only'}")
        return read if read.status in _KNOWN else None
    said = [_after(sentence, found) for found in _PUTS_UNDER.finditer(sentence)]
    said += [_public_domain(sentence, found) for found in _DEDICATED.finditer(sentence)]
    expressions = {one.expression if one else None for one in said}
    return said[0] if len(expressions) == 1 else None


def _public_domain(sentence: str, found: re.Match[str]) -> License | None:
    return None if _DENIES.search(sentence[: found.start()]) else parse_license("public domain")


def _after(sentence: str, found: re.Match[str]) -> License | None:
    """The longest name that follows, where nothing is joined to it."""
    if _DENIES.search(sentence[: found.start()]):
        return None
    words = sentence[found.end() :].split()[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count]).rstrip(".,;:!\"'")
        if name.endswith(")") and name.count(")") > name.count("("):
            name = name[:-1]
        if any(word in _JOINS for word in name.split()):
            continue
        read = parse_license(name)
        if read.status in _KNOWN:
            joined = words[count].lower() in _JOINS if count < len(words) else False
            return None if joined else read
    return None


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Lines that belong together, as one, with the number of the first; an item of a list stands alone."""
    start, held = 1, ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _plain(raw)
        if not line or re.match(r"\s*(?:[-*+•]|\d+[.)])\s", raw):
            if held:
                yield start, held
            start, held = number, line
        else:
            start, held = (start, f"{held} {line}") if held else (number, line)
    if held:
        yield start, held


def _plain(line: str) -> str:
    """A line without markup and comment leaders; a link is its text, or its address where that says more."""
    linked = _LINK.sub(_link, line)
    return " ".join(_MARKUP.sub(" ", linked).strip(" \t/#;%*").split())


def _link(link: re.Match[str]) -> str:
    text, address = parse_license(link[1]), parse_license(link[2])
    if text.status in _KNOWN and address.status in _KNOWN and text.expression != address.expression:
        return f"{link[1]} or {link[2]}"
    return link[2] if address.status in _KNOWN and text.status not in _KNOWN else link[1]
