"""Which dataset of one edition is which of the next: by what they are, never by where they stand."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Pair = tuple[Json, Json]
_FOLLOWS = frozenset({"dataset", "version", "share", "words_seen", "training", "whole"})


@dataclass(frozen=True, slots=True)
class Paired:
    """The lines of `datasets` of two editions: those that are the same, those that came, those that went."""

    same: tuple[Pair, ...]
    came: tuple[Json, ...]
    went: tuple[Json, ...]

    @property
    def renamed(self) -> dict[str, str]:
        """How what has another name or label now was called before, and is now."""
        found = {}
        for was, now in self.same:
            if now["shown"] == was["shown"] == "named" and reference(was) != reference(now):
                found[reference(was)] = reference(now)
                if was["dataset"] != now["dataset"]:
                    found[str(was["dataset"])] = str(now["dataset"])
        return found


def paired(before: Sequence[Json], after: Sequence[Json]) -> Paired:
    """By version, else by content, else as versions of one name.

    Those under general names are numbered anew in each document: they are paired by what is said of them,
    what is alike one to one, and what is left as the only one of its origin.
    """
    same: list[Pair] = []
    old, new = tuple(before), tuple(after)
    for identity, one_to_one in (
        (_version, False),
        (_content, False),
        (_name, False),
        (_said, True),
        (_kind, False),
    ):
        found = _pairs(old, new, identity, one_to_one=one_to_one)
        known = {id(one) for pair in found for one in pair}
        old, new = (tuple(one for one in side if id(one) not in known) for side in (old, new))
        same += found
    return Paired(tuple(same), new, old)


def reference(one: Json) -> str:
    """`name@label`, or the general name."""
    return f"{one['dataset']}@{one['version']}" if one["version"] else str(one["dataset"])


def _pairs(
    old: Iterable[Json], new: Iterable[Json], identity: Callable[[Json], object], *, one_to_one: bool
) -> list[Pair]:
    """Those of both that have the same identity; what shares it on one side only if `one_to_one`."""
    before, after = _by(old, identity), _by(new, identity)
    return [
        pair
        for key, found in before.items()
        if key in after and (one_to_one or len(found) == len(after[key]) == 1)
        for pair in zip(found, after[key], strict=False)
    ]


def _by(found: Iterable[Json], identity: Callable[[Json], object]) -> dict[object, list[Json]]:
    known: dict[object, list[Json]] = {}
    for one in found:
        if (key := identity(one)) is not None:
            known.setdefault(key, []).append(one)
    return known


def _version(one: Json) -> object:
    return (one["dataset"], one["version"]) if one["shown"] == "named" else None


def _content(one: Json) -> object:
    return one["digest"]


def _name(one: Json) -> object:
    return one["dataset"] if one["shown"] == "named" else None


def _said(one: Json) -> object:
    if one["shown"] == "named":
        return None
    return repr(sorted((key, repr(value)) for key, value in one.items() if key not in _FOLLOWS))


def _kind(one: Json) -> object:
    return None if one["shown"] == "named" else (one["shown"], one["origin"])
