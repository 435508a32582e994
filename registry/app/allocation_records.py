"""The records behind the lines of an allocation."""

from collections.abc import Collection, Iterator, Mapping

from registry.app.home import Home
from registry.app.record_holders import Groups, NotByRecordError, domains_of, record_holders
from registry.documents.allocation.basis import Payee, counted_uses
from registry.documents.allocation.drill import Record
from registry.documents.allocation.statement import Statement
from registry.documents.composition import Use


def records_of(
    home: Home, statement: Statement, *, inherited: bool, wanted: Collection[str] | None
) -> Iterator[Record]:
    """Every record of the wanted payees (keys), or of all, where it is known which record is whose."""
    payees = {
        line.payee.key: line.payee for line in statement.lines if wanted is None or line.payee.key in wanted
    }
    uses = (use for _, use in counted_uses(statement.model, inherited=inherited))
    for use in sorted(uses, key=lambda use: use.version.reference):
        yield from _of_version(home, use, payees)


def _of_version(home: Home, use: Use, payees: Mapping[str, Payee]) -> Iterator[Record]:
    groups = Groups()
    try:
        held = record_holders(home, use, groups)
    except NotByRecordError:
        return
    domains, known = domains_of(home, use), groups.all
    rows = zip(held.numbers.tolist(), held.words.tolist(), held.groups.tolist(), strict=True)
    for number, words, group in sorted(rows):
        for key, share in known[group]:
            if key in payees:
                domain = domains[number] if domains else ""
                yield Record(payees[key], use.version.name, use.version.label, number, words, share, domain)
