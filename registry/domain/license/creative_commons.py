"""Creative Commons licenses: one grammar for their identifiers, names and addresses."""

import re
from dataclasses import dataclass

from registry.domain.license import spdx

_ELEMENTS = (
    (re.compile(r"non[\s-]*commercial"), " nc "),
    (re.compile(r"share[\s-]*alike"), " sa "),
    (re.compile(r"no[\s-]*deriv(?:ative|s\b)?s?(?:[\s-]*works?)?"), " nd "),
    (re.compile(r"attribution"), " by "),
    (re.compile(r"creative[\s-]*commons?"), " cc "),
)
# Words that say nothing about which license it is: all editions have them in their titles.
_SILENT = {"license", "licence", "licenses", "licensed", "the", "public", "under", "a", "v", "version"}
# Jurisdictions that ever had a port (creativecommons.org, "ported licenses"), and the one for IGOs.
_PORT_CODES = (
    "ar at au be bg br ca ch cl cn co cr cz de dk ec ee eg es fi fr ge gr gt hk hr hu ie igo il in it jp kr "
    "lu mk mt mx my nl no nz pe ph pl pr pt ro rs se sg si th tw ua ug uk us ve vn za"
)
_PORTS = frozenset(_PORT_CODES.split())
_UNPORTED = {"international", "intl", "unported", "generic"}
_ID = re.compile(r"(?:LicenseRef-)?CC-(BY(?:-NC)?(?:-SA|-ND)?)-(\d\.\d)(?:-([A-Z]{2,3}))?", re.IGNORECASE)
_COMBINATIONS = {
    frozenset({"by"}),
    frozenset({"by", "sa"}),
    frozenset({"by", "nd"}),
    frozenset({"by", "nc"}),
    frozenset({"by", "nc", "sa"}),
    frozenset({"by", "nc", "nd"}),
}
FAMILY = "family"


@dataclass(frozen=True, slots=True)
class CreativeCommons:
    """The parts of a license: elements such as `BY-NC-SA`, version, and jurisdiction ("" where unported)."""

    elements: str
    version: str
    port: str = ""

    @property
    def unported(self) -> str:
        """The SPDX identifier without the jurisdiction."""
        return f"CC-{self.elements}-{self.version}"

    @property
    def identifier(self) -> str | None:
        """SPDX identifier; a port that SPDX does not list is a `LicenseRef-` of its own.

        None where Creative Commons never published such a version.
        """
        wanted = f"{self.unported}-{self.port}" if self.port else self.unported
        listed = spdx.canonical_license(wanted)
        if listed is not None or not self.port:
            return listed
        edition = self.version == "2.1" or spdx.canonical_license(self.unported) is not None
        return f"LicenseRef-{wanted}" if edition and self.version != "4.0" else None

    @property
    def url(self) -> str:
        """The address of the deed, which CC BY 4.0 section 3(a)(1)(C) asks to link."""
        elements = "by-nd-nc" if self.unported == "CC-BY-NC-ND-1.0" else self.elements.lower()
        port = f"{self.port.lower()}/" if self.port else ""
        return f"https://creativecommons.org/licenses/{elements}/{self.version}/{port}"


def from_identifier(identifier: str) -> CreativeCommons | None:
    """Read `CC-BY-SA-3.0`, `CC-BY-SA-3.0-US` or a `LicenseRef-` of an unlisted port."""
    match = _ID.fullmatch(identifier)
    if match is None:
        return None
    return CreativeCommons(match[1].upper(), match[2], (match[3] or "").upper())


def from_name(text: str) -> str | None:
    """Return the identifier of a name such as "CC BY-SA 4.0", `FAMILY` without the version, else None."""
    folded = text.casefold().replace("united states", "us")
    for pattern, element in _ELEMENTS:
        folded = pattern.sub(element, folded)
    if re.search(r"[^\w\s.,:;()/\-\"']", folded):
        return None
    words = [word for word in re.findall(r"[^\W\d_]+|\d+(?:\.\d+)?", folded) if word not in _SILENT]
    if not words or not ({"cc", *_UNPORTED} & set(words)):
        return None
    return _from_words([word for word in words if word != "cc"])


def from_path(path: str) -> str | None:
    """Return the identifier of a path on creativecommons.org, `FAMILY` without the version, else None."""
    parts = [part for part in path.lower().split("/") if part]
    if parts[:2] == ["publicdomain", "zero"] or parts[-1:] == ["cc0"]:
        return "CC0-1.0"
    if parts[:2] == ["publicdomain", "mark"]:
        return "CC-PDM-1.0"
    if parts[:2] == ["licenses", "publicdomain"]:
        return "CC-PDDC"
    if parts[:1] != ["licenses"] or len(parts) == 1:
        return None
    port = [part for part in parts[3:4] if not re.match(r"(?:deed|legalcode|rdf)\b", part)]
    words = [*re.split(r"[-+]", parts[1]), *parts[2:3]]
    return _from_words(words, port)


def _from_words(words: list[str], port: list[str] | None = None) -> str | None:
    elements = {word for word in words if word in {"by", "nc", "sa", "nd"}}
    rest = [word for word in words if word not in elements and word not in _UNPORTED]
    versions = [word for word in rest if word[0].isdigit()]
    places = [word for word in rest if word not in versions] + (port or [])
    if elements not in _COMBINATIONS or len(versions) > 1 or len(places) > 1:
        return None
    if not versions:
        return FAMILY if not places else None
    version = versions[0] if "." in versions[0] else f"{versions[0]}.0"
    if not re.fullmatch(r"\d\.\d", version, re.ASCII) or not _PORTS.issuperset(places):
        return None
    place = places[0].upper() if places else ""
    order = [element for element in ("by", "nc", "sa", "nd") if element in elements]
    return CreativeCommons("-".join(order).upper(), version, place).identifier
