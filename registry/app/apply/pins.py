"""Which version a component means: the one its run is pinned to, else the newest."""

from sqlalchemy.orm import Session

from registry.domain.identifiers import Reference, parse_reference
from registry.queries.catalogue import find_version, version_reference
from registry.store.models import NewRun


def pins_of(session: Session, run: NewRun | None) -> dict[str, str]:
    """The version that each dataset of a recorded run is pinned to, by the dataset's name."""
    parts = run.mixture if run else ()
    return {
        parse_reference(version_reference(session, part.version_id)).name: part.version_id for part in parts
    }


def version_of(session: Session, text: str, pins: dict[str, str]) -> str:
    """The version that `NAME[@VERSION]` means. Raises `NotFoundError`."""
    wanted = parse_reference(text)
    if wanted.version is None and wanted.name in pins:
        return pins[wanted.name]
    return find_version(session, text)


def note_on_pin(session: Session, text: str, pins: dict[str, str]) -> str | None:
    """What to tell where a newer version than the pinned one is here."""
    wanted = parse_reference(text)
    pinned = pins.get(wanted.name)
    if wanted.version is not None or pinned is None:
        return None
    newest = find_version(session, str(Reference(wanted.name)))
    if newest == pinned:
        return None
    stays, is_newest = version_reference(session, pinned), version_reference(session, newest)
    return f"{wanted.name} is pinned to {stays}; the newest is {is_newest}"
