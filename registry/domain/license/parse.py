"""From any spelling of a license to one canonical SPDX expression, without guessing."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from registry.domain.license import addresses, creative_commons, spdx, spellings
from registry.domain.license.creative_commons import FAMILY
from registry.domain.license.expressions import Node, Term, all_of, parse_expression, terms
from registry.domain.license.references import canonical_reference, reference

NOASSERTION = "NOASSERTION"
NONE = "NONE"
_LONGEST = 2000
_QUOTES = "\"'`“”‘’«»,;"


class LicenseStatus(StrEnum):
    """What is known about a license as it was spelled."""

    LISTED = "listed"  # every license is on the SPDX list
    REFERENCE = "reference"  # at least one is a LicenseRef-
    NONE = "none"  # said to have no license
    UNSTATED = "unstated"  # nobody has said
    FAMILY = "family"  # named without the version that would make it a license: "CC BY-SA", "gpl"
    UNMAPPED = "unmapped"  # something was said that is not understood


_UNCLEAR = {
    LicenseStatus.FAMILY: "Family of licenses, without a version",
    LicenseStatus.UNMAPPED: "Stated, but not understood",
}


@dataclass(frozen=True, slots=True)
class License:
    """A canonical SPDX expression, `NOASSERTION` or `NONE`, and the spelling it was found in."""

    expression: str
    raw: str | None
    status: LicenseStatus

    @property
    def known(self) -> bool:
        """Whether the spelling gave an answer; the others are gaps to list."""
        return self.status in {LicenseStatus.LISTED, LicenseStatus.REFERENCE, LicenseStatus.NONE}

    @property
    def title(self) -> str:
        """The full name for people, or why there is none."""
        return _UNCLEAR.get(self.status) or license_title(self.expression)

    @property
    def url(self) -> str | None:
        """The address of the text, where it is one license and has one."""
        return license_url(self.expression)


def parse_license(raw: str | None) -> License:
    """Read an SPDX expression, a hub identifier, a URL, a Trove classifier or a common name; never fails.

    What names no license for certain is `NOASSERTION` with the spelling kept.
    """
    expression, status = (NOASSERTION, LicenseStatus.UNSTATED) if raw is None else _answer(raw)
    return License(expression, raw, status)


@lru_cache(maxsize=1 << 12)
def parse_tree(expression: str) -> Node | None:
    """Return the tree of a canonical expression; None for `NOASSERTION`, `NONE` and what is no expression."""
    return parse_expression(expression, _strict, spdx.canonical_exception)


def conjunction(expressions: Iterable[str]) -> str:
    """Return the expression that all of these hold at once.

    `NONE` where one of them is said to have no license: that part permits nothing. `NOASSERTION` adds no
    operand, SPDX has none for it: who asks must say what is not known beside it. Of nothing, `NOASSERTION`.
    """
    parts = list(dict.fromkeys(expressions))
    if NONE in parts:
        return NONE
    node = all_of(tree for part in parts if (tree := parse_tree(part)) is not None)
    return NOASSERTION if node is None else str(node)


def licenses_of(expression: str) -> frozenset[str]:
    """Return the different licenses, with their exceptions, that an expression is made of."""
    node = parse_tree(expression)
    return frozenset(map(str, terms(node))) if node is not None else frozenset()


def license_title(expression: str) -> str:
    """Return the name of a license for people: "MIT License", "Apache License 2.0 or MIT License"."""
    node = parse_tree(expression)
    if node is None:
        return "No license" if expression == NONE else "License not stated"
    return _title(node)


def license_url(expression: str) -> str | None:
    """Return an https address of the text of one license; None for compounds and unknown references."""
    node = parse_tree(expression)
    if not isinstance(node, Term):
        return None
    identifier = node.license.removesuffix("+")
    commons, entry = creative_commons.from_identifier(identifier), reference(identifier)
    if commons is not None:
        return commons.url
    if entry is not None or identifier.startswith("LicenseRef-"):
        return entry.url if entry else None
    return _ADDRESSES.get(identifier, f"https://spdx.org/licenses/{identifier}.html")


_ADDRESSES = {
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-PDM-1.0": "https://creativecommons.org/publicdomain/mark/1.0/",
    "CDLA-Permissive-2.0": "https://cdla.dev/permissive-2-0/",
    "MPL-2.0": "https://www.mozilla.org/MPL/2.0/",
    "ODC-By-1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "PDDL-1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}


@lru_cache(maxsize=4096)
def _answer(raw: str) -> tuple[str, LicenseStatus]:
    text = " ".join(unicodedata.normalize("NFKC", raw).split()).strip(_QUOTES + " ")
    if len(text) > _LONGEST:
        return NOASSERTION, LicenseStatus.UNMAPPED
    node = parse_tree(text)
    if node is None:
        said = _loose(text)
        if said in _STATEMENTS:
            return _STATEMENTS[said]
        node = parse_tree(said) if said else parse_expression(text, _operand, spdx.canonical_exception)
    if node is None:
        return NOASSERTION, LicenseStatus.UNMAPPED
    references = any(term.license.startswith("LicenseRef-") for term in terms(node))
    return str(node), LicenseStatus.REFERENCE if references else LicenseStatus.LISTED


_STATEMENTS: dict[str | None, tuple[str, LicenseStatus]] = {
    NONE: (NONE, LicenseStatus.NONE),
    NOASSERTION: (NOASSERTION, LicenseStatus.UNSTATED),
    FAMILY: (NOASSERTION, LicenseStatus.FAMILY),
}


def _strict(text: str) -> str | None:
    return spdx.canonical_license(text) or canonical_reference(text)


def _operand(text: str) -> str | None:
    """One operand of an expression whose operands are names: "Apache 2.0 OR MIT License"."""
    said = _loose(text)
    return None if said in _STATEMENTS else said


def _loose(text: str) -> str | None:
    """Return an expression, a statement (`NONE`, `NOASSERTION`, family), or None."""
    text = text.rpartition("::")[2].strip().rstrip(".") if "::" in text else text.rstrip(".")
    if (said := _plain(text)) is not None:
        return said
    return _with_parentheses(text)


def _plain(text: str) -> str | None:
    return (
        _strict(text)
        or spellings.identifier_of(text)
        or spellings.statement_of(text)
        or creative_commons.from_name(text)
        or addresses.from_address(text)
    )


def _with_parentheses(text: str) -> str | None:
    """Read "The MIT License (MIT)": what stands in the parentheses must say the same, or less."""
    match = re.fullmatch(r"([^()]*)\(([^()]*)\)([^()]*)", text)
    if match is None:
        return None
    outside, inside = _plain(f"{match[1].strip()} {match[3].strip()}".strip()), _plain(match[2].strip())
    if outside is None or inside is None or not match[1].strip():
        return None
    sayings = {said for said in (outside, inside) if said != FAMILY}
    return sayings.pop() if len(sayings) == 1 else None if sayings else FAMILY


def _title(node: Node) -> str:
    if isinstance(node, Term):
        name = _name(node.license)
        return name if node.exception is None else f"{name} with {spdx.name_of(node.exception)}"
    parts = (_title(part) if isinstance(part, Term) else f"({_title(part)})" for part in node.operands)
    return f" {node.operator.lower()} ".join(parts)


def _name(identifier: str) -> str:
    later = " or any later version" if identifier.endswith("+") else ""
    entry, commons = reference(identifier), creative_commons.from_identifier(identifier)
    listed = spdx.name_of(identifier.removesuffix("+"))
    if listed is None and commons is not None:
        listed = f"{spdx.name_of(commons.unported) or commons.unported} ({commons.port})"
    return (entry.name if entry else listed or identifier.removeprefix("LicenseRef-")) + later
