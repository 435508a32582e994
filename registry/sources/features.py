"""Which values of an Arrow schema are files of media: `{bytes, path}`, as `datasets` keeps them."""

import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from registry.domain.stated import Modality
from registry.fingerprint.leaves import escape

_FEATURES = {"Image": Modality.IMAGE, "Audio": Modality.AUDIO, "Video": Modality.VIDEO}
_BINARY = (pa.types.is_binary, pa.types.is_large_binary, pa.types.is_binary_view)
_TEXT = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)


def media_values(schema: pa.Schema) -> dict[str, Modality | None]:
    """The paths of such values, with the modality that the schema's metadata names, where it does."""
    features = _features(schema)
    found: dict[str, Modality | None] = {}
    for field in schema:
        found.update(_below(field.type, escape(field.name), features.get(field.name)))
    return found


def _features(schema: pa.Schema) -> dict[str, Any]:
    try:
        features = json.loads((schema.metadata or {})[b"huggingface"])["info"]["features"]
    except (KeyError, TypeError, ValueError):
        return {}
    return features if isinstance(features, dict) else {}


def _below(type_: Any, path: str, feature: Any) -> Iterator[tuple[str, Modality | None]]:
    if pa.types.is_struct(type_):
        members = {type_.field(i).name: type_.field(i).type for i in range(type_.num_fields)}
        if _is_file(members):
            yield path, _FEATURES.get(str(_of(feature, "_type")))
            return
        for name, member in members.items():
            yield from _below(member, f"{path}.{escape(name)}", _of(feature, name))
    elif pa.types.is_list(type_) or pa.types.is_large_list(type_) or pa.types.is_fixed_size_list(type_):
        element = feature[0] if isinstance(feature, list) and feature else _of(feature, "feature")
        yield from _below(type_.value_type, f"{path}[]", element)


def _is_file(members: dict[str, Any]) -> bool:
    return (
        members.keys() == {"bytes", "path"}
        and any(is_one(_values(members["bytes"])) for is_one in _BINARY)
        and any(is_one(_values(members["path"])) for is_one in _TEXT)
    )


def _values(type_: Any) -> Any:
    """The type of what repeats itself, where it is kept as a dictionary."""
    return type_.value_type if pa.types.is_dictionary(type_) else type_


def _of(feature: Any, name: str) -> Any:
    return feature.get(name) if isinstance(feature, dict) else None
