"""Concluding under which license a dataset version stands."""

from dataclasses import dataclass

from registry.app.checked import require_words
from registry.app.conclusions import (
    checked_license,
    record_conclusion,
    require_choice,
    withdraw_conclusion,
)
from registry.app.home import Home, now
from registry.app.shown_names import asks_for_names, show_names
from registry.domain.facts import VersionFacts
from registry.domain.license import Duty, obligations
from registry.domain.stated import Conclusion
from registry.errors import RefusedError
from registry.queries.catalogue import find_version, version_facts

SAID_IN = "registry license conclude"


@dataclass(frozen=True, slots=True)
class Concluded:
    """The version as it is known now, whether anything changed, and what a user might not expect."""

    version: VersionFacts
    changed: bool
    remarks: tuple[str, ...] = ()


def conclude(home: Home, reference: str, conclusion: Conclusion, *, choose: bool = False) -> Concluded:
    """Record what a reviewer found; the same again changes nothing.

    choose: refuse an expression that is no alternative of the declared license

    Raises `UsageError` for a spelling that is no license, and where nobody or no reason is named.
    """
    read = checked_license(conclusion.license)
    require_words(conclusion.by, "--by")
    require_words(conclusion.because, "--because")
    moment = now()
    with home.write() as session:
        version_id = find_version(session, reference)
        before = version_facts(session, version_id)
        if choose:
            require_choice(read.expression, before.license.declared, before.reference)
        changed = record_conclusion(session, version_id, conclusion, SAID_IN, moment)
        after = version_facts(session, version_id)
        show_names(session, after)
    return Concluded(after, changed, _remarks(before, after))


def take_back(home: Home, reference: str) -> Concluded:
    """End the conclusion on a version. Raises `RefusedError` where there is none."""
    moment = now()
    with home.write() as session:
        version_id = find_version(session, reference)
        before = version_facts(session, version_id)
        if not withdraw_conclusion(session, version_id, moment):
            raise RefusedError(
                f"nobody has concluded a license for {before.reference}",
                hint=f"what is declared: registry license history {before.reference}",
            )
        after = version_facts(session, version_id)
        show_names(session, after)
    return Concluded(after, True, _remarks(before, after))


def _remarks(before: VersionFacts, after: VersionFacts) -> tuple[str, ...]:
    said = after.license
    remarks = []
    if said.contradicts:
        remarks.append(f"{after.reference} declares {said.declared}: both statements stand, this one counts")
    if asks_for_names(before.license.stated) and not asks_for_names(said.stated):
        remarks.append("names of contributors that are shown stay so: nothing is hidden by a conclusion")
    if said.concluded and obligations(said.concluded).no_derivatives is Duty.YES:
        remarks.append(f"{said.concluded} does not allow to share what is adapted from it")
    return tuple(remarks)
