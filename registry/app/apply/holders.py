"""Applying who holds rights in what of a dataset names nobody: in all of it, or in parts of it."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from registry.app.apply.agents import agent_of
from registry.app.apply.entries import reference, request_of
from registry.app.apply.task import Task
from registry.app.holder_parts import count_parts, known_sizes, never_read, require_countable
from registry.declarations import schema
from registry.domain.declared_part import DeclaredPart, declared_part
from registry.domain.stated import AUTHOR, PUBLISHER
from registry.errors import UsageError
from registry.measure.domains import registrable_domain
from registry.queries.catalogue import version_facts
from registry.store.holdings import (
    BY_DECLARATION,
    HOLDERS,
    DeclaredHolder,
    DeclaredHolders,
    SizesOfParts,
    say_holders,
    state_holders,
    stated_parts,
)
from registry.store.statements import Evidence


@dataclass(slots=True)
class HolderParts:
    """The parts of versions that holders are declared of, and what of them names nobody, as counted."""

    _stated: dict[str, frozenset[DeclaredPart]] = field(default_factory=dict)
    _sizes: dict[str, SizesOfParts] = field(default_factory=dict)

    def of(self, session: Session, version_id: str) -> frozenset[DeclaredPart]:
        """The parts that hold of a version once the file is applied."""
        stated = self._stated.get(version_id)
        return stated_parts(session, version_id) if stated is None else stated

    def sizes(self, version_id: str) -> SizesOfParts | None:
        """What was counted of the parts; None where that is still to be done."""
        return self._sizes.get(version_id)

    @staticmethod
    def check(entry: schema.Dataset) -> None:
        """Raise what `count` would, as far as the entry alone tells it."""
        if _parts(entry) and not entry.source:
            raise never_read(reference(entry))

    def count(self, task: Task, entry: schema.Dataset, version_id: str, *, reads: bool = True) -> list[str]:
        """Count the parts of an entry where nobody has; returns what a user should know.

        reads: whether the data may be read again; without it that is left to be done. Raises `UsageError` for
        parts that cannot be, are empty or overlap, `RefusedError` where the source is not there as it was.
        """
        if entry.rights_holders is None and HOLDERS not in entry.withdrawn:
            return []
        parts = _parts(entry)
        sizes = _sizes(task, entry, version_id, parts, reads=reads)
        self._stated[version_id] = parts
        if sizes is None:
            return []
        self._sizes[version_id] = sizes
        return [
            f"{reference(entry)}: every record where {part.text} names somebody itself: "
            "the holders that are declared of it hold nothing"
            for part in sorted(parts, key=lambda part: part.key)
            if not sizes[part]
        ]


def _parts(entry: schema.Dataset) -> frozenset[DeclaredPart]:
    return frozenset(part for one in entry.rights_holders or () if (part := part_of(one)))


def _sizes(
    task: Task, entry: schema.Dataset, version_id: str, parts: Collection[DeclaredPart], *, reads: bool
) -> SizesOfParts | None:
    """As they are known, else as they are counted now; None where they would have to be read."""
    with task.home.read() as session:
        known = known_sizes(session, version_id, parts)
        if known is not None:
            return known
        version = version_facts(session, version_id)
    request = request_of(entry, task.file, task.workers)
    if not reads:
        require_countable(version, request)
        return None
    return count_parts(
        task.home,
        version,
        request,
        sorted(parts, key=lambda part: part.key),
        workers=task.workers,
        started=task.started,
        digests=task.digests,
    )


def apply_holders(
    session: Session, version_id: str, entry: schema.Dataset, said_in: str, parts: HolderParts, moment: str
) -> list[str]:
    """Record who holds rights in what of a dataset names nobody; `rights_holders` where that is news.

    Raises `NotFoundError` where a holder or a party of an agreed split is no declared agent.
    """
    for party in entry.agreed_splits.shares if entry.agreed_splits else ():
        if party not in {AUTHOR, PUBLISHER}:
            agent_of(session, party)
    if entry.rights_holders is None and HOLDERS not in entry.withdrawn:
        return []
    declared = _declared(session, entry)
    place = f"{said_in}: datasets: {reference(entry)}: {HOLDERS}"
    evidence = Evidence(BY_DECLARATION, place, "provider")
    if not say_holders(session, version_id, declared, evidence, moment):
        return []
    sizes = parts.sizes(version_id)
    if sizes is not None:
        state_holders(session, version_id, declared, sizes, evidence, moment)
    return [HOLDERS]


def _declared(session: Session, entry: schema.Dataset) -> DeclaredHolders:
    groups: dict[DeclaredPart | None, tuple[DeclaredHolder, ...]] = {}
    for one in entry.rights_holders or ():
        holder = DeclaredHolder(agent_of(session, one.agent), one.share)
        groups[part_of(one)] = (*groups.get(part_of(one), ()), holder)
    whole = groups.pop(None, ())
    return DeclaredHolders(whole, {part: holders for part, holders in groups.items() if part})


def part_of(stated: schema.Holder) -> DeclaredPart | None:
    """The part that a holder is declared of; None: all. Raises `UsageError` for a domain that is none."""
    if stated.where is None and stated.domain is None:
        return None
    domain = None if stated.domain is None else registrable_domain(stated.domain)
    if stated.domain is not None and domain != stated.domain.lower():
        raise UsageError(
            f"'{stated.domain}' under {HOLDERS} is not a registrable domain",
            hint=f"write domain: {domain or 'example.org'}; records are counted by registrable domain",
        )
    where = {name: [it] if isinstance(it, str) else it for name, it in (stated.where or {}).items()}
    return declared_part(where, domain)
