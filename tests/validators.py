"""The validators of other formats, without a network: each raises where a document is not what it says."""

import io
import json
import logging
import re
import warnings
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from huggingface_hub import DatasetCard, ModelCard
from spdx_python_model import v3_0_1 as spdx

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import mlcroissant

_RECOMMENDED = re.compile(r'Property "(?:https?://.*/)?(\w+)" is recommended')
_LOOSE_VERSION = "doesn't follow MAJOR.MINOR.PATCH"
_CYCLONEDX = JsonStrictValidator(SchemaVersion.V1_6)
_LICENSES = ("hasDeclaredLicense", "hasConcludedLicense")


def croissant(content: bytes) -> set[str]:
    """Load a file with mlcroissant; what it recommends and misses, by name. Any other warning fails."""
    document = json.loads(content)
    told = _Told()
    logging.getLogger("absl").addHandler(told)
    try:
        dataset = _loaded(document)
    finally:
        logging.getLogger("absl").removeHandler(told)
    issues = dataset.metadata.ctx.issues
    assert not issues.errors, issues.errors
    missing, others = set(), []
    for warning in issues.warnings:
        found = _RECOMMENDED.search(warning)
        if found:
            missing.add(found[1])
        elif _LOOSE_VERSION not in warning or re.fullmatch(r"\d+(\.\d+){0,2}", document["version"]):
            others.append(warning)
    others += [line for line in told.lines if "validation" not in line]
    assert not others, others
    return missing


def records(file: Path) -> list[dict[str, Any]]:
    """The records that mlcroissant reads through a file that lies beside the data, without the set's name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its libraries deprecate parts of each other
        found = tuple(mlcroissant.Dataset(jsonld=str(file)).records("records"))
    return [{name.removeprefix("records/"): value for name, value in one.items()} for one in found]


def _loaded(document: dict[str, Any]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of rdflib, which it uses
        return mlcroissant.Dataset(jsonld=document)


class _Told(logging.Handler):
    """What a library logs."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def cyclonedx(content: bytes) -> dict[str, Any]:
    """Validate an ML-BOM strictly against the schema of its version; references lead somewhere."""
    errors = _CYCLONEDX.validate_str(content.decode())
    assert errors is None, errors
    document: dict[str, Any] = json.loads(content)
    references = [document["metadata"]["component"]["bom-ref"]]
    references += [one["bom-ref"] for one in document["components"]]
    assert len(references) == len(set(references))
    for one in document["dependencies"]:
        assert {one["ref"], *one.get("dependsOn", ())} <= set(references)
    return document


def spdx_graph(content: bytes) -> dict[str, Mapping[str, Any]]:
    """Load a document with the bindings that were made from the SHACL model, and write it again.

    They refuse unknown properties and values, wrong classes and counts. The rules of the AI and Dataset
    profiles (section "Profile conformance") are checked besides. Returns the elements by their identifier.
    """
    document = json.loads(content)
    objects = spdx.SHACLObjectSet()
    spdx.JSONLDDeserializer().deserialize_data(document, objects)
    assert not objects.link(), "a reference leads nowhere"
    spdx.JSONLDSerializer().write(objects, io.BytesIO())
    graph = document["@graph"]
    elements = {one["spdxId"]: one for one in graph if "spdxId" in one}
    assert len(elements) == len(graph) - 1, "two elements share an identifier"
    _check_profiles(elements)
    return elements


def _check_profiles(elements: Mapping[str, Mapping[str, Any]]) -> None:
    (document,) = [one for one in elements.values() if one["type"] == "SpdxDocument"]
    assert set(document["element"]) == set(elements) - {document["spdxId"]}
    assert set(document["rootElement"]) <= set(elements)
    stated = Counter(
        (one["from"], one["relationshipType"]) for one in elements.values() if one["type"] == "Relationship"
    )
    for key, one in elements.items():
        if one["type"] in {"ai_AIPackage", "dataset_DatasetPackage"}:
            assert [stated[key, kind] for kind in _LICENSES] == [1, 1], one["name"]
            assert one["software_primaryPurpose"] == ("model" if one["type"].startswith("ai") else "data")
        if one["type"] == "dataset_DatasetPackage":
            assert len(one["originatedBy"]) == 1


def card(content: bytes, kind: type[DatasetCard] | type[ModelCard]) -> dict[str, Any]:
    """Read a card as the hub's own library does; the front matter it finds."""
    read = kind(content.decode())
    front: dict[str, Any] = dict(vars(read.data))
    assert read.text.lstrip().startswith("# ")
    front = {key: value for key, value in front.items() if value is not None}
    for key in ("language", "size_categories", "source_datasets", "datasets", "base_model", "tags"):
        assert all(isinstance(one, str) for one in front.get(key, [])), key
    for key in ("license", "license_name", "license_link", "pretty_name"):
        assert isinstance(front.get(key, ""), str), key
    assert ("license_name" in front) == (front.get("license") == "other")
    return front
