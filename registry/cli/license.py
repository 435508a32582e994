"""`registry license`."""

from typing import TYPE_CHECKING, BinaryIO

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_document, print_rows, print_table

if TYPE_CHECKING:
    from registry.app.conflicts import Conflicts
    from registry.app.license_history import History
    from registry.documents.conflicts import ConflictKind, Tangles


@click.group("license")
def license_() -> None:
    """Licenses as SPDX expressions, what they ask for, and what was said of a dataset's."""


@license_.command("show")
@click.argument("expression", metavar="EXPR")
@format_option
@pass_settings
def show_(settings: Settings, expression: str, form: str) -> None:
    """Show how a spelling is read, and each duty that follows, with the clause it rests on.

    \b
        registry license show "mit or apache 2"
        registry license show https://creativecommons.org/licenses/by-sa/4.0/
        registry license show poems@1

    What is no license but a dataset (NAME[@VERSION]) shows what is said of its license, and the duties.

    Of licenses joined by OR the least is asked, of those joined by AND all of it. `contested` is disputed, or
    depends on what is made of the work; `unknown` cannot be told from the text.
    """  # noqa: D301 - click's mark for lines to keep
    from registry.cli.license_shown import print_dataset, print_license
    from registry.domain.license import parse_license

    read = parse_license(expression)
    found = None if read.known else _of_dataset(settings, expression)
    if found is None:
        print_license(read, form)
    else:
        print_dataset(found, form)


def _of_dataset(settings: Settings, name: str) -> "History | None":
    from registry.app.license_history import history_of_dataset

    return history_of_dataset(settings.home(), name)


@license_.command()
@click.argument("name", metavar="NAME[@VERSION]")
@click.argument("expression", metavar="[EXPR]", required=False)
@click.option("--by", metavar="NAME", help="Who concluded it.")
@click.option("--because", metavar="TEXT", help="Why.")
@click.option("--evidence", metavar="URL|PATH", help="Where it can be seen.")
@click.option("--choose", is_flag=True, help="Only if the declared license offers EXPR as an alternative.")
@click.option("--withdraw", is_flag=True, help="Take back what was concluded; what is declared counts again.")
@format_option
@pass_settings
def conclude(
    settings: Settings,
    name: str,
    expression: str | None,
    by: str | None,
    because: str | None,
    evidence: str | None,
    form: str,
    *,
    choose: bool,
    withdraw: bool,
) -> None:
    """Record under which license a reviewer finds a dataset version to stand.

    \b
        registry license conclude poems@1 CC-BY-4.0 --by "Jane Reviewer" \\
            --because "the LICENSE file says so" --evidence https://example.org/poems/LICENSE
        registry license conclude tools "MIT" --choose --by "Jane Reviewer" --because "we take MIT"
        registry license conclude poems@1 --withdraw

    It counts before what the publisher declares; both stand, and nothing is overwritten. An alternative of a
    declared `MIT OR Apache-2.0` is recorded as a choice. NONE says that there is no license, NOASSERTION that
    nobody can tell. The reviewer's name and reason stay within the registry; documents say `reviewer`.
    """  # noqa: D301 - click's mark for lines to keep
    from registry.app.conclude import conclude as run
    from registry.app.conclude import take_back
    from registry.cli.license_shown import print_concluded
    from registry.domain.stated import Conclusion

    if withdraw:
        if any((expression, by, because, evidence, choose)):
            raise click.UsageError("--withdraw takes the name of the dataset and nothing else")
        done = take_back(settings.home(), name)
    else:
        if expression is None or by is None or because is None:
            raise click.UsageError("a conclusion needs EXPR, --by and --because (or --withdraw)")
        done = run(settings.home(), name, Conclusion(expression, by, because, evidence), choose=choose)
    for remark in done.remarks:
        settings.say(remark)
    print_concluded(done, form)


@license_.command()
@click.argument("files", metavar="FILE|-...", nargs=-1, required=True, type=click.File("rb"))
@format_option
def find(files: tuple[BinaryIO, ...], form: str) -> None:
    """Find the licenses that texts state: LICENSE and README files, headers of sources, pages.

    \b
        registry license find data/LICENSE data/README.md

    identifier: an `SPDX-License-Identifier` tag. title: a name on a line of its own. sentence: something "is
    released under" it. Only what cannot be mistaken is found; whether it is said of your data, you decide,
    and record with `registry license conclude`. Exit code 1 where no license was found.
    """  # noqa: D301 - click's mark for lines to keep
    from registry.domain.license.prose import licenses_in

    columns = ("file", "line", "license", "stating", "words")
    rows = [
        (file.name, one.line, one.license.expression, one.stating.value, one.words)
        for file in files
        for one in licenses_in(file.read().decode("utf-8", "replace"))
    ]
    print_rows(columns, rows, form)
    click.get_current_context().exit(0 if rows else 1)


@license_.command()
@click.argument("name", metavar="NAME[@VERSION]")
@format_option
@pass_settings
def history(settings: Settings, name: str, form: str) -> None:
    """Show all that was said of a dataset version's license: by whom, on what evidence, from when on.

    declared: by the publisher, or the data. concluded: by a reviewer. stated: what followed, the concluded
    license before the declared one.
    """
    from registry.app.license_history import history as run
    from registry.cli.license_shown import print_said

    print_said(run(settings.home(), name).said, form)


@license_.command()
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND",
    help="Only conflicts of this kind; may be given several times.",
)
@format_option
@pass_settings
def conflicts(settings: Settings, kinds: tuple[str, ...], form: str) -> None:
    """Find licenses that do not go together: by content, along the lineage, between tag and audit.

    \b
    identical-files, equal-content, equal-records, containment
                        datasets that share content under different licenses
    inversion           a license that grants more than that of what the dataset is declared to be made from
    possible-inversion  the same, by a path with one step that was only detected
    incompatible        licenses, own or inherited, that no adaptation can keep at once
    tag                 the declared license is none of those that a reviewer concluded
    partial-tag         it is one of them, and leaves out duties of the others

    Content is compared whatever anybody declared. A path is the shortest, with the evidence on every step.
    Overlap shows that content is shared, not who copied whom nor without permission. A license that nobody
    has stated is a gap, not a conflict; but a tag that says nothing where a review found terms is told as
    tag. Tags are counted by host, where an import says whose they are. Exit code 1 where anything was found.

    \b
    registry license conflicts --kind inversion --kind incompatible
    """  # noqa: D301 - click knows a block by this sign
    from registry.app.conflicts import conflicts as run
    from registry.documents.conflicts import ConflictKind, conflicts_json

    found = run(settings.home(), _chosen(kinds) or frozenset(ConflictKind))
    if form == "json":
        print_document(conflicts_json(found.conflicts, found.not_compared, found.tangles), form)
    elif form == "csv":
        print_rows(("kind", "datasets", "licenses", "evidence", "host"), _rows(found), form)
    else:
        _print_conflicts(found, everything=not kinds)
    click.get_current_context().exit(1 if found.conflicts else 0)


def _chosen(kinds: tuple[str, ...]) -> "frozenset[ConflictKind]":
    from registry.documents.conflicts import ConflictKind
    from registry.errors import UsageError

    known = [kind.value for kind in ConflictKind]
    for one in kinds:
        if one not in known:
            raise UsageError(f"there is no kind of conflict '{one}'", hint=f"one of {', '.join(known)}")
    return frozenset(map(ConflictKind, kinds))


def _rows(found: "Conflicts") -> list[tuple[str | None, ...]]:
    return [
        (
            one.kind.value,
            "; ".join(f"{each.reference} ({each.license})" for each in one.versions),
            "; ".join(one.licenses),
            "; ".join(one.evidence),
            one.host,
        )
        for one in found.conflicts
    ]


def _print_conflicts(found: "Conflicts", *, everything: bool) -> None:
    from registry.documents.conflicts import caveats, counts, counts_by_host

    for one in found.conflicts:
        click.echo(f"{one.kind.value}: {'; '.join(one.licenses)}")
        columns, host = (("host",), (one.host,)) if one.host else ((), ())
        rows = [(each.reference, each.license, *host) for each in one.versions]
        print_table(("dataset", "license", *columns), rows)
        for sentence in one.evidence:
            click.echo(f"  {sentence}")
        click.echo()
    if found.conflicts:
        print_table(("kind", "conflicts"), list(counts(found.conflicts).items()))
        by_host = counts_by_host(found.conflicts)
        if by_host:
            click.echo()
            counted = [(kind, *count) for kind, hosts in by_host.items() for count in hosts.items()]
            print_table(("kind", "host", "conflicts"), counted)
        click.echo("\n".join(caveats(found.conflicts)))
    elif everything:
        click.echo("No two datasets share content under different licenses, and no lineage is in conflict.")
    else:
        click.echo("No conflict of this kind.")
    _print_tangles(found.tangles)
    if found.not_compared:
        names = ", ".join(found.not_compared)
        click.echo(f"Compared by files and content digests only, no sketch of theirs can be read: {names}")


_EXAMPLES = 3


def _print_tangles(found: "Tangles") -> None:
    """What is odd in the lineage, with examples."""
    for cycle in found.cycles:
        click.echo(f"Made from one another: {' from '.join(link.child for link in (*cycle, cycle[0]))}")
    if found.self_loops:
        many = f"{len(found.self_loops):,} said to be made from themselves"
        click.echo(f"{many}: {', '.join(found.self_loops[:_EXAMPLES])}")
    if found.dangling:
        examples = "; ".join(f"{one.child} from {one.parent}" for one in found.dangling[:_EXAMPLES])
        many = f"{len(found.dangling):,} of {found.derivations:,} derivations lead to what is not here"
        click.echo(f"{many}, so that its license is not known: {examples}")
