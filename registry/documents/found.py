"""What a look-up found: a text against every version, as a document and as a receipt."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from registry.domain.dataset import FingerprintMode
from registry.fingerprint.parameters import RECIPE

Json = dict[str, Any]
VERIFIED_FROM: Final = RECIPE.window + RECIPE.shingle - 1  # words: such a run leaves one hash in the index
PASSAGE_FROM: Final = 2 * RECIPE.window + RECIPE.shingle - 1  # words: such a run leaves two places
CAVEAT: Final = (
    "A match says that the words stand in both. It does not say who took them from whom, nor that a model "
    "repeats them. Nothing found says nothing about runs shorter than the bound, about reworded text, and "
    "about data that this registry does not know."
)


class Kind(StrEnum):
    """How much a match proves."""

    VERIFIED = "verified"
    SAME_WORDS = "same-words"
    NEAR_DUPLICATE = "near-duplicate"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Match:
    """A record of a version, and the words of the text that stand in it.

    words: of the longest run, exact where it was verified, else at least so many
    spans: the words of the text in common, by number: from, up to; ascending, apart
    passage: the longest run, folded, cut after some words
    resemblance: of a near-duplicate, to the text or the paragraph it resembles; true where it was verified
    """

    dataset: str
    version: str
    record: int
    kind: Kind
    words: int
    spans: tuple[tuple[int, int], ...]
    passage: str
    license: str
    models: tuple[str, ...]
    resemblance: float | None = None


@dataclass(frozen=True, slots=True)
class Searched:
    """A version that was searched.

    unverified: why its records could not be read again; None where they were, or nothing called for it
    possible:   records that share a selected hash with the text, but no match
    """

    dataset: str
    version: str
    content_digest: str
    fingerprint_id: str
    unverified: str | None
    matches: int
    possible: int

    @property
    def reference(self) -> str:
        """`dataset@version`."""
        return f"{self.dataset}@{self.version}"


@dataclass(frozen=True, slots=True)
class NotSearched:
    """A version of which no fingerprints of single records are kept, or none that could be read."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class Found:
    """The answer.

    coverage: share of the words of the text that stand in matches other than near-duplicates
    matches:  the greatest first
    possible: records that share at least five words in a row with the text, unverified or too short
    complete: False where there were so many hits that some were not looked at
    """

    text_sha256: str
    words: int
    coverage: float
    matches: tuple[Match, ...]
    possible: int
    searched: tuple[Searched, ...]
    not_searched: tuple[NotSearched, ...]
    complete: bool

    @property
    def detection_bound(self) -> int:
        """Any run of so many words of the text that stands in a searched record is in `matches`."""
        unverified = any(one.unverified for one in self.searched)
        return PASSAGE_FROM if unverified else VERIFIED_FROM


def mode_told(mode: FingerprintMode) -> str:
    """Why a version cannot be searched."""
    kept = "its sketch is" if mode is FingerprintMode.SKETCH else "its counts are"
    return f"only {kept} kept, no fingerprints of its records"


def promise(found: Found) -> str:
    """What the answer guarantees, in a sentence."""
    if found.words < VERIFIED_FROM:
        return (
            f"The text has {found.words} words. From {VERIFIED_FROM} on a run that stands in a record is "
            "always found; of so short a text only records are that consist of it or stand whole in it."
        )
    told = (
        f"Every run of {found.detection_bound} words or more that stands in one field of a record was found."
    )
    if found.detection_bound > VERIFIED_FROM:
        told += " A run that repeats five words of its own may be missed where its source cannot be read."
        told += f" Shorter ones, from {VERIFIED_FROM} words on, only where the source could be read again."
    return told


def found_json(found: Found, version: str) -> Json:
    """The document; `version` is the software's."""
    document = {
        "words": found.words,
        "coverage": found.coverage,
        "detection_bound_words": found.detection_bound,
        "promise": promise(found),
        "matches": [_match(match, found.words) for match in found.matches],
        "possible": found.possible,
        "complete": found.complete,
        "searched": [_searched(one) for one in found.searched],
        "not_searched": [{"version": one.reference, "why": one.why} for one in found.not_searched],
        "text": {"sha256": found.text_sha256, "words": found.words},
        "recipe": RECIPE.as_dict(),
        "software": version,
        "caveat": CAVEAT,
    }
    return document | {"digest": digest_of(document)}


def digest_of(document: Json) -> str:
    """SHA-256 of a document without its digest, as canonical JSON, in hexadecimal."""
    said = {key: value for key, value in document.items() if key != "digest"}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def differences(receipt: Json, now: Json) -> list[str]:
    """What is not as a receipt says, a sentence each; ValueError for what is no receipt."""
    try:
        is_intact = receipt["digest"] == digest_of(receipt)
        told = [] if is_intact else ["the receipt was changed after it was written"]
        if receipt["text"] != now["text"]:
            return [*told, "the receipt is for another text"]
        if receipt["recipe"] != now["recipe"]:
            told.append("the recipe of the fingerprints is another one")
        before, after = (_by_version(document["searched"]) for document in (receipt, now))
        told += [f"{name} is not searched any more" for name in sorted(before.keys() - after.keys())]
        told += [f"{name} is searched now, and was not then" for name in sorted(after.keys() - before.keys())]
        told += _changed(receipt["matches"], now["matches"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("no receipt of a look-up") from error
    return told


def _changed(before: Sequence[Json], after: Sequence[Json]) -> list[str]:
    then, now = ({_key(each): each["kind"] for each in matches} for matches in (before, after))
    counts = (
        (len(then.keys() - now.keys()), "are not found any more"),
        (len(now.keys() - then.keys()), "are found now, and were not then"),
        (sum(then[key] != now[key] for key in then.keys() & now.keys()), "are proven in another way"),
    )
    return [f"{count} matches {what}" for count, what in counts if count]


def _key(match: Json) -> tuple[str, str, int]:
    return match["dataset"], match["version"], match["record"]


def _by_version(searched: Sequence[Json]) -> dict[str, str]:
    return {f"{one['dataset']}@{one['version']} ({one['content_digest'][:8]})": "" for one in searched}


def _match(match: Match, words: int) -> Json:
    return {
        "dataset": match.dataset,
        "version": match.version,
        "record": match.record,
        "kind": match.kind.value,
        "words": match.words,
        "share_of_text": sum(stop - start for start, stop in match.spans) / words if words else 0.0,
        "spans": [list(span) for span in match.spans],
        "passage": match.passage,
        "resemblance": match.resemblance,
        "license": match.license,
        "models": list(match.models),
    }


def _searched(one: Searched) -> Json:
    return {
        "dataset": one.dataset,
        "version": one.version,
        "content_digest": one.content_digest,
        "fingerprint_id": one.fingerprint_id,
        "unverified": one.unverified,
        "matches": one.matches,
        "possible": one.possible,
    }
