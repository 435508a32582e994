"""The files of an allocation statement: a page, its twin and schema, the lines as CSV, and a re-adder."""

from dataclasses import dataclass
from functools import cache

from registry.assets import folder
from registry.documents.allocation.as_json import terms_json
from registry.documents.allocation.basis import NOBODY
from registry.documents.allocation.schema import allocation_schema
from registry.documents.allocation.statement import LANGUAGE, REMAINDER, Line, Statement
from registry.documents.fields import Table
from registry.documents.figures import counted, day, exact, exactly, percent
from registry.documents.twin import Json
from registry.domain.identifiers import slug
from registry.render.allocation_csv import compared_csv, payees_csv
from registry.render.allocation_tables import (
    compared_table,
    excluded_table,
    inputs_table,
    parts_table,
    payees_table,
)
from registry.render.folder import Content
from registry.render.html import Crumb, Download, Fact, Figure, Page, page_bytes
from registry.render.html import Standing as Banner
from registry.render.json import json_bytes, json_pieces
from registry.render.long_tables import LongTables

PAGE = "allocation.html"
_VERIFY = "verify_allocation.py"


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationPage(Page):
    """What allocation.html may use."""

    meaning: str
    rule_text: str
    rule_lines: tuple[str, ...]
    payees: Table
    unidentified: Table | None
    compared: Table | None
    inputs: Table
    excluded: Table | None
    remainder: str
    check: str
    command: str
    dispute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayeePage(Page):
    """What allocation_payee.html may use."""

    meaning: str
    rule_text: str
    rule_lines: tuple[str, ...]
    parts: Table
    check: str
    dispute: str


def render_allocation(statement: Statement, said: Json, *, drilled: bool = False) -> dict[str, Content]:
    """The files by name, the long ones piece by piece; said: the statement's twin.

    drilled: whether records.csv stands beside them
    """
    long = LongTables()
    files: dict[str, Content] = {
        "allocation.json": json_pieces(said),
        "allocation.schema.json": json_bytes(allocation_schema()),
        "allocation.csv": payees_csv(statement, said["id"]),
        _VERIFY: _verifier(),
    }
    if statement.compared:
        files["compare.csv"] = compared_csv(statement)
    files[PAGE] = page_bytes(PAGE, _page(statement, said, long, drilled=drilled))
    return files | long.files


def render_payee(statement: Statement, line: Line, said: Json) -> dict[str, bytes]:
    """The statement of one payee, a page and its twin, to be handed out alone."""
    name = payee_file(line)
    return {
        f"{name}.json": json_bytes(said),
        f"{name}.html": page_bytes("allocation_payee.html", _payee_page(statement, line, said)),
    }


def payee_file(line: Line) -> str:
    """The name of a payee's own files, without an ending."""
    return f"payees/{slug(line.payee.name)[:60]}-{line.payee.key[:8]}"


@cache
def _verifier() -> bytes:
    return (folder("templates") / _VERIFY).read_bytes()


def _page(statement: Statement, said: Json, long: LongTables, *, drilled: bool) -> AllocationPage:
    nobody = _nobody(statement)
    compared = compared_table(statement) if statement.compared else None
    excluded = excluded_table(statement) if statement.excluded else None
    return AllocationPage(
        title=f"Who would receive what of {statement.pool.currency.shown(statement.pool.net)} for "
        f"{statement.model.name} {statement.model.label}",
        kind="Allocation statement",
        subject=statement.model.reference,
        updated=statement.updated,
        standing=_banner(statement),
        software=statement.software,
        for_auditor=False,
        figures=_figures(statement),
        downloads=(*_downloads(statement, drilled=drilled), *long.downloads),
        contact=statement.contact,
        facts=_facts(statement, said),
        contents=_contents(statement),
        withdrawn=statement.model.withdrawn,
        meaning=LANGUAGE,
        rule_text=statement.rule.text,
        rule_lines=_rule_lines(statement),
        payees=payees_table(statement),
        unidentified=long.shown("unidentified", parts_table(statement, nobody)) if nobody else None,
        compared=compared,
        inputs=long.shown("inputs", inputs_table(statement)),
        excluded=excluded and long.shown("excluded", excluded),
        remainder=REMAINDER,
        check=_check(statement),
        command=statement.asked.command,
        dispute=_dispute(statement),
    )


def _payee_page(statement: Statement, line: Line, said: Json) -> PayeePage:
    currency = statement.pool.currency
    status = "payable" if not line.reason else f"withheld: {line.reason}"
    others = len(statement.lines) - 1
    figures = (
        Figure("Would receive", currency.shown(line.amount), status),
        Figure("Share of the net pool", percent(line.share), f"exactly {line.share}"),
        Figure(
            "All others",
            currency.shown(statement.amount_sum - line.amount),
            f"{exactly(others, 'payee')}, who are not named here",
        ),
    )
    return PayeePage(
        title=f"What {line.payee.name} would receive for {statement.model.name} {statement.model.label}",
        kind="Allocation statement for one payee",
        subject=statement.model.reference,
        updated=statement.updated,
        standing=_banner(statement),
        software=statement.software,
        for_auditor=False,
        figures=figures,
        downloads=(),
        contact=statement.contact,
        facts=_facts(statement, said),
        meaning=LANGUAGE,
        rule_text=statement.rule.text,
        rule_lines=_rule_lines(statement),
        parts=parts_table(statement, line),
        check=_check(statement),
        dispute=_dispute(statement),
    )


def _nobody(statement: Statement) -> Line | None:
    """The line of what nobody is named for."""
    return next((line for line in statement.lines if line.payee == NOBODY), None)


def _banner(statement: Statement) -> Banner:
    issue = statement.issue
    if issue is None:
        said = f"Not for publication. State of {statement.updated}. A draft: nothing of it is recorded."
        return Banner("PRIVATE", said, "draft")
    when, who = day(issue.issued_at), issue.issued_by
    said = f"Not for publication. Statement {issue.number}, issued on {when} by {who}."
    before = f" It supersedes {issue.supersedes}." if issue.supersedes else ""
    return Banner("PRIVATE", said + before, "draft")


def _figures(statement: Statement) -> tuple[Figure, ...]:
    pool, currency = statement.pool, statement.pool.currency
    deducted = "; ".join(
        f"{text.replace('=', ' ')}: {currency.shown(amount)}" for text, amount in pool.deductions
    )
    payable = [line for line in statement.lines if line.payable]
    withheld = statement.withheld
    return (
        Figure("Pool", currency.shown(pool.gross), f"gross, deducted {deducted}" if deducted else "gross"),
        Figure("Shared", currency.shown(pool.net), "net, to the last minor unit"),
        Figure("Payees", exact(len(payable)), f"with an amount, of {exactly(len(statement.lines), 'line')}"),
        Figure("Payable", currency.shown(statement.payable), "to payees who are known"),
        Figure(
            "Withheld",
            currency.shown(statement.amount_sum - statement.payable),
            "; ".join(f"{currency.shown(amount)} {reason}" for reason, amount in withheld.items())
            or "nothing is withheld",
        ),
    )


def _facts(statement: Statement, said: Json) -> tuple[Fact, ...]:
    return (
        Fact("Model", statement.model.reference, statement.model.url),
        Fact("Provider", statement.model.provider),
        Fact("Rule", statement.rule.title),
        Fact("Period", statement.asked.period or "none named"),
        Fact("Statement", said["id"]),
        Fact("Attribution manifest", statement.manifest),
        Fact("State of", statement.updated),
    )


def _rule_lines(statement: Statement) -> tuple[str, ...]:
    rule = statement.rule
    reads = terms_json(statement.terms, rule.parameters)
    lines = [f"Unit: {rule.unit}. Measured as {rule.measured}."]
    if "factors" in reads:
        stated = ", ".join(f"{tag} {factor}" for tag, factor in reads["factors"].items())
        lines.append(
            f"Language factors: {f'{stated}; 1 for all others' if stated else '1 for every language'}. "
            "A word of a script without spaces is one character: without factors they count as they are."
        )
    if "work" in reads:
        lines.append(f"A work is a {reads['work']}.")
    inherited = "counted too, each dataset version once" if statement.asked.inherited else "not counted"
    lines.append(f"What base models were trained on: {inherited}.")
    return (*lines, *statement.notes)


def _check(statement: Statement) -> str:
    currency, total, net = statement.pool.currency, statement.amount_sum, statement.pool.net
    lines, holds = counted(len(statement.lines), "line"), "the same" if total == net else "NOT the same"
    return (
        f"Check: the amounts of {lines} add up to {currency.shown(total)}, the net pool is "
        f"{currency.shown(net)}: {holds}. The exact shares add up to {statement.share_sum}."
    )


def _dispute(statement: Statement) -> str:
    days = statement.contact.answer_within_days
    if days is None:
        return "Until when a line can be disputed is not stated: the provider, `provider.rights_contact`."
    return f"Who disputes a line is answered within {counted(days, 'day')}, at the address below."


def _contents(statement: Statement) -> tuple[Crumb, ...]:
    return (
        Crumb("Payees", "#payees"),
        *([Crumb("Nobody named", "#unidentified")] if _nobody(statement) else []),
        *([Crumb("Under other rules", "#compared")] if statement.compared else []),
        Crumb("The rule", "#rule"),
        Crumb("What counts", "#inputs"),
        *([Crumb("What does not", "#excluded")] if statement.excluded else []),
        Crumb("Check it yourself", "#again"),
        Crumb("For machines", "#downloads"),
    )


def _downloads(statement: Statement, *, drilled: bool) -> tuple[Download, ...]:
    return (
        Download("allocation.csv", "one line per payee, each with a digest"),
        Download("allocation.json", "everything on this page and every line, with its datasets"),
        Download("allocation.schema.json", "the JSON Schema of that file"),
        Download(_VERIFY, "adds the CSV up again, without this software"),
        *([Download("compare.csv", "every payee under every rule")] if statement.compared else []),
        *([Download("records.csv", "the records behind the lines")] if drilled else []),
    )
