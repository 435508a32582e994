"""A declaration file as an editor sees it: values by the core schema of YAML 1.2, and its JSON Schema."""

import re
from functools import lru_cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from registry.declarations.json_schema import registry_schema

_TAG = "tag:yaml.org,2002:"
_CORE = {  # YAML 1.2.2, 10.3.2
    f"{_TAG}null": r"(?:null|Null|NULL|~|)\Z",
    f"{_TAG}bool": r"(?:true|True|TRUE|false|False|FALSE)\Z",
    f"{_TAG}int": r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\Z",
    f"{_TAG}float": r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z",
}


class CoreLoader(yaml.SafeLoader):
    """A loader of YAML 1.2."""

    yaml_implicit_resolvers = {None: [(tag, re.compile(form)) for tag, form in _CORE.items()]}  # noqa: RUF012


def _integer(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int:
    return int(node.value, 10 if node.value.lstrip("+-").isdecimal() else 0)


def _real(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> float:
    return float(node.value)


CoreLoader.add_constructor(f"{_TAG}int", _integer)
CoreLoader.add_constructor(f"{_TAG}float", _real)


def seen(text: str) -> Any:
    """The values of a YAML text."""
    return yaml.load(text, CoreLoader)


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    return Draft202012Validator(registry_schema())


def marked(text: str) -> list[str]:
    """What an editor marks as wrong."""
    return [error.message for error in _validator().iter_errors(seen(text))]
