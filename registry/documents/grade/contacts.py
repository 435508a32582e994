"""Contacts: ways to reach someone, and general addresses at which nobody in particular answers."""

import re

_WAY = re.compile(r"https?://[^\s,;]+|[^\s,;<>@]+@[^\s,;<>@]+|\+\d[\d ()/-]{6,}")
_GENERAL = re.compile(
    r"info|contacts?|contact[-_]?us|hello|hi|support|help|office|press|media|mail|service|sales|enquir(?:y|ies)|"
    r"inquir(?:y|ies)|admin|webmaster|general|about(?:[-_]us)?|home|index"
)


def ways_to_reach(text: str) -> tuple[str, ...]:
    """The web pages, e-mail addresses and telephone numbers in a text."""
    return tuple(way.rstrip(".") for way in _WAY.findall(text))


def is_general(way: str) -> bool:
    """Whether a contact is a general mailbox, or the front page or contact page of a site."""
    bare = way.removeprefix("mailto:").casefold()
    if "://" in bare:
        path = bare.partition("://")[2].partition("/")[2].partition("?")[0].strip("/")
        return not path or _GENERAL.fullmatch(path.rpartition("/")[2].partition(".")[0]) is not None
    return "@" in bare and _GENERAL.fullmatch(bare.partition("@")[0].partition("+")[0]) is not None
