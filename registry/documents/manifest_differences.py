"""What an attribution manifest says otherwise than its edition before."""

from collections.abc import Iterator

from registry.documents.differences import Difference, Json, Turn
from registry.documents.figures import counted, exact

_TOTALS = {"named_holders": "Rights holders named", "records": "Records", "words": "Words"}


def manifest_differences(before: Json, after: Json) -> tuple[Difference, ...]:
    """Between two manifests as JSON, the earlier first.

    Holders are counted, not named: who is no longer named may have asked for it.
    """
    return (*_totals(before, after), *_licenses(before, after), *_sources(before, after))


def _totals(before: Json, after: Json) -> Iterator[Difference]:
    for key, title in _TOTALS.items():
        old, new = before["totals"][key], after["totals"][key]
        if old != new:
            yield Difference("figures", title, Turn.CHANGED, None, exact(old), exact(new))
    old_names, new_names = (
        {holder["holder"] for holder in twin["holders"] if holder["named"]} for twin in (before, after)
    )
    came, went = len(new_names - old_names), len(old_names - new_names)
    if came or went:
        said = f"{exact(came)} came, {exact(went)} went"
        yield Difference("holders", "Rights holders", Turn.CHANGED, "names", None, said)


def _licenses(before: Json, after: Json) -> Iterator[Difference]:
    old, new = ({one["license"]: one["words"] for one in twin["licenses"]} for twin in (before, after))
    for key in dict.fromkeys((*old, *new)):
        if old.get(key) != new.get(key):
            turn = Turn.ADDED if key not in old else Turn.REMOVED if key not in new else Turn.CHANGED
            was, now = (None if key not in words else exact(words[key]) for words in (old, new))
            yield Difference("licenses", key, turn, "words", was, now)


def _sources(before: Json, after: Json) -> Iterator[Difference]:
    old, new = (
        {(one["dataset"], one["version"]): one["license"] for one in twin["sources"]}
        for twin in (before, after)
    )
    if hidden := before.get("sources_hidden"):
        said = f"{counted(hidden, 'dataset')} named before {'is' if hidden == 1 else 'are'} not named now"
        yield Difference("datasets", "Names", Turn.CHANGED, None, None, said)
    for key in dict.fromkeys((*old, *new)):
        name = "@".join(filter(None, key))
        if key not in old:
            yield Difference("datasets", name, Turn.ADDED, "license", None, new[key])
        elif key not in new:
            yield Difference("datasets", name, Turn.REMOVED, "license", old[key], None)
        elif old[key] != new[key]:
            yield Difference("datasets", name, Turn.CHANGED, "license", old[key], new[key])
