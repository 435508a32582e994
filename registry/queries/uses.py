"""Which runs of models used what of dataset versions: all, a part that was counted, or nobody knows which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.declared_part import DeclaredPart, part_of_key
from registry.store.encoded import decoded
from registry.store.holdings import is_declared, stated_parts
from registry.store.merges import in_parts
from registry.store.parts import CountedPart
from registry.store.rights import shares
from registry.store.tables.contributors import StatedContributorRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import ContributionRow
from registry.store.tables.training import MixtureComponentRow, ModelRow, ModelVersionRow, TrainingRunRow

_NOBODY = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a version is asked about: all of it, what agents have in it, or what comes from a domain.

    agents: with all that are merged with them; where nothing is given it is some records, nobody knows whose
    """

    agents: frozenset[str] = _NOBODY
    domain: str | None = None
    is_all: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """A run that used what is asked about, or whose part of the version may hold it (not `certain`)."""

    model_version_id: str
    model: str
    run: str
    certain: bool


class Uses:
    """The runs over dataset versions, in the order of each model's training."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._runs: dict[str, list[_Run]] = {}
        self._counted: dict[tuple[str, int], _Counted] = {}
        component, run = MixtureComponentRow, TrainingRunRow
        rows = session.execute(
            select(
                component.version_id, component.run_id, component.position,
                component.selection.is_(None), component.counted.is_not(None),
                run.model_version_id, ModelRow.name, ModelVersionRow.label, run.name, run.stage,
            )
            .join(run, run.id == component.run_id)
            .join(ModelVersionRow, ModelVersionRow.id == run.model_version_id)
            .join(ModelRow, ModelRow.id == ModelVersionRow.model_id)
            .where(run.superseded_at.is_(None))
            .order_by(run.sequence, component.position)
        )  # fmt: skip
        for version, key, position, is_whole, counted, model, name, label, title, stage in rows:
            found = _Run((key, position), is_whole, counted, model, f"{name}@{label}", title or stage)
            self._runs.setdefault(version, []).append(found)

    def of(self, version: str, wanted: Wanted) -> Iterator[Use]:
        """The runs that used what is wanted of a version, and those that may have."""
        for run in self._runs.get(version, ()):
            holds = True if run.is_whole or wanted.is_all else self._holds(run, version, wanted)
            if holds is not False:
                yield Use(run.model_version_id, run.model, run.name, holds is True)

    def models(self, version: str, wanted: Wanted) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The models that used what is wanted, and those that may have and are not among them; sorted."""
        used = list(self.of(version, wanted))
        certain = {one.model for one in used if one.certain}
        return tuple(sorted(certain)), tuple(sorted({one.model for one in used} - certain))

    def _holds(self, run: "_Run", version: str, wanted: Wanted) -> bool | None:
        """Whether a part holds what is wanted; None where that is not known."""
        if not run.was_counted or wanted == Wanted():
            return None
        part = self._part(run.component, version)
        if wanted.domain is not None:
            return wanted.domain in part.domains
        if not part.holders.isdisjoint(wanted.agents):
            return True
        if part.may_hold.isdisjoint(wanted.agents) and not self._is_credited(version, wanted.agents):
            return False
        return None

    def _part(self, component: tuple[str, int], version: str) -> "_Counted":
        if component not in self._counted:
            text = self._session.get_one(MixtureComponentRow, component).counted
            self._counted[component] = _counted(self._session, version, decoded(text, CountedPart))
        return self._counted[component]

    def _is_credited(self, version: str, agents: frozenset[str]) -> bool:
        """Whether agents contributed what no part is counted by: as editors, or by a declaration."""
        rows = (
            select(row.version_id).where(
                row.version_id == version, row.agent_id.in_(some), row.superseded_at.is_(None)
            )
            for row in (ContributionRow, StatedContributorRow)
            for some in in_parts(sorted(agents))
        )
        return any(self._session.execute(one.limit(1)).first() for one in rows)


@dataclass(frozen=True, slots=True)
class _Run:
    component: tuple[str, int]
    is_whole: bool
    was_counted: bool
    model_version_id: str
    model: str
    name: str


@dataclass(frozen=True, slots=True)
class _Counted:
    """A part's domains and holders; who `may_hold` records in it was declared after it was counted."""

    domains: frozenset[str]
    holders: frozenset[str]
    may_hold: frozenset[str]


def _counted(session: Session, version: str, part: CountedPart) -> _Counted:
    declared = _declared(session, version)
    named = {agent for holding in part.holdings for agent in holding.agents}
    nameless = {holding.part for holding in part.holdings if not holding.agents and holding.size.records}
    rest = declared.get(None, _NOBODY)
    is_older = not stated_parts(session, version).issubset(part.declared or ())
    known = {agent for one in nameless for agent in declared.get(one) or (_NOBODY if is_older else rest)}
    unsure = frozenset[str]().union(*declared.values()) if is_older and nameless else _NOBODY
    domains = frozenset(one.domain for one in part.domains)
    return _Counted(domains, frozenset(named | known), unsure)


def _declared(session: Session, version: str) -> Mapping[DeclaredPart | None, frozenset[str]]:
    """Who is declared to hold rights in what of a version names nobody: by part; None: the rest."""
    held = shares(versions=[version]).c
    rows = session.execute(
        select(held.part, held.agent_id)
        .join(EvidenceRow, EvidenceRow.id == held.evidence_id)
        .where(is_declared())
    )
    found: dict[DeclaredPart | None, set[str]] = {}
    for key, agent in rows:
        found.setdefault(part_of_key(key), set()).add(agent)
    return {part: frozenset(agents) for part, agents in found.items()}
