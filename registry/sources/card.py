"""Dataset cards: what the front matter of a README.md declares, by the rules of YAML 1.2."""

import re
from collections.abc import Mapping
from typing import Any

from registry.errors import SourceError
from registry.sources.card_facts import Gathered

BYTES = 4 << 20
_HUB = "https://huggingface.co/datasets/"
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_TAG = "tag:yaml.org,2002:"
_YAML_1_2 = {  # the core schema (10.3.2) without numbers, which no key read here has, by first character
    **{first: [(f"{_TAG}bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"))] for first in "tTfF"},
    **{first: [(f"{_TAG}null", re.compile(r"(?:null|Null|NULL|~?)\Z"))] for first in ("n", "N", "~", "")},
}
# `source_datasets`: OWNER/NAME, or `extended|NAME`; `extended|other-NAME` is not on the hub.
_ON_HUB = re.compile(r"(?:extended\|(?!other\b))?([\w.-]+/[\w.-]+)|extended\|(?!other\b)([\w.-]+)", re.ASCII)


def front_matter(text: str) -> dict[str, Any]:
    """What a card declares between its `---` lines; `no` is a language there. Raises `SourceError`."""
    found = _FRONT_MATTER.match(text)
    return _mapping(found[1]) if found else {}


def stated(front: Mapping[str, Any], where: str) -> Gathered:
    """What the front matter of a card declares; `where` is the card, as people know it."""
    card = Gathered("card", where)
    _license(card, front)
    for text in card.texts("pretty_name", front.get("pretty_name")):
        card.add("title", "pretty_name", text)
    for text in card.texts("language", front.get("language")):
        card.language("language", text)
    for text in card.texts("source_datasets", front.get("source_datasets")):
        _source(card, text)
    for text in card.texts("annotations_creators", front.get("annotations_creators")):
        card.add("annotations", "annotations_creators", text)
    return card


def _license(card: Gathered, front: Mapping[str, Any]) -> None:
    """Whether all or any of several licenses hold is not stated there; `other` goes by its name, if any."""
    names = {key: ", ".join(card.texts(key, front.get(key))) for key in ("license", "license_name")}
    key = "license_name" if names["license"].lower() == "other" and names["license_name"] else "license"
    card.add("license", key, names[key])
    for link in card.texts("license_link", front.get("license_link")):
        if "://" in link:  # else a file of the repository
            card.address("license_url", "license_link", link)


def _source(card: Gathered, text: str) -> None:
    """What a dataset was made from, where the hub has it; `original` says nothing of the kind."""
    name = _ON_HUB.fullmatch(text.strip())
    if name or "://" in text:
        card.address("derived_from", "source_datasets", f"{_HUB}{name[1] or name[2]}" if name else text)


def _mapping(text: str) -> dict[str, Any]:
    import yaml

    try:
        loader = yaml.SafeLoader(text)
        loader.yaml_implicit_resolvers = _YAML_1_2
        found = loader.get_single_data()
    except (yaml.YAMLError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        found = False  # the library checks neither depth nor what stands behind a tag: !!int '', !!bool x
    if not isinstance(found, dict | None):
        raise SourceError(
            "has front matter that is no YAML mapping",
            file="README.md",
            hint="correct what stands between its `---` lines, or read a revision where it is correct",
        )
    return found or {}
