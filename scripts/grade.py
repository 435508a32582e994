"""Prints how the rubric grades a model's disclosure, metric by metric, as a page of Markdown.

    scripts/grade.py HOME MODEL [--on YYYY-MM-DD] [--judgements FILE.csv]
    scripts/grade.py --example        # the worked example, for docs/grade.md; needs ../shared/data

The judgements are people's answers to what no program decides: columns `metric,verdict,reason`, verdicts
`won` and `lost`. A metric that does not exist, or that the program decides, is refused.
"""

import argparse
import csv
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from registry.app.apply.run import Options, apply
from registry.app.check import check
from registry.app.home import Home
from registry.app.publish import publish
from registry.documents.figures import fixed
from registry.documents.grade.check import Check
from registry.documents.grade.check_json import decided_json
from registry.documents.grade.judged import Judgement, merged
from registry.documents.grade.metric import Outcome
from registry.documents.grade.points import Graded, Points, letter
from registry.documents.grade.rubric import SOURCE
from registry.errors import RegistryError

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
EXAMPLE_DAY = date(2026, 12, 1)
EXAMPLE_SAID = (
    "The model is the fully declared one of [examples/open.registry.yaml](../examples/open.registry.yaml): "
    "its datasets are real, its provider is invented, and so are the provider's answers. What a program does "
    "not decide was judged by reading the published pages and the data, in "
    "[examples/open.judgements.csv](../examples/open.judgements.csv). That declared answers are right is "
    "presumed where nothing contradicts them, as the authors of the rubric do. What is still lost: what only "
    "a provider that exists can win (D2, D12, F1.1.a.2, F1.2.a.4), and F3.3.a.2."
)
_VERDICTS = {
    Outcome.WON: "won",
    Outcome.LOST: "lost",
    Outcome.NOT_APPLICABLE: "does not apply",
    Outcome.QUESTION: "open",
}


def page(found: Check, said: str = "") -> str:
    """The page: both scales, who decided how much, and every metric; said: what to know beforehand."""
    return "\n".join((*_head(found), *([f"{said}\n"] if said else []), *_table(found))) + "\n"


def read_judgements(lines: Iterator[str]) -> list[Judgement]:
    """The judgements of a CSV file."""
    return [Judgement(row["metric"], row["verdict"], row["reason"]) for row in csv.DictReader(lines)]


def main() -> int:
    """Read, grade, print."""
    arguments = _arguments()
    try:
        if arguments.example:
            sys.stdout.write(example())
            return 0
        found = _judged(
            check(Home(arguments.home), arguments.model, audience="public", on=arguments.on),
            arguments.judgements,
        )
    except RegistryError as error:
        print(f"Error: {error.message}\nHint: {error.hint}", file=sys.stderr)
        return 1
    sys.stdout.write(page(found))
    return 0


def example() -> str:
    """The page of the worked example, recorded and published on one fixed day."""
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime.combine(EXAMPLE_DAY, time(), UTC).timestamp()))
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "home")
        home.create()
        apply(home, EXAMPLES / "open.registry.yaml", Options(), lambda _: lambda _bytes, _records: None)
        publish(home, Path(folder) / "site", audience="public", exact_sizes=False, approved_by="Ada Reader")
        found = check(home, "reader", audience="public", on=EXAMPLE_DAY)
    return page(_judged(found, EXAMPLES / "open.judgements.csv"), EXAMPLE_SAID)


def _judged(found: Check, judgements: Path | None) -> Check:
    if judgements is None:
        return found
    with judgements.open(encoding="utf-8", newline="") as lines:
        return replace(found, graded=merged(found.graded, read_judgements(lines)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path, nargs="?", help="folder of the registry")
    parser.add_argument("model", nargs="?", help="NAME or NAME@VERSION")
    parser.add_argument("--example", action="store_true", help="the worked example")
    parser.add_argument("--on", type=date.fromisoformat, help="as if this were the day")
    parser.add_argument("--judgements", type=Path, help="CSV of people's answers")
    arguments = parser.parse_args()
    if not arguments.example and not arguments.model:
        parser.error("name HOME and MODEL, or --example")
    return arguments


def _head(found: Check) -> Iterator[str]:
    decided, judged = decided_json(found), [one for one in found.graded if one.judged]
    yield f"# The grade of {found.disclosure.model.reference}\n"
    yield "<!-- Generated by scripts/grade.py. -->\n"
    yield f"By the [rubric of the AI Accountability Lab]({SOURCE}), on {found.on:%d/%m/%Y}.\n"
    yield "| scale | grade | points won | lost | open | of those that apply |"
    yield "|---|---|--:|--:|--:|--:|"
    for name, points in found.scales.items():
        counts = f"{points.won} | {points.lost} | {points.open}"
        yield f"| {name} | {_grades(points)} | {counts} | {_shares(points)} |"
    constructed, other = decided["by_construction"]["metrics"], decided["not_applicable"]
    yield (
        f"\nA program decided {decided['metrics'] - len(judged)} of {decided['of_metrics']} metrics "
        f"({constructed} of them hold by construction, {other} do not apply), people {len(judged)}.\n"
    )


def _grades(points: Points) -> str:
    return " to ".join(dict.fromkeys((letter(points.lowest), letter(points.highest))))


def _shares(points: Points) -> str:
    shares = (share for share in (points.lowest, points.highest) if share is not None)
    return " to ".join(dict.fromkeys(f"{fixed(round(share * 10_000), 2)} %" for share in shares))


def _table(found: Check) -> Iterator[str]:
    yield "| id | what holds where it is won | field | dimension | weight | verdict | by | reason |"
    yield "|---|---|---|---|--:|---|---|---|"
    for one in found.graded:
        yield f"| {' | '.join(map(_cell, _row(one)))} |"


def _row(one: Graded) -> tuple[str, ...]:
    metric, asked = one.metric, one.judged or one.outcome is Outcome.QUESTION
    return (
        metric.id,
        metric.wording,
        metric.field,
        metric.dimension.value,
        str(metric.weight),
        _VERDICTS[one.outcome],
        "a person" if asked else "construction" if metric.decider.by == "construction" else "the program",
        one.verdict.reason,
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
