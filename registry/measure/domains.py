"""From a URL to the registrable domain it belongs to."""

import ipaddress
import re
from functools import cache
from importlib.metadata import version
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

HOST_NAME = re.compile(r"[a-zA-Z0-9_-]+(\.[a-zA-Z0-9_-]+)+")


def registrable_domain(url: str) -> str | None:
    """The registrable domain of a URL or host name (`example.co.uk`), an IP address as it is, else None.

    Public suffix list, ICANN section only, as bundled; see `suffix_list_version`.
    """
    host = _host(url)
    if host is None:
        return None
    return _registrable(host)


def suffix_list_version() -> str:
    """Which edition of the public suffix list is used."""
    return f"publicsuffixlist {version('publicsuffixlist')}"


def _host(url: str) -> str | None:
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname
        if host is None or ":" in host:
            return host
        ascii_host = host.rstrip(".").encode("idna").decode()
    except (ValueError, UnicodeError):
        return None
    return ascii_host if HOST_NAME.fullmatch(ascii_host) else None


@cache
def _list() -> PublicSuffixList:
    return PublicSuffixList(only_icann=True)


def _registrable(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return _list().privatesuffix(host.lower())
