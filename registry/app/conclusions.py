"""What a reviewer concludes about a version's license, recorded as a statement."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.agent import clean_text
from registry.domain.license import License, LicenseStatus, alternatives, is_choice, parse_license
from registry.domain.stated import Conclusion
from registry.errors import RefusedError, UsageError
from registry.store.encoded import encoded
from registry.store.properties import REVIEW
from registry.store.statements import Evidence, save_evidence, state, withdraw
from registry.store.tables.rights import LicenseStatementRow

REVIEWER = "reviewer"
_UNCLEAR = {
    LicenseStatus.FAMILY: "names a family of licenses without the version that would make it one",
    LicenseStatus.UNMAPPED: "is no license that is known here",
}
_HOW = "write an SPDX expression, LicenseRef-NAME for other terms, NONE, or NOASSERTION where nobody can tell"


def checked_license(spelling: str) -> License:
    """The license that a reviewer writes. Raises `UsageError` where the spelling is not one for certain."""
    read = parse_license(spelling)
    if read.status in _UNCLEAR or not spelling.strip():
        raise UsageError(f"'{spelling}' {_UNCLEAR.get(read.status, 'says nothing')}", hint=_HOW)
    return read


def record_conclusion(
    session: Session, version_id: str, conclusion: Conclusion, said_in: str, moment: str
) -> bool:
    """Record a conclusion; whether it is news. Another reviewer, reason or place is a statement of its own.

    The reviewer is a person: the name stands with the evidence, which is not public; elsewhere it is
    `reviewer` who says so.
    """
    read = checked_license(conclusion.license)
    review = Conclusion(read.expression, *(clean_text(said) for said in (conclusion.by, conclusion.because)))
    evidence = Evidence("review", conclusion.evidence or said_in, REVIEWER, encoded(review, REVIEW))
    about = {"version_id": version_id, "kind": "concluded"}
    held = select(LicenseStatementRow.evidence_id).where(
        LicenseStatementRow.version_id == version_id,
        LicenseStatementRow.kind == "concluded",
        LicenseStatementRow.superseded_at.is_(None),
    )
    if session.scalars(held).first() not in {None, save_evidence(session, evidence, moment)}:
        withdraw(session, LicenseStatementRow, about, moment)
    says = {"expression": read.expression, "raw": conclusion.license}
    return state(session, LicenseStatementRow, about, says, evidence, moment)


def withdraw_conclusion(session: Session, version_id: str, moment: str) -> bool:
    """End what was concluded, with nothing in its place; whether anything was."""
    return withdraw(session, LicenseStatementRow, {"version_id": version_id, "kind": "concluded"}, moment)


def require_choice(expression: str, declared: str | None, reference: str) -> None:
    """Raises `RefusedError` where an expression is no choice that the declared license offers."""
    if declared is None:
        raise RefusedError(
            f"{reference} declares no license to choose from", hint="conclude one without --choose"
        )
    offered = alternatives(declared)
    if len(offered) == 1:
        raise RefusedError(
            f"{reference} declares {declared}, which offers no choice", hint="conclude it without --choose"
        )
    if not is_choice(expression, of=declared):
        raise RefusedError(
            f"{expression} is none of the licenses that {reference} offers",
            hint=f"choose from {', '.join(offered)}; or conclude it without --choose",
        )
