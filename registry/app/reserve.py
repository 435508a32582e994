"""Recording what sites and rights holders say of training, and finding what was taken against it."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from registry.app.home import Home, now
from registry.documents.reservations import Taken, looked_at, taken
from registry.domain.facts import VersionFacts
from registry.domain.reservation import EVERYWHERE, Protocol, Says, Signal
from registry.errors import SourceError, UsageError
from registry.measure.domains import registrable_domain
from registry.queries.catalogue import every_version, find_version, version_facts
from registry.queries.reservations import ReservationSummary, list_reservations
from registry.sources.reservations.read import Fetched, signals_in
from registry.store.reservations import Observation, record
from registry.store.statements import Evidence

BETWEEN_PARTIES = (Protocol.CONTRACT.value, Protocol.LETTER.value)
_HOST_FILES = ("robots.txt", "ai.txt", "tdmrep.json", "license.xml", "rsl.xml", "headers.txt", "index.html")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file of a host said, and whether that is news."""

    file: str
    host: str
    signals: tuple[Signal, ...]
    is_news: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What to record, as the user asks for it.

    host:    whose files these are; None for folders with a folder for each host
    form:    the form of the files; None to tell it from each
    dataset: the version that it is declared of; None where it is of the site, whoever took from it
    """

    day: str
    host: str | None = None
    form: str | None = None
    path: str = EVERYWHERE
    agents: tuple[str, ...] = ()
    dataset: str | None = None


def add_files(home: Home, paths: Sequence[Path], told: Told) -> list[Seen]:
    """Record what files say that the user fetched; all of them, or none where one cannot be read."""
    _check_day(told.day)
    found = []
    for host, path in _files(paths, told.host):
        data = path.read_bytes()
        file = Fetched(str(path), data, told.path, told.agents)
        found.append((host, path, signals_in(file, told.form), hashlib.sha256(data).hexdigest()))
    moment = now()
    seen = []
    with home.write() as session:
        version = find_version(session, told.dataset) if told.dataset else None
        for host, path, signals, digest in found:
            domain, narrowed = _of_domain(host, signals)
            evidence = Evidence("observed", path.name, "publisher", f"SHA-256 {digest}")
            news = record(session, Observation(domain, host, told.day, version), narrowed, evidence, moment)
            seen.append(Seen(str(path), host, narrowed, news))
    return seen


def add_declared(home: Home, protocol: str, says: str, where: str, told: Told) -> Seen:
    """Record what a contract or a letter says, which stands at `where`."""
    _check_day(told.day)
    if protocol not in BETWEEN_PARTIES:
        raise UsageError(
            f"what {protocol} says is read from a file",
            hint="name the file that was fetched, or use --protocol letter or contract",
        )
    if told.host is None and told.dataset is None:
        raise UsageError(
            f"a {protocol} is about a domain, a dataset or both", hint="add --domain, or --dataset NAME"
        )
    signals: tuple[Signal, ...] = (Signal(Protocol(protocol), f"{protocol}: {where}", Says(says)),)
    domain = None
    if told.host is not None:
        domain, signals = _of_domain(told.host, signals)
    with home.write() as session:
        version = find_version(session, told.dataset) if told.dataset else None
        seen = Observation(domain, told.host or "", told.day, version)
        evidence = Evidence("declared", where, "provider")
        news = record(session, seen, signals, evidence, now())
    return Seen(where, told.host or "", signals, news)


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
    if host.lower().rstrip(".").removeprefix("www.") == domain:
        return domain, signals
    return domain, tuple(
        Signal(
            one.protocol, one.place, one.says, one.agent, one.path, is_whole=False,
            malformed=one.malformed, policy=one.policy,
        )
        for one in signals
    )  # fmt: skip


def _domain(host: str) -> str:
    found = registrable_domain(host)
    if found is None:
        raise UsageError(f"'{host}' is no domain name", hint="write it as example.org")
    return found


def _check_day(day: str) -> None:
    try:
        said = date.fromisoformat(day)
    except ValueError as error:
        raise UsageError(f"'{day}' is no day", hint="write it as YYYY-MM-DD") from error
    if said > datetime.now(UTC).date():
        raise UsageError(f"{day} has not come yet", hint="say on which day the files were fetched")
