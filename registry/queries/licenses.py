"""What was said of the license of a version, by whom, on what evidence, and what held when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.license import NOASSERTION, is_choice
from registry.store.encoded import decoded
from registry.store.properties import REVIEW
from registry.store.statements import recorded_before
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import LicenseStatementRow

STATED = "stated"


@dataclass(frozen=True, slots=True)
class LicenseSaid:
    """One statement, or (kind `stated`) what followed from all of them for a time.

    said_by: a reviewer's name, else the role; choice_of: the declared expression that it is chosen from
    """

    kind: str
    license: str
    spelled: str | None
    said_by: str
    because: str | None
    evidence: str | None
    where: str | None
    choice_of: str | None
    since: str
    until: str | None


def licenses_said(session: Session, version_id: str) -> tuple[LicenseSaid, ...]:
    """Every statement on the license of a version, the first first, then what held of the whole when."""
    rows = (
        select(LicenseStatementRow, EvidenceRow)
        .join(EvidenceRow, EvidenceRow.id == LicenseStatementRow.evidence_id)
        .where(LicenseStatementRow.version_id == version_id)
    )
    pairs = [(row, evidence) for row, evidence in session.execute(rows)]
    found = sorted(pairs, key=lambda pair: (pair[0].recorded_at, pair[0].kind, _number(pair[0], len(pairs))))
    statements = [row for row, _ in found]
    said = [_said(row, evidence, _declared_at(statements, row.recorded_at)) for row, evidence in found]
    return (*said, *_stated(statements))


def _number(row: LicenseStatementRow, most: int) -> int:
    about = {"version_id": row.version_id, "kind": row.kind}
    says = {"expression": row.expression, "raw": row.raw}
    return recorded_before(LicenseStatementRow, about, says, row.id, most)


def _said(row: LicenseStatementRow, evidence: EvidenceRow, declared: str | None) -> LicenseSaid:
    concluded = row.kind == "concluded"
    review = decoded(evidence.detail, REVIEW) if concluded and evidence.detail else None
    chosen = concluded and declared is not None and is_choice(row.expression, of=declared)
    return LicenseSaid(
        kind=row.kind,
        license=row.expression,
        spelled=row.raw,
        said_by=review.by if review else row.asserted_by,
        because=review.because if review else None,
        evidence=evidence.kind,
        where=evidence.location,
        choice_of=declared if chosen else None,
        since=row.recorded_at,
        until=row.superseded_at,
    )


def _stated(statements: Sequence[LicenseStatementRow]) -> Iterator[LicenseSaid]:
    """What held from moment to moment: as concluded, else as declared."""
    moments = {row.recorded_at for row in statements}
    moments |= {row.superseded_at for row in statements if row.superseded_at}
    spans: list[tuple[str, str]] = []
    for moment in sorted(moments):
        expression = _holding(statements, "concluded", moment) or _declared_at(statements, moment)
        if not spans or spans[-1][1] != (expression or NOASSERTION):
            spans.append((moment, expression or NOASSERTION))
    ends = [moment for moment, _ in spans[1:]]
    for (since, expression), until in zip(spans, [*ends, None], strict=True):
        yield LicenseSaid(STATED, expression, None, "registry", None, None, None, None, since, until)


def _declared_at(statements: Sequence[LicenseStatementRow], moment: str) -> str | None:
    return _holding(statements, "declared", moment)


def _holding(statements: Sequence[LicenseStatementRow], kind: str, moment: str) -> str | None:
    """The expression of a kind at a moment; of several recorded in it, the last."""
    held = [
        row.expression
        for row in statements
        if row.kind == kind
        and row.recorded_at <= moment
        and (row.superseded_at is None or row.superseded_at > moment)
    ]
    return held[-1] if held else None
