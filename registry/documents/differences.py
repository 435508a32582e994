"""What a document says otherwise than its edition before: by figure, dataset and field, never by position."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from registry.documents.beyond import PREFIX
from registry.documents.figures import counted, exact, exact_fraction, told
from registry.documents.masking import is_masked, replaced
from registry.documents.pairing import Paired, paired, reference
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
    """Between two disclosures as JSON, the earlier first; what is renamed is compared under its new name."""
    found = paired(before["datasets"], after["datasets"])
    before = replaced(before, found.renamed)
    return (
        *_model(before, after),
        *_totals(before, after),
        *_parts("origins", before, after, lambda key: f"Origin {key or 'not stated, or withheld'}"),
        *_parts("licenses", before, after, lambda key: f"License {key}"),
        *_parts("languages", before, after, language_name),
        *_datasets(found),
        *_fields(before["fields"], after["fields"]),
        *_fields(before.get("california", {}), after.get("california", {})),
        *_fields(_beyond(before), _beyond(after)),
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


def _datasets(found: Paired) -> Iterator[Difference]:
    for was, now in found.same:
        yield from _dataset(was, now)
    for one in found.came:
        yield Difference("datasets", reference(one), Turn.ADDED, None, None, _size(one))
    unnamed = sum(is_masked(one) for one in found.went)
    for one in found.went:
        if not is_masked(one):
            yield Difference("datasets", reference(one), Turn.REMOVED, None, _size(one), None)
    if unnamed:
        said = f"{counted(unnamed, 'dataset')} named before {'is' if unnamed == 1 else 'are'} not named now"
        yield Difference("datasets", "Names", Turn.CHANGED, None, None, said)


def _dataset(before: Json, after: Json) -> Iterator[Difference]:
    """What is said otherwise of a dataset, apart from what follows from other figures."""
    subject, earlier = reference(after), reference(before)
    if earlier != subject and after["shown"] == "named":
        aspect = "version" if before["dataset"] == after["dataset"] else "name"
        yield Difference("datasets", subject, Turn.CHANGED, aspect, earlier, subject)
    kept = (key for key in after if key not in _COUNTED and key not in {"dataset", "version"})
    for key in sorted(kept):
        yield from _changed("datasets", subject, key.replace("_", " "), before.get(key), after[key])
    yield from _changed(
        "datasets", subject, "training", _training(before["training"]), _training(after["training"])
    )


def _training(parts: Iterable[Json]) -> str:
    runs = sorted(f"{part['stage']}: {part['selection']['text']}, epochs {part['epochs']}" for part in parts)
    return told(runs)


def _size(one: Json) -> str:
    return f"{exact(one['records'])} records, {exact(one['words'])} words"


# --- fields ----------------------------------------------------------------------------------------------


def _beyond(twin: Json) -> dict[str, Json]:
    """What stands beyond the forms, by the ids that gaps have; earlier editions may have nothing."""
    return {f"{PREFIX}{key}": said for key, said in twin.get("beyond", {}).items()}


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
    """Rows by the cells that tell them apart, the first text and as many more as it takes; without shares.

    A share changes where anything else does.
    """
    texts = [column["key"] for column in table["columns"] if column["kind"] == "text"]
    told_apart = [one["key"] for one in table["columns"] if one["kind"] != "share" and one["key"] != "rank"]
    rows = table["rows"]
    for width in range(1, len(texts) + 1):
        keys = [", ".join(str(row[key]) for key in texts[:width] if row[key] is not None) for row in rows]
        if len(set(keys)) == len(keys):
            return dict(zip(keys, ({key: row[key] for key in told_apart} for row in rows), strict=True))
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
