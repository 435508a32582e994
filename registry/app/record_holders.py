"""Who holds rights in each single record of a version: read from the fingerprints and what records say."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pyarrow.parquet as pq

from registry.app.home import Home
from registry.documents.composition import Use
from registry.documents.partition import UNIDENTIFIED
from registry.domain.dataset import FingerprintMode
from registry.domain.facts import HoldingFacts, Party
from registry.errors import StoreError
from registry.fingerprint.leaves import I64, U8
from registry.fingerprint.parameters import RECIPE
from registry.queries.parts import declared_parties
from registry.store.fingerprints.folder import FingerprintFolder, open_fingerprint
from registry.store.holdings import stated_parts
from registry.store.named_agents import NamedAgents
from registry.store.references import own_numbers, reference_file

Group = tuple[tuple[str, Fraction], ...]
_NAMES = ("rights_holders", "creators")  # the first that a record names


class NotByRecordError(Exception):
    """Of a version it is not known which record is whose; the message says why."""


class Groups:
    """Groups of holders with a code each, the same for the same group in every version."""

    def __init__(self) -> None:
        self._codes: dict[Group, int] = {}

    def code(self, group: Group) -> int:
        """The number of a group, given at its first use."""
        return self._codes.setdefault(group, len(self._codes))

    @property
    def all(self) -> list[Group]:
        """Every group, at the place of its code."""
        return list(self._codes)


@dataclass(frozen=True, slots=True)
class RecordHolders:
    """The records of a version, all int64[records] but `digests`: uint8[records, 16] of their words.

    groups: codes of `Groups`; numbers: those that the records have in the version
    """

    digests: U8
    words: I64
    groups: I64
    numbers: I64


def record_holders(home: Home, use: Use, groups: Groups) -> RecordHolders:
    """Whose each record is: who is named in it, else who is stated for the records that name nobody.

    Raises `NotByRecordError` where that cannot be told.
    """
    folder = _folder(home, use)
    number = folder.manifest.records
    own = own_numbers(
        home.fingerprint_root,
        use.version.id,
        np.arange(number, dtype=np.int64),
        folder.digests("record_digest"),
    )
    return RecordHolders(folder.digests("words_digest"), folder.words, _groups(home, use, groups, own), own)


def domains_of(home: Home, use: Use) -> list[str]:
    """The domain that each record of a version names, by its number in the version; empty without any."""
    file = reference_file(home.fingerprint_root, use.version.id)
    column = pq.read_table(file, columns=["domains"])["domains"].to_pylist() if file.exists() else []
    return [", ".join(names or ()) for names in column]


def _folder(home: Home, use: Use) -> FingerprintFolder:
    version = use.version
    if not version.is_measured:
        raise NotByRecordError("its size is declared, the registry has not read it")
    if version.fingerprint_mode is not FingerprintMode.FULL:
        kept = "a sketch" if version.fingerprint_mode is FingerprintMode.SKETCH else "only counts"
        raise NotByRecordError(f"{kept} of it is kept, no fingerprints of single records")
    if use.once.part is not None and not use.once.takes_all:
        raise NotByRecordError("a part of it was used, and which records these are is not kept")
    try:
        folder = open_fingerprint(home.fingerprint_root, version.fingerprint_id)
        recipe = dict(folder.manifest.recipe)
    except StoreError as error:
        raise NotByRecordError(error.message) from error
    if recipe != RECIPE.as_dict():
        raise NotByRecordError(f"its fingerprints are of recipe '{version.recipe}'")
    return folder


def _groups(home: Home, use: Use, groups: Groups, own: I64) -> I64:
    """The code of each record's group, in the order of the fingerprints."""
    named = _named(home, use)
    if named is None:
        return _of_nobody(home, use, _stated(use.once.holdings), groups, len(own))[own]
    with home.read() as session:
        whom = NamedAgents(session, use.version.name)
    keys = {names: tuple(sorted(set(map(whom.standing, names)))) for names in set(named)}
    _require_known(use, {key for found in keys.values() for key in found})
    by_record = set(keys.values())
    rest = [
        one for one in use.once.holdings if tuple(sorted(p.agent.id for p in one.parties)) not in by_record
    ]
    nobody = _of_nobody(home, use, _stated(rest), groups, len(named))
    codes = {
        names: groups.code(tuple((key, Fraction(1, len(found))) for key in found))
        for names, found in sorted(keys.items())
        if found
    }
    in_order = np.fromiter((codes.get(names, -1) for names in named), np.int64, len(named))
    return np.where(in_order < 0, nobody, in_order)[own]


def _require_known(use: Use, agents: Set[str]) -> None:
    if not agents <= {party.agent.id for holding in use.once.holdings for party in holding.parties}:
        raise NotByRecordError("its records name others than its holdings")


def _of_nobody(home: Home, use: Use, stated: Group, groups: Groups, records: int) -> I64:
    """The group that each record is of if it names nobody, in the version's own order; `stated`: of all."""
    with home.read() as session:
        parts = stated_parts(session, use.version.id)
        declared = declared_parties(session, use.version.id) if parts else {}
    if not parts:
        return np.full(records, groups.code(stated), np.int64)
    domains = _first_domains(home, use)
    if len(domains) != records or any(part.where for part in parts):
        raise NotByRecordError("holders of parts of it are declared, and which records these are is not kept")
    _require_known(use, {party.agent.id for parties in declared.values() for party in parties})
    of_rest = groups.code(_group(declared.get(None, ())))
    codes = {
        part.domain: groups.code(_group(declared[part]))
        for part in sorted(parts.intersection(declared), key=lambda part: part.key)
    }
    return np.fromiter((codes.get(domain, of_rest) for domain in domains), np.int64, records)


def _group(parties: Sequence[Party]) -> Group:
    shares = {party.agent.id: party.share for party in parties}
    rest = 1 - sum(shares.values(), Fraction(0))
    return tuple(sorted((shares | ({UNIDENTIFIED: rest} if rest else {})).items()))


def _first_domains(home: Home, use: Use) -> list[str | None]:
    """The domain that each record is counted under, in the version's own order; empty without any."""
    file = reference_file(home.fingerprint_root, use.version.id)
    column = pq.read_table(file, columns=["domains"])["domains"].to_pylist() if file.exists() else []
    return [names[0] if names else None for names in column]


def _named(home: Home, use: Use) -> list[tuple[str, ...]] | None:
    """The names in each record, in the version's own order; None where no record names anyone."""
    file = reference_file(home.fingerprint_root, use.version.id)
    if not file.exists():
        return None
    columns: Sequence[list[list[str] | None]] = [
        column.to_pylist() for column in pq.read_table(file, columns=list(_NAMES)).select(_NAMES).columns
    ]
    found = [tuple(first or second or ()) for first, second in zip(*columns, strict=True)]
    return found if any(found) else None


def _stated(holdings: Sequence[HoldingFacts]) -> Group:
    """Who has which share of records that name nobody: what is stated of them, by words; else nobody."""
    sums: dict[str, Fraction] = {}
    whole = Fraction(0)
    for holding in holdings:
        size = holding.size.words or holding.size.records
        whole += size
        for party in holding.parties:
            sums[party.agent.id] = sums.get(party.agent.id, Fraction(0)) + size * party.share
    shares = {key: share / whole for key, share in sums.items() if share} if whole else {}
    rest = 1 - sum(shares.values(), Fraction(0))
    if rest:
        shares[UNIDENTIFIED] = rest
    return tuple(sorted(shares.items()))


def scale_of(use: Use) -> Fraction:
    """The share of a version's words that was used."""
    whole = use.version.size.words
    return Fraction(min(use.words, whole), whole) if whole else Fraction(1)
