"""The fingerprints of recorded versions, opened for comparing."""

from registry.app.home import Home
from registry.domain.dataset import FingerprintMode
from registry.errors import RefusedError
from registry.fingerprint.parameters import RECIPE
from registry.queries.fingerprinted import Fingerprinted
from registry.store.fingerprints.folder import FingerprintFolder, open_fingerprint


def opened(home: Home, version: Fingerprinted) -> FingerprintFolder:
    """The fingerprints of a version; `RefusedError` where they were made by another recipe."""
    folder = open_fingerprint(home.fingerprint_root, version.fingerprint_id)
    if dict(folder.manifest.recipe) != RECIPE.as_dict():
        raise RefusedError(
            f"the fingerprints of {version.reference} are of recipe '{version.recipe}', "
            f"this version compares those of recipe '{RECIPE.name}'",
            hint="ingest it again: its fingerprints are made anew, the version stays",
        )
    return folder


def has_sketch(version: Fingerprinted) -> bool:
    """Whether enough is kept to say what a version shares with others."""
    return version.mode is not FingerprintMode.COUNTS and version.recipe == RECIPE.name


def require_sketch(version: Fingerprinted) -> None:
    """Refuse a version of which only counts are kept."""
    if version.mode is FingerprintMode.COUNTS:
        raise RefusedError(
            f"of {version.reference} only counts are kept, nothing that could be compared",
            hint="ingest it under a new label with --fingerprints sketch or full",
        )


def require_full(version: Fingerprinted) -> None:
    """Refuse a version whose records are not fingerprinted one by one."""
    if version.mode is not FingerprintMode.FULL:
        raise RefusedError(
            f"of {version.reference} no fingerprints of single records are kept",
            hint="ingest it under a new label with --fingerprints full",
        )
