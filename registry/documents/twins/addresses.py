"""Web addresses as other formats take them: as RFC 3986 has them, and by what they name on the hub."""

import re
from urllib.parse import quote

from registry.domain.facts import VersionFacts

_HUB = re.compile(r"hf://(?:datasets/)?([^/@]+/[^/@]+)(?:@([^/]+))?(?:/.*)?")
_HUB_PAGE = "https://huggingface.co/"
_ON_HUB = re.compile(
    r"https://(?:www\.)?(?:huggingface\.co|hf\.co)/(datasets/)?([\w.-]+/[\w.-]+?)/?(?:/tree/.*)?", re.ASCII
)
_PARTS = re.compile(r"(https?)://([^/?#:\[\]@]+)(:[0-9]*)?((?:[/?][^#]*)?)(#.*)?", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?", re.IGNORECASE)
_SAFE = "/?:@!$&'()*+,;=-._~%"
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def uri(address: str | None) -> str | None:
    """A web address as RFC 3986 has it: what may not stand in one is escaped; None without a host name."""
    found = _PARTS.fullmatch(address or "")
    host = _ascii(found[2]) if found else None
    if found is None or host is None:
        return None
    fragment = f"#{_escaped(found[5][1:])}" if found[5] else ""
    return f"{found[1].lower()}://{host}{found[3] or ''}{_escaped(found[4])}{fragment}"


def _ascii(host: str) -> str | None:
    try:
        name = host.encode("idna").decode()
    except UnicodeError:
        return None
    return name if _HOST.fullmatch(name) else None


def _escaped(text: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", text).encode("utf-8", "replace"), safe=_SAFE)


def on_hub(address: str | None) -> str | None:
    """The model repository that an address names on the Hugging Face Hub."""
    found = _ON_HUB.fullmatch(address or "")
    return found[2] if found and found[1] is None else None


def data_on_hub(address: str | None) -> str | None:
    """The repository of data that an address names on the Hugging Face Hub."""
    found = _ON_HUB.fullmatch(address or "")
    return found[2] if found and found[1] else None


def hub_repository(version: VersionFacts) -> tuple[str, str | None] | None:
    """The repository on the Hugging Face Hub that a version was read from, and the commit."""
    found = _HUB.fullmatch(version.source)
    return (found[1], version.revision or found[2]) if found else None


def hub_page(version: VersionFacts) -> str | None:
    """The page of that repository, at the commit that was read."""
    found = hub_repository(version)
    if found is None:
        return None
    page = f"{_HUB_PAGE}datasets/{found[0]}"
    return f"{page}/tree/{found[1]}" if found[1] else page


def page_of(version: VersionFacts) -> str | None:
    """The page of a version: as stated, else of the repository that it was read from."""
    return uri(version.url) or hub_page(version)
