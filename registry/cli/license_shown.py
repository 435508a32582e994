"""Printing licenses: the duties of one, and what was said of a dataset's."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from registry.cli.output import print_document, print_pairs, print_rows, print_table
from registry.domain.license import (
    NOASSERTION,
    License,
    Obligations,
    alternatives,
    obligations,
    parse_license,
)

if TYPE_CHECKING:
    from registry.app.conclude import Concluded
    from registry.app.license_history import History
    from registry.queries.licenses import LicenseSaid

_CLAUSE_COLUMNS = ("duty", "answer", "clause", "license")


def print_license(read: License, form: str) -> None:
    """How a spelling is read, and each duty with its clause."""
    duties = obligations(read.expression)
    if form != "table":
        print_document(_license_json(read, duties), form)
    else:
        pairs: list[tuple[str, object]] = [("expression", read.expression), ("read as", read.status.value)]
        print_pairs([*pairs, ("title", read.title), ("url", read.url)])
        click.echo()
        _print_duties(duties)
        if not duties.clauses:
            click.echo(_why_unknown(read, duties))


def _why_unknown(read: License, duties: Obligations) -> str:
    if read.known:
        return "\n".join(duties.sources) or "Not in the table of obligations: read its text."
    why = {
        "family": "A family of licenses: the version is missing that would make it one.",
        "unmapped": "Neither a license that is known here nor a dataset of this registry.",
    }
    return why.get(read.status.value, "This says that no license is stated.")


def print_dataset(found: "History", form: str) -> None:
    """What is said of a dataset's license now, and the duties that follow."""
    holding = [one for one in found.said if one.until is None]
    stated = next((one.license for one in holding if one.kind == "stated"), None)
    read = _as_spelled(holding, parse_license(stated))
    duties = obligations(read.expression)
    if form != "table":
        document: dict[str, object] = {"dataset": found.reference}
        document["statements"] = [asdict(one) for one in holding]
        print_document(document | _license_json(read, duties), form)
    else:
        print_pairs([("dataset", found.reference), ("stated", read.expression), ("title", read.title)])
        click.echo()
        print_said(holding, form)
        click.echo()
        _print_duties(duties)


def _as_spelled(holding: "Sequence[LicenseSaid]", read: License) -> License:
    """A license that is not known as it was spelled, which says why; else as it was read."""
    spelled = [parse_license(one.spelled) for one in holding if one.license == NOASSERTION and one.spelled]
    same = (one for one in spelled if one.expression == read.expression)
    return next(same, read)


def _clauses(duties: Obligations) -> list[tuple[str | None, ...]]:
    rows: list[tuple[str | None, ...]] = []
    for name, answer in duties.duties().items():
        clauses = duties.clauses_of(name)
        rows += [(name, answer.value, one.text, one.license) for one in clauses]
        rows += [] if clauses else [(name, answer.value, None, None)]
    return rows


def _print_duties(duties: Obligations) -> None:
    """A table that names a duty once, however many licenses ask for it."""
    shown: list[tuple[str | None, ...]] = []
    for name, answer, clause, license_ in _clauses(duties):
        again = bool(shown) and any(row[0] == name for row in shown)
        shown.append(("" if again else name, "" if again else answer, clause, license_))
    print_table(_CLAUSE_COLUMNS, shown)


def _license_json(read: License, duties: Obligations) -> dict[str, object]:
    return {
        "spelled": read.raw,
        "expression": read.expression,
        "status": read.status.value,
        "title": read.title,
        "url": read.url,
        "alternatives": list(alternatives(read.expression)),
        "obligations": {name: duty.value for name, duty in duties.duties().items()},
        "sources": list(duties.sources),
        "clauses": [
            {"duty": one.duty, "answer": one.answer.value, "license": one.license, "clause": one.text}
            for one in duties.clauses
        ],
    }


def print_said(said: Sequence["LicenseSaid"], form: str) -> None:
    """Statements, one a row."""
    columns = (
        *("kind", "license", "choice_of", "spelled", "said_by", "because", "evidence", "where"),
        *("since", "until"),
    )
    print_rows(columns, [tuple(getattr(one, column) for column in columns) for one in said], form)


def print_concluded(done: "Concluded", form: str) -> None:
    """What holds after a conclusion."""
    said = done.version.license
    document: dict[str, object] = {"dataset": done.version.reference, "changed": done.changed}
    document |= {"declared": said.declared, "concluded": said.concluded, "choice_of": said.choice_of}
    document |= {"stated": said.stated}
    if form == "table":
        print_pairs(list(document.items()))
    else:
        print_document(document, form)
