"""From a URL to the registrable domain it belongs to."""

import ipaddress
import re
from functools import cache
from importlib.metadata import version
from urllib.parse import SplitResult, urlsplit

from publicsuffixlist import PublicSuffixList

HOST_NAME = re.compile(r"[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)+")


def registrable_domain(url: str) -> str | None:
    """The registrable domain of a URL or host name (`example.co.uk`), an IP address as it is, else None.

    Public suffix list, ICANN section only, as bundled; see `suffix_list_version`.
    """
    host = host_of(url)
    if host is None:
        return None
    return _registrable(host)


def suffix_list_version() -> str:
    """Which edition of the public suffix list is used."""
    return f"publicsuffixlist {version('publicsuffixlist')}"


def host_of(url: str) -> str | None:
    """The host of a URL or host name, in lower case and ASCII, without port and trailing dot, else None."""
    try:
        host = _split(url).hostname
        if host is None or ":" in host:
            return host
        ascii_host = host.rstrip(".").encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    return ascii_host if HOST_NAME.fullmatch(ascii_host) else None


def path_of(url: str) -> str:
    """The path of a URL with its query; `/` of a host name."""
    parts = _split(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _split(url: str) -> SplitResult:
    return urlsplit(url if "://" in url else f"//{url}")


@cache
def _list() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def _registrable(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return _list().privatesuffix(host.lower())
