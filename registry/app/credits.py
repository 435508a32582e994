"""The records of a manifest's datasets, from the files that know them, as they may be credited."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from registry.documents.credited import (
    Called,
    CreditedWork,
    Credits,
    Declared,
    Said,
    Taken,
    credited,
    is_unsure,
    may_ask_for_credit,
)
from registry.documents.manifest import Manifest
from registry.documents.works import Holder, Works
from registry.domain.dataset import SelectionKind
from registry.domain.facts import ModelFacts, VersionFacts
from registry.fingerprint.leaves import U64
from registry.queries.parts import declared_parties
from registry.queries.training import selections_of
from registry.store.holdings import stated_parts
from registry.store.named_agents import NamedAgents
from registry.store.part_records import kept_records
from registry.store.references import Reference, every_reference, reference_file

_REMEMBERED = 1 << 16  # names, of a version at once


def credits_of(root: Path, session: Session, manifest: Manifest) -> Credits:
    """The records of own training and of base models that are to be credited, read as they are asked for.

    root: of the fingerprints. Only versions that stand under their own name are found: what stands under a
    general one has another identifier, under which nothing is kept.
    """
    own = _listed(root, session, [_Trained(manifest.model, manifest.own)])
    models = dict(_base_models(manifest.model))
    bases = [
        _Trained(models[found.reference], found.works, found.chains)
        for found in manifest.inherited
        if found.works is not None and found.reference in models
    ]
    inherited = _listed(root, session, bases)
    return Credits(
        _works(root, own) if own else None,
        _works(root, inherited) if inherited else None,
        _unsure(own),
        _unsure(inherited),
    )


@dataclass(frozen=True, slots=True)
class _Trained:
    """A projected model with whose works it was trained on, and the ways to it where it is a base model."""

    model: ModelFacts
    works: Works
    chains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Listed:
    """A version whose records are credited, and what the models took of it.

    parts: the records of the parts that are known; whom: who is meant by the names in its records
    declared: who holds rights in its records that name nobody
    """

    version: VersionFacts
    whom: NamedAgents
    declared: Declared
    parts: list[U64] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    works: list[Works] = field(default_factory=list)


def _base_models(model: ModelFacts) -> Iterator[tuple[str, ModelFacts]]:
    for base in model.base_models:
        if base.model is not None:
            yield base.model.reference, base.model
            yield from _base_models(base.model)


def _listed(root: Path, session: Session, trained: Sequence[_Trained]) -> list[_Listed]:
    """The versions whose records are known one by one and may ask for a credit, each once."""
    found: dict[str, _Listed] = {}
    for one in trained:
        selections = selections_of(session, one.model.id)
        for version in {part.version.id: part.version for part in one.model.components}.values():
            if not (may_ask_for_credit(version) and reference_file(root, version.id).exists()):
                continue
            if version.id not in found:
                whom = NamedAgents(session, version.name)
                found[version.id] = _Listed(version, whom, _declared(session, version.id))
            listed = found[version.id]
            listed.taken.append(_taken(root, one, listed, selections.get(version.id, ())))
            listed.works.append(one.works)
    return list(found.values())


def _declared(session: Session, version_id: str) -> Declared:
    parties = declared_parties(session, version_id).get(None, ())
    return Declared(
        agents=tuple(party.agent.id for party in parties),
        is_shared_out=sum(party.share for party in parties) == 1,
        of_parts=bool(stated_parts(session, version_id)),
    )


def _taken(root: Path, one: _Trained, listed: _Listed, selections: Sequence[str]) -> Taken:
    """What a model took of a version; the parts that are known are added to those of the version."""
    version, model = listed.version, one.model.reference
    used = (part for part in one.model.components if part.version.id == version.id)
    if any(part.takes_all or part.selection.kind is SelectionKind.ALL for part in used):
        return Taken(model, is_whole=True, chains=one.chains)
    kept = [kept_records(root, version.id, selection) for selection in selections]
    known = [records for records in kept if records is not None]
    first = len(listed.parts)
    listed.parts.extend(known)
    places = frozenset(range(first, len(listed.parts)))
    return Taken(model, is_whole=False, parts=places, is_known=len(known) == len(kept), chains=one.chains)


def _unsure(listed: Sequence[_Listed]) -> tuple[str, ...]:
    return tuple(one.version.reference for one in listed if is_unsure(one.taken))


def _works(root: Path, listed: Sequence[_Listed]) -> Iterator[CreditedWork]:
    works = {id(each): each for one in listed for each in one.works}
    called = _called(holder for each in works.values() for holder in each.named)
    for one in listed:
        records = every_reference(root, one.version.id, one.parts)
        standing = lru_cache(_REMEMBERED)(one.whom.standing)
        said = (_said(standing, record) for record in records)
        yield from credited(one.version, said, called, one.taken, one.declared)


def _called(holders: Iterable[Holder]) -> Called:
    names: dict[str, str] = {}
    handles: set[str] = set()
    for holder in holders:
        names[holder.identity] = holder.name
        if holder.by_handle:
            handles.add(holder.identity)
    return Called(names, handles)


def _said(standing: Callable[[str], str], one: Reference) -> Said:
    return Said(
        number=one.number,
        ids=one.ids,
        titles=one.titles,
        urls=one.urls,
        creators=tuple((name, standing(name)) for name in one.creators),
        holders=tuple((name, standing(name)) for name in one.rights_holders),
        licenses=one.licenses,
        parts=one.parts,
    )
