"""The machine-readable twin of the disclosure report."""

from fractions import Fraction

from registry.documents.beyond import key_of
from registry.documents.composition import Part, Use, by_language
from registry.documents.described import is_described
from registry.documents.disclosure import Disclosure
from registry.documents.fields import Cell, Field, Table, Value
from registry.documents.figures import fraction_text, share_of
from registry.documents.stated_json import (
    base_model_json,
    description_json,
    media_json,
    run_json,
    selection_json,
)
from registry.documents.twin import Json, contact_json, head
from registry.documents.why import why_json
from registry.documents.withheld import is_withheld
from registry.domain.facts import ComponentFacts
from registry.domain.license import license_title, license_url

FORMAT = "training-data-registry/disclosure"
FORMAT_VERSION = 1
SHARE_DIGITS = 6


def as_json(disclosure: Disclosure) -> Json:
    """Everything the page says; shares are of one, to six digits, and exact numbers stand beside them.

    `totals.declared` is the part of the totals whose size is declared, not measured; its `datasets` are
    those that nobody here has read. Of a dataset that is not `whole` a part was used; the methods of the
    fields say where its licenses, languages and domains are in proportion to the whole.
    """
    return head(disclosure, FORMAT, FORMAT_VERSION) | {
        "url": disclosure.model.url,
        "totals": {
            "datasets": disclosure.datasets,
            "records": disclosure.records,
            "words": disclosure.words,
            "words_seen": fraction_text(disclosure.words_seen),
            "declared": {
                "datasets": disclosure.declared_only,
                "records": disclosure.declared_records,
                "words": disclosure.declared_words,
            },
        },
        "rights_contact": contact_json(disclosure.contact),
        "base_models": [base_model_json(base) for base in disclosure.model.base_models],
        "no_base_model": disclosure.model.no_base_model,
        "runs": [run_json(run) for run in disclosure.model.runs],
        "datasets": [_dataset(use, disclosure.words_seen) for use in disclosure.uses],
        "origins": [{"origin": part.key or None} | _part(part) for part in disclosure.origins],
        "licenses": [_license(part) for part in disclosure.licenses],
        "languages": [{"language": part.key} | _part(part) for part in disclosure.languages],
        "how": {key: why_json(why) for key, why in disclosure.how.items()},
        "fields": {field.id: field_json(field) for field in disclosure.fields},
        "california": {item.id: field_json(item) for item in disclosure.california},
        "beyond": {key_of(field): field_json(field) for field in disclosure.beyond},
    }


def field_json(field: Field) -> Json:
    """A field with its status, its value, who closes it, and how it was computed."""
    return {
        "title": field.title,
        "status": field.status.value,
        "value": _value(field.value),
        "closed_by": field.closed_by,
        "method": field.method,
        "inputs": field.inputs,
        "query": field.query,
    }


def _value(value: Value) -> str | Json | None:
    if not isinstance(value, Table):
        return value
    keys = [column.key for column in value.columns]
    rows = [dict(zip(keys, map(_cell, row), strict=True)) for row in value.rows]
    columns = [{"key": one.key, "title": one.title, "kind": one.kind.value} for one in value.columns]
    return {"summary": value.summary, "columns": columns, "rows": rows}


def _cell(cell: Cell) -> str | float | None:
    return _share(cell) if isinstance(cell, Fraction) else cell


def _share(share: Fraction) -> float:
    """To six digits; what is not quite none or all never reads so."""
    step = Fraction(1, 10**SHARE_DIGITS)
    return round(float(share if share in {0, 1} else min(max(share, step), 1 - step)), SHARE_DIGITS)


def _part(part: Part) -> Json:
    sizes = {"records": part.records, "words": part.words, "share": _share(part.share)}
    return {"datasets": part.versions} | sizes


def _license(part: Part) -> Json:
    return {"license": part.key, "title": license_title(part.key), "url": license_url(part.key)} | _part(part)


def _dataset(use: Use, words_seen: Fraction) -> Json:
    version = use.version
    shown = "withheld" if is_withheld(version) else "described" if is_described(version) else "named"
    return {
        "dataset": version.name,
        "version": version.label or None,
        "shown": shown,
        "title": version.title,
        "url": version.url,
        "publisher": version.publisher,
        "origin": version.origin.value if version.origin else None,
        "license": version.license.stated,
        "digest": (version.content_digest or None) if version.is_measured else None,
        "basis": version.basis.value,
        "records": use.records,
        "words": use.words,
        "words_seen": fraction_text(use.words_seen),
        "share": _share(share_of(use.words_seen, words_seen)),
        "languages": [{"language": part.key} | _part(part) for part in by_language((use,))],
        "media": [media_json(part) for part in version.media],
        "whole": use.is_whole,
        "training": [_training(component) for component in use.components],
        "derived_from": list(version.derived_from),
        "unavailable_since": version.unavailable_since,
        "withdrawn": version.withdrawn,
    } | description_json(version.description)


def _training(component: ComponentFacts) -> Json:
    return {
        "stage": component.stage,
        "run": component.run,
        "epochs": fraction_text(component.epochs),
        "records": component.records,
        "words": component.words,
        "selection": selection_json(component.selection),
    }
