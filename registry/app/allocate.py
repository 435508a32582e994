"""Allocating a pool of money over whom a model was trained on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from registry import __version__
from registry.app.allocation_records import records_of
from registry.app.distinct_texts import distinct_texts
from registry.app.home import Home, now
from registry.app.written import Written
from registry.documents.allocation.as_json import lazily_json, payee_json
from registry.documents.allocation.basis import NOBODY, Basis, Payee, basis_of, counted_uses
from registry.documents.allocation.command import command_of
from registry.documents.allocation.compare import compared
from registry.documents.allocation.rules import RULES, Terms
from registry.documents.allocation.statement import Asked, Issue, Line, Pool, Statement, build_statement
from registry.documents.attribution import build_attribution
from registry.documents.attribution_json import lazily_json as lazily_manifest
from registry.documents.edition import content_digest
from registry.documents.figures import exactly
from registry.documents.inheritance import last_statement
from registry.documents.projection import Audience, project
from registry.domain.agent import normalise_name
from registry.domain.facts import ComponentFacts, ModelFacts
from registry.domain.stated import AUTHOR, PUBLISHER
from registry.errors import NotFoundError, RefusedError
from registry.queries.allocations import declared_payees
from registry.queries.training import find_model, model_facts
from registry.render.allocation import payee_file, render_allocation, render_payee
from registry.render.allocation_csv import records_csv
from registry.render.folder import check_folder, write_folder
from registry.render.json import json_bytes
from registry.store.agents import declared_agent
from registry.store.allocations import Issued, newest, save_issued
from registry.store.tables.allocations import AllocationRow

DEDUPLICATED = "deduplicated-words"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    payees: names or keys of those who get a statement of their own; drill_down: with their records
    issued_by: whoever issues it, which records it; None of a draft
    """

    model: str
    pool: Pool
    rule: str
    terms: Terms
    period: str | None = None
    inherited: bool = False
    compare: bool = False
    drill_down: bool = False
    payees: tuple[str, ...] = ()
    issued_by: str | None = None


def allocate(home: Home, request: Request, out: Path, say: Say = lambda _: None) -> Written:
    """Write the statement's folder; where it is issued, record it, all or nothing.

    Raises `RefusedError` where there is nothing to share the pool by, `NotFoundError` for a payee that has
    no line.
    """
    check_folder(out)
    statement = _statement(home, request, _found(home, request), say)
    lines = [_line_of(statement, name) for name in request.payees]
    if request.issued_by is None:
        unknown = _write(home, request, statement, lines, out)
        return Written(statement.model.reference, _remark(statement, unknown))
    with home.write() as session:
        issued = _issued(session, statement, request.issued_by)
        unknown = _write(home, request, issued, lines, out)
    return Written(issued.model.reference, _remark(issued, unknown))


@dataclass(frozen=True, slots=True)
class _Found:
    """A model as auditors see it, what the shares are computed from, and the digest of its manifest."""

    model: ModelFacts
    basis: Basis
    stated_at: str
    manifest: str


def _found(home: Home, request: Request) -> _Found:
    """What is known of the model; of a million holders the facts are not kept beside what is shown."""
    with home.read() as session:
        facts = model_facts(session, find_model(session, request.model), with_holdings=True, with_bases=True)
        agents = _agents(session, facts)
    shown = project(facts, Audience.AUDITOR)
    manifest = build_attribution(facts, audience=Audience.AUDITOR, shown=shown)
    basis = replace(basis_of(shown, manifest.own, inherited=request.inherited), agents=agents)
    return _Found(shown, basis, last_statement(facts), content_digest(lazily_manifest(manifest)))


def _statement(home: Home, request: Request, found: _Found, say: Say) -> Statement:
    rule, terms, shown, basis = RULES[request.rule], request.terms, found.model, found.basis
    if not basis.claims:
        raise RefusedError(
            f"it is not recorded what {shown.reference} was trained on",
            hint="record it with `registry train` or under `models` of registry.yaml",
        )
    if request.compare or rule.id == DEDUPLICATED:
        say("Reading the fingerprints for texts that stand in several datasets ...")
        uses = [use for _, use in counted_uses(shown, inherited=request.inherited)]
        basis = replace(basis, texts=distinct_texts(home, uses))
    statement = build_statement(
        shown,
        basis,
        request.pool,
        rule,
        terms,
        stated_at=found.stated_at,
        manifest=found.manifest,
        asked=Asked(request.period, request.inherited, _command(request, shown.reference)),
        software=__version__,
    )
    return (
        replace(statement, compared=compared(basis, request.pool.net, terms))
        if request.compare
        else statement
    )


def _command(request: Request, model: str) -> str:
    return command_of(
        model,
        request.pool,
        RULES[request.rule],
        request.terms,
        period=request.period,
        inherited=request.inherited,
        compare=request.compare,
    )


def _agents(session: Session, facts: ModelFacts) -> dict[str, Payee]:
    """The declared agents that agreed splits name, by their id in the declaration file."""
    splits = [part.version.description.agreed_splits for part in _components(facts)]
    parties = {party for one in splits if one for party, _ in one.shares} - {AUTHOR, PUBLISHER}
    keys = {party: declared_agent(party) for party in parties}
    names = declared_payees(session, list(keys.values()))
    return {party: Payee(key, names[key]) if key in names else NOBODY for party, key in keys.items()}


def _components(facts: ModelFacts) -> Iterator[ComponentFacts]:
    yield from facts.components
    for base in facts.base_models:
        if base.model:
            yield from _components(base.model)


def _line_of(statement: Statement, name: str) -> Line:
    """The line of a payee by key or name, however it is spelled."""
    wanted = normalise_name(name)
    found = [one for one in statement.lines if one.payee.key == name]
    found = found or [one for one in statement.lines if normalise_name(one.payee.name) == wanted]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(one.payee.key for one in found[:5])
        raise NotFoundError(f"{len(found)} payees are called '{name}'", hint=f"name one by its key: {keys}")
    raise NotFoundError(
        f"no payee of {statement.model.reference} is called '{name}'",
        hint="the column payee of allocation.csv has all names; leave out --payee to write it",
    )


def _issued(session: Session, statement: Statement, issued_by: str) -> Statement:
    """Record the statement under the next number of its model and period, unless it is the newest already."""
    said = lazily_json(statement)
    period = statement.asked.period or ""
    before = newest(session, statement.model.id, period)
    if before is not None and before.statement_id == said["id"]:
        earlier = session.get(AllocationRow, before.predecessor_id) if before.predecessor_id else None
        supersedes = earlier.statement_id if earlier else None
        return replace(statement, issue=Issue(before.number, before.issued_by, before.issued_at, supersedes))
    number, supersedes = (before.number + 1, before.statement_id) if before else (1, None)
    issue = Issue(number, issued_by, now(), supersedes)
    issued, pool = replace(statement, issue=issue), statement.pool
    kept = Issued(
        issued.model.id,
        period,
        said["id"],
        statement.rule.id,
        pool.currency.code,
        pool.currency.digits,
        pool.gross,
        pool.net,
        len(statement.lines),
        json_bytes(lazily_json(issued)),
    )
    save_issued(session, kept, number, issue.issued_by, issue.issued_at)
    return issued


def _write(
    home: Home, request: Request, statement: Statement, lines: Sequence[Line], out: Path
) -> dict[str, str]:
    """Write the folder; returns the versions whose records are not listed, and why."""
    unknown: dict[str, str] = {}
    said = lazily_json(statement)
    drilled = request.drill_down and not lines
    files = render_allocation(statement, said, drilled=drilled)
    if drilled:
        files["records.csv"] = _records(home, request, statement, unknown, None)
    for line in lines:
        files |= render_payee(statement, line, payee_json(statement, said, line))
        if request.drill_down:
            files[f"{payee_file(line)}.csv"] = _records(home, request, statement, unknown, {line.payee.key})
    write_folder(files, out)
    return unknown


def _records(
    home: Home, request: Request, statement: Statement, unknown: dict[str, str], wanted: set[str] | None
) -> Iterator[bytes]:
    found = records_of(home, statement, unknown, inherited=request.inherited, wanted=wanted)
    return records_csv(found)


def _remark(statement: Statement, unknown: Mapping[str, str]) -> str:
    """The check, what is withheld, and whose records could not be listed, in a sentence."""
    pool, currency = statement.pool, statement.pool.currency
    text = (
        f"{exactly(len(statement.lines), 'line')} add up to {currency.shown(statement.amount_sum)}, the net "
        f"pool; {currency.shown(statement.payable)} payable"
    )
    withheld = [f"{currency.shown(amount)} {reason}" for reason, amount in statement.withheld.items()]
    text += f", withheld: {'; '.join(withheld)}" if withheld else ""
    text += "".join(f"; no records of {one} are listed: {why}" for one, why in sorted(unknown.items()))
    return text if statement.amount_sum == pool.net else f"DOES NOT ADD UP: {text}"
