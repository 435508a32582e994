"""What each license asks for, clause by clause: pure data.

A row names the duties that hold (`yes`), are disputed (`contested`) or cannot be told (`unknown`); every
other one is `no`. Versions "only" and "or later", and exceptions, share the row of their license.
"""

from dataclasses import dataclass
from itertools import product

DUTIES = (
    "attribution",
    "share_alike",
    "notice",
    "state_changes",
    "non_commercial",
    "no_derivatives",
    "use_restrictions",
    "network_copyleft",
    "disclose_source",
)


@dataclass(frozen=True, slots=True)
class Row:
    """Duties of one license, blank-separated, and the clauses they come from."""

    yes: str
    source: str
    contested: str = ""
    unknown: str = ""


_COPYLEFT = "attribution share_alike notice state_changes disclose_source"
_LLAMA = "attribution notice use_restrictions"
_RAIL = "attribution notice state_changes use_restrictions"

_ROWS = {
    # Waivers and licenses that ask for nothing
    "CC0-1.0": Row("", "CC0 1.0 section 2 (waiver) and section 3 (fallback license without conditions)"),
    "CC-PDM-1.0": Row("", "Public Domain Mark 1.0: a label that no copyright is known, not a license"),
    "CC-PDDC": Row("", "Copyright-Only Dedication: rights are relinquished, nothing is asked"),
    "PDDL-1.0": Row(
        "", "PDDL 1.0 sections 3.1-3.3 (dedication, waiver, license) and 4.1 (no other conditions)"
    ),
    "LicenseRef-PublicDomain": Row(
        "", "no license: it is stated that no copyright subsists; may differ by country"
    ),
    "Unlicense": Row("", "The Unlicense, paragraphs 1-3 (dedication)"),
    "WTFPL": Row("", "WTFPL 2, clause 0"),
    "0BSD": Row("", "0BSD, permission paragraph: no condition"),
    "MIT-0": Row("", "MIT No Attribution, permission paragraph: no condition"),
    # Permissive
    "MIT": Row(
        "attribution notice", "MIT License, paragraph 2: copyright notice and permission notice in all copies"
    ),
    "ISC": Row(
        "attribution notice", "ISC License, paragraph 1: copyright notice and permission notice in all copies"
    ),
    "BSD-2-Clause": Row("attribution notice", "BSD 2-Clause, conditions 1 and 2"),
    "BSD-3-Clause": Row("attribution notice", "BSD 3-Clause, conditions 1 and 2"),
    "BSD-3-Clause-Clear": Row("attribution notice", "BSD 3-Clause Clear, conditions 1 and 2"),
    "BSL-1.0": Row("attribution notice", "Boost Software License 1.0, paragraph 2 (source form)"),
    "PostgreSQL": Row("attribution notice", "PostgreSQL License, paragraph 1"),
    "NCSA": Row("attribution notice", "NCSA License, conditions 1 and 2"),
    "Zlib": Row(
        "notice state_changes", "zlib License, conditions 2 and 3; credit in condition 1 is not required"
    ),
    "Apache-2.0": Row(
        "attribution notice state_changes",
        "Apache 2.0 section 4(a) copy of the license, 4(b) changes, 4(c) retained notices, 4(d) NOTICE",
    ),
    "AFL-3.0": Row("attribution notice state_changes", "AFL 3.0 section 6"),
    "Artistic-2.0": Row(
        "attribution notice state_changes disclose_source",
        "Artistic 2.0 section 2 (notices), 4 (document changes), 5 and 6 (how to get the source)",
    ),
    "PSF-2.0": Row(
        "attribution notice state_changes", "PSF License 2.0 section 2 (notices), section 3 (changes)"
    ),
    "OpenMDW-1.0": Row(
        "attribution notice", "OpenMDW 1.0, conditions: copy of the agreement and original notices"
    ),
    # Copyleft
    "MPL-2.0": Row(
        "attribution share_alike notice disclose_source",
        "MPL 2.0 section 3.1 (source under MPL), 3.2(a) (source available), 3.4 (notices)",
    ),
    "EPL-1.0": Row("attribution share_alike notice disclose_source", "EPL 1.0 section 3"),
    "EPL-2.0": Row("attribution share_alike notice disclose_source", "EPL 2.0 sections 3.1-3.3"),
    "MS-PL": Row(
        "attribution share_alike notice", "MS-PL section 3(C) (notices), 3(D) (source under this license)"
    ),
    "GPL-2.0": Row(
        _COPYLEFT, "GPL 2 section 1 (notices), 2(a) (changes), 2(b) (whole work under the GPL), 3 (source)"
    ),
    "GPL-3.0": Row(
        _COPYLEFT, "GPL 3 section 4 (notices), 5(a) (changes), 5(c) (whole work under the GPL), 6 (source)"
    ),
    "AGPL-3.0": Row(
        f"{_COPYLEFT} network_copyleft",
        "AGPL 3 section 4 (notices), 5(a) (changes), 5(c) (whole work), 6 (source), 13 (network use)",
    ),
    "LGPL-2.0": Row(
        _COPYLEFT, "LGPL 2 section 1 (notices), 2(b) (changes), 2(c) (library under the LGPL), 4 and 6"
    ),
    "LGPL-2.1": Row(
        _COPYLEFT, "LGPL 2.1 section 1 (notices), 2(b) (changes), 2(c) (library under the LGPL), 4 and 6"
    ),
    "LGPL-3.0": Row(_COPYLEFT, "LGPL 3 sections 2 and 4, with GPL 3 sections 4, 5 and 6"),
    "EUPL-1.1": Row(
        f"{_COPYLEFT} network_copyleft", "EUPL 1.1 section 5; section 1 counts online access as distribution"
    ),
    "EUPL-1.2": Row(
        f"{_COPYLEFT} network_copyleft", "EUPL 1.2 section 5; section 1 counts online access as distribution"
    ),
    # Data
    "ODC-By-1.0": Row(
        "attribution notice", "ODC-By 1.0 section 4.2 (notices), 4.3 (notice for using output)"
    ),
    "ODbL-1.0": Row(
        "attribution share_alike notice disclose_source",
        "ODbL 1.0 section 4.2 (notices), 4.3 (notice for using output), 4.4 (share alike), 4.6 (access)",
    ),
    "CDLA-Permissive-1.0": Row(
        "attribution notice state_changes",
        "CDLA-Permissive 1.0 section 3.1(a) text, 3.1(b) changes, 3.1(c) credit; none on results, 3.4",
    ),
    "CDLA-Permissive-2.0": Row(
        "notice", "CDLA-Permissive 2.0 section 2.1 (text of the agreement); none on results, 3.1"
    ),
    "CDLA-Sharing-1.0": Row(
        "attribution share_alike notice state_changes",
        "CDLA-Sharing 1.0 section 3.1(a) same agreement, 3.1(b) changes, 3.1(c) credit, 3.3 text",
    ),
    "C-UDA-1.0": Row(
        "attribution share_alike notice use_restrictions",
        "C-UDA 1.0 section 2.1 (computational use only), 3.1.1 (credit), 3.1.2 (recipients are bound)",
    ),
    "OGL-UK-3.0": Row(
        "attribution notice", "OGL 3.0, 'You must': acknowledge the source, link the licence where possible"
    ),
    "etalab-2.0": Row("attribution", "Licence Ouverte 2.0, reuse on condition of naming source and date"),
    # Models, and what they wrote
    "LicenseRef-OpenRAIL": Row(
        "use_restrictions",
        "what defines the family: use restrictions that flow down; the rest depends on the text",
        unknown="attribution share_alike notice state_changes non_commercial no_derivatives",
    ),
    "LicenseRef-BigScience-OpenRAIL-M": Row(
        _RAIL, "BigScience OpenRAIL-M section III.4(a)-(d), III.5, Attachment A"
    ),
    "LicenseRef-BigScience-BLOOM-RAIL-1.0": Row(_RAIL, "BigScience RAIL 1.0 sections 4 and 5, Attachment A"),
    "LicenseRef-CreativeML-OpenRAIL-M": Row(
        _RAIL, "CreativeML OpenRAIL-M section III.4(a)-(d), III.5, Attachment A"
    ),
    "LicenseRef-CreativeML-OpenRAIL-PlusPlus-M": Row(
        _RAIL, "CreativeML Open RAIL++-M section III.4(a)-(d), III.5, Attachment A"
    ),
    "LicenseRef-BigCode-OpenRAIL-M-1.0": Row(
        "attribution notice use_restrictions",
        "BigCode OpenRAIL-M v1, paragraph 4 and Attachment A (use restrictions), conditions of distribution",
        unknown="state_changes",
    ),
    "LicenseRef-Llama-2": Row(
        _LLAMA, "Llama 2 section 1(b)(i) copy, (iii) Notice file, (iv) policy, (v) other models; 2"
    ),
    "LicenseRef-Llama-3": Row(
        _LLAMA, "Llama 3 section 1(b)(i) copy and name, (iii) Notice file, (iv) policy; 2"
    ),
    **{
        f"LicenseRef-Llama-{version}": Row(
            _LLAMA,
            f"Llama {version} section 1(b)(i) copy and name, (iii) Notice file, (iv) policy; 2 (scale)",
        )
        for version in ("3.1", "3.2", "3.3", "4")
    },
    "LicenseRef-Gemma": Row(
        "notice state_changes use_restrictions",
        "Gemma Terms section 3.1 (copy of the terms, change notices, Notice file), 3.2 (prohibited uses)",
    ),
    **{
        f"LicenseRef-{who}": Row(
            "",
            f"{terms}: bind who made the text; whether they follow it is disputed",
            contested="use_restrictions",
            unknown="attribution notice non_commercial",
        )
        for who, terms in (
            ("OpenAI-Terms", "OpenAI Terms of Use, 'What you cannot do' (no models that compete)"),
            ("Anthropic-Terms", "Anthropic Commercial Terms, use restrictions (no competing models)"),
            ("Model-Output-Terms", "terms of use of the model's provider"),
        )
    },
}


def _commons_clauses(elements: str, version: str) -> str:
    """Clauses of the unported texts; before 4.0, section 4 letters the elements in a fixed order."""
    if version == "4.0":
        more = ", 3(b) share alike" if "SA" in elements else ""
        more += ", 2(a)(1) non-commercial" if "NC" in elements else ""
        return f"3(a)(1){more}" + (", 2(a)(1)(B) adaptations not shared" if "ND" in elements else "")
    named = [name for key, name in (("SA", "share alike"), ("NC", "non-commercial")) if key in elements]
    lettered = zip("bcd", [*named, "attribution"], strict=False)
    clauses = ["4(a) notices", *(f"4({letter}) {name}" for letter, name in lettered)]
    return ", ".join(clauses) + (", 3 without derivatives" if "ND" in elements else "")


def _commons(elements: str, version: str) -> Row:
    # Where adaptations are not allowed nothing is marked as changed, but 4.0 asks it of any modification.
    yes = ["attribution", "notice"] + (["state_changes"] if "ND" not in elements or version == "4.0" else [])
    yes += ["share_alike"] if "SA" in elements else []
    yes += ["non_commercial"] if "NC" in elements else []
    yes += ["no_derivatives"] if "ND" in elements else []
    return Row(" ".join(yes), f"CC {elements} {version} section {_commons_clauses(elements, version)}")


ROWS: dict[str, Row] = {
    **_ROWS,
    **{
        f"CC-{elements}-{version}": _commons(elements, version)
        for elements, version in product(
            ("BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND"), ("1.0", "2.0", "2.5", "3.0", "4.0")
        )
    },
}
