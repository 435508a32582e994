"""The bands of a folder: built from its signatures, on the file."""

from pathlib import Path

import numpy as np

from registry.fingerprint.bands import BANDS, Bands, build_directory, count_with_words, fill_entries
from registry.fingerprint.neighbours import Neighbours, Side, neighbours_within
from registry.store.fingerprints import manifest as layout
from registry.store.fingerprints.columns import ArrayFile, map_array, new_array


def write_bands(folder: Path) -> Neighbours:
    """Write the index over the signatures in a folder; returns which records resemble each other."""
    signatures = map_array(folder / layout.SIGNATURES, np.uint32, 2)
    entries = new_array(folder / layout.BANDS, np.uint64, (BANDS, count_with_words(signatures)))
    fill_entries(signatures, entries)
    directory = build_directory(entries)
    with ArrayFile(folder / layout.BANDS_DIRECTORY, np.uint32, directory.shape[1:]) as file:
        file.append(directory)
    return neighbours_within(
        Side(signatures, Bands(map_array(folder / layout.BANDS, np.uint64, 2), directory))
    )
