"""The labour statement: people who labelled, wrote or judged the data of a model, and on which terms.

It answers what the Foundation Model Transparency Index asks of data labour: what people were paid, in which
countries at least a quarter of them worked, how they were protected.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.beyond import LABOUR, beyond_field
from registry.documents.composition import Use
from registry.documents.contributors import annotators_said
from registry.documents.engagements import MERGED
from registry.documents.eu_model import answers_of
from registry.documents.eu_template import PROVIDER
from registry.documents.fields import Cell, Column, Field, Kind, Status, Table
from registry.documents.figures import exactly, told
from registry.documents.periods import period_text
from registry.documents.projection import shown_as
from registry.documents.subject import Subject, listed
from registry.documents.withheld import is_withheld
from registry.domain.facts import VersionFacts
from registry.domain.stated import Engagement, Pay

METHOD = (
    "As the provider states it of each dataset, and of the model itself. Amounts are as they were agreed: "
    "nothing is converted from one currency or unit into another. People who took part twice are counted "
    "twice. Groups of fewer than 10 people are not shown apart, and no pay of a group of unknown size."
)
_KEYS = ("people", "countries", "pay", "protections")
_COLUMNS = (
    Column("dataset", "For"),
    Column("task", "Task"),
    Column("vendor", "Engaged by"),
    Column("countries", "Countries (a quarter of the people or more)"),
    Column("people", "People", Kind.COUNT),
    Column("hours", "Hours"),
    Column("pay", "Pay"),
    Column("minimum_wage", "Times the minimum wage"),
    Column("protections", "Protections"),
    Column("contract", "Contract"),
    Column("period", "Period"),
)
_MODEL_ITSELF = "the model itself"


@dataclass(frozen=True, slots=True)
class _Stated:
    """An engagement, and what it was for."""

    subject: str
    engagement: Engagement


def labour_field(subject: Subject) -> Field:
    """Who worked on the data of a projected model; what nobody has said of a dataset keeps it open."""
    own = answers_of(subject.model).labour
    said = [use for use in subject.uses if use.version.description.engagements is not None]
    if own is None and not said:
        return beyond_field(LABOUR, Status.GAP, None, _closer(subject, ()))
    found = tuple(_stated(said, own or ()))
    closer = _closer(subject, found)
    if not found:
        value = "Nobody was engaged to label or write data, as far as it is stated."
        return beyond_field(LABOUR, Status.DECLARED, value, closer, METHOD)
    return beyond_field(
        LABOUR, Status.DECLARED, Table(_summary(found), _COLUMNS, tuple(map(_row, found))), closer, METHOD
    )


def _stated(said: Iterable[Use], own: Iterable[Engagement]) -> Iterator[_Stated]:
    yield from (_Stated(_MODEL_ITSELF, one) for one in own)
    for use in said:
        for one in use.version.description.engagements or ():
            yield _Stated(shown_as(use.version), one)


def _summary(found: Sequence[_Stated]) -> str:
    """Totals in a sentence."""
    engagements = [one.engagement for one in found]
    known = [one.people for one in engagements if one.people is not None]
    least = "" if len(known) == len(engagements) else "at least "
    people = f"{least}{exactly(sum(known), 'person').replace('persons', 'people')}" if known else "people"
    parts = [f"{people} in {exactly(len(engagements), 'engagement')}"]
    countries = sorted({country for one in engagements for country in one.countries})
    parts += [f"in {', '.join(countries)}"] if countries else []
    parts += [f"paid {ranges}"] if (ranges := _ranges([one.pay for one in engagements if one.pay])) else []
    protections = list(dict.fromkeys(text for one in engagements for text in one.protections or ()))
    parts += [f"protections: {listed(protections)}"] if protections else []
    text = told(parts)
    return f"{text[0].upper()}{text[1:]}."


def _ranges(pay: Iterable[Pay]) -> str:
    """From the least to the most, in each currency and for each unit."""
    amounts: dict[tuple[str, str], list[str]] = {}
    for one in pay:
        amounts.setdefault((one.currency, one.per), []).append(one.amount)
    return ", ".join(
        f"{currency} {_range(sorted(found, key=Fraction))} for each {per}"
        for (currency, per), found in sorted(amounts.items())
    )


def _range(amounts: list[str]) -> str:
    least, most = amounts[0], amounts[-1]
    return least if Fraction(least) == Fraction(most) else f"{least} to {most}"


def _row(stated: _Stated) -> tuple[Cell, ...]:
    one, pay = stated.engagement, stated.engagement.pay
    protections = None if one.protections is None else told(one.protections) or "none"
    return (
        stated.subject,
        one.task,
        one.vendor,
        ", ".join(one.countries) or None,
        one.people,
        one.hours,
        f"{pay.currency} {pay.amount} for each {pay.per}" if pay else None,
        pay.relative_to_minimum_wage if pay else None,
        protections,
        one.contract,
        period_text(one.period) or None,
    )


def _closer(subject: Subject, found: Sequence[_Stated]) -> str | None:
    """Who can say what is open: of which datasets nothing is stated, which keys of engagements are not."""
    unsaid = [use for use in subject.uses if use.version.description.engagements is None]
    silent = [_asked(use.version) for use in unsaid if not is_withheld(use.version)]
    hidden = [use.version.name for use in unsaid if is_withheld(use.version)]
    parts = []
    if silent or not subject.uses:
        parts.append(f"`engagements` of {listed(silent) if silent else 'the datasets'}, or `none`")
    if hidden:
        parts.append(f"`visibility` of the private datasets ({listed(hidden)})")
    parts += [f"`{key}` in `engagements` of {listed(names)}" for key, names in _lacking(found).items()]
    if answers_of(subject.model).labour is None:
        parts.append("`provider.labour` for those who worked on the model itself, or `none`")
    return f"{PROVIDER}{told(parts)}." if parts else None


def _asked(version: VersionFacts) -> str:
    """The name of a dataset, and how many annotators its records name."""
    people = annotators_said(version)
    return f"{shown_as(version)} (its records name {people})" if people else shown_as(version)


def _lacking(found: Sequence[_Stated]) -> dict[str, list[str]]:
    """For each key the subjects one of whose engagements leaves it out; merged groups are asked nothing."""
    lacking: dict[str, list[str]] = {}
    for stated in found:
        one = stated.engagement
        if one.task == MERGED:
            continue
        for key in _KEYS:
            if getattr(one, key) in (None, ()) and (key, getattr(one, key)) != ("protections", ()):
                lacking.setdefault(key, []).append(stated.subject)
    return {key: list(dict.fromkeys(names)) for key, names in lacking.items()}
