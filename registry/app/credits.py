"""The records of a manifest's datasets, from the files that know them, as they may be credited."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from registry.documents.credited import CreditedWork, Said, asks_for_credit, credited
from registry.documents.manifest import Manifest
from registry.domain.facts import VersionFacts
from registry.store.named_agents import NamedAgents
from registry.store.references import Reference, every_reference, reference_file


def credited_versions(root: Path, manifest: Manifest) -> tuple[VersionFacts, ...]:
    """The versions of own training whose records are known one by one and are to be credited.

    What stands under a general name has another identifier, under which nothing is kept.
    """
    found = {part.version.id: part.version for part in manifest.model.components}
    return tuple(
        one for one in found.values() if asks_for_credit(one) and reference_file(root, one.id).exists()
    )


def credits_of(
    root: Path, manifest: Manifest, versions: tuple[VersionFacts, ...], agents: Mapping[str, NamedAgents]
) -> Iterator[CreditedWork]:
    """Credit every record of these versions, as they are read; `agents`: whom each dataset's names mean."""
    names = {holder.identity: holder.name for holder in manifest.named}
    for version in versions:
        whom = agents[version.name]
        records = (_said(whom, one) for one in every_reference(root, version.id))
        yield from credited(version, records, names)


def agents_of(session: Session, versions: tuple[VersionFacts, ...]) -> dict[str, NamedAgents]:
    """Whom the names in the records of some versions mean, by dataset."""
    return {name: NamedAgents(session, name) for name in {version.name for version in versions}}


def _said(whom: NamedAgents, one: Reference) -> Said:
    return Said(
        number=one.number,
        ids=one.ids,
        titles=one.titles,
        urls=one.urls,
        creators=tuple((name, whom.standing(name)) for name in one.creators),
        holders=tuple((name, whom.standing(name)) for name in one.rights_holders),
        licenses=one.licenses,
    )
