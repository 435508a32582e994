"""Loading the summaries of the Data Provenance Collection: declared datasets, their licenses and lineage."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.apply.declared_sizes import new_declared
from registry.app.dpi_entries import COLLECTION, audit, dataset_names, elsewhere, properties, tag
from registry.app.home import Home, now
from registry.domain.agent import AgentKind, ContributorType
from registry.domain.facts import Size
from registry.domain.identifiers import check_name
from registry.domain.license import NOASSERTION
from registry.domain.lineage import NOT_FROM_ITSELF
from registry.domain.stated import DeclaredSize
from registry.sources.dpi import Entry, entries, summary_files
from registry.store.named_agents import save_named
from registry.store.statements import Evidence, Said, state_all
from registry.store.tables.datasets import ContradictionRow, DatasetVersionRow, VersionPropertyRow
from registry.store.tables.rights import DerivationRow, LicenseStatementRow
from registry.store.versions import Contribution, save_version

LABEL: Final = "1"
_NOBODY = Size(0, 0, 0)
Told = Callable[[int, int], None]


@dataclass(slots=True)
class Imported:
    """What an import did, and what it found in the collection.

    created, changed, kept: datasets; doubled: identifiers that stand twice, with the places
    resolved, dangling: derivations from what is in the collection, and from what is not
    loops: datasets that are said to be made from themselves; ambiguous: names that several datasets bear
    """

    files: int = 0
    entries: int = 0
    created: int = 0
    changed: int = 0
    kept: int = 0
    doubled: list[str] = field(default_factory=list)
    resolved: int = 0
    dangling: int = 0
    ambiguous: int = 0
    loops: list[str] = field(default_factory=list)
    no_addresses: int = 0


def import_dpi(home: Home, folder: Path, prefix: str, started: Callable[[int], Told]) -> Imported:
    """Load every entry of a copy of the collection; the same again changes nothing.

    Each file is one transaction, the derivations between them one more at the end.
    """
    files = summary_files(folder)
    read = {file: list(entries(file)) for file in files}  # every mistake is found before anything is written
    home.create()
    found = Imported(len(files), sum(map(len, read.values())))
    chosen = _each_once(read.values(), found)
    names = dataset_names([entry.id for entry in chosen], prefix)
    for name in names.values():
        check_name(name)
    told, changed = started(sum(file.stat().st_size for file in files)), set[str]()
    created: set[str] = set()
    by_file: dict[str, list[Entry]] = {}
    for entry in chosen:
        by_file.setdefault(entry.file, []).append(entry)
    ids: dict[str, str] = {}
    for file in files:
        with home.write() as session:
            here = by_file.get(file.name, [])
            ids |= _save(session, here, names, created, changed)
        told(file.stat().st_size, len(read[file]))
    with home.write() as session:
        changed |= _save_lineage(session, chosen, ids, found)
    found.created = len(created)
    found.changed = len(changed - created)
    found.kept = len(chosen) - found.created - found.changed
    return found


def _each_once(read: Iterable[Sequence[Entry]], found: Imported) -> list[Entry]:
    """Every identifier once, where it first stands."""
    first: dict[str, Entry] = {}
    for entry in (one for some in read for one in some):
        kept = first.setdefault(entry.id, entry)
        if kept is not entry:
            found.doubled.append(f"{entry.id} (in {kept.file} and {entry.file})")
        found.no_addresses += sum(
            1 for one in entry.licenses if one.url and not one.url.lower().startswith("http")
        )
    return list(first.values())


# --- datasets ---------------------------------------------------------------------------------------------


def _save(
    session: Session, found: Sequence[Entry], names: Mapping[str, str], created: set[str], changed: set[str]
) -> dict[str, str]:
    """The entries of a file as declared versions; returns their identifiers by those of the entries."""
    moment = now()
    ids = {entry.id: _version(session, entry, names[entry.id], moment, created) for entry in found}
    facts = [
        Said({"version_id": ids[entry.id], "property": name}, {"value": value}, evidence)
        for entry in found
        for name, value, evidence in properties(entry)
    ]
    news = state_all(session, VersionPropertyRow, facts, moment)
    licenses, doubts = _licenses(found, ids)
    news += state_all(session, LicenseStatementRow, licenses, moment)
    news += state_all(session, ContradictionRow, doubts, moment)
    by_version = {version: key for key, version in ids.items()}
    changed.update(by_version[one.about["version_id"]] for one in news)
    return ids


def _version(session: Session, entry: Entry, name: str, moment: str, created: set[str]) -> str:
    """The version of an entry, recorded with its creators where it is new."""
    new = new_declared(LABEL, DeclaredSize())
    version_id = new.version_id(name)
    if session.get(DatasetVersionRow, version_id) is not None:
        return version_id
    created.add(entry.id)
    agents = save_named(session, name, entry.creators, moment, kind=AgentKind.ORGANIZATION)
    creators = [
        Contribution(agent, ContributorType.CREATOR, None, _NOBODY) for agent in sorted(set(agents.values()))
    ]
    evidence = Evidence("declared", entry.place("Creators"), COLLECTION)
    whole = replace(new, contributions=creators, creator_evidence=evidence)
    return save_version(session, name, whole, moment)


def _licenses(found: Sequence[Entry], ids: Mapping[str, str]) -> tuple[list[Said], list[Said]]:
    """The host's tag as declared, the audit as concluded; what an audit could not name is kept as spelled."""
    licenses, doubts = [], []
    for entry in found:
        version = {"version_id": ids[entry.id]}
        tagged, audited = tag(entry), audit(entry)
        unnamed = audited[0] == NOASSERTION
        declared = tagged or (audited if unnamed and audited[1] else None)
        for kind, said in (("declared", declared), ("concluded", None if unnamed else audited)):
            if said:
                says = {"expression": said[0], "raw": said[1]}
                licenses.append(Said(version | {"kind": kind}, says, said[2]))
        if tagged and unnamed and audited[1]:
            says = {"stated": tagged[1], "found": audited[1]}
            doubts.append(Said(version | {"property": "license"}, says, audited[2]))
    return licenses, doubts


# --- lineage ----------------------------------------------------------------------------------------------


def _save_lineage(
    session: Session, found: Sequence[Entry], ids: Mapping[str, str], imported: Imported
) -> set[str]:
    """The derivations as stated; returns the identifiers of entries of which they are news."""
    moment, known = now(), _Known(found)
    stated: list[Said] = []
    loops: list[Said] = []
    for entry in found:
        evidence = Evidence("declared", entry.place("Derived from Datasets"), COLLECTION)
        for text in entry.derived_from:
            parents = known.parents(text)
            if entry.id in parents:
                imported.loops.append(entry.id)
                about = {"version_id": ids[entry.id], "property": "derived_from"}
                loops.append(Said(about, {"stated": NOT_FROM_ITSELF, "found": text}, evidence))
                continue
            imported.ambiguous += len(parents) > 1
            parent = ids[parents[0]] if len(parents) == 1 else None
            imported.resolved += parent is not None
            imported.dangling += parent is None
            of = {"of_version_id": parent, "of_url": None if parent else elsewhere(text)}
            stated.append(Said({"version_id": ids[entry.id]} | of, {}, evidence))
    news = state_all(session, DerivationRow, stated, moment)
    news += state_all(session, ContradictionRow, loops, moment)
    ended = _end_others(session, set(ids.values()), stated, moment)
    by_version = {version: key for key, version in ids.items()}
    return {by_version[one.about["version_id"]] for one in news} | {by_version[one] for one in ended}


def _end_others(session: Session, versions: set[str], stated: Sequence[Said], moment: str) -> set[str]:
    """End the derivations that the collection stated before and states no longer; returns their versions."""
    holds = {tuple(one.about.values()) for one in stated}
    rows = session.scalars(
        select(DerivationRow).where(
            DerivationRow.superseded_at.is_(None), DerivationRow.asserted_by == COLLECTION
        )
    )
    ended = [
        row
        for row in rows
        if row.version_id in versions and (row.version_id, row.of_version_id, row.of_url) not in holds
    ]
    for row in ended:
        row.superseded_at = moment
    return {row.version_id for row in ended}


class _Known:
    """The entries by all they are called: identifier, else name, else address."""

    def __init__(self, found: Sequence[Entry]) -> None:
        self._by_id = _index((entry.id, entry.id) for entry in found)
        self._by_name = _index((entry.name, entry.id) for entry in found)
        self._by_address = _index((_address(url), entry.id) for entry in found for url in entry.urls)

    def parents(self, text: str) -> list[str]:
        """The entries that a reference may mean: none, one, or several that nothing tells apart."""
        key = text.casefold()
        for index, wanted in (
            (self._by_id, key),
            (self._by_name, key),
            (self._by_address, _address(text).casefold()),
        ):
            if found := index.get(wanted):
                return sorted(found)
        return []


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for text, key in pairs:
        index.setdefault(text.casefold(), set()).add(key)
    return index


def _address(text: str) -> str:
    """An address without scheme, `www.` and a last slash."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", text.strip(), flags=re.IGNORECASE).rstrip("/")
