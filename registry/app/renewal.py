"""Measured anew: the version stays what it is, with fingerprints of this recipe and lengths it lacked."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from registry.app.home import Home
from registry.app.request import Request
from registry.app.version_record import Taken, fingerprint_id, measured_with, reading_of
from registry.domain.dataset import FingerprintMode
from registry.domain.facts import MediaPart
from registry.errors import StoreError
from registry.fingerprint.parameters import RECIPE
from registry.measure.media.containers import READER, reader
from registry.store.fingerprints.folder import open_fingerprint
from registry.store.tables.datasets import DatasetVersionRow
from registry.store.versions import media_of, save_media


def stale(home: Home, version_id: str) -> FingerprintMode | None:
    """The mode to measure a version in again; None where all that this software measures is there."""
    with home.read() as session:
        row = session.get_one(DatasetVersionRow, version_id)
        unread = _can_read_more(row, media_of(session, version_id))
    try:
        manifest = open_fingerprint(home.fingerprint_root, row.fingerprint_id).manifest
    except StoreError:
        return FingerprintMode(row.fingerprint_mode)
    is_ours = dict(manifest.recipe) == RECIPE.as_dict() and row.reading is not None
    return None if is_ours and not unread else FingerprintMode(row.fingerprint_mode)


def _can_read_more(row: DatasetVersionRow, media: Sequence[MediaPart]) -> bool:
    """Whether there is audio or video that was counted without anything to read its length with."""
    lacking = any(part.lasts and part.undetermined for part in media)
    return lacking and reader() is not None and READER not in (row.measured_with or "")


def renew(session: Session, version_id: str, request: Request, taken: Taken) -> None:
    """Let a version point at the fingerprints that were taken now; nothing that was said of it changes."""
    row = session.get_one(DatasetVersionRow, version_id)
    row.fingerprint_id = fingerprint_id(taken, request.reading)
    row.recipe = RECIPE.name
    row.near_duplicate_records = taken.staged.manifest.repeats
    row.near_duplicates_complete = taken.staged.manifest.repeats_complete
    row.reading = reading_of(request, taken)
    if any(part.lasts for part in taken.measurement.media):
        row.measured_with = measured_with(request, taken)
        save_media(session, version_id, taken.measurement.media)
    taken.staged.commit(row.fingerprint_id)
    session.flush()
