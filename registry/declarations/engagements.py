"""The entries of registry.yaml on people who labelled, wrote or judged data."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from registry.declarations.entry import Entry, said
from registry.declarations.types import (
    Besides,
    Count,
    Countries,
    Currency,
    Decimal,
    Month,
    MonthOrOngoing,
    NoneOrTexts,
    Text,
)
from registry.domain.dataset import Visibility


class Pay(Entry):
    """What people were paid, in the currency and for the unit that was agreed; nothing is converted."""

    amount: Decimal = Field(description="The amount, as 12.50; of a range the least.")
    currency: Currency = Field(description="Currency, as a code of ISO 4217: EUR, USD, KES.")
    per: Text = Field(description="What it was paid for: hour, task, item, ...")
    relative_to_minimum_wage: Decimal | None = said(
        "How many times the minimum wage where people worked it was, as 1.4."
    )


class Worked(Entry):
    """From when until when people worked."""

    begin: Month | None = said("First date: YYYY, YYYY-MM or YYYY-MM-DD.", alias="from")
    end: MonthOrOngoing | None = said("Last date, or ongoing.", alias="until")


class Engagement(Entry):
    """People who were engaged to label, write or judge data: who engaged them, where, on which terms."""

    task: Text = Field(description="What they did: annotation, writing, red-teaming, moderation, ...")
    vendor: Text | None = said("Who engaged them: a company, a platform, the provider itself.")
    countries: Countries | None = said(
        "Countries in which at least a quarter of them worked, as codes of ISO 3166-1: [KE, IN]."
    )
    people: Count | None = said("How many people took part. The public sees no group of fewer than 10.")
    hours: Decimal | None = said("Hours that all of them worked together.")
    pay: Pay | None = said("What they were paid.")
    protections: NoneOrTexts | None = said(
        "Protections at work: right to refuse content, counselling, ...; or none, where there were none."
    )
    contract: Text | None = said("Kind of contract: employed, freelance, through a platform, volunteers.")
    period: Worked | None = said("From when until when they worked.")
    visibility: Visibility | None = said(
        "What the public sees: `described` hides the vendor, `private` all but that there is one more; as "
        "the dataset's where it is left out."
    )


NoneOrEngagements = Annotated[
    list[Engagement],
    BeforeValidator(lambda value: [] if value in ("none", ["none"]) else value),
    Besides({"const": "none"}),
]
