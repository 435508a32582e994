"""What is made from what inside one file: nothing is made from itself, directly or through others."""

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from registry.declarations.findings import Finding, Place

Version = tuple[str, str | None]

_MOST_CIRCLES = 20


class Versions:
    """The versions of datasets, or of models, that a file declares."""

    def __init__(self, entries: Sequence[Place]) -> None:
        self._newest: dict[str, Version] = {}
        self.entries: dict[Version, Place] = {}
        for entry in entries:
            if (version := version_of(entry)) is not None:
                self._newest[version[0]] = version
                self.entries.setdefault(version, entry)

    def named(self, reference: str) -> Version:
        """The version that `NAME[@VERSION]` means: of a name alone, the last of the file."""
        name, at, label = reference.partition("@")
        return (name, label) if at else self._newest.get(name, (name, None))


def version_of(entry: Place) -> Version | None:
    """Name and label of an entry; None where it has no name."""
    name = entry["name"].text
    return None if name is None else (name, entry["version"].text)


def shown_version(version: Version) -> str:
    """`NAME@VERSION`, or the name alone."""
    return "@".join(part for part in version if part)


def circles(versions: Versions, key: str) -> Iterator[Finding]:
    """Entries that are made from themselves by what stands under a key."""
    made_from = {version: _sources(versions, entry[key]) for version, entry in versions.entries.items()}
    for version, sources in made_from.items():
        if version in sources:
            place = sources.pop(version)
            remedy = "remove it, or name the earlier version: NAME@VERSION"
            yield Finding(place.path, f"{shown_version(version)} would be made from itself", remedy)
    for _ in range(_MOST_CIRCLES):
        if (circle := _circle(made_from)) is None:
            return
        names = " from ".join(shown_version(version) for version in circle)
        place = made_from[circle[0]].pop(circle[1])
        yield Finding(place.path, f"goes round in a circle: {names}", "remove the step that is wrong")


def _sources(versions: Versions, stated: Place) -> dict[Version, Place]:
    found: dict[Version, Place] = {}
    for place in stated.each():
        if place.text is not None and "://" not in place.text:
            found.setdefault(versions.named(place.text), place)
    return found


def _circle(made_from: dict[Version, dict[Version, Place]]) -> list[Version] | None:
    """Versions each made from the next, the first again at the end; None where there is no such circle."""
    try:
        TopologicalSorter(made_from).prepare()
    except CycleError as error:
        found: list[Version] = error.args[1]
        return found[::-1]
    return None
