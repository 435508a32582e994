"""Is this text in any dataset? Passages, whole records, near-duplicates, in every version searched."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from registry.app.home import Home
from registry.app.matching import InVersion, matched
from registry.app.reread import MOST_BYTES, VersionRecords
from registry.documents.found import Found, Kind, Match, NotSearched, Searched, mode_told
from registry.domain.dataset import FingerprintMode
from registry.errors import RegistryError
from registry.fingerprint.asked import asked
from registry.queries.fingerprinted import Fingerprinted, fingerprinted, models_by_version


class Searcher:
    """All versions that can be searched, opened once; look-ups on it share what was read of them.

    verify: read records again to decide; None: where the source is no larger than `MOST_BYTES`
    """

    def __init__(self, home: Home, *, verify: bool | None = None) -> None:
        self._most = None if verify else MOST_BYTES
        self._verify = verify is not False
        with home.read() as session:
            versions = fingerprinted(session)
            self._models = models_by_version(session)
        self._home = home
        self._sides: list[VersionRecords] = []
        self._not_searched: list[NotSearched] = []
        for version in versions:
            self._take(version)

    def _take(self, version: Fingerprinted) -> None:
        if version.mode is not FingerprintMode.FULL:
            self._not_searched.append(NotSearched(version.reference, mode_told(version.mode)))
            return
        side = VersionRecords(self._home, version)
        try:
            _ = side.folder.passage_hashes, side.folder.passage_records, side.folder.side
        except RegistryError as error:
            self._not_searched.append(NotSearched(version.reference, error.message))
        else:
            self._sides.append(side)

    def look_up(self, text: str, told: Callable[[int, int], None] = lambda _done, _all: None) -> Found:
        """Everything found of a text; `told` hears how many versions are done, of how many."""
        question = asked(text)
        results = []
        for number, side in enumerate(self._sides):
            told(number, len(self._sides))
            results.append(matched(question, side, verify=self._verify, most=self._most))
        matches = [
            replace(match, models=self._models.get(one.side.version.id, ()))
            for one in results
            for match in one.matches
        ]
        matches.sort(key=lambda match: (-match.words, match.dataset, match.version, match.record))
        return Found(
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            words=question.words,
            coverage=_coverage(question.words, matches),
            matches=tuple(matches),
            possible=sum(one.possible for one in results),
            searched=tuple(_searched(one) for one in results),
            not_searched=tuple(self._not_searched),
            complete=all(one.complete for one in results),
        )


def _searched(one: InVersion) -> Searched:
    version = one.side.version
    return Searched(
        dataset=version.dataset,
        version=version.label,
        content_digest=version.content_digest,
        fingerprint_id=version.fingerprint_id,
        unverified=one.unverified,
        matches=len(one.matches),
        possible=one.possible,
    )


def _coverage(words: int, matches: list[Match]) -> float:
    covered = np.zeros(words, np.bool_)
    for match in matches:
        if match.kind is not Kind.NEAR_DUPLICATE:
            for start, stop in match.spans:
                covered[start:stop] = True
    return float(covered.mean()) if words else 0.0
