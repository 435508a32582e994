"""The machine-readable twin of an allocation statement."""

from fractions import Fraction

from registry.documents.allocation.basis import Counted
from registry.documents.allocation.rules import Part, Terms
from registry.documents.allocation.statement import LANGUAGE, REMAINDER, Column, Line, Statement
from registry.documents.edition import content_digest
from registry.documents.figures import fraction_text
from registry.documents.lazily import Lazily
from registry.documents.twin import Json, contact_json

FORMAT = "training-data-registry/allocation"
FORMAT_VERSION = 1
PRIVATE = "private: not for publication"
_OF_OTHERS = {"format", "inputs", "excluded", "payees", "withheld", "compared", "reproduce"}
_NOT_SAID = ("software", "status", "stated_at", "issue", "reproduce")


def as_json(statement: Statement) -> Json:
    """Everything the statement says; amounts are decimals as texts, with their minor units beside them."""
    said = lazily_json(statement)
    return said | {"payees": list(said["payees"])}


def lazily_json(statement: Statement) -> Json:
    """The same with payees that are made as they are written."""
    said = _said(statement)
    return {"id": statement_id(said), **said}


def statement_id(said: Json) -> str:
    """SHA-256 of what a statement says, apart from its number, its dates and the command: 32 hex digits."""
    return content_digest({key: value for key, value in said.items() if key not in _NOT_SAID})[:32]


def payee_json(statement: Statement, said: Json, line: Line) -> Json:
    """The statement for one payee: its own line in full, of the others only the sums; said: the whole."""
    return {
        "format": f"{FORMAT}-payee",
        **{key: said[key] for key in said if key not in _OF_OTHERS},
        "payee": _line(statement, line),
        "others": {
            "payees": len(statement.lines) - 1,
            "units": fraction_text(statement.units - line.units),
            "share": _fraction(statement.share_sum - line.share),
            "amount": statement.pool.currency.amount(statement.amount_sum - line.amount),
        },
    }


def terms_json(terms: Terms, reads: tuple[str, ...]) -> Json:
    """The parameters that a rule reads."""
    every: Json = {
        "factors": {tag: fraction_text(factor) for tag, factor in sorted(terms.factors.items())},
        "work": terms.work,
        "classes": terms.classes,
        "class_weights": {name: fraction_text(one) for name, one in sorted(terms.class_weights.items())},
    }
    return {name: value for name, value in every.items() if name in reads}


def _said(statement: Statement) -> Json:
    model, issue, lines = statement.model, statement.issue, statement.lines
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "software": {"name": "training-data-registry", "version": statement.software},
        "status": "issued" if issue else "draft",
        "confidentiality": PRIVATE,
        "model": model.name,
        "version": model.label,
        "provider": model.provider,
        "stated_at": model.stated_at,
        "period": statement.asked.period,
        "pool": _pool(statement),
        "rule": _rule(statement),
        "manifest": {"file": "attribution.json", "audience": "auditor", "content_digest": statement.manifest},
        "inputs": [_version(version) for version in statement.versions],
        "excluded": [
            {"what": one.what, "reason": one.reason, "records": one.records, "words": one.words}
            for one in statement.excluded
        ],
        "payees": Lazily(range(len(lines)), lambda place: _line(statement, lines[place])),
        "withheld": {
            reason: statement.pool.currency.amount(amount) for reason, amount in statement.withheld.items()
        },
        "remainder": REMAINDER,
        "check": _check(statement),
        "compared": [_column(statement, column) for column in statement.compared],
        "meaning": LANGUAGE,
        "reproduce": statement.asked.command,
        "questions": contact_json(statement.contact),
        "issue": issue
        and {
            "number": issue.number,
            "issued_by": issue.issued_by,
            "issued_at": issue.issued_at,
            "supersedes": issue.supersedes,
        },
    }


def _pool(statement: Statement) -> Json:
    pool = statement.pool
    return {
        "currency": pool.currency.code,
        "minor_unit_digits": pool.currency.digits,
        "gross": pool.currency.amount(pool.gross),
        "deductions": [
            {"deduction": text, "amount": pool.currency.amount(amount)} for text, amount in pool.deductions
        ],
        "net": pool.currency.amount(pool.net),
        "net_minor_units": pool.net,
        "minimum": pool.currency.amount(pool.minimum),
    }


def _rule(statement: Statement) -> Json:
    rule = statement.rule
    return {
        "id": rule.id,
        "title": rule.title,
        "text": rule.text,
        "unit": rule.unit,
        "measured": rule.measured,
        "parameters": terms_json(statement.terms, rule.parameters) | {"inherited": statement.asked.inherited},
        "notes": list(statement.notes),
    }


def _version(version: Counted) -> Json:
    return {
        "dataset": version.reference,
        "content_digest": version.digest,
        "size_basis": version.basis,
        "origin": version.origin,
        "license": version.license,
        "records": version.records,
        "words": version.words if version.words_known else None,
        "words_seen": fraction_text(version.words_seen),
        "languages": {tag: _fraction(share) for tag, share in version.languages},
        "base_model": version.base or None,
    }


def _line(statement: Statement, line: Line) -> Json:
    return {
        "payee": line.payee.name,
        "key": line.payee.key,
        "units": fraction_text(line.units),
        "share": _fraction(line.share),
        "amount": statement.pool.currency.amount(line.amount),
        "minor_units": line.amount,
        "status": line.standing.value,
        "reason": line.reason or None,
        "parts": [_part(part) for part in line.parts],
    }


def _part(part: Part) -> Json:
    return {
        "dataset": part.version,
        "license": part.license,
        "records": part.records,
        "words": part.words,
        "units": fraction_text(part.units),
    }


def _check(statement: Statement) -> Json:
    currency = statement.pool.currency
    return {
        "sum_of_amounts": currency.amount(statement.amount_sum),
        "net_pool": currency.amount(statement.pool.net),
        "difference": currency.amount(statement.amount_sum - statement.pool.net),
        "sum_of_shares": _fraction(statement.share_sum),
        "payable": currency.amount(statement.payable),
        "withheld": currency.amount(statement.amount_sum - statement.payable),
    }


def _column(statement: Statement, column: Column) -> Json:
    currency = statement.pool.currency
    return {
        "rule": column.rule.id,
        "not_applied": column.why,
        "amounts": {key: currency.amount(column.amounts[key]) for key in sorted(column.amounts)},
        "ranks": dict(sorted(column.ranks.items())),
    }


def _fraction(value: Fraction | int) -> str:
    """Exact, as "1/3"; whole numbers as they are."""
    return str(value)
