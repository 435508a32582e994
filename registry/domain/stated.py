"""What people state of datasets, models and providers beyond names and numbers: frozen, nothing computed."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from registry.domain.dataset import Visibility

NONE_STATED = "none"
NOT_APPLICABLE = "not applicable"


class Answer(StrEnum):
    """An answer to a yes-or-no question; `unknown` is an answer too."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Modality(StrEnum):
    """The kinds of data that the EU template tells apart."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """From when until when, as YYYY, YYYY-MM or YYYY-MM-DD; `end` may be `ongoing`. None: not stated."""

    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Conclusion:
    """Under which license a reviewer finds a dataset to stand, and why.

    evidence: a web address or a path where that can be seen
    """

    license: str
    by: str
    because: str
    evidence: str | None = None


class Exemption(StrEnum):
    """Why California does not ask for documentation of a model: Civil Code section 3111(b), 1 to 3."""

    SECURITY = "security"
    AIRCRAFT = "aircraft"
    NATIONAL_SECURITY = "national-security"


@dataclass(frozen=True, slots=True)
class ExplainedAnswer:
    """An answer, and what to know of it."""

    answer: Answer
    explanation: str | None = None


# As a card says it, where it says nothing but this, or this first.
PERSONAL_ANSWERS = {
    Answer.YES: "Yes, it holds personal information.",
    Answer.NO: "No personal information.",
    Answer.UNKNOWN: "It is not known whether it holds personal information.",
}


@dataclass(frozen=True, slots=True)
class PersonalInformation(ExplainedAnswer):
    """Whether there is personal information in the data."""


@dataclass(frozen=True, slots=True)
class AggregateConsumerInformation(ExplainedAnswer):
    """Whether there is information in the data about groups of consumers, none of whom it identifies."""


@dataclass(frozen=True, slots=True)
class IntellectualProperty:
    """Whether any of the data is protected; None where nobody has said."""

    copyright: Answer | None = None
    trademark: Answer | None = None
    patent: Answer | None = None
    explanation: str | None = None


@dataclass(frozen=True, slots=True)
class Acquisition:
    """Whether the developer bought the data, and whether it has a license for it; None: nobody has said."""

    purchased: Answer | None = None
    licensed: Answer | None = None


@dataclass(frozen=True, slots=True)
class CrawlerBehaviour:
    """What a crawler does at each kind of barrier."""

    captchas: str | None = None
    passwords: str | None = None
    paywalls: str | None = None
    robots_txt: str | None = None
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Crawler:
    """A crawler by the name or identifier that sites see."""

    name: str
    purpose: str | None = None
    behaviour: CrawlerBehaviour = CrawlerBehaviour()


@dataclass(frozen=True, slots=True)
class Crawl:
    """How data was crawled."""

    crawlers: tuple[Crawler, ...] = ()
    period: Period = Period()
    site_types: tuple[str, ...] = ()
    geography: str | None = None


@dataclass(frozen=True, slots=True)
class UserData:
    """Where data of users was collected: from talking to the model, from other services of the provider."""

    interactions: Answer | None = None
    other_services: Answer | None = None
    services: tuple[str, ...] = ()


AUTHOR, PUBLISHER = "author", "publisher"  # parties of an agreed split that are no declared agents


@dataclass(frozen=True, slots=True)
class AgreedSplits:
    """How the parties of a dataset share what it earns, as they agreed; never public.

    shares: a party (`author`, `publisher`, or the id of a declared agent) and its exact share, as "1/2"; they
    add up to 1. authority: what was agreed by whom; evidence: where that stands
    """

    shares: tuple[tuple[str, str], ...] = ()
    authority: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class DeclaredSize:
    """How much data is that the registry could not read: declared, not measured. `hours` is exact text."""

    modality: Modality = Modality.TEXT
    records: int | None = None
    words: int | None = None
    tokens: int | None = None
    bytes: int | None = None
    images: int | None = None
    hours: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Pay:
    """What people were paid: an exact amount in a currency (ISO 4217) for an hour, an item, a task, ...

    relative_to_minimum_wage: as a multiple of the local minimum wage, exact text
    """

    amount: str
    currency: str
    per: str
    relative_to_minimum_wage: str | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """People who labelled, wrote or judged data: who engaged them, where, on which terms.

    countries: ISO 3166-1 alpha-2, where at least a quarter of them worked; hours: exact text, of all of them
    protections: None not stated, () there were none; visibility: None as the dataset's
    """

    task: str
    vendor: str | None = None
    countries: tuple[str, ...] = ()
    people: int | None = None
    hours: str | None = None
    pay: Pay | None = None
    protections: tuple[str, ...] | None = None
    contract: str | None = None
    period: Period = Period()
    visibility: Visibility | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """Templates of the addresses of records and of their creators."""

    record: str | None = None
    creator: str | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """What is stated of a dataset version in words; None or empty where nobody has said.

    generated_by: None not stated, () by no model; labels: None not stated, () the data has none
    engagements: None not stated, () nobody was engaged to label or write it
    """

    summary: str | None = None
    content_types: tuple[str, ...] = ()
    characteristics: tuple[str, ...] = ()
    collected: Period = Period()
    published: str | None = None
    purpose: str | None = None
    processing: tuple[str, ...] = ()
    personal_information: PersonalInformation | None = None
    generated_by: tuple[str, ...] | None = None
    crawl: Crawl | None = None
    user_data: UserData | None = None
    measured: DeclaredSize | None = None
    labels: tuple[str, ...] | None = None
    processing_purpose: str | None = None
    intellectual_property: IntellectualProperty | None = None
    acquired: Acquisition | None = None
    aggregate_consumer_information: AggregateConsumerInformation | None = None
    engagements: tuple[Engagement, ...] | None = None
    agreed_splits: AgreedSplits | None = None
    copyright: tuple[str, ...] = ()
    notice: str | None = None
    links: Links | None = None


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """A tokenizer and its declared factor; None where only its name is stated."""

    name: str | None = None
    tokens_per_word: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Reservations:
    """How the provider observes reservations of rights against text and data mining."""

    before_collection: str | None = None
    during_collection: str | None = None
    protocols: tuple[str, ...] = ()
    kept_up_to_date: str | None = None


@dataclass(frozen=True, slots=True)
class RightsContact:
    """Where rights holders can ask, what happens then, and how long it takes."""

    url: str | None = None
    email: str | None = None
    what_happens: str | None = None
    answer_within_days: int | None = None


@dataclass(frozen=True, slots=True)
class ProviderAnswers:
    """What a provider answers where no computation can; None where it has not."""

    authorised_representative: str | None = None
    small_or_medium_enterprise: Answer | None = None
    code_of_practice_signatory: Answer | None = None
    copyright_policy: str | None = None
    reservations: Reservations | None = None
    illegal_content_measures: str | None = None
    rights_contact: RightsContact | None = None
    published_at: str | None = None
    updates_announced_at: str | None = None
    other_information: str | None = None
    labour: tuple[Engagement, ...] | None = None
