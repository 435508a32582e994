"""The records behind the lines of an allocation."""

from collections.abc import Collection, Iterator, Mapping

from registry.app.home import Home
from registry.app.record_holders import Groups, NotByRecordError, domains_of, record_holders
from registry.documents.allocation.basis import Payee, counted_uses
from registry.documents.allocation.drill import NOT_KNOWN, YES, Record
from registry.documents.allocation.statement import Statement
from registry.documents.composition import Use


def records_of(
    home: Home,
    statement: Statement,
    unknown: dict[str, str],
    *,
    inherited: bool,
    wanted: Collection[str] | None,
) -> Iterator[Record]:
    """Every record of the wanted payees (keys), or of all, where it is known which record is whose.

    unknown: takes up the versions of which that is not known, and why
    """
    lines = [line for line in statement.lines if wanted is None or line.payee.key in wanted]
    payees = {line.payee.key: line.payee for line in lines}
    asked = {part.version for line in lines for part in line.parts}
    uses = (use for _, use in counted_uses(statement.model, inherited=inherited))
    for use in sorted(uses, key=lambda use: use.version.reference):
        if use.version.reference not in asked:
            continue
        try:
            yield from _of_version(home, use, payees)
        except NotByRecordError as error:
            unknown[use.version.reference] = str(error)


def _of_version(home: Home, use: Use, payees: Mapping[str, Payee]) -> Iterator[Record]:
    """Raises `NotByRecordError` before the first record."""
    groups = Groups()
    held = record_holders(home, use, groups)
    used = YES if use.once.takes_all else NOT_KNOWN
    domains, known = domains_of(home, use), groups.all
    rows = zip(held.numbers.tolist(), held.words.tolist(), held.groups.tolist(), strict=True)
    for number, words, group in sorted(rows):
        for key, share in known[group]:
            if key in payees:
                domain = domains[number] if domains else ""
                version = use.version
                yield Record(payees[key], version.name, version.label, number, words, share, domain, used)
