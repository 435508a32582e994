"""Texts in which something that is not public could be named are withheld as a whole."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from registry.documents.names import WITHHELD_AGENT, general_license, plain
from registry.domain.agent import normalise_name
from registry.domain.facts import ComponentFacts, VersionFacts

_Term = tuple[str, ...]
_MOST_TEXTS = 65_536  # texts stand in many documents of a site, and are looked through for each
_LONG = 6  # letters from which a name counts within a longer word too: "Examplebot" names Example
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
    """Terms as sequences of folded words; a text that holds one is withheld.

    within: the terms of one long word, which count within a word too; spans: their lengths. closed: every
    text is withheld, as not all terms are known. beside: terms that are guarded as well
    """

    terms: frozenset[_Term] = frozenset()
    lengths: frozenset[int] = frozenset()
    within: frozenset[str] = frozenset()
    spans: frozenset[int] = frozenset()
    closed: bool = False
    beside: "Guard | None" = None

    def names(self, text: str) -> bool:
        """Whether the text holds one of the terms, whatever stands between its words."""
        if self.closed:
            return True
        words = _words(text)
        return self._stands_in(words) or (self.beside is not None and self.beside._stands_in(words))

    def _stands_in(self, words: _Term) -> bool:
        return any(
            words[start : start + length] in self.terms
            for length in self.lengths
            for start in range(len(words) - length + 1)
        ) or (bool(self.within) and any(map(self._holds, words)))

    def _holds(self, word: str) -> bool:
        """Whether a term is a part of a word; the work grows with their lengths, not with their number."""
        return any(
            word[start : start + span] in self.within
            for span in self.spans
            for start in range(len(word) - span + 1)
        )

    def shown(self, text: str) -> str:
        """The text as one line without e-mail addresses and folders, or `withheld`."""
        return WITHHELD_AGENT if self.names(text) else without_folders(plain(text))


def own_terms(component: ComponentFacts) -> Iterator[str]:
    """What names a version: name, title, publisher, domains, host, files, own licenses, and who is named."""
    version = component.version
    yield from version.name.split("/")
    yield from filter(None, (version.title, version.publisher))
    yield from (part.domain for part in version.domains)
    yield from _hosts(version.url)
    yield from unmistakable(file_name(path) for path in (version.source, *_paths(version)))
    yield from _own_licenses(version)
    parties = [party for holding in component.holdings for party in holding.parties]
    agents = {*(party.agent for party in parties), *(one.agent for one in version.stated_contributors)}
    yield from {name for agent in agents for name in (agent.name, agent.handle) if name}
    yield from {name for party in parties for name in party.also}


def unmistakable(texts: Iterable[str | None]) -> Iterator[str]:
    """The names and titles that are more than one plain word, which any text may hold by chance."""
    for text in filter(None, texts):
        words = _words(text)
        if len(words) > 1 or any(not word.isalpha() for word in words):
            yield text


def _paths(version: VersionFacts) -> Iterator[str]:
    return (file.path for file in version.distributions)


def _own_licenses(version: VersionFacts) -> Iterator[str]:
    """The licenses that name the other side of a contract."""
    said = version.license
    for expression in (said.declared, said.concluded, *(part.expression for part in version.licenses)):
        if expression is not None and general_license(expression) != expression:
            yield expression


def knows_all_terms(component: ComponentFacts) -> bool:
    """Whether the names of all whom the data names were read: without them no text can be checked."""
    read = component.holdings and component.part is None
    return bool(read) or not component.version.contributors.count


def guard(terms: Iterable[str]) -> Guard:
    """A guard over terms, also without the legal form at their end."""
    found: set[_Term] = set()
    for text in terms:
        words = _words(text)
        found.add(words)
        if len(words) > 1 and words[-1] in _LEGAL_FORMS:
            found.add(words[:-1])
    found.discard(())
    return _of(frozenset(found))


def _of(terms: frozenset[_Term]) -> Guard:
    long = frozenset(words[0] for words in terms if len(words) == 1 and len(words[0]) >= _LONG)
    return Guard(terms, frozenset(map(len, terms)), long, frozenset(map(len, long)))


def without_folders(text: str) -> str:
    """The text with every absolute path in it shortened to the name of the file."""
    return _FOLDERS.sub("", text)


@lru_cache(_MOST_TEXTS)
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


@lru_cache(_MOST_TEXTS)
def _words(text: str) -> _Term:
    return tuple(_WORD.findall(normalise_name(text)))
