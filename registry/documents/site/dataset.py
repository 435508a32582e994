"""A dataset version's page as a value: the version, its holders, its relatives, the models trained on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import Use, uses
from registry.documents.dataset_gaps import dataset_gaps
from registry.documents.fields import Gap
from registry.documents.figures import share_of
from registry.documents.names import WITHHELD_AGENT
from registry.documents.overlaps import Overlaps
from registry.documents.partition import UNIDENTIFIED, portions
from registry.documents.site.overlap import Shares, shares_of
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
    """What the page of a dataset points at: the listed models, projected where they have a page, and more.

    datasets: the versions with a page, projected, newest first; hidden: the models without a page
    overlaps: what the versions with a page share, projected
    """

    places: Places
    models: tuple[ModelFacts, ...]
    hidden: tuple[ModelFacts, ...]
    datasets: tuple[VersionFacts, ...]
    overlaps: Overlaps


def build_dataset_page(component: ComponentFacts, around: Surroundings) -> DatasetPage:
    """The page of a projected version with its projected holdings."""
    version = component.version
    return DatasetPage(
        folder=around.places.datasets[version.id],
        updated=max((version.recorded_at, *(found.recorded_at for found in version.evidence))),
        version=version,
        component=component,
        holders=_holders(component),
        trained=tuple(_trained(version, around)),
        hidden_models=sum(_uses_it(model, version) for model in around.hidden),
        parents=_parents(version, around),
        children=_children(version, around),
        others=_others(version, around),
        newer=_newer(version, around),
        shares=shares_of(version, around.overlaps),
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


# --- models and relatives --------------------------------------------------------------------------------


def _uses_it(model: ModelFacts, version: VersionFacts) -> bool:
    return any(part.version.id == version.id for part in model.components)


def _trained(version: VersionFacts, around: Surroundings) -> Iterable[Trained]:
    for model in around.models:
        if _uses_it(model, version):
            use = next(use for use in uses(model) if use.version.id == version.id)
            share = share_of(use.words_seen, model.words_seen)
            yield Trained(model.reference, around.places.models[model.id], use, share)


def _parents(version: VersionFacts, around: Surroundings) -> tuple[Relative, ...]:
    here = _pages(around)
    return tuple(Relative(name, here.get(name)) for name in version.derived_from)


def _children(version: VersionFacts, around: Surroundings) -> tuple[Relative, ...]:
    made = [other for other in around.datasets if version.reference in other.derived_from]
    return tuple(Relative(other.reference, around.places.datasets[other.id]) for other in made)


def _others(version: VersionFacts, around: Surroundings) -> tuple[Relative, ...]:
    same = [other for other in around.datasets if other.name == version.name and other.id != version.id]
    return tuple(Relative(other.reference, around.places.datasets[other.id]) for other in same)


def _newer(version: VersionFacts, around: Surroundings) -> Relative | None:
    newest = next(other for other in around.datasets if other.name == version.name)
    if newest.id == version.id:
        return None
    return Relative(newest.reference, around.places.datasets[newest.id])


def _pages(around: Surroundings) -> Mapping[str, str]:
    return {other.reference: around.places.datasets[other.id] for other in around.datasets}


def _gaps(version: VersionFacts) -> Iterable[Gap]:
    for found in dataset_gaps(version):
        unknown = found.unknown[:1].upper() + found.unknown[1:]
        yield Gap(found.field, unknown, f"The {found.closed_by}: {found.how}.")
