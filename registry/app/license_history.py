"""What was said of the license of a dataset version, and when."""

from dataclasses import dataclass

from registry.app.home import Home
from registry.errors import NotFoundError, UsageError
from registry.queries.catalogue import find_version, version_reference
from registry.queries.licenses import LicenseSaid, licenses_said


@dataclass(frozen=True, slots=True)
class History:
    """A version and every statement on its license, the first first."""

    reference: str
    said: tuple[LicenseSaid, ...]


def history(home: Home, reference: str) -> History:
    """All that was ever said of a version's license, and what held when."""
    with home.read() as session:
        version_id = find_version(session, reference)
        return History(version_reference(session, version_id), licenses_said(session, version_id))


def history_of_dataset(home: Home, reference: str) -> History | None:
    """The same, or None where there is no such dataset, or no registry at all."""
    if not home.exists:
        return None
    try:
        return history(home, reference)
    except (NotFoundError, UsageError):
        return None
