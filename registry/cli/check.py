"""`registry check`."""

from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.options import audience_option
from registry.cli.output import format_option, print_json, print_rows, print_table
from registry.cli.progress import searching

if TYPE_CHECKING:
    from registry.documents.grade.check import Check
    from registry.documents.grade.points import Points

_METRIC = ("id", "section", "field", "dimension", "weight", "wording", "by", "verdict", "reason", "remedy")
_MOST_REASONS = 3
_LABOUR = ("dataset", "task", "countries", "people", "pay", "protections")
_TESTS = {
    "benchmark": "test",
    "dataset": "looked for in",
    "records": "records",
    "found": "found",
    "share": "share",
    "same_words": "same words",
    "near_duplicates": "near-duplicates",
    "contained": "contained",
    "likely": "likely",
    "in_part": "in part",
}


@click.command()
@click.argument("model", metavar="MODEL[@VERSION]")
@click.option("--strict", is_flag=True, help="Exit with 1 where a finding is an error, or anything is due.")
@click.option("--questions", is_flag=True, help="Print the questions that people have to answer.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="As if this were the day.  [default: today, UTC]",
)
@audience_option()
@format_option
@pass_settings
def check(
    settings: Settings,
    model: str,
    strict: bool,
    questions: bool,
    on: datetime | None,
    audience: str,
    form: str,
) -> None:
    """Grade the disclosure of MODEL before it is published.

    Grades it by the 242 weighted metrics of the AI Accountability Lab for summaries under the EU AI Act,
    Article 53(1)(d). What a program can decide it decides, strictly; of what was lost it says how to win it
    back. The rest are questions for a person, so that each grade is a range: every question lost, every
    question won.

    Looks for the tests that the model is measured by (`benchmarks` of the model in registry.yaml) in what it
    was trained on: how many of their records stand there, as a whole or in passages. What was found before is
    kept as long as the data is the same. Of a test from 1 % on, that is a warning.

    Also finds what is open, what is due (never published, changed since, older than six months), and words
    that hide something or praise. A required field without an answer and what is overdue are errors.

    --format json has all of it; csv has the metrics, one a row.

    \b
    registry check mathlet
    registry check mathlet@1.0 --format json | jq '.contamination[].all'
    """  # noqa: D301 - click knows a block by this sign
    from registry.app.check import check as run
    from registry.documents.grade.check_json import check_json

    with searching(settings) as told:
        found = run(settings.home(), model, audience=audience, on=on.date() if on else None, told=told)
    if form == "json":
        print_json(check_json(found))
    elif form == "csv":
        metrics = check_json(found)["grade"]["metrics"]
        print_rows(_METRIC, [tuple(metric[key] for key in _METRIC) for metric in metrics], form)
    else:
        _print(found, questions=questions)
    click.get_current_context().exit(1 if strict and found.errors else 0)


def _print(found: "Check", *, questions: bool) -> None:
    model, audience = found.disclosure.model.reference, found.disclosure.audience.value
    click.echo(f"{model} for the {audience}, on {found.on:%d/%m/%Y}\n")
    _print_scales(found)
    _print_sections(found)
    _print_losses(found)
    _print_questions(found, in_full=questions)
    _print_tests(found)
    _print_labour(found)
    _print_findings(found)


def _print_scales(found: "Check") -> None:
    from registry.documents.grade.points import letter

    for name, points in found.scales.items():
        low, high = letter(points.lowest), letter(points.highest)
        grade = low if low == high else f"{low} to {high}"
        shares = f"{_percent(points.lowest)} to {_percent(points.highest)} of the points that apply"
        click.echo(f"{name:13} {grade:9} {shares}; of those decided {_percent(points.decided)}")


def _print_sections(found: "Check") -> None:
    from registry.documents.grade.check_json import decided_json
    from registry.documents.grade.points import points
    from registry.documents.grade.rubric import SOURCE

    columns = ("section", "won", "lost", "open", "not applicable", "lowest", "highest")
    rows = [_row(name, part) for name, part in (*found.groups.items(), *found.dimensions.items())]
    sections = len(found.groups)
    click.echo()
    print_table(columns, [*rows[:sections], _row("all", points(found.graded))])
    click.echo()
    print_table(("dimension", *columns[1:]), rows[sections:])
    decided = decided_json(found)
    constructed, other = decided["by_construction"]["metrics"], decided["not_applicable"]
    click.echo(
        f"\nA program decided {decided['metrics']} of {decided['of_metrics']} metrics, "
        f"{decided['points']:,} of {decided['of_points']:,} points;\n"
        f"of these metrics {constructed} are won by how the documents are made, and {other} do not apply.\n"
        f"Rubric: {SOURCE}"
    )


def _row(name: str, part: "Points") -> tuple[object, ...]:
    shares = (_percent(part.lowest), _percent(part.highest))
    return (name, part.won, part.lost, part.open, part.not_applicable, *shares)


def _print_losses(found: "Check") -> None:
    from registry.documents.grade.losses import losses_of

    losses = losses_of(found)
    click.echo(f"\nLost: {sum(loss.points for loss in losses):,} points, by what would win them back")
    for loss in losses:
        place = f"{loss.fields[0]} {loss.title}" if loss.title else ", ".join(loss.fields)
        click.echo(f"{loss.points:5,}  {place} ({_count(len(loss.lost), 'metric')})")
        told = loss.reasons if len(loss.reasons) <= _MOST_REASONS else ()
        _print_indented(" ".join((*told, loss.remedy)))
    if losses and found.has_general_names:
        click.echo("       Which datasets stand behind general names: --audience auditor.")


def _print_questions(found: "Check", *, in_full: bool) -> None:
    from registry.documents.grade.losses import place_of, title_of
    from registry.documents.grade.metric import Outcome
    from registry.documents.grade.rubric import PRESUMED

    asked = found.of(Outcome.QUESTION)
    weight, presumed = sum(one.metric.weight for one in asked), found.dimensions["Correctness"].open
    told = "" if in_full or not asked else "; --questions prints them"
    click.echo(f"\nFor a person to decide: {_count(len(asked), 'metric')}, {weight:,} points{told}")
    click.echo(f"       {presumed:,} of these points are for what is declared being right. {PRESUMED}")
    for one in asked if in_full else ():
        place = " ".join(filter(None, (place_of(one.metric.field), title_of(one.metric.field))))
        click.echo(f"{one.metric.weight:5,}  {one.metric.id} ({place}): {one.metric.wording}")
        _print_indented(one.verdict.reason)


def _print_tests(found: "Check") -> None:
    from registry.documents.contamination import rows_by_column

    rows = rows_by_column(found.disclosure.model)
    if not rows:
        return
    click.echo("\nTests in the training data (what counts as found: `method` of --format json)")
    cells = [
        tuple(_percent(cell) if isinstance(cell := row[key], Fraction) else cell for key in _TESTS)
        for row in rows
    ]
    print_table(tuple(_TESTS.values()), cells)


def _print_findings(found: "Check") -> None:
    from registry.documents.grade.clock import RULE

    warnings = len(found.findings) - found.errors
    click.echo(f"\nFindings: {_count(found.errors, 'error')}, {_count(warnings, 'warning')}")
    for finding in found.findings:
        click.echo(f"{finding.severity.value:7}  {_clean(f'{finding.path}: {finding.message}')}")
        _print_indented(finding.remedy)
    click.echo(f"\nThe rule on time: {RULE}")


def _print_indented(text: str) -> None:
    click.echo(f"       {_clean(text)}")


def _clean(text: str) -> str:
    from registry.domain.agent import clean_text

    return clean_text(text)


def _count(number: int, noun: str) -> str:
    from registry.documents.figures import exactly

    return exactly(number, noun)


def _percent(share: Fraction | None) -> str | None:
    from registry.documents.figures import fixed

    return None if share is None else f"{fixed(round(share * 10_000), 2)} %"


def _print_labour(found: "Check") -> None:
    """Who worked on the data, or who can say."""
    from registry.documents.beyond import LABOUR
    from registry.documents.fields import Table

    stated = next(one for one in found.disclosure.beyond if one.id == LABOUR)
    click.echo(f"\n{stated.title} ({stated.status.value})")
    if isinstance(stated.value, Table):
        shown = [column for column in stated.value.columns if column.key in _LABOUR]
        places = [stated.value.columns.index(column) for column in shown]
        rows = [tuple(row[place] for place in places) for row in stated.value.rows]
        print_table(tuple(column.title for column in shown), rows)
    else:
        _print_indented(stated.value or "")
    _print_indented(stated.closed_by or "")
