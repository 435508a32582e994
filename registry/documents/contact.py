"""Where rights holders can ask the provider of a model."""

from dataclasses import dataclass

from registry.documents.fields import Gap
from registry.documents.names import one_line, plain
from registry.domain.facts import ModelFacts
from registry.domain.stated import RightsContact

_KEY = "provider.rights_contact"


@dataclass(frozen=True, slots=True)
class Contact:
    """Where rights holders can ask; `missing` says who can state what is missing, None where nothing is.

    address: an http or https URL, or `mailto:` with the provider's own address for this purpose, the one
    e-mail address that documents show
    """

    provider: str | None
    address: str | None
    what_happens: str | None
    answer_within_days: int | None
    missing: str | None


def contact_of(model: ModelFacts) -> Contact:
    """What the provider answers at `provider.rights_contact`; None where it has not."""
    facts = model.provider_facts
    stated = (facts.answers.rights_contact if facts else None) or RightsContact()
    provider = facts.name if facts else model.provider
    what_happens = None if stated.what_happens is None else plain(stated.what_happens)
    return Contact(
        provider=None if provider is None else plain(provider),
        address=_address(stated),
        what_happens=what_happens,
        answer_within_days=stated.answer_within_days,
        missing=_missing(stated),
    )


def contact_gap(contact: Contact) -> tuple[Gap, ...]:
    """What the contact leaves open, as every document lists it."""
    if contact.missing is None:
        return ()
    title = "Where rights holders can ask, and what happens then"
    return (Gap("rights-contact", title, contact.missing),)


def _address(stated: RightsContact) -> str | None:
    if stated.url is not None:
        return one_line(stated.url)
    return None if stated.email is None else f"mailto:{one_line(stated.email)}"


def _missing(stated: RightsContact) -> str | None:
    absent = [
        name
        for name, value in (
            ("`url` or `email`", stated.url or stated.email),
            ("`what_happens`", stated.what_happens),
            ("`answer_within_days`", stated.answer_within_days),
        )
        if value is None
    ]
    if not absent:
        return None
    if len(absent) == 3:
        return f"The provider, in registry.yaml: `{_KEY}`."
    return f"The provider, in registry.yaml: {' and '.join(absent)} of `{_KEY}`."
