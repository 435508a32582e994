"""Declarations of agents and of the provider."""

from typing import Literal

from pydantic import Field

from registry.declarations.engagements import NoneOrEngagements
from registry.declarations.entry import Entry, said
from registry.declarations.types import (
    Count,
    Email,
    Ipi,
    Isni,
    Name,
    Orcid,
    Ror,
    Text,
    Texts,
    Url,
    Wikidata,
    YesNo,
)
from registry.domain.agent import AgentKind
from registry.domain.dataset import Visibility

State = Literal["withdrawn"]


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
