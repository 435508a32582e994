"""From sums by what records say to licenses, holdings and contributions."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from registry.domain.agent import ContributorType
from registry.domain.declared_part import DeclaredPart
from registry.domain.facts import Size
from registry.domain.license import parse_license
from registry.measure.measurement import AnnotationKey, RightsKey
from registry.measure.tally import NOTHING
from registry.measure.values import Values
from registry.store.rights import PRESUMED
from registry.store.versions import Contribution, Holding

Rights = Mapping[RightsKey, Size]
Annotations = Mapping[AnnotationKey, Size]
AgentIds = Mapping[str, str]


def licenses_of(rights: Rights) -> dict[tuple[str, str], Size]:
    """How much carries which license of its own; nothing where no record says any."""
    if not any(key.licenses for key in rights):
        return {}
    sums: dict[tuple[str, str], Size] = {}
    for key, found in rights.items():
        raw = " AND ".join(key.licenses)
        cell = (own_license(key.licenses) or parse_license(None).expression, raw)
        sums[cell] = sums.get(cell, NOTHING) + found
    return dict(sorted(sums.items()))


def holdings_of(rights: Rights, agents: AgentIds) -> tuple[Holding, ...]:
    """Who holds rights in which part: as stated, else the creator, else unidentified. A partition."""
    sums: dict[tuple[str, tuple[str, ...], str | None], Size] = {}
    for key, found in rights.items():
        named = key.rights_holders or key.creators
        basis = "stated" if key.rights_holders else PRESUMED if named else "unidentified"
        cell = (basis, _agents(named, agents), own_license(key.licenses))
        sums[cell] = sums[cell] + found if cell in sums else found
    return tuple(Holding(holders, own, basis, found) for (basis, holders, own), found in sums.items())


def by_part(rights: Rights) -> dict[DeclaredPart | None, Rights]:
    """The sums of each declared part; None: of those that are of no part, or name somebody."""
    found: dict[DeclaredPart | None, dict[RightsKey, Size]] = {}
    for key, sums in rights.items():
        found.setdefault(key.part, {})[key] = sums
    return dict(sorted(found.items(), key=lambda item: item[0].key if item[0] else ""))


def unnamed_sizes(rights: Rights) -> dict[str | None, Size]:
    """How much names nobody, by own license."""
    return {one.license: one.size for one in holdings_of(unnamed(rights), {})}


def unnamed(rights: Rights) -> Rights:
    """The sums of the records that name nobody."""
    return {key: sums for key, sums in rights.items() if not (key.rights_holders or key.creators)}


def contributions_of(rights: Rights, agents: AgentIds) -> tuple[Contribution, ...]:
    """What each creator contributed of that in which others are stated to hold the rights.

    The rest follows from the holdings. These overlay: a record of two creators counts for both.
    """
    given = ((key.creators, key.licenses, found) for key, found in rights.items() if key.rights_holders)
    return _contributions(ContributorType.CREATOR, given, agents)


def annotations_of(annotations: Annotations, agents: AgentIds) -> tuple[Contribution, ...]:
    """What each annotator contributed. These overlay: a record of two annotators counts for both."""
    given = ((key.annotators, key.licenses, found) for key, found in annotations.items())
    return _contributions(ContributorType.ANNOTATOR, given, agents)


def _contributions(
    type_: ContributorType, given: Iterable[tuple[Values, Values, Size]], agents: AgentIds
) -> tuple[Contribution, ...]:
    """Sizes of records by the names and licenses that they give, added up by agent and own license."""
    sums: dict[tuple[str, str], Size] = {}
    for names, licenses, found in given:
        own = own_license(licenses) or ""
        for agent in _agents(names, agents):
            cell = (agent, own)
            sums[cell] = sums[cell] + found if cell in sums else found
    return tuple(
        Contribution(agent, type_, own or None, found) for (agent, own), found in sorted(sums.items())
    )


def _agents(names: Values, agents: AgentIds) -> tuple[str, ...]:
    """The agents of some names, each once, sorted."""
    if len(names) == 1:
        return (agents[names[0]],)
    return tuple(sorted({agents[name] for name in names}))


def joint_license(expressions: Iterable[str]) -> str:
    """All of some expressions at once; NOASSERTION where there is none, or one is not known."""
    return parse_license(" AND ".join(f"({expression})" for expression in sorted(expressions))).expression


@lru_cache(maxsize=1 << 12)
def own_license(spelled: Values) -> str | None:
    """The license that records name themselves, however often in however many spellings; None for none."""
    return joint_license({parse_license(raw).expression for raw in spelled}) if spelled else None
