"""Croissant 1.0 and 1.1 (MLCommons): what a JSON-LD file beside the data declares of the dataset."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TypeGuard
from urllib.parse import unquote, urlsplit

from registry.sources.card_facts import SUMMARY, Gathered, type_name
from registry.sources.interface import CardFact
from registry.sources.jsonld import Graph, Resource, flat, resources, texts_of

BYTES = 16 << 20
_PATTERN = 300
_SPECIFICATION = "mlcommons.org/croissant"
GENERATION = "generation"  # the first word of the label of an activity that makes data
WITHHELD_ENTITY = "withheld"  # what a registry calls whom it does not name
_MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>|</?[a-z][^<>]*>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Croissant:
    """What a Croissant file declares; `names` and `patterns` are of the files that it describes."""

    facts: tuple[CardFact, ...] = ()
    warnings: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    distributions: int = 0

    def describes(self, name: str) -> bool:
        """Whether a file of this name is among its distributions, or it names no distribution at all."""
        named = name in self.names or any(fnmatchcase(name, pattern) for pattern in self.patterns)
        return named or not self.distributions


def parse_croissant(data: bytes, where: str, *, named: bool = True) -> Croissant | None:
    """Read a Croissant file, as at most `BYTES` + 1 bytes; what is wrong with it becomes a warning.

    named: whether its name says that it is one; else None is returned where it is none
    """
    if not named and b"croissant" not in data:
        return None
    if len(data) > BYTES:
        return Croissant(warnings=(f"{where}: is larger than {BYTES >> 20} MiB, not used",))
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return Croissant(warnings=(f"{where}: is no JSON, not used",)) if named else None
    dataset = _dataset(document, named=named)
    if dataset is None:
        return Croissant(warnings=(f"{where}: is no Croissant metadata, not used",)) if named else None
    return _declared(dataset, where)


def _dataset(document: object, *, named: bool) -> Resource | None:
    """The dataset that a document describes, where it is Croissant."""
    nodes = resources(document)
    conforming = [node for node in nodes if any(_is_croissant(each) for each in node.values("conformsTo"))]
    if conforming or not nodes:
        return next(iter(conforming), None)
    graph = nodes[0].graph
    by_context = any(_is_croissant(each) for each in (*graph.context, *graph.terms.values()))
    return next((node for node in nodes if node.is_a("Dataset")), None) if named or by_context else None


def _is_croissant(value: object) -> bool:
    """Whether a text or the `@id` of a node names the specification."""
    name = value.get("@value", value.get("@id")) if isinstance(value, dict) else value
    return isinstance(name, str) and _SPECIFICATION in name


def _declared(dataset: Resource, where: str) -> Croissant:
    facts = Gathered("croissant", where)
    for name, read in _READERS.items():
        if dataset.values(name):
            read(facts, dataset, name)
    names, patterns = _files(dataset)
    return Croissant(
        facts=tuple(facts.facts),
        warnings=tuple(facts.warnings),
        names=names,
        patterns=patterns,
        distributions=len(dataset.values("distribution")),
    )


Reader = Callable[[Gathered, Resource, str], None]


# --- properties ------------------------------------------------------------------------------------------


def _title(facts: Gathered, dataset: Resource, name: str) -> None:
    facts.add("title", dataset.key(name), _wording(facts, dataset, name))


def _summary(facts: Gathered, dataset: Resource, name: str) -> None:
    text = html.unescape(_wording(facts, dataset, name)[: 20 * SUMMARY])
    facts.add("summary", dataset.key(name), _MARKUP.sub(" ", text), SUMMARY)


def _license(facts: Gathered, dataset: Resource, name: str) -> None:
    """Several licenses are not said to hold together, nor to be a choice: kept as one text."""
    texts = _texts(facts, dataset, name, ("url", "@id", "name"))
    facts.add("license", dataset.key(name), ", ".join(texts))


def _address(property_: str, *, several: bool) -> Reader:
    def read(facts: Gathered, dataset: Resource, name: str) -> None:
        for text in _texts(facts, dataset, name, ("url", "@id"))[: None if several else 1]:
            facts.address(property_, dataset.key(name), text)

    return read


def _publisher(facts: Gathered, dataset: Resource, name: str) -> None:
    facts.add("publisher", dataset.key(name), ", ".join(_texts(facts, dataset, name, ("name",))))


def _creators(facts: Gathered, dataset: Resource, name: str) -> None:
    """Where no publisher is named, the only creator is taken for it."""
    names = _texts(facts, dataset, name, ("name",))
    for each in names:
        facts.add("creators", dataset.key(name), each)
    if len(names) == 1 and not dataset.values("publisher"):
        facts.add("publisher", dataset.key(name), names[0])


def _languages(facts: Gathered, dataset: Resource, name: str) -> None:
    for text in _texts(facts, dataset, name, ("alternateName", "identifier", "name")):
        facts.language(dataset.key(name), text)


def _published(facts: Gathered, dataset: Resource, name: str) -> None:
    for text in _texts(facts, dataset, name, ())[:1]:
        facts.day("published", dataset.key(name), text)


def _collected(facts: Gathered, dataset: Resource, name: str) -> None:
    facts.period("collected", dataset.key(name), _texts(facts, dataset, name, ()))


def _joined(property_: str) -> Reader:
    def read(facts: Gathered, dataset: Resource, name: str) -> None:
        facts.add(property_, dataset.key(name), " ".join(_texts(facts, dataset, name, ())))

    return read


def _each(property_: str) -> Reader:
    def read(facts: Gathered, dataset: Resource, name: str) -> None:
        for text in _texts(facts, dataset, name, ()):
            facts.add(property_, dataset.key(name), text)

    return read


def _version(facts: Gathered, dataset: Resource, name: str) -> None:
    """A number is a version too (`1` and `1.0` in JSON)."""
    for value in dataset.values(name)[:1]:
        if isinstance(value, int | float) and not isinstance(value, bool):
            facts.add("version", dataset.key(name), str(value))
        else:
            for text in facts.texts(dataset.key(name), value["@value"] if _is_literal(value) else value):
                facts.add("version", dataset.key(name), text)


def _ancestors(facts: Gathered, dataset: Resource, name: str) -> None:
    """What it was derived from: by address, else by the label that PROV gives to an entity."""
    for text in _texts(facts, dataset, name, ("url", "@id", "label", "name")):
        if "://" in text:
            facts.address("derived_from", dataset.key(name), text)
        elif text != WITHHELD_ENTITY:
            facts.add("derived_from", dataset.key(name), text)


def _generators(facts: Gathered, dataset: Resource, name: str) -> None:
    """The programs that PROV associates with a generation; a crawl generates no data, it collects them."""
    for value in dataset.values(name):
        activity = dataset.graph.resource(value) if isinstance(value, dict) else None
        agents = activity.values("wasAssociatedWith") if activity else []
        said = " ".join(texts_of(activity.values("label"))) if activity else ""
        for agent in agents if said.lower().startswith(GENERATION) else ():
            software = dataset.graph.resource(agent) if isinstance(agent, dict) else None
            for text in texts_of(software.values("label")) if software else ():
                if software and software.is_a("SoftwareAgent") and text != WITHHELD_ENTITY:
                    facts.add("generated_by", dataset.key(name), text)


def _usage(facts: Gathered, dataset: Resource, name: str) -> None:
    for text in _texts(facts, dataset, name, ("url", "@id", "name")):
        facts.add("usage_info", dataset.key(name), text)


_READERS: dict[str, Reader] = {
    "name": _title,
    "description": _summary,
    "license": _license,
    "url": _address("url", several=False),
    "publisher": _publisher,
    "creator": _creators,
    "inLanguage": _languages,
    "datePublished": _published,
    "version": _version,
    "isBasedOn": _address("derived_from", several=True),
    "wasDerivedFrom": _ancestors,
    "wasGeneratedBy": _generators,
    "dataCollectionTimeframe": _collected,
    "dataCollectionTimeFrame": _collected,  # as mlcroissant writes it
    "dataPreprocessingProtocol": _each("processing"),
    "dataUseCases": _joined("purpose"),
    "personalSensitiveInformation": _joined("personal_information"),
    "usageInfo": _usage,
}


def _files(dataset: Resource) -> tuple[frozenset[str], tuple[str, ...]]:
    """Names of the files that the distributions are, and patterns of names."""
    names: set[str] = set()
    patterns: set[str] = set()
    for node in dataset.values("distribution"):
        file = dataset.graph.resource(node if isinstance(node, dict) else {"contentUrl": node})
        for key in ("name", "contentUrl", "@id"):
            names.update(_base(text) for text in texts_of(file.values(key)))
        for text in texts_of(file.values("includes")):
            patterns.update(part.strip("[]'\" ").rpartition("/")[2] for part in text[:_PATTERN].split(","))
    return frozenset(names - {""}), tuple(sorted(patterns - {""}))


def _base(address: str) -> str:
    """The file name at the end of a path or URL."""
    try:
        path = unquote(urlsplit(address).path) if "://" in address else address
    except ValueError:
        return ""
    return path.rpartition("/")[2]


# --- values ----------------------------------------------------------------------------------------------


def _texts(facts: Gathered, dataset: Resource, name: str, parts: tuple[str, ...]) -> list[str]:
    """The texts of a property; of an object the first of its `parts` that is a text."""
    return facts.texts(
        dataset.key(name), [_part(each, dataset.graph, parts) for each in dataset.values(name)]
    )


def _is_literal(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict) and "@value" in value


def _part(value: object, graph: Graph, parts: tuple[str, ...]) -> object:
    """A text where there is one, else the value itself, for the reader to refuse."""
    if not isinstance(value, dict):
        return value
    if "@value" in value:
        return value["@value"]
    resource = graph.resource(value)
    found = (text for part in parts for text in texts_of(resource.values(part)))
    return next((text for text in found if not text.startswith("_:")), value)


def _wording(facts: Gathered, dataset: Resource, name: str) -> str:
    """A text in English where there is one of several languages, else the first."""
    known: list[tuple[str, str]] = []
    for value in dataset.values(name):
        language = value.get("@language") if isinstance(value, dict) else None
        if isinstance(value, dict) and "@value" not in value:  # a language map (1.1)
            of_map = [(key, text) for key, each in value.items() for text in texts_of(flat(each))]
            known += of_map
            if not of_map:
                facts.refuse(dataset.key(name), type_name(value))
        else:
            texts = facts.texts(dataset.key(name), value["@value"] if isinstance(value, dict) else value)
            known += [(str(language or ""), text) for text in texts]
    english = [text for tag, text in known if tag.lower().partition("-")[0] == "en"]
    return [*english, *(text for _, text in known), ""][0]
