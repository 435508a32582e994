"""What a request reaches, and the receipt that whoever asked is given."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import TypeVar

from registry.documents.figures import exactly
from registry.documents.twin import Json
from registry.domain.dataset import Visibility

DECLARED, POSSIBLE = "declared", "possible"
FORMAT = "request-receipt/1"
_NOTE = (
    "Declared: stated by whoever made it. Possible: found by shared content alone, which does not say who "
    "took from whom, nor that what was asked about is in what is shared. May have "
    "used it: the model was trained on a part of the dataset, and it is not known which records are in it."
)


@dataclass(frozen=True, slots=True)
class Part:
    """What of a dataset version a request is about; None where it is not known how much.

    how: how that is known
    """

    version_id: str
    dataset: str
    visibility: str
    records: int | None
    words: int | None
    how: str


@dataclass(frozen=True, slots=True)
class Derived:
    """A version made from one that is concerned, or that shares content with one (`share` of its own)."""

    version_id: str
    dataset: str
    visibility: str
    source: str
    kind: str
    share: float | None = None

    @property
    def said(self) -> str:
        """In a sentence: made from which, or what of it stands in which."""
        if self.share is None:
            return f"made from {self.source}"
        return f"{self.share:.1%} of it is found in {self.source} too"


@dataclass(frozen=True, slots=True)
class ReachedModel:
    """A model that was trained on what is concerned, or made from one that was.

    certain: False where a part was used of which it is not known whether it holds what is concerned
    through: the base models that lead to it, the nearest first; runs: its own runs that used the dataset
    """

    model_version_id: str
    model: str
    visibility: str
    dataset: str
    kind: str
    certain: bool = True
    runs: tuple[str, ...] = ()
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An edition of a document on a model that is reached; `names`: whether it names what was asked about."""

    kind: str
    model: str
    visibility: str
    number: int
    digest: str
    approved_at: str
    is_latest: bool
    names: bool


@dataclass(frozen=True, slots=True)
class Money:
    """What a payee would receive under an issued statement; the net pool where nobody is named."""

    allocation: str
    payee: str
    amount: str
    currency: str


@dataclass(frozen=True, slots=True)
class Reach:
    """What a request reaches: parts, what was made from them, models, documents, money."""

    parts: tuple[Part, ...] = ()
    derived: tuple[Derived, ...] = ()
    models: tuple[ReachedModel, ...] = ()
    documents: tuple[Document, ...] = ()
    money: tuple[Money, ...] = ()

    @property
    def records(self) -> int | None:
        """Records of all parts, as far as they are known; None where nothing is."""
        return _sum([part.records for part in self.parts])

    @property
    def words(self) -> int | None:
        """Words of all parts, as far as they are known; None where nothing is."""
        return _sum([part.words for part in self.parts])


def _sum(sizes: Sequence[int | None]) -> int | None:
    known = [size for size in sizes if size is not None]
    return sum(known) if known or not sizes else None


@dataclass(frozen=True, slots=True)
class Request:
    """Something that someone asked for; `outcome` None while it is open."""

    id: str
    kind: str
    asked_by: str
    about: str
    received: str
    due: str | None
    recorded_at: str
    evidence: str | None = None
    outcome: str | None = None
    because: str | None = None
    resolved_by: str | None = None
    resolved_at: str | None = None

    def is_overdue(self, on: date) -> bool:
        """Whether it is open past the day by which it was to be answered."""
        return self.outcome is None and self.due is not None and self.due < on.isoformat()


def due_day(received: str, within_days: int | None) -> str | None:
    """The day by which an answer is due; None where the provider has not said how long it takes."""
    if within_days is None:
        return None
    return (date.fromisoformat(received) + timedelta(days=within_days)).isoformat()


def reach_json(reach: Reach) -> Json:
    """All that a request reaches, for whoever keeps the registry."""
    return {
        "records": reach.records,
        "words": reach.words,
        "parts": [asdict(part) for part in reach.parts],
        "derived": [asdict(one) for one in reach.derived],
        "models": [asdict(model) for model in reach.models],
        "documents": [asdict(one) for one in reach.documents],
        "money": [asdict(one) for one in reach.money],
    }


def receipt(request: Request, reach: Reach, software: str) -> Json:
    """What whoever asked is given: what was asked, what was found as far as it is public, and a digest.

    What may not be named is counted. The digest is over the JSON without it, so that the receipt can be
    checked later.
    """
    said: Json = {
        "format": FORMAT,
        "software": software,
        "request": request.id,
        "kind": request.kind,
        "asked_by": request.asked_by,
        "about": request.about,
        "received": request.received,
        "answer_due": request.due,
        "outcome": request.outcome,
        "because": request.because,
        "resolved_at": request.resolved_at,
        "found": _public(reach),
        "note": _NOTE,
    }
    return said | {"digest": digest(said)}


def digest(said: Json) -> str:
    """SHA-256 of a receipt without its own digest, in hexadecimal."""
    rest = {key: value for key, value in said.items() if key != "digest"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _public(reach: Reach) -> Json:
    parts, more_parts = _shown(reach.parts, lambda one: one.visibility)
    derived, more_derived = _shown(reach.derived, lambda one: one.visibility)
    models, more_models = _shown(reach.models, lambda one: one.visibility)
    documents, more_documents = _shown(reach.documents, lambda one: one.visibility)
    named = {part.dataset for part in parts} | {one.dataset for one in derived}
    return {
        "records": reach.records,
        "words": reach.words,
        "datasets": [
            {"dataset": one.dataset, "records": one.records, "words": one.words, "how": one.how}
            for one in parts
        ],
        "datasets_not_named": more_parts,
        "made_from_them": [{"dataset": one.dataset} for one in derived if one.kind == DECLARED],
        "sharing_content": [
            {"dataset": one.dataset, "share": round(one.share or 0.0, 4)}
            for one in derived
            if one.kind == POSSIBLE
        ],
        "related_not_named": more_derived,
        "models": [
            {
                "model": one.model,
                "kind": one.kind,
                "certain": one.certain,
                "dataset": one.dataset if one.dataset in named else "withheld",
                "runs": list(one.runs),
                "through_base_models": len(one.through),
            }
            for one in _once(models)
        ],
        "models_not_named": more_models,
        "documents": [
            {
                "kind": one.kind,
                "model": one.model,
                "edition": one.number,
                "digest": one.digest,
                "names": one.names,
            }
            for one in documents
        ],
        "documents_not_named": more_documents,
    }  # fmt: skip


_One = TypeVar("_One")


def _once(models: Iterable[ReachedModel]) -> list[ReachedModel]:
    """Each model once, by the strongest way that leads to it: declared, certain, of the shortest chain."""
    best: dict[str, ReachedModel] = {}
    for one in sorted(models, key=_strength):
        best.setdefault(one.model_version_id, one)
    return list(best.values())


def _strength(one: ReachedModel) -> tuple[bool, bool, int, str]:
    return one.kind != DECLARED, not one.certain, len(one.through), one.model


def _shown(found: Iterable[_One], visibility: Callable[[_One], str]) -> tuple[list[_One], int]:
    """Those that are public, and how many others there are."""
    listed = list(found)
    public = [one for one in listed if visibility(one) == Visibility.PUBLIC]
    return public, len(listed) - len(public)


def receipt_text(said: Json) -> str:
    """The receipt as a letter would say it."""
    found = said["found"]
    lines = [
        f"Request {said['request']}: {said['kind']}, about {said['about']}",
        f"Asked by {said['asked_by']}, received on {said['received']}.",
        f"Answer due by {said['answer_due']}." if said["answer_due"] else "No time for the answer is stated.",
    ]
    if said["outcome"]:
        lines.append(f"Outcome: {said['outcome']}, because {said['because']} ({said['resolved_at']}).")
    lines.append(f"Found: {_size(found['records'], 'record')}, {_size(found['words'], 'word')}.")
    lines += [f"  in {one['dataset']} ({one['how']})" for one in found["datasets"]]
    lines += _more(found["datasets_not_named"], "dataset version")
    lines += [f"  declared: made from these: {one['dataset']}" for one in found["made_from_them"]]
    lines += [
        f"  possible: {one['share']:.1%} of {one['dataset']} is found in these too"
        for one in found["sharing_content"]
    ]
    lines += _more(found["related_not_named"], "dataset version", "made from these or sharing content")
    lines += [f"  {one['kind']}: model {one['model']}{_used(one)}" for one in found["models"]]
    lines += _more(found["models_not_named"], "model")
    lines += [
        f"  {one['kind']} of {one['model']}, edition {one['edition']}{', names it' if one['names'] else ''}"
        for one in found["documents"]
    ]
    lines += _more(found["documents_not_named"], "document")
    return "\n".join([*lines, str(said["note"]), f"Digest: {said['digest']}", ""])


def _size(number: int | None, noun: str) -> str:
    return f"{noun}s not counted" if number is None else exactly(number, noun)


def _used(model: Json) -> str:
    count = model["through_base_models"]
    through = f", through {exactly(count, 'base model')}" if count else ""
    return through if model["certain"] else f" may have used it{through}"


def _more(count: int, noun: str, rest: str = "") -> Sequence[str]:
    return [f"  {exactly(count, noun)} {rest}".rstrip() + " that may not be named"] if count else []
