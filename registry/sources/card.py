"""Dataset cards: what the front matter of a README.md declares, by the rules of YAML 1.2."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from registry.errors import SourceError
from registry.sources.files import open_raw
from registry.sources.interface import Card, SourceFile

NAME = "README.md"
_BYTES = 4 << 20
_FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_TAG = "tag:yaml.org,2002:"
_YAML_1_2 = {  # the core schema (10.3.2) without numbers, which no key read here has, by first character
    **{first: [(f"{_TAG}bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"))] for first in "tTfF"},
    **{first: [(f"{_TAG}null", re.compile(r"(?:null|Null|NULL|~?)\Z"))] for first in ("n", "N", "~", "")},
}


def card_of(files: Iterable[SourceFile]) -> dict[str, Any]:
    """The front matter of the card of a folder or repository, empty where there is none.

    Raises `SourceError` where it is no mapping.
    """
    readme = next((file for file in files if file.path == NAME), None)
    if readme is None:
        return {}
    with open_raw(readme) as stream:
        return front_matter(stream.read(_BYTES).decode("utf-8", "replace"))


def front_matter(text: str) -> dict[str, Any]:
    """What a card declares between its `---` lines; `no` is a language there. Raises `SourceError`."""
    found = _FRONT_MATTER.match(text)
    return _mapping(found[1]) if found else {}


def stated(front: Mapping[str, Any], place: str) -> Card | None:
    """What front matter declares, None where there is none; the license `other` by its name, if any."""
    if not front:
        return None
    license_ = ", ".join(_texts(front.get("license")))
    if license_.lower() == "other":
        license_ = ", ".join(_texts(front.get("license_name"))) or license_
    return Card(license_ or None, place)


def _texts(value: object) -> list[str]:
    """One text or a list of them."""
    return [
        text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text
    ]


def _mapping(text: str) -> dict[str, Any]:
    import yaml

    loader = yaml.SafeLoader(text)
    loader.yaml_implicit_resolvers = _YAML_1_2
    try:
        found = loader.get_single_data()
    except (yaml.YAMLError, ValueError, RecursionError):
        found = False
    finally:
        loader.dispose()
    if not isinstance(found, dict | None):
        raise SourceError(
            "has front matter that is no YAML mapping",
            file=NAME,
            hint="correct what stands between its `---` lines, or read a revision where it is correct",
        )
    return found or {}
