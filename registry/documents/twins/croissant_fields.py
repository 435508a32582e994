"""The record set of a Croissant file: fields by their paths, their types, where each value stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from registry.documents.twins.shared import Json, present
from registry.domain.dataset import FieldRole, SplitText
from registry.domain.facts import FieldFacts, VersionFacts

RECORDS = "records"
_STEP = re.compile(r"((?:\\.|[^.\[\]\\])*)((?:\[\])*)(?:\.|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TYPES = {
    "integer": "sc:Integer",
    "float": "sc:Float",
    "decimal": "sc:Float",
    "non_finite": "sc:Float",
    "boolean": "sc:Boolean",
    "timestamp": "sc:DateTime",
    "date": "sc:Date",
    "time": "sc:Time",
}
_NUMBERS = {"sc:Integer", "sc:Float"}
_TEXT = "sc:Text"
_COLUMNS = {"application/jsonlines", "application/x-parquet", "text/csv", "text/tab-separated-values"} | {
    "application/vnd.apache.arrow.file"
}


@dataclass(frozen=True, slots=True)
class Step:
    """A name on the way to a value, and how many lists its value is in."""

    name: str
    lists: int


@dataclass(frozen=True, slots=True)
class Files:
    """Where the records are: the identifier of a file or of a set of files, and their media types."""

    property: str
    id: str
    formats: tuple[str, ...]


def steps(path: str) -> tuple[Step, ...]:
    """The steps of a field's path: `messages[].content` is two, the first in one list."""
    found = []
    position = 0
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None or match.end() == position:
            return (Step(path, 0),)
        found.append(Step(_ESCAPED.sub(r"\1", match[1]), len(match[2]) // 2))
        position = match.end()
    return tuple(found) or (Step(path, 0),)


def record_set(version: VersionFacts, files: Files | None) -> Json | None:
    """The records with every field that was seen in them; None where Croissant cannot say where they stand.

    It can where they are columns, members of JSON objects, whole texts or lines: not in the paragraphs of a
    text, in XML or HTML, nor where a source was exploded, as its records are parts of what a file holds.
    """
    extract = None if files is None or version.explode is not None else _extractor(version, files)
    if extract is None or not version.fields:
        return None
    columns: dict[str, list[FieldFacts]] = {}
    for field in version.fields:
        columns.setdefault(steps(field.path)[0].name, []).append(field)
    return {
        "@type": "cr:RecordSet",
        "@id": RECORDS,
        "name": RECORDS,
        "description": "One record for each row, object or text that the files hold.",
        "field": [_field(name, members, extract) for name, members in columns.items()],
    }


def variables(version: VersionFacts) -> list[Json]:
    """The fields by name alone, for records without a record set (schema.org `variableMeasured`)."""
    return [
        present(**{"@type": "sc:PropertyValue"}, name=field.path, description=_role(field))
        for field in version.fields
    ]


# --- fields ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Extractor:
    """Where the value of a column is: `property` and its value, in which the name of a column may stand."""

    files: Files
    property: str
    value: str | None = None

    def source(self, column: str, path: str = "") -> Json:
        """The source of a column, or of what stands at a path within it."""
        value = self.value or (f"$[*].{_member(column)}" if self.property == "jsonPath" else column)
        transform = {"transform": {"jsonPath": path}} if path else {}
        where = {self.files.property: {"@id": self.files.id}, "extract": {self.property: value}}
        return {"source": where | transform}


def _extractor(version: VersionFacts, files: Files) -> _Extractor | None:
    formats = set(files.formats)
    if formats <= _COLUMNS:
        return _Extractor(files, "column")
    if formats == {"application/json"}:
        return _Extractor(files, "jsonPath")
    kinds = {SplitText.DOCUMENT: "content", SplitText.LINE: "lines"}
    if formats <= {"text/plain", "text/markdown"} and version.split_text in kinds:
        return _Extractor(files, "fileProperty", kinds[version.split_text])
    return None


def _field(name: str, members: Sequence[FieldFacts], extract: _Extractor) -> Json:
    """A column: a value, a list of values, or an object with what is in it as sub-fields."""
    paths = [steps(member.path) for member in members]
    identifier = f"{RECORDS}/{_id(name)}"
    head = {"@type": "cr:Field", "@id": identifier, "name": name}
    lists = {path[0].lists for path in paths}
    if len(lists) == 1 and all(len(path) > 1 for path in paths):
        inner = [
            _sub_field(identifier, name, path[1:], member, extract)
            for path, member in zip(paths, members, strict=True)
        ]
        return {**head, **_array(lists.pop()), "subField": inner}
    plain = len(paths) == 1 and len(paths[0]) == 1
    return {
        **head,
        **present(description=_role(members[0]) if plain else "Values of several shapes."),
        **(_array(lists.pop()) if plain else {}),
        "dataType": _type(members[0]) if plain else _TEXT,
        **extract.source(name),
    }


def _sub_field(
    parent: str, column: str, path: tuple[Step, ...], field: FieldFacts, extract: _Extractor
) -> Json:
    name = ".".join(step.name + "[]" * step.lists for step in path)
    inside = ".".join(_member(step.name) + "[*]" * step.lists for step in path[:-1])
    last = _member(path[-1].name)
    return {
        "@type": "cr:Field",
        "@id": f"{parent}/{_id(name)}",
        "name": name,
        **present(description=_role(field)),
        **_array(sum(step.lists for step in path)),
        "dataType": _type(field),
        **extract.source(column, f"{inside}.{last}" if inside else last),
    }


def _array(lists: int) -> Json:
    return {"isArray": True, "arrayShape": ",".join(["-1"] * lists)} if lists else {}


def _role(field: FieldFacts) -> str | None:
    return None if field.role is FieldRole.OTHER else f"{field.role.value.replace('_', ' ').capitalize()}."


def _type(field: FieldFacts) -> str:
    """The type of the values that were seen; of several that are not all numbers, text."""
    found = {_TYPES.get(name, _TEXT) for name in field.types}
    if found == {_TEXT} and field.role is FieldRole.URL:
        return "sc:URL"
    if len(found) == 1:
        return found.pop()
    return "sc:Float" if found and found <= _NUMBERS else _TEXT


def _member(name: str) -> str:
    """A name as JSONPath takes it."""
    if _PLAIN.fullmatch(name):
        return name
    escaped = name.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _id(name: str) -> str:
    """A name within an IRI."""
    return quote(name.encode("utf-8", "replace"), safe="") or "%"
