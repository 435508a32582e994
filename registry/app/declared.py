"""What the user says of a dataset, recorded as statements."""

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.conclusions import record_conclusion, withdraw_conclusion
from registry.domain.dataset import Origin, Visibility
from registry.domain.languages import language_tag
from registry.domain.license import parse_license
from registry.domain.stated import NONE_STATED, Conclusion, Description, Period
from registry.queries.catalogue import WITHDRAWN, find_version
from registry.store.encoded import encoded
from registry.store.properties import DESCRIPTION
from registry.store.statements import Evidence, state, state_only, withdraw
from registry.store.tables.datasets import VersionPropertyRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import DerivationRow, LicenseStatementRow

PROVIDER = "provider"
PUBLISHER_KIND = "publisher_kind"
_NONE_IS_AN_ANSWER = {"generated_by", "labels", "engagements"}


@dataclass(frozen=True, slots=True)
class Declared:
    """What the user says of a dataset; None leaves a gap (or what was said before).

    derived_from: `NAME[@VERSION]` here, or URLs; None where nothing is said, () for an original work
    said_in:      where the user said it, for the evidence
    by_entry:     whether `said_in` is an entry with a key for every fact
    taken_back:   facts whose statements end
    """

    license: str | None = None
    concluded: Conclusion | None = None
    origin: Origin | None = None
    visibility: Visibility | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    publisher_kind: str | None = None
    language: str | None = None
    derived_from: tuple[str, ...] | None = None
    description: Description = Description()
    withdrawn: bool = False
    taken_back: tuple[str, ...] = ()
    said_in: str = "registry ingest"
    by_entry: bool = False

    def properties(self) -> dict[str, str]:
        """The facts but license and derivations, as texts by the name of the property."""
        stated = {
            "origin": self.origin,
            "visibility": self.visibility,
            "title": self.title,
            "url": self.url,
            "publisher": self.publisher,
            "publisher_kind": self.publisher_kind,
            "language": self.language and language_tag(self.language),
            "state": WITHDRAWN if self.withdrawn else None,
        }
        texts = {name: str(value) for name, value in stated.items() if value is not None}
        return texts | _described(self.description)

    def evidence(self, fact: str) -> Evidence:
        """Where the user said a fact."""
        place = f"{self.said_in}: {fact}" if self.by_entry else self.said_in
        return Evidence("declared", place, PROVIDER)


def declare(session: Session, version_id: str, declared: Declared, moment: str) -> list[str]:
    """Record what is said of a version, derivations apart; returns the names of the facts that are news."""
    news = [_fact(name) for name in declared.taken_back if _take_back(session, version_id, name, moment)]
    for name, value in declared.properties().items():
        about = {"version_id": version_id, "property": name}
        if state(session, VersionPropertyRow, about, {"value": value}, declared.evidence(name), moment):
            news.append(_fact(name))
    if declared.license is not None:
        expression = parse_license(declared.license).expression
        evidence = declared.evidence("license")
        if declare_license(session, version_id, expression, declared.license, evidence, moment):
            news.append("license")
    if declared.concluded is not None:
        place = declared.evidence("concluded").location
        if record_conclusion(session, version_id, declared.concluded, place, moment):
            news.append("concluded")
    return news


def declare_derivations(session: Session, version_id: str, declared: Declared, moment: str) -> list[str]:
    """Record what a version was made from, or that it is original; `derived_from` where that is news."""
    if declared.derived_from is None:
        return []
    about = {"version_id": version_id, "property": "derived_from"}
    evidence = declared.evidence("derived_from")
    if declared.derived_from:
        news = withdraw(session, VersionPropertyRow, about, moment)
    else:
        news = state(session, VersionPropertyRow, about, {"value": NONE_STATED}, evidence, moment)
    parents = [parent_of(session, parent) for parent in declared.derived_from]
    news |= state_only(session, DerivationRow, {"version_id": version_id}, parents, evidence, moment)
    return ["derived_from"] if news else []


def declare_license(
    session: Session, version_id: str, expression: str, raw: str | None, evidence: Evidence, moment: str
) -> bool:
    """Record the license that the publisher, or the data, declares for a whole version."""
    about = {"version_id": version_id, "kind": "declared"}
    return state(
        session, LicenseStatementRow, about, {"expression": expression, "raw": raw}, evidence, moment
    )


def parent_of(session: Session, parent: str) -> dict[str, Any]:
    """The columns that name what a version was made from. Raises `NotFoundError` for an unknown name."""
    if "://" in parent:
        return {"of_version_id": None, "of_url": parent}
    return {"of_version_id": find_version(session, parent), "of_url": None}


def _restore_license_of_data(session: Session, version_id: str, moment: str) -> None:
    """What the records themselves said of the license of the whole, in the place of what was withdrawn."""
    rows = select(LicenseStatementRow.expression, EvidenceRow).join(
        EvidenceRow, EvidenceRow.id == LicenseStatementRow.evidence_id
    )
    of_data = rows.where(
        LicenseStatementRow.version_id == version_id,
        LicenseStatementRow.kind == "declared",
        LicenseStatementRow.asserted_by == "data",
    )
    found = session.execute(of_data).first()
    if found is not None:
        expression, row = found
        evidence = Evidence(row.kind, row.location, "data", row.detail)
        declare_license(session, version_id, expression, None, evidence, moment)


def _fact(property_: str) -> str:
    """The key under which a property is stated."""
    return "publisher" if property_ == PUBLISHER_KIND else property_


def _described(description: Description) -> dict[str, str]:
    """What is stated in a description; none is an answer for generating models and for labels."""
    values = {one.name: getattr(description, one.name) for one in fields(Description)}
    unsaid = (None, (), Period())
    return {
        name: encoded(value, DESCRIPTION[name])
        for name, value in values.items()
        if value not in unsaid or (name in _NONE_IS_AN_ANSWER and value == ())
    }


def _take_back(session: Session, version_id: str, fact: str, moment: str) -> bool:
    """End what the provider states of a fact; what a card says of it may then stand in its place."""
    about: dict[str, Any] = {"version_id": version_id}
    if fact == "license":
        declared = about | {"kind": "declared"}
        ended = withdraw(session, LicenseStatementRow, declared, moment, by=PROVIDER)
        if ended:
            _restore_license_of_data(session, version_id, moment)
        return ended
    if fact == "concluded":
        return withdraw_conclusion(session, version_id, moment)
    names = [fact, PUBLISHER_KIND] if fact == "publisher" else [fact]
    found = [
        withdraw(session, VersionPropertyRow, about | {"property": name}, moment, by=PROVIDER)
        for name in names
    ]
    ended = any(found)
    if fact == "derived_from":
        ended |= withdraw(session, DerivationRow, about, moment, by=PROVIDER)
    return ended
