"""A dataset version's page as a value: the version, its holders, its relatives, the models trained on it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Use, uses
from registry.documents.dataset_gaps import dataset_gaps
from registry.documents.fields import Gap
from registry.documents.figures import share_of
from registry.documents.names import WITHHELD_AGENT
from registry.documents.overlaps import Overlaps
from registry.documents.partition import UNIDENTIFIED, portions
from registry.documents.site.overlap import Shares, SharesByVersion, shares_by_version
from registry.documents.site.places import Places
from registry.domain.facts import ComponentFacts, ModelFacts, VersionFacts


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds rights in how much of a version; not named: the withheld and the unidentified."""

    name: str
    kind: str
    is_named: bool
    basis: str
    licenses: tuple[str, ...]
    records: int
    words: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A model that was trained on the version, its page, and what it used of it."""

    model: str
    folder: str
    use: Use
    share: Fraction


@dataclass(frozen=True, slots=True)
class Relative:
    """A dataset that this one was made from, or that was made from this: its name or address, its page."""

    name: str
    folder: str | None


@dataclass(frozen=True, slots=True)
class DatasetPage:
    """Everything the page of one dataset version tells; all in it is projected.

    hidden_models: how many models without a page were trained on it too
    others: the other versions of the dataset, newest first; newer: the newest, unless it is this one
    """

    folder: str
    updated: str
    version: VersionFacts
    component: ComponentFacts
    holders: tuple[Holder, ...]
    trained: tuple[Trained, ...]
    hidden_models: int
    parents: tuple[Relative, ...]
    children: tuple[Relative, ...]
    others: tuple[Relative, ...]
    newer: Relative | None
    shares: Shares
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the page of a dataset points at, found once for all pages.

    folders, pages: of the versions with a page by id and by reference; versions: the same by name, newest
    first; children: by the reference of what they were made from
    trained, hidden: by the id of a version the models with a page, and how many without, that used it
    shares: what the versions with a page share, projected
    """

    folders: Mapping[str, str]
    pages: Mapping[str, str]
    versions: Mapping[str, Sequence[VersionFacts]]
    children: Mapping[str, Sequence[VersionFacts]]
    trained: Mapping[str, Sequence[Trained]]
    hidden: Mapping[str, int]
    shares: SharesByVersion


def surroundings(
    places: Places,
    models: Iterable[ModelFacts],
    hidden: Iterable[ModelFacts],
    datasets: Sequence[VersionFacts],
    overlaps: Overlaps,
) -> Surroundings:
    """Look over everything once.

    models: those with a page, projected; hidden: the listed ones without
    datasets: the versions with a page, projected, newest first
    """
    versions: dict[str, list[VersionFacts]] = {}
    children: dict[str, list[VersionFacts]] = {}
    for version in datasets:
        versions.setdefault(version.name, []).append(version)
        for parent in version.derived_from:
            children.setdefault(parent, []).append(version)
    trained: dict[str, list[Trained]] = {}
    for model in models:
        seen = model.words_seen
        for use in uses(model):
            found = Trained(model.reference, places.models[model.id], use, share_of(use.words_seen, seen))
            trained.setdefault(use.version.id, []).append(found)
    return Surroundings(
        folders=places.datasets,
        pages={version.reference: places.datasets[version.id] for version in datasets},
        versions=versions,
        children=children,
        trained=trained,
        hidden=Counter(key for model in hidden for key in {part.version.id for part in model.components}),
        shares=shares_by_version(overlaps),
    )


def build_dataset_page(component: ComponentFacts, around: Surroundings) -> DatasetPage:
    """The page of a projected version with its projected holdings."""
    version = component.version
    same = around.versions[version.name]
    newest = same[0]
    return DatasetPage(
        folder=around.folders[version.id],
        updated=max((version.recorded_at, *(found.recorded_at for found in version.evidence))),
        version=version,
        component=component,
        holders=_holders(component),
        trained=tuple(around.trained.get(version.id, ())),
        hidden_models=around.hidden.get(version.id, 0),
        parents=tuple(Relative(name, around.pages.get(name)) for name in version.derived_from),
        children=_relatives(around.children.get(version.reference, ()), around),
        others=_relatives((one for one in same if one.id != version.id), around),
        newer=None if newest.id == version.id else _relatives((newest,), around)[0],
        shares=around.shares.of(version),
        gaps=tuple(_gaps(version)),
    )


# --- who -------------------------------------------------------------------------------------------------


def _holders(component: ComponentFacts) -> tuple[Holder, ...]:
    """The named by words, then the withheld, then the unidentified."""
    sums: dict[tuple[str, str], Holder] = {}
    for portion in portions(component):
        identity = portion.agent.id if portion.agent else UNIDENTIFIED
        before = sums.get((identity, portion.basis))
        sums[identity, portion.basis] = Holder(
            name=portion.agent.name if portion.agent else UNIDENTIFIED,
            kind=portion.agent.kind if portion.agent else "unknown",
            is_named=identity not in {WITHHELD_AGENT, UNIDENTIFIED},
            basis=portion.basis,
            licenses=_added(before.licenses if before else (), portion.license),
            records=portion.records + (before.records if before else 0),
            words=portion.words + (before.words if before else 0),
        )
    return tuple(sorted(sums.values(), key=_rank))


def _rank(holder: Holder) -> tuple[int, int, str]:
    last = 0 if holder.is_named else 2 if holder.name == UNIDENTIFIED else 1
    return last, -holder.words, holder.name.casefold()


def _added(licenses: tuple[str, ...], one: str) -> tuple[str, ...]:
    return licenses if one in licenses else (*licenses, one)


# --- relatives and gaps ----------------------------------------------------------------------------------


def _relatives(found: Iterable[VersionFacts], around: Surroundings) -> tuple[Relative, ...]:
    return tuple(Relative(other.reference, around.folders[other.id]) for other in found)


def _gaps(version: VersionFacts) -> Iterable[Gap]:
    for found in dataset_gaps(version):
        unknown = found.unknown[:1].upper() + found.unknown[1:]
        yield Gap(found.field, unknown, f"The {found.closed_by}: {found.how}.")
