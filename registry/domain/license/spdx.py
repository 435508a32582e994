"""The SPDX License List: identifiers in their own case, names, and what replaced the deprecated ones."""

from dataclasses import dataclass
from functools import cache

# The list's own notes say what to use instead; the GNU family follows a rule (see `_successor`).
_SUCCESSORS = {
    "BSD-2-Clause-FreeBSD": "BSD-2-Clause-Views",
    "BSD-2-Clause-NetBSD": "BSD-2-Clause",
    "bzip2-1.0.5": "bzip2-1.0.6",
    "eCos-2.0": "GPL-2.0-or-later WITH eCos-exception-2.0",
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
    "Nunit": "zlib-acknowledgement",
    "StandardML-NJ": "SMLNJ",
    "wxWindows": "LGPL-2.0-or-later WITH WxWindows-exception-3.1",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list; `kind` is license, deprecated or exception."""

    id: str
    kind: str
    name: str


@cache
def entries() -> dict[str, Entry]:
    """Every entry under its identifier in lower case."""
    from importlib.resources import files

    text = files("registry.domain.license").joinpath("spdx.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {identifier.lower(): Entry(identifier, kind, name) for identifier, kind, name in rows}


def canonical_license(text: str) -> str | None:
    """Return the expression that an identifier in any case stands for, or None where it is not listed.

    `ID+` ("or any later version") is accepted for every license; the GNU family has identifiers for it, and
    an identifier of that family without `-only` or `-or-later` is that version only.
    """
    entry = entries().get(text.lower()) or entries().get(f"{text.lower()}-only")
    if entry is None and text.endswith("+"):
        base = entries().get(text[:-1].lower())
        plain = base is not None and base.kind == "license" and not base.id.endswith(("-only", "-or-later"))
        return f"{base.id}+" if base is not None and plain else None
    if entry is None or entry.kind == "exception":
        return None
    return _successor(entry.id) if entry.kind == "deprecated" else entry.id


def canonical_exception(text: str) -> str | None:
    """Return the identifier of an exception written in any case, or None where it is not listed."""
    entry = entries().get(text.lower())
    return entry.id if entry is not None and entry.kind == "exception" else None


def name_of(identifier: str) -> str | None:
    """Return the full name of a listed license or exception."""
    entry = entries().get(identifier.lower())
    return None if entry is None else entry.name


def _successor(deprecated: str) -> str:
    if deprecated in _SUCCESSORS:
        return _SUCCESSORS[deprecated]
    gnu = f"{deprecated[:-1]}-or-later" if deprecated.endswith("+") else f"{deprecated}-only"
    return gnu if gnu.lower() in entries() else deprecated
