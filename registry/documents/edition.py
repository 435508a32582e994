"""The editions of a document: its numbered, frozen versions."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from registry.documents.canonical import canonical_pieces
from registry.documents.differences import Difference
from registry.documents.masking import masked, masked_sources

Json = dict[str, Any]
DISCLOSURE, ATTRIBUTION, REGISTRY = "disclosure", "attribution", "registry"
_NOT_CONTENT = ("software", "status", "stated_at", "edition", "changes")
_NOT_CONTENT_FIELDS = ("0.a", "0.b")


@dataclass(frozen=True, slots=True)
class Redacted:
    """Since when names of erased people are taken out of an edition, and the SHA-256 of its JSON since."""

    at: str
    digest: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A numbered, frozen version of a document.

    number: 1, 2, 3, ... in the order of approval
    approved_at, stated_at: of the approval, of the last statement in it; ISO 8601, UTC
    digest: SHA-256 of the bytes of the JSON as it was approved, in hexadecimal
    redacted: where these bytes are not kept any more, since they named someone who was erased
    """

    number: int
    approved_by: str
    approved_at: str
    digest: str
    stated_at: str = ""
    redacted: Redacted | None = None


@dataclass(frozen=True, slots=True)
class History:
    """All editions of a document, the newest first.

    is_current: the document says now what its newest edition says; else it is a draft of the next
    changes: what is otherwise than in the edition before
    address: where the document is published, the folder with a slash at its end
    content_digest: of what the document says now
    """

    editions: tuple[Edition, ...] = ()
    is_current: bool = False
    changes: tuple[Difference, ...] = ()
    address: str | None = None
    content_digest: str = ""

    @property
    def latest(self) -> Edition | None:
        """The newest edition."""
        return self.editions[0] if self.editions else None

    @property
    def edition(self) -> Edition | None:
        """The edition that the document is; None of a draft."""
        return self.latest if self.is_current else None

    @property
    def before(self) -> Edition | None:
        """The edition that `changes` are counted from."""
        return self.editions[1] if self.is_current and len(self.editions) > 1 else self._draft_of

    @property
    def _draft_of(self) -> Edition | None:
        return None if self.is_current else self.latest

    @property
    def next_number(self) -> int:
        """The number that the next edition gets."""
        return self.editions[0].number + 1 if self.editions else 1


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition as the registry keeps it: with the digest of what it says, and the bytes of its JSON."""

    edition: Edition
    content_digest: str
    snapshot: bytes

    @property
    def twin(self) -> Json:
        """The frozen JSON."""
        found: Json = json.loads(self.snapshot)
        return found


Editions = Mapping[tuple[str, str], tuple[Kept, ...]]
"""The editions of every document, the newest first, by its kind and the id of its model version."""


def content_digest(twin: Json) -> str:
    """SHA-256 of what a document says, apart from its number, dates, approval and what wrote it."""
    left_out = _NOT_CONTENT if "edition" in twin else _NOT_CONTENT[:3]  # a page's own `changes` are content
    said = {key: value for key, value in twin.items() if key not in left_out}
    form = said.get("fields")
    if isinstance(form, dict):
        said["fields"] = {key: value for key, value in form.items() if key not in _NOT_CONTENT_FIELDS}
    digest = sha256()
    for piece in canonical_pieces(said):
        digest.update(piece.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def history_of(
    twin: Json,
    kept: Sequence[Kept],
    compare: Callable[[Json, Json], tuple[Difference, ...]],
    address: str | None = None,
    public: Collection[str] = (),
) -> History:
    """The history of a document that says now what its draft's twin says.

    Editions of another format are not compared. public: the references of all datasets that may be named
    today; what changed names no other, also where an earlier edition did.
    """
    said = content_digest(twin)
    is_current = bool(kept) and kept[0].content_digest == said
    before = kept[1:2] if is_current else kept[:1]
    versions = [masked_sources(masked(before[0].twin, public), public), twin] if before else []
    comparable = len({found.get("format_version") for found in versions}) == 1
    changes = compare(*versions) if comparable else ()
    return History(tuple(one.edition for one in kept), is_current, changes, address, said)


def approved(history: History, approved_by: str, approved_at: str, stated_at: str) -> History:
    """The history of a draft once it is approved; the digest of the new edition is not known before."""
    edition = Edition(history.next_number, approved_by, approved_at, "", stated_at)
    return replace(history, editions=(edition, *history.editions), is_current=True)


def edition_json(history: History) -> Json:
    """Which edition a document is, and what changed since the one before."""
    edition, before = history.edition, history.before
    since = before and {"number": before.number, "digest": before.digest}
    return {
        "edition": edition
        and {
            "number": edition.number,
            "approved_by": edition.approved_by,
            "approved_at": edition.approved_at,
            "supersedes": since,
            "address": edition_address(history, edition),
        },
        "changes": since
        and {
            "since": since,
            "found": [
                {
                    "part": one.part,
                    "subject": one.subject,
                    "aspect": one.aspect,
                    "kind": one.turn.value,
                    "before": one.before,
                    "after": one.after,
                }
                for one in history.changes
            ],
        },
    }


def edition_address(history: History, edition: Edition) -> str | None:
    """Where an edition stands for good; None where it is not stated where documents are published."""
    return f"{history.address}{edition.number}/index.html" if history.address else None
