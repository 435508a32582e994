"""What the user says of a dataset, recorded as statements."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from registry.domain.dataset import Origin, Visibility
from registry.domain.languages import language_tag
from registry.domain.license import parse_license
from registry.queries.catalogue import find_version
from registry.store.statements import Evidence, state
from registry.store.tables.datasets import VersionPropertyRow
from registry.store.tables.rights import DerivationRow, LicenseStatementRow


@dataclass(frozen=True, slots=True)
class Declared:
    """What the user says of a dataset; None leaves a gap (or what was said before).

    derived_from: `NAME[@VERSION]` here, or URLs; said_in: where the user said it, for the evidence
    """

    license: str | None = None
    origin: Origin | None = None
    visibility: Visibility | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    derived_from: tuple[str, ...] = ()
    said_in: str = "registry ingest"

    def properties(self) -> dict[str, str]:
        """The simple facts, by the name of the property."""
        stated = {
            "origin": self.origin,
            "visibility": self.visibility,
            "title": self.title,
            "url": self.url,
            "publisher": self.publisher,
            "language": self.language and language_tag(self.language),
        }
        return {name: str(value) for name, value in stated.items() if value is not None}


def declare(session: Session, version_id: str, declared: Declared, moment: str) -> bool:
    """Record what is said of a version; returns whether that changes anything."""
    evidence = Evidence("declared", declared.said_in, "provider")
    changed = False
    for name, value in declared.properties().items():
        about = {"version_id": version_id, "property": name}
        changed |= state(session, VersionPropertyRow, about, {"value": value}, evidence, moment)
    if declared.license is not None:
        expression = parse_license(declared.license).expression
        changed |= declare_license(session, version_id, expression, declared.license, evidence, moment)
    for parent in declared.derived_from:
        about = {"version_id": version_id, **parent_of(session, parent)}
        changed |= state(session, DerivationRow, about, {}, evidence, moment)
    return changed


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
