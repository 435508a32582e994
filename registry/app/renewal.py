"""Fingerprints made anew: the version stays what it is, the files that stand for it are this recipe's."""

from sqlalchemy.orm import Session

from registry.app.home import Home
from registry.app.request import Request
from registry.app.version_record import Taken, fingerprint_id, reading_of
from registry.domain.dataset import FingerprintMode
from registry.errors import StoreError
from registry.fingerprint.parameters import RECIPE
from registry.store.fingerprints.folder import open_fingerprint
from registry.store.tables.datasets import DatasetVersionRow


def stale(home: Home, version_id: str) -> FingerprintMode | None:
    """The mode to measure a version in again; None where its fingerprints are there and of this recipe."""
    with home.read() as session:
        row = session.get_one(DatasetVersionRow, version_id)
    try:
        manifest = open_fingerprint(home.fingerprint_root, row.fingerprint_id).manifest
    except StoreError:
        return FingerprintMode(row.fingerprint_mode)
    is_ours = dict(manifest.recipe) == RECIPE.as_dict() and row.reading is not None
    return None if is_ours else FingerprintMode(row.fingerprint_mode)


def renew(session: Session, version_id: str, request: Request, taken: Taken) -> None:
    """Let a version point at the fingerprints that were taken now; nothing that was said of it changes."""
    row = session.get_one(DatasetVersionRow, version_id)
    row.fingerprint_id = fingerprint_id(taken, request.reading)
    row.recipe = RECIPE.name
    row.near_duplicate_records = taken.staged.manifest.repeats
    row.near_duplicates_complete = taken.staged.manifest.repeats_complete
    row.reading = reading_of(request, taken)
    taken.staged.commit(row.fingerprint_id)
    session.flush()
