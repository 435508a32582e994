"""The format of registry.yaml: one class per entry; null and absent mean that nothing is stated.

What stands here is the whole of it: the loader validates with it, editors complete from its JSON Schema.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from registry.declarations.engagements import NoneOrEngagements
from registry.declarations.entry import Entry, said
from registry.declarations.types import (
    ANSWERS,
    Besides,
    Count,
    Day,
    Decimal,
    Email,
    Epochs,
    Factor,
    Flop,
    Ipi,
    Isni,
    Label,
    Language,
    MarketDate,
    Month,
    MonthOrOngoing,
    Name,
    NoneOrBases,
    NoneOrOrigins,
    NoneOrTexts,
    Orcid,
    Party,
    Reference,
    Ror,
    Share,
    Template,
    Text,
    Texts,
    Url,
    Values,
    Wikidata,
    YesNo,
)
from registry.domain.agent import AgentKind, ContributorType
from registry.domain.dataset import FingerprintMode, Origin, SplitText, Visibility
from registry.domain.reservation import Protocol, Says
from registry.domain.stated import Exemption, Modality

State = Literal["withdrawn"]


# --- agents and the provider ---


class Agent(Entry):
    """A person, organization or program; `id` is its name within this file and registry."""

    id: Name = Field(description="Short name by which this file refers to the agent.")
    type: AgentKind | None = said("What the agent is; unknown where nobody has said it.")
    name: Text | None = said("Name as it appears in public; the id where it is left out.")
    url: Url | None = said("The agent's own page.")
    contact: Text | None = said("Where the public may ask: a web address or an e-mail address. Is published.")
    orcid: Orcid | None = said("ORCID iD of a person: https://orcid.org/0000-0002-1825-0097.")
    ror: Ror | None = said("ROR ID of an organization: https://ror.org/05gq02987.")
    isni: Isni | None = said("ISNI, ISO 27729: 0000 0001 2103 2683.")
    ipi: Ipi | None = said("IPI name number of a musician or publisher, 11 digits: 00014107338.")
    wikidata: Wikidata | None = said("Item of Wikidata: Q42.")
    profile: Url | None = said("Page of the agent on the platform where the contributions were made.")
    email: Email | None = said("E-mail address. Is kept, and never published.")
    note: Text | None = said("Note for those who keep the registry. Is kept, and never published.")
    handle: Text | None = said("Name on the platform where the contributions were made.")
    shown_as: Literal["name", "handle", "withheld"] | None = said(
        "How the agent appears in public: organizations by name and persons by handle where it is left out."
    )
    visibility: Visibility | None = said("What the public sees of the agent.")
    withdrawn: Texts = said("Keys of this entry whose earlier statements are taken back.", [])
    state: State | None = said("`withdrawn` takes the agent back: it is no longer shown in public.")


class Reservations(Entry):
    """How reservations of rights against text and data mining are observed."""

    before_collection: Text | None = said("What is done before data are collected.")
    during_collection: Text | None = said("What is done while data are collected.")
    protocols: Texts | None = said("Protocols of reservation that are observed: robots.txt, TDMRep; or none.")
    kept_up_to_date: Text | None = said("What is done about reservations that are made later.")


class RightsContact(Entry):
    """Where rights holders ask, what happens, how long it takes."""

    url: Url | None = said("Page where rights holders can ask.")
    email: Email | None = said("E-mail address for rights holders. Is published.")
    what_happens: Text | None = said("What happens with a request.")
    answer_within_days: Count | None = said("Within how many days a request is answered.")


class Provider(Entry):
    """Answers of the law's forms that no computation can give."""

    agent: Name = Field(description="The id of the agent that provides the models.")
    authorised_representative: Text | None = said(
        "Name and contact of the representative in the Union; or: not applicable."
    )
    small_or_medium_enterprise: YesNo | None = said("Whether the provider is a small or medium enterprise.")
    code_of_practice_signatory: YesNo | None = said(
        "Whether the provider signed the code of practice for general-purpose AI."
    )
    copyright_policy: Text | None = said("Address or summary of the policy to comply with copyright law.")
    reservations: Reservations | None = said(
        "How reservations of rights against text and data mining are observed."
    )
    illegal_content_measures: Text | None = said("What is done to avoid or remove illegal content.")
    rights_contact: RightsContact | None = said("Where rights holders can ask; stands on every page.")
    published_at: Url | None = said(
        "Where the published site stands, the authoritative place of its documents: https://acme.example/data."
    )
    updates_announced_at: Url | None = said("Page where updates of the documents are announced.")
    other_information: Text | None = said("What else the public should know of data processing.")
    labour: NoneOrEngagements | None = said(
        "People who were engaged for the models themselves, not for a dataset that is declared here: to "
        "write preferences, to test, to moderate; or none, where nobody was."
    )
    withdrawn: Texts = said("Keys of this entry whose earlier answers are taken back.", [])


# --- datasets ---


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
    date: Texts = said("Date of the record.", [])


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


# --- models ---


class Selection(Entry):
    """What part of a dataset was used; without any key: all of it."""

    share: Share | None = said("A share of the records, as 0.3 or 3/10.")
    where: dict[str, Values] | None = said("Records whose field has this value, or one of these values.")
    ids_file: Text | None = said("File with the ids of the records, one a line; relative to this file.")
    split: Text | None = said("Records of one split.")
    records: Count | None = said("Number of records that were used, where it cannot be computed.")
    words: Count | None = said("Number of words that were used, where it cannot be computed.")
    tokens: Count | None = said("Number of tokens that were used.")
    evidence: Text | None = said("How the figures are known.")


class Component(Entry):
    """A dataset in a mixture: how often it was seen, and what part of it."""

    dataset: Reference = Field(description="NAME or NAME@VERSION; the newest version where none is named.")
    epochs: Epochs = said("How often the data were seen: 3, 0.5 or 1/3; 1 where it is left out.", Fraction(1))
    selection: Annotated[
        Selection,
        BeforeValidator(lambda value: {} if value == "all" else value),
        Besides({"const": "all"}),
    ] = said("What part of the dataset was used; all of it where it is left out.", Selection())
    label: Text | None = said("A word on this part, shown beside it.")


class Run(Entry):
    """A training run over a mixture; `name` tells runs of one stage apart."""

    stage: Text = Field(description="Stage of training: pretraining, fine-tuning, alignment, ...")
    name: Text | None = said("Name of the run; needed where a model has two runs of one stage.")
    started: Month | None = said("When it began: YYYY, YYYY-MM or YYYY-MM-DD.")
    compute_flop: Flop | None = said("Operations spent on it, as 3.2e22.")
    mixture: list[Component] = said("The datasets it was trained on.", [])
    state: State | None = said("`withdrawn` takes the run back.")


class Benchmark(Entry):
    """A test that the model is measured by: a dataset version of this registry, not training data."""

    dataset: Reference = Field(description="NAME or NAME@VERSION; the newest version where none is named.")
    metric: Text | None = said("What is reported on it: accuracy, pass@1, ...")
    reported: Text | None = said("The result that is reported, as it is published.")


Untested = Literal["none", "not applicable"]
UntestedOrBenchmarks = Annotated[
    Annotated[Untested, Tag("text")] | Annotated[list[Benchmark], Tag("list")],
    Discriminator(lambda value: "text" if isinstance(value, str) else "list"),
]


class Tokenizer(Entry):
    """A tokenizer, and how many tokens it makes of a word."""

    name: Text | None = said("Name of the tokenizer.")
    tokens_per_word: Factor | None = said("Tokens per word on average; turns words into tokens in documents.")


class Model(Entry):
    """A model version: who provides it, what it was made from, what it was trained on."""

    name: Name = Field(description="Name of the model; may hold slashes, as owner/name.")
    version: Label | None = said("Label of the version; 1, 2, 3 where it is left out.")
    provider: Text | None = said("Who provides the model: the id of an agent, or a name.")
    url: Url | None = said("Page of the model.")
    placed_on_eu_market: MarketDate | None = said(
        "When the model was placed on the market of the Union: YYYY-MM-DD, or: not applicable."
    )
    base_models: NoneOrBases | None = said(
        "Models it was made from: NAME, NAME@VERSION, web addresses or paths of disclosure files; or none."
    )
    tokenizer: Tokenizer | None = said("The tokenizer.")
    continues_to_learn: Text | None = said("Whether and how the model is trained on after its release.")
    intended_purpose: Text | None = said("What the model is meant to be used for.")
    california_exemption: Exemption | None = said(
        "Why California asks for no documentation of the model: it serves security and integrity alone, the "
        "operation of aircraft alone, or a federal entity's national security."
    )
    benchmarks: UntestedOrBenchmarks | None = said(
        "Tests that it is measured by, each a dataset version of this registry: they are searched for in its "
        "training data. Or: none; or: not applicable."
    )
    visibility: Visibility | None = said("What the public sees of the model.")
    training: list[Run] = said("Training runs, in order.", [])
    withdrawn: Texts = said("Keys of this entry whose earlier statements are taken back.", [])
    state: State | None = said("`withdrawn` takes the model version back.")


class Declarations(Entry):
    """What a team knows of its datasets and models: agents, the provider's answers, datasets, models."""

    agents: list[Agent] = said("People, organizations and programs that this file names.", [])
    provider: Provider | None = said("Who provides the models, and answers that no computation can give.")
    datasets: list[Dataset] = said("Dataset versions.", [])
    models: list[Model] = said("Model versions.", [])


WITHDRAWABLE: dict[type[Entry], frozenset[str]] = {
    Agent: frozenset(Agent.model_fields) - {"id", "withdrawn", "state"},
    Provider: frozenset(Provider.model_fields) - {"agent", "withdrawn"},
    Dataset: frozenset(Dataset.model_fields)
    - {"name", "version", "source", "fields", "explode", "split", "config", "split_text", "fingerprints"}
    - {"withdrawn", "state"},
    Model: frozenset(Model.model_fields) - {"name", "version", "training", "withdrawn", "state"},
}
