"""Addresses of license texts: which license an http(s) URL names."""

import re
from collections.abc import Callable
from functools import cache

from registry.domain.license import creative_commons, spdx, spellings
from registry.domain.license.creative_commons import FAMILY
from registry.domain.license.references import REFERENCES

_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?([a-z0-9.-]+\.[a-z]+)(?::\d+)?(/[^?#\s]*)?(?:[?#]\S*)?", re.IGNORECASE
)
_SUFFIX = re.compile(r"\.(?:html?|txt|json|md|php|rdf|xml)$", re.IGNORECASE)

# Pages that hold one license each, without scheme, `www.` and suffix.
_PAGES = {
    "mozilla.org/mpl/2.0": "MPL-2.0",
    "mozilla.org/en-us/mpl/2.0": "MPL-2.0",
    "unlicense.org": "Unlicense",
    "wtfpl.net": "WTFPL",
    "eclipse.org/legal/epl-v10": "EPL-1.0",
    "eclipse.org/legal/epl-2.0": "EPL-2.0",
    "eclipse.org/legal/epl-v20": "EPL-2.0",
    "nationalarchives.gov.uk/doc/open-government-licence/version/3": "OGL-UK-3.0",
    "cdla.dev/permissive-1-0": "CDLA-Permissive-1.0",
    "cdla.dev/permissive-2-0": "CDLA-Permissive-2.0",
    "cdla.dev/sharing-1-0": "CDLA-Sharing-1.0",
    "boost.org/license_1_0": "BSL-1.0",
    "docs.python.org/3/license": "PSF-2.0",
    "wordnet.princeton.edu/license-and-commercial-use": "WordNet",
    # The licenses that Microsoft Research Open Data offered, by their numbers there.
    "msropendata-web-api.azurewebsites.net/licenses/f1f352a6-243f-4905-8e00-389edbca9e83/view": "O-UDA-1.0",
    "msropendata-web-api.azurewebsites.net/licenses/a889b26e-5149-4486-866e-ec896bb728c4/view": "C-UDA-1.0",
}


def from_address(text: str) -> str | None:
    """Return the identifier an address names, `FAMILY` where it names no version, else None."""
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return None
    host, path = match[1].lower(), (match[2] or "").rstrip("/")
    page = _SUFFIX.sub("", f"{host}{path}".lower())
    if page in _pages():
        return _pages()[page]
    return _HOSTS[host](path) if host in _HOSTS else None


@cache
def _pages() -> dict[str, str]:
    own = {
        _SUFFIX.sub("", re.sub("^https?://(www[.])?", "", entry.url).rstrip("/").lower()): entry.id
        for entry in REFERENCES
        if entry.url
    }
    return {**own, **_PAGES}


def _last(path: str) -> str:
    return _SUFFIX.sub("", path.rpartition("/")[2])


def _listed(path: str) -> str | None:
    """`/licenses/MIT`, `/license/apache-2-0`, `/licenses/mit-license.php`."""
    name = _last(path)
    dotted = re.sub(r"(?<=-\d)-(?=\d+$)", ".", name)
    return (
        spdx.canonical_license(name)
        or spdx.canonical_license(dotted)
        or spellings.identifier_of(dotted)
        or spellings.statement_of(dotted)
    )


def _gnu(path: str) -> str | None:
    """`/licenses/gpl-3.0.en.html`, `/licenses/old-licenses/gpl-2.0-standalone.html`, `/copyleft/gpl.html`."""
    name = re.match(r"(gpl|lgpl|agpl|fdl)(?:-(\d\.\d))?(?=$|[.-])", _last(path), re.IGNORECASE)
    if name is None:
        return None
    family = name[1].upper().replace("FDL", "GFDL")
    return spdx.canonical_license(f"{family}-{name[2]}") if name[2] else FAMILY


def _apache(path: str) -> str | None:
    version = re.fullmatch(r"/licenses/license-(\d\.\d)(?:\.html|\.txt)?", path, re.IGNORECASE)
    if version is None:
        return FAMILY if path.lower() == "/licenses" else None
    return spdx.canonical_license(f"Apache-{version[1]}")


def _open_data_commons(path: str) -> str | None:
    name = re.match(r"/licenses/(by|odbl|pddl)(?:$|/)", path, re.IGNORECASE)
    return {"by": "ODC-By-1.0", "odbl": "ODbL-1.0", "pddl": "PDDL-1.0"}[name[1].lower()] if name else None


_HOSTS: dict[str, Callable[[str], str | None]] = {
    "creativecommons.org": creative_commons.from_path,
    "spdx.org": _listed,
    "opensource.org": _listed,
    "choosealicense.com": _listed,
    "gnu.org": _gnu,
    "apache.org": _apache,
    "opendatacommons.org": _open_data_commons,
}
