"""JSON Schema (2020-12) of allocation.json."""

from registry.documents.allocation.as_json import FORMAT, FORMAT_VERSION, PRIVATE
from registry.documents.allocation.rules import RULES
from registry.documents.allocation.statement import Standing
from registry.documents.twin import Json
from registry.domain.dataset import SizeBasis

_TEXT: Json = {"type": "string", "minLength": 1}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_COUNT: Json = {"type": "integer", "minimum": 0}
_COUNT_OR_NULL: Json = {"type": ["integer", "null"], "minimum": 0}
_AMOUNT: Json = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
_EXACT: Json = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+|/[0-9]+)?$"}
_SHA256: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def allocation_schema() -> Json:
    """The schema of allocation.json: every key is required, nothing else may stand there."""
    properties: Json = {
        "id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
        "format": {"const": FORMAT},
        "format_version": {"const": FORMAT_VERSION},
        "software": _object({"name": _TEXT, "version": _TEXT_OR_NULL}),
        "status": {"enum": ["draft", "issued"]},
        "confidentiality": {"const": PRIVATE},
        "model": _TEXT,
        "version": _TEXT,
        "provider": _TEXT_OR_NULL,
        "stated_at": _TEXT,
        "period": _TEXT_OR_NULL,
        "pool": _pool(),
        "rule": _rule(),
        "manifest": _object({"file": _TEXT, "audience": _TEXT, "content_digest": _SHA256}),
        "inputs": _array(_input()),
        "excluded": _array(
            _object({"what": _TEXT, "reason": _TEXT, "records": _COUNT_OR_NULL, "words": _COUNT_OR_NULL})
        ),
        "payees": _array(_payee()),
        "withheld": _by_name(_AMOUNT),
        "remainder": _TEXT,
        "check": _object(
            dict.fromkeys(("sum_of_amounts", "net_pool", "payable", "withheld"), _AMOUNT)
            | {"difference": {"enum": ["0", "0.00", "0.000", "0.0000"]}, "sum_of_shares": {"const": "1"}}
        ),
        "compared": _array(
            _object(
                {
                    "rule": {"enum": list(RULES)},
                    "not_applied": _TEXT_OR_NULL,
                    "amounts": _by_name(_AMOUNT),
                    "ranks": _by_name({"type": "integer", "minimum": 1}),
                }
            )
        ),
        "meaning": _TEXT,
        "reproduce": {"type": "string"},
        "questions": _object(
            dict.fromkeys(("provider", "address", "what_happens"), _TEXT_OR_NULL)
            | {"answer_within_days": _COUNT_OR_NULL}
        ),
        "issue": {"anyOf": [_issue(), {"type": "null"}]},
    }
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}:{FORMAT_VERSION}",
        "title": "Allocation statement of a model version",
    }
    return head | _object(properties)


def _pool() -> Json:
    amounts = dict.fromkeys(("gross", "net", "minimum"), _AMOUNT)
    return _object(
        {
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
            "minor_unit_digits": {"type": "integer", "minimum": 0, "maximum": 4},
            "deductions": _array(_object({"deduction": _TEXT, "amount": _AMOUNT})),
            "net_minor_units": _COUNT,
        }
        | amounts
    )


def _rule() -> Json:
    parameters: Json = {
        "type": "object",
        "properties": {
            "factors": _by_name(_EXACT),
            "work": {"enum": ["record", "dataset", "holder"]},
            "classes": {"enum": ["license", "origin"]},
            "class_weights": _by_name(_EXACT),
            "inherited": {"type": "boolean"},
        },
        "required": ["inherited"],
        "additionalProperties": False,
    }
    texts = dict.fromkeys(("title", "text", "unit", "measured"), _TEXT)
    return _object({"id": {"enum": list(RULES)}, "parameters": parameters, "notes": _array(_TEXT)} | texts)


def _input() -> Json:
    return _object(
        {
            "dataset": _TEXT,
            "content_digest": _TEXT_OR_NULL,
            "size_basis": {"enum": [basis.value for basis in SizeBasis]},
            "origin": _TEXT_OR_NULL,
            "license": _TEXT,
            "records": _COUNT,
            "words": _COUNT_OR_NULL,
            "words_seen": _EXACT,
            "languages": _by_name(_EXACT),
            "base_model": _TEXT_OR_NULL,
        }
    )


def _payee() -> Json:
    part = {"dataset": _TEXT, "license": _TEXT, "records": _COUNT, "words": _COUNT, "units": _EXACT}
    return _object(
        {
            "payee": _TEXT,
            "key": _TEXT,
            "units": _EXACT,
            "share": _EXACT,
            "amount": _AMOUNT,
            "minor_units": _COUNT,
            "status": {"enum": [standing.value for standing in Standing]},
            "reason": _TEXT_OR_NULL,
            "parts": _array(_object(part)),
        }
    )


def _issue() -> Json:
    return _object(
        {
            "number": {"type": "integer", "minimum": 1},
            "issued_by": _TEXT,
            "issued_at": _TEXT,
            "supersedes": _TEXT_OR_NULL,
        }
    )


def _object(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _array(items: Json) -> Json:
    return {"type": "array", "items": items}


def _by_name(values: Json) -> Json:
    return {"type": "object", "additionalProperties": values}
