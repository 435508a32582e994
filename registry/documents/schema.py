"""JSON Schemas (2020-12) of the documents' machine-readable twins."""

from registry.documents import attribution_json, beyond, disclosure_json
from registry.documents.california import law
from registry.documents.differences import Turn
from registry.documents.eu_template import TITLES
from registry.documents.fields import Kind, Status
from registry.documents.inherited import Known
from registry.documents.twin import Json
from registry.documents.why import FIGURES
from registry.domain.dataset import SelectionKind, SizeBasis
from registry.domain.lineage import LinkKind
from registry.domain.stated import Answer, Modality

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: Json = {"type": "string", "minLength": 1}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_NUMBER: Json = {"type": "integer", "minimum": 1}
_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_EXACT: Json = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+|/[0-9]+)?$"}
_EXACT_SHARE: Json = {"type": "string", "pattern": r"^[0-9](\.[0-9]+)?$"}
_URL_OR_NULL: Json = {"type": ["string", "null"]}
_BOOLEAN: Json = {"type": "boolean"}
_ONE_OR_NONE: Json = {"enum": ["1", "0"]}
_SIZE_BASIS: Json = {"enum": [basis.value for basis in SizeBasis]}


def disclosure_schema() -> Json:
    """The schema of disclosure.json: every field of both forms is required, a gap says who can close it."""
    return _document(
        disclosure_json.FORMAT,
        disclosure_json.FORMAT_VERSION,
        "Disclosure report of a model version",
        {
            "url": _URL_OR_NULL,
            "totals": _object(_disclosed_totals()),
            "rights_contact": _rights_contact(),
            "base_models": _array({"$ref": "#/$defs/base_model"}),
            "no_base_model": _BOOLEAN,
            "runs": _array(_run()),
            "datasets": _array(_dataset()),
            "origins": _array(_object({"origin": _TEXT_OR_NULL} | _part())),
            "licenses": _array(_object({"license": _TEXT, "title": _TEXT, "url": _URL_OR_NULL} | _part())),
            "languages": _array(_object({"language": _TEXT} | _part())),
            "how": _object(
                dict.fromkeys(FIGURES, _object({"method": _TEXT, "inputs": _TEXT, "query": _TEXT_OR_NULL}))
            ),
            "fields": _object({key: {"$ref": "#/$defs/field"} for key in TITLES}),
            "california": _object({key: {"$ref": "#/$defs/field"} for key in law.TITLES}),
            "beyond": _object(
                {key.removeprefix(beyond.PREFIX): {"$ref": "#/$defs/field"} for key in beyond.TITLES}
            ),
        },
        {"field": _field(), "base_model": _base_model()},
    )


def attribution_schema() -> Json:
    """The schema of attribution.json."""
    own = _work_totals() | {"unclassified_rows": _COUNT}
    return _document(
        attribution_json.FORMAT,
        attribution_json.FORMAT_VERSION,
        "Attribution manifest of a model version",
        {
            "totals": _object(own),
            "check": _object({"sum_of_shares": _ONE_OR_NONE, "how": _TEXT}),
            "holders": _array({"$ref": "#/$defs/holder"}),
            "licenses": _array(_license_duties()),
            "sources": _array({"$ref": "#/$defs/source"}),
            "base_models": _object({"stated": _BOOLEAN, "not_known_in_full": _COUNT}),
            "inherited": _array(_inherited()),
            "notices": _array(_notice()),
            "rights_contact": _rights_contact(),
        },
        {"holder": _holder(), "source": _source()},
        {"lineage": _array(_inherited_duties())},
    )


def _inherited_duties() -> Json:
    """The terms of one ancestor of a dataset, with the path that leads there."""
    said = dict.fromkeys(("evidence", "asserted_by", "recorded_at"), _TEXT_OR_NULL)
    kinds = {"enum": [kind.value for kind in LinkKind]}
    link = _object({"dataset": _TEXT, "made_from": _TEXT, "kind": kinds} | said)
    return _object(
        {
            "dataset": _TEXT,
            "ancestor": _TEXT,
            "license": _TEXT_OR_NULL,
            "is_complete": _BOOLEAN,
            "obligations": _array(_TEXT),
            "path": _array(link),
        }
    )


def _document(
    form: str, version: int, title: str, properties: Json, definitions: Json, optional: Json | None = None
) -> Json:
    common: Json = {
        "format": {"const": form},
        "format_version": {"const": version},
        "software": _object({"name": _TEXT, "version": _TEXT_OR_NULL}),
        "audience": {"enum": ["public", "auditor"]},
        "status": {"enum": ["draft", "published"]},
        "edition": _or_null(_edition()),
        "changes": _or_null(_changes()),
        "model": _TEXT,
        "version": _TEXT,
        "provider": _TEXT_OR_NULL,
        "stated_at": _TEXT,
        "headline": _TEXT,
        "gaps": _array(_object({"field": _TEXT, "title": _TEXT, "closed_by": _TEXT})),
    }
    head = {"$schema": _DIALECT, "$id": f"urn:{form.replace('/', ':')}:{version}", "title": title}
    return head | _object(common | properties, optional) | {"$defs": definitions}


def _edition() -> Json:
    before = _object({"number": _NUMBER, "digest": _TEXT})
    said = {"approved_by": _TEXT, "approved_at": _TEXT, "address": _URL_OR_NULL}
    return _object({"number": _NUMBER, "supersedes": _or_null(before)} | said)


def _changes() -> Json:
    """What is otherwise than in the edition before."""
    texts = dict.fromkeys(("aspect", "before", "after"), _TEXT_OR_NULL)
    kinds = {"enum": [kind.value for kind in Turn]}
    difference = _object({"part": _TEXT, "subject": _TEXT, "kind": kinds} | texts)
    return _object({"since": _object({"number": _NUMBER, "digest": _TEXT}), "found": _array(difference)})


def _object(properties: Json, optional: Json | None = None) -> Json:
    return {
        "type": "object",
        "properties": properties | (optional or {}),
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


def _part() -> Json:
    return {"datasets": _COUNT, "records": _COUNT, "words": _COUNT, "share": _SHARE}


def _disclosed_totals() -> Json:
    declared = {"datasets": _COUNT, "records": _COUNT, "words": _COUNT}
    return declared | {"words_seen": _EXACT, "declared": _object(declared)}


def _run() -> Json:
    texts = dict.fromkeys(("name", "started", "compute_flop"), _TEXT_OR_NULL)
    return _object({"run": _COUNT, "stage": _TEXT} | texts)


def _base_model() -> Json:
    texts = dict.fromkeys(("model", "url", "provider", "headline", "digest"), _TEXT_OR_NULL)
    sizes = {"records": _or_null(_COUNT), "words": _or_null(_COUNT)}
    return _object(texts | sizes | {"base_models": _array({"$ref": "#/$defs/base_model"})})


def _dataset() -> Json:
    training = {"stage": _TEXT, "run": _COUNT, "epochs": _EXACT, "records": _COUNT, "words": _COUNT}
    known: Json = {
        "dataset": _TEXT,
        "version": _TEXT_OR_NULL,
        "shown": {"enum": ["named", "described", "withheld"]},
        "title": _TEXT_OR_NULL,
        "url": _URL_OR_NULL,
        "publisher": _TEXT_OR_NULL,
        "origin": _TEXT_OR_NULL,
        "license": _TEXT,
        "digest": _TEXT_OR_NULL,
        "basis": _SIZE_BASIS,
        "records": _COUNT,
        "words": _COUNT,
        "words_seen": _EXACT,
        "share": _SHARE,
        "languages": _array(_object({"language": _TEXT} | _part())),
        "media": _array(_media()),
        "whole": _BOOLEAN,
        "training": _array(_object(training | {"selection": _selection()})),
        "derived_from": _array(_TEXT),
        "unavailable_since": _TEXT_OR_NULL,
        "withdrawn": _BOOLEAN,
    }
    splits = {"shares": {"type": "object", "additionalProperties": _EXACT}}
    agreed = _object(splits | dict.fromkeys(("authority", "evidence"), _TEXT_OR_NULL))
    return _object(known | _description(), optional={"agreed_splits": agreed})


def _media() -> Json:
    """Images, recordings and films; without milliseconds their length is not known."""
    counts = dict.fromkeys(("items", "records", "bytes", "undetermined"), _COUNT)
    modality = {"enum": [modality.value for modality in Modality]}
    return _object({"modality": modality, "milliseconds": _or_null(_COUNT), "rates": _array(_TEXT)} | counts)


def _selection() -> Json:
    return _object(
        {
            "kind": {"enum": [kind.value for kind in SelectionKind]},
            "text": _TEXT,
            "label": _TEXT_OR_NULL,
            "basis": _SIZE_BASIS,
            "tokens": _or_null(_COUNT),
            "evidence": _TEXT_OR_NULL,
        }
    )


def _description() -> Json:
    """What is stated of a dataset version in words."""
    period = {"from": _TEXT_OR_NULL, "until": _TEXT_OR_NULL}
    texts = _array(_TEXT)
    behaviour = dict.fromkeys(("captchas", "passwords", "paywalls", "robots_txt", "other"), _TEXT_OR_NULL)
    crawler = _object({"name": _TEXT, "purpose": _TEXT_OR_NULL, "behaviour": _object(behaviour)})
    answer = {"enum": [answer.value for answer in Answer]}
    user_data = {"interactions": _or_null(answer), "other_services": _or_null(answer), "services": texts}
    counts = dict.fromkeys(("records", "words", "tokens", "bytes", "images"), _or_null(_COUNT))
    size = {
        "modality": {"enum": [modality.value for modality in Modality]},
        "hours": _TEXT_OR_NULL,
        "evidence": _TEXT_OR_NULL,
    }
    explained = {"answer": answer, "explanation": _TEXT_OR_NULL}
    protected = dict.fromkeys(("copyright", "trademark", "patent"), _or_null(answer))
    crawl = {"crawlers": _array(crawler), "site_types": texts, "geography": _TEXT_OR_NULL}
    return {
        "summary": _TEXT_OR_NULL,
        "content_types": texts,
        "characteristics": texts,
        "collected": _object(period),
        "published": _TEXT_OR_NULL,
        "purpose": _TEXT_OR_NULL,
        "processing": texts,
        "personal_information": _or_null(_object(explained)),
        "generated_by": _or_null(texts),
        "crawl": _or_null(_object(crawl | period)),
        "user_data": _or_null(_object(user_data)),
        "declared_size": _or_null(_object(size | counts)),
        "labels": _or_null(texts),
        "processing_purpose": _TEXT_OR_NULL,
        "intellectual_property": _or_null(_object(protected | {"explanation": _TEXT_OR_NULL})),
        "acquired": _or_null(_object(dict.fromkeys(("purchased", "licensed"), _or_null(answer)))),
        "aggregate_consumer_information": _or_null(_object(explained)),
        "engagements": _or_null(_array(_engagement())),
        "copyright": texts,
        "links": _or_null(_object(dict.fromkeys(("record", "creator"), _TEXT_OR_NULL))),
        "notice": _TEXT_OR_NULL,
    }


def _engagement() -> Json:
    """People who labelled, wrote or judged data; of groups too small to be told apart the task alone."""
    texts = dict.fromkeys(("vendor", "hours", "contract"), _TEXT_OR_NULL)
    pay = {"amount": _EXACT, "currency": _TEXT, "per": _TEXT, "relative_to_minimum_wage": _or_null(_EXACT)}
    said = {
        "task": _TEXT,
        "countries": _array(_TEXT),
        "people": _or_null(_COUNT),
        "pay": _or_null(_object(pay)),
        "protections": _or_null(_array(_TEXT)),
        "period": _object({"from": _TEXT_OR_NULL, "until": _TEXT_OR_NULL}),
    }
    return _object(said | texts)


def _field() -> Json:
    rows = _array({"type": "object", "additionalProperties": {"type": ["string", "number", "null"]}})
    kinds = {"enum": [kind.value for kind in Kind]}
    columns = _array(_object({"key": _TEXT, "title": _TEXT, "kind": kinds}))
    table = _object({"summary": _TEXT, "columns": columns, "rows": rows})
    is_gap: Json = {"properties": {"status": {"const": Status.GAP.value}}}
    properties = {
        "title": _TEXT,
        "status": {"enum": [status.value for status in Status]},
        "value": {"anyOf": [_TEXT, table, {"type": "null"}]},
        "closed_by": _TEXT_OR_NULL,
        "method": _TEXT_OR_NULL,
        "inputs": _TEXT_OR_NULL,
        "query": _TEXT_OR_NULL,
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
        "changes": _TEXT_OR_NULL,
    }
    asked: Json = {"type": "object", "additionalProperties": {"enum": ["yes", "contested", "unknown"]}}
    rows = _array(_object(row, optional={"size_note": _TEXT}))
    sizes = {"records": _COUNT, "words": _COUNT, "weighted_words": _EXACT}
    return _object({"holder": _TEXT, "named": _BOOLEAN, "rows": rows, "obligations": asked} | sizes)


def _source() -> Json:
    notices = _array(_object({"path": _TEXT, "sha256": _TEXT}))
    text = {"title": _TEXT_OR_NULL, "publisher": _TEXT_OR_NULL, "url": _URL_OR_NULL, "license": _TEXT}
    use = {"changes": _TEXT_OR_NULL, "used": _TEXT, "size_basis": _SIZE_BASIS}
    size = {"words_known": _BOOLEAN, "amount": _TEXT_OR_NULL, "in_proportion": _BOOLEAN}
    lists = {"notices": notices, "contributors": _array(_contributor())}
    return _object({"dataset": _TEXT, "version": _TEXT_OR_NULL} | lists | text | use | size)


def _contributor() -> Json:
    """Who is stated to have taken part in a whole version; null where nobody has said in how much."""
    said = {"name": _TEXT, "type": _TEXT, "marc_relator": _TEXT_OR_NULL, "basis": _TEXT}
    return _object(said | {"records": _or_null(_COUNT), "words": _or_null(_COUNT)})


def _notice() -> Json:
    texts = dict.fromkeys(("sha256", "encoding", "text"), _TEXT)
    of = _array(_object({"dataset": _TEXT, "path": _TEXT}))
    return _object(texts | {"literal": _BOOLEAN, "of": of})


def _license_duties() -> Json:
    duties = {"enum": ["yes", "no", "contested", "unknown"]}
    sizes = dict.fromkeys(("records", "words", "inherited_records", "inherited_words"), _COUNT)
    return _object(
        {
            "license": _TEXT,
            "title": _TEXT,
            "url": _URL_OR_NULL,
            "obligations": {"type": "object", "additionalProperties": duties},
            "obligation_sources": _array(_TEXT),
        }
        | sizes
    )


def _work_totals() -> Json:
    return {
        "named_holders": _COUNT,
        "records": _COUNT,
        "words": _COUNT,
        "weighted_words": _EXACT,
        "unclassified_words": _COUNT,
        "datasets_without_words": _COUNT,
    }


def _inherited() -> Json:
    """A base model: with holders where it is known here, with dataset lines where it is disclosed."""
    line = {
        "holder": _TEXT,
        "dataset": _TEXT,
        "version": _TEXT_OR_NULL,
        "license": _TEXT,
        "records": _COUNT,
        "words": _COUNT,
        "basis": _TEXT,
        "attribution": _TEXT,
    }
    return _object(
        {
            "model": _TEXT,
            "reference": _TEXT,
            "known": {"enum": [known.value for known in Known]},
            "chains": _array(_TEXT),
            "provider": _TEXT_OR_NULL,
            "url": _URL_OR_NULL,
            "records": _or_null(_COUNT),
            "words": _or_null(_COUNT),
            "totals": _or_null(_object(_work_totals())),
            "check": _or_null(_object({"sum_of_shares": _ONE_OR_NONE})),
            "holders": _or_null(_array({"$ref": "#/$defs/holder"})),
            "sources": _or_null(_array({"$ref": "#/$defs/source"})),
            "datasets": _array(_object(line)),
            "used_in_own_training_too": _array(_TEXT),
            "remark": _TEXT_OR_NULL,
        }
    )


def _rights_contact() -> Json:
    answers = dict.fromkeys(("provider", "address", "what_happens"), _TEXT_OR_NULL)
    return _object(answers | {"answer_within_days": _or_null(_COUNT)})


def _or_null(schema: Json) -> Json:
    return {"anyOf": [schema, {"type": "null"}]}
