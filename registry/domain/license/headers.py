"""Licenses in the headers of files: `SPDX-License-Identifier` lines (SPDX 3 annex E, REUSE 3.3)."""

import re

from registry.domain.license.parse import License, parse_license

# The tag stands at the start of a line or after a comment leader, never inside a word or in quotes.
_TAG = re.compile(r"(?:^|(?<=[\s#*/;%!\-<(\[{|:.@]))SPDX-License-Identifier:[ \t]+(\S.*)$", re.IGNORECASE)
# What closes a comment on the same line: C, HTML and XML, ML and Pascal, Haskell, Jinja, templates, boxes.
_TRAILER = re.compile(r"""(?:\s*(?:\*+/|-->|\?>|%>|\*\)|-\}|#\}|\]\]|\]\s*::|["']\s*/?>|\*+|\#+|/+))+\s*$""")
_LONGEST_LINE = 2000


def spdx_identifier(line: str) -> License | None:
    """The license that a line of a file states by an `SPDX-License-Identifier` tag; None where it has none.

    The tag may stand in a comment of any language. An expression that cannot be read is `NOASSERTION` with
    its spelling kept.
    """
    match = _TAG.search(line.rstrip()) if len(line) <= _LONGEST_LINE else None
    if match is None:
        return None
    said = _TRAILER.sub("", match[1]).strip()
    return parse_license(said) if said else None


def spdx_identifiers(text: str) -> tuple[License, ...]:
    """The licenses that the tags of a text state, each once, in its order.

    What stands between `REUSE-IgnoreStart` and `REUSE-IgnoreEnd` is only an example of a tag, and snippets
    (`SPDX-SnippetBegin` to `SPDX-SnippetEnd`) have a license of their own, which is not the file's.
    """
    found: dict[str, License] = {}
    for line in _of_the_file(text):
        said = spdx_identifier(line)
        if said is not None:
            found.setdefault(f"{said.expression} {'' if said.known else said.raw}", said)
    return tuple(found.values())


_BLOCKS = (("REUSE-IgnoreStart", "REUSE-IgnoreEnd"), ("SPDX-SnippetBegin", "SPDX-SnippetEnd"))


def _of_the_file(text: str) -> list[str]:
    """The lines outside of blocks that are not said of the file; a block left open goes to the end."""
    kept, closes = [], ""
    for line in text.splitlines():
        if closes:
            closes = "" if closes in line else closes
            continue
        closes = next((end for start, end in _BLOCKS if start in line and end not in line), "")
        if not closes:
            kept.append(line)
    return kept
