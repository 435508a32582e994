"""`registry license`."""

from typing import TYPE_CHECKING

import click

from registry.cli.context import Settings, pass_settings
from registry.cli.output import format_option, print_document, print_pairs, print_rows, print_table

if TYPE_CHECKING:
    from registry.app.conflicts import Conflicts
    from registry.documents.conflicts import ConflictKind, Tangles


@click.group("license")
def license_() -> None:
    """Licenses as SPDX expressions, and what they ask for."""


@license_.command("show")
@click.argument("expression", metavar="EXPR")
@format_option
def show_(expression: str, form: str) -> None:
    """Show how a spelling is read, and the duties that follow, each with the clause it rests on."""
    from registry.domain.license import obligations, parse_license

    read = parse_license(expression)
    duties = obligations(read.expression)
    named = {name: duty.value for name, duty in duties.duties().items()}
    if form != "table":
        document: dict[str, object] = {
            "spelled": read.raw,
            "expression": read.expression,
            "status": read.status.value,
        }
        document |= {"title": read.title, "url": read.url, "obligations": named, "sources": duties.sources}
        print_document(document, form)
        return
    print_pairs(
        [
            ("expression", read.expression),
            ("read as", read.status.value),
            ("title", read.title),
            ("url", read.url),
        ]
    )
    click.echo()
    print_table(("duty", "answer"), list(named.items()))
    for source in duties.sources:
        click.echo(f"source: {source}")


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
    Overlap shows that content is shared, not who copied whom nor without permission. What nobody has stated
    is a gap, not a conflict. Exit code 1 where anything was found.

    \b
    registry license conflicts --kind inversion --kind incompatible
    """  # noqa: D301 - click knows a block by this sign
    from registry.app.conflicts import conflicts as run
    from registry.documents.conflicts import ConflictKind, conflicts_json

    found = run(settings.home(), _chosen(kinds) or frozenset(ConflictKind))
    if form == "json":
        print_document(conflicts_json(found.conflicts, found.not_compared, found.tangles), form)
    elif form == "csv":
        print_rows(("kind", "datasets", "licenses", "evidence"), _rows(found), form)
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


def _rows(found: "Conflicts") -> list[tuple[str, ...]]:
    return [
        (
            one.kind.value,
            "; ".join(f"{each.reference} ({each.license})" for each in one.versions),
            "; ".join(one.licenses),
            "; ".join(one.evidence),
        )
        for one in found.conflicts
    ]


def _print_conflicts(found: "Conflicts", *, everything: bool) -> None:
    from registry.documents.conflicts import caveats, counts

    for one in found.conflicts:
        click.echo(f"{one.kind.value}: {'; '.join(one.licenses)}")
        print_table(("dataset", "license"), [(each.reference, each.license) for each in one.versions])
        for sentence in one.evidence:
            click.echo(f"  {sentence}")
        click.echo()
    if found.conflicts:
        print_table(("kind", "conflicts"), list(counts(found.conflicts).items()))
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
