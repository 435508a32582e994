"""The JSON Schema (2020-12) of registry.yaml, for editors: it accepts whatever the loader accepts."""

from typing import Any

from registry.declarations.schema import WITHDRAWABLE, Declarations

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = "urn:training-data-registry:registry:1"

Json = dict[str, Any]


def registry_schema() -> Json:
    """The schema of a declaration file: every key with its description, and nothing else allowed.

    From the classes that the loader validates with. Null stands wherever a key may be left out. What depends
    on several values, as that a dataset has `source` or `measured`, is left to the loader.
    """
    made = Declarations.model_json_schema()
    definitions = {name: _definition(schema) for name, schema in sorted(made.pop("$defs").items())}
    for entry, facts in WITHDRAWABLE.items():
        _name_facts(definitions[entry.__name__], facts)
    head = {"$schema": _DIALECT, "$id": _ID, "title": "registry.yaml"}
    return head | _without(_definition(made), "title") | {"$defs": definitions}


def _definition(schema: Json) -> Json:
    """A definition without what only repeats names; keys that may be left out may be null too."""
    if "properties" not in schema:
        return _without(schema, "title")
    required = schema.get("required", [])
    properties = {
        key: _property(key, inner, nullable=key not in required)
        for key, inner in schema["properties"].items()
    }
    return _without(schema, "default") | {"properties": properties}


def _property(key: str, schema: Json, *, nullable: bool) -> Json:
    described = {"title": key, "description": schema["description"]}
    said = _without(schema, "title", "description", "default")
    choices: list[Json] = said["anyOf"] if list(said) == ["anyOf"] else [said]
    flat = [one for choice in choices for one in (choice["anyOf"] if list(choice) == ["anyOf"] else [choice])]
    if nullable and {"type": "null"} not in flat:
        flat.append({"type": "null"})
    return described | (flat[0] if len(flat) == 1 else {"anyOf": flat})


def _name_facts(definition: Json, facts: frozenset[str]) -> None:
    """Offer the facts that `withdrawn` may name."""
    fact = {"enum": sorted(facts)}
    definition["properties"]["withdrawn"]["anyOf"] = [
        fact,
        {"type": "array", "items": fact},
        {"type": "null"},
    ]


def _without(schema: Json, *keys: str) -> Json:
    return {key: value for key, value in schema.items() if key not in keys}
