"""Recording what sites and rights holders say of training, and finding what was taken against it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from registry.app.checked import past_day
from registry.app.home import Home, now
from registry.documents.reservations import Taken, looked_at, taken
from registry.domain.facts import VersionFacts
from registry.domain.reservation import EVERYWHERE, Protocol, Says, Signal
from registry.errors import SourceError, UsageError
from registry.measure.domains import host_of, path_of, registrable_domain
from registry.queries.catalogue import every_version, find_version, version_facts
from registry.queries.reservations import ReservationSummary, list_reservations
from registry.sources.reservations.read import PAGES, Fetched, form_of, signals_in
from registry.store.reservations import Observation, record
from registry.store.statements import Evidence

BETWEEN_PARTIES = (Protocol.CONTRACT.value, Protocol.LETTER.value)
_WHEN = "say on which day the files were fetched, or the contract or letter is dated"
_HOST_FILES = ("robots.txt", "ai.txt", "tdmrep.json", "license.xml", "rsl.xml", "headers.txt", "index.html")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file of a host said, or someone of a domain; domain None: of all of a dataset.

    form: of the file, one of `READERS`; None where there is none
    """

    file: str
    host: str
    domain: str | None
    signals: tuple[Signal, ...]
    sha256: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What to record, as the user asks for it.

    host:    whose files these are, or an address there; None for folders with a folder for each host
    form:    the form of the files; None to tell it from each
    path:    the part of the site; with files the page that headers or HTML belong to
    dataset: the version that it is declared of; None where it is of the site, whoever took from it
    """

    day: str
    host: str | None = None
    form: str | None = None
    path: str = EVERYWHERE
    agents: tuple[str, ...] = ()
    dataset: str | None = None


def add_files(home: Home, paths: Sequence[Path], told: Told) -> list[tuple[Seen, bool]]:
    """Record what files say that the user fetched, and which of it is news; all of them, or none."""
    past_day(told.day, _WHEN)
    found = read_files(paths, told)
    if told.agents and all(seen.form != "robots" for seen in found):
        raise _no_robots()
    moment = now()
    with home.write() as session:
        version = find_version(session, told.dataset) if told.dataset else None
        return [(seen, record_seen(session, seen, told, version, _of_file(seen), moment)) for seen in found]


def add_declared(home: Home, protocol: str, says: str, where: str, told: Told) -> tuple[Seen, bool]:
    """Record what a contract or a letter says, which stands at `where`; whether it is news."""
    past_day(told.day, _WHEN)
    if protocol not in BETWEEN_PARTIES:
        raise UsageError(
            f"what {protocol} says is read from a file",
            hint="name the file that was fetched, or use --protocol letter or contract",
        )
    if told.host is None and told.dataset is None:
        raise UsageError(
            f"a {protocol} is about a domain, a dataset or both", hint="add --domain, or --dataset NAME"
        )
    if told.agents:
        raise _no_robots()
    seen = said_outright(protocol, says, where, told)
    with home.write() as session:
        version = find_version(session, told.dataset) if told.dataset else None
        evidence = Evidence("declared", where, "provider")
        return seen, record_seen(session, seen, told, version, evidence, now())


def read_files(paths: Sequence[Path], told: Told) -> list[Seen]:
    """What files say, before anything is recorded."""
    told = _at_host(told)
    return [_read(_host(host), path, told) for host, path in _files(paths, told.host)]


def _read(host: str, path: Path, told: Told) -> Seen:
    data = path.read_bytes()
    file = Fetched(str(path), data, told.path, told.agents)
    form = told.form or form_of(file)
    if told.path != EVERYWHERE and form not in PAGES:
        raise UsageError(
            f"{path}: what {form} says is of all of {host}, not of {told.path}",
            hint="leave the path out; it is the page that headers or HTML belong to",
        )
    domain, signals = _of_domain(host, signals_in(file, form))
    return Seen(str(path), host, domain, signals, hashlib.sha256(data).hexdigest(), form)


def said_outright(protocol: str, says: str, where: str, told: Told) -> Seen:
    """What someone says of a domain, or where none is told of all of a dataset."""
    told = _at_host(told)
    signal = Signal(
        Protocol(protocol),
        f"{protocol}: {where}",
        Says(says),
        path=told.path,
        is_whole=told.path == EVERYWHERE,
    )
    if told.host is None:
        return Seen(where, "", None, (signal,))
    domain, signals = _of_domain(told.host, (signal,))
    return Seen(where, told.host, domain, signals)


def record_seen(
    session: Session, seen: Seen, told: Told, version_id: str | None, evidence: Evidence, moment: str
) -> bool:
    """Record what was seen; whether that is news."""
    observation = Observation(seen.domain, seen.host, told.day, version_id)
    return record(session, observation, seen.signals, evidence, moment)


def _of_file(seen: Seen) -> Evidence:
    return Evidence("observed", Path(seen.file).name, "publisher", f"SHA-256 {seen.sha256}")


def reservations(home: Home, domain: str | None, dataset: str | None) -> list[ReservationSummary]:
    """What is recorded, by domain and day; of one domain, or of those that a dataset comes from."""
    with home.read() as session:
        version = find_version(session, dataset) if dataset else None
        wanted = None if domain is None else _domain(domain)
        return list_reservations(session, wanted, version)


@dataclass(frozen=True, slots=True)
class Checked:
    """A version with what was taken against reservations, and how much of it was looked at."""

    version: VersionFacts
    taken: tuple[Taken, ...]

    @property
    def findings(self) -> tuple[Taken, ...]:
        """What was taken while a reservation on all of it was in force."""
        return tuple(one for one in self.taken if one.is_against)

    @property
    def unseen(self) -> int:
        """Of how many of its domains nobody has recorded what they say."""
        seen = looked_at([self.version])
        return seen.domains - seen.observed


def check(home: Home, dataset: str | None) -> list[Checked]:
    """Every version that comes from domains or has a reservation declared of it, or the one that is named."""
    with home.read() as session:
        if dataset is not None:
            versions = [version_facts(session, find_version(session, dataset))]
        else:
            versions = [one for one in every_version(session) if one.domains or one.reservations]
    return [Checked(version, taken(version)) for version in versions]


def _files(paths: Sequence[Path], host: str | None) -> Iterator[tuple[str, Path]]:
    """Each file with its host; of folders those that have the names of protocols."""
    for path in paths:
        if path.is_file():
            if host is None:
                raise UsageError(f"{path}: whose file is this?", hint="add --domain, for example example.org")
            yield host, path
        elif path.is_dir():
            yield from _of_folder(path, host)
        else:
            raise SourceError("is not there", file=str(path), hint="check the path")


def _of_folder(folder: Path, host: str | None) -> Iterator[tuple[str, Path]]:
    hosts = (
        [(host, folder)] if host else [(one.name, one) for one in sorted(folder.iterdir()) if one.is_dir()]
    )
    count = 0
    for name, place in hosts:
        for file in sorted(place.rglob("*")):
            if file.is_file() and file.name.lower() in _HOST_FILES:
                count += 1
                yield name, file
    if not count:
        raise SourceError(
            "holds no file of a protocol",
            file=str(folder),
            hint=f"it should hold HOST/robots.txt and the like; read are {', '.join(_HOST_FILES)}",
        )


def _of_domain(host: str, signals: tuple[Signal, ...]) -> tuple[str, tuple[Signal, ...]]:
    """The registrable domain of a host; what a host below it says is of a part of the domain."""
    domain = _domain(host)
    if host.removeprefix("www.") == domain:
        return domain, signals
    return domain, tuple(replace(one, is_whole=False) for one in signals)


def _at_host(told: Told) -> Told:
    """With the host and the path apart, where an address was given for the host."""
    if told.host is None:
        return told
    host, path = _host(told.host), path_of(told.host)
    if EVERYWHERE not in {path, told.path} and path != told.path:
        raise UsageError(
            f"'{told.host}' is of {path}, not of {told.path}", hint=f"name the host alone: {host}"
        )
    return replace(told, host=host, path=told.path if path == EVERYWHERE else path)


def _host(address: str) -> str:
    """The host of an address, under a registrable domain."""
    host = host_of(address.strip())
    if host is None or registrable_domain(host) is None:
        raise _no_domain(address)
    return host


def _domain(host: str) -> str:
    found = registrable_domain(host)
    if found is None:
        raise _no_domain(host)
    return found


def _no_robots() -> UsageError:
    return UsageError("--agent counts in robots.txt alone", hint="leave it out")


def _no_domain(text: str) -> UsageError:
    return UsageError(f"'{text}' is no domain name", hint="write it as example.org")
