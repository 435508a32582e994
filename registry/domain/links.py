"""Addresses of works and of their authors, made from templates: `https://site.example/q/{id}`."""

import re
from collections.abc import Mapping
from urllib.parse import quote

PLACEHOLDERS = ("id", "creator")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_WEB = re.compile(r"https?://[^\s{}/]+/", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]+")


def template_problem(template: str) -> str | None:
    """Why a text is no template of an address; None where it is one."""
    if not _WEB.match(template):
        return "it does not begin with http:// or https:// and a host"
    found = _PLACEHOLDER.findall(template)
    allowed = {form for name in PLACEHOLDERS for form in (name, f"{name}:number")}
    if wrong := [one for one in found if one not in allowed]:
        return f"it holds {{{wrong[0]}}}"
    if "{" in _PLACEHOLDER.sub("", template) or "}" in _PLACEHOLDER.sub("", template):
        return "its braces do not match"
    return None if found else "it holds no placeholder"


def filled(template: str, values: Mapping[str, str]) -> str | None:
    """The address with every value percent-encoded (RFC 3986); None where one is missing.

    `{creator:number}` is filled by whole numbers alone: where some records have the number of an account and
    others only a name that is shown, the name leads nowhere.
    """
    parts = _PLACEHOLDER.split(template)
    for place in range(1, len(parts), 2):
        name, _, kind = parts[place].partition(":")
        value = values.get(name, "")
        if not value or (kind and not _NUMBER.fullmatch(value)):
            return None
        parts[place] = quote(value, safe="")
    return "".join(parts)
