"""Whose names the public sees: of those whose licenses ask for them."""

from sqlalchemy.orm import Session

from registry.domain.facts import VersionFacts
from registry.domain.license import NOASSERTION, Duty, obligations
from registry.queries.of_versions import stated_licenses
from registry.store.agents import credit, show_by_name, unnamed_holders


def show_names(session: Session, version: VersionFacts) -> None:
    """Names are public where a license asks for them, and handles otherwise."""
    demanding = {part.expression for part in version.licenses if asks_for_names(part.expression)}
    credit(session, version.id, demanding, without_own=asks_for_names(version.license.stated))


def show_declared_names(session: Session) -> None:
    """The same of all declared persons, whichever was stated first: what they hold, or its license."""
    held = unnamed_holders(session)
    stated = stated_licenses(session) if held else {}
    show_by_name(
        session,
        {
            agent
            for agent, version, own in held
            if asks_for_names(own or (stated[version].stated if version in stated else NOASSERTION))
        },
    )


def asks_for_names(expression: str) -> bool:
    """Whether a license asks that those who made it are named, or that is contested.

    Of a license of which nobody knows what it asks for, no name is made public; what credits works errs the
    other way (`may_ask_for_credit`) and lists them, with whoever may be named.
    """
    return obligations(expression).attribution in {Duty.YES, Duty.CONTESTED}
