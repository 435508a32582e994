"""Who took part in a book, as the metadata beside it says: OPF packages, and GITenberg's metadata.yaml."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import yaml

from registry.domain.agent import clean_text, without_email
from registry.errors import SourceError
from registry.sources.interface import CardContributor
from registry.sources.markup.xml import Document

NAMED = re.compile(r".*\.opf|metadata\.ya?ml", re.IGNORECASE)
BYTES = 1 << 20
_DC = "http://purl.org/dc/elements/1.1/ "
_OPF = "http://www.idpf.org/2007/opf "
_UNSTATED = {"creator": "cre", "contributor": "ctb", "publisher": "pbl"}
_CODE = re.compile("[a-z]{3}")
_RELATORS = {
    "author": "aut", "editor": "edt", "illustrator": "ill", "translator": "trl", "annotator": "ann",
    "compiler": "com", "commentator": "cwt", "contributor": "ctb", "photographer": "pht", "composer": "cmp",
}  # fmt: skip


def contributors_in(stream: BinaryIO, path: str) -> tuple[CardContributor, ...]:
    """The persons and organizations that a file credits, each in each of its roles, in the file's order.

    Nothing where the file is of another kind. Raises `SourceError` for an OPF package that is not XML.
    """
    found = _opf(stream, path) if path.lower().endswith(".opf") else _gitenberg(stream)
    place = path.rpartition("/")[2]
    named = (CardContributor(_line(name), role, f"{place}: {where}") for name, role, where in found)
    return tuple(dict.fromkeys(one for one in named if one.name))


# --- OPF: EPUB 3.3, 5.5; OPF 2.0.1, 2.2 ------------------------------------------------------------------


@dataclass(slots=True)
class _Package:
    """What is read of a package: the credited names with their elements, and roles by the id they refine."""

    credits: list[tuple[str, str, str, list[str]]] = field(default_factory=list)
    roles: dict[str, list[str]] = field(default_factory=dict)
    _open: tuple[str, dict[str, str]] | None = None
    _text: list[str] = field(default_factory=list)

    def start(self, name: str, attributes: list[str]) -> None:
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        of_credit = name.removeprefix(_DC) in _UNSTATED and name.startswith(_DC)
        if of_credit or (name.endswith("meta") and given.get("property") == "role"):
            self._open, self._text = (name, given), []

    def text(self, data: str) -> None:
        if self._open:
            self._text.append(data)

    def end(self, name: str) -> None:
        if self._open is None or name != self._open[0]:
            return
        given, text = self._open[1], "".join(self._text).strip()
        self._open = None
        if name.startswith(_DC):
            role = given.get(f"{_OPF}role")
            self.credits.append((text, name.removeprefix(_DC), given.get("id", ""), [role] if role else []))
        elif _CODE.fullmatch(text):
            self.roles.setdefault(given.get("refines", "").removeprefix("#"), []).append(text)


def _opf(stream: BinaryIO, path: str) -> Iterator[tuple[str, str, str]]:
    package, document = _Package(), Document(path, namespaces=True)
    document.parser.StartElementHandler = package.start
    document.parser.EndElementHandler = package.end
    document.parser.CharacterDataHandler = package.text
    read = 0
    for read in document.feed(stream):
        if read > BYTES:
            raise SourceError(f"is larger than {BYTES >> 20} MB", file=path, hint="is it a package file?")
    for name, element, key, stated in package.credits:
        refined = package.roles.get(key, []) if key else []
        for role in (*stated, *refined) or (_UNSTATED[element],):
            yield name, role, f"dc:{element}"


# --- GITenberg -------------------------------------------------------------------------------------------


def _gitenberg(stream: BinaryIO) -> Iterator[tuple[str, str, str]]:
    try:
        found = yaml.safe_load(stream.read(BYTES))
    except (yaml.YAMLError, RecursionError):
        return
    if not isinstance(found, dict):
        return
    for key in ("creator", "contributor"):
        by_relator = found.get(key)
        for relator, agents in by_relator.items() if isinstance(by_relator, dict) else ():
            role = _RELATORS.get(str(relator).removesuffix("s"), _UNSTATED[key])
            for agent in agents if isinstance(agents, Sequence) and not isinstance(agents, str) else [agents]:
                yield _agent_name(agent), role, f"{key}.{relator}"


def _agent_name(agent: Any) -> str:
    name = agent.get("agent_name") if isinstance(agent, Mapping) else agent
    return name if isinstance(name, str) else ""


def _line(text: str) -> str:
    return " ".join(without_email(clean_text(text)).split())
