"""`registry allocate` and `registry allocations`."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.options import out_option
from registry.cli.output import format_option, print_rows
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.documents.allocation.rules import Terms
    from registry.documents.allocation.statement import Pool

RULES = ("words", "records", "deduplicated-words", "equal-per-work", "by-class", "agreed-splits")


@click.command()
@click.argument("model", metavar="MODEL[@VERSION]")
@click.option("--pool", required=True, metavar="AMOUNT", help="The gross sum: 100000.00.")
@click.option("--currency", required=True, metavar="CODE", help="Its currency, by ISO 4217: EUR, USD, JPY.")
@click.option("--rule", required=True, type=click.Choice(RULES), help="How the pool is shared; see above.")
@out_option()
@click.option("--compare", is_flag=True, help="Also what each payee would receive under every other rule.")
@click.option(
    "--deductions",
    multiple=True,
    metavar="[NAME=]15%|AMOUNT",
    help="Taken off the gross sum first, a share of it or an amount; may be given again.",
)
@click.option("--minimum", metavar="AMOUNT", help="Withhold smaller amounts; they stay with their payees.")
@click.option("--period", metavar="FROM/UNTIL", help="The period that the pool is of: 2026-01/2026-12.")
@click.option(
    "--language-factor",
    "factors",
    multiple=True,
    metavar="TAG=FACTOR",
    help="What a word of a language counts, in rules by words: zh=0.5. 1 for languages not named.",
)
@click.option(
    "--work",
    type=click.Choice(["record", "dataset", "holder"]),
    default="record",
    show_default=True,
    help="What a work is, for equal-per-work.",
)
@click.option(
    "--classes",
    type=click.Choice(["license", "origin"]),
    default="license",
    show_default=True,
    help="What classes of works are told by, for by-class.",
)
@click.option(
    "--class-weight",
    "weights",
    multiple=True,
    metavar="CLASS=WEIGHT",
    help="What a class counts, for by-class: share-alike=2. 1 for classes not named, 0 leaves one out.",
)
@click.option("--inherited", is_flag=True, help="Count what base models were trained on, each dataset once.")
@click.option(
    "--payee",
    "payees",
    multiple=True,
    metavar="NAME",
    help="Also a statement for this payee alone, in payees/; a name or a key; may be given again.",
)
@click.option(
    "--drill-down",
    is_flag=True,
    help="Also the records behind each line, in records.csv; with --payee, in a file of that payee.",
)
@click.option(
    "--issued-by",
    metavar="NAME",
    help="Issue the statement: number it and keep it for good. Without it, it is a draft.",
)
@pass_settings
def allocate(settings: Settings, /, model: str, out: Path, **options: Any) -> None:
    """Say who would receive what of a pool of money for MODEL, under a rule.

    \b
    words               in proportion to the words that the model saw: words times epochs
    records             in proportion to the records that the model saw
    deduplicated-words  the same words are paid once, however many datasets hold them
    equal-per-work      the same for each work, however long
    by-class            words, times the weight of the class of the work
    agreed-splits       words, then as the parties of each dataset agreed (agreed_splits in registry.yaml)

    \b
      registry allocate my-model --pool 100000.00 --currency EUR --rule words --out allocation/
      python3 allocation/verify_allocation.py allocation/allocation.csv

    Amounts are whole minor units that add up to the pool, by largest remainder. Parts that nobody is named
    for are one line, withheld. Writes allocation.html, allocation.json, allocation.csv, and a script that
    adds the CSV up again without this program. The statement names people: it is private, `publish` never
    shows it, and --payee makes what can be handed to one of them.
    """  # noqa: D301 - \b is for click
    from registry.app.allocate import Request
    from registry.app.allocate import allocate as run

    request = Request(
        model=model,
        pool=_pool(options["pool"], options["currency"], options["deductions"], options["minimum"]),
        rule=options["rule"],
        terms=_terms(options),
        period=_period(options["period"]),
        inherited=options["inherited"],
        compare=options["compare"],
        drill_down=options["drill_down"],
        payees=options["payees"],
        issued_by=options["issued_by"],
    )
    written = run(settings.home(), request, out, settings.say)
    what = "Issued" if options["issued_by"] else "Drafted"
    settings.say(f"{what} the allocation statement of {written.subject}: {out / 'allocation.html'}")
    settings.say(written.remark)


@click.command()
@format_option
@pass_settings
def allocations(settings: Settings, form: str) -> None:
    """List the allocation statements that were issued, newest first.

    A statement that no newer one of the same model and period supersedes holds.
    """
    from registry.queries.allocations import list_allocations

    columns = (
        "model",
        "period",
        "number",
        "holds",
        "rule",
        "currency",
        "gross",
        "net",
        "payees",
        "issued_by",
        "issued_at",
        "id",
    )
    with settings.home().read() as session:
        rows = [[getattr(one, name) for name in columns] for one in list_allocations(session)]
    print_rows(columns, rows, form)


def _pool(gross: str, code: str, deductions: Sequence[str], minimum: str | None) -> "Pool":
    from registry.documents.allocation.statement import Pool
    from registry.domain.money import currency, share_or_amount

    money = currency(code)
    whole = money.parse(gross)
    taken = []
    for text in deductions:
        found = share_or_amount(text.rpartition("=")[2], money)
        taken.append((text, int(whole * found) if isinstance(found, Fraction) else found))
    pool = Pool(money, whole, tuple(taken), money.parse(minimum) if minimum else 0)
    if pool.net <= 0:
        raise UsageError(
            f"nothing is left to share: {money.shown(whole)} gross, {money.shown(whole - pool.net)} deducted",
            hint="give a larger --pool, or smaller --deductions",
        )
    return pool


def _terms(options: dict[str, Any]) -> Any:
    from registry.documents.allocation.classes import CLASSES
    from registry.documents.allocation.rules import Terms
    from registry.domain.languages import language_tag

    known = CLASSES[options["classes"]]

    def tag(text: str) -> str:
        found = language_tag(text)
        if found is None:
            raise UsageError(f"'{text}' is not a language", hint="use a tag of BCP 47: en, pt-BR, zh-Hant")
        return found

    def name(text: str) -> str:
        if text not in known:
            raise UsageError(
                f"'{text}' is no class of works by {options['classes']}", hint=f"there are {', '.join(known)}"
            )
        return text

    terms = Terms(
        factors=_numbers("--language-factor", options["factors"], tag),
        work=options["work"],
        classes=options["classes"],
        class_weights=_numbers("--class-weight", options["weights"], name),
    )
    if not options["compare"]:
        _require_read(terms, options["rule"])
    return terms


_OF_TERMS = {
    "factors": "--language-factor",
    "work": "--work",
    "classes": "--classes",
    "class_weights": "--class-weight",
}


def _require_read(terms: "Terms", rule: str) -> None:
    """Refuse what the rule does not read: whoever gives it expects that it counts."""
    from registry.documents.allocation.rules import RULES, Terms

    usual, reads = Terms(), RULES[rule].parameters
    for name, option in _OF_TERMS.items():
        if name not in reads and getattr(terms, name) != getattr(usual, name):
            read_by = ", ".join(one.id for one in RULES.values() if name in one.parameters)
            raise UsageError(
                f"{option} does nothing under the rule {rule}", hint=f"leave it out; it is read by {read_by}"
            )


def _numbers(option: str, texts: Sequence[str], key: Callable[[str], str]) -> dict[str, Fraction]:
    """`NAME=NUMBER` several times, as exact numbers not below zero."""
    from registry.domain.money import exact_number

    found = {}
    for text in texts:
        name, equals, number = text.partition("=")
        value = exact_number(number) if equals else None
        if value is None:
            raise UsageError(
                f"{option} {text}: no name and number", hint=f"write it as {option} NAME=0.5, or NAME=1/3"
            )
        found[key(name)] = value
    return found


def _period(text: str | None) -> str | None:
    from registry.domain.periods import parse_period

    return None if text is None else parse_period(text)
