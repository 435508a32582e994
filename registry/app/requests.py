"""Requests for removal, opt-out or attribution: recorded with what they reach, and resolved."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from registry import __version__
from registry.app.checked import past_day, require_words
from registry.app.home import Home, now
from registry.app.lookup import Searcher
from registry.app.overlaps import all_overlaps
from registry.app.search import bring_names_up_to_date
from registry.documents.found import Found, Match
from registry.documents.request import Money, Part, Reach, Request, due_day, reach_json, receipt
from registry.documents.twin import Json
from registry.domain.identifiers import parse_reference
from registry.errors import NotFoundError, SourceError, UsageError
from registry.measure.domains import registrable_domain
from registry.queries.allocations import allocations_of_model
from registry.queries.catalogue import find_version, version_facts
from registry.queries.reach import reach_of, version_names
from registry.queries.requests import (
    agents_meant,
    answer_within_days,
    counts,
    find_request,
    list_requests,
    parts,
    parts_of_agents,
    parts_of_domain,
)
from registry.queries.uses import Wanted
from registry.store.requests import request_id, resolve, save_request

SUBJECTS = ("agent", "domain", "url", "dataset", "record", "text")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what it reaches now, and what it reached when it was recorded."""

    request: Request
    reach: Reach
    then: Json
    is_new: bool = False

    @property
    def receipt(self) -> Json:
        """For whoever asked."""
        return receipt(self.request, self.reach, __version__)


def add(
    home: Home,
    kind: str,
    by: str,
    about: str,
    received: str | None,
    evidence: str | None,
) -> Asked:
    """Record a request and compute what it reaches; the same one of the same day again is none."""
    subject, value = _subject(about)
    asked_by = " ".join(by.split())
    require_words(asked_by, "--by")
    moment = now()
    day = past_day(received or moment[:10], "say on which day the request came")
    found = _looked_up(home, value) if subject == "text" else None
    all_overlaps(home)  # what is possible rests on them
    if subject == "agent":
        bring_names_up_to_date(home)
    about = f"text:sha256:{found.text_sha256}" if found else about
    with home.write() as session:
        reach = _reach(session, subject, value, found)
        request = Request(
            id=request_id(kind, asked_by, about, day),
            kind=kind,
            asked_by=asked_by,
            about=about,
            received=day,
            due=due_day(day, answer_within_days(session)),
            recorded_at=moment,
            evidence=evidence,
        )
        then = reach_json(reach)
        is_new = save_request(session, request, json.dumps(then, ensure_ascii=False))
    return Asked(request, reach, then, is_new)


def show(home: Home, key: str) -> Asked:
    """A request, with what it reaches today; of a text, which is not kept, the versions found then."""
    with home.read() as session:
        request, text = find_request(session, key)
        then: Json = json.loads(text)
        subject, value = _subject(request.about)
        if subject == "text":
            parts_then = [Part(**part) for part in then["parts"]]
            reach = reach_of(session, parts_then, [part.dataset for part in parts_then], Wanted())
        else:
            reach = _reach(session, subject, value, None)
    return Asked(request, reach, then)


def listed(home: Home, *, only_open: bool) -> list[Request]:
    """Requests, the oldest first."""
    with home.read() as session:
        found = list_requests(session)
    return [one for one in found if not only_open or one.outcome is None]


def counted(home: Home) -> list[tuple[str, str, int]]:
    """How many of each kind had which outcome: what may be told of them publicly."""
    with home.read() as session:
        return counts(session)


def settle(home: Home, key: str, outcome: str, because: str, by: str) -> Asked:
    """Record what became of a request. Raises `UsageError` where nobody or no reason is named."""
    require_words(because, "--because")
    require_words(by, "--by")
    with home.write() as session:
        request, _ = find_request(session, key)
        resolve(session, request.id, outcome, because, by, now())
    return show(home, request.id)


def _reach(session: Session, subject: str, value: str, found: Found | None) -> Reach:
    """What a subject leads to."""
    named = agents_meant(session, value) if subject == "agent" else []
    agents = [row.id for row in named]
    reached = _parts(session, subject, value, agents, found)
    terms = [row.name for row in named] if subject == "agent" else [value] if subject == "domain" else []
    wanted = _wanted(subject, value, agents)
    reach = reach_of(session, reached, terms or [part.dataset for part in reached], wanted)
    return replace(reach, money=tuple(_money(session, reach, agents)))


def _wanted(subject: str, value: str, agents: Sequence[str]) -> Wanted:
    """What a part that a run used must hold of a version to be concerned."""
    domain = registrable_domain(value) if subject in {"domain", "url"} else None
    return Wanted(frozenset(agents), domain, is_all=subject == "dataset")


def _money(session: Session, reach: Reach, agents: Sequence[str]) -> Iterator[Money]:
    """What the agents would receive under the statements that hold over the models that are reached.

    Of a request that names nobody, each statement with its pool: who would receive what of it may change.
    """
    for model in dict.fromkeys(one.model_version_id for one in reach.models):
        for issued in allocations_of_model(session, model, agents):
            if not issued.holds:
                continue
            if not agents:
                yield Money(issued.id, "all payees", issued.net, issued.currency)
            for key, amount in issued.amounts.items():
                yield Money(issued.id, key, amount, issued.currency)


def _parts(
    session: Session, subject: str, value: str, agents: Sequence[str], found: Found | None
) -> list[Part]:
    if subject == "agent":
        return parts_of_agents(session, agents)
    if subject in {"domain", "url"}:
        domain = registrable_domain(value)
        if domain is None:
            raise UsageError(f"'{value}' has no domain name", hint="write it as example.org")
        how = "records of this domain" if subject == "domain" else f"at most: all records of {domain}"
        return parts_of_domain(session, domain, how)
    if found is not None:
        return _of_text(session, found)
    reference, _, number = value.partition("#")
    version = find_version(session, reference)
    facts = version_facts(session, version)
    visibility = version_names(session)[version][1]
    if subject == "dataset":
        size = facts.size
        return [Part(version, facts.reference, visibility, size.records, size.words, "all of it")]
    if not number.isdecimal() or int(number) >= facts.size.records:
        hint = f"its records are 0 to {facts.size.records - 1:,}: record:{facts.reference}#0"
        raise NotFoundError(f"{facts.reference} has no record '{number}'", hint=hint)
    return [Part(version, facts.reference, visibility, 1, None, f"record {number}")]


def _of_text(session: Session, found: Found) -> list[Part]:
    """Where a text was found, by version."""
    matches: dict[tuple[str, str], list[Match]] = {}
    for match in found.matches:
        matches.setdefault((match.dataset, match.version), []).append(match)
    sizes = {
        find_version(session, f"{dataset}@{label}"): (
            len({match.record for match in found_there}),
            sum(match.words for match in found_there),
        )
        for (dataset, label), found_there in matches.items()
    }
    return parts(session, sizes, "records that hold a run of the text; words of it found there")


def _looked_up(home: Home, path: str) -> Found:
    file = Path(path)
    if not file.is_file():
        raise SourceError("is no file", file=path, hint="name the text that the request is about")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            "is no text in UTF-8", file=path, hint="convert it first, e.g. with iconv"
        ) from error
    return Searcher(home).look_up(text)


def _subject(about: str) -> tuple[str, str]:
    subject, _, value = about.partition(":")
    if subject not in SUBJECTS or not value.strip():
        raise UsageError(
            f"'{about}' does not say what the request is about",
            hint='for example "agent:Ada Lovelace", domain:example.org, record:gsm8k@1#7 or text:novel.txt',
        )
    if subject in {"dataset", "record"}:
        parse_reference(value.partition("#")[0])
    return subject, value.strip()
