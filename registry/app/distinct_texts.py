"""The distinct texts that a model was trained on, and whose they are."""

from collections.abc import Sequence

import numpy as np

from registry.app.home import Home
from registry.app.record_holders import Groups, NotByRecordError, RecordHolders, record_holders, scale_of
from registry.documents.allocation.basis import Texts, TextSum
from registry.documents.composition import Use
from registry.fingerprint.distinct import Distinct, distinct


def distinct_texts(home: Home, found: Sequence[Use]) -> Texts:
    """Every text of the versions that are fingerprinted by record, once for each group of holders."""
    groups, read, without = Groups(), dict[str, tuple[Use, RecordHolders]](), dict[str, str]()
    for use in sorted(found, key=lambda use: (-scale_of(use), use.version.reference)):
        try:
            read[use.version.reference] = (use, record_holders(home, use, groups))
        except NotByRecordError as error:
            without[use.version.reference] = str(error)
    order = list(read)
    sums = _sums(distinct(*_columns([holders for _, holders in read.values()])), groups, order)
    scales = {reference: scale_of(use) for reference, (use, _) in read.items()}
    return Texts(tuple(sums), scales, without)


def _columns(found: Sequence[RecordHolders]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    none = np.empty(0, np.int64)
    versions = [np.full(len(one.words), place, np.int64) for place, one in enumerate(found)]
    return (
        np.concatenate([np.empty((0, 16), np.uint8), *(one.digests for one in found)]),
        np.concatenate([none, *(one.groups for one in found)]),
        np.concatenate([none, *versions]),
        np.concatenate([none, *(one.words for one in found)]),
    )


def _sums(found: Distinct, groups: Groups, order: Sequence[str]) -> list[TextSum]:
    known = groups.all
    rows = zip(found.groups, found.versions, found.sharers, found.texts, found.words, strict=True)
    return [
        TextSum(known[int(group)], order[int(version)], int(sharers), int(texts), int(words))
        for group, version, sharers, texts, words in rows
    ]
