"""The bands of a folder: built from its signatures, on the file."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from registry.fingerprint.bands import BANDS, Bands, build_directory, fill_entries, with_words
from registry.fingerprint.compiled import read_only
from registry.fingerprint.leaves import U32
from registry.fingerprint.neighbours import Neighbours, Side, neighbours_within
from registry.store.fingerprints import manifest as layout
from registry.store.fingerprints.columns import ArrayFile, blocks, map_array, new_array


def write_bands(folder: Path) -> Neighbours:
    """Write the index over the signatures in a folder; returns which records resemble each other.

    Signatures are read in blocks: on a map of the file all of them would count as memory.
    """
    count = sum(int(with_words(block).sum()) for block in _signatures(folder))
    entries = new_array(folder / layout.BANDS, np.uint64, (BANDS, count))
    fill_entries(_signatures(folder), entries)
    directory = build_directory(entries)
    with ArrayFile(folder / layout.BANDS_DIRECTORY, np.uint32, directory.shape[1:]) as file:
        file.append(directory)
    signatures = map_array(folder / layout.SIGNATURES, np.uint32, 2)
    return neighbours_within(Side(signatures, Bands(read_only(entries), read_only(directory))))


def _signatures(folder: Path) -> Iterator[U32]:
    return blocks(folder / layout.SIGNATURES, np.uint32)
