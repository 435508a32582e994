"""A selected part as it was counted, for the registry to keep."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from registry.app.said_by_records import by_part, holdings_of, licenses_of
from registry.domain.declared_part import DeclaredPart
from registry.domain.facts import DomainPart, LanguagePart, LicensePart
from registry.domain.languages import UNDETERMINED
from registry.measure.selection import Selected
from registry.measure.tally import NOTHING
from registry.store.named_agents import named_agents
from registry.store.parts import CountedPart, PartHolding
from registry.store.versions import Holding

MOST_HOLDINGS = 200_000  # of more, a part takes of every holding of its version in proportion


def counted_part(
    session: Session, dataset: str, found: Selected, declared: Sequence[DeclaredPart]
) -> CountedPart | None:
    """What was counted of a part of a dataset; None where its holdings are too many to keep with it.

    declared: the parts of the dataset that its holdings were told apart by
    """
    if len(found.rights) > MOST_HOLDINGS:
        return None
    names = {name for key in found.rights for name in (*key.rights_holders, *key.creators)}
    agents = named_agents(session, dataset, names)
    licenses = licenses_of(found.rights)
    return CountedPart(
        size=found.size,
        licenses=tuple(LicensePart(expression, raw, size) for (expression, raw), size in licenses.items()),
        languages=_languages(found),
        domains=tuple(DomainPart(domain, size) for domain, size in sorted(found.domains.items())),
        holdings=tuple(
            PartHolding(one.basis, one.holders, one.size, one.license, part)
            for part, rights in by_part(found.rights).items()
            for one in sorted(holdings_of(rights, agents), key=_order)
        ),
        declared=tuple(declared) or None,
    )


def _languages(found: Selected) -> tuple[LanguagePart, ...]:
    """As the records state them; nothing where none does."""
    if not found.languages:
        return ()
    rest = found.size - sum(found.languages.values(), NOTHING)
    stated = dict(found.languages)
    if rest.records:
        stated[UNDETERMINED] = stated.get(UNDETERMINED, NOTHING) + rest
    return tuple(LanguagePart(tag, "field", sums) for tag, sums in sorted(stated.items()))


def _order(holding: Holding) -> tuple[str, tuple[str, ...], str]:
    return holding.basis, holding.holders, holding.license or ""
