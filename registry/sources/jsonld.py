"""JSON-LD as far as dataset descriptions need it: nodes read by the plain names of their properties.

A context is never fetched nor executed: names are told apart by the prefixes and terms that a file defines
itself, else by those in common use.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_NESTED = 8  # lists in lists
_SCHEMA = "https://schema.org/"
_PREFIXES = {
    "sc": _SCHEMA,
    "schema": _SCHEMA,
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
}
_KNOWN = re.compile(
    r"https?://(?:(?:www\.)?schema\.org/|mlcommons\.org/croissant/(?:RAI/)?|purl\.org/dc/terms/"
    r"|www\.w3\.org/ns/prov#)(\w+)",
    re.ASCII,
)

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Resource:
    """A node of a graph. `properties`: by plain name, the key as it is written and the values."""

    properties: Mapping[str, tuple[str, list[Any]]]
    graph: "Graph"

    def values(self, name: str) -> list[Any]:
        """The values of a property, lists opened, nulls left out."""
        return self.properties.get(name, ("", []))[1]

    def key(self, name: str) -> str:
        """The key of a property as the file writes it."""
        return self.properties.get(name, (name, []))[0]

    def is_a(self, name: str) -> bool:
        """Whether one of its types has this plain name."""
        return any(isinstance(each, str) and self.graph.plain(each) == name for each in self.values("@type"))


@dataclass(frozen=True, slots=True)
class Graph:
    """The terms that a file defines itself, its nodes by their `@id`, and its context as it stands."""

    terms: Mapping[str, str]
    nodes: Mapping[str, Node]
    context: tuple[Any, ...]

    def plain(self, key: str) -> str | None:
        """The name of a property or type without its vocabulary; None where that is not read here."""
        known = _KNOWN.fullmatch(self._expanded(self.terms.get(key, key)))
        return known[1] if known else key if key.startswith("@") else None

    def resource(self, node: Node) -> Resource:
        """A node, or what the file says of it elsewhere where it is only referred to."""
        identifier = node.get("@id")
        if len(node) == 1 and isinstance(identifier, str):
            node = self.nodes.get(identifier, node)
        found: dict[str, tuple[str, list[Any]]] = {}
        for key, value in node.items():
            name = self.plain(key)
            if name is not None:
                found.setdefault(name, (key, []))[1].extend(flat(value))
        return Resource(found, self)

    def _expanded(self, key: str) -> str:
        prefix, colon, rest = key.partition(":")
        if not colon:
            return f"{_SCHEMA}{key}"
        return key if rest.startswith("//") else f"{self.terms.get(prefix, _PREFIXES.get(prefix, ''))}{rest}"


def resources(document: object) -> list[Resource]:
    """The nodes of a document, flat, in a list (expanded form) or in an `@graph`, in its order."""
    nodes = [node for node in flat(document) if isinstance(node, dict)]
    context = [part for node in nodes for part in flat(node.get("@context"))]
    nodes += [each for node in nodes for each in flat(node.get("@graph")) if isinstance(each, dict)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    graph = Graph(_terms(context), by_id, tuple(context))
    return [graph.resource(node) for node in nodes]


def flat(value: object) -> list[Any]:
    """The values of a property: one, a list, an `@list` or `@set`, lists in lists; nulls left out."""
    return list(_flattened(value, _NESTED))


def texts_of(values: list[Any]) -> list[str]:
    """Those of the values that are texts, value objects included."""
    found = (each.get("@value") if isinstance(each, dict) else each for each in values)
    return [each for each in found if isinstance(each, str) and each.strip()]


def _terms(context: list[Any]) -> dict[str, str]:
    """The prefixes and terms that stand in the file itself."""
    found: dict[str, str] = {}
    for part in context:
        for key, value in part.items() if isinstance(part, dict) else ():
            meaning = value.get("@id") if isinstance(value, dict) else value
            if isinstance(meaning, str) and not key.startswith("@"):
                found[key] = meaning
    return found


def _flattened(value: object, depth: int) -> Iterator[Any]:
    if isinstance(value, dict) and value and not value.keys() - {"@list", "@set"}:
        value = list(value.values())
    if not isinstance(value, list):
        yield from () if value is None else (value,)
    elif depth:
        for each in value:
            yield from _flattened(each, depth - 1)
