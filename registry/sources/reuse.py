"""Copyright and licensing of files by the REUSE specification 3.2 (reuse.software/spec): read, not linted.

Comment headers and `.license` files, `REUSE.toml` with its three precedences, and the older `.reuse/dep5`.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.domain.agent import clean_text, without_email

SIDECAR = ".license"
TOML = "REUSE.toml"
DEP5 = ".reuse/dep5"
_LICENSE = re.compile(r"SPDX-License-Identifier:[ \t]*(.+)")
_NOTICE = re.compile(r"(?:SPDX-FileCopyrightText:|Copyright\b|\u00a9)[ \t]*(.+)")
_IGNORED = re.compile(r"REUSE-IgnoreStart.*?(?:REUSE-IgnoreEnd|\Z)", re.DOTALL)
_SNIPPETS = re.compile(r"SPDX-SnippetBegin.*?(?:SPDX-SnippetEnd|\Z)", re.DOTALL)
_COMMENT_END = re.compile(r"\s*(?:\*+/|-->|\*\)|#\}|--\}\})?\s*$")
_SIGNS = re.compile(r"^(?:SPDX-FileCopyrightText:|Copyright\b|\([cC]\)|\u00a9|:|\s)+")
_YEARS = re.compile(r"^(?:\d{4}(?:\s*[-\u2013]\s*(?:\d{2,4}|present|now))?[\s,;]*)+(?:by\s+)?", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,;.]*(?:<[^<>]*>|\(?https?://\S+\)?|all rights reserved|some rights reserved)[\s.]*$", re.I
)


@dataclass(frozen=True, slots=True)
class Licensing:
    """Copyright notices and license expressions, as they are written, in the order they stand."""

    notices: tuple[str, ...] = ()
    licenses: tuple[str, ...] = ()

    def __add__(self, more: "Licensing") -> "Licensing":
        return Licensing(_each(self.notices + more.notices), _each(self.licenses + more.licenses))

    def filled(self, other: "Licensing") -> "Licensing":
        """With the other's where this one has none, of copyright and of licensing by themselves."""
        return Licensing(self.notices or other.notices, self.licenses or other.licenses)


@dataclass(frozen=True, slots=True)
class Annotation:
    """What one table says of the files it covers; `precedence` is `closest`, `aggregate` or `override`."""

    covers: re.Pattern[str]
    precedence: str
    says: Licensing


def header(text: str) -> Licensing:
    """What the comments of a file, or a `.license` file, declare, but for snippets and ignored blocks."""
    read = _SNIPPETS.sub("", _IGNORED.sub("", text))
    licenses = (_COMMENT_END.sub("", found) for found in _LICENSE.findall(read))
    notices = (_COMMENT_END.sub("", found) for found in _NOTICE.findall(read))
    return Licensing(_each(map(_line, notices)), _each(map(_line, licenses)))


def holder(notice: str) -> str:
    """Who holds the copyright that a notice tells of: without prefix, years, contact and reservation."""
    name = _YEARS.sub("", _SIGNS.sub("", notice.strip()))
    name = _YEARS.sub("", _SIGNS.sub("", name))  # "2019 (c) Jane": the sign may stand behind the year
    while (shorter := _TAIL.sub("", name)) != name:
        name = shorter
    return _line(without_email(name)).strip(" ,;.")


def annotations(toml: str) -> list[Annotation]:
    """The tables of a REUSE.toml, in their order. Raises `ValueError` where it is not one of version 1."""
    found = tomllib.loads(toml)
    if found.get("version") != 1:
        raise ValueError("its version is not 1")
    return [_annotation(table) for table in found.get("annotations", []) if isinstance(table, dict)]


def paragraphs(dep5: str) -> list[Annotation]:
    """The `Files` paragraphs of a .reuse/dep5 (DEP-5, 1.0): what they say is added to the files' own."""
    found = []
    for paragraph in re.split(r"\n[ \t]*\n", dep5.replace("\r\n", "\n")):
        fields = _fields(paragraph)
        if "files" in fields:
            says = Licensing(
                _each(map(_line, fields.get("copyright", "").split("\n"))),
                _each([_line(fields.get("license", "").partition("\n")[0])]),
            )
            patterns = fields["files"].split()
            found.append(Annotation(_any_of(map(_dep5_pattern, patterns)), "aggregate", says))
    return found


def licensing_of(
    path: str,
    own: Licensing,
    tomls: Sequence[tuple[str, Sequence[Annotation]]],
    dep5: Sequence[Annotation] = (),
) -> Licensing:
    """What holds of a file.

    own:   its header, or what its `.license` file says in the place of that
    tomls: the folder (`""` or ending in `/`) and the tables of each REUSE.toml
    """
    covering = []
    for folder, tables in sorted(tomls, key=lambda one: one[0].count("/")):
        last = _last(path.removeprefix(folder), tables) if path.startswith(folder) else None
        if last is not None:
            covering.append(last)
    for outermost_first in covering:
        if outermost_first.precedence == "override":
            return outermost_first.says
    added, fallback = Licensing(), Licensing()
    for closest_first in reversed(covering):
        if closest_first.precedence == "aggregate":
            added += closest_first.says
        else:
            fallback = fallback.filled(closest_first.says)
    old = _last(path, dep5)
    return own.filled(fallback) + added + (old.says if old else Licensing())


def _last(path: str, tables: Iterable[Annotation]) -> Annotation | None:
    """Of several tables that cover a file in one place only the last is used."""
    found = [table for table in tables if table.covers.fullmatch(path)]
    return found[-1] if found else None


def _annotation(table: Mapping[str, Any]) -> Annotation:
    return Annotation(
        covers=_any_of(map(_toml_pattern, _texts(table.get("path")))),
        precedence=str(table.get("precedence", "closest")),
        says=Licensing(
            _each(map(_line, _texts(table.get("SPDX-FileCopyrightText")))),
            _each(map(_line, _texts(table.get("SPDX-License-Identifier")))),
        ),
    )


def _toml_pattern(glob: str) -> str:
    """A path of REUSE.toml: `*` stops at a slash, `**` does not, a backslash takes the next sign as it is."""
    parts, place = [], 0
    while place < len(glob):
        rest = glob[place:]
        if rest.startswith("**"):
            part, taken = ".*", 2
        elif rest[0] == "\\" and len(rest) > 1:
            part, taken = re.escape(rest[1]), 2
        elif found := re.match(r"\[(!?)([^\]]+)\]", rest):
            part, taken = (
                f"[{'^' if found[1] else ''}{re.escape(found[2]).replace(chr(92) + '-', '-')}]",
                found.end(),
            )
        else:
            part, taken = {"*": "[^/]*", "?": "[^/]"}.get(rest[0], re.escape(rest[0])), 1
        parts.append(part)
        place += taken
    return "".join(parts)


def _dep5_pattern(glob: str) -> str:
    """A path of DEP-5: `*` and `?` match slashes, too."""
    return "".join({"*": ".*", "?": "."}.get(sign, re.escape(sign)) for sign in glob)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)", re.DOTALL)


def _fields(paragraph: str) -> dict[str, str]:
    """The fields of a control file's paragraph by their names in lower case; lines that follow are joined."""
    fields: dict[str, str] = {}
    name = ""
    for line in paragraph.split("\n"):
        if line[:1] in {" ", "\t"} and name:
            fields[name] += f"\n{line.strip()}"
        elif ":" in line and not line.startswith("#"):
            name, _, value = line.partition(":")
            name = name.lower()
            fields[name] = value.strip()
    return fields


def _texts(value: object) -> Iterator[str]:
    values = value if isinstance(value, list) else [value]
    return (text for text in values if isinstance(text, str))


def _line(text: str) -> str:
    return " ".join(clean_text(text).split())


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))
