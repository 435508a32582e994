"""Common names of licenses: Hugging Face identifiers, Trove classifiers, and what people write."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product

from registry.domain.license import spdx
from registry.domain.license.creative_commons import FAMILY
from registry.domain.license.references import REFERENCES

_SILENT = {"the", "license", "licence", "licenses", "licences", "licensed", "version", "ver", "v"}
# Punctuation that cannot change the meaning; any other symbol (as in "MIT?") makes a text unreadable to us.
_QUIET = re.compile(r"[\w\s\-.,:;/\"'“”‘’«»()+&®™–]*")
_WORDS = re.compile(r"[^\W\d_]+|\d+(?:\.\d+)*|\+")

# Names without a number stand only where one version was ever published: that is no guess.
_NAMES: dict[str, tuple[str, ...]] = {
    "Apache-2.0": ("Apache 2", "ASL 2.0", "Apache Software License 2.0"),
    "BSD-2-Clause": ("2-Clause BSD", "Simplified BSD", "BSD 2-Clause Simplified", "FreeBSD License"),
    "BSD-3-Clause": ("3-Clause BSD", "New BSD", "Modified BSD", "Revised BSD", "BSD-3", "BSD 3-Clause"),
    "BSL-1.0": ("Boost Software License",),
    "C-UDA-1.0": ("C-UDA", "Computational Use of Data Agreement"),
    "CC0-1.0": (
        "CC0",
        "CC-0",
        "CC Zero",
        "CC0 1.0",
        "CC0 1.0 Universal",
        "CC0 1.0 Universal Public Domain Dedication",
        "Creative Commons Zero",
        "Creative Commons Zero 1.0",
        "Creative Commons CC0",
        "Creative Commons CC0 1.0 Universal",
        "Public Domain CC0",
    ),
    "CC-PDM-1.0": ("Public Domain Mark", "Public Domain Mark 1.0"),
    "CDLA-Permissive-1.0": ("Community Data License Agreement – Permissive 1.0",),
    "CDLA-Permissive-2.0": ("Community Data License Agreement – Permissive 2.0",),
    "CDLA-Sharing-1.0": ("CDLA Sharing", "Community Data License Agreement – Sharing 1.0"),
    "EPL-1.0": ("EPL 1",),
    "EPL-2.0": ("EPL 2",),
    "EUPL-1.1": ("EUPL 1.1", "European Union Public Licence 1.1 (EUPL 1.1)"),
    "EUPL-1.2": ("EUPL 1.2", "European Union Public Licence 1.2 (EUPL 1.2)"),
    "ISC": ("ISCL",),
    "LGPLLR": ("LGPL-LR",),
    "MIT": ("Expat", "MIT Expat"),
    "MPL-2.0": ("MPL 2",),
    "ODC-By-1.0": ("ODC-By", "ODC Attribution License", "Open Data Commons Attribution License"),
    "ODbL-1.0": ("ODbL", "ODC-ODbL", "Open Database License", "Open Data Commons Open Database License"),
    "OGL-UK-3.0": ("OGL 3.0", "Open Government Licence v3.0", "UK Open Government Licence v3.0"),
    "OpenMDW-1.0": ("OpenMDW",),
    "PDDL-1.0": ("PDDL", "ODC-PDDL", "Open Data Commons Public Domain Dedication and License"),
    "PSF-2.0": ("PSF", "PSF License 2.0", "Python Software Foundation License"),
    "Unlicense": ("Unlicense",),
    "Zlib": ("zlib/libpng",),
}
_GNU = {
    "GPL": ("1", "2", "3"),
    "AGPL": ("3",),
    "LGPL": ("2", "2.1", "3"),
    "GFDL": ("1.1", "1.2", "1.3"),
}
_GNU_NAMES = {
    "GPL": ("gpl", "general public"),
    "AGPL": ("agpl", "affero gpl", "affero general public"),
    "LGPL": (
        "lgpl",
        "lesser gpl",
        "lesser general public",
        "library general public",
        "library or lesser general public",
    ),
    "GFDL": ("gfdl", "fdl", "free documentation"),
}
_LATER = ("+", "or later", "or newer", "or any later", "and later")
_NOTHING_SAID = (
    "unknown",
    "unspecified",
    "not specified",
    "not stated",
    "unstated",
    "undefined",
    "noassertion",
    "no assertion",
    "null",
    "nan",
    "n a",
    "tbd",
    "unclear",
)
_SAID_TO_BE_NONE = ("none", "no license", "no licence", "unlicensed", "not licensed", "without license")
_FAMILIES = (
    "cc",
    "creative commons",
    "bsd",
    "bsd style",
    "gpl",
    "gnu gpl",
    "gnu",
    "general public",
    "gnu general public",
    "lgpl",
    "gnu lgpl",
    "gnu lesser general public",
    "agpl",
    "gnu agpl",
    "gnu affero general public",
    "gfdl",
    "gnu free documentation",
    "apache",
    "apache software",
    "asl",
    "mpl",
    "mozilla public",
    "epl",
    "eclipse public",
    "eupl",
    "european union public",
    "osl",
    "afl",
    "artistic",
    "cdla",
    "cdla permissive",
    "etalab",
    "open government",
    "ogl",
    "llama",
    "rail",
)


def name_key(text: str) -> str | None:
    """Reduce a name to the words and numbers that tell licenses apart; None where it holds other symbols.

    "Apache License, Version 2.0", "apache-2.0" and "Apache 2" have one key.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not _QUIET.fullmatch(folded):
        return None
    words = _WORDS.findall(re.sub(r"v(?=\d)", " ", folded))
    return " ".join(_number(word) for word in words if word not in _SILENT)


def statement_of(text: str) -> str | None:
    """Return `NOASSERTION`, `NONE` or `FAMILY` where a name says that and no more, else None."""
    plain = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    if not text.strip() or plain in _NOTHING_SAID:
        return "NOASSERTION"
    if plain in _SAID_TO_BE_NONE:
        return "NONE"
    return FAMILY if name_key(text) in _FAMILIES else None


def identifier_of(text: str) -> str | None:
    """Return the identifier that a name stands for, or None."""
    key = name_key(text)
    return _keys().get(key) if key else None


@cache
def _keys() -> dict[str, str]:
    """Every key that belongs to one license; our names go before the list's, ambiguous ones are left out."""
    listed: dict[str, set[str]] = {}
    for entry in spdx.entries().values():
        if entry.kind == "license":
            for name in (entry.name, entry.id):
                listed.setdefault(name_key(name) or "", set()).add(entry.id)
    keys = {key: min(ids) for key, ids in listed.items() if len(ids) == 1}
    keys.update(_own_keys())
    return {key: identifier for key, identifier in keys.items() if key not in _FAMILIES}


def _own_keys() -> Iterator[tuple[str, str]]:
    for identifier, names in _NAMES.items():
        yield from ((name_key(name) or "", identifier) for name in names)
    for reference in REFERENCES:
        yield from ((name_key(name) or "", reference.id) for name in (reference.name, *reference.spellings))
    yield from _gnu_keys()


def _gnu_keys() -> Iterator[tuple[str, str]]:
    """GNU names: "GPLv3" is `GPL-3.0-only`, which is what SPDX made of the identifier `GPL-3.0`."""
    for family, versions in _GNU.items():
        for version, name, maker in product(versions, _GNU_NAMES[family], ("gnu ", "")):
            number = version if "." in version else f"{version}.0"
            for suffix in ("", " only"):
                yield f"{maker}{name} {version}{suffix}", f"{family}-{number}-only"
            for suffix in _LATER:
                yield f"{maker}{name} {version} {suffix}", f"{family}-{number}-or-later"


def _number(word: str) -> str:
    return re.sub(r"(\.0)+$", "", word) if word[0].isdigit() else word
