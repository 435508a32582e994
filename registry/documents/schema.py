"""JSON Schemas (2020-12) of the documents' machine-readable twins."""

from registry.documents import attribution_json, disclosure_json
from registry.documents.eu_template import TITLES
from registry.documents.fields import Status
from registry.documents.twin import Json

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Json = {"type": "string", "minLength": 1}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_EXACT: Json = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+|/[0-9]+)?$"}
_EXACT_SHARE: Json = {"type": "string", "pattern": r"^[0-9](\.[0-9]+)?$"}
_URL_OR_NULL: Json = {"type": ["string", "null"]}


def disclosure_schema() -> Json:
    """The schema of disclosure.json: every field of the form is required, and a gap says who can close it."""
    return _document(
        disclosure_json.FORMAT,
        disclosure_json.FORMAT_VERSION,
        "Disclosure report of a model version",
        {
            "url": _URL_OR_NULL,
            "totals": _object({"datasets": _COUNT, "records": _COUNT, "words": _COUNT, "words_seen": _EXACT}),
            "datasets": _array(_dataset()),
            "origins": _array(_object({"origin": _TEXT_OR_NULL} | _part())),
            "licenses": _array(_object({"license": _TEXT, "title": _TEXT, "url": _URL_OR_NULL} | _part())),
            "languages": _array(_object({"language": _TEXT} | _part())),
            "fields": _object({key: {"$ref": "#/$defs/field"} for key in TITLES}),
        },
        {"field": _field()},
    )


def attribution_schema() -> Json:
    """The schema of attribution.json."""
    duties = {"enum": ["yes", "no", "contested", "unknown"]}
    totals = {
        "named_holders": _COUNT,
        "records": _COUNT,
        "words": _COUNT,
        "weighted_words": _EXACT,
        "unclassified_words": _COUNT,
    }
    licenses = {
        "license": _TEXT,
        "title": _TEXT,
        "url": _URL_OR_NULL,
        "records": _COUNT,
        "words": _COUNT,
        "obligations": {"type": "object", "additionalProperties": duties},
        "obligation_sources": _array(_TEXT),
    }
    return _document(
        attribution_json.FORMAT,
        attribution_json.FORMAT_VERSION,
        "Attribution manifest of a model version",
        {
            "totals": _object(totals),
            "check": _object({"sum_of_shares": {"enum": ["1", "0"]}}),
            "holders": _array(_holder()),
            "licenses": _array(_object(licenses)),
            "sources": _array(_source()),
        },
        {},
    )


def _document(form: str, version: int, title: str, properties: Json, definitions: Json) -> Json:
    common: Json = {
        "format": {"const": form},
        "format_version": {"const": version},
        "software": _object({"name": _TEXT, "version": _TEXT_OR_NULL}),
        "audience": {"enum": ["public", "auditor"]},
        "status": {"enum": ["draft"]},
        "model": _TEXT,
        "version": _TEXT,
        "provider": _TEXT_OR_NULL,
        "stated_at": _TEXT,
        "headline": _TEXT,
        "gaps": _array(_object({"field": _TEXT, "title": _TEXT, "closed_by": _TEXT})),
    }
    head = {"$schema": _DIALECT, "$id": f"urn:{form.replace('/', ':')}:{version}", "title": title}
    return head | _object(common | properties) | {"$defs": definitions}


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


def _part() -> Json:
    return {"datasets": _COUNT, "records": _COUNT, "words": _COUNT, "share": _SHARE}


def _dataset() -> Json:
    training = {"stage": _TEXT, "run": _COUNT, "epochs": _EXACT, "records": _COUNT, "words": _COUNT}
    return _object(
        {
            "dataset": _TEXT,
            "version": _TEXT_OR_NULL,
            "shown": {"enum": ["named", "described", "withheld"]},
            "title": _TEXT_OR_NULL,
            "url": _URL_OR_NULL,
            "publisher": _TEXT_OR_NULL,
            "origin": _TEXT_OR_NULL,
            "license": _TEXT,
            "digest": _TEXT_OR_NULL,
            "records": _COUNT,
            "words": _COUNT,
            "words_seen": _EXACT,
            "share": _SHARE,
            "languages": _array(_object({"language": _TEXT} | _part())),
            "training": _array(_object(training)),
        }
    )


def _field() -> Json:
    rows = _array({"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}})
    table = _object({"summary": _TEXT, "rows": rows})
    is_gap: Json = {"properties": {"status": {"const": Status.GAP.value}}}
    properties = {
        "title": _TEXT,
        "status": {"enum": [status.value for status in Status]},
        "value": {"anyOf": [_TEXT, table, {"type": "null"}]},
        "closed_by": _TEXT_OR_NULL,
        "method": _TEXT_OR_NULL,
    }
    gap: Json = {"properties": {"value": {"type": "null"}, "closed_by": _TEXT}}
    answer: Json = {"properties": {"value": {"not": {"type": "null"}}}}
    return _object(properties) | {"if": is_gap, "then": gap, "else": answer}


def _holder() -> Json:
    row = {
        "contributor": _TEXT_OR_NULL,
        "dataset": _TEXT,
        "version": _TEXT_OR_NULL,
        "license": _TEXT,
        "records": _COUNT,
        "words": _COUNT,
        "weighted_words": _EXACT,
        "share": _EXACT_SHARE,
        "basis": _TEXT,
        "attribution": _TEXT,
    }
    sizes = {"records": _COUNT, "words": _COUNT, "weighted_words": _EXACT}
    named: Json = {"type": "boolean"}
    return _object({"holder": _TEXT, "named": named, "rows": _array(_object(row))} | sizes)


def _source() -> Json:
    notices = _array(_object({"path": _TEXT, "sha256": _TEXT}))
    text = {"title": _TEXT_OR_NULL, "publisher": _TEXT_OR_NULL, "url": _URL_OR_NULL, "license": _TEXT}
    return _object({"dataset": _TEXT, "version": _TEXT_OR_NULL, "notices": notices} | text)
