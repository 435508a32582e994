"""Names that stood in an earlier edition and may not be told again, and names that changed."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from registry.documents.names import WITHHELD_AGENT

Json = dict[str, Any]
_MASKED: Json = {
    "dataset": WITHHELD_AGENT,
    "version": None,
    "shown": "masked",
    "digest": None,
    "origin": None,
}
_PLAIN_WORD = re.compile(r"[^\W_]+")


def masked(twin: Json, public: Collection[str]) -> Json:
    """The twin of an earlier edition without the names of datasets that are not public any more.

    public: the references of all that are. What names such a dataset, its title and its address too, is
    withheld wherever it stands; the line of the dataset itself is marked.
    """
    hidden, tests = not_public(twin, public), _tests(twin) - set(public)
    if not hidden and not tests:
        return twin
    lines = {id(one) for one in hidden}
    texts = [text for one in hidden for text in (_reference(one), one["dataset"], one["title"], one["url"])]
    texts += sorted(tests)
    left = [_MASKED if id(one) in lines else one for one in twin["datasets"]]
    return replaced({**twin, "datasets": left}, dict.fromkeys(filter(None, texts), WITHHELD_AGENT))


def _tests(twin: Json) -> set[str]:
    """The references of the tests that a disclosure names."""
    value = twin.get("beyond", {}).get("train_test_overlap", {}).get("value")
    rows = value["rows"] if isinstance(value, dict) else ()
    return {row["benchmark"] for row in rows if "@" in row["benchmark"]}


def not_public(twin: Json, public: Collection[str]) -> list[Json]:
    """The lines of `datasets` that name what is not public any more."""
    named = (one for one in twin.get("datasets", ()) if one["shown"] == "named")
    return [one for one in named if _reference(one) not in public]


def is_masked(line: Json) -> bool:
    """Whether a line of `datasets` is of one that is not to be named any more."""
    return bool(line["shown"] == _MASKED["shown"])


def masked_sources(twin: Json, public: Collection[str]) -> Json:
    """The twin of an earlier manifest without its sources that are not public any more."""
    if "sources" not in twin:
        return twin
    kept = [one for one in twin["sources"] if one["version"] is None or _reference(one) in public]
    return {**twin, "sources": kept, "sources_hidden": len(twin["sources"]) - len(kept)}


def _reference(line: Json) -> str:
    return f"{line['dataset']}@{line['version']}"


def replaced(twin: Json, names: Mapping[str, str]) -> Json:
    """The twin with each name replaced: a plain word where it is a whole text, others anywhere."""
    if not names:
        return twin
    within = sorted((name for name in names if not _PLAIN_WORD.fullmatch(name)), key=len, reverse=True)
    whole = re.compile(rf"(?<![\w@/.-])(?:{'|'.join(map(re.escape, within))})(?![\w@/-])") if within else None

    def told(value: Any) -> Any:
        if isinstance(value, str):
            text = names.get(value, value)
            return whole.sub(lambda found: names[found[0]], text) if whole else text
        if isinstance(value, list):
            return [told(one) for one in value]
        if isinstance(value, dict):
            return {key: told(one) for key, one in value.items()}
        return value

    replaced_twin: Json = told(twin)
    return replaced_twin
