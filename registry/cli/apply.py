"""`registry apply`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_document
from registry.cli.progress import progress_of

if TYPE_CHECKING:
    from registry.app.apply.plan import Plan, Step
    from registry.declarations.problems import Problem

_SIGNS = {"create": "+", "change": "~", "keep": "="}


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), default=Path("registry.yaml"))
@click.option("--dry-run", is_flag=True, help="Show what would be done; read and write nothing.")
@click.option("--rehash", is_flag=True, help="Read files again whose size and time have not changed.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    help="Threads.  [default: all cores]",
)
@format_option
@pass_settings
def apply(
    settings: Settings,
    file: Path,
    dry_run: bool,
    rehash: bool,
    workers: int,
    form: str,
) -> None:
    r"""Do what a declaration FILE says: agents, datasets, models.

    FILE (registry.yaml) says what a team knows: where datasets are and what is known of them, what models
    were trained on, the provider's answers. What is new is read, what is stated is recorded; the same again
    does nothing. Removing an entry changes nothing either: `state: withdrawn` does.

    All mistakes of the file are told at once. `registry schema` prints its JSON Schema, for editors.

    + created, ~ changed, = kept
    """
    from registry.app.apply.plan import Plan
    from registry.app.apply.run import Options, preview
    from registry.app.apply.run import apply as run
    from registry.declarations.problems import DeclarationError

    options = Options(workers, rehash)
    if dry_run:
        plan = preview(settings.home(), file, options)
    else:
        try:
            with progress_of(settings) as started:
                plan = run(settings.home(), file, options, started)
        except DeclarationError as error:
            if form == "json":
                print_document(as_json(Plan(problems=list(error.problems))), form)
            raise
    _print(settings, plan, form)
    if plan.problems:
        sys.exit(1 if dry_run else 3)


def _print(settings: Settings, plan: "Plan", form: str) -> None:
    for warning in plan.warnings:
        settings.say(f"Warning: {warning}")
    if form != "table":
        print_document(as_json(plan), form)
        return
    for step in plan.steps:
        if step.action != "keep" or step.note or not settings.quiet:
            click.echo(_line(step))
    for problem in plan.problems:
        click.echo(f"Problem: {problem.sentence}", err=True)
        if problem.remedy:
            click.echo(f"Hint: {problem.remedy}", err=True)
    counts = ", ".join(f"{_count(plan, action)} {word}" for action, word in _counted())
    settings.say(f"{counts}, {len(plan.problems)} problems" if plan.problems else counts)


def as_json(plan: "Plan") -> dict[str, object]:
    """The plan as one document."""
    return {
        "create": [_step(step) for step in plan.steps if step.action == "create"],
        "change": [_step(step) for step in plan.steps if step.action == "change"],
        "keep": [_step(step) for step in plan.steps if step.action == "keep"],
        "problems": [_problem(problem) for problem in plan.problems],
        "warnings": plan.warnings,
    }


def _counted() -> list[tuple[str, str]]:
    return [("create", "created"), ("change", "changed"), ("keep", "kept")]


def _count(plan: "Plan", action: str) -> int:
    return sum(step.action == action for step in plan.steps)


def _line(step: "Step") -> str:
    facts = f": {', '.join(step.facts)}" if step.facts and step.action == "change" else ""
    note = f" ({step.note})" if step.note else ""
    return f"{_SIGNS[step.action]} {step.kind} {step.name}{facts}{note}"


def _step(step: "Step") -> dict[str, object]:
    return {"kind": step.kind, "name": step.name, "facts": list(step.facts), "note": step.note}


def _problem(problem: "Problem") -> dict[str, object]:
    return {
        "severity": "error",
        "file": problem.file,
        "line": problem.line,
        "path": problem.path,
        "message": problem.message,
        "remedy": problem.remedy,
    }
