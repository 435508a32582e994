"""What a document says otherwise than its edition before: by figure, dataset and field, never by position."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from registry.documents.figures import exact, exact_fraction, told
from registry.domain.languages import language_name

Json = dict[str, Any]
_MOST_NAMED = 8
_NOT_COMPARED = frozenset({"0.a", "0.b"})
_TOTALS = {"datasets": "Datasets", "records": "Records", "words": "Words", "words_seen": "Words seen"}
_COUNTED = ("share", "words_seen", "languages", "training", "shown")


class Turn(StrEnum):
    """What became of something."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is otherwise than before.

    part: `model`, `figures`, `origins`, `licenses`, `languages`, `datasets`, or the number of a field
    subject: which figure, origin, license, language, dataset or field; aspect: what of it
    """

    part: str
    subject: str
    turn: Turn
    aspect: str | None = None
    before: str | None = None
    after: str | None = None


def differences(before: Json, after: Json) -> tuple[Difference, ...]:
    """Between two disclosures as JSON, the earlier first."""
    return (
        *_model(before, after),
        *_totals(before, after),
        *_parts("origins", before, after, lambda key: f"Origin {key or 'not stated, or withheld'}"),
        *_parts("licenses", before, after, lambda key: f"License {key}"),
        *_parts("languages", before, after, language_name),
        *_datasets(before["datasets"], after["datasets"]),
        *_fields(before["fields"], after["fields"]),
    )


# --- the model, figures, and what the data is made of -----------------------------------------------------


def _model(before: Json, after: Json) -> Iterator[Difference]:
    for key, title in (("provider", "Provider"), ("url", "Documentation")):
        yield from _changed("model", title, None, before.get(key), after.get(key))
    for key, title in (("base_models", "Base models"), ("rights_contact", "Contact for rights holders")):
        yield from _changed("model", title, None, _told(before.get(key)), _told(after.get(key)))


def _totals(before: Json, after: Json) -> Iterator[Difference]:
    for key, title in _TOTALS.items():
        was, now = (exact_fraction(Fraction(twin["totals"][key])) for twin in (before, after))
        yield from _changed("figures", title, None, was, now)


def _parts(name: str, before: Json, after: Json, title: Callable[[str], str]) -> Iterator[Difference]:
    """Parts by their key; a part that is there in both is told where its words differ."""
    key = name.removesuffix("s")
    old = {part[key]: part["words"] for part in before[name]}
    new = {part[key]: part["words"] for part in after[name]}
    for one in dict.fromkeys((*old, *new)):
        if one not in old:
            yield Difference(name, title(one), Turn.ADDED, "words", None, exact(new[one]))
        elif one not in new:
            yield Difference(name, title(one), Turn.REMOVED, "words", exact(old[one]), None)
        else:
            yield from _changed(name, title(one), "words", old[one], new[one])


# --- datasets --------------------------------------------------------------------------------------------


def _datasets(before: Sequence[Json], after: Sequence[Json]) -> Iterator[Difference]:
    """Paired by version, else by content, else as versions of one name; the unnamed by all that is said."""
    old, new = tuple(before), tuple(after)
    for identity in (_version, _content, _name, _unnamed):
        pairs = _pair(old, new, identity)
        paired = {id(one) for pair in pairs for one in pair}
        old, new = (tuple(one for one in side if id(one) not in paired) for side in (old, new))
        for was, now in pairs:
            yield from _dataset(was, now)
    for one in new:
        yield Difference("datasets", _shown(one), Turn.ADDED, None, None, _size(one))
    for one in old:
        yield Difference("datasets", _shown(one), Turn.REMOVED, None, _size(one), None)


def _pair(
    old: Iterable[Json], new: Iterable[Json], identity: Callable[[Json], object]
) -> list[tuple[Json, Json]]:
    """Those of both that have the same identity; what has none, or shares it on one side, is not paired."""
    before, after = _by(old, identity), _by(new, identity)
    return [(was, after[key]) for key, was in before.items() if key in after]


def _by(found: Iterable[Json], identity: Callable[[Json], object]) -> dict[object, Json]:
    known = [(key, one) for one in found if (key := identity(one)) is not None]
    times = Counter(key for key, _ in known)
    return {key: one for key, one in known if times[key] == 1}


def _version(one: Json) -> object:
    return (one["dataset"], one["version"]) if one["shown"] == "named" else None


def _content(one: Json) -> object:
    return one["digest"]


def _name(one: Json) -> object:
    return one["dataset"] if one["shown"] == "named" else None


def _unnamed(one: Json) -> object:
    """Datasets under general names are numbered anew in every document: the number says nothing."""
    said = {key: value for key, value in one.items() if key not in {"dataset", "version", "share"}}
    return None if one["shown"] == "named" else _told(said)


def _dataset(before: Json, after: Json) -> Iterator[Difference]:
    """What is said otherwise of a dataset, apart from what follows from other figures."""
    subject = _shown(after)
    if _shown(before) != subject and after["shown"] == "named":
        yield Difference("datasets", subject, Turn.CHANGED, "version", _shown(before), subject)
    kept = (key for key in after if key not in _COUNTED and key not in {"dataset", "version"})
    for key in sorted(kept):
        yield from _changed("datasets", subject, key.replace("_", " "), before.get(key), after[key])
    yield from _changed(
        "datasets", subject, "training", _training(before["training"]), _training(after["training"])
    )


def _training(parts: Iterable[Json]) -> str:
    runs = sorted(f"{part['stage']}: {part['selection']['text']}, epochs {part['epochs']}" for part in parts)
    return told(runs)


def _shown(one: Json) -> str:
    return f"{one['dataset']}@{one['version']}" if one["version"] else str(one["dataset"])


def _size(one: Json) -> str:
    return f"{exact(one['records'])} records, {exact(one['words'])} words"


# --- fields ----------------------------------------------------------------------------------------------


def _fields(before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[Difference]:
    for key, now in after.items():
        was = before.get(key)
        if key in _NOT_COMPARED or was is None:
            continue
        old, new = _answer(was), _answer(now)
        rows = _rows_said(was["value"], now["value"])
        if old != new or rows:
            yield Difference(key, now["title"], Turn.CHANGED, rows or None, old, new)


def _answer(field: Json) -> str | None:
    """The answer in a sentence; None of a gap."""
    value = field["value"]
    return _told(value["summary"] if isinstance(value, dict) else value)


def _rows_said(before: Any, after: Any) -> str:
    """Which rows of a table came, went or changed, by what each row is about."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ""
    old, new = _rows(before), _rows(after)
    turns = (
        ("added", [key for key in new if key not in old]),
        ("removed", [key for key in old if key not in new]),
        ("changed", [key for key in new if key in old and old[key] != new[key]]),
    )
    return told([f"{len(keys)} {turn}: {_some(keys)}" for turn, keys in turns if keys])


def _rows(table: Json) -> dict[str, Any]:
    """Rows by the cells that tell them apart: the first text, and as many more as it takes."""
    texts = [column["key"] for column in table["columns"] if column["kind"] == "text"]
    rows = table["rows"]
    for width in range(1, len(texts) + 1):
        keys = [", ".join(str(row[key]) for key in texts[:width] if row[key] is not None) for row in rows]
        if len(set(keys)) == len(keys):
            return dict(zip(keys, ({**row, "rank": None} for row in rows), strict=True))
    return {_told(row) or "": None for row in rows}


def _some(keys: Sequence[str]) -> str:
    named = ", ".join(keys[:_MOST_NAMED])
    return f"{named} and {exact(len(keys) - _MOST_NAMED)} more" if len(keys) > _MOST_NAMED else named


def _changed(part: str, subject: str, aspect: str | None, before: Any, after: Any) -> Iterator[Difference]:
    if before != after:
        yield Difference(part, subject, Turn.CHANGED, aspect, _told(before), _told(after))


def _told(value: Any) -> str | None:
    """A value of JSON in a line; None of what is not stated."""
    if value is None or value in ([], {}, ""):
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return exact(value)
    if isinstance(value, list):
        return told([text for one in value if (text := _told(one))])
    if isinstance(value, dict):
        said = ((key.replace("_", " "), _told(one)) for key, one in sorted(value.items()))
        return told([f"{key}: {text}" for key, text in said if text]) or None
    return str(value)
