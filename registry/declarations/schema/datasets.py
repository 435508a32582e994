"""Declarations of datasets: what they are, who made them, how they were come by."""

from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Discriminator, Field, Tag

from registry.declarations.engagements import NoneOrEngagements
from registry.declarations.entry import Entry, said
from registry.declarations.schema.agents import State
from registry.declarations.types import (
    ANSWERS,
    Besides,
    Count,
    Day,
    Decimal,
    Label,
    Language,
    Month,
    MonthOrOngoing,
    Name,
    NoneOrOrigins,
    NoneOrTexts,
    Party,
    Share,
    Template,
    Text,
    Texts,
    Url,
    Values,
    YesNo,
)
from registry.domain.agent import AgentKind, ContributorType
from registry.domain.dataset import FingerprintMode, Origin, SplitText, Visibility
from registry.domain.reservation import Protocol, Says
from registry.domain.stated import Modality


class Publisher(Entry):
    """Who published a dataset."""

    name: Text = Field(description="Name of the publisher.")
    type: AgentKind = said("What the publisher is.", AgentKind.UNKNOWN)


class Holder(Entry):
    """Who holds rights in what names nobody, in all of it or in a part: an agent, with an exact share."""

    agent: Name = Field(description="The id of the agent who holds rights in the dataset, or in the part.")
    share: Share = said(
        "Share of these records, as 0.25 or 1/4; 1 where it is left out. What the shares of a part leave is "
        "unidentified.",
        Fraction(1),
    )
    where: dict[str, Values] | None = said(
        "Only records whose field has this value, or one of these values; of several fields all must match."
    )
    domain: Text | None = said(
        "Only records whose address, of `fields.url`, is on this registrable domain, as example.org."
    )


class AgreedSplits(Entry):
    """How the parties of a dataset share what it earns, as they agreed. Is never published."""

    shares: dict[Party, Share] = Field(
        description="Each party's share, as 1/2 or 0.5: `author` (whoever holds rights in a record), "
        "`publisher`, or the id of a declared agent. They add up to 1."
    )
    authority: Text | None = said("Who agreed on it, and in what: the contract, the clause, the day.")
    evidence: Text | None = said("Where that stands.")


class Fields(Entry):
    """Which fields of the records play which part; a path may go down: messages[].content."""

    text: Texts = said("Content; every text that plays no other part where it is left out.", [])
    id: Texts = said("Identifier of the record.", [])
    license: Texts = said("License of the record.", [])
    creator: Texts = said("Who made the record.", [])
    rights_holder: Texts = said("Who holds the rights in the record.", [])
    url: Texts = said("Web address the record came from.", [])
    language: Texts = said("Language of the record.", [])
    title: Texts = said("Title of the record, to credit it by; content too, where text is left out.", [])
    annotator: Texts = said("Who labelled, rated or described the record; never shown one by one.", [])
    date: Texts = said("Date of the record, by ISO 8601: when it was written, published or fetched.", [])


class Links(Entry):
    """Addresses of the records and of their creators, as templates."""

    record: Template | None = said("Address of a record, as https://site.example/q/{id}.")
    creator: Template | None = said(
        "Address of a creator: https://site.example/users/{creator}; {creator:number} where only "
        "some records have the number of an account."
    )


class Collected(Entry):
    """From when until when data was collected."""

    begin: Month | None = said("First date: YYYY, YYYY-MM or YYYY-MM-DD.", alias="from")
    end: MonthOrOngoing | None = said("Last date, or ongoing.", alias="until")


class PersonalInformation(Entry):
    """Whether the data hold personal information."""

    answer: YesNo = Field(description="Whether the data hold personal information.")
    explanation: Text | None = said("Which, and what was done about it.")


class AggregateConsumerInformation(Entry):
    """Whether the data hold information about groups of consumers, none of whom it identifies."""

    answer: YesNo = Field(description="Whether the data hold aggregate consumer information.")
    explanation: Text | None = said("Which, and what was done about it.")


class IntellectualProperty(Entry):
    """Whether any of the data is protected; what licenses tell of copyright need not be said again."""

    copyright: YesNo | None = said("Whether any of the data is protected by copyright.")
    trademark: YesNo | None = said("Whether any of the data is protected as a trademark.")
    patent: YesNo | None = said("Whether any of the data is protected by a patent.")
    explanation: Text | None = said("Which, and how that is known.")


class Acquired(Entry):
    """Whether the data was purchased or licensed; what origin and license tell need not be said again."""

    purchased: YesNo | None = said("Whether the data was bought.")
    licensed: YesNo | None = said("Whether the data is used under a license.")


class Behaviour(Entry):
    """What a crawler does at each kind of barrier."""

    captchas: Text | None = said("What the crawler does at a captcha.")
    passwords: Text | None = said("What the crawler does at a password.")
    paywalls: Text | None = said("What the crawler does at a paywall.")
    robots_txt: Text | None = said("What the crawler does with robots.txt.")
    other: Text | None = said("What the crawler does at other barriers and signals.")


class Crawler(Entry):
    """A crawler, by the name that sites see."""

    name: Text = Field(description="Name or identifier that the crawler gives to sites.")
    purpose: Text | None = said("What the crawler collects data for.")
    behaviour: Behaviour = said("What the crawler does at each kind of barrier.", Behaviour())


class Crawl(Entry):
    """How data was crawled."""

    crawlers: list[Crawler] = said("The crawlers that were used.", [])
    begin: Month | None = said("First date of the crawl: YYYY, YYYY-MM or YYYY-MM-DD.", alias="from")
    end: MonthOrOngoing | None = said("Last date of the crawl, or ongoing.", alias="until")
    site_types: Texts = said("Kinds of sites: news, forums, shops, ...", [])
    geography: Text | None = said("Regions of the sites.")


class UserData(Entry):
    """Where data of users was collected."""

    interactions: YesNo | None = said("Whether users' talks with the provider's models were collected.")
    other_services: YesNo | None = said(
        "Whether data of users of the provider's other services was collected."
    )
    services: Texts = said("The services.", [])


class Measured(Entry):
    """How much data is that cannot be read: declared, not measured."""

    modality: Modality = said("Kind of data; text where it is left out.", Modality.TEXT)
    records: Count | None = said("Number of records.")
    words: Count | None = said("Number of words.")
    tokens: Count | None = said("Number of tokens.")
    bytes: Count | None = said("Number of bytes of content.")
    images: Count | None = said("Number of images.")
    hours: Decimal | None = said("Hours of audio or video.")
    evidence: Text | None = said("How the figures are known.")


class Reservation(Entry):
    """What a site or rights holder says of training: outright, or in files that were fetched."""

    domain: Text | None = said("The domain that it is about, as example.org; all of the data without it.")
    protocol: Protocol = said("In which form it is said; a letter where it is left out.", Protocol.LETTER)
    says: Says | None = said("allow, disallow or unset; files say it themselves.")
    observed: Day = Field(description="The day on which it was seen, or is dated: YYYY-MM-DD.")
    files: Texts | None = said("Files that were fetched: robots.txt, tdmrep.json, ... Relative to this file.")
    agents: Texts = said(
        "Crawlers that count in robots.txt; everyone and crawlers for training without it.", []
    )
    evidence: Text | None = said("Where it is kept.")


PublisherOrName = Annotated[
    Annotated[Publisher, Tag("mapping")] | Annotated[Text, Tag("text")],
    Discriminator(lambda value: "text" if isinstance(value, str) else "mapping"),
]
ExplainedAnswer = Annotated[
    PersonalInformation,
    BeforeValidator(lambda value: {"answer": value} if isinstance(value, str) else value),
    Besides(ANSWERS),
]
ExplainedAggregate = Annotated[
    AggregateConsumerInformation,
    BeforeValidator(lambda value: {"answer": value} if isinstance(value, str) else value),
    Besides(ANSWERS),
]


class Conclusion(Entry):
    """Under which license a reviewer finds a dataset to stand; it counts before what is declared."""

    license: Text = Field(
        description="An SPDX expression; NONE; or NOASSERTION where nobody can tell. Of alternatives that "
        "`license` offers with OR, the chosen one."
    )
    by: Text = Field(description="Who concluded it.")
    because: Text = Field(description="Why.")
    evidence: Text | None = said("Where it can be seen: a web address or a path.")


class Contributor(Entry):
    """Who took part in a dataset, and how."""

    agent: Name = Field(description="The id of the agent.")
    type: ContributorType = Field(description="How it took part, as DataCite calls it; Annotator for labels.")
    records: Count | None = said("To how many records it contributed.")
    words: Count | None = said("To how many words it contributed.")


class Dataset(Entry):
    """A dataset version: where it is, how it is read, what is known of it."""

    name: Name = Field(description="Name of the dataset; may hold slashes, as owner/name.")
    version: Label | None = said(
        "Label that names this very data for ever; the hub's commit, or 1, 2, 3, where it is left out."
    )
    title: Text | None = said("Full name for people.")
    source: Texts | None = said(
        "Where the data are: a file, glob, folder or hf://OWNER/NAME[@REVISION], or several. Paths are "
        "relative to this file. null for data that cannot be read; then `measured` says how much there is."
    )
    measured: Measured | None = said("Size of data that cannot be read: declared, not measured.")
    origin: Origin | None = said("How the provider came by the data.")
    license: Text | None = said("License of the whole: an SPDX expression or a common spelling.")
    concluded: Conclusion | None = said("Under which license a reviewer found it to stand, and why.")
    copyright: Texts | None = said(
        "Copyright lines of the dataset, letter for letter: Copyright 2024 Acme. Reproduced where its "
        "license asks for them, e-mail addresses too."
    )
    notice: Text | None = said(
        "The notice that its license asks to reproduce, letter for letter, where no file beside the data "
        "holds it."
    )
    url: Url | None = said("Page of the dataset.")
    publisher: PublisherOrName | None = said("Who published the dataset: a name, or name and type.")
    links: Links | None = said("Where records and their creators are found, to credit each work.")
    rights_holders: list[Holder] | None = said(
        "Who holds rights in records that name nobody, neither themselves nor in the notices of their file: "
        "first those declared of a part, with `where` or `domain`, then those of all the rest. Parts must "
        "not overlap."
    )
    agreed_splits: AgreedSplits | None = said("How its parties share what it earns; never published.")
    contributors: list[Contributor] | None = said(
        "Who took part in the dataset as a whole, and how: collected, edited, annotated, paid for it."
    )
    split_text: SplitText | None = said("What one record of a text file is; document where it is left out.")
    split: Text | None = said("Split of a hub or saved dataset; all splits where it is left out.")
    config: Text | None = said("Configuration of a hub or saved dataset.")
    fields: Fields = said("Which fields of the records play which part.", Fields())
    explode: Text | None = said("Path to nested records, as data.paragraphs.qas.")
    language: Language | None = said(
        "Language of all records, as a BCP 47 tag; measured where it is left out."
    )
    summary: Text | None = said("What the dataset is, in a sentence or two.")
    content_types: Texts | None = said("Kinds of content: news articles, program code, ...")
    characteristics: Texts | None = said(
        "What else characterizes the content; `Region: ...` and `Demography: ...` say of which kind it is."
    )
    collected: Collected | None = said("From when until when the data were collected.")
    published: Month | None = said("When the dataset was published: YYYY, YYYY-MM or YYYY-MM-DD.")
    purpose: Text | None = said("What the data are for in training.")
    processing: Texts | None = said(
        "What was done to the data before training, step by step; or none, where it was used as it was."
    )
    processing_purpose: Text | None = said("To what end that was done, for what the model is meant to do.")
    labels: NoneOrTexts | None = said(
        "What the labels in the data say: topic, sentiment, rating, ...; or none, where it has no labels."
    )
    personal_information: ExplainedAnswer | None = said(
        "Whether the data hold personal information: yes, no or unknown, or answer and explanation."
    )
    aggregate_consumer_information: ExplainedAggregate | None = said(
        "Whether the data hold information about groups of consumers: yes, no or unknown, or answer and "
        "explanation."
    )
    intellectual_property: IntellectualProperty | None = said(
        "Whether copyright, trademarks or patents protect any of the data."
    )
    acquired: Acquired | None = said("Whether the data was purchased or licensed.")
    user_data: UserData | None = said("Where data of users were collected, for data of origin user.")
    engagements: NoneOrEngagements | None = said(
        "People who were engaged to label or write the data; or none, where nobody was."
    )
    visibility: Visibility | None = said(
        "What the public sees: everything, the description without the name, or the size in a sum. "
        "described for licensed, third-party and user data where it is left out, else public."
    )
    fingerprints: FingerprintMode | None = said(
        "How much of the fingerprints is kept; counts for user data where it is left out, else full."
    )
    derived_from: NoneOrOrigins | None = said(
        "Datasets it was made from: NAME, NAME@VERSION or web addresses; or none."
    )
    generated_by: NoneOrOrigins | None = said(
        "Models that generated the data: NAME, NAME@VERSION or web addresses; or none."
    )
    crawl: Crawl | None = said("How the data were crawled.")
    reservations: list[Reservation] | None = said(
        "What sites and rights holders say of training on the data, where it is of this dataset alone."
    )
    withdrawn: Texts = said("Keys of this entry whose earlier statements are taken back.", [])
    state: State | None = said("`withdrawn` takes the dataset version back; documents that name it say so.")
