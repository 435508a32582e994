"""Texts in which something that is not public could be named are withheld as a whole."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.documents.names import WITHHELD_AGENT, plain
from registry.domain.agent import normalise_name
from registry.domain.facts import ComponentFacts

_Term = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+")
_LEGAL_FORMS = {
    "ab",
    "ag",
    "bv",
    "co",
    "corp",
    "gmbh",
    "inc",
    "limited",
    "llc",
    "ltd",
    "plc",
    "sa",
    "se",
    "srl",
}
_FOLDERS = re.compile(
    r"""(?:(?<=^)|(?<=[\s("'=]))(?:file:/*)?(?:~?/|[A-Za-z]:[\\/])[^\s"']*[\\/](?=[^\s\\/])"""
)
_HOST = re.compile(r"https?://(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)
_RELATIVE = re.compile(r"(?!\w+://)[^\s]+[\\/][^\s\\/]+")


@dataclass(frozen=True, slots=True)
class Guard:
    """Terms as sequences of folded words; a text that holds one is withheld."""

    terms: frozenset[_Term] = frozenset()
    lengths: frozenset[int] = frozenset()

    def names(self, text: str) -> bool:
        """Whether the text holds one of the terms, whatever stands between its words."""
        if not self.terms:
            return False
        words = _words(text)
        return any(
            words[start : start + length] in self.terms
            for length in self.lengths
            for start in range(len(words) - length + 1)
        )

    def shown(self, text: str) -> str:
        """The text as one line without e-mail addresses and folders, or `withheld`."""
        return WITHHELD_AGENT if self.names(text) else without_folders(plain(text))


def own_terms(component: ComponentFacts) -> Iterator[str]:
    """What names a version: name, title, publisher, domains, the host of its address, its holders."""
    version = component.version
    yield from version.name.split("/")
    yield from filter(None, (version.title, version.publisher))
    yield from (part.domain for part in version.domains)
    yield from _hosts(version.url)
    yield from {party.agent.name for holding in component.holdings for party in holding.parties}


def unmistakable(texts: Iterable[str | None]) -> Iterator[str]:
    """The names and titles that are more than one plain word, which any text may hold by chance."""
    for text in filter(None, texts):
        words = _words(text)
        if len(words) > 1 or any(not word.isalpha() for word in words):
            yield text


def guard(terms: Iterable[str]) -> Guard:
    """A guard over terms, also without the legal form at their end."""
    found: set[_Term] = set()
    for text in terms:
        words = _words(text)
        found.add(words)
        if len(words) > 1 and words[-1] in _LEGAL_FORMS:
            found.add(words[:-1])
    found.discard(())
    return Guard(frozenset(found), frozenset(map(len, found)))


def without_folders(text: str) -> str:
    """The text with every absolute path in it shortened to the name of the file."""
    return _FOLDERS.sub("", text)


def file_name(location: str) -> str:
    """A location that is a path, shortened to the name of the file; web addresses stay."""
    if "://" in location and not location.startswith("file:"):
        return location
    if _RELATIVE.fullmatch(location) or re.match(r"file:|~?/|[A-Za-z]:[\\/]", location):
        return re.split(r"[\\/]", location.rstrip("\\/"))[-1]
    return without_folders(location)


def _hosts(url: str | None) -> Iterator[str]:
    """The host of an address and the names within it: `example-press.co.uk`, `example-press`."""
    found = _HOST.match(url or "")
    if found:
        labels = found[1].removeprefix("www.").split(".")
        yield ".".join(labels)
        yield from (label for label in labels[:-1] if len(label) > 2)


def _words(text: str) -> _Term:
    return tuple(_WORD.findall(normalise_name(text)))
